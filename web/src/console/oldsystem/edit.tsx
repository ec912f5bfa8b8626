// Mending what a file says of somebody.
import { Button, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';

import { type LegacyViewFragment, SaveLegacyMembershipDocument } from '../../gql/graphql';
import { ask } from '../../shared/ask';
import { refusals, stale } from '../api';
import { rebased } from '../invitations/rebase';
import { useFocusRefused } from '../parts/focus';
import { Failed, Refused } from '../parts/trouble';
import { changesOf, type Draft, draftOf, others } from './draft';
import { Form } from './form';

interface Props {
  legacy: LegacyViewFragment;
  onDirty: (dirty: boolean) => void;
}

export function Edit({ legacy, onDirty }: Props) {
  const [read, setRead] = useState(legacy);
  const [seen, setSeen] = useState(legacy);
  const [draft, setDraft] = useState(() => draftOf(legacy));
  const before = useMemo(() => draftOf(read), [read]);
  const changes = changesOf(draft, before, read.location.currency);
  const dirty = Object.keys(changes).length > 0;
  // A newer state comes into the form only while nothing is typed in it.
  if (legacy !== seen) {
    setSeen(legacy);
    if (!dirty) {
      setRead(legacy);
      setDraft(draftOf(legacy));
    }
  }
  useEffect(() => {
    onDirty(dirty);
    return () => onDirty(false);
  }, [dirty, onDirty]);
  const save = useMutation({
    mutationFn: async (sent: Draft) => {
      const input = { id: legacy.id, ...changesOf(sent, before, read.location.currency) };
      return (await ask(SaveLegacyMembershipDocument, { input })).saveLegacyMembership;
    },
    onSuccess: ({ legacyMembership: saved }, sent) => {
      if (!saved) return;
      setRead(saved);
      setDraft(rebased(draft, sent, draftOf(saved)));
      notifications.show({ message: 'Saved. No later file changes it.', color: 'green' });
      void stale();
    },
  });
  const errors = save.data?.userErrors;
  const refused = useMemo(() => refusals(errors ?? []), [errors]);
  const form = useFocusRefused(refused);
  return (
    <form
      ref={form}
      noValidate
      onSubmit={(e) => {
        e.preventDefault();
        if (!save.isPending) save.mutate(draft);
      }}
    >
      <Stack>
        <Text size="sm" c="dimmed">
          What you mend here stays: the next file does not change it. Offers that were made stay as they are.
        </Text>
        <Form
          draft={draft}
          change={(part) => setDraft((old) => ({ ...old, ...part }))}
          refused={refused}
          currency={read.location.currency}
        />
        {save.isError && <Failed error={save.error} />}
        <Refused message={others(refused)} />
        <Group justify="flex-end">
          <Button type="submit" loading={save.isPending} disabled={!dirty}>
            Save changes
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
