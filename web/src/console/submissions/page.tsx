// Staff → Migrations → Submissions: what tenants have completed, and what waits for whom.
import { Group, Select, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';

import {
  type PaymentMethodType,
  SubmissionCountDocument,
  type SubmissionRowFragment,
  SubmissionsDocument,
  type SubmissionSort,
} from '../../gql/graphql';
import { asked } from '../api';
import { type Column, Grid } from '../grid/grid';
import { useRows } from '../grid/rows';
import { useSelection } from '../grid/selection';
import { Locations, Search, Some } from '../parts/filters';
import { Migrations } from '../parts/page';
import { SubmissionState } from '../parts/state';
import { Studio } from '../parts/studio';
import { Empty, Failed } from '../parts/trouble';
import { count, momentDay, money, plural, submissionStatuses } from '../parts/words';
import { BulkBar } from './bulk';
import { filterOf, orderOf, statuses, type SubmissionSearch } from './search';

const columns: Column<SubmissionRowFragment, SubmissionSort>[] = [
  {
    title: 'Tenant',
    sort: 'TENANT',
    width: 'minmax(7.4rem, 2fr)',
    cell: ({ tenant }) => (
      <>
        <Text size="sm" fw={600} span>
          {tenant.name}
        </Text>
        <Text size="xs" c="dimmed">
          {tenant.email}
        </Text>
      </>
    ),
  },
  {
    title: 'Studio',
    sort: 'PLAN',
    also: { title: 'Location', sort: 'LOCATION' },
    width: 'minmax(7.2rem, 1.6fr)',
    cell: ({ plan, unit, location }) => (
      <>
        <Studio plan={plan} unit={unit} />
        <Text size="xs" c="dimmed">
          {location.name}
        </Text>
      </>
    ),
  },
  {
    title: 'Card $',
    sort: 'CARD_PRICE',
    also: { title: 'ACH $', sort: 'ACH_PRICE' },
    width: '5.4rem',
    end: true,
    cell: ({ cardPrice, achPrice }) => (
      <>
        {money(cardPrice)}
        {achPrice && <div>{money(achPrice)}</div>}
      </>
    ),
  },
  {
    title: 'Insurance',
    sort: 'INSURANCE',
    width: '6.1rem',
    end: true,
    cell: ({ insurancePrice }) => insurancePrice && money(insurancePrice),
  },
  {
    title: 'Monthly total',
    sort: 'MONTHLY_TOTAL',
    also: { title: 'Payment method' },
    width: 'minmax(8.6rem, 1fr)',
    cell: ({ monthlyTotal, paymentMethod }) => (
      <>
        <Text span size="sm" fw={600} className="amount">
          {money(monthlyTotal)}
        </Text>
        <Text size="xs" c="dimmed">
          {paymentMethod}
        </Text>
      </>
    ),
  },
  { title: 'Anchor', sort: 'ANCHOR_DAY', width: '5.1rem', cell: ({ anchorDay }) => `Day ${anchorDay}` },
  {
    title: 'Status',
    sort: 'STATUS',
    width: 'minmax(6.8rem, 1.1fr)',
    cell: ({ status }) => <SubmissionState status={status} />,
  },
  {
    title: 'Submitted',
    sort: 'SUBMITTED_AT',
    first: 'DESC',
    also: { title: 'Days waiting', sort: 'WAITING_SINCE' },
    width: '7.6rem',
    cell: ({ submittedAt, daysWaiting }) => (
      <>
        {momentDay(submittedAt)}
        {daysWaiting != null && (
          <Text size="xs" c="dimmed">
            {plural(daysWaiting, 'day')}
          </Text>
        )}
      </>
    ),
  },
];

const ofStatus = statuses.map((value) => ({ value, label: submissionStatuses[value] }));
const ofMethod: { value: PaymentMethodType; label: string }[] = [
  { value: 'CARD', label: 'Card' },
  { value: 'US_BANK_ACCOUNT', label: 'Bank account' },
];

export function Submissions() {
  const search = useSearch({ from: '/shell/migrations/submissions' });
  const navigate = useNavigate({ from: '/migrations/submissions' });
  const filter = useMemo(() => filterOf(search), [search]);
  const order = useMemo(() => orderOf(search), [search]);
  // What waits moves on by itself.
  const list = useRows(SubmissionsDocument, { filter, orderBy: order }, ({ submissions }) => submissions, {
    every: 15_000,
  });
  const selection = useSelection(JSON.stringify(filter), list);
  const total = useQuery({ ...asked(SubmissionCountDocument, { filter }), refetchInterval: 15_000 });
  const change = useCallback(
    (part: Partial<SubmissionSearch>) =>
      void navigate({ search: (old) => ({ ...old, ...part }), replace: true, resetScroll: false }),
    [navigate],
  );
  const narrowed = Object.values(filter).some((value) => value !== undefined);
  const matching = total.data?.submissions;

  return (
    <Migrations tab="submissions">
      <Stack gap="sm">
        <Group gap="sm" role="search" aria-label="Submissions">
          <Search
            value={search.search}
            placeholder="Search tenant, email, studio, location"
            onChange={(value) => change({ search: value })}
          />
          <Some
            label="Status"
            of={ofStatus}
            value={search.status}
            onChange={(status) => change({ status })}
            width={240}
          />
          <Locations value={search.location} onChange={(location) => change({ location })} />
          <Select
            aria-label="Payment method"
            placeholder="Payment method"
            data={ofMethod}
            value={search.method ?? null}
            onChange={(method) => change({ method: method ?? undefined })}
            clearable
            clearButtonProps={{ 'aria-label': 'Clear payment method' }}
            flex="0 1 170px"
            miw={160}
          />
        </Group>
        <Text size="sm" c="dimmed" role="status">
          {matching
            ? `${count(matching.totalCount, matching.totalCountPrecision)} ${narrowed ? 'match' : 'in all'}`
            : total.isError
              ? ''
              : 'Counting…'}
        </Text>
        {list.error && list.rows.length === 0 ? (
          <Failed error={list.error} again={list.again} />
        ) : (
          <Grid
            label="Submissions"
            columns={columns}
            list={list}
            total={matching?.totalCountPrecision === 'EXACT' ? matching.totalCount : undefined}
            order={order}
            onOrder={({ by, direction }) => change({ sort: by, direction })}
            selection={selection}
            name={({ tenant }) => tenant.name}
            onOpen={({ id }) => void navigate({ to: '/submissions/$id', params: { id } })}
            empty={
              narrowed ? (
                <Empty title="Nothing matches">
                  <Link to="/migrations/submissions">Clear the search and all filters</Link>
                </Empty>
              ) : (
                <Empty title="No submissions yet">
                  When a tenant completes the form behind an invitation, it comes here to be approved.
                </Empty>
              )
            }
          />
        )}
        <BulkBar selection={selection} filter={filter} matching={matching} loaded={list.rows.length} />
      </Stack>
    </Migrations>
  );
}
