// What stands in the address: the state of the list of submissions, and which submission.
import type {
  PaymentMethodType,
  SubmissionFilter,
  SubmissionOrder,
  SubmissionSort,
  SubmissionStatus,
} from '../../gql/graphql';
import { chosen, oneOf, type Raw, someOf, text } from '../parts/search';
import { submissionStatuses } from '../parts/words';

export const statuses = Object.keys(submissionStatuses) as SubmissionStatus[];
const sorts = [
  'TENANT',
  'PLAN',
  'LOCATION',
  'CARD_PRICE',
  'ACH_PRICE',
  'INSURANCE',
  'ANCHOR_DAY',
  'STATUS',
  'SUBMITTED_AT',
  'MONTHLY_TOTAL',
  'WAITING_SINCE',
] as const satisfies SubmissionSort[];

export interface SubmissionSearch {
  search?: string | undefined;
  status?: string | undefined;
  location?: string | undefined;
  method?: PaymentMethodType | undefined;
  sort?: SubmissionSort | undefined;
  direction?: 'ASC' | 'DESC' | undefined;
}

export const readSubmissionSearch = (raw: Raw): SubmissionSearch => ({
  search: text(raw, 'search'),
  status: someOf(raw, 'status', statuses),
  location: text(raw, 'location'),
  method: oneOf(raw, 'method', ['CARD', 'US_BANK_ACCOUNT'] as const),
  sort: oneOf(raw, 'sort', sorts),
  direction: oneOf(raw, 'direction', ['ASC', 'DESC'] as const),
});

export const filterOf = (s: SubmissionSearch): SubmissionFilter => ({
  search: s.search,
  statuses: chosen<SubmissionStatus>(s.status),
  locationIds: chosen(s.location),
  methods: s.method && [s.method],
});

export const orderOf = (s: SubmissionSearch): SubmissionOrder & { direction: 'ASC' | 'DESC' } =>
  s.sort ? { by: s.sort, direction: s.direction ?? 'ASC' } : { by: 'SUBMITTED_AT', direction: 'DESC' };

/** Emails to staff name a submission by its UUID, the API by the same digits behind "sbm_". Null for what is no UUID. */
export const idOfMail = (id: string): string | null =>
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)
    ? `sbm_${id.replaceAll('-', '').toLowerCase()}`
    : null;
