// A list of any length: only the rows that can be seen are in the page, more are fetched as one scrolls near the end. Everything goes by
// keyboard: arrows, Home and End move, the space bar selects, Enter opens, "/" leads to the search. On a phone each row is a card.
import { Box, Checkbox, Loader, Text, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react';
import { defaultRangeExtractor, useWindowVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';

import type { SortDirection } from '../../gql/graphql';
import { Failed } from '../parts/trouble';
import type { Rows } from './rows';
import type { Selection } from './selection';
import classes from './grid.module.css';

export interface Column<Row, Sort extends string> {
  title: string;
  /** What the API sorts by; none: the heading is no button. */
  sort?: Sort;
  /** The first direction that a click on the heading asks for. */
  first?: SortDirection;
  /** What stands in a second line of the cells, with a heading of its own. */
  also?: Pick<Column<Row, Sort>, 'title' | 'sort' | 'first'>;
  /** A track of CSS grid: `minmax(10rem, 2fr)`. */
  width: string;
  end?: boolean;
  cell: (row: Row) => ReactNode;
}

interface Order<Sort> {
  by: Sort;
  direction: SortDirection;
}

interface Props<Row extends { id: string }, Sort extends string> {
  /** What the list is of, for those who hear it. */
  label: string;
  columns: Column<Row, Sort>[];
  list: Rows<Row>;
  /** How many there are in all, as far as that is known. */
  total?: number | undefined;
  order: Order<Sort>;
  onOrder: (order: Order<Sort>) => void;
  selection?: Selection;
  /** What a row is called where it is selected: "Ann Archer". */
  name: (row: Row) => string;
  onOpen: (row: Row) => void;
  empty: ReactNode;
}

/** Further back than this it is quicker to begin anew than to fetch page by page. */
const farBack = 3000;

const withCurrent = (range: number[], current: number) =>
  current < 0 || range.includes(current) ? range : [...range, current].sort((a, b) => a - b);

export function Grid<Row extends { id: string }, Sort extends string>(p: Props<Row, Sort>) {
  const { selection } = p;
  const { rows, from, hasMore, fetching, error, old, forward, back, start } = p.list;
  const count = from + rows.length;
  const body = useRef<HTMLDivElement>(null);
  const [margin, setMargin] = useState(0);
  const [current, setCurrent] = useState(0); // the row that the keyboard is at
  const focusing = useRef(false);

  useLayoutEffect(() => {
    const top = () => setMargin((body.current?.getBoundingClientRect().top ?? 0) + window.scrollY);
    top();
    const watch = new ResizeObserver(top);
    watch.observe(document.body);
    return () => watch.disconnect();
  }, []);

  const virtual = useWindowVirtualizer({
    count,
    estimateSize: () => 57,
    overscan: 8,
    scrollMargin: margin,
    scrollPaddingStart: 130, // the heading stays over the rows
    scrollPaddingEnd: 90, // and what can be done with the selected ones
    // Sizes are kept by place, not by row: a page that was let go keeps its height, and nothing jumps.
    // Where the keyboard is stays in the page, so that Tab leads back to it from anywhere.
    rangeExtractor: (range) => withCurrent(defaultRangeExtractor(range), Math.min(current, count - 1)),
  });
  const shown = virtual.getVirtualItems();
  const seen = virtual.range; // without what stays for the keyboard
  const [first, last] = [seen?.startIndex ?? from, seen?.endIndex ?? 0];

  useEffect(() => {
    if (fetching || error) return;
    if (first < from) {
      if (first === 0 && from > farBack) start();
      else back();
    } else if (hasMore && last >= count - 30) forward();
  }, [fetching, error, first, last, from, count, hasMore, forward, back, start]);

  const move = (to: number) => {
    const next = Math.max(0, Math.min(count - 1, to));
    focusing.current = true;
    setCurrent(next);
    virtual.scrollToIndex(next);
  };

  // The row may have to be scrolled to before it is there to take the focus.
  useEffect(() => {
    if (!focusing.current) return;
    const row = body.current?.querySelector<HTMLElement>(`[data-index="${current}"]`);
    if (row) {
      focusing.current = false;
      row.focus({ preventScroll: true });
    }
  });

  const keys = (e: KeyboardEvent, row: Row, index: number) => {
    if (e.target !== e.currentTarget) return;
    const to = {
      ArrowDown: index + 1,
      ArrowUp: index - 1,
      Home: 0,
      End: count - 1,
      PageDown: index + 10,
      PageUp: index - 10,
    }[e.key];
    if (to !== undefined) {
      e.preventDefault();
      move(to);
    } else if (e.key === ' ' && selection) {
      e.preventDefault();
      if (!old)
        selection.toggle(
          row.id,
          rows.map(({ id }) => id),
        );
    } else if (e.key === '/') {
      e.preventDefault();
      document.querySelector<HTMLElement>('[role=search] input')?.focus();
    } else if (e.key === 'Enter') {
      e.preventDefault();
      p.onOpen(row);
    }
  };

  const tracks = [...(selection ? ['2.25rem'] : []), ...p.columns.map((column) => column.width)].join(' ');
  const allLoaded = rows.length > 0 && !old && !!selection && rows.every((row) => selection.has(row.id));
  const someLoaded = !!selection && !allLoaded && rows.some((row) => selection.has(row.id));

  return (
    <Box
      role="grid"
      aria-label={p.label}
      aria-rowcount={p.total === undefined ? -1 : p.total + 1}
      aria-multiselectable={selection ? true : undefined}
      aria-busy={fetching}
      data-old={old || undefined}
      className={classes.grid}
      __vars={{ '--tracks': tracks }}
    >
      <div role="rowgroup" className={classes.head}>
        <div role="row" className={classes.row} aria-rowindex={1}>
          {selection && (
            <div role="columnheader" className={classes.cell}>
              <Checkbox
                size="sm"
                aria-label="Select all rows that are loaded"
                disabled={old}
                checked={allLoaded}
                indeterminate={someLoaded}
                onChange={() => (allLoaded ? selection.clear() : selection.add(rows.map((row) => row.id)))}
              />
            </div>
          )}
          {p.columns.map((column) => (
            <Heading key={column.title} column={column} order={p.order} onOrder={p.onOrder} />
          ))}
        </div>
      </div>
      <div
        role="rowgroup"
        ref={body}
        className={classes.body}
        style={{ height: rows.length > 0 ? virtual.getTotalSize() : undefined }}
      >
        {shown.map((item) => {
          const row = rows[item.index - from];
          if (!row) return null;
          const selected = selection?.has(row.id);
          return (
            <div
              key={row.id}
              role="row"
              data-index={item.index}
              ref={virtual.measureElement}
              aria-rowindex={item.index + 2}
              aria-selected={selection ? selected : undefined}
              tabIndex={item.index === Math.min(current, count - 1) ? 0 : -1}
              className={classes.row}
              data-selected={selected || undefined}
              style={{ transform: `translateY(${item.start - margin}px)` }}
              onKeyDown={(e) => keys(e, row, item.index)}
              onFocus={() => setCurrent(item.index)}
              onClick={(e) => {
                if (!(e.target as HTMLElement).closest('button, a, input, label, [role=menuitem]'))
                  p.onOpen(row);
              }}
            >
              {selection && (
                <div role="gridcell" className={classes.cell}>
                  <Checkbox
                    size="sm"
                    tabIndex={-1}
                    aria-label={`Select ${p.name(row)}`}
                    checked={selected}
                    disabled={old}
                    onChange={() =>
                      selection.toggle(
                        row.id,
                        rows.map(({ id }) => id),
                      )
                    }
                  />
                </div>
              )}
              {p.columns.map((column) => (
                <div
                  role="gridcell"
                  key={column.title}
                  className={classes.cell}
                  data-end={column.end || undefined}
                  data-title={column.also ? `${column.title} / ${column.also.title}` : column.title}
                >
                  {column.cell(row)}
                </div>
              ))}
            </div>
          );
        })}
      </div>
      {rows.length === 0 && !fetching && (
        <div role="row">
          <div role="gridcell">{p.empty}</div>
        </div>
      )}
      {error && (
        <div role="row">
          <div role="gridcell">
            <Failed error={error} again={p.list.again} />
          </div>
        </div>
      )}
      {fetching && (
        <div role="row" className={classes.more}>
          <div role="gridcell">
            <Loader size="xs" mr="xs" aria-hidden />
            <Text span size="sm" c="dimmed">
              Loading…
            </Text>
          </div>
        </div>
      )}
    </Box>
  );
}

interface HeadingProps<Row, Sort extends string> {
  column: Column<Row, Sort>;
  order: Order<Sort>;
  onOrder: (order: Order<Sort>) => void;
}

function Heading<Row, Sort extends string>({ column, order, onOrder }: HeadingProps<Row, Sort>) {
  const parts = column.also ? [column, column.also] : [column];
  const sorted = parts.some(({ sort }) => sort !== undefined && order.by === sort);
  return (
    <div
      role="columnheader"
      className={classes.cell}
      data-end={column.end || undefined}
      aria-sort={sorted ? (order.direction === 'ASC' ? 'ascending' : 'descending') : undefined}
    >
      <div className={classes.headings}>
        {parts.map((part) => (
          <Title key={part.title} part={part} order={order} onOrder={onOrder} />
        ))}
      </div>
    </div>
  );
}

interface TitleProps<Row, Sort extends string> extends Omit<HeadingProps<Row, Sort>, 'column'> {
  part: Pick<Column<Row, Sort>, 'title' | 'sort' | 'first'>;
}

function Title<Row, Sort extends string>({ part, order, onOrder }: TitleProps<Row, Sort>) {
  const { title, sort, first = 'ASC' } = part;
  if (sort === undefined)
    return (
      <Text span size="sm" fw={600}>
        {title}
      </Text>
    );
  const sorted = order.by === sort;
  const ascending = order.direction === 'ASC';
  const Icon = sorted ? (ascending ? IconArrowUp : IconArrowDown) : IconArrowsSort;
  return (
    <UnstyledButton
      className={classes.heading}
      data-sorted={sorted || undefined}
      onClick={() => onOrder({ by: sort, direction: sorted ? (ascending ? 'DESC' : 'ASC') : first })}
    >
      {title}
      <Icon size={14} aria-hidden />
    </UnstyledButton>
  );
}
