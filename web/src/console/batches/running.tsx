// A bulk act in the dialog that began it: what it would leave out, and then how it goes.
import { Anchor, Button, Group, List, Stack, Text } from '@mantine/core';
import { QueryObserver } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';

import { BatchDocument, type ReasonFragment } from '../../gql/graphql';
import { answers, asked, stale } from '../api';
import { type Batch, BatchProgress, useBatch } from './progress';

/** Why some would be skipped. `what`: "3 invitations". */
export function Skips({ what, skips }: { what: string; skips: readonly ReasonFragment[] }) {
  if (skips.length === 0) return null;
  return (
    <div>
      <Text size="sm" fw={600}>
        {what} will be skipped
      </Text>
      <List size="sm">
        {skips.map(({ reason, message, count }) => (
          <List.Item key={reason}>
            {count.toLocaleString('en-US')}: {message}
          </List.Item>
        ))}
      </List>
    </div>
  );
}

/** Looks after an act that goes on without its dialog, so that lists show what became of their rows also then. */
function follow(id: string) {
  const act = new QueryObserver(answers, { ...asked(BatchDocument, { id }), refetchInterval: 5_000 });
  const stop = act.subscribe(({ data }) => {
    if (!data || (data.batch && !data.batch.finishedAt)) return;
    stop();
    void stale();
  });
}

interface RunningProps {
  begun: Batch;
  onClose: () => void;
  /** What comes next. */
  children?: ReactNode;
}

export function Running({ begun, onClose, children }: RunningProps) {
  const { batch } = useBatch(begun.id, begun);
  const told = useRef<HTMLDivElement>(null);
  // What began it has gone from the dialog, and the keyboard with it.
  useEffect(() => told.current?.querySelector<HTMLElement>('[role=status]')?.focus(), []);
  const finished = batch?.finishedAt;
  const over = useRef(false);
  useEffect(() => {
    over.current = !!finished;
    if (finished) void stale(); // the list beneath shows what became of its rows
  }, [finished]);
  useEffect(() => () => void (over.current || follow(begun.id)), [begun.id]);
  return (
    <Stack ref={told}>
      <BatchProgress batch={batch ?? begun} />
      <Text size="sm" c="dimmed">
        It goes on when you close this.{' '}
        <Anchor component={Link} size="sm" underline="always" to={`/migrations/batches/${begun.id}`}>
          The full report
        </Anchor>{' '}
        stays under Bulk acts.
      </Text>
      {children}
      <Group justify="flex-end">
        <Button onClick={onClose}>Close</Button>
      </Group>
    </Stack>
  );
}
