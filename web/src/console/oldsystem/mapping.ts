// What a person says of the columns of a file. Only what is said otherwise than it is known is sent: the rest is as it was for the
// source's last file, or found out by the heading.
import type { LegacyColumnInput, LegacyField } from '../../gql/graphql';

/** A column that is not taken. */
export const nothing = 'NOTHING';

export type Choice = LegacyField | typeof nothing | '';

interface Known {
  header: string;
  field?: LegacyField | null | undefined;
}

/** What stands beside a heading before anybody says otherwise: '' where the server finds it out. */
export function knownOf(header: string, known: readonly Known[]): Choice {
  const column = known.find((each) => each.header === header);
  return column ? (column.field ?? nothing) : '';
}

export type Said = Readonly<Record<string, Choice>>;

export function columnsOf(
  headings: readonly string[],
  said: Said,
  known: readonly Known[],
): LegacyColumnInput[] {
  return headings.flatMap((header) => {
    const choice = said[header];
    if (!choice || choice === knownOf(header, known)) return [];
    return [{ header, field: choice === nothing ? null : choice }];
  });
}

const several: Choice[] = ['EMAIL', 'PHONE', nothing, ''];

/** The headings that are said to hold what another column holds, too. */
export function twice(headings: readonly string[], of: (header: string) => Choice): Set<string> {
  const by = new Map<Choice, string[]>();
  for (const header of headings) {
    const choice = of(header);
    if (!several.includes(choice)) by.set(choice, [...(by.get(choice) ?? []), header]);
  }
  return new Set([...by.values()].filter((all) => all.length > 1).flat());
}
