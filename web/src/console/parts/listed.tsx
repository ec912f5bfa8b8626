// A list that is read page by page in a table; on a phone each row is a card.
import { Button, Group, VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';

import { Failed, Waiting } from './trouble';
import classes from './listed.module.css';

export interface Shown<Row> {
  title: string;
  end?: boolean;
  /** What can be done with the row: without a heading to see. */
  acts?: boolean;
  cell: (row: Row) => ReactNode;
}

interface TableProps<Row> {
  label: string;
  columns: Shown<Row>[];
  rows: readonly Row[];
  id: (row: Row) => string;
  marked?: (row: Row) => boolean;
}

/** The roles are written out because a table that is laid out as cards is none to browsers. */
export function Listing<Row>({ label, columns, rows, id, marked }: TableProps<Row>) {
  return (
    <div className={classes.frame}>
      <table className={classes.table} role="table" aria-label={label}>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map(({ title, end, acts }) => (
              <th key={title} scope="col" role="columnheader" data-end={end || undefined}>
                {acts ? <VisuallyHidden>{title}</VisuallyHidden> : title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <tr key={id(row)} role="row" data-marked={marked?.(row) || undefined}>
              {columns.map(({ title, end, acts, cell }) => (
                <td
                  key={title}
                  role="cell"
                  data-title={title}
                  data-end={end || undefined}
                  data-acts={acts || undefined}
                >
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** As much of useInfiniteQuery as is looked at here. */
interface Pages<Answer> {
  data: { pages: Answer[] } | undefined;
  error: Error | null;
  isPending: boolean;
  isFetching: boolean;
  isFetchingNextPage: boolean;
  hasNextPage: boolean;
  refetch: () => unknown;
  fetchNextPage: () => unknown;
}

interface Props<Answer, Row> extends Omit<TableProps<Row>, 'rows'> {
  pages: Pages<Answer>;
  nodes: (answer: Answer) => readonly Row[];
  empty: ReactNode;
}

export function Listed<Answer, Row>({ pages, nodes, empty, ...table }: Props<Answer, Row>) {
  if (pages.isPending) return <Waiting />;
  if (!pages.data) return <Failed error={pages.error} again={() => void pages.refetch()} />;
  const rows = pages.data.pages.flatMap((page) => [...nodes(page)]);
  return (
    <div aria-busy={pages.isFetching}>
      {pages.error && <Failed error={pages.error} again={() => void pages.refetch()} />}
      {rows.length === 0 ? empty : <Listing {...table} rows={rows} />}
      {pages.hasNextPage && (
        <Group justify="center" pt="sm">
          <Button
            variant="default"
            // Not disabled while it fetches: a button that is loses the focus.
            aria-disabled={pages.isFetchingNextPage}
            data-loading={pages.isFetchingNextPage || undefined}
            onClick={() => !pages.isFetchingNextPage && pages.fetchNextPage()}
          >
            Show more
          </Button>
        </Group>
      )}
    </div>
  );
}
