// Staff → Old system → List: find, mend, and invite many at once.
import { Button, Group, Select, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';

import {
  LegacyCountDocument,
  LegacyMembershipsDocument,
  LegacySourceChoicesDocument,
  type LegacyState,
} from '../../gql/graphql';
import { asked } from '../api';
import { Grid } from '../grid/grid';
import { useRows } from '../grid/rows';
import { useSelection } from '../grid/selection';
import { Locations, Search, Some } from '../parts/filters';
import { Empty, Failed } from '../parts/trouble';
import { count } from '../parts/words';
import { BulkBar } from './bulk';
import { columns } from './columns';
import { More } from './more';
import { OldSystem } from './page';
import { filterOf, type LegacySearch, orderOf, sourceKey } from './search';
import { states } from './words';

const ofState = (Object.keys(states) as LegacyState[]).map((value) => ({ value, label: states[value] }));

export function LegacyList() {
  const search = useSearch({ from: '/shell/old-system/list' });
  const navigate = useNavigate({ from: '/old-system/list' });
  const filter = useMemo(() => filterOf(search), [search]);
  const order = orderOf(search);
  const list = useRows(
    LegacyMembershipsDocument,
    { filter, orderBy: order },
    ({ legacyMemberships }) => legacyMemberships,
  );
  const selection = useSelection(JSON.stringify(filter), list);
  const total = useQuery(asked(LegacyCountDocument, { filter }));
  const change = useCallback(
    (part: Partial<LegacySearch>) =>
      void navigate({ search: (old) => ({ ...old, ...part }), replace: true, resetScroll: false }),
    [navigate],
  );
  const open = (id: string) =>
    void navigate({
      to: '/old-system/list/$id',
      params: { id },
      search: (old) => old,
      resetScroll: false,
    });
  const narrowed = Object.values(filter).some((value) => value !== undefined);
  const matching = total.data?.legacyMemberships;

  return (
    <OldSystem
      tab="list"
      actions={
        <Button
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => void navigate({ to: '/old-system/list/new', search: (old) => old })}
        >
          Add by hand
        </Button>
      }
    >
      <Stack gap="sm">
        <Group gap="sm" role="search" aria-label="Old system">
          <Search
            value={search.search}
            placeholder="Search name, plate, number, phone, email"
            onChange={(value) => change({ search: value })}
          />
          <Some label="State" of={ofState} value={search.state} onChange={(state) => change({ state })} />
          <Locations value={search.location} onChange={(location) => change({ location })} />
          <Sources value={search.source} onChange={(source) => change({ source })} />
          <Select
            aria-label="Migrated"
            placeholder="Migrated"
            data={[
              { value: 'yes', label: 'Migrated' },
              { value: 'no', label: 'Not migrated' },
            ]}
            value={search.migrated ?? null}
            onChange={(value) => change({ migrated: value ?? undefined })}
            clearable
            clearButtonProps={{ 'aria-label': 'Clear migrated' }}
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
            label="Old system"
            columns={columns}
            list={list}
            total={matching?.totalCountPrecision === 'EXACT' ? matching.totalCount : undefined}
            // Each order goes one way; the heading that is pressed again lets the newest come first.
            order={{ by: order, direction: 'ASC' }}
            onOrder={({ by }) => change({ sort: by === order || by === 'NEWEST' ? undefined : by })}
            selection={selection}
            name={({ name }) => name}
            onOpen={({ id }) => open(id)}
            empty={
              narrowed ? (
                <Empty title="Nobody matches">
                  <Link to="/old-system/list">Clear the search and all filters</Link>
                </Empty>
              ) : (
                <Empty title="Nobody is on the list yet">
                  <Link to="/old-system/imports/new">Import a file of the old system</Link>, or add somebody
                  by hand.
                </Empty>
              )
            }
          />
        )}
        <BulkBar selection={selection} filter={filter} matching={matching} loaded={list.rows.length} />
      </Stack>
      <Outlet />
    </OldSystem>
  );
}

interface SourcesProps {
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}

/** Of the old systems that have a list here; with one alone there is nothing to choose. */
function Sources({ value, onChange }: SourcesProps) {
  const known = useQuery(asked(LegacySourceChoicesDocument, {})).data?.legacySources.nodes ?? [];
  const names = [...new Set(known.map(({ name }) => name))];
  if (names.length < 2 && value === undefined) return null;
  return (
    <Some
      label="Source"
      of={names.map((name) => ({ value: sourceKey(name), label: name }))}
      value={value}
      onChange={onChange}
    />
  );
}
