// Sending one, some, or all that match: what would happen, the message itself, the word of the person, and then how it goes.
import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';

import {
  ExampleInvitationDocument,
  FirstInvitationsDocument,
  type InvitationFilter,
  type MessageChannel,
  PreviewSendDocument,
  SendInvitationsDocument,
  type SendInvitationsInput,
} from '../../gql/graphql';
import { ask } from '../../shared/ask';
import { asked, stale } from '../api';
import { AttemptRefused, Lost, useAttempt } from '../batches/attempt';
import type { Batch } from '../batches/progress';
import { Running, Skips } from '../batches/running';
import { useClose } from '../parts/close';
import { useFocusBack } from '../parts/focus';
import { Failed, Waiting } from '../parts/trouble';
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
  useFocusBack();
  const [batch, setBatch] = useState<Batch | null>(null);
  const [busy, setBusy] = useState(false);
  const one = 'ids' in target && target.ids.length === 1;
  const what = channel === 'EMAIL' ? (one ? 'Send Email' : 'Send Selected') : 'Send SMS';
  const within = useRef<HTMLDivElement>(null);
  const close = () => {
    if (batch) void stale();
    onClose(batch !== null);
  };
  const { leave } = useClose({ dirty: false, busy, close, within });
  return (
    <Modal opened onClose={leave} title={batch ? 'Sending' : what} size="lg">
      <div ref={within}>
        {batch ? (
          <Running begun={batch} onClose={leave} />
        ) : (
          <Confirm channel={channel} target={target} onCancel={leave} onBusy={setBusy} onSent={setBatch} />
        )}
      </div>
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
  const preview = useQuery({
    ...asked(PreviewSendDocument, { input: { channel, ...target } }),
    staleTime: 0,
    gcTime: 0,
  });
  const send = useAttempt(
    async (input: SendInvitationsInput) => (await ask(SendInvitationsDocument, { input })).sendInvitations,
    { busy: onBusy, begun: onSent },
  );
  const example = useExample(channel, target);
  if (send.again) return <Lost error={send.error} again={send.again} busy={send.busy} onClose={onCancel} />;
  if (preview.isPending) return <Waiting label="Looking who would get it…" />;
  if (preview.isError) return <Failed error={preview.error} again={() => void preview.refetch()} />;
  const { total, sendable, skips, waiting, waitsUntil, userErrors } = preview.data.previewSend;
  const message = channel === 'EMAIL' ? 'email' : 'text';
  return (
    <Stack>
      <AttemptRefused refused={[...userErrors, ...send.refused]} />
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
      {example && sendable > 0 && (
        <MessagePreview channel={channel} invitationId={example.id} to={example.recipientName} />
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onCancel} disabled={send.busy}>
          Cancel
        </Button>
        {sendable > 0 && !send.hasBegun && (
          <Button
            data-autofocus
            loading={send.busy}
            onClick={() => send.begin({ channel, ...target, expectedCount: total })}
          >
            Send {plural(sendable, message)}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

/** One who will get it, of the first few. */
function useExample(channel: MessageChannel, target: Target) {
  const matching = useQuery({
    ...asked(FirstInvitationsDocument, { filter: 'filter' in target ? target.filter : undefined }),
    enabled: 'filter' in target,
  });
  const ticked = useQueries({
    queries: ('ids' in target ? target.ids : [])
      .slice(0, 5)
      .map((id) => asked(ExampleInvitationDocument, { id })),
  });
  const all = [...(matching.data?.invitations.nodes ?? []), ...ticked.map(({ data }) => data?.invitation)];
  return all.find((each) => each && !(channel === 'EMAIL' ? each.emailSkip : each.textSkip));
}
