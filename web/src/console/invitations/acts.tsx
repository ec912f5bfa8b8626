// What can be done with one invitation, beside editing it.
import { Button, Checkbox, CopyButton, Group, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core';
import {
  IconCheck,
  IconCopy,
  IconLink,
  IconMail,
  IconMessage,
  IconRefresh,
  IconTrash,
  IconX,
} from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';

import {
  CopyInvitationLinkDocument,
  DeleteInvitationDocument,
  type InvitationViewFragment,
  type MessageChannel,
  RenewInvitationLinkDocument,
  RevokeInvitationDocument,
} from '../../gql/graphql';
import { ask } from '../../shared/ask';
import { refusals, stale } from '../api';
import { ActDialog } from '../parts/act';
import { useClose } from '../parts/close';
import { useFocusBack } from '../parts/focus';
import { Failed, Refused } from '../parts/trouble';
import { moment } from '../parts/words';
import { Act } from './act';
import { SendDialog } from './send';
import { skipWords } from './skips';

type Open = 'EMAIL' | 'SMS' | 'copy' | 'renew' | 'revoke' | 'delete' | null;

export function Acts({ invitation: i, onGone }: { invitation: InvitationViewFragment; onGone: () => void }) {
  const [open, setOpen] = useState<Open>(null);
  const [replace, setReplace] = useState(false);
  const [reason, setReason] = useState('');
  const close = () => setOpen(null);
  return (
    <>
      <Group gap="xs">
        <Act
          why={i.emailSkip && skipWords(i.emailSkip)}
          icon={<IconMail size={16} aria-hidden />}
          onClick={() => setOpen('EMAIL')}
        >
          Send Email
        </Act>
        <Act
          why={i.textSkip && skipWords(i.textSkip)}
          icon={<IconMessage size={16} aria-hidden />}
          onClick={() => setOpen('SMS')}
        >
          Send SMS
        </Act>
        {i.canRenewLink && (
          <>
            <Act icon={<IconLink size={16} aria-hidden />} onClick={() => setOpen('copy')}>
              Copy link
            </Act>
            <Act icon={<IconRefresh size={16} aria-hidden />} onClick={() => setOpen('renew')}>
              Renew link
            </Act>
          </>
        )}
        {i.canRevoke && !i.canDelete && (
          <Act icon={<IconX size={16} aria-hidden />} onClick={() => setOpen('revoke')}>
            Revoke
          </Act>
        )}
        {i.canDelete && (
          <Act icon={<IconTrash size={16} aria-hidden />} onClick={() => setOpen('delete')}>
            Delete
          </Act>
        )}
      </Group>
      {(open === 'EMAIL' || open === 'SMS') && (
        <SendDialog channel={open satisfies MessageChannel} target={{ ids: [i.id] }} onClose={close} />
      )}
      {open === 'copy' && <CopyLink id={i.id} close={close} />}
      {open === 'renew' && (
        <ActDialog
          title="Renew the link"
          act="Renew link"
          onClose={close}
          run={async () =>
            (await ask(RenewInvitationLinkDocument, { input: { id: i.id, replace } })).renewInvitationLink
          }
        >
          <Text size="sm">The tenant&apos;s link opens for its whole life again. Nobody is told.</Text>
          <Checkbox
            label="Make a new link: those given out before open nothing any more"
            description="For a link that came into wrong hands"
            checked={replace}
            onChange={(e) => setReplace(e.currentTarget.checked)}
          />
        </ActDialog>
      )}
      {open === 'revoke' && (
        <ActDialog
          title="Revoke this invitation?"
          act="Revoke"
          grave
          onClose={close}
          run={async () =>
            (await ask(RevokeInvitationDocument, { input: { id: i.id, reason: reason.trim() } }))
              .revokeInvitation
          }
        >
          <Text size="sm">
            The tenant&apos;s link says from then on that the offer was withdrawn. Messages that have not gone
            are not sent.
          </Text>
          <Textarea
            label="Reason"
            description="For the record"
            maxLength={500}
            autosize
            minRows={2}
            value={reason}
            onChange={(e) => setReason(e.currentTarget.value)}
          />
        </ActDialog>
      )}
      {open === 'delete' && (
        <ActDialog
          title="Delete this invitation?"
          act="Delete"
          grave
          onClose={close}
          onDone={onGone}
          run={async () => (await ask(DeleteInvitationDocument, { input: { id: i.id } })).deleteInvitation}
        >
          <Text size="sm">Nobody was ever told of it. It will be gone for good.</Text>
        </ActDialog>
      )}
    </>
  );
}

function CopyLink({ id, close }: { id: string; close: () => void }) {
  useFocusBack();
  const within = useRef<HTMLDivElement>(null);
  const copy = useMutation({
    mutationFn: async () => (await ask(CopyInvitationLinkDocument, { input: { id } })).copyInvitationLink,
    onSuccess: () => void stale(),
  });
  const { leave } = useClose({ dirty: false, close, within });
  const link = copy.data?.link;
  const refused = refusals(copy.data?.userErrors ?? []);
  return (
    <Modal opened onClose={leave} title="Copy the tenant's link">
      <Stack ref={within}>
        {link ? (
          <>
            <TextInput
              label="Link"
              readOnly
              value={link}
              onFocus={(e) => e.currentTarget.select()}
              autoFocus // it comes long after the dialog did
            />
            {copy.data?.expiresAt && (
              <Text size="sm" c="dimmed">
                It opens until {moment(copy.data.expiresAt)}.
              </Text>
            )}
            <Group justify="flex-end">
              <CopyButton value={link}>
                {({ copied, copy }) => (
                  <Button
                    onClick={copy}
                    leftSection={
                      copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />
                    }
                  >
                    {copied ? 'Copied' : 'Copy'}
                  </Button>
                )}
              </CopyButton>
            </Group>
          </>
        ) : (
          <>
            <Text size="sm">
              Whoever holds this link can answer for the tenant. Hand it to nobody else. That you copied it is
              kept in the history, and counts as telling the tenant.
            </Text>
            {copy.isError && <Failed error={copy.error} />}
            <Refused message={Object.values(refused).join(' ') || undefined} />
            <Group justify="flex-end">
              <Button variant="default" onClick={close}>
                Cancel
              </Button>
              <Button loading={copy.isPending} onClick={() => copy.mutate()} data-autofocus>
                Show the link
              </Button>
            </Group>
          </>
        )}
      </Stack>
    </Modal>
  );
}
