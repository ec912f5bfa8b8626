// Staff → Old system → Worklist: who pays here, and may still be billed there.
import { Anchor, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';

import { LegacyWorkCountDocument, type LegacyWorkFragment, LegacyWorklistDocument } from '../../gql/graphql';
import { asked, paged } from '../api';
import { Locations } from '../parts/filters';
import { Go } from '../parts/go';
import { Listed, type Shown } from '../parts/listed';
import { State } from '../parts/state';
import { Empty } from '../parts/trouble';
import { moment, money, plural } from '../parts/words';
import { CancelDialog } from './cancel';
import { OldSystem } from './page';
import { workFile, workOf, type WorkSearch } from './search';
import { shortDay } from './words';

export function Worklist() {
  const search = useSearch({ from: '/shell/old-system/worklist' });
  const navigate = useNavigate({ from: '/old-system/worklist' });
  const [cancelling, setCancelling] = useState<LegacyWorkFragment['legacyMembership'] | null>(null);
  const filter = workOf(search);
  const pages = useInfiniteQuery(
    paged(LegacyWorklistDocument, { first: 50, filter }, ({ legacyWorklist }) => legacyWorklist),
  );
  const total = useQuery(asked(LegacyWorkCountDocument, { filter })).data?.legacyWorklist.totalCount;
  const change = (part: Partial<WorkSearch>) =>
    void navigate({ search: (old) => ({ ...old, ...part }), replace: true, resetScroll: false });
  const narrowed = Object.values(filter).some((value) => value !== undefined);
  return (
    <OldSystem
      tab="worklist"
      actions={
        <Button
          component="a"
          href={workFile(search)}
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
        >
          {search.until ? 'Download as CSV (every day)' : 'Download as CSV'}
        </Button>
      }
    >
      <Stack gap="sm">
        <Text size="sm" maw={720}>
          Each of these has or had a subscription here, and the old system still bills. Cancel them there, the
          ones about to renew first, and record each.
        </Text>
        <Group gap="sm" role="search" aria-label="Worklist" align="flex-end">
          <Locations value={search.location} onChange={(location) => change({ location })} />
          <TextInput
            type="date"
            label="Renews until"
            value={search.until ?? ''}
            onChange={(e) => change({ until: e.currentTarget.value || undefined })}
            maw={200}
          />
        </Group>
        <Text size="sm" c="dimmed" role="status">
          {total === undefined ? 'Counting…' : `${plural(total, 'person', 'people')} still to be cancelled`}
        </Text>
        <Listed
          label="Worklist"
          pages={pages}
          nodes={({ legacyWorklist }) => legacyWorklist.nodes}
          columns={columnsOf(setCancelling)}
          id={({ legacyMembership }) => legacyMembership.id}
          empty={
            narrowed ? (
              <Empty title="Nobody matches">
                <Link to="/old-system/worklist">Clear the filters</Link>
              </Empty>
            ) : (
              <Empty title="Nobody is billed twice">
                Whoever is migrated from the old system stands here until their cancellation there is
                recorded.
              </Empty>
            )
          }
        />
      </Stack>
      {cancelling && (
        <CancelDialog
          id={cancelling.id}
          name={cancelling.name}
          source={cancelling.source}
          onClose={() => setCancelling(null)}
        />
      )}
    </OldSystem>
  );
}

const columnsOf = (
  cancel: (of: LegacyWorkFragment['legacyMembership']) => void,
): Shown<LegacyWorkFragment>[] => [
  {
    title: 'Who',
    cell: ({ legacyMembership: l }) => (
      <div>
        <Go to={`/old-system/list/${l.id}`}>{l.name}</Go>
        <Text size="xs" c="dimmed">
          {[l.plate, l.memberNumber].filter(Boolean).join(' · ')}
        </Text>
      </div>
    ),
  },
  {
    title: 'There',
    cell: ({ legacyMembership: l }) => (
      <div>
        {[l.source, l.source !== 'By hand' && l.sourceId].filter(Boolean).join(' ')}
        <Text size="xs" c="dimmed">
          {l.location.name}
        </Text>
      </div>
    ),
  },
  {
    title: 'Old plan',
    cell: ({ legacyMembership: l }) => [l.planName, l.price && money(l.price)].filter(Boolean).join(', '),
  },
  {
    title: 'Renews',
    cell: ({ renewsOn, mayHaveRenewed }) => (
      <div>
        {renewsOn ? shortDay(renewsOn) : 'Not known'}
        {mayHaveRenewed && (
          <div>
            <State tone="red">May have renewed</State>
          </div>
        )}
      </div>
    ),
  },
  { title: 'Paid through', cell: ({ paidThrough }) => paidThrough && shortDay(paidThrough) },
  {
    title: 'Approved here',
    cell: ({ approvedAt, reservation }) => (
      <Anchor component={Link} size="sm" to={`/reservations/${reservation.id}`}>
        {moment(approvedAt)}
      </Anchor>
    ),
  },
  {
    title: 'What to do',
    acts: true,
    cell: ({ legacyMembership }) => (
      <Button size="xs" variant="default" onClick={() => cancel(legacyMembership)}>
        Record cancellation
      </Button>
    ),
  },
];
