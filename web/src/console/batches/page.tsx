// The report of a bulk act, with the rows behind each number.
import { Anchor, Group, Paper, SegmentedControl, Stack, Table, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '@mantine/core';

import { BatchOutcomesDocument, type BatchOutcomeKind } from '../../gql/graphql';
import { paged } from '../api';
import { Page } from '../parts/page';
import { Empty, Failed, Unknown, Waiting } from '../parts/trouble';
import { moment } from '../parts/words';
import { actOf, type Batch, BatchActs, BatchProgress, useBatch } from './progress';

export function BatchPage() {
  const { id } = useParams({ from: '/shell/migrations/batches/$id' });
  const { batch, error } = useBatch(id);
  if (batch === null) return <Unknown />;
  if (!batch) return error ? <Failed error={error} /> : <Waiting />;
  return <Report key={id} batch={batch} />;
}

function Report({ batch }: { batch: Batch }) {
  const navigate = useNavigate();
  const [shown, setShown] = useState<BatchOutcomeKind | undefined>(batch.failed > 0 ? 'FAILED' : undefined);
  return (
    <Page title={actOf(batch)}>
      <Text size="sm" c="dimmed">
        Started by {batch.startedBy.name}, {moment(batch.createdAt)}
        {batch.finishedAt && `; finished ${moment(batch.finishedAt)}`}.{' '}
        {batch.retryOf && (
          <Anchor component={Link} size="sm" to={`/migrations/batches/${batch.retryOf.id}`}>
            Tries the failed ones of this again
          </Anchor>
        )}
      </Text>
      <Paper withBorder p="md">
        <Stack>
          <BatchProgress
            batch={batch}
            shown={shown}
            onRows={(outcome) => setShown(outcome === shown ? undefined : outcome)}
          />
          <BatchActs
            batch={batch}
            onRetried={(id) => void navigate({ to: '/migrations/batches/$id', params: { id } })}
          />
        </Stack>
      </Paper>
      <Rows batch={batch} shown={shown} setShown={setShown} />
    </Page>
  );
}

interface RowsProps {
  batch: Batch;
  shown: BatchOutcomeKind | undefined;
  setShown: (outcome: BatchOutcomeKind | undefined) => void;
}

const words = { SUCCEEDED: 'Succeeded', SKIPPED: 'Skipped', FAILED: 'Failed', PENDING: 'Pending' } as const;

function Rows({ batch, shown, setShown }: RowsProps) {
  const rows = useInfiniteQuery({
    ...paged(
      BatchOutcomesDocument,
      { id: batch.id, first: 50, outcomes: shown && [shown] },
      ({ batch }) => batch?.outcomes ?? { pageInfo: { hasNextPage: false } },
    ),
    refetchInterval: batch.finishedAt ? false : 5_000,
  });
  const all = rows.data?.pages.flatMap((page) => page.batch?.outcomes.nodes ?? []) ?? [];
  return (
    <Stack gap="sm">
      <SegmentedControl
        aria-label="Rows"
        value={shown ?? ''}
        onChange={(value) => setShown((value || undefined) as BatchOutcomeKind | undefined)}
        data={[
          { value: '', label: 'All' },
          ...Object.entries(words).map(([value, label]) => ({ value, label })),
        ]}
      />
      {rows.isError && <Failed error={rows.error} again={() => void rows.refetch()} />}
      {all.length === 0 && !rows.isPending && <Empty title="No rows" />}
      {all.length > 0 && (
        <Table.ScrollContainer minWidth={600}>
          <Table highlightOnHover>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">Tenant</Table.Th>
                <Table.Th scope="col">Studio</Table.Th>
                <Table.Th scope="col">Location</Table.Th>
                <Table.Th scope="col">Outcome</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {all.map(({ invitation, submission, outcome, reason, message }, i) => {
                const about = invitation ?? submission;
                return (
                  <Table.Tr key={about?.id ?? i}>
                    <Table.Td>
                      {about && (
                        <Anchor
                          component={Link}
                          size="sm"
                          to={invitation ? `/migrations/invitations/${about.id}` : `/submissions/${about.id}`}
                        >
                          {about.tenant.name}
                        </Anchor>
                      )}
                      <Text size="xs" c="dimmed">
                        {about?.tenant.email ?? about?.tenant.phone}
                      </Text>
                    </Table.Td>
                    <Table.Td>{about?.plan.name}</Table.Td>
                    <Table.Td>{about?.location.name}</Table.Td>
                    <Table.Td>
                      {words[outcome]}
                      {(message || reason) && (
                        <Text size="xs" c="dimmed">
                          {message || reason}
                        </Text>
                      )}
                    </Table.Td>
                  </Table.Tr>
                );
              })}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {rows.hasNextPage && (
        <Group justify="center">
          <Button variant="default" loading={rows.isFetching} onClick={() => void rows.fetchNextPage()}>
            Show more
          </Button>
        </Group>
      )}
    </Stack>
  );
}
