// Inviting somebody of the old system by hand: at a price and on a day that staff agree on, and still as the old list's.
import { Button, Drawer, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useMemo, useState } from 'react';

import type { LegacyViewFragment } from '../../gql/graphql';
import { refusals, stale } from '../api';
import { save, Warnings } from '../invitations/create';
import { blank, type Draft } from '../invitations/draft';
import { Form } from '../invitations/form';
import { useLeave } from '../invitations/leave';
import { fieldsOf, Others } from '../invitations/refused';
import { useFocusBack, useFocusRefused } from '../parts/focus';
import { Failed } from '../parts/trouble';

interface Props {
  legacy: LegacyViewFragment;
  onClose: () => void;
}

/** Whom the list names, where and for what; what they pay is agreed on. */
export const draftFrom = (l: LegacyViewFragment): Draft => ({
  ...blank(l.location.id),
  isNew: true,
  name: l.name,
  email: l.emails[0] ?? '',
  unit: l.unit || l.plate || '',
  anchorDay: String(l.carriedDay ?? 1),
});

export function InviteByHand({ legacy, onClose }: Props) {
  useFocusBack();
  const [draft, setDraft] = useState(() => draftFrom(legacy));
  const [touched, setTouched] = useState(false);
  const create = useMutation({
    mutationFn: () => save(draft, legacy.id),
    onSuccess: ({ id, told = [] }) => {
      if (!id) return;
      notifications.show({ title: 'Invitation created', message: told.join(' '), color: 'green' });
      void stale();
      onClose();
    },
  });
  const { leave, question } = useLeave({ dirty: touched, busy: create.isPending, close: onClose });
  const refused = useMemo(() => refusals(create.data?.errors ?? []), [create.data]);
  const form = useFocusRefused(refused);
  return (
    <Drawer
      opened
      onClose={leave}
      closeOnClickOutside={!touched}
      position="right"
      size="xl"
      title={`Invite ${legacy.name} by hand`}
    >
      <form
        ref={form}
        noValidate
        onSubmit={(e) => {
          e.preventDefault();
          if (!create.isPending) create.mutate();
        }}
      >
        <Stack>
          <Text size="sm" c="dimmed">
            Agree with {legacy.name} on the price and the billing day first. The offer takes this membership
            over: once it is approved, the old plan stands on the worklist until it is cancelled there.
          </Text>
          <Form
            draft={draft}
            change={(part) => {
              setTouched(true);
              setDraft((old) => ({ ...old, ...part }));
            }}
            refused={refused}
            creates
          />
          <Warnings draft={draft} legacyMembershipId={legacy.id} />
          {create.isError && <Failed error={create.error} />}
          <Others refused={refused} fields={fieldsOf(draft, false)} />
          <Group justify="flex-end">
            <Button variant="default" onClick={leave} disabled={create.isPending}>
              Cancel
            </Button>
            <Button type="submit" loading={create.isPending}>
              Create Invitation
            </Button>
          </Group>
        </Stack>
      </form>
      {question}
    </Drawer>
  );
}
