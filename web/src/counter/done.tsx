// The end: what is charged first, and when, and where the receipt goes.
import { Alert, Button, Stack, Text } from '@mantine/core';
import { IconCircleCheck, IconInfoCircle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';

import { day, money } from '../console/parts/words';
import type { MessageChannel } from '../gql/graphql';
import { useAt } from './acting';
import { Heading } from './heading';
import { Lines } from './lines';

const means: Record<MessageChannel, string> = { EMAIL: 'email', SMS: 'text' };

export const receiptWords = (receipts: readonly MessageChannel[]) =>
  receipts.length === 0
    ? 'None was wanted'
    : `By ${new Intl.ListFormat('en-US').format(receipts.map((each) => means[each]))}`;

export function Done() {
  const { migration } = useAt();
  const { outcome, contact } = migration;
  return (
    <Stack gap="lg">
      <IconCircleCheck size={56} color="var(--mantine-color-green-7)" aria-hidden />
      <Heading title="Done. Welcome!">
        {migration.legacy?.name ?? contact.name} is migrated. Nothing was charged today.
      </Heading>
      {outcome?.warning && (
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
            ['First charge', `${money(outcome.monthlyTotal)} on ${day(outcome.firstChargeOn)}`],
            ['Then', `${money(outcome.monthlyTotal)} every month`],
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
