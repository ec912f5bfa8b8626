// Handing in: what the server's answer means for the tenant.
import { api, type Refusal, type Setup } from './api';
import type { SubmitSetupInput } from '../gql/graphql';

export type Outcome =
  /** The setup as it stands now; null where it has to be asked for. */
  | { kind: 'settled'; setup: Setup | null }
  /** What is on offer is not what was signed. Nothing was taken; the setup holds the new offer. */
  | { kind: 'changed'; setup: Setup }
  /** What was saved cannot be used (any more): it has to be saved again. */
  | { kind: 'method' }
  /** Something else holds it for a moment. Nothing was taken, and the same can be handed in again. */
  | { kind: 'busy' }
  | { kind: 'refused'; refusals: Refusal[] };

/** Hands in. Repeating it after a lost answer is safe: the same SetupIntent is answered with the same submission. */
export async function submit(input: SubmitSetupInput): Promise<Outcome> {
  const { setup, userErrors } = await api.submit(input);
  const has = (code: Refusal['code']) => userErrors.some((refusal) => refusal.code === code);
  if (has('QUOTE_CHANGED') && setup?.state === 'OPEN') return { kind: 'changed', setup };
  if (has('LINK_CLOSED') || has('QUOTE_CHANGED') || has('WRONG_STATE') || has('TAKEN')) {
    return { kind: 'settled', setup: null };
  }
  if (has('PAYMENT_METHOD_UNUSABLE')) return { kind: 'method' };
  if (has('BUSY')) return { kind: 'busy' };
  if (userErrors.length > 0) return { kind: 'refused', refusals: userErrors };
  if (setup?.state === 'OPEN') return { kind: 'method' }; // it was handed in before, and that attempt came to nothing
  return { kind: 'settled', setup };
}
