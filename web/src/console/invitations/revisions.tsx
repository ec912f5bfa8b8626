// What an invitation offered before, to somebody who was told of it.
import { List, Text } from '@mantine/core';

import type { InvitationViewFragment } from '../../gql/graphql';
import { moment, money } from '../parts/words';

export function Revisions({ invitation: { revisions } }: { invitation: InvitationViewFragment }) {
  if (revisions.length === 0) return null;
  return (
    <div>
      <Text fw={600} size="sm" mb={4}>
        Offered before
      </Text>
      <List size="sm" spacing={4}>
        {revisions.map((r) => (
          <List.Item key={r.revision}>
            {[r.plan.name, r.unit, r.insurancePlan?.name].filter(Boolean).join(', ')}: {money(r.cardPrice)} by
            card
            {r.achPrice && `, ${money(r.achPrice)} from a bank account`}, day {r.anchorDay}.{' '}
            <Text span size="xs" c="dimmed">
              Until {moment(r.changedAt)}, changed by {r.changedBy.name}
            </Text>
          </List.Item>
        ))}
      </List>
    </div>
  );
}
