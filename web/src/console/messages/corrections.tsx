// Addresses that tenants say are theirs. Nothing changes until staff accept one.
import { Button, Group, Select, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { type CorrectionRowFragment, EmailCorrectionsDocument } from '../../gql/graphql';
import { paged } from '../api';
import { Locations } from '../parts/filters';
import { Listed, type Shown } from '../parts/listed';
import { State } from '../parts/state';
import { Empty } from '../parts/trouble';
import { moment } from '../parts/words';
import { Accept, Decline } from './decide';
import type { TabProps } from './page';
import { correctionsOf } from './search';
import { correctionStates } from './words';

const tones = { PENDING: 'yellow', ACCEPTED: 'green', DECLINED: 'red', REPLACED: 'gray' } as const;
const states = [
  ...Object.entries(correctionStates).map(([value, label]) => ({ value, label })),
  { value: 'all', label: 'All' },
];

interface Deciding {
  correction: CorrectionRowFragment;
  accept: boolean;
}

export function Corrections({ search, change }: TabProps) {
  const [deciding, setDeciding] = useState<Deciding | null>(null);
  const pages = useInfiniteQuery(
    paged(
      EmailCorrectionsDocument,
      { first: 50, filter: correctionsOf(search) },
      ({ emailCorrections }) => emailCorrections,
    ),
  );
  const columns: Shown<CorrectionRowFragment>[] = [
    {
      title: 'Tenant',
      cell: ({ tenant }) => (
        <Text span size="sm" fw={600}>
          {tenant.name}
        </Text>
      ),
    },
    { title: 'On file', cell: ({ tenant }) => tenant.email },
    { title: 'Given', cell: ({ email }) => email },
    { title: 'Location', cell: ({ location }) => location.name },
    {
      title: 'When',
      cell: ({ requestedAt, enteredBy }) => (
        <Stack gap={0}>
          <Text size="sm">{moment(requestedAt)}</Text>
          <Text size="xs" c="dimmed">
            {enteredBy ? `Written down by ${enteredBy.name}` : 'By the tenant'}
          </Text>
        </Stack>
      ),
    },
    {
      title: 'State',
      cell: ({ state, decidedAt, decidedBy, reason }) => (
        <Stack gap={0} maw={280}>
          <State tone={tones[state]}>{correctionStates[state]}</State>
          {decidedAt && (
            <Text size="xs" c="dimmed">
              {[decidedBy?.name, moment(decidedAt)].filter(Boolean).join(', ')}
              {reason && `: ${reason}`}
            </Text>
          )}
        </Stack>
      ),
    },
    {
      title: 'What to do',
      acts: true,
      cell: (correction) =>
        correction.canDecide && (
          <Group gap="xs" wrap="nowrap">
            <Button size="xs" onClick={() => setDeciding({ correction, accept: true })}>
              Accept
            </Button>
            <Button size="xs" variant="default" onClick={() => setDeciding({ correction, accept: false })}>
              Decline
            </Button>
          </Group>
        ),
    },
  ];
  return (
    <Stack gap="sm">
      <Group gap="sm">
        <Select
          aria-label="State"
          data={states}
          allowDeselect={false}
          value={search.state ?? 'PENDING'}
          onChange={(state) => change({ state: state === 'PENDING' ? undefined : (state ?? undefined) })}
          flex="0 1 220px"
        />
        <Locations value={search.location} onChange={(location) => change({ location })} />
      </Group>
      <Listed
        label="Corrected emails"
        pages={pages}
        nodes={({ emailCorrections }) => emailCorrections.nodes}
        columns={columns}
        id={({ id }) => id}
        empty={
          <Empty title={search.state ? 'None of these' : 'No corrected email waits'}>
            Tenants who see a wrong address on their page give another one, which staff accept or decline
            here.
          </Empty>
        }
      />
      {deciding?.accept && <Accept {...deciding} onClose={() => setDeciding(null)} />}
      {deciding && !deciding.accept && <Decline {...deciding} onClose={() => setDeciding(null)} />}
    </Stack>
  );
}
