// What staff decided about a submission, and what became of it.
import { Anchor, Divider, Stack, Table, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';

import type { ApprovalViewFragment, SubmissionViewFragment } from '../../gql/graphql';
import { FactList, Section } from '../parts/facts';
import { day, moment, money } from '../parts/words';
import { outcomes, starts, undone } from './told';

export function Approvals({ approvals }: { approvals: readonly ApprovalViewFragment[] }) {
  if (approvals.length === 0) return null;
  return (
    <Section title={approvals.length === 1 ? 'Approval' : 'Approvals'}>
      {approvals.map((a, i) => (
        <Stack key={a.id} gap="sm">
          {i > 0 && <Divider />}
          <FactList
            of={[
              ['Approved by', `${a.staff.name}, ${moment(a.decidedAt)}`],
              ['Billing starts', starts[a.option].name],
              ['Charged at once', money(a.dueToday)],
              ['Next charge', day(a.nextChargeOn)],
              ['Outcome', outcomes[a.outcome] + (a.outcomeAt ? `, ${moment(a.outcomeAt)}` : '')],
              ['What came of it', a.outcomeReason],
            ]}
          />
        </Stack>
      ))}
    </Section>
  );
}

export function Rejected({ submission: { rejection: r } }: { submission: SubmissionViewFragment }) {
  if (!r) return null;
  return (
    <Section title={r.closes ? 'Closed' : 'Rejected'}>
      <FactList
        of={[
          ['By', `${r.staff.name}, ${moment(r.rejectedAt)}`],
          ['Reason', r.reason],
          [
            'What comes of it',
            r.successor ? (
              <Anchor component={Link} size="sm" to={`/migrations/invitations/${r.successor.id}`}>
                Another offer took its place
              </Anchor>
            ) : r.closes ? (
              'The reservation ended, and nothing is offered instead'
            ) : (
              'The tenant may try again with the same offer'
            ),
          ],
        ]}
      />
    </Section>
  );
}

export function Undone({ submission: { undo: u } }: { submission: SubmissionViewFragment }) {
  if (!u) return null;
  return (
    <Section title={u.state === 'DONE' ? 'Undone' : 'Undo under way'}>
      <FactList
        of={[
          ['By', `${u.staff.name}, ${moment(u.requestedAt)}`],
          ['Reason', u.reason],
          ['Waits for', u.waitsFor],
          ['Done', u.doneAt && moment(u.doneAt)],
        ]}
      />
      {u.invoices.length > 0 ? (
        <Table.ScrollContainer minWidth={480} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
          <Table aria-label="What was done about each invoice">
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">Invoice</Table.Th>
                <Table.Th scope="col">What was done</Table.Th>
                <Table.Th scope="col" ta="end">
                  Amount
                </Table.Th>
                <Table.Th scope="col">When</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {u.invoices.map(({ stripeInvoiceId, act, amount, at }) => (
                <Table.Tr key={stripeInvoiceId + act}>
                  <Table.Td>{stripeInvoiceId}</Table.Td>
                  <Table.Td>{undone[act]}</Table.Td>
                  <Table.Td ta="end" className="amount">
                    {money(amount)}
                  </Table.Td>
                  <Table.Td>{moment(at)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      ) : (
        u.state === 'DONE' && <Text size="sm">Nothing had been charged.</Text>
      )}
    </Section>
  );
}
