// Create Invitation: saved as Pending, and nobody is told.
import { Alert, Button, Drawer, Group, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconInfoCircle } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';

import { CreateInvitationDocument, PreviewInvitationDocument } from '../../gql/graphql';
import { ask } from '../../shared/ask';
import { asked, refusals, stale } from '../api';
import { useFocusBack, useFocusRefused } from '../parts/focus';
import { Failed } from '../parts/trouble';
import { useMe } from '../shell/me';
import { blank, type Draft, offerOf, recipientOf } from './draft';
import { Form } from './form';
import { useLeave } from './leave';
import { writePhone } from './phone';
import { fieldsOf, Others } from './refused';

export function Create() {
  useFocusBack();
  const navigate = useNavigate({ from: '/migrations/invitations/new' });
  const { locations } = useMe();
  const [draft, setDraft] = useState(() => blank(locations.length === 1 ? locations[0]!.id : null));
  const [touched, setTouched] = useState(false);
  const change = (part: Partial<Draft>) => {
    setTouched(true);
    setDraft((old) => ({ ...old, ...part }));
  };
  const close = () =>
    void navigate({
      to: '/migrations/invitations',
      search: (old) => old,
      resetScroll: false,
      replace: true,
      ignoreBlocker: true,
    });
  const create = useMutation({
    mutationFn: () => save(draft),
    onSuccess: ({ id, told = [] }) => {
      if (!id) return;
      notifications.show({
        title: 'Invitation created',
        message: told.join(' '),
        color: told.length > 1 ? 'yellow' : 'green',
      });
      void stale();
      void navigate({
        to: '/migrations/invitations/$id',
        params: { id },
        search: (old) => old,
        resetScroll: false,
        replace: true,
        ignoreBlocker: true,
      });
    },
  });
  const { leave, question } = useLeave({ dirty: touched, busy: create.isPending, close });
  const refused = useMemo(() => refusals(create.data?.errors ?? []), [create.data]);
  const form = useFocusRefused(refused);
  return (
    <Drawer
      opened
      onClose={leave}
      closeOnClickOutside={!touched}
      position="right"
      size="xl"
      title="Create Invitation"
    >
      <form
        ref={form}
        noValidate
        onSubmit={(e) => {
          e.preventDefault();
          create.mutate();
        }}
      >
        <Stack>
          <Form draft={draft} change={change} refused={refused} creates />
          <Warnings draft={draft} />
          {create.isError && <Failed error={create.error} />}
          <Others refused={refused} fields={fieldsOf(draft, false)} />
          {Object.keys(refused).length > 0 && (
            <Text size="sm" c="var(--mantine-color-error)" role="alert">
              Nothing was saved. Look at what is marked in red.
            </Text>
          )}
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

/** The invitation, and then the tenant's number. Where only the number is refused the invitation stands, and that is said. */
export async function save(draft: Draft, legacyMembershipId?: string) {
  const input = { ...recipientOf(draft), ...offerOf(draft), legacyMembershipId };
  const { invitation, userErrors } = (await ask(CreateInvitationDocument, { input })).createInvitation;
  if (!invitation) return { errors: userErrors };
  const { tenant } = invitation;
  const { refused, warnings } = await writePhone(draft, tenant);
  const told = [`${tenant.name} is Pending: nobody is told until you send it.`];
  if (refused) told.push(`The phone number was not saved: ${refused}`);
  return { errors: [], id: invitation.id, told: [...told, ...warnings.map(({ message }) => message)] };
}

/** What a careful person would want to know before saving, as the form stands. */
export function Warnings({ draft, legacyMembershipId }: { draft: Draft; legacyMembershipId?: string }) {
  const [settled] = useDebouncedValue(draft, 400);
  const who = recipientOf(settled);
  const complete =
    settled.plan !== null && (who.tenantId !== undefined || (!!who.newTenant?.email && !!who.newTenant.name));
  const preview = useQuery({
    ...asked(PreviewInvitationDocument, { input: { ...who, ...offerOf(settled), legacyMembershipId } }),
    enabled: complete,
  });
  const warnings = complete ? (preview.data?.previewInvitation.warnings ?? []) : [];
  return (
    <div role="status">
      {warnings.map(({ message }) => (
        <Alert key={message} variant="outline" color="yellow" icon={<IconInfoCircle />} mb="xs">
          {message}
        </Alert>
      ))}
    </div>
  );
}
