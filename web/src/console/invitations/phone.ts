import {
  type TenantContactFragment,
  UpdateTenantDocument,
  type UserWarningCode,
  type WarningFragment,
} from '../../gql/graphql';
import { ask } from '../../shared/ask';
import { said } from '../api';
import { type Draft, keptOf, type Known, phoneOf } from './draft';

interface Written {
  /** The tenant as they are now; none where nothing was to be written, or was. */
  tenant?: TenantContactFragment | null | undefined;
  /** Why the number that was typed is not on file. */
  refused?: string;
  /** What was typed was not asked for: another number is on file. */
  isKept?: boolean;
  warnings: readonly WarningFragment[];
}

/** The number of whom was invited, after the invitation: that one stands whatever becomes of this, also where no answer comes. */
export async function writePhone(draft: Draft, invited: Pick<Known, 'id' | 'phone'>): Promise<Written> {
  const kept = keptOf(draft, invited);
  if (kept)
    return { refused: `${kept} is on file and stays. Change it under Contact.`, isKept: true, warnings: [] };
  const input = phoneOf(draft, invited);
  if (!input) return { warnings: [] };
  try {
    const { tenant, userErrors, warnings } = (await ask(UpdateTenantDocument, { input })).updateTenant;
    if (userErrors.length === 0) return { tenant, warnings };
    return { refused: userErrors.map(({ message }) => message).join(' '), warnings: [] };
  } catch (error) {
    return { refused: said(error), warnings: [] };
  }
}

const ofNumber: readonly UserWarningCode[] = ['PHONE_IN_USE', 'ALREADY_TEXTED', 'SUPPRESSED'];

/** What to know of an offer that was saved and of the number after it: what was warned of about the number before is of no use any more. */
export function warningsOf(offer: readonly WarningFragment[], { tenant, warnings }: Written): string[] {
  const byEmail = tenant?.suppressions.some(({ channel }) => channel === 'EMAIL');
  const still = tenant
    ? offer.filter(({ code }) => !ofNumber.includes(code) || (code === 'SUPPRESSED' && byEmail))
    : offer;
  return [...new Set([...still, ...warnings].map(({ message }) => message))];
}
