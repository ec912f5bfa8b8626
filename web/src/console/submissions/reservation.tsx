// A reservation: the tenant's claim on a plan, every attempt at it, and the subscription that came of it.
import { Anchor, Code, Group, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useEffect } from 'react';

import {
  type InvoiceViewFragment,
  ReservationDocument,
  type ReservationViewFragment,
  SubmissionChangedDocument,
} from '../../gql/graphql';
import { answers, asked } from '../api';
import { useLive } from '../live';
import { Columns, FactList, Section } from '../parts/facts';
import { History } from '../parts/history';
import { Page } from '../parts/page';
import { State, SubmissionState } from '../parts/state';
import { Empty, Failed, Unknown, Waiting } from '../parts/trouble';
import { day, moment, momentDay, money } from '../parts/words';
import { invoiceStatuses, subscriptionStatuses, waited } from './told';

export function ReservationPage() {
  const { id } = useParams({ from: '/shell/reservations/$id' });
  const found = useQuery({
    ...asked(ReservationDocument, { id }),
    refetchInterval: ({ state }) => (state.data?.reservation?.status === 'APPROVING' ? 3_000 : 15_000),
  });
  const live = useLive(SubmissionChangedDocument, found.data?.reservation?.submission.id ?? null);
  useEffect(() => {
    if (live) void answers.invalidateQueries({ queryKey: asked(ReservationDocument, { id }).queryKey });
  }, [live, id]);
  if (found.isPending) return <Waiting />;
  if (!found.data) return <Failed error={found.error} again={() => void found.refetch()} />;
  const { reservation } = found.data;
  return reservation ? <View key={id} reservation={reservation} /> : <Unknown />;
}

function View({ reservation: r }: { reservation: ReservationViewFragment }) {
  const events = [...r.history, ...(r.subscription?.history ?? [])].sort((a, b) => a.at.localeCompare(b.at));
  return (
    <Page title={`${r.tenant.name}, ${r.plan.name}`} tab={`Reservation of ${r.tenant.name}`}>
      <Group gap="md" role="status">
        <Text component="div" fw={600}>
          <SubmissionState status={r.status} />
        </Text>
        <Text size="sm" c="dimmed">
          {r.endedAt ? `The reservation ended ${moment(r.endedAt)}` : waited(r.submission)}
        </Text>
        <Anchor component={Link} size="sm" to={`/submissions/${r.submission.id}`}>
          {r.submission.canApprove ? 'Review and approve' : 'Open the submission'}
        </Anchor>
      </Group>
      {r.submission.statusReason && <Text size="sm">{r.submission.statusReason}</Text>}
      <Columns>
        <Stack gap="md">
          <Billed reservation={r} />
          <Attempts reservation={r} />
        </Stack>
        <Stack gap="md">
          <Section title="Reservation">
            <FactList
              of={[
                ['Tenant', r.tenant.name],
                ['Email', r.tenant.email],
                ['Phone', r.tenant.phone],
                [r.plan.kind === 'MEMBERSHIP' ? 'Membership' : 'Studio', r.plan.name],
                ['Unit', r.unit],
                ['Location', r.location.name],
                ['Charged to', r.paymentMethod],
                ['Created', moment(r.createdAt)],
                ['Ended', r.endedAt && moment(r.endedAt)],
              ]}
            />
          </Section>
          <Section title="History">
            <History events={events} />
          </Section>
        </Stack>
      </Columns>
    </Page>
  );
}

/** A moment as the day that it is at the location, where billing has its days. */
const dayThere = (iso: string, timeZone: string) =>
  new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone }).format(new Date(iso));

function Billed({ reservation: { subscription: s, location } }: { reservation: ReservationViewFragment }) {
  if (!s)
    return (
      <Section title="Subscription">
        <Empty title="No subscription yet">It is made when a submission is approved.</Empty>
      </Section>
    );
  return (
    <Section title="Subscription">
      <FactList
        of={[
          ['Status', subscriptionStatuses[s.status]],
          ['Monthly total', money(s.monthlyTotal)],
          [
            'Next charge',
            s.nextChargeAt ? dayThere(s.nextChargeAt, location.timeZone) : 'Nothing is charged any more',
          ],
          ['Started', dayThere(s.startedAt, location.timeZone)],
          ['Ended', s.endedAt && moment(s.endedAt)],
          ['At Stripe', <Code key="s">{s.stripeSubscriptionId}</Code>],
        ]}
      />
      {s.invoices.length > 0 ? (
        <Invoices invoices={s.invoices} timeZone={location.timeZone} />
      ) : (
        <Text size="sm" c="dimmed">
          No invoices yet.
        </Text>
      )}
    </Section>
  );
}

function Invoices({ invoices, timeZone }: { invoices: readonly InvoiceViewFragment[]; timeZone: string }) {
  return (
    <Table.ScrollContainer minWidth={560} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
      <Table aria-label="Invoices">
        <Table.Thead>
          <Table.Tr>
            {['Invoice', 'Status', 'Due', 'Paid', 'Refunded'].map((heading, i) => (
              <Table.Th key={heading} scope="col" ta={i > 1 ? 'end' : undefined}>
                {heading}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {invoices.map((i) => (
            <Table.Tr key={i.stripeInvoiceId}>
              <Table.Td>
                {day(i.chargedOn)}
                {i.isFirst && ', the first'}
                <Text size="xs" c="dimmed">
                  {i.stripeInvoiceId}
                </Text>
              </Table.Td>
              <Table.Td>
                <State tone={i.failure ? 'red' : i.status === 'PAID' ? 'green' : 'gray'}>
                  {invoiceStatuses[i.status]}
                </State>
                <Text size="xs">{i.failure}</Text>
                {i.paidAt && (
                  <Text size="xs" c="dimmed">
                    {dayThere(i.paidAt, timeZone)}
                  </Text>
                )}
              </Table.Td>
              {[i.amountDue, i.amountPaid, i.amountRefunded].map((amount, n) => (
                <Table.Td key={n} ta="end" className="amount" style={{ whiteSpace: 'nowrap' }}>
                  {money(amount)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Attempts({ reservation: r }: { reservation: ReservationViewFragment }) {
  return (
    <Section title={r.submissions.length === 1 ? 'Submission' : 'Submissions'}>
      <Table.ScrollContainer minWidth={480}>
        <Table aria-label="Submissions">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Submitted</Table.Th>
              <Table.Th scope="col">Status</Table.Th>
              <Table.Th scope="col">Payment method</Table.Th>
              <Table.Th scope="col" ta="end">
                Monthly total
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {r.submissions.map((s) => (
              <Table.Tr key={s.id}>
                <Table.Td>
                  <Anchor component={Link} size="sm" to={`/submissions/${s.id}`}>
                    {momentDay(s.submittedAt)}
                  </Anchor>
                </Table.Td>
                <Table.Td>
                  <SubmissionState status={s.status} />
                </Table.Td>
                <Table.Td>{s.paymentMethod}</Table.Td>
                <Table.Td ta="end" className="amount" style={{ whiteSpace: 'nowrap' }}>
                  {money(s.monthlyTotal)}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Section>
  );
}
