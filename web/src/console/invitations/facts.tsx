// How an invitation stands, and once it cannot be edited any more, what it offered.
import { Anchor, Stack } from '@mantine/core';
import { Link } from '@tanstack/react-router';

import type { InvitationViewFragment } from '../../gql/graphql';
import { FactList } from '../parts/facts';
import { ago, moment, money, submissionStatuses } from '../parts/words';

export function Facts({ invitation: i }: { invitation: InvitationViewFragment }) {
  return (
    <Stack gap="sm">
      <Standing invitation={i} />
      {!i.canEdit && (
        <FactList
          across={3}
          of={[
            [
              i.plan.kind === 'MEMBERSHIP' ? 'Membership' : 'Studio',
              [i.plan.name, i.unit].filter(Boolean).join(', '),
            ],
            ['Location', i.location.name],
            ['Anchor', `Day ${i.anchorDay}`],
            ['Card, per month', money(i.card.total)],
            ['ACH, per month', i.ach && money(i.ach.total)],
            [
              'Insurance in it',
              i.insurancePlan && `${i.insurancePlan.name}, ${money(i.insurancePlan.price)}`,
            ],
          ]}
        />
      )}
    </Stack>
  );
}

function Standing({ invitation: i }: { invitation: InvitationViewFragment }) {
  const open = i.status === 'PENDING' || i.status === 'SENT';
  return (
    <FactList
      across={3}
      of={[
        ['Created', `${moment(i.createdAt)} by ${i.createdBy.name}`],
        ['Email sent', i.emailSentAt && moment(i.emailSentAt)],
        ['SMS sent', i.smsSentAt && moment(i.smsSentAt)],
        ['First opened', i.openedAt && moment(i.openedAt)],
        ['Claimed', i.claimedAt && moment(i.claimedAt)],
        ['Revoked', i.revokedAt && [moment(i.revokedAt), i.revokedReason].filter(Boolean).join(': ')],
        [
          'Link',
          open &&
            (i.isExpired
              ? `Expired ${ago(i.linkExpiresAt)}; sending renews it`
              : `Opens until ${moment(i.linkExpiresAt)}`),
        ],
        [
          'Submission',
          i.reservation && (
            <Anchor component={Link} size="sm" to={`/submissions/${i.reservation.submission.id}`}>
              {submissionStatuses[i.reservation.status]}
            </Anchor>
          ),
        ],
        [
          'Replaced by',
          i.successor && (
            <Anchor component={Link} size="sm" to={`/migrations/invitations/${i.successor.id}`}>
              Another offer
            </Anchor>
          ),
        ],
      ]}
    />
  );
}
