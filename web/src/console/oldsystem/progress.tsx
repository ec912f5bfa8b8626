// How far an import is: live, and by asking now and then where live updates do not come through.
import { Alert, Button, Group, Progress, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import {
  CancelBatchDocument,
  ContinueImportDocument,
  ImportDocument,
  ImportProgressedDocument,
  type ImportProgressedSubscription,
  type ImportViewFragment,
} from '../../gql/graphql';
import { ask } from '../../shared/ask';
import { asked, refusals, stale } from '../api';
import { useLive } from '../live';
import { Failed, Refused } from '../parts/trouble';
import { plural } from '../parts/words';
import { listOf, missingOf } from './links';

type Read = NonNullable<ImportViewFragment['import']>;

export const takenOf = (i: Read) => i.created + i.updated + i.unchanged;
export const settledOf = (i: Read) => takenOf(i) + i.refused;

/** "the first row", "the first 100 rows". */
export const firstRows = (n: number) => (n === 1 ? 'the first row' : `the first ${plural(n, 'row')}`);

/** Of two looks the one that is further on; of two that are as far, the one that was asked for: it also knows who has said "continue". */
export function further(
  live: ImportViewFragment | undefined,
  later: ImportViewFragment | null | undefined,
): ImportViewFragment | null | undefined {
  if (!live?.import || !later?.import) return live ?? later;
  if (!!live.finishedAt !== !!later.finishedAt) return live.finishedAt ? live : later;
  return settledOf(live.import) > settledOf(later.import) ? live : later;
}

const isOver = ({ batchProgressed }: ImportProgressedSubscription) => !!batchProgressed.finishedAt;

/** The import as it is by now. Null where there is none, or not the viewer's. */
export function useImport(id: string) {
  const live = useLive(ImportProgressedDocument, id, isOver)?.batchProgressed;
  const polled = useQuery({
    ...asked(ImportDocument, { id }),
    refetchInterval: ({ state }) => (state.data?.batch?.finishedAt ? false : 2_000),
  });
  return {
    batch: further(live, polled.data?.batch),
    error: polled.error,
    again: () => void polled.refetch(),
  };
}

/** In one word or two. */
export function stageOf({ state, total, import: read }: ImportViewFragment): string {
  if (read?.awaitsLook) return 'Waits for you';
  if (state === 'RUNNING') return total === 0 ? 'Looking at the whole file' : 'Reading';
  return { FINISHED: 'Finished', CANCELED: 'Stopped by staff', STOPPED: 'Stopped itself' }[state];
}

export function ImportProgress({ batch, read }: { batch: ImportViewFragment; read: Read }) {
  const done = settledOf(read);
  const share = (n: number) => (batch.total === 0 ? 0 : (n / batch.total) * 100);
  const taken = takenOf(read);
  const counts = read.dryRun
    ? { created: 'Would be new', updated: 'Would change', unchanged: 'The same', refused: 'Refused' }
    : { created: 'New', updated: 'Changed', unchanged: 'The same', refused: 'Refused' };
  return (
    <Stack gap="md">
      <Progress.Root size="lg" aria-hidden>
        <Progress.Section value={share(taken)} color="green" />
        <Progress.Section value={share(read.refused)} color="red" />
      </Progress.Root>
      <Text size="sm" role="status">
        {stageOf(batch)}. {done.toLocaleString('en-US')} of {plural(batch.total, 'row')} read.
      </Text>
      {batch.stateReason && !read.awaitsLook && (
        <Alert variant="outline" color="yellow">
          {batch.stateReason}
        </Alert>
      )}
      <SimpleGrid component="dl" cols={{ base: 2, xs: 4 }} spacing="sm" m={0}>
        {(['created', 'updated', 'unchanged', 'refused'] as const).map((name) => (
          <div
            key={name}
            style={{
              border: '1px solid var(--mantine-color-default-border)',
              borderRadius: 'var(--mantine-radius-md)',
              padding: 'var(--mantine-spacing-xs)',
              display: 'flex',
              flexDirection: 'column-reverse',
            }}
          >
            <Text component="dt" size="sm" c="dimmed">
              {counts[name]}
            </Text>
            <Text component="dd" m={0} size="xl" fw={700} className="amount">
              {read[name].toLocaleString('en-US')}
            </Text>
          </div>
        ))}
      </SimpleGrid>
      <Missing read={read} />
    </Stack>
  );
}

/** Who was on the source's list and is not in the file: they may have left there. */
function Missing({ read }: { read: Read }) {
  if (read.partial)
    return (
      <Text size="sm" c="dimmed">
        The file holds only some of the list, so nobody is looked for who is not in it.
      </Text>
    );
  if (!read.missing) return null;
  const people = plural(read.missing, 'person', 'people');
  return (
    <Alert variant="outline" color="yellow">
      {people} of the source&apos;s list {read.missing === 1 ? 'is' : 'are'} not in this file: they may have
      left there. Nothing {read.dryRun ? 'would be' : 'is'} done about them.{' '}
      {!read.dryRun && (
        <Link {...missingOf(read.source)} style={{ color: 'inherit' }}>
          Show who they are
        </Link>
      )}
    </Alert>
  );
}

/** What can be done about an import that is not over. */
export function ImportActs({ batch, read }: { batch: ImportViewFragment; read: Read }) {
  const goOn = useMutation({
    mutationFn: async () =>
      (await ask(ContinueImportDocument, { input: { batchId: batch.id } })).continueImport,
    onSettled: stale,
  });
  const cancel = useMutation({
    mutationFn: async () => (await ask(CancelBatchDocument, { input: { id: batch.id } })).cancelBatch,
    onSettled: stale,
  });
  const refused = refusals([...(goOn.data?.userErrors ?? []), ...(cancel.data?.userErrors ?? [])]);
  const error = goOn.error ?? cancel.error;
  const stop = batch.canCancel && (
    <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate()}>
      {read.awaitsLook ? 'Take no more' : 'Stop here'}
    </Button>
  );
  return (
    <>
      {error && <Failed error={error} />}
      <Refused message={Object.values(refused).join(' ') || undefined} />
      {read.awaitsLook ? (
        <Alert
          variant="outline"
          color="yellow"
          icon={<IconEye />}
          title={
            takenOf(read) === 1 ? 'The first row is in' : `The first ${plural(takenOf(read), 'row')} are in`
          }
        >
          <Stack gap="sm" align="flex-start">
            <Text size="sm">
              Look at them on{' '}
              <Link {...listOf(read.source)} style={{ color: 'inherit' }}>
                the list
              </Link>
              : are names, plans, prices and dates where they belong? Then let the rest in. If you take no
              more, these stay; the next file mends them.
            </Text>
            <Group gap="sm">
              <Button loading={goOn.isPending} onClick={() => goOn.mutate()}>
                Continue
              </Button>
              {stop}
            </Group>
          </Stack>
        </Alert>
      ) : (
        stop && <Group>{stop}</Group>
      )}
    </>
  );
}
