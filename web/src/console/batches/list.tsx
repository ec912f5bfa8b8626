// What was sent and approved in bulk, newest first.
import { Anchor, Button, Group, Stack, Table, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import { BatchesDocument } from '../../gql/graphql';
import { paged } from '../api';
import { Migrations } from '../parts/page';
import { Empty, Failed, Waiting } from '../parts/trouble';
import { moment } from '../parts/words';
import { actOf, stateOf } from './progress';

export function Batches() {
  const list = useInfiniteQuery({
    ...paged(BatchesDocument, { first: 50 }, ({ batches }) => batches),
    refetchInterval: 5_000,
  });
  const all = list.data?.pages.flatMap(({ batches }) => batches.nodes) ?? [];
  return (
    <Migrations tab="batches">
      <Stack gap="sm">
        {list.isPending && <Waiting />}
        {list.isError && !list.data && <Failed error={list.error} again={() => void list.refetch()} />}
        {list.isSuccess && all.length === 0 && (
          <Empty title="Nothing was sent or approved in bulk yet">
            Select rows of a list; what becomes of each is kept here.
          </Empty>
        )}
        {all.length > 0 && (
          <Table.ScrollContainer minWidth={700}>
            <Table highlightOnHover>
              <Table.Thead>
                <Table.Tr>
                  {['What', 'When', 'By', 'State', 'Succeeded', 'Skipped', 'Failed', 'Pending'].map(
                    (heading, i) => (
                      <Table.Th key={heading} scope="col" ta={i > 3 ? 'end' : undefined}>
                        {heading}
                      </Table.Th>
                    ),
                  )}
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {all.map((batch) => (
                  <Table.Tr key={batch.id}>
                    <Table.Td>
                      <Anchor component={Link} size="sm" to={`/migrations/batches/${batch.id}`}>
                        {actOf(batch)}
                      </Anchor>
                    </Table.Td>
                    <Table.Td>{moment(batch.createdAt)}</Table.Td>
                    <Table.Td>{batch.startedBy.name}</Table.Td>
                    <Table.Td>
                      {stateOf(batch)}
                      {batch.stateReason && (
                        <Text size="xs" c="dimmed" maw={260}>
                          {batch.stateReason}
                        </Text>
                      )}
                    </Table.Td>
                    {[batch.succeeded, batch.skipped, batch.failed, batch.pending].map((n, i) => (
                      <Table.Td key={i} ta="end" className="amount">
                        {n.toLocaleString('en-US')}
                      </Table.Td>
                    ))}
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )}
        {list.hasNextPage && (
          <Group justify="center">
            <Button variant="default" loading={list.isFetching} onClick={() => void list.fetchNextPage()}>
              Show more
            </Button>
          </Group>
        )}
      </Stack>
    </Migrations>
  );
}
