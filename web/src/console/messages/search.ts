// The state of the messages, as it stands in the address.
import type {
  DeliveryFilter,
  DeliveryPurpose,
  DeliveryStatus,
  EmailCorrectionFilter,
  EmailCorrectionState,
  MessageChannel,
  TextReplyKind,
} from '../../gql/graphql';
import { chosen, oneOf, type Raw, someOf, text } from '../parts/search';
import { correctionStates, deliveryStatuses, purposes, replyKinds } from './words';

export const tabs = ['replies', 'deliveries', 'corrections'] as const;
export type MessagesTab = (typeof tabs)[number];

const keys = <K extends string>(of: Record<K, string>) => Object.keys(of) as K[];

export interface MessagesSearch {
  tab?: MessagesTab | undefined;
  /** Of replies: all, or those that were dealt with. Otherwise those that wait. */
  handled?: 'all' | 'yes' | undefined;
  kind?: string | undefined;
  status?: string | undefined;
  channel?: MessageChannel | undefined;
  purpose?: string | undefined;
  /** Of corrections: all. Otherwise those that wait. */
  state?: string | undefined;
  location?: string | undefined;
}

export const readMessagesSearch = (raw: Raw): MessagesSearch => ({
  tab: oneOf(raw, 'tab', tabs),
  handled: oneOf(raw, 'handled', ['all', 'yes'] as const),
  kind: someOf(raw, 'kind', keys(replyKinds)),
  status: someOf(raw, 'status', keys(deliveryStatuses)),
  channel: oneOf(raw, 'channel', ['EMAIL', 'SMS'] as const),
  purpose: someOf(raw, 'purpose', keys(purposes)),
  state: oneOf(raw, 'state', ['all', ...keys(correctionStates)] as const),
  location: text(raw, 'location'),
});

export const repliesOf = (s: MessagesSearch) => ({
  handled: s.handled === 'all' ? undefined : s.handled === 'yes',
  kinds: chosen<TextReplyKind>(s.kind),
});

export const deliveriesOf = (s: MessagesSearch): DeliveryFilter => ({
  statuses: chosen<DeliveryStatus>(s.status),
  channel: s.channel,
  purposes: chosen<DeliveryPurpose>(s.purpose),
  locationIds: chosen(s.location),
});

export const correctionsOf = (s: MessagesSearch): EmailCorrectionFilter => ({
  states: s.state === 'all' ? undefined : [(s.state as EmailCorrectionState | undefined) ?? 'PENDING'],
  locationIds: chosen(s.location),
});
