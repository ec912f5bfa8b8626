// Where the keyboard is after something has gone from the page.
import { useEffect, useRef, useState } from 'react';

import type { Refusals } from '../api';

/** What had the focus is no more. */
const isLost = () => !document.activeElement || document.activeElement === document.body;

/** To the page, where what had the focus is no more. */
export function focusPage() {
  if (isLost()) document.getElementById('main')?.focus({ preventScroll: true });
}

/** To where the keyboard is in the list. */
export function focusRow() {
  document.querySelector<HTMLElement>('[role=grid] [role=row][tabindex="0"]')?.focus();
}

/** Back where it was before a dialog came that is in the page only while it is open. */
export function useFocusBack() {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      setTimeout(() => {
        if (!isLost()) return; // it has gone elsewhere
        if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
        focusPage();
      });
    },
    [before],
  );
}

/**
 * For a form: leads whoever sent it to the first field that was refused. Where none was, or no answer came, the keyboard is at the button
 * again, which was out of reach meanwhile.
 */
export function useFocusRefused<T extends HTMLElement = HTMLFormElement>(
  refused: Refusals | undefined,
  failed = false,
) {
  const form = useRef<T>(null);
  const count = refused ? Object.keys(refused).length : 0;
  useEffect(() => {
    if (count === 0 && !failed) return;
    const field = form.current?.querySelector<HTMLElement>('[aria-invalid=true]');
    if (field) field.focus();
    else if (isLost()) form.current?.querySelector<HTMLElement>('[type=submit]')?.focus();
  }, [count, refused, failed]);
  return form;
}
