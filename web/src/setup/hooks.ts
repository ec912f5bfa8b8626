import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

/**
 * Runs an act one at a time: a second click while it is under way does nothing. An act that throws is over, and the error goes
 * where uncaught ones go.
 */
export function useAct<A extends unknown[]>(act: (...args: A) => Promise<void>) {
  const underWay = useRef(false);
  const latest = useRef(act);
  latest.current = act;
  const [busy, setBusy] = useState(false);
  const run = useCallback(async (...args: A) => {
    if (underWay.current) return; // a state would be read too late for a double click
    underWay.current = true;
    setBusy(true);
    try {
      await latest.current(...args);
    } finally {
      underWay.current = false;
      setBusy(false);
    }
  }, []);
  return [busy, run] as const;
}

/** Moves the focus to an element that appears, so that a screen reader reads on from there. */
export function useFocusOnceShown<E extends HTMLElement>(wanted = true) {
  const element = useRef<E>(null);
  useEffect(() => {
    if (wanted) element.current?.focus();
  }, [wanted]);
  return element;
}
