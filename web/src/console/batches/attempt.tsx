// Beginning a bulk act so that it is begun once, also where the answer was lost on the way.
import { Alert, Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';

import type { RefusalFragment } from '../../gql/graphql';
import { refusals, stale } from '../api';
import { Failed, Refused } from '../parts/trouble';
import type { Batch } from './progress';

interface Answer {
  batch?: Batch | null | undefined;
  userErrors: readonly RefusalFragment[];
}

interface On {
  busy: (busy: boolean) => void;
  begun: (batch: Batch) => void;
}

/**
 * The server knows a repetition by its key and by everything else that was asked. So after a lost answer the very same is asked
 * again and nothing else can be; after a refusal, which began nothing, the next attempt has a key of its own.
 */
export function useAttempt<Input extends { clientKey: string }>(
  ask: (input: Input) => Promise<Answer>,
  on: On,
) {
  const [clientKey, setClientKey] = useState(() => crypto.randomUUID());
  const [lost, setLost] = useState<Input | null>(null);
  const act = useMutation({
    mutationFn: ask,
    onMutate: () => on.busy(true),
    onSuccess: ({ batch }) => {
      setLost(null);
      if (batch) on.begun(batch);
      else setClientKey(crypto.randomUUID());
    },
    onError: (_, input) => setLost(input),
    // Also after a refusal: what is shown next is how it would be now, and is asked about anew.
    onSettled: () => {
      on.busy(false);
      void stale();
    },
  });
  const refused = act.data?.userErrors ?? [];
  return {
    busy: act.isPending,
    error: act.error,
    refused,
    begin: (input: Omit<Input, 'clientKey'>) => act.mutate({ ...input, clientKey } as Input),
    /** Asks the very same again, where it is not known what became of it. */
    again: lost && (() => act.mutate(lost)),
    forget: act.reset,
    hasBegun: refused.some(isReused),
  };
}

const isReused = ({ code }: RefusalFragment) => code === 'KEY_REUSED';

interface LostProps {
  error: Error | null;
  again: () => void;
  busy: boolean;
  onClose: () => void;
}

/** In the place of everything that could be chosen otherwise. */
export function Lost({ error, again, busy, onClose }: LostProps) {
  return (
    <Stack>
      {error !== null && <Failed error={error} />}
      <Text size="sm">
        It may have begun all the same: trying again asks for the very same, and nothing is done twice. What
        has begun stands under <BulkActs />.
      </Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} disabled={busy}>
          Close
        </Button>
        <Button onClick={again} loading={busy} autoFocus>
          Try again
        </Button>
      </Group>
    </Stack>
  );
}

export function AttemptRefused({ refused }: { refused: Answer['userErrors'] }) {
  if (refused.some(isReused))
    return (
      <Alert variant="outline" color="yellow" role="alert" title="It has begun already">
        The first attempt was begun, and is not begun a second time. See how it goes under <BulkActs />.
      </Alert>
    );
  return <Refused message={Object.values(refusals(refused)).join(' ') || undefined} />;
}

const BulkActs = () => (
  <Anchor component={Link} to="/migrations/batches" inherit underline="always">
    Bulk acts
  </Anchor>
);
