// Which rows an act is about: some that were ticked, or all that match the filter, also those that were never loaded.
import { useEffect, useMemo, useRef, useState } from 'react';

import type { Rows } from './rows';

/** The API takes no more by their ids; beyond that, all that match. */
export const mostIds = 1000;

export interface Selection {
  /** All that match the filter are selected. */
  all: boolean;
  ids: string[];
  has: (id: string) => boolean;
  /** Where all that match were selected, what remains is what is loaded, without this one. */
  toggle: (id: string, loaded: readonly string[]) => void;
  add: (ids: string[]) => void;
  selectAll: () => void;
  clear: () => void;
}

type Held = Pick<Rows<{ id: string }>, 'query' | 'rows' | 'from' | 'hasMore' | 'old' | 'pending'>;

/**
 * Which rows have left the list, after the part of it that is held was asked for anew. What may merely have been pushed beyond an end by
 * new rows is still there.
 */
export function goneOf(before: Pick<Held, 'rows'>, now: Pick<Held, 'rows' | 'from' | 'hasMore'>): string[] {
  const [was, is] = [before.rows.map(({ id }) => id), now.rows.map(({ id }) => id)];
  const [known, there] = [new Set(was), new Set(is)];
  if (!was.some((id) => there.has(id))) return was; // pushed or gone: who cannot be seen is better not written to
  const last = is.findLastIndex((id) => known.has(id));
  const pushed = now.hasMore && is.slice(0, last).some((id) => !known.has(id));
  const begin = now.from > 0 ? was.findIndex((id) => there.has(id)) : 0;
  const end = pushed ? was.findLastIndex((id) => there.has(id)) + 1 : was.length;
  return was.slice(begin, end).filter((id) => !there.has(id));
}

/** `key` stands for the filter: another one selects nothing. What leaves the list is selected no more. */
export function useSelection(key: string, list: Held): Selection {
  const [held, setHeld] = useState({ key, all: false, ids: new Set<string>() });
  if (held.key !== key) setHeld({ key, all: false, ids: new Set() });
  const { all, ids } = held;
  const before = useRef<Pick<Held, 'query' | 'rows' | 'from'>>(null);
  const { query, rows, from, hasMore, old, pending } = list;
  useEffect(() => {
    if (old || pending) return;
    const last = before.current;
    before.current = { query, rows, from };
    // Pages that were let go or fetched change where it begins; then nothing that was held was asked for anew.
    if (!last || last.rows === rows || last.query !== query || last.from !== from) return;
    const gone = new Set(goneOf(last, { rows, from, hasMore }));
    if (gone.size > 0)
      setHeld((was) => ({ ...was, ids: new Set([...was.ids].filter((id) => !gone.has(id))) }));
  }, [query, rows, from, hasMore, old, pending]);
  return useMemo(
    () => ({
      all,
      ids: [...ids],
      has: (id) => all || ids.has(id),
      toggle: (id, loaded) => {
        const next = new Set(all ? loaded : ids);
        if (!next.delete(id)) next.add(id);
        setHeld({ key, all: false, ids: next });
      },
      add: (more) => setHeld({ key, all: false, ids: new Set([...ids, ...more]) }),
      selectAll: () => setHeld({ key, all: true, ids: new Set() }),
      clear: () => setHeld({ key, all: false, ids: new Set() }),
    }),
    [key, all, ids],
  );
}
