// What of an address's search a page understands; the rest is dropped, so that a mistyped address shows a list and no error.
export type Raw = Record<string, unknown>;

/** Plain words, as in any form: ?status=PENDING,SENT&search=ann */
export const rawOf = (search: string): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(search));

export const text = (raw: Raw, name: string): string | undefined => {
  const value = raw[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
};

export const oneOf = <T extends string>(raw: Raw, name: string, of: readonly T[]): T | undefined =>
  of.find((each) => each === raw[name]);

/** "A,B", of which only what is known counts. */
export const someOf = <T extends string>(raw: Raw, name: string, of: readonly T[]): string | undefined => {
  const known = list(text(raw, name)).filter((each) => (of as readonly string[]).includes(each));
  return known.length > 0 ? known.join(',') : undefined;
};

export const list = (joined: string | undefined): string[] => joined?.split(',').filter(Boolean) ?? [];

/** For an input of the API: undefined where nothing is chosen, which is no condition. */
export const chosen = <T extends string>(joined: string | undefined): T[] | undefined => {
  const all = list(joined) as T[];
  return all.length > 0 ? all : undefined;
};

export const yesNo = (joined: string | undefined): boolean | undefined =>
  joined === 'yes' ? true : joined === 'no' ? false : undefined;

const date = /^\d{4}-\d{2}-\d{2}$/;

/** A day as a date field writes it. */
export const dayOf = (raw: Raw, name: string): string | undefined => {
  const value = text(raw, name);
  return value && date.test(value) && !Number.isNaN(Date.parse(value)) ? value : undefined;
};

/** When a day begins, some days later, by the reader's own clock. */
export function begins(day: string, later = 0): string {
  const at = new Date(`${day}T00:00:00`);
  at.setDate(at.getDate() + later);
  return at.toISOString();
}
