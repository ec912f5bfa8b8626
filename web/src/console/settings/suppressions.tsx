// Addresses that are not written to, at any location.
import { Button, Group, Select, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import {
  type MessageChannel,
  SuppressionCountDocument,
  type SuppressionRowFragment,
  SuppressionsDocument,
  UnsuppressDocument,
} from '../../gql/graphql';
import { ask } from '../../shared/ask';
import { asked, paged } from '../api';
import { ActDialog } from '../parts/act';
import { Search } from '../parts/filters';
import { Listed, type Shown } from '../parts/listed';
import { Empty } from '../parts/trouble';
import { channels, count, moment } from '../parts/words';
import type { TabProps } from './page';
import { SuppressDialog } from './suppress';
import { reasons, scopes } from './words';

export function Suppressions({ search, change }: TabProps) {
  const [adding, setAdding] = useState(false);
  const [lifting, setLifting] = useState<SuppressionRowFragment | null>(null);
  const match = { channel: search.channel, address: search.search };
  const pages = useInfiniteQuery(
    paged(SuppressionsDocument, { first: 50, ...match }, ({ suppressions }) => suppressions),
  );
  const total = useQuery(asked(SuppressionCountDocument, match)).data?.suppressions;
  const columns: Shown<SuppressionRowFragment>[] = [
    {
      title: 'Address',
      cell: ({ address, channel }) => (
        <Stack gap={0}>
          <Text size="sm" fw={600}>
            {address}
          </Text>
          <Text size="sm" c="dimmed">
            {channels[channel]}
          </Text>
        </Stack>
      ),
    },
    { title: 'What is not sent', cell: ({ scope }) => scopes[scope] },
    {
      title: 'Why',
      cell: ({ reason, note }) => (
        <Stack gap={0} maw={420}>
          <Text size="sm">{reasons[reason].short}</Text>
          <Text size="sm" c="dimmed">
            {note || reasons[reason].long}
          </Text>
        </Stack>
      ),
    },
    {
      title: 'Since',
      cell: ({ createdAt, createdBy }) => (
        <Stack gap={0}>
          <Text size="sm">{moment(createdAt)}</Text>
          {createdBy && (
            <Text size="sm" c="dimmed">
              {createdBy.name}
            </Text>
          )}
        </Stack>
      ),
    },
    {
      title: 'What to do',
      acts: true,
      cell: (row) =>
        row.canLift && (
          <Button size="xs" variant="default" onClick={() => setLifting(row)}>
            Take off the list
          </Button>
        ),
    },
  ];
  return (
    <Stack gap="sm">
      <Group gap="sm" role="search" aria-label="Suppression list">
        <Search
          value={search.search}
          placeholder="Search an email or phone"
          onChange={(value) => change({ search: value })}
        />
        <Select
          aria-label="Channel"
          placeholder="Channel"
          data={Object.entries(channels).map(([value, label]) => ({ value, label }))}
          value={search.channel ?? null}
          onChange={(channel) => change({ channel: (channel as MessageChannel | null) ?? undefined })}
          clearable
          clearButtonProps={{ 'aria-label': 'Clear channel' }}
          flex="0 1 140px"
          miw={120}
        />
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>
          Add an address
        </Button>
      </Group>
      <Text size="sm" c="dimmed" role="status">
        {total ? `${count(total.totalCount, total.totalCountPrecision)} on the list` : 'Counting…'}
      </Text>
      <Listed
        label="Suppression list"
        pages={pages}
        nodes={({ suppressions }) => suppressions.nodes}
        columns={columns}
        id={({ id }) => id}
        empty={
          match.address || match.channel ? (
            <Empty title="No such address is on the list">
              Write it whole; a phone with its country code, like +1 303 555 0123.
            </Empty>
          ) : (
            <Empty title="Nobody is on the list">
              Who answers STOP or unsubscribes comes here by itself, as do addresses that bounce.
            </Empty>
          )
        }
      />
      {adding && <SuppressDialog onClose={() => setAdding(false)} />}
      {lifting && <Lift entry={lifting} onClose={() => setLifting(null)} />}
    </Stack>
  );
}

function Lift({ entry, onClose }: { entry: SuppressionRowFragment; onClose: () => void }) {
  return (
    <ActDialog
      title="Take off the list"
      act="Take off the list"
      done={`${entry.address} can be written to again.`}
      run={async () => (await ask(UnsuppressDocument, { input: { id: entry.id } })).unsuppress}
      onClose={onClose}
    >
      <Text>
        {entry.address} will be written to again, at every location, unless it is on the list for another
        reason as well.
        {entry.reason === 'BOUNCE' && ' Do this only when the address was mended: it bounced before.'}
      </Text>
    </ActDialog>
  );
}
