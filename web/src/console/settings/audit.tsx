// What was done, by whom, newest first.
import { Button, Group, Stack, Text, TextInput, VisuallyHidden } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';

import { AuditEventsDocument, type AuditRowFragment, type EventSubject } from '../../gql/graphql';
import { paged } from '../api';
import { Locations, Some } from '../parts/filters';
import { Go } from '../parts/go';
import { happened, stateName } from '../parts/happened';
import { Listed, type Shown } from '../parts/listed';
import { Empty } from '../parts/trouble';
import { moment } from '../parts/words';
import type { TabProps } from './page';
import { eventsOf } from './search';
import { actors, subjects } from './words';

const options = (of: Record<string, string>) =>
  Object.entries(of).map(([value, label]) => ({ value, label }));

/** Things that have a page of their own. */
const pagesOf: Partial<Record<EventSubject, string>> = {
  INVITATION: '/migrations/invitations/',
  SUBMISSION: '/submissions/',
  RESERVATION: '/reservations/',
  BATCH: '/migrations/batches/',
};

const columns: Shown<AuditRowFragment>[] = [
  { title: 'When', cell: ({ at }) => <time dateTime={at}>{moment(at)}</time> },
  {
    title: 'Who',
    cell: ({ actorKind, actorName }) => (
      <Stack gap={0}>
        <Text size="sm">{actorName ?? actors[actorKind]}</Text>
        {actorName && (
          <Text size="xs" c="dimmed">
            {actors[actorKind]}
          </Text>
        )}
      </Stack>
    ),
  },
  {
    title: 'What',
    cell: ({ action, subjectKind, subjectId }) => (
      <Stack gap={0}>
        <Text size="sm" fw={600}>
          {happened(subjectKind, action)}
        </Text>
        <Text size="sm" component="div">
          {pagesOf[subjectKind] ? (
            <Go to={pagesOf[subjectKind] + subjectId}>{subjects[subjectKind]}</Go>
          ) : (
            subjects[subjectKind]
          )}
        </Text>
      </Stack>
    ),
  },
  { title: 'Change', cell: ({ before, after }) => changed(before, after) },
  { title: 'Location', cell: ({ location }) => location?.name },
  {
    title: 'History',
    acts: true,
    cell: ({ subjectId, subjectKind }) => (
      <Go to="/settings" search={{ tab: 'audit', about: subjectId }}>
        History<VisuallyHidden> of this {subjects[subjectKind].toLowerCase()}</VisuallyHidden>
      </Go>
    ),
  },
];

function changed(before: string, after: string) {
  if (before === after || !after) return null;
  return before ? `${stateName(before)} → ${stateName(after)}` : stateName(after);
}

export function Audit({ search, change }: TabProps) {
  const pages = useInfiniteQuery(
    paged(AuditEventsDocument, { first: 50, filter: eventsOf(search) }, ({ auditEvents }) => auditEvents),
  );
  return (
    <Stack gap="sm">
      <Group gap="sm" align="flex-end" role="search" aria-label="Audit">
        <Some label="Who" of={options(actors)} value={search.actor} onChange={(actor) => change({ actor })} />
        <Some
          label="About"
          of={options(subjects)}
          value={search.subject}
          onChange={(subject) => change({ subject })}
        />
        <Locations value={search.location} onChange={(location) => change({ location })} />
        <TextInput
          type="date"
          label="From"
          value={search.from ?? ''}
          onChange={(e) => change({ from: e.currentTarget.value || undefined })}
        />
        <TextInput
          type="date"
          label="Until"
          value={search.until ?? ''}
          onChange={(e) => change({ until: e.currentTarget.value || undefined })}
        />
      </Group>
      {(search.by || search.about) && (
        <Group gap="sm">
          <Text size="sm">
            {search.by ? 'Only what one person did.' : 'Only what happened to one thing.'}
          </Text>
          <Button size="xs" variant="default" onClick={() => change({ by: undefined, about: undefined })}>
            Show everything
          </Button>
        </Group>
      )}
      <Listed
        label="Audit"
        pages={pages}
        nodes={({ auditEvents }) => auditEvents.nodes}
        columns={columns}
        id={({ id }) => id}
        empty={<Empty title="Nothing that matches was done" />}
      />
    </Stack>
  );
}
