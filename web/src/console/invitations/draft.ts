// What is being typed in the form of an invitation, and how the API wants it.
import type {
  CreateInvitationInput,
  InvitationViewFragment,
  NewTenantInput,
  PhoneConsentInput,
  PlanChoiceFragment,
} from '../../gql/graphql';
import type { Amount } from '../../shared/format';
import { sum, typedPrice } from '../parts/decimal';

export interface Known {
  id: string;
  name: string;
  email?: string | null | undefined;
  phone?: string | null | undefined;
}

export interface Draft {
  /** Somebody who is known, or null: somebody new, with name and email. */
  tenant: Known | null;
  isNew: boolean;
  name: string;
  email: string;
  phone: string;
  consentOn: string;
  consentSource: string;
  locationId: string | null;
  plan: PlanChoiceFragment | null;
  unit: string;
  override: boolean;
  cardPrice: string;
  achPrice: string;
  anchorDay: string;
  insurance: { id: string; name: string; price: Amount } | null;
}

/** Beside the day of a consent that has none. */
export const dayRefused = (day: string, refused: string | undefined) =>
  refused && (day ? refused : 'Enter when the tenant gave the consent.');

/** For another recipient: a consent is of one person alone. */
export const noConsent = { consentOn: '', consentSource: '' };

export const blank = (locationId: string | null): Draft => ({
  tenant: null,
  isNew: false,
  name: '',
  email: '',
  phone: '',
  ...noConsent,
  locationId,
  plan: null,
  unit: '',
  override: false,
  cardPrice: '',
  achPrice: '',
  anchorDay: '1',
  insurance: null,
});

interface Overrides {
  cardPriceOverride?: Amount | null | undefined;
  achPriceOverride?: Amount | null | undefined;
}

/** An offer's own prices. One that follows the plan stays empty, or the next saving would freeze it as it is today. */
export const ownPrices = ({ cardPriceOverride: card, achPriceOverride: ach }: Overrides) => ({
  override: !!card || !!ach,
  cardPrice: card?.amount ?? '',
  achPrice: ach?.amount ?? '',
});

export const draftOf = (i: InvitationViewFragment): Draft => ({
  ...blank(i.location.id),
  tenant: i.tenant,
  phone: i.tenant.phone ?? '',
  plan: i.plan,
  unit: i.unit,
  ...ownPrices(i),
  anchorDay: String(i.anchorDay),
  insurance: i.insurancePlan ?? null,
});

/** What is paid each month with each way to pay; null where it cannot be said yet, or that way is not taken. */
export function monthly(d: Draft): { card: Amount | null; ach: Amount | null } {
  const of = (standard: Amount | null | undefined, typed: string) => {
    const price = priceOf(d, standard, typed);
    return price && (d.insurance ? sum(price, d.insurance.price) : sum(price));
  };
  return { card: of(d.plan?.cardPrice, d.cardPrice), ach: of(d.plan?.achPrice, d.achPrice) };
}

/** The plan's price, or what was typed in its place. */
export function priceOf(d: Draft, standard: Amount | null | undefined, typed: string): Amount | null {
  if (!standard) return null;
  const own = d.override ? typedPrice(typed) : '';
  return own === '' ? standard : { ...standard, amount: own };
}

type Offer = Pick<
  CreateInvitationInput,
  'planId' | 'unit' | 'cardPrice' | 'achPrice' | 'anchorDay' | 'insurancePlanId'
>;

/** The offer without its recipient. */
export function offerOf(d: Draft): Offer {
  const own = (typed: string, standard: Amount | null | undefined) => {
    const amount = typedPrice(typed);
    return d.override && standard && amount !== '' ? { amount, currency: standard.currency } : undefined;
  };
  return {
    planId: d.plan?.id ?? '',
    unit: d.unit.trim(),
    cardPrice: own(d.cardPrice, d.plan?.cardPrice),
    achPrice: own(d.achPrice, d.plan?.achPrice),
    anchorDay: Number(d.anchorDay) || 0,
    insurancePlanId: d.insurance?.id,
  };
}

/**
 * A consent as the API wants it; none where neither field is filled. Without a day it is one that the API refuses beside that field:
 * where the consent was given is not dropped without a word.
 */
export const consentOf = (day: string, source: string): PhoneConsentInput | undefined =>
  day || source.trim()
    ? {
        givenAt: day ? new Date(`${day}T00:00:00`).toISOString() : '0001-01-01T00:00:00Z',
        source: source.trim(),
      }
    : undefined;

const newTenant = (d: Draft): NewTenantInput => ({
  name: d.name.trim(),
  email: d.email.trim(),
  phone: d.phone.trim() || undefined,
  phoneConsent: d.phone.trim() ? consentOf(d.consentOn, d.consentSource) : undefined,
});

export const recipientOf = (d: Draft): Pick<CreateInvitationInput, 'tenantId' | 'newTenant'> =>
  d.isNew ? { newTenant: newTenant(d) } : { tenantId: d.tenant?.id };

/** What to write to the record of the tenant who is invited: another number than the one on file. Null where nothing changed. */
export function phoneOf(d: Draft, { id, phone: onFile }: Pick<Known, 'id' | 'phone'>) {
  const phone = d.phone.trim();
  if (d.isNew ? !phone || !!onFile : phone === (d.tenant?.phone ?? '')) return null;
  return { id, phone, phoneConsent: phone ? consentOf(d.consentOn, d.consentSource) : undefined };
}

/** Whoever was entered as new may be known by that email, and keeps the number on file: that one, where it is not what was typed. */
export function keptOf(d: Draft, { phone: onFile }: Pick<Known, 'phone'>): string | null {
  const digits = (number: string) => number.replace('(0)', '').replace(/\D/g, '');
  return d.isNew && d.phone.trim() && onFile && digits(onFile) !== digits(d.phone) ? onFile : null;
}
