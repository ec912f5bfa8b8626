import { type TenantContactFragment, UpdateTenantDocument } from '../../gql/graphql';
import { ask } from '../../shared/ask';
import { said } from '../api';
import { type Draft, phoneOf } from './draft';

interface Written {
  /** The tenant as they are now; none where nothing was to be written, or was. */
  tenant?: TenantContactFragment | null | undefined;
  refused?: string;
}

/** A known tenant's new number, after the invitation: that one stands whatever becomes of this, also where no answer comes. */
export async function writePhone(draft: Draft): Promise<Written> {
  const input = phoneOf(draft);
  if (!input) return {};
  try {
    const { tenant, userErrors } = (await ask(UpdateTenantDocument, { input })).updateTenant;
    if (userErrors.length === 0) return { tenant };
    return { refused: userErrors.map(({ message }) => message).join(' ') };
  } catch (error) {
    return { refused: said(error) };
  }
}
