// Sending one, some, or all that match: what would happen, the message itself, the word of the person, and then how it goes.
import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import {
  FirstInvitationDocument,
  type InvitationFilter,
  type MessageChannel,
  PreviewSendDocument,
  SendInvitationsDocument,
} from '../../gql/graphql';
import { ask } from '../../shared/ask';
import { asked, refusals, stale } from '../api';
import type { Batch } from '../batches/progress';
import { Running, Skips } from '../batches/running';
import { Failed, Refused, Waiting } from '../parts/trouble';
import { moment, plural } from '../parts/words';
import { MessagePreview } from './message';

/** Some by their ids, or all that match. */
export type Target = { ids: string[] } | { filter: InvitationFilter };

interface Props {
  channel: MessageChannel;
  target: Target;
  onClose: (sent: boolean) => void;
}

export function SendDialog({ channel, target, onClose }: Props) {
  const [batch, setBatch] = useState<Batch | null>(null);
  const [busy, setBusy] = useState(false);
  const one = 'ids' in target && target.ids.length === 1;
  const what = channel === 'EMAIL' ? (one ? 'Send Email' : 'Send Selected') : 'Send SMS';
  return (
    <Modal opened onClose={() => !busy && onClose(batch !== null)} title={batch ? 'Sending' : what} size="lg">
      {batch ? (
        <Running begun={batch} onClose={() => onClose(true)} />
      ) : (
        <Confirm
          channel={channel}
          target={target}
          onCancel={() => onClose(false)}
          onBusy={setBusy}
          onSent={setBatch}
        />
      )}
    </Modal>
  );
}

interface ConfirmProps {
  channel: MessageChannel;
  target: Target;
  onCancel: () => void;
  onBusy: (busy: boolean) => void;
  onSent: (batch: Batch) => void;
}

function Confirm({ channel, target, onCancel, onBusy, onSent }: ConfirmProps) {
  // One key for as long as the dialog is open: a second click, or a repetition after a lost answer, sends nothing twice.
  const [clientKey] = useState(() => crypto.randomUUID());
  const preview = useQuery({
    ...asked(PreviewSendDocument, { input: { channel, ...target } }),
    staleTime: 0,
    gcTime: 0,
  });
  const first = useQuery({
    ...asked(FirstInvitationDocument, { filter: 'filter' in target ? target.filter : undefined }),
    enabled: 'filter' in target,
  });
  const send = useMutation({
    mutationFn: async (expectedCount: number) =>
      (await ask(SendInvitationsDocument, { input: { channel, ...target, expectedCount, clientKey } }))
        .sendInvitations,
    onMutate: () => onBusy(true),
    onSuccess: ({ batch }) => {
      if (batch) onSent(batch);
    },
    onSettled: () => {
      onBusy(false);
      void stale();
    },
  });
  if (preview.isPending) return <Waiting label="Looking who would get it…" />;
  if (preview.isError) return <Failed error={preview.error} again={() => void preview.refetch()} />;
  const { total, sendable, skips, waiting, waitsUntil, userErrors } = preview.data.previewSend;
  const refused = refusals([...userErrors, ...(send.data?.userErrors ?? [])]);
  const example = 'ids' in target ? target.ids[0] : first.data?.invitations.nodes[0]?.id;
  const message = channel === 'EMAIL' ? 'email' : 'text';
  return (
    <Stack>
      <Refused message={Object.values(refused).join(' ') || undefined} />
      {send.isError && <Failed error={send.error} />}
      <Text>
        <Text span fw={700}>
          {plural(sendable, message)}
        </Text>{' '}
        will go out{total === sendable ? '.' : `, of ${plural(total, 'invitation')}.`}
        {channel === 'SMS' && ' Each tenant receives at most one SMS, ever.'}
      </Text>
      <Skips what={plural(total - sendable, 'invitation')} skips={skips} />
      {waiting > 0 && waitsUntil && (
        <Alert variant="outline" color="yellow">
          It is night at some locations: {plural(waiting, 'text')} will wait for the morning, the first until{' '}
          {moment(waitsUntil)}.
        </Alert>
      )}
      {example && sendable > 0 && <MessagePreview channel={channel} invitationId={example} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onCancel} disabled={send.isPending}>
          Cancel
        </Button>
        {sendable > 0 && (
          <Button data-autofocus loading={send.isPending} onClick={() => send.mutate(total)}>
            Send {plural(sendable, message)}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
