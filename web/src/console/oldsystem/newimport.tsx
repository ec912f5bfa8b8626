// A file of the old system: which it is, whose, and what its columns hold. It is tried first; nothing of it is taken by that.
import {
  Autocomplete,
  Button,
  Checkbox,
  FileInput,
  Group,
  NativeSelect,
  Paper,
  Progress,
  Select,
  SimpleGrid,
  Stack,
  Text,
} from '@mantine/core';
import { IconFileTypeCsv } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';

import {
  ImportDocument,
  ImportLegacyMembershipsDocument,
  type ImportLegacyMembershipsInput,
  type ImportViewFragment,
  type LegacyField,
  LegacySourceChoicesDocument,
} from '../../gql/graphql';
import { ask } from '../../shared/ask';
import { asked, refusals } from '../api';
import { AttemptRefused, Lost, useAttempt } from '../batches/attempt';
import { useFocusRefused } from '../parts/focus';
import { Listing } from '../parts/listed';
import { Page } from '../parts/page';
import { Failed, Unknown, Waiting } from '../parts/trouble';
import { useMe } from '../shell/me';
import { LeftOpen, type Open } from './leftopen';
import { AllImports } from './links';
import { type Choice, columnsOf, knownOf, nothing, type Said, twice } from './mapping';
import { type Peek, peek, peekBytes } from './peek';
import { upload } from './upload';
import { fields } from './words';

export function NewImport() {
  const { trial } = useSearch({ from: '/shell/old-system/imports/new' });
  return (
    <Page title="Import a file" tab="Import a file, old system" actions={<AllImports />}>
      {trial ? <Again key={trial} trial={trial} /> : <ImportForm />}
    </Page>
  );
}

/** The form as the trial had it. */
function Again({ trial }: { trial: string }) {
  const found = useQuery(asked(ImportDocument, { id: trial }));
  if (found.isPending) return <Waiting />;
  if (!found.data) return <Failed error={found.error} again={() => void found.refetch()} />;
  if (!found.data.batch?.import) return <Unknown />;
  return <ImportForm tried={found.data.batch.import} />;
}

type Read = NonNullable<ImportViewFragment['import']>;

const below = ['label', 'input', 'description', 'error'] as ('label' | 'input' | 'description' | 'error')[];
const beside = ['locationId', 'source', 'columns', 'region', 'uploadId'];

function ImportForm({ tried }: { tried?: Read }) {
  const navigate = useNavigate({ from: '/old-system/imports/new' });
  const { upload: held } = useSearch({ from: '/shell/old-system/imports/new' });
  const { locations } = useMe();
  const [file, setFile] = useState<File | null>(null);
  const [seen, setSeen] = useState<Peek | null>(null);
  const [uploaded, setUploaded] = useState(tried ? (held ?? null) : null);
  const [sent, setSent] = useState(0);
  const [missing, setMissing] = useState(false);
  const [locationId, setLocation] = useState(
    tried?.source.location.id ?? (locations.length === 1 ? locations[0]!.id : null),
  );
  const [source, setSource] = useState(tried?.source.name ?? '');
  const [said, setSaid] = useState<Said>({});
  const [open, setOpen] = useState<Open>({});
  const [partial, setPartial] = useState(tried?.partial ?? false);

  const sources = useQuery({
    ...asked(LegacySourceChoicesDocument, { locationIds: locationId ? [locationId] : undefined }),
    enabled: locationId !== null,
  }).data?.legacySources.nodes;
  const known = sources?.find(({ name, location }) => name === source.trim() && location.id === locationId);
  // A file that was tried has been read already; another one has its own headings.
  const fromTrial = tried && !file ? tried : undefined;
  const headings = fromTrial?.columns.map(({ header }) => header) ?? seen?.headings ?? [];
  const columns = fromTrial?.columns ?? known?.columns ?? [];

  const attempt = useAttempt(
    async (input: ImportLegacyMembershipsInput) =>
      (await ask(ImportLegacyMembershipsDocument, { input })).importLegacyMemberships,
    {
      busy: () => {},
      begun: ({ id }) =>
        void navigate({
          to: '/old-system/imports/$id',
          params: { id },
          search: { upload: uploaded ?? held },
        }),
    },
  );
  const tryIt = (uploadId: string) =>
    attempt.begin({
      locationId: locationId ?? '',
      source: source.trim(),
      uploadId,
      columns: columnsOf(headings, said, columns),
      dateOrder: open.dateOrder,
      decimalMark: open.decimalMark,
      region: open.region?.trim().toUpperCase() || undefined,
      dryRun: true,
      partial,
    });
  const sending = useMutation({
    mutationFn: (one: File) => upload(one, setSent),
    onSuccess: (id) => {
      setUploaded(id);
      tryIt(id);
    },
  });
  const refused = useMemo(() => refusals(attempt.refused), [attempt.refused]);
  const focused = useFocusRefused(refused);
  const choose = async (chosen: File | null) => {
    setFile(chosen);
    setSeen(null);
    setUploaded(null);
    setSent(0);
    setSaid({});
    setMissing(false);
    attempt.forget();
    sending.reset();
    if (chosen) setSeen(peek(new Uint8Array(await chosen.slice(0, peekBytes).arrayBuffer())));
  };
  const busy = sending.isPending || attempt.busy;
  const wrong = {
    file: missing && 'Choose a file.',
    location: missing && !locationId && 'Choose one.',
    source: missing && !source.trim() && 'Name the old system, the same for each of its files.',
  };

  if (attempt.again)
    return (
      <Paper withBorder p="md">
        <Lost
          error={attempt.error}
          again={attempt.again}
          busy={attempt.busy}
          onClose={() => void navigate({ to: '/old-system/imports' })}
        />
      </Paper>
    );
  return (
    <form
      ref={focused}
      noValidate
      onSubmit={(e) => {
        e.preventDefault();
        if (busy) return;
        const whole = (file || uploaded) && locationId && source.trim();
        setMissing(!whole);
        if (!whole) return;
        if (uploaded) tryIt(uploaded);
        else if (file) sending.mutate(file);
      }}
    >
      <Stack maw={900}>
        {fromTrial && uploaded ? (
          <Group justify="space-between">
            <Text>
              <b>{fromTrial.fileName}</b>, as it was tried
            </Text>
            <FileInput
              aria-label="Another file"
              placeholder="Another file"
              accept=".csv,.txt,.tsv,text/csv"
              value={file}
              onChange={(chosen) => void choose(chosen)}
              w={180}
            />
          </Group>
        ) : (
          <FileInput
            label="File"
            description="CSV: the first line names the columns, each other line is somebody. Commas, semicolons, tabs or bars; any size."
            inputWrapperOrder={below}
            placeholder="Choose a file"
            accept=".csv,.txt,.tsv,text/csv"
            required
            leftSection={<IconFileTypeCsv size={18} aria-hidden />}
            value={file}
            onChange={(chosen) => void choose(chosen)}
            clearable
            clearButtonProps={{ 'aria-label': 'Another file' }}
            disabled={busy}
            error={(!file && wrong.file) || refused['uploadId']}
          />
        )}
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
          <Select
            label="Location"
            description="Every row is somebody of this one"
            inputWrapperOrder={below}
            placeholder="Choose one"
            data={locations.map(({ id, name }) => ({ value: id, label: name }))}
            value={locationId}
            onChange={setLocation}
            searchable
            required
            allowDeselect={false}
            disabled={busy}
            nothingFoundMessage="You manage no location of that name"
            error={wrong.location || refused['locationId']}
          />
          <Autocomplete
            label="Old system"
            description="Its name, the same for each of its files: by it a second file updates the first"
            inputWrapperOrder={below}
            data={(sources ?? []).map(({ name }) => name).filter((name) => name !== 'By hand')}
            value={source}
            onChange={setSource}
            required
            maxLength={60}
            disabled={busy}
            error={wrong.source || refused['source']}
          />
        </SimpleGrid>
        {headings.length > 0 && (
          <Columns
            headings={headings}
            example={file ? (seen?.example ?? []) : []}
            of={(header) => said[header] ?? knownOf(header, columns)}
            say={(header, choice) => setSaid((old) => ({ ...old, [header]: choice }))}
            refused={refused['columns']}
          />
        )}
        <Checkbox
          label="The file holds only some of the list"
          description="Then nobody is looked for who is not in it"
          checked={partial}
          onChange={(e) => setPartial(e.currentTarget.checked)}
          disabled={busy}
        />
        <LeftOpen
          remembered={known}
          said={open}
          say={(part) => setOpen((old) => ({ ...old, ...part }))}
          refused={refused['region']}
        />
        {sending.isPending && (
          <div>
            <Text size="sm" role="status">
              {sent < 1 ? `Uploading, ${Math.floor(sent * 100)}%` : 'Uploaded; being kept…'}
            </Text>
            <Progress value={sent * 100} aria-hidden />
          </div>
        )}
        {sending.isError && <Failed error={sending.error} />}
        <AttemptRefused
          refused={attempt.refused.filter(({ field }) => !beside.includes(field?.join('.') ?? ''))}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={busy}>
            Try it first
          </Button>
        </Group>
        <Text size="sm" c="dimmed" ta="end">
          A trial takes nothing: it says of every row what would become of it.
        </Text>
      </Stack>
    </form>
  );
}

const choices = [
  { value: '', label: 'By its heading' },
  { value: nothing, label: 'Not taken' },
  ...(Object.keys(fields) as LegacyField[]).map((value) => ({ value, label: fields[value] })),
];

interface ColumnsProps {
  headings: readonly string[];
  example: readonly string[];
  of: (header: string) => Choice;
  say: (header: string, choice: Choice) => void;
  refused: string | undefined;
}

function Columns({ headings, example, of, say, refused }: ColumnsProps) {
  const doubled = twice(headings, of);
  const examples = example.length > 0;
  return (
    <Stack gap="xs" component="section" aria-label="Columns">
      <Text fw={600}>Columns</Text>
      <Text size="sm" c="dimmed">
        Usual headings are known by themselves; the trial shows how each was taken. What you say here is
        remembered for the source&apos;s next file.
      </Text>
      {refused && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {refused}
        </Text>
      )}
      <Listing
        label="Columns"
        rows={headings.map((header, i) => ({ header, example: example[i] ?? '' }))}
        id={({ header }) => header}
        columns={[
          { title: 'Heading', cell: ({ header }) => header },
          ...(examples ? [{ title: 'First row', cell: (row: { example: string }) => row.example }] : []),
          {
            title: 'Holds',
            cell: ({ header }) => (
              <NativeSelect
                size="xs"
                aria-label={`What ${header} holds`}
                data={of(header) === '' ? choices : choices.slice(1)}
                value={of(header)}
                onChange={(e) => say(header, e.currentTarget.value as Choice)}
                error={doubled.has(header) && 'Another column is said to hold this, too'}
                maw={240}
              />
            ),
          },
        ]}
      />
    </Stack>
  );
}
