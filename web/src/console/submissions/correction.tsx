// The address that the tenant gave as their own, which waits for staff.
import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';

import {
  AcceptEmailCorrectionDocument,
  DeclineEmailCorrectionDocument,
  type EmailCorrectionState,
  type SubmissionViewFragment,
} from '../../gql/graphql';
import { ask } from '../../shared/ask';
import { Confirm } from '../parts/confirm';
import { FactList, Section } from '../parts/facts';
import { moment } from '../parts/words';
import { Because } from './acts';

const states: Record<EmailCorrectionState, string> = {
  PENDING: 'Waits for staff',
  ACCEPTED: 'Accepted',
  DECLINED: 'Declined',
  REPLACED: 'The tenant has given another one since, or taken it back',
};

export function Correction({
  submission: { emailCorrection: c, tenant },
}: {
  submission: SubmissionViewFragment;
}) {
  const [open, setOpen] = useState<'accept' | 'decline' | null>(null);
  const close = () => setOpen(null);
  if (!c) return null;
  return (
    <Section
      title="Email correction"
      side={
        c.canDecide && (
          <Group gap="xs">
            <Button size="xs" onClick={() => setOpen('accept')}>
              Accept
            </Button>
            <Button size="xs" variant="default" onClick={() => setOpen('decline')}>
              Decline
            </Button>
          </Group>
        )
      }
    >
      <FactList
        of={[
          ['Their own address', c.email],
          ['On file', tenant.email],
          ['State', states[c.state]],
          [
            'Given',
            `${moment(c.requestedAt)}${c.enteredBy ? `, written down by ${c.enteredBy.name}` : ' by the tenant'}`,
          ],
          ['Decided', c.decidedAt && `${moment(c.decidedAt)}${c.decidedBy ? ` by ${c.decidedBy.name}` : ''}`],
          ['Reason', c.reason],
        ]}
      />
      {open === 'accept' && (
        <Confirm
          title="Accept this address?"
          act="Accept the address"
          close={close}
          run={async () =>
            (await ask(AcceptEmailCorrectionDocument, { input: { id: c.id } })).acceptEmailCorrection
              .userErrors
          }
        >
          <Text size="sm">
            Messages go to {c.email} from then on. The old address is told, and sign-ins that began there end.
          </Text>
        </Confirm>
      )}
      {open === 'decline' && (
        <Because
          title="Decline this address?"
          act="Decline the address"
          close={close}
          run={async (reason) =>
            (await ask(DeclineEmailCorrectionDocument, { input: { id: c.id, reason } }))
              .declineEmailCorrection.userErrors
          }
        >
          The tenant keeps {tenant.email} and is told why.
        </Because>
      )}
    </Section>
  );
}
