// Where the keyboard is after something has gone from the page.
import { useEffect, useState } from 'react';

/** To the page, where what had the focus is no more. */
export function focusPage() {
  const held = document.activeElement;
  if (!held || held === document.body) document.getElementById('main')?.focus({ preventScroll: true });
}

/** Back where it was before a dialog came that is in the page only while it is open. */
export function useFocusBack() {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      setTimeout(() => {
        if (document.activeElement && document.activeElement !== document.body) return; // it has gone elsewhere
        if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
        focusPage();
      });
    },
    [before],
  );
}
