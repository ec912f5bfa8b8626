// The end: what is charged first, and when, and where the receipt goes.
import { Alert, Button, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconInfoCircle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';

import { day, money } from '../console/parts/words';
import type { MessageChannel, SubmissionStatus } from '../gql/graphql';
import { useAt } from './acting';
import { Heading } from './heading';
import { Lines } from './lines';

const means: Record<MessageChannel, string> = { EMAIL: 'email', SMS: 'text' };

export const receiptWords = (receipts: readonly MessageChannel[]) =>
  receipts.length === 0
    ? 'None was wanted'
    : `By ${new Intl.ListFormat('en-US').format(receipts.map((each) => means[each]))}`;

/** What became of it, where it is not done: for whoever stands at the counter. */
const troubleOf: Record<SubmissionStatus, string> = {
  APPROVING: '',
  APPROVED: '',
  READY_FOR_APPROVAL:
    'Stripe did not take it. Ask a manager to approve it again: the customer need not wait.',
  WAITING_FOR_BANK_VERIFICATION: 'The bank account is still being verified. The customer need not wait.',
  BANK_VERIFICATION_FAILED:
    'The bank account could not be verified. The customer can give another one by the link that was mailed.',
  TENANT_ACTION_REQUIRED:
    'The customer’s bank wants the customer to confirm. They were asked by email: have them open it now.',
  PAYMENT_FAILED:
    'The bank declined the card. The customer can give another one by the link that was mailed, or ask a manager.',
  REJECTED: 'A manager has turned it down. Ask why before the customer leaves.',
  METHOD_LOST:
    'The card was withdrawn. The customer can give another one by the link that was mailed, or ask a manager.',
  UNDONE: 'It was approved and taken back. Ask a manager.',
};

export function Done() {
  const { migration } = useAt();
  const { outcome, contact } = migration;
  const name = migration.legacy?.name ?? contact.name;
  const trouble = outcome ? troubleOf[outcome.submissionStatus] : '';
  const over = outcome?.submissionStatus === 'UNDONE' || outcome?.submissionStatus === 'REJECTED';
  return (
    <Stack gap="lg">
      {trouble ? (
        <>
          <Heading title={over ? 'Signed, and not migrated' : 'Signed, and not done yet'}>
            {name} has signed. Nothing was charged today.
          </Heading>
          <Alert role="alert" variant="outline" color="red" icon={<IconAlertTriangle />}>
            {trouble}
          </Alert>
        </>
      ) : (
        <>
          <IconCircleCheck size={56} color="var(--mantine-color-green-7)" aria-hidden />
          <Heading title="Done. Welcome!">{name} is migrated. Nothing was charged today.</Heading>
        </>
      )}
      {outcome?.warning && !trouble && (
        <Alert
          role="alert"
          variant="outline"
          color="yellow"
          icon={<IconInfoCircle />}
          title="Cancel it in the old system today"
        >
          {outcome.warning}
        </Alert>
      )}
      {outcome && (
        <Lines
          of={[
            // Of what is not done, nobody knows yet what is charged when.
            ...(trouble
              ? []
              : [
                  [
                    'First charge',
                    `${money(outcome.monthlyTotal)} on ${day(outcome.firstChargeOn)}`,
                  ] as const,
                  ['Then', `${money(outcome.monthlyTotal)} every month`] as const,
                ]),
            ['Card', migration.card.label],
            ['Receipt', receiptWords(outcome.receipts)],
            ['Account', contact.email],
          ]}
        />
      )}
      {outcome?.submissionStatus === 'APPROVING' && (
        <Text c="dimmed">Stripe is being told. You need not wait for it.</Text>
      )}
      <Button size="xl" fullWidth component={Link} to="/">
        Next customer
      </Button>
    </Stack>
  );
}
