import { useEffect, useState } from 'react';

/** Puts the focus back where it was before a dialog came that is in the page only while it is open; else to the page. */
export function useFocusBack() {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      setTimeout(() => {
        if (document.activeElement && document.activeElement !== document.body) return; // it has gone elsewhere
        const there = before instanceof HTMLElement && before.isConnected && before !== document.body;
        (there ? before : document.getElementById('main'))?.focus({ preventScroll: true });
      });
    },
    [before],
  );
}
