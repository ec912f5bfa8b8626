// Which rows an act is about: some that were ticked, or all that match the filter, also those that were never loaded.
import { useMemo, useState } from 'react';

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

/** `key` stands for the filter: another one selects nothing. */
export function useSelection(key: string): Selection {
  const [held, setHeld] = useState({ key, all: false, ids: new Set<string>() });
  const { all, ids } = held.key === key ? held : { all: false, ids: new Set<string>() };
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
