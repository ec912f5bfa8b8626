// What was sent, approved, imported and made in bulk, newest first.
import { Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';

import { BatchesDocument } from '../../gql/graphql';
import { paged } from '../api';
import { Go } from '../parts/go';
import { Listed, type Shown } from '../parts/listed';
import { Migrations } from '../parts/page';
import { Empty } from '../parts/trouble';
import { moment } from '../parts/words';
import { actOf, type Batch, numbers, stateOf } from './progress';
import { outcomes } from './search';

/** An import has a page of its own, with the rows that were refused. */
const pageOf = ({ kind, id }: Batch) =>
  kind === 'IMPORT' ? `/old-system/imports/${id}` : `/migrations/batches/${id}`;

const columns: Shown<Batch>[] = [
  { title: 'What', cell: (batch) => <Go to={pageOf(batch)}>{actOf(batch)}</Go> },
  { title: 'When', cell: ({ createdAt }) => moment(createdAt) },
  { title: 'By', cell: ({ startedBy }) => startedBy.name },
  {
    title: 'State',
    cell: (batch) => (
      <div>
        {stateOf(batch)}
        {batch.stateReason && (
          <Text size="xs" c="dimmed" maw={260}>
            {batch.stateReason}
          </Text>
        )}
      </div>
    ),
  },
  ...numbers.map(([outcome, of]) => ({
    title: outcomes[outcome],
    end: true,
    cell: (batch: Batch) => of(batch).toLocaleString('en-US'),
  })),
];

export function Batches() {
  const pages = useInfiniteQuery({
    ...paged(BatchesDocument, { first: 50 }, ({ batches }) => batches),
    refetchInterval: 5_000,
  });
  return (
    <Migrations tab="batches">
      <Listed
        label="Bulk acts"
        pages={pages}
        nodes={({ batches }) => batches.nodes}
        columns={columns}
        id={({ id }) => id}
        empty={
          <Empty title="Nothing was done in bulk yet">
            Select rows of a list; what becomes of each is kept here.
          </Empty>
        }
      />
    </Migrations>
  );
}
