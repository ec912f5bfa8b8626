import { useEffect } from 'react';

/** Names the page in the browser's tab and history. */
export function useTitle(title: string) {
  useEffect(() => {
    const before = document.title;
    document.title = `${title} · Carryover`;
    return () => {
      document.title = before; // of the page below a drawer
    };
  }, [title]);
}
