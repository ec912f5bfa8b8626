import type {
  ActorKind,
  EventSubject,
  SignInWay,
  SuppressionReason,
  SuppressionScope,
  TokenScope,
} from '../../gql/graphql';

export const scopes: Record<SuppressionScope, string> = {
  INVITATIONS: 'No invitations and reminders',
  ALL: 'Nothing at all',
};

/** Why an address is on the list, and who takes it off. */
export const reasons: Record<SuppressionReason, { short: string; long: string }> = {
  STOP: { short: 'Answered STOP', long: 'The person lifts it by texting START.' },
  UNSUBSCRIBE: { short: 'Unsubscribed', long: 'The person lifts it on the page that an email links to.' },
  BOUNCE: { short: 'Bounced', long: 'The address does not exist, or refuses us for good.' },
  COMPLAINT: { short: 'Reported as spam', long: 'The person’s own word; nobody else lifts it.' },
  DO_NOT_CONTACT: { short: 'Do not contact', long: 'Entered by staff.' },
};

export const ways: Record<SignInWay, string> = {
  PASSWORD: 'Password',
  INVITATION: 'Invitation',
  OIDC: 'Company account',
};

export const tokenScopes: Record<TokenScope, { label: string; about: string }> = {
  READ_ONLY: { label: 'Read only', about: 'Reads what you see, and changes nothing.' },
  STAFF: { label: 'Staff', about: 'Acts as you, but for staff, passwords, sign-ins and tokens.' },
  GATE: { label: 'Gate', about: 'A reader at a gate of the chosen locations, and nothing else.' },
};

export const actors: Record<ActorKind, string> = {
  STAFF: 'Staff',
  TENANT: 'Tenant',
  SYSTEM: 'Carryover',
  INTEGRATION: 'Provider',
};

export const subjects: Record<EventSubject, string> = {
  INVITATION: 'Invitation',
  RESERVATION: 'Reservation',
  SUBMISSION: 'Submission',
  APPROVAL: 'Approval',
  SUBSCRIPTION: 'Subscription',
  DELIVERY: 'Message',
  BATCH: 'Bulk act',
  TENANT: 'Tenant',
  STAFF: 'Staff',
  SUPPRESSION: 'Suppression',
  TEXT_REPLY: 'Text reply',
  BILLING_ALARM: 'Billing alarm',
  LEGACY_MEMBERSHIP: 'Legacy membership',
  EMAIL_CORRECTION: 'Corrected email',
  SESSION: 'Counter session',
  COUNTER_MIGRATION: 'Counter migration',
  METHOD_CHANGE: 'Payment method',
};

/** "Firefox on Windows": enough for a person to know their own. */
export function browser(agent: string): string {
  const app = (
    [
      [/Edg\//, 'Edge'],
      [/OPR\//, 'Opera'],
      [/Firefox\/|FxiOS/, 'Firefox'],
      [/Chrome\/|CriOS/, 'Chrome'],
      [/Safari\//, 'Safari'],
    ] as const
  ).find(([sign]) => sign.test(agent))?.[1];
  const system = (
    [
      [/iPhone|iPad/, 'iOS'],
      [/Android/, 'Android'],
      [/Windows/, 'Windows'],
      [/Mac OS X/, 'macOS'],
      [/CrOS/, 'ChromeOS'],
      [/Linux/, 'Linux'],
    ] as const
  ).find(([sign]) => sign.test(agent))?.[1];
  if (!app) return agent || 'Unknown';
  return system ? `${app} on ${system}` : app;
}
