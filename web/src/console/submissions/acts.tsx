// What staff can do with a submission now, as the API says it.
import { Button, Group, Text, Textarea } from '@mantine/core';
import { IconArrowBackUp, IconCheck, IconClockOff, IconThumbDown, IconX } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';

import {
  EndConfirmationDocument,
  type SubmissionViewFragment,
  UndoApprovalDocument,
  WithdrawApprovalDocument,
} from '../../gql/graphql';
import { ask } from '../../shared/ask';
import type { UserError } from '../api';
import { ActDialog } from '../parts/act';
import { moment } from '../parts/words';
import { Approve } from './approve';
import { Reject } from './reject';

type Open = 'approve' | 'reject' | 'close' | 'end' | 'withdraw' | 'undo' | null;

export function Acts({ submission: s }: { submission: SubmissionViewFragment }) {
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const input = (reason: string) => ({ input: { submissionId: s.id, reason } });
  return (
    <>
      <Group gap="xs">
        {s.canApprove && (
          <Button leftSection={<IconCheck size={16} aria-hidden />} onClick={() => setOpen('approve')}>
            Approve
          </Button>
        )}
        {s.canReject && (
          <Act icon={<IconThumbDown size={16} aria-hidden />} onClick={() => setOpen('reject')}>
            Reject
          </Act>
        )}
        {s.canClose && (
          <Act icon={<IconX size={16} aria-hidden />} onClick={() => setOpen('close')}>
            Close
          </Act>
        )}
        {s.canEndConfirmation && (
          <Act icon={<IconClockOff size={16} aria-hidden />} onClick={() => setOpen('end')}>
            Stop waiting
          </Act>
        )}
        {s.canWithdrawApproval && (
          <Act icon={<IconArrowBackUp size={16} aria-hidden />} onClick={() => setOpen('withdraw')}>
            Withdraw approval
          </Act>
        )}
        {s.canUndo && (
          <Act icon={<IconArrowBackUp size={16} aria-hidden />} onClick={() => setOpen('undo')}>
            Undo
          </Act>
        )}
      </Group>
      {open === 'approve' && <Approve submission={s} close={close} />}
      {(open === 'reject' || open === 'close') && (
        <Reject submission={s} begin={open === 'close' ? 'close' : 'again'} onClose={close} />
      )}
      {open === 'end' && (
        <Because
          title="Stop waiting for the tenant?"
          act="Stop waiting"
          done="No longer waited for."
          close={close}
          run={async (reason) => (await ask(EndConfirmationDocument, input(reason))).endConfirmation}
        >
          The subscription, for which nothing was charged, ends at Stripe, and the tenant may give another
          payment method. What the tenant confirms before that counts, and nothing ends.
        </Because>
      )}
      {open === 'withdraw' && (
        <Because
          title="Withdraw the approval?"
          act="Withdraw the approval"
          done="It is Ready for Approval again."
          readBy="For other staff; the tenant is not told."
          close={close}
          run={async (reason) => (await ask(WithdrawApprovalDocument, input(reason))).withdrawApproval}
        >
          Stripe was not asked for the subscription yet, and nothing was charged. It can be approved otherwise
          afterwards, or rejected.
        </Because>
      )}
      {open === 'undo' && (
        <Because
          title="Undo the approval?"
          act="Undo the approval"
          done="It is being undone."
          close={close}
          run={async (reason) => (await ask(UndoApprovalDocument, input(reason))).undoApproval}
        >
          The subscription ends, what was charged goes back, and what was not paid is void. The tenant is told
          when it is done, and the plan is free for another invitation.
          {s.undoUntil && ` It can be undone until ${moment(s.undoUntil)}.`}
        </Because>
      )}
    </>
  );
}

function Act({ icon, onClick, children }: { icon: ReactNode; onClick: () => void; children: string }) {
  return (
    <Button variant="default" leftSection={icon} onClick={onClick}>
      {children}
    </Button>
  );
}

interface BecauseProps {
  title: string;
  act: string;
  done: string;
  /** Who reads the reason, and that none is needed; without it the tenant does, and must be told one. */
  readBy?: string;
  run: (reason: string) => Promise<{ userErrors: readonly UserError[] }>;
  close: () => void;
  children: ReactNode;
}

/** An act with a reason. */
function Because({ title, act, done, readBy, run, close, children }: BecauseProps) {
  const [reason, setReason] = useState('');
  return (
    <ActDialog
      title={title}
      act={act}
      done={done}
      grave
      fields={['reason']}
      onClose={close}
      run={() => run(reason.trim())}
    >
      {(refused) => (
        <>
          <Text size="sm">{children}</Text>
          <Reason value={reason} onChange={setReason} error={refused['reason']} readBy={readBy} />
        </>
      )}
    </ActDialog>
  );
}

interface ReasonProps {
  value: string;
  onChange: (reason: string) => void;
  error?: string | undefined;
  readBy?: string | undefined;
}

export function Reason({ value, onChange, error, readBy }: ReasonProps) {
  return (
    <Textarea
      label="Reason"
      description={readBy ?? 'The tenant reads it.'}
      required={!readBy}
      maxLength={500}
      autosize
      minRows={2}
      value={value}
      onChange={(e) => onChange(e.currentTarget.value)}
      error={error}
      data-autofocus
    />
  );
}
