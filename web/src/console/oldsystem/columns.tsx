// The columns of the old system's list.
import { Anchor, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';

import type { LegacyMembershipOrder, LegacyRowFragment } from '../../gql/graphql';
import type { Column } from '../grid/grid';
import { State } from '../parts/state';
import { money } from '../parts/words';
import type { LegacySearch } from './search';
import { ThereState } from './state';
import { periods, shortDay } from './words';

type Row = LegacyRowFragment;

export const columns: Column<Row, LegacyMembershipOrder>[] = [
  { title: 'Name', sort: 'NAME', width: 'minmax(11rem, 2fr)', cell: (row) => <Person row={row} /> },
  {
    title: 'Plate',
    also: { title: 'Member no.' },
    width: 'minmax(6rem, 0.9fr)',
    cell: ({ plate, memberNumber }) => <Lines of={[plate, memberNumber]} />,
  },
  {
    title: 'Location',
    also: { title: 'Source' },
    width: 'minmax(7rem, 1.1fr)',
    cell: ({ location, source }) => <Lines of={[location.name, source]} />,
  },
  {
    title: 'Plan there',
    also: { title: 'Here' },
    width: 'minmax(8rem, 1.4fr)',
    cell: ({ planName, plan, unit }) => (
      <>
        {[planName || 'No plan', unit].filter(Boolean).join(', ')}
        <Text size="xs" c="dimmed">
          {plan ? `→ ${plan.name}` : planName ? '→ not mapped yet' : ''}
        </Text>
      </>
    ),
  },
  {
    title: 'Price',
    width: '6rem',
    end: true,
    cell: ({ price, carriedPrice, period }) => (
      <>
        {price && money(price)}
        {carriedPrice && carriedPrice.amount !== price?.amount && (
          <Text size="xs" c="dimmed">
            → {money(carriedPrice)}
          </Text>
        )}
        {price && period !== 'MONTHLY' && (
          <Text size="xs" c="dimmed">
            {periods[period]}
          </Text>
        )}
      </>
    ),
  },
  {
    title: 'Next bill',
    sort: 'NEXT_BILLING',
    width: 'minmax(7rem, 0.9fr)',
    cell: ({ nextBillingOn, billingDay }) =>
      nextBillingOn ? shortDay(nextBillingOn) : billingDay ? `Day ${billingDay}` : '',
  },
  { title: 'State', width: 'minmax(7rem, 1fr)', cell: ({ state }) => <ThereState state={state} /> },
  {
    title: 'Migrated',
    width: '6rem',
    cell: ({ isMigrated }) => (isMigrated ? <State tone="green">Migrated</State> : ''),
  },
];

function Person({ row: { id, name, emails, phones } }: { row: Row }) {
  return (
    <>
      <Anchor
        component={Link}
        to={`/old-system/list/${id}`}
        search={((old: LegacySearch) => old) as never}
        resetScroll={false}
        tabIndex={-1}
        size="sm"
        fw={600}
        c="inherit"
      >
        {name}
      </Anchor>
      <Text size="xs" c="dimmed">
        {emails[0] ?? 'No email'}
      </Text>
      <Text size="xs" c="dimmed">
        {phones[0]}
      </Text>
    </>
  );
}

function Lines({ of: [first, second] }: { of: readonly (string | null | undefined)[] }) {
  if (!first && !second) return null;
  return (
    <>
      {first}
      {second && (
        <Text size={first ? 'xs' : 'sm'} c="dimmed">
          {second}
        </Text>
      )}
    </>
  );
}
