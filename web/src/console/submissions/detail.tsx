// A submission: how it stands, what was agreed, what was signed, what was decided. It stays as it is by then without a reload.
import { Alert, Anchor, Group, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useEffect } from 'react';

import {
  SubmissionChangedDocument,
  SubmissionDocument,
  type SubmissionQuery,
  type SubmissionStatus,
  type SubmissionViewFragment,
} from '../../gql/graphql';
import { answers, asked } from '../api';
import { useLive } from '../live';
import { Columns, FactList, Section } from '../parts/facts';
import { History } from '../parts/history';
import { Page } from '../parts/page';
import { SubmissionState } from '../parts/state';
import { Failed, Unknown, Waiting } from '../parts/trouble';
import { moment, money, plural } from '../parts/words';
import { Acts } from './acts';
import { Correction } from './correction';
import { Approvals, Rejected, Undone } from './decisions';
import { Signed } from './evidence';
import { waited } from './told';

export function SubmissionPage() {
  const { id } = useParams({ from: '/shell/submissions/$id' });
  const found = useQuery({
    ...asked(SubmissionDocument, { id }),
    refetchInterval: ({ state }) => every(state.data?.submission),
    structuralSharing: (held, come) => later(held as SubmissionQuery | undefined, come as SubmissionQuery),
  });
  const live = useLive(SubmissionChangedDocument, found.data?.submission ? id : null)?.submissionChanged;
  useEffect(() => {
    if (live) answers.setQueryData(asked(SubmissionDocument, { id }).queryKey, { submission: live });
  }, [live, id]);
  if (found.isPending) return <Waiting />;
  if (!found.data) return <Failed error={found.error} again={() => void found.refetch()} />;
  const { submission } = found.data;
  return submission ? <View key={id} submission={submission} /> : <Unknown />;
}

/** Of two looks the one that more had happened at: an answer that was under way when a live update came is the older one. */
const later = (held: SubmissionQuery | undefined, come: SubmissionQuery) =>
  (held?.submission?.history.length ?? 0) > (come.submission?.history.length ?? Infinity) ? held : come;

/** Live updates bring what changes; asking beside them is for where they do not come through. */
const every = (s: SubmissionViewFragment | null | undefined) =>
  s?.status === 'APPROVING' || s?.undo?.state === 'PENDING' ? 3_000 : 15_000;

function View({ submission: s }: { submission: SubmissionViewFragment }) {
  return (
    <Page
      title={`${s.tenant.name}, ${s.plan.name}`}
      tab={`Submission of ${s.tenant.name}`}
      actions={<Acts submission={s} />}
    >
      <Stands submission={s} />
      <Columns>
        <Stack gap="md">
          <Agreed submission={s} />
          <Approvals approvals={s.approvals} />
          <Signed evidence={s.evidence} />
        </Stack>
        <Stack gap="md">
          <About submission={s} />
          <Section title="History">
            <History events={s.history} />
          </Section>
        </Stack>
      </Columns>
    </Page>
  );
}

/** What the state asks of whom, where its name alone does not say it. */
const asks: Partial<Record<SubmissionStatus, string>> = {
  WAITING_FOR_BANK_VERIFICATION: 'The bank account is being verified, three to five business days.',
  BANK_VERIFICATION_FAILED: "The tenant's link is open for another attempt.",
  APPROVING: 'Approved; the subscription is being made.',
  TENANT_ACTION_REQUIRED: "The tenant's bank wants the tenant to confirm, and the tenant was asked.",
  PAYMENT_FAILED: "No subscription is left. The tenant's link is open for another payment method.",
  METHOD_LOST: "The payment method was withdrawn. The tenant's link is open for another one.",
};

function Stands({ submission: s }: { submission: SubmissionViewFragment }) {
  const ended = s.reservation.endedAt;
  const ask = ended ? undefined : asks[s.status];
  return (
    <Stack gap="sm">
      <Group gap="md" role="status">
        <Text component="div" fw={600}>
          <SubmissionState status={s.status} />
        </Text>
        <Text size="sm" c="dimmed">
          {waited(s) ?? `since ${moment(s.statusChangedAt)}`}
        </Text>
      </Group>
      {(s.statusReason || ask) && (
        <Text size="sm">
          {s.statusReason} {ask}
        </Text>
      )}
      {ended && (
        <Text size="sm">The reservation ended {moment(ended)}: nothing more comes of this submission.</Text>
      )}
      {s.status === 'READY_FOR_APPROVAL' && !s.canApprove && (
        <Alert variant="outline" color="yellow">
          Something stands in the way of approving it{s.statusReason ? ', see above' : ''}. Reject it
          {s.invitation ? ' with a corrected offer' : ''}, or close it.
        </Alert>
      )}
      <Bank submission={s} />
      <Correction submission={s} />
      <Rejected submission={s} />
      <Undone submission={s} />
    </Stack>
  );
}

function Bank({ submission: { bankVerification: b } }: { submission: SubmissionViewFragment }) {
  if (!b) return null;
  return (
    <Section title="Bank verification">
      <FactList
        of={[
          ['Began', moment(b.beganAt)],
          [
            'Time to verify ends',
            `${moment(b.deadlineAt)}, ${b.daysLeft > 0 ? `${plural(b.daysLeft, 'day')} left` : 'over'}`,
          ],
          [
            'One-cent deposit should arrive',
            b.depositArrivesAt ? moment(b.depositArrivesAt) : 'No code has to be entered',
          ],
          [
            'Told that it should have arrived',
            b.depositArrivesAt && (b.depositToldAt ? moment(b.depositToldAt) : 'Not yet'),
          ],
          ['Reminded', b.remindedAt ? moment(b.remindedAt) : 'Not yet'],
        ]}
      />
    </Section>
  );
}

function Agreed({ submission: s }: { submission: SubmissionViewFragment }) {
  return (
    <Section title="Quote">
      <Table aria-label="Quote" withRowBorders={false} verticalSpacing={4} horizontalSpacing={0}>
        <Table.Tbody>
          {s.quote.lines.map(({ kind, description, amount }) => (
            <Table.Tr key={kind + description}>
              <Table.Th scope="row" fw={400}>
                {description}
              </Table.Th>
              <Table.Td ta="end" className="amount">
                {money(amount)}
              </Table.Td>
            </Table.Tr>
          ))}
          <Table.Tr fw={700}>
            <Table.Th scope="row">Monthly total</Table.Th>
            <Table.Td ta="end" className="amount">
              {money(s.quote.total)}
            </Table.Td>
          </Table.Tr>
        </Table.Tbody>
      </Table>
      <FactList
        of={[
          ['Payment method', s.paymentMethod],
          ['Anchor', `Day ${s.anchorDay}`],
          ['Card price offered', money(s.cardPrice)],
          ['ACH price offered', s.achPrice && money(s.achPrice)],
        ]}
      />
    </Section>
  );
}

function About({ submission: s }: { submission: SubmissionViewFragment }) {
  return (
    <Section title="Tenant">
      <FactList
        of={[
          ['Name', s.tenant.name],
          ['Email', s.tenant.email],
          ['Phone', s.tenant.phone],
          [s.plan.kind === 'MEMBERSHIP' ? 'Membership' : 'Studio', s.plan.name],
          ['Unit', s.unit],
          ['Location', s.location.name],
          ['Submitted', moment(s.submittedAt)],
          [
            'Reservation',
            <Anchor key="r" component={Link} size="sm" to={`/reservations/${s.reservation.id}`}>
              Open the reservation
            </Anchor>,
          ],
          [
            'Invitation',
            s.invitation && (
              <Anchor component={Link} size="sm" to={`/migrations/invitations/${s.invitation.id}`}>
                Open the invitation
              </Anchor>
            ),
          ],
        ]}
      />
    </Section>
  );
}
