// How far a bulk act is: live, and by asking now and then where live updates do not come through.
import { Alert, Button, Group, Progress, SimpleGrid, Stack, Text, UnstyledButton } from '@mantine/core';
import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';

import {
  BatchDocument,
  type BatchOutcomeKind,
  BatchProgressedDocument,
  type BatchProgressedSubscription,
  type BatchProgressFragment,
  CancelBatchDocument,
  RetryBatchDocument,
} from '../../gql/graphql';
import { ask } from '../../shared/ask';
import { asked, refusals, stale } from '../api';
import { useLive } from '../live';
import { Failed, Refused } from '../parts/trouble';
import { plural } from '../parts/words';
import { outcomes } from './search';

export type Batch = BatchProgressFragment;

/** How often a finished batch is looked at of which rows may still turn out otherwise. */
const slowly = 30_000;

/** Rows whose outcome may change after the end: nobody knows what became of a message yet, or the tenant's bank has not decided. */
const open = ['UNKNOWN', 'TENANT_ACTION_REQUIRED'];

/** How long after the end of a batch of emails the provider still tells of many that it took and could not send. */
const toldLate = 15 * 60_000;

const mayChange = (batch: Batch, finishedAt: string) =>
  batch.reasons.some(({ reason }) => open.includes(reason)) ||
  (batch.channel === 'EMAIL' && Date.now() - Date.parse(finishedAt) < toldLate);

const pause = (batch: Batch | null | undefined) =>
  !batch?.finishedAt ? 3_000 : mayChange(batch, batch.finishedAt) ? slowly : false;

/** The batch as it is by now, by the look that was received last. Null where there is none, or not the viewer's. */
export function useBatch(
  id: string,
  begin?: Batch,
): { batch: Batch | null | undefined; error: Error | null } {
  const answers = useQueryClient();
  const live = useLive(BatchProgressedDocument, id, isOver)?.batchProgressed;
  const polled = useQuery({
    ...asked(BatchDocument, { id }),
    initialData: begin && { batch: begin },
    refetchInterval: ({ state }) => pause(state.data?.batch),
  });
  useEffect(() => {
    if (live) void hear(answers, live);
  }, [answers, live]);
  return { batch: polled.data?.batch, error: polled.error };
}

/** A look that is under way was begun before this one. */
async function hear(answers: QueryClient, batch: Batch) {
  const { queryKey } = asked(BatchDocument, { id: batch.id });
  await answers.cancelQueries({ queryKey });
  answers.setQueryData(queryKey, { batch });
}

const isOver = ({ batchProgressed }: BatchProgressedSubscription) => !!batchProgressed.finishedAt;

export const actOf = (batch: Batch) =>
  batch.kind === 'SEND'
    ? batch.channel === 'SMS'
      ? 'SMS invitations'
      : 'Email invitations'
    : batch.kind === 'APPROVE'
      ? batch.option === 'CURRENT_MONTH'
        ? 'Approvals, current month'
        : 'Approvals, next month'
      : batch.kind === 'IMPORT'
        ? "Import of the old system's list"
        : "Invitations of the old system's list";

export const stateOf = (batch: Batch) =>
  ({ RUNNING: 'Running', FINISHED: 'Finished', CANCELED: 'Canceled', STOPPED: 'Stopped' })[batch.state];

const share = (n: number, batch: Batch) => (batch.total === 0 ? 0 : (n / batch.total) * 100);

export const numbers: [BatchOutcomeKind, (batch: Batch) => number][] = [
  ['SUCCEEDED', (batch) => batch.succeeded],
  ['SKIPPED', (batch) => batch.skipped],
  ['FAILED', (batch) => batch.failed],
  ['PENDING', (batch) => batch.pending],
];

interface Props {
  batch: Batch;
  /** The rows that the page shows already. */
  shown?: BatchOutcomeKind | undefined;
  /** On the report itself: no further step of the way back. */
  replace?: boolean;
}

/** Each number leads to the rows behind it. */
export function BatchProgress({ batch, shown, replace = false }: Props) {
  const done = batch.total - batch.pending;
  const label = `${done.toLocaleString('en-US')} of ${plural(batch.total, 'row')} settled`;
  return (
    <Stack gap="md">
      <Progress.Root size="lg" aria-hidden>
        <Progress.Section value={share(batch.succeeded, batch)} color="green" />
        <Progress.Section value={share(batch.skipped, batch)} color="gray" />
        <Progress.Section value={share(batch.failed, batch)} color="red" />
      </Progress.Root>
      <Text size="sm" role="status" tabIndex={-1}>
        {stateOf(batch)}. {label}.
      </Text>
      {batch.stateReason && (
        <Alert variant="outline" color="yellow">
          {batch.stateReason}
        </Alert>
      )}
      <SimpleGrid cols={{ base: 2, xs: 4 }} spacing="sm">
        {numbers.map(([outcome, of]) => (
          <UnstyledButton
            key={outcome}
            component={Link}
            to={`/migrations/batches/${batch.id}`}
            search={{ outcome } as never}
            replace={replace}
            resetScroll={!replace}
            aria-current={shown === outcome || undefined}
            p="xs"
            bd={`1px solid ${shown === outcome ? 'var(--mantine-primary-color-filled)' : 'var(--mantine-color-default-border)'}`}
            style={{ borderRadius: 'var(--mantine-radius-md)' }}
          >
            <Text size="xl" fw={700} className="amount">
              {of(batch).toLocaleString('en-US')}
            </Text>
            <Text size="sm" c="dimmed">
              {outcomes[outcome]}
            </Text>
          </UnstyledButton>
        ))}
      </SimpleGrid>
      <Reasons batch={batch} />
    </Stack>
  );
}

/** What the provider took and could not deliver is sent, and came back. */
const toldAs: Partial<Record<string, string>> = { FAILED: 'failed', SUCCEEDED: 'came back' };

function Reasons({ batch }: { batch: Batch }) {
  const told = batch.reasons.filter(
    ({ outcome, reason, message }) => (outcome !== 'SUCCEEDED' || reason === 'UNDELIVERED') && message,
  );
  if (told.length === 0) return null;
  return (
    <Stack gap={4} component="ul" m={0} pl="lg">
      {told.map(({ outcome, reason, message, count }) => (
        <Text key={outcome + reason} component="li" size="sm">
          {count.toLocaleString('en-US')} {toldAs[outcome] ?? 'skipped'}: {message}
        </Text>
      ))}
    </Stack>
  );
}

/** What can still be done about it. */
export function BatchActs({ batch, onRetried }: { batch: Batch; onRetried: (id: string) => void }) {
  const cancel = useMutation({
    mutationFn: async () => (await ask(CancelBatchDocument, { input: { id: batch.id } })).cancelBatch,
    onSettled: stale,
  });
  const retry = useMutation({
    mutationFn: async (clientKey: string) =>
      (await ask(RetryBatchDocument, { input: { id: batch.id, clientKey } })).retryBatch,
    onSuccess: ({ batch: again }) => again && onRetried(again.id),
    onSettled: stale,
  });
  const refused = refusals([...(cancel.data?.userErrors ?? []), ...(retry.data?.userErrors ?? [])]);
  const error = cancel.error ?? retry.error;
  if (!batch.canCancel && !batch.canRetry && !error) return null;
  return (
    <Stack gap="sm">
      {error && <Failed error={error} />}
      <Refused message={Object.values(refused).join(' ') || undefined} />
      <Group gap="sm">
        {batch.canCancel && (
          <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate()}>
            Cancel what has not gone
          </Button>
        )}
        {batch.canRetry && (
          <Button
            variant="default"
            loading={retry.isPending}
            onClick={() => retry.mutate(crypto.randomUUID())}
          >
            Try the failed ones again
          </Button>
        )}
      </Group>
    </Stack>
  );
}
