// How an invitation stands, and once it cannot be edited any more, what it offered.
import { Anchor, SimpleGrid, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

import type { InvitationViewFragment } from '../../gql/graphql';
import { ago, moment, money, submissionStatuses } from '../parts/words';

export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text size="sm" component="div">
        {children}
      </Text>
    </div>
  );
}

export function Facts({ invitation: i }: { invitation: InvitationViewFragment }) {
  const open = i.status === 'PENDING' || i.status === 'SENT';
  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 2, xs: 3 }} spacing="sm">
        <Fact label="Created">
          {moment(i.createdAt)} by {i.createdBy.name}
        </Fact>
        {i.emailSentAt && <Fact label="Email sent">{moment(i.emailSentAt)}</Fact>}
        {i.smsSentAt && <Fact label="SMS sent">{moment(i.smsSentAt)}</Fact>}
        {i.openedAt && <Fact label="First opened">{moment(i.openedAt)}</Fact>}
        {i.claimedAt && <Fact label="Claimed">{moment(i.claimedAt)}</Fact>}
        {i.revokedAt && (
          <Fact label="Revoked">
            {moment(i.revokedAt)}
            {i.revokedReason && `: ${i.revokedReason}`}
          </Fact>
        )}
        {open && (
          <Fact label="Link">
            {i.isExpired
              ? `Expired ${ago(i.linkExpiresAt)}; sending renews it`
              : `Opens until ${moment(i.linkExpiresAt)}`}
          </Fact>
        )}
        {i.reservation && (
          <Fact label="Submission">
            <Anchor component={Link} size="sm" to={`/submissions/${i.reservation.submission.id}`}>
              {submissionStatuses[i.reservation.status]}
            </Anchor>
          </Fact>
        )}
        {i.successor && (
          <Fact label="Replaced by">
            <Anchor component={Link} size="sm" to={`/migrations/invitations/${i.successor.id}`}>
              Another offer
            </Anchor>
          </Fact>
        )}
      </SimpleGrid>
      {!i.canEdit && (
        <SimpleGrid cols={{ base: 2, xs: 3 }} spacing="sm">
          <Fact label={i.plan.kind === 'MEMBERSHIP' ? 'Membership' : 'Studio'}>
            {i.plan.name}
            {i.unit && `, ${i.unit}`}
          </Fact>
          <Fact label="Location">{i.location.name}</Fact>
          <Fact label="Anchor">Day {i.anchorDay}</Fact>
          <Fact label="Card, per month">{money(i.card.total)}</Fact>
          {i.ach && <Fact label="ACH, per month">{money(i.ach.total)}</Fact>}
          {i.insurancePlan && (
            <Fact label="Insurance in it">
              {i.insurancePlan.name}, {money(i.insurancePlan.price)}
            </Fact>
          )}
        </SimpleGrid>
      )}
    </Stack>
  );
}
