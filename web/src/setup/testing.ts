// A server for tests of the page: answers of the API and of the stand-in, and what was asked of them.
import documents from '../../documents.json';
import { vi } from 'vitest';

import type { SubmitSetupInput } from '../gql/graphql';
import type { Amount } from '../shared/format';
import type { Offer, Setup } from './api';

export const usd = (amount: string): Amount => ({ amount, currency: 'USD' });

export function anOffer(changed: Partial<Offer> = {}): Offer {
  return {
    anchorDay: 15,
    digest: 'digest-1',
    mandate: 'I authorize the location to debit this account.',
    card: {
      lines: [{ kind: 'PLAN', description: 'North Light Studio', amount: usd('129.00') }],
      total: usd('129.00'),
    },
    ach: {
      lines: [{ kind: 'PLAN', description: 'North Light Studio', amount: usd('119.00') }],
      total: usd('119.00'),
    },
    starts: [
      {
        option: 'CURRENT_MONTH',
        dueToday: usd('129.00'),
        nextChargeOn: '2026-04-15',
        nextCharge: usd('129.00'),
      },
      { option: 'NEXT_MONTH', dueToday: usd('0.00'), nextChargeOn: '2026-04-15', nextCharge: usd('129.00') },
    ],
    achStarts: [
      {
        option: 'CURRENT_MONTH',
        dueToday: usd('119.00'),
        nextChargeOn: '2026-04-15',
        nextCharge: usd('119.00'),
      },
      { option: 'NEXT_MONTH', dueToday: usd('0.00'), nextChargeOn: '2026-04-15', nextCharge: usd('119.00') },
    ],
    terms: { id: 'terms-1', language: 'EN', body: 'You rent a room.\n\nYou pay each month.' },
    ...changed,
  };
}

export function aSetup(changed: Partial<Setup> = {}): Setup {
  const state = changed.state ?? 'OPEN';
  return {
    state,
    greetingName: 'Dana',
    locationName: 'Greenpoint Art Lofts',
    planName: 'North Light Studio',
    unit: 'Studio 9',
    reopenedReason: '',
    reopenedLanguage: null,
    verification: null,
    email: state === 'OPEN' ? 'dana@home.example' : null,
    confirmation: null,
    nextCharge: null,
    offer: state === 'OPEN' ? anOffer() : null,
    ...changed,
  };
}

type Submitted = {
  setup: Setup | null;
  userErrors: { code: string; field: string[] | null; message: string }[];
};

/** What the server answers; replace a field for another answer. A thrown error is a connection that broke. */
export class Server {
  setup: () => Setup | null = () => aSetup();
  start = () => ({
    clientSecret: 'seti_1_secret_2' as string | null,
    publishableKey: 'pk_test_1' as string | null,
    userErrors: [] as Submitted['userErrors'],
  });
  submit: (input: SubmitSetupInput) => Submitted = () => ({
    setup: aSetup({ state: 'SUBMITTED' }),
    userErrors: [],
  });
  confirm: (form: URLSearchParams) => object = () => ({ id: 'seti_1', status: 'succeeded' });

  /** The names of what was asked, in order. */
  readonly asked: string[] = [];
  readonly submitted: SubmitSetupInput[] = [];
  readonly languages: string[] = [];

  constructor() {
    vi.stubGlobal('fetch', async (url: string, request: { body: string }) => {
      await Promise.resolve();
      return new Response(JSON.stringify(this.answer(url, request.body)));
    });
  }

  private answer(url: string, body: string): object {
    if (url.endsWith('/confirm')) {
      this.asked.push('confirm');
      return this.confirm(new URLSearchParams(body));
    }
    const { documentId, variables } = JSON.parse(body) as {
      documentId: keyof typeof documents;
      variables: { language: string };
    };
    const operation = /(?:query|mutation) (\w+)/.exec(documents[documentId])![1]!;
    this.asked.push(operation);
    if (operation === 'Setup') {
      this.languages.push(variables.language);
      return { data: { setup: this.setup() } };
    }
    if (operation === 'StartSetup') return { data: { startSetup: this.start() } };
    const { input } = variables as unknown as { input: SubmitSetupInput };
    this.submitted.push(input);
    return { data: { submitSetup: this.submit(input) } };
  }
}

/** Says that the server runs the stand-in, as web.Setup does. */
export function nameStandIn(): void {
  const meta = document.createElement('meta');
  meta.name = 'stripe-base';
  meta.content = '/sandbox/stripe';
  document.head.replaceChildren(meta);
}

/** Opens an address as a browser would before the page's script runs. */
export function visit(path: string): void {
  window.history.replaceState(null, '', path);
}
