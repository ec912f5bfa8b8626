// An import or its trial: how far it is, which rows were refused and what would be right, and what comes next.
import { Anchor, Button, Group, NumberInput, Paper, Radio, Stack, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';

import {
  ImportFindingsDocument,
  ImportLegacyMembershipsDocument,
  type ImportLegacyMembershipsInput,
  type ImportViewFragment,
  LegacySourceDocument,
  type LegacySourceViewFragment,
} from '../../gql/graphql';
import { ask } from '../../shared/ask';
import { asked, paged, stale } from '../api';
import { AttemptRefused, Lost, useAttempt } from '../batches/attempt';
import { Section } from '../parts/facts';
import { Listed, Listing, type Shown } from '../parts/listed';
import { Page } from '../parts/page';
import { Empty, Failed, Unknown, Waiting } from '../parts/trouble';
import { moment, plural } from '../parts/words';
import { AllImports, listOf } from './links';
import { Plans } from './plans';
import { firstRows, ImportActs, ImportProgress, settledOf, takenOf, useImport } from './progress';
import { bytes, fields, sentence, separatorWords } from './words';

type Read = NonNullable<ImportViewFragment['import']>;

export function ImportPage() {
  const { id } = useParams({ from: '/shell/old-system/imports/$id' });
  const { batch, error, again } = useImport(id);
  if (batch === null || batch?.import === null) return <Unknown />;
  if (!batch?.import) return error ? <Failed error={error} again={again} /> : <Waiting />;
  return <Report key={id} batch={batch} read={batch.import} />;
}

function Report({ batch, read }: { batch: ImportViewFragment; read: Read }) {
  const { upload } = useSearch({ from: '/shell/old-system/imports/$id' });
  const finished = batch.finishedAt;
  useEffect(() => {
    if (finished) void stale(); // the plans that the file brought
  }, [finished]);
  const taken = takenOf(read);
  return (
    <Page title={`${read.dryRun ? 'Trial' : 'Import'} of ${read.fileName}`} actions={<AllImports />}>
      <Text size="sm" c="dimmed">
        {read.source.name}, {read.source.location.name}. Started by {batch.startedBy.name},{' '}
        {moment(batch.createdAt)}
        {finished && `; finished ${moment(finished)}`}. {bytes(read.fileSize)}, {read.encoding}, parted by{' '}
        {separatorWords(read.separator)}.
      </Text>
      <Paper withBorder p="md">
        <Stack>
          <ImportProgress batch={batch} read={read} />
          <ImportActs batch={batch} read={read} />
          {finished && !read.dryRun && taken > 0 && (
            <Group>
              <Button component={Link} {...listOf(read.source)}>
                Show them on the list
              </Button>
            </Group>
          )}
        </Stack>
      </Paper>
      {finished && read.dryRun && <Next batch={batch} read={read} upload={upload} />}
      {read.refused > 0 && <Findings batch={batch} read={read} />}
      {!read.dryRun && settledOf(read) > 0 && <PlansOf id={read.source.id} />}
      <Section title="Columns">
        <Listing
          label="Columns"
          rows={read.columns}
          id={({ header }) => header}
          columns={[
            { title: 'Heading', cell: ({ header }) => header },
            { title: 'Taken as', cell: ({ field }) => (field ? fields[field] : 'Not taken') },
          ]}
        />
      </Section>
    </Page>
  );
}

/** Of a file of more rows than this a person looks at the first ones before the rest. */
const lookAt = 100;

interface NextProps {
  batch: ImportViewFragment;
  read: Read;
  upload: string | undefined;
}

/** From a trial to the import. */
function Next({ batch, read, upload }: NextProps) {
  const navigate = useNavigate();
  const taken = takenOf(read);
  const few = taken <= 1;
  const [how, setHow] = useState<'first' | 'all'>(taken > lookAt ? 'first' : 'all');
  const [rows, setRows] = useState<number | string>(Math.max(1, Math.min(lookAt, taken - 1)));
  const first = how === 'first' && !few ? Math.max(1, Math.min(Number(rows) || 1, 20_000)) : undefined;
  const attempt = useAttempt(
    async (input: ImportLegacyMembershipsInput) =>
      (await ask(ImportLegacyMembershipsDocument, { input })).importLegacyMemberships,
    {
      busy: () => {},
      begun: ({ id }) => void navigate({ to: '/old-system/imports/$id', params: { id }, search: {} }),
    },
  );
  if (!upload)
    return (
      <Text size="sm">
        Nothing was taken by this trial.{' '}
        <Anchor component={Link} to="/old-system/imports/new" inherit>
          Choose the file again
        </Anchor>{' '}
        to import it.
      </Text>
    );
  return (
    <Section title="What next?">
      {attempt.again ? (
        <Lost
          error={attempt.error}
          again={attempt.again}
          busy={attempt.busy}
          onClose={() => void navigate({ to: '/old-system/imports' })}
        />
      ) : (
        <Stack>
          <AttemptRefused refused={attempt.refused} />
          <Text size="sm">
            {taken === 0
              ? 'No row would be taken. Say what the columns hold, or mend the file and try it again.'
              : `Nothing was taken yet. ${plural(taken, 'row')} would be${
                  read.refused > 0
                    ? `; ${plural(read.refused, 'row')} would be left out, to be mended and imported later.`
                    : '.'
                }`}
          </Text>
          {taken > 0 && !few && (
            <Radio.Group label="Import" value={how} onChange={(value) => setHow(value)}>
              <Stack gap="xs" mt={4}>
                <Radio value="first" label="The first rows, and wait until somebody has looked at them" />
                {how === 'first' && (
                  <NumberInput
                    aria-label="How many rows first"
                    min={1}
                    max={Math.min(20_000, taken)}
                    allowDecimal={false}
                    value={rows}
                    onChange={setRows}
                    maw={120}
                    ms="xl"
                  />
                )}
                <Radio value="all" label="All at once" />
              </Stack>
            </Radio.Group>
          )}
          <Group>
            {taken > 0 && !attempt.hasBegun && (
              <Button
                loading={attempt.busy}
                onClick={() =>
                  attempt.begin({
                    locationId: read.source.location.id,
                    source: read.source.name,
                    uploadId: upload,
                    columns: read.columns.map(({ header, field }) => ({ header, field: field ?? null })),
                    dryRun: false,
                    partial: read.partial,
                    canary: first,
                  })
                }
              >
                Import {first ? firstRows(first) : plural(taken, 'row')}
              </Button>
            )}
            <Button
              variant="default"
              component={Link}
              to="/old-system/imports/new"
              search={{ upload, trial: batch.id } as never}
            >
              Change the columns
            </Button>
          </Group>
        </Stack>
      )}
    </Section>
  );
}

interface Finding {
  id: string;
  line: number;
  column: string;
  value: string;
  wants: string;
}

const ofFinding: Shown<Finding>[] = [
  { title: 'Line', end: true, cell: ({ line }) => line.toLocaleString('en-US') },
  { title: 'Column', cell: ({ column }) => column || 'The row as a whole' },
  { title: 'What stands there', cell: ({ value }) => value || 'Nothing' },
  { title: 'What would be right', cell: ({ wants }) => sentence(wants) },
];

function Findings({ batch, read }: { batch: ImportViewFragment; read: Read }) {
  const pages = useInfiniteQuery({
    ...paged(
      ImportFindingsDocument,
      { id: batch.id, first: 50 },
      ({ batch }) => batch?.import?.findings ?? { pageInfo: { hasNextPage: false } },
    ),
    refetchInterval: batch.finishedAt ? false : 5_000,
  });
  return (
    <Section
      title="Refused rows"
      side={
        <Button
          size="xs"
          variant="default"
          component="a"
          href={read.refusedFile}
          leftSection={<IconDownload size={16} aria-hidden />}
        >
          Download the refused rows
        </Button>
      }
    >
      <Text size="sm" c="dimmed">
        A row is taken whole or not at all. Mended, the download can be imported as it is.
      </Text>
      <Listed
        label="Refused rows"
        pages={pages}
        nodes={({ batch }) =>
          (batch?.import?.findings.nodes ?? []).flatMap(({ line, problems }) =>
            problems.map((problem, i) => ({ ...problem, line, id: `${line}.${i}` })),
          )
        }
        columns={ofFinding}
        id={({ id }) => id}
        empty={<Empty title="None yet" />}
      />
    </Section>
  );
}

function PlansOf({ id }: { id: string }) {
  const found = useQuery(asked(LegacySourceDocument, { id }));
  const node = found.data?.node;
  const source = node && 'plans' in node ? (node as LegacySourceViewFragment) : null;
  if (found.isPending) return <Waiting />;
  if (!source) return found.isError ? <Failed error={found.error} /> : null;
  return (
    <Section title="Plans">
      <Text size="sm" c="dimmed">
        What each old plan becomes here is said once, also for the source&apos;s next file. Whoever is on a
        plan that becomes nothing cannot be invited.
      </Text>
      <Plans source={source} />
    </Section>
  );
}
