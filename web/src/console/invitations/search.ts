// The state of the list of invitations, as it stands in the address.
import type { InvitationFilter, InvitationOrder, InvitationSort, InvitationStatus } from '../../gql/graphql';
import { chosen, oneOf, type Raw, someOf, text, yesNo } from '../parts/search';

export const statuses = ['PENDING', 'SENT', 'CLAIMED', 'REVOKED'] as const satisfies InvitationStatus[];
const sorts = [
  'TENANT',
  'PLAN',
  'LOCATION',
  'CARD_PRICE',
  'ACH_PRICE',
  'INSURANCE',
  'ANCHOR_DAY',
  'STATUS',
  'CREATED_AT',
] as const satisfies InvitationSort[];

export interface InvitationSearch {
  search?: string | undefined;
  status?: string | undefined;
  location?: string | undefined;
  plan?: string | undefined;
  phone?: 'yes' | 'no' | undefined;
  texted?: 'yes' | 'no' | undefined;
  failed?: 'yes' | 'no' | undefined;
  expired?: 'yes' | 'no' | undefined;
  anchor?: string | undefined;
  from?: string | undefined;
  until?: string | undefined;
  sort?: InvitationSort | undefined;
  direction?: 'ASC' | 'DESC' | undefined;
}

const either = ['yes', 'no'] as const;
const date = /^\d{4}-\d{2}-\d{2}$/;

export function readInvitationSearch(raw: Raw): InvitationSearch {
  const on = (name: string) => {
    const value = text(raw, name);
    return value && date.test(value) ? value : undefined;
  };
  return {
    search: text(raw, 'search'),
    status: someOf(raw, 'status', statuses),
    location: text(raw, 'location'),
    plan: text(raw, 'plan'),
    phone: oneOf(raw, 'phone', either),
    texted: oneOf(raw, 'texted', either),
    failed: oneOf(raw, 'failed', either),
    expired: oneOf(raw, 'expired', either),
    anchor: text(raw, 'anchor'),
    from: on('from'),
    until: on('until'),
    sort: oneOf(raw, 'sort', sorts),
    direction: oneOf(raw, 'direction', ['ASC', 'DESC'] as const),
  };
}

export function filterOf(s: InvitationSearch): InvitationFilter {
  const days = chosen(s.anchor)
    ?.map(Number)
    .filter((day) => day >= 1 && day <= 31);
  return {
    search: s.search,
    statuses: chosen<InvitationStatus>(s.status),
    locationIds: chosen(s.location),
    planIds: chosen(s.plan),
    anchorDays: days?.length ? days : undefined,
    hasPhone: yesNo(s.phone),
    texted: yesNo(s.texted),
    deliveryFailed: yesNo(s.failed),
    linkExpired: yesNo(s.expired),
    createdFrom: s.from && new Date(`${s.from}T00:00:00`).toISOString(),
    createdBefore: s.until && dayAfter(s.until),
  };
}

function dayAfter(iso: string): string {
  const day = new Date(`${iso}T00:00:00`);
  day.setDate(day.getDate() + 1);
  return day.toISOString();
}

export const orderOf = (s: InvitationSearch): InvitationOrder & { direction: 'ASC' | 'DESC' } =>
  s.sort ? { by: s.sort, direction: s.direction ?? 'ASC' } : { by: 'CREATED_AT', direction: 'DESC' };
