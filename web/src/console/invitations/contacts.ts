// What is typed of a tenant's contact, and what of it is written.
import type { Language, TenantContactFragment, UpdateTenantInput } from '../../gql/graphql';
import { consentOf, noConsent } from './draft';

export interface Contacts {
  name: string;
  email: string;
  phone: string;
  language: Language | '';
  consentOn: string;
  consentSource: string;
}

type Read = Pick<TenantContactFragment, 'name' | 'email' | 'phone' | 'language'>;

export const contactsOf = (t: Read): Contacts => ({
  name: t.name,
  email: t.email ?? '',
  phone: t.phone ?? '',
  language: t.language ?? '',
  ...noConsent,
});

const names = ['name', 'email', 'phone', 'language', 'consentOn', 'consentSource'] as const;

export const same = (a: Contacts, b: Contacts) => names.every((name) => a[name].trim() === b[name].trim());

/** Only what differs from what was read. A consent goes with its number, also where that is the one on file. */
export function changesOf(typed: Contacts, read: Read): Omit<UpdateTenantInput, 'id'> {
  const before = contactsOf(read);
  const changed = (name: 'name' | 'email' | 'phone') => {
    const now = typed[name].trim();
    return now === before[name] ? undefined : now;
  };
  const phoneConsent = consentOf(typed.consentOn, typed.consentSource);
  return {
    name: changed('name'),
    email: changed('email'),
    phone: phoneConsent ? typed.phone.trim() : changed('phone'),
    phoneConsent,
    language: typed.language && typed.language !== before.language ? typed.language : undefined,
  };
}
