// Staff → Migrations → Invitations: find, select, open.
import { Button, Group, Select, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';

import { InvitationCountDocument, InvitationsDocument, type MessageChannel } from '../../gql/graphql';
import { asked } from '../api';
import { Grid } from '../grid/grid';
import { useRows } from '../grid/rows';
import { useSelection } from '../grid/selection';
import { Locations, Search, Some } from '../parts/filters';
import { Migrations } from '../parts/page';
import { Empty, Failed } from '../parts/trouble';
import { count, invitationStatuses } from '../parts/words';
import { BulkBar } from './bulk';
import { columnsOf } from './columns';
import { More } from './more';
import { filterOf, type InvitationSearch, orderOf, statuses } from './search';
import { RowMenu, rowMenuKeys } from './rowmenu';
import { SendDialog } from './send';

const ofStatus = statuses.map((value) => ({ value, label: invitationStatuses[value] }));

export function Invitations() {
  const search = useSearch({ from: '/shell/migrations/invitations' });
  const navigate = useNavigate({ from: '/migrations/invitations' });
  const filter = useMemo(() => filterOf(search), [search]);
  const order = useMemo(() => orderOf(search), [search]);
  // They move on by themselves: by what tenants do, and by bulk acts.
  const list = useRows(InvitationsDocument, { filter, orderBy: order }, ({ invitations }) => invitations, {
    every: 15_000,
  });
  const selection = useSelection(JSON.stringify(filter), list);
  const total = useQuery({ ...asked(InvitationCountDocument, { filter }), refetchInterval: 15_000 });

  const change = useCallback(
    (part: Partial<InvitationSearch>) =>
      void navigate({ search: (old) => ({ ...old, ...part }), replace: true, resetScroll: false }),
    [navigate],
  );
  const narrowed = Object.values(filter).some((value) => value !== undefined);
  const matching = total.data?.invitations;
  const [sending, setSending] = useState<{ id: string; channel: MessageChannel } | null>(null);
  const open = useCallback(
    (id: string) =>
      void navigate({
        to: '/migrations/invitations/$id',
        params: { id },
        search: (old) => old,
        resetScroll: false,
      }),
    [navigate],
  );
  const columns = useMemo(
    () =>
      columnsOf((row) => (
        <RowMenu
          row={row}
          onSend={(channel) => setSending({ id: row.id, channel })}
          onOpen={() => open(row.id)}
        />
      )),
    [open],
  );

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
          <div {...rowMenuKeys}>
            <Grid
              label="Invitations"
              columns={columns}
              list={list}
              total={matching?.totalCountPrecision === 'EXACT' ? matching.totalCount : undefined}
              order={order}
              onOrder={({ by, direction }) => change({ sort: by, direction })}
              selection={selection}
              name={({ recipientName }) => recipientName}
              onOpen={({ id }) => open(id)}
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
          </div>
        )}
        {sending && (
          <SendDialog
            channel={sending.channel}
            target={{ ids: [sending.id] }}
            onClose={() => setSending(null)}
          />
        )}
        <BulkBar selection={selection} filter={filter} matching={matching} loaded={list.rows.length} />
      </Stack>
      <Outlet />
    </Migrations>
  );
}
