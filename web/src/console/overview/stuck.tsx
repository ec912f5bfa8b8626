// What waits for longer than it should, the longest waiting first, with what would move it.
import { Button, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';

import {
  type AlarmRowFragment,
  type DeliveryRowFragment,
  StuckDocument,
  type StuckKind,
  type StuckRowFragment,
} from '../../gql/graphql';
import { paged } from '../api';
import { ResolveDialog } from '../messages/resolve';
import { Some } from '../parts/filters';
import { Go } from '../parts/go';
import { Listed, type Shown } from '../parts/listed';
import { chosen } from '../parts/search';
import { Empty } from '../parts/trouble';
import { ago, moment } from '../parts/words';
import { HandleDialog } from './handle';
import type { OverviewSearch } from './search';
import { Section } from './section';
import { stuckKinds } from './words';

type Act = { alarm: AlarmRowFragment } | { delivery: DeliveryRowFragment };

const ofKind = Object.entries(stuckKinds).map(([value, label]) => ({ value, label }));

interface Props {
  locationIds: string[] | undefined;
  kinds: string | undefined;
  change: (part: Partial<OverviewSearch>) => void;
}

export function StuckList({ locationIds, kinds, change }: Props) {
  const [act, setAct] = useState<Act | null>(null);
  const pages = useInfiniteQuery({
    ...paged(
      StuckDocument,
      { first: 10, filter: { locationIds, kinds: chosen<StuckKind>(kinds) } },
      ({ stuck }) => stuck,
    ),
    refetchInterval: 60_000,
  });
  const columns: Shown<StuckRowFragment>[] = [
    {
      title: 'What',
      cell: ({ kind, subject }) => (
        <Stack gap={0}>
          <Text size="sm" fw={600}>
            {stuckKinds[kind] ?? 'Waits too long'}
          </Text>
          <Subject subject={subject} />
        </Stack>
      ),
    },
    { title: 'Location', cell: ({ location }) => location?.name },
    {
      title: 'Waits since',
      cell: ({ since }) => (
        <time dateTime={since} title={moment(since)}>
          {ago(since)}
        </time>
      ),
    },
    {
      title: 'What is the matter',
      cell: ({ message, next }) => (
        <Stack gap={2} maw={560}>
          <Text size="sm">{message}</Text>
          <Text size="sm" c="dimmed">
            {next}
          </Text>
        </Stack>
      ),
    },
    { title: 'What to do', acts: true, cell: ({ subject }) => <Do subject={subject} onAct={setAct} /> },
  ];
  return (
    <Section
      controls={
        <Some label="Kind" of={ofKind} value={kinds} onChange={(stuck) => change({ stuck })} width={230} />
      }
      title="What is stuck"
      about="It waits for longer than it should; the longest waiting first."
    >
      <Listed
        label="What is stuck"
        pages={pages}
        nodes={({ stuck }) => stuck.nodes}
        columns={columns}
        id={({ kind, subject }) => kind + subject.id}
        empty={<Empty title="Nothing is stuck">Whatever waits too long is listed here.</Empty>}
      />
      {act && 'alarm' in act && <HandleDialog alarm={act.alarm} onClose={() => setAct(null)} />}
      {act && 'delivery' in act && <ResolveDialog delivery={act.delivery} onClose={() => setAct(null)} />}
    </Section>
  );
}

type Thing = StuckRowFragment['subject'];

/** What waits, with the way to it. */
function Subject({ subject }: { subject: Thing }) {
  switch (subject.__typename) {
    case 'Submission':
      return <Go to={`/submissions/${subject.id}`}>{subject.tenant.name}</Go>;
    case 'Invitation':
      return <Go to={`/migrations/invitations/${subject.id}`}>{subject.tenant.name}</Go>;
    case 'Batch':
      return (
        <Go to={`/migrations/batches/${subject.id}`}>Bulk act of {subject.total.toLocaleString('en-US')}</Go>
      );
    case 'EmailCorrection':
      return (
        <Go to="/messages" search={{ tab: 'corrections' }}>
          {subject.tenant.name}
        </Go>
      );
    case 'BillingAlarm': {
      const { id, tenant } = subject.subscription.reservation;
      return <Go to={`/reservations/${id}`}>{tenant.name}</Go>;
    }
    case 'Delivery':
      return subject.invitation ? (
        <Go to={`/migrations/invitations/${subject.invitation.id}`}>{subject.invitation.tenant.name}</Go>
      ) : (
        <Text size="sm">{subject.address}</Text>
      );
    default:
      return null;
  }
}

function Do({ subject, onAct }: { subject: Thing; onAct: (act: Act) => void }) {
  if (subject.__typename === 'BillingAlarm')
    return (
      <Button size="xs" variant="default" onClick={() => onAct({ alarm: subject })}>
        Mark as handled
      </Button>
    );
  if (subject.__typename === 'Delivery' && subject.canResolve)
    return (
      <Button size="xs" variant="default" onClick={() => onAct({ delivery: subject })}>
        Say what became of it
      </Button>
    );
  return null;
}
