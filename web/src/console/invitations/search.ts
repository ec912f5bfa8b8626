// The state of the list of invitations, as it stands in the address.
import type { InvitationFilter, InvitationOrder, InvitationSort, InvitationStatus } from '../../gql/graphql';
import { begins, chosen, dayOf, oneOf, type Raw, someOf, text, yesNo } from '../parts/search';

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

export function readInvitationSearch(raw: Raw): InvitationSearch {
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
    from: dayOf(raw, 'from'),
    until: dayOf(raw, 'until'),
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
    createdFrom: s.from && begins(s.from),
    createdBefore: s.until && begins(s.until, 1),
  };
}

export const orderOf = (s: InvitationSearch): InvitationOrder & { direction: 'ASC' | 'DESC' } =>
  s.sort ? { by: s.sort, direction: s.direction ?? 'ASC' } : { by: 'CREATED_AT', direction: 'DESC' };
