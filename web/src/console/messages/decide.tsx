// Whether the address that a tenant gave becomes theirs.
import { Text, Textarea } from '@mantine/core';
import { useState } from 'react';

import { AcceptEmailCorrectionDocument, DeclineEmailCorrectionDocument } from '../../gql/graphql';
import { ask } from '../../shared/ask';
import { ActDialog } from '../parts/act';

interface DecisionProps {
  correction: { id: string; email: string; tenant: { name: string; email?: string | null | undefined } };
  onClose: () => void;
}

export function Accept({ correction: { id, tenant, email }, onClose }: DecisionProps) {
  return (
    <ActDialog
      title="Accept the address"
      act="Accept"
      done={`${email} is the address of ${tenant.name} now.`}
      run={async () => (await ask(AcceptEmailCorrectionDocument, { input: { id } })).acceptEmailCorrection}
      onClose={onClose}
    >
      <Text>
        Messages to {tenant.name} go to <b>{email}</b> from now on
        {tenant.email && <>, and no more to {tenant.email}, which is told</>}. Sign-ins that began at the old
        address end.
      </Text>
    </ActDialog>
  );
}

export function Decline({ correction: { id, tenant, email }, onClose }: DecisionProps) {
  const [reason, setReason] = useState('');
  return (
    <ActDialog
      title="Decline the address"
      act="Decline"
      fields={['reason']}
      done={`${tenant.name} keeps the address on file and is told why.`}
      run={async () =>
        (await ask(DeclineEmailCorrectionDocument, { input: { id, reason } })).declineEmailCorrection
      }
      onClose={onClose}
    >
      {(refused) => (
        <>
          <Text>
            {tenant.name} gave {email}. Messages go on to {tenant.email ?? 'no email'}.
          </Text>
          <Textarea
            label="Why"
            description="The tenant reads it."
            required
            maxLength={500}
            autosize
            minRows={2}
            data-autofocus
            value={reason}
            onChange={(e) => setReason(e.currentTarget.value)}
            error={refused['reason']}
          />
        </>
      )}
    </ActDialog>
  );
}
