// What this tab remembers over a reload, and nothing longer: the storage ends with the tab.
//
// The token is the only key to an offer. It arrives in the address, which browsers keep, sync and show over shoulders: so it
// moves here at once, and the address that is left opens nothing.

import type { Language, PaymentMethodType } from '../gql/graphql';

const keys = {
  token: 'setup.token',
  saved: 'setup.saved',
  leaving: 'setup.leaving',
  name: 'setup.name',
  email: 'setup.email',
  language: 'setup.language',
};

/** A card or bank account that is saved at Stripe, or on its way to be. A bank account's mandate was accepted before. */
export interface Saved {
  type: PaymentMethodType;
  /** Of the SetupIntent that saves it. */
  intentId: string;
  /** As a person knows it, "Visa 4242"; empty where only Stripe knows. */
  label: string;
}

/** Takes the token out of the address. A reload finds it again; another tab or a bookmark does not. */
export function takeToken(): string | null {
  const inPath = /^\/setup\/([^/]+)$/.exec(location.pathname)?.[1];
  if (!inPath) return sessionStorage.getItem(keys.token);
  if (inPath !== sessionStorage.getItem(keys.token)) forgetDraft(); // it was another offer's
  sessionStorage.setItem(keys.token, inPath);
  history.replaceState(null, '', '/setup/');
  return inPath;
}

/** Where a bank's page leads back to. */
export const returnAddress = () => location.origin + location.pathname;

/** Goes to a bank's page, where the tenant confirms this method. */
export function leaveFor(url: string, method: Saved): void {
  const target = new URL(url, location.origin);
  if (!/^https?:$/.test(target.protocol)) throw new Error(`${target.protocol} leads to no bank`);
  sessionStorage.setItem(keys.leaving, JSON.stringify(method));
  location.assign(target.href);
}

/**
 * Answers, once, how a visit to a bank's page ended: https://docs.stripe.com/payments/save-and-reuse. Null where there was no
 * visit, or where the address speaks of an attempt that this tab knows nothing of.
 */
export function takeReturn(): (Saved & { succeeded: boolean }) | null {
  const query = new URLSearchParams(location.search);
  const leaving = read<Saved>(keys.leaving);
  sessionStorage.removeItem(keys.leaving);
  if (!query.has('setup_intent')) return null;
  history.replaceState(null, '', location.pathname);
  if (leaving?.intentId !== query.get('setup_intent')) return null;
  return { ...leaving, succeeded: query.get('redirect_status') === 'succeeded' };
}

/** What the tenant has filled in and not handed in yet. */
export const draft = {
  saved: () => read<Saved>(keys.saved),
  keepSaved(method: Saved | null) {
    if (method) sessionStorage.setItem(keys.saved, JSON.stringify(method));
    else sessionStorage.removeItem(keys.saved);
  },
  name: () => sessionStorage.getItem(keys.name) ?? '',
  keepName(name: string) {
    sessionStorage.setItem(keys.name, name);
  },
  /** The tenant's own address; null where the one on file is right. */
  email: () => sessionStorage.getItem(keys.email),
  keepEmail(email: string | null) {
    if (email === null) sessionStorage.removeItem(keys.email);
    else sessionStorage.setItem(keys.email, email);
  },
};

/** Once it is handed in, or belongs to an offer that this tab has left. */
export function forgetDraft(): void {
  for (const key of [keys.saved, keys.name, keys.email, keys.leaving]) sessionStorage.removeItem(key);
}

/** The language chosen on this page, else the browser's. */
export function firstLanguage(): Language {
  const chosen = sessionStorage.getItem(keys.language);
  if (chosen === 'EN' || chosen === 'ES') return chosen;
  const understood = navigator.languages.find((tag) => /^(en|es)\b/i.test(tag));
  return understood?.toLowerCase().startsWith('es') ? 'ES' : 'EN';
}

export function rememberLanguage(language: Language): void {
  sessionStorage.setItem(keys.language, language);
}

function read<T>(key: string): T | null {
  const stored = sessionStorage.getItem(key);
  return stored ? (JSON.parse(stored) as T) : null;
}
