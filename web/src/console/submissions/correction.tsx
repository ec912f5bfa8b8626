// The address that the tenant gave as their own, which waits for staff.
import { Button, Group } from '@mantine/core';
import { useState } from 'react';

import type { SubmissionViewFragment } from '../../gql/graphql';
import { Accept, Decline } from '../messages/decide';
import { correctionStates } from '../messages/words';
import { FactList, Section } from '../parts/facts';
import { moment } from '../parts/words';

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
          ['State', correctionStates[c.state]],
          [
            'Given',
            `${moment(c.requestedAt)}${c.enteredBy ? `, written down by ${c.enteredBy.name}` : ' by the tenant'}`,
          ],
          ['Decided', c.decidedAt && `${moment(c.decidedAt)}${c.decidedBy ? ` by ${c.decidedBy.name}` : ''}`],
          ['Reason', c.reason],
        ]}
      />
      {open === 'accept' && <Accept correction={{ ...c, tenant }} onClose={close} />}
      {open === 'decline' && <Decline correction={{ ...c, tenant }} onClose={close} />}
    </Section>
  );
}
