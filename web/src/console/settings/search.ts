// The state of the settings, as it stands in the address.
import type { AuditFilter, MessageChannel, StaffMemberFilter, StaffRole } from '../../gql/graphql';
import { begins, chosen, dayOf, oneOf, type Raw, someOf, text, yesNo } from '../parts/search';
import { actors, subjects } from './words';

export const tabs = ['suppressions', 'staff', 'signins', 'tokens', 'password', 'audit'] as const;
export type SettingsTab = (typeof tabs)[number];

export interface SettingsSearch {
  tab?: SettingsTab | undefined;
  /** An address, or part of a name. */
  search?: string | undefined;
  channel?: MessageChannel | undefined;
  role?: string | undefined;
  location?: string | undefined;
  /** Whether members may come in; with none chosen those who may. */
  active?: 'all' | 'no' | undefined;
  /** The one of staff who is looked at. */
  member?: string | undefined;
  /** Of the audit trail: who did it and what it was done to. */
  by?: string | undefined;
  about?: string | undefined;
  actor?: string | undefined;
  subject?: string | undefined;
  from?: string | undefined;
  until?: string | undefined;
}

const roles = ['ADMIN', 'MANAGER', 'ATTENDANT'] as const satisfies StaffRole[];

export const readSettingsSearch = (raw: Raw): SettingsSearch => ({
  tab: oneOf(raw, 'tab', tabs),
  search: text(raw, 'search'),
  channel: oneOf(raw, 'channel', ['EMAIL', 'SMS'] as const),
  role: someOf(raw, 'role', roles),
  location: text(raw, 'location'),
  active: oneOf(raw, 'active', ['all', 'no'] as const),
  member: text(raw, 'member'),
  by: text(raw, 'by'),
  about: text(raw, 'about'),
  actor: someOf(raw, 'actor', Object.keys(actors)),
  subject: someOf(raw, 'subject', Object.keys(subjects)),
  from: dayOf(raw, 'from'),
  until: dayOf(raw, 'until'),
});

export const membersOf = (s: SettingsSearch): StaffMemberFilter => ({
  search: s.search,
  roles: chosen<StaffRole>(s.role),
  locationIds: chosen(s.location),
  active: s.active === 'all' ? undefined : (yesNo(s.active) ?? true),
});

export const eventsOf = (s: SettingsSearch): AuditFilter => ({
  actorId: s.by,
  subjectId: s.about,
  actorKinds: chosen(s.actor),
  subjectKinds: chosen(s.subject),
  locationIds: chosen(s.location),
  from: s.from && begins(s.from),
  before: s.until && begins(s.until, 1),
});
