/** "42%"; all and none are said only of all and none. */
export function share(n: number, of: number): string {
  if (of === 0) return '0%';
  const percent = Math.round((n / of) * 100);
  if (percent === 0 && n > 0) return '<1%';
  if (percent === 100 && n < of) return '>99%';
  return `${percent}%`;
}
