// An offer that can still be changed.
import { Button, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';

import { type InvitationViewFragment, UpdateInvitationDocument } from '../../gql/graphql';
import { ask } from '../../shared/ask';
import { refusals, stale } from '../api';
import { useFocusRefused } from '../parts/focus';
import { Failed } from '../parts/trouble';
import { type Draft, draftOf, offerOf, recipientOf } from './draft';
import { Form } from './form';
import { Newer } from './newer';
import { warningsOf, writePhone } from './phone';
import { rebased } from './rebase';
import { fieldsOf, Others } from './refused';

interface Props {
  invitation: InvitationViewFragment;
  onDirty: (dirty: boolean) => void;
}

export function Edit({ invitation, onDirty }: Props) {
  const [draft, setDraft] = useState(() => draftOf(invitation));
  // Edits are of what was read: somebody else's meanwhile is told, and never written over.
  const [read, setRead] = useState(invitation.revision);
  const [seen, setSeen] = useState(invitation);
  const [dirty, setDirty] = useState(false);
  const take = (as: InvitationViewFragment) => {
    setRead(as.revision);
    setDraft(draftOf(as));
    setDirty(false);
  };
  if (invitation !== seen) {
    setSeen(invitation);
    if (!dirty && invitation.revision >= read) take(invitation);
  }
  useEffect(() => {
    onDirty(dirty);
    return () => onDirty(false);
  }, [dirty, onDirty]);
  const change = (part: Partial<Draft>) => {
    setDirty(true);
    setDraft((old) => ({ ...old, ...part }));
  };
  const update = useMutation({
    mutationFn: (sent: Draft) => save(invitation, read, sent),
    onSuccess: ({ saved, tenant, phoneRefused, phoneKept, warnings = [] }, sent) => {
      if (!saved) return;
      setRead(saved.revision);
      setDraft(rebased(draft, sent, draftOf(tenant ? { ...saved, tenant } : saved)));
      setDirty(draft !== sent);
      // The number that was refused stands there still, to be mended. In the place of one that is kept the next saving would write it.
      if (phoneRefused && !phoneKept) {
        const { phone, consentOn, consentSource } = draft;
        change({ phone, consentOn, consentSource });
      }
      notifications.show({
        message: [
          phoneRefused ? `Saved, but for the phone number: ${phoneRefused}` : 'Saved.',
          ...warnings,
        ].join(' '),
        color: phoneRefused || warnings.length > 0 ? 'yellow' : 'green',
      });
      void stale();
    },
  });
  const errors = useMemo(() => update.data?.errors ?? [], [update.data]);
  const refused = useMemo(() => refusals(errors.filter(({ code }) => code !== 'STALE')), [errors]);
  const form = useFocusRefused(refused);
  const isStale = errors.some(({ code }) => code === 'STALE');
  const fixedRecipient = !invitation.canDelete;
  return (
    <form
      ref={form}
      noValidate
      onSubmit={(e) => {
        e.preventDefault();
        if (!update.isPending) update.mutate(draft);
      }}
    >
      <Stack>
        {invitation.status === 'SENT' && (
          <Text size="sm" c="dimmed">
            The tenant was told of this offer. What you change shows on their page at once, and the offer
            before is kept under History.
          </Text>
        )}
        <Form draft={draft} change={change} refused={refused} fixedRecipient={fixedRecipient} />
        {(isStale || (dirty && invitation.revision > read)) && (
          <Newer
            take={() => {
              take(invitation);
              update.reset();
            }}
          >
            What you typed was not saved. Look at the offer as it is now, then change it again.
          </Newer>
        )}
        {update.isError && <Failed error={update.error} />}
        <Others refused={refused} fields={fieldsOf(draft, fixedRecipient)} />
        <Group justify="flex-end">
          <Button type="submit" loading={update.isPending} disabled={!dirty}>
            Save changes
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Without a recipient the API keeps the one there is, which nobody who took them away means. */
const nobody = { code: 'REQUIRED', field: ['tenantId'], message: 'Choose whom the offer is for.' } as const;

/** The offer, and then the tenant's number. Where only the number is refused the offer stands. */
async function save(invitation: InvitationViewFragment, revision: number, draft: Draft) {
  if (!draft.isNew && !draft.tenant) return { errors: [nobody] };
  const other = draft.isNew || draft.tenant?.id !== invitation.tenant.id;
  const input = { id: invitation.id, revision, ...(other ? recipientOf(draft) : {}), ...offerOf(draft) };
  const answer = (await ask(UpdateInvitationDocument, { input })).updateInvitation;
  const { invitation: saved, userErrors } = answer;
  if (userErrors.length > 0 || !saved) {
    if (userErrors.some(({ code }) => code === 'STALE')) void stale();
    return { errors: userErrors };
  }
  const written = await writePhone(draft, saved.tenant);
  return {
    errors: [],
    saved,
    tenant: written.tenant,
    phoneRefused: written.refused,
    phoneKept: written.isKept,
    warnings: warningsOf(answer.warnings, written),
  };
}
