import { type Refusals } from '../api';
import { Refused } from '../parts/trouble';
import type { Draft } from './draft';

/** The fields that the form of an invitation has by now: beside these a refusal is shown. */
export function fieldsOf(draft: Draft, fixedRecipient: boolean): string[] {
  const of = ['planId', 'unit', 'anchorDay', 'insurancePlanId'];
  if (draft.override && draft.plan) {
    of.push('cardPrice', 'cardPrice.amount');
    if (draft.plan.achPrice) of.push('achPrice', 'achPrice.amount');
  }
  if (fixedRecipient) return of;
  if (!draft.isNew) return [...of, 'tenantId'];
  of.push('newTenant.name', 'newTenant.email', 'newTenant.phone');
  if (draft.phone.trim()) of.push('newTenant.phoneConsent.givenAt', 'newTenant.phoneConsent.source');
  return of;
}

/** What was refused and stands beside no field that can be seen. */
export function Others({ refused, fields }: { refused: Refusals; fields: readonly string[] }) {
  const others = Object.entries(refused).filter(([name]) => !fields.includes(name));
  return <Refused message={others.map(([, message]) => message).join(' ') || undefined} />;
}
