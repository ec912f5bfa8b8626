/**
 * What stands in a form once it was saved: what was typed while the answer was awaited is kept, everything else is as it was saved.
 */
export function rebased<T extends object>(now: T, sent: T, saved: T): T {
  const typed = (Object.keys(now) as (keyof T)[]).filter((name) => now[name] !== sent[name]);
  return { ...saved, ...Object.fromEntries(typed.map((name) => [name, now[name]])) };
}
