// Staff → Migrations → Invitations: find, select, open.
import { Badge, Button, Group, Select, Stack, Text, Tooltip } from '@mantine/core';
import { IconMailX, IconMessageCheck, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';

import {
  InvitationCountDocument,
  type InvitationRowFragment,
  InvitationsDocument,
  type InvitationSort,
} from '../../gql/graphql';
import { asked } from '../api';
import { type Column, Grid } from '../grid/grid';
import { useRows } from '../grid/rows';
import { useSelection } from '../grid/selection';
import { Locations, Search, Some } from '../parts/filters';
import { Migrations } from '../parts/page';
import { InvitationState } from '../parts/state';
import { Studio } from '../parts/studio';
import { Empty, Failed } from '../parts/trouble';
import { count, invitationStatuses, momentDay, money } from '../parts/words';
import { More } from './more';
import { filterOf, type InvitationSearch, orderOf, statuses } from './search';
import { BulkBar } from './bulk';

const columns: Column<InvitationRowFragment, InvitationSort>[] = [
  {
    title: 'Tenant',
    sort: 'TENANT',
    width: 'minmax(10rem, 2.2fr)',
    cell: ({ tenant, deliveryFailed }) => (
      <>
        <Text size="sm" fw={600} span>
          {tenant.name}
        </Text>
        {deliveryFailed && (
          <Tooltip label="The last message did not arrive">
            <IconMailX
              size={15}
              aria-label="The last message did not arrive"
              style={{ marginInlineStart: 6 }}
            />
          </Tooltip>
        )}
        <Text size="xs" c="dimmed">
          {tenant.email}
        </Text>
        <Text size="xs" c="dimmed">
          {tenant.phone}
        </Text>
      </>
    ),
  },
  {
    title: 'Studio',
    sort: 'PLAN',
    width: 'minmax(6.5rem, 1.2fr)',
    cell: ({ plan, unit }) => <Studio plan={plan} unit={unit} />,
  },
  {
    title: 'Location',
    sort: 'LOCATION',
    width: 'minmax(6.5rem, 1.2fr)',
    cell: ({ location }) => location.name,
  },
  {
    title: 'Card $',
    sort: 'CARD_PRICE',
    width: '5.2rem',
    end: true,
    cell: ({ cardPrice }) => money(cardPrice),
  },
  {
    title: 'ACH $',
    sort: 'ACH_PRICE',
    width: '5.2rem',
    end: true,
    cell: ({ achPrice }) => achPrice && money(achPrice),
  },
  {
    title: 'Insurance',
    sort: 'INSURANCE',
    width: '6.1rem',
    end: true,
    cell: ({ insurancePlan }) => insurancePlan && money(insurancePlan.price),
  },
  { title: 'Anchor', sort: 'ANCHOR_DAY', width: '5rem', cell: ({ anchorDay }) => `Day ${anchorDay}` },
  {
    title: 'Status',
    sort: 'STATUS',
    width: 'minmax(6.2rem, 0.9fr)',
    cell: ({ status, isExpired, smsSentAt }) => (
      <Group gap={6}>
        <InvitationState status={status} />
        {smsSentAt && (
          <Tooltip label="Got a text">
            <IconMessageCheck size={15} aria-label="Got a text" />
          </Tooltip>
        )}
        {isExpired && (status === 'PENDING' || status === 'SENT') && (
          <Badge size="xs" variant="default">
            Link expired
          </Badge>
        )}
      </Group>
    ),
  },
  {
    title: 'Created',
    sort: 'CREATED_AT',
    first: 'DESC',
    width: '6.4rem',
    cell: ({ createdAt }) => momentDay(createdAt),
  },
];

const ofStatus = statuses.map((value) => ({ value, label: invitationStatuses[value] }));

export function Invitations() {
  const search = useSearch({ from: '/shell/migrations/invitations' });
  const navigate = useNavigate({ from: '/migrations/invitations' });
  const filter = useMemo(() => filterOf(search), [search]);
  const order = useMemo(() => orderOf(search), [search]);
  const selection = useSelection(JSON.stringify(filter));
  const list = useRows(InvitationsDocument, { filter, orderBy: order }, ({ invitations }) => invitations);
  const total = useQuery(asked(InvitationCountDocument, { filter }));

  const change = useCallback(
    (part: Partial<InvitationSearch>) =>
      void navigate({ search: (old) => ({ ...old, ...part }), replace: true, resetScroll: false }),
    [navigate],
  );
  const narrowed = Object.values(filter).some((value) => value !== undefined);
  const matching = total.data?.invitations;

  return (
    <Migrations
      tab="invitations"
      actions={
        <Button
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => void navigate({ to: '/migrations/invitations/new', search: (old) => old })}
        >
          Create Invitation
        </Button>
      }
    >
      <Stack gap="sm">
        <Group gap="sm" role="search" aria-label="Invitations">
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
          />
          <Locations value={search.location} onChange={(location) => change({ location })} />
          <Select
            aria-label="Has Phone"
            placeholder="Has Phone"
            data={[
              { value: 'yes', label: 'Has phone' },
              { value: 'no', label: 'No phone' },
            ]}
            value={search.phone ?? null}
            onChange={(phone) => change({ phone: phone ?? undefined })}
            clearable
            clearButtonProps={{ 'aria-label': 'Clear has phone' }}
            flex="1 1 140px"
            maw={200}
            miw={130}
          />
          <More search={search} change={change} />
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
            label="Invitations"
            columns={columns}
            list={list}
            total={matching?.totalCountPrecision === 'EXACT' ? matching.totalCount : undefined}
            order={order}
            onOrder={({ by, direction }) => change({ sort: by, direction })}
            selection={selection}
            name={({ tenant }) => tenant.name}
            onOpen={({ id }) =>
              void navigate({
                to: '/migrations/invitations/$id',
                params: { id },
                search: (old) => old,
                resetScroll: false,
              })
            }
            empty={
              narrowed ? (
                <Empty title="Nobody matches">
                  <Link to="/migrations/invitations">Clear the search and all filters</Link>
                </Empty>
              ) : (
                <Empty title="No invitations yet">
                  Create one: it is saved as Pending, and nobody is told until you send it.
                </Empty>
              )
            }
          />
        )}
        <BulkBar selection={selection} filter={filter} matching={matching} loaded={list.rows.length} />
      </Stack>
      <Outlet />
    </Migrations>
  );
}
