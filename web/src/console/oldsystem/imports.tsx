// Staff → Old system → Imports: the old systems with their plans, and the files that were tried and imported.
import { Button, Stack, Text, Title } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';

import { ImportsDocument, type ImportViewFragment, LegacySourcesDocument } from '../../gql/graphql';
import { paged } from '../api';
import { Section } from '../parts/facts';
import { Go } from '../parts/go';
import { Listed, type Shown } from '../parts/listed';
import { Empty, Failed, Waiting } from '../parts/trouble';
import { moment, plural } from '../parts/words';
import { OldSystem } from './page';
import { Plans } from './plans';
import { stageOf } from './progress';
import { sourceKey } from './search';

export function Imports() {
  const navigate = useNavigate();
  const pages = useInfiniteQuery({
    ...paged(ImportsDocument, { first: 20 }, ({ batches }) => batches),
    refetchInterval: 5_000,
  });
  return (
    <OldSystem
      tab="imports"
      actions={
        <Button
          leftSection={<IconFileUpload size={16} aria-hidden />}
          onClick={() => void navigate({ to: '/old-system/imports/new' })}
        >
          Import a file
        </Button>
      }
    >
      <Stack gap="lg">
        <Stack gap="sm" component="section" aria-label="Files">
          <Title order={2} size="h4">
            Files
          </Title>
          <Listed
            label="Files"
            pages={pages}
            nodes={({ batches }) => batches.nodes}
            columns={columns}
            id={({ id }) => id}
            empty={
              <Empty title="No file was imported yet">
                A file is tried first: you see what would become of each row before any is taken.
              </Empty>
            }
          />
        </Stack>
        <Sources />
      </Stack>
    </OldSystem>
  );
}

const number =
  (of: (read: NonNullable<ImportViewFragment['import']>) => number) => (batch: ImportViewFragment) =>
    batch.import && of(batch.import).toLocaleString('en-US');

const columns: Shown<ImportViewFragment>[] = [
  {
    title: 'File',
    cell: ({ id, import: read }) => (
      <div>
        <Go to={`/old-system/imports/${id}`}>{read?.fileName ?? 'A location that you manage no more'}</Go>
        {read && (
          <Text size="xs" c="dimmed">
            {read.source.name}, {read.source.location.name}
          </Text>
        )}
      </div>
    ),
  },
  { title: 'What', cell: ({ import: read }) => read && (read.dryRun ? 'Trial' : 'Import') },
  {
    title: 'When',
    cell: ({ createdAt, startedBy }) => (
      <div>
        {moment(createdAt)}
        <Text size="xs" c="dimmed">
          {startedBy.name}
        </Text>
      </div>
    ),
  },
  { title: 'State', cell: (batch) => stageOf(batch) },
  { title: 'New', end: true, cell: number((read) => read.created) },
  { title: 'Changed', end: true, cell: number((read) => read.updated) },
  { title: 'The same', end: true, cell: number((read) => read.unchanged) },
  { title: 'Refused', end: true, cell: number((read) => read.refused) },
];

/** What each old system's plans become. */
function Sources() {
  const pages = useInfiniteQuery(
    paged(LegacySourcesDocument, { first: 10 }, ({ legacySources }) => legacySources),
  );
  if (pages.isPending) return <Waiting />;
  if (!pages.data) return <Failed error={pages.error} again={() => void pages.refetch()} />;
  const sources = pages.data.pages.flatMap(({ legacySources }) => legacySources.nodes);
  return (
    <>
      {sources.map((source) => {
        const open = source.plans.filter(({ plan }) => !plan).length;
        return (
          <Section
            key={source.id}
            title={`${source.name}, ${source.location.name}`}
            side={
              <Go
                to="/old-system/list"
                search={{ source: sourceKey(source.name), location: source.location.id }}
              >
                Its list
              </Go>
            }
          >
            {open > 0 && (
              <Text size="sm">
                Of {plural(open, 'plan')} nobody has said yet what becomes of it here: who is on one cannot be
                invited.
              </Text>
            )}
            <Plans source={source} />
          </Section>
        );
      })}
      {pages.hasNextPage && (
        <Button
          variant="default"
          aria-disabled={pages.isFetchingNextPage}
          onClick={() => !pages.isFetchingNextPage && void pages.fetchNextPage()}
          style={{ alignSelf: 'center' }}
        >
          Show more
        </Button>
      )}
    </>
  );
}
