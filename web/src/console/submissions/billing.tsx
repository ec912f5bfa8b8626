// What one choice would charge: today, next, for which days, and what to look at before.
import { Alert, Divider, Group, Paper, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';

import type { BillingLineViewFragment, BillingViewFragment } from '../../gql/graphql';
import { type Amount, isZero } from '../../shared/format';
import { day, moment, money } from '../parts/words';
import { period, starts, waitsUntil } from './told';

interface Props {
  billing: BillingViewFragment;
  /** What the other choice would do. */
  other: BillingViewFragment | undefined;
}

export function Billing({ billing, other }: Props) {
  const { dueToday, lines, nextCharge, nextChargeOn, nextLines, notBefore, source, warnings } = billing;
  const waits = waitsUntil(notBefore, other?.notBefore);
  return (
    <Paper
      withBorder
      p="sm"
      radius="md"
      role="group"
      aria-label={`${starts[billing.option].name}, in amounts`}
    >
      <Stack gap="xs">
        <Sum label="Charged today" amount={dueToday} />
        {isZero(dueToday) && lines.length === 0 ? (
          <Text size="sm" c="dimmed">
            Nothing is charged today.
          </Text>
        ) : (
          <Lines lines={lines} />
        )}
        <Divider />
        <Sum label={`Next charge, ${day(nextChargeOn)}`} amount={nextCharge} />
        <Lines lines={nextLines} />
        {waits && (
          <Text size="sm">
            The subscription is made no earlier than {moment(waits)}: today is the billing day itself.
          </Text>
        )}
        {warnings.map(({ code, message }) => (
          <Alert key={code} color="yellow" variant="outline" icon={<IconAlertTriangle />} p="xs">
            {message}
          </Alert>
        ))}
        <Text size="xs" c="dimmed">
          {source === 'STRIPE'
            ? "By Stripe's own preview of its invoices."
            : "Our arithmetic, because Stripe could not be asked now. Approving is held to Stripe's amount all the same."}
        </Text>
      </Stack>
    </Paper>
  );
}

function Sum({ label, amount }: { label: string; amount: Amount }) {
  return (
    <Group justify="space-between" wrap="nowrap" align="baseline">
      <Text size="sm" fw={600}>
        {label}
      </Text>
      <Text fw={700} className="amount" style={{ whiteSpace: 'nowrap' }}>
        {money(amount)}
      </Text>
    </Group>
  );
}

function Lines({ lines }: { lines: readonly BillingLineViewFragment[] }) {
  return lines.map((line, i) => (
    <Group key={i} justify="space-between" wrap="nowrap" align="baseline">
      <div>
        <Text size="sm">{line.description}</Text>
        {period(line) && (
          <Text size="xs" c="dimmed">
            {period(line)}
          </Text>
        )}
      </div>
      <Text size="sm" className="amount" style={{ whiteSpace: 'nowrap' }}>
        {money(line.amount)}
      </Text>
    </Group>
  ));
}
