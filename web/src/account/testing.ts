// A server for tests of the page: answers of the API and of the stand-in, and what was asked of them.
import documents from '../../documents.json';
import { vi } from 'vitest';

import { usd } from '../setup/testing';
import type { Account, Reservation } from './api';

export function aReservation(changed: Partial<Reservation> = {}): Reservation {
  return {
    id: 'rsv_1',
    planName: 'North Light Studio',
    unit: 'Studio 9',
    locationName: 'Greenpoint Art Lofts',
    status: 'APPROVED',
    asked: 'NOTHING',
    askedReason: '',
    askedUrl: null,
    confirmation: null,
    monthlyTotal: usd('129.00'),
    paymentMethod: 'Visa ending 4242',
    nextCharge: { on: '2026-04-15', amount: usd('129.00') },
    changeableTo: ['CARD'],
    mandate: null,
    methodChange: null,
    steps: [
      { status: 'READY_FOR_APPROVAL', on: '2026-03-10' },
      { status: 'APPROVED', on: '2026-03-11' },
    ],
    ...changed,
  };
}

export function anAccount(changed: Partial<Account> = {}): Account {
  return {
    greetingName: 'Dana',
    email: 'dana@home.example',
    requestedEmail: null,
    reservations: [aReservation()],
    ...changed,
  };
}

interface Asked {
  operation: string;
  input?: Record<string, unknown>;
}

/** What the server answers; replace a field for another answer. A thrown error is a connection that broke. */
export class Server {
  signedIn = true;
  account: () => Account = () => anAccount();
  link: () => boolean = () => true;
  change: () => object = () => ({ account: this.account(), userErrors: [] });
  email: () => object = () => ({ account: this.account(), userErrors: [] });
  start: () => object = () => ({
    clientSecret: 'seti_1_secret_2',
    publishableKey: 'pk_test_1',
    userErrors: [],
  });
  errors: (operation: string) => object[] = () => [];
  /** How long the way back of an answer takes. */
  way: (operation: string) => Promise<void> = () => Promise.resolve();
  confirm: () => object = () => ({ id: 'seti_1', status: 'succeeded' });
  readonly asked: Asked[] = [];

  constructor() {
    vi.stubGlobal('fetch', async (url: string, request: { body: string }) => {
      await Promise.resolve();
      if (url.endsWith('/confirm')) return Response.json(this.confirm());
      const data = this.answer(request.body);
      const { operation } = this.asked.at(-1)!;
      const errors = this.errors(operation);
      await this.way(operation);
      return Response.json(errors.length > 0 ? { data: null, errors } : { data });
    });
  }

  inputs(operation: string) {
    return this.asked.filter((each) => each.operation === operation).map((each) => each.input);
  }

  private answer(body: string): object {
    const { documentId, variables } = JSON.parse(body) as {
      documentId: keyof typeof documents;
      variables: { input?: Asked['input'] };
    };
    const operation = /(?:query|mutation) (\w+)/.exec(documents[documentId])![1]!;
    this.asked.push({ operation, input: variables.input });
    switch (operation) {
      case 'Account':
        return { viewer: this.signedIn ? { tenant: this.account() } : null };
      case 'SignInWithLink':
        this.signedIn = this.link();
        return this.signedIn
          ? { signInWithLink: { viewer: { tenant: this.account() }, userErrors: [] } }
          : {
              signInWithLink: {
                viewer: null,
                userErrors: [{ code: 'LINK_CLOSED', field: null, message: '' }],
              },
            };
      case 'RequestSignInLink':
        return { requestSignInLink: { userErrors: [] } };
      case 'SignOut':
        this.signedIn = false;
        return { signOut: { userErrors: [] } };
      case 'StartMethodChange':
        return { startMethodChange: this.start() };
      case 'ChangePaymentMethod':
        return { changePaymentMethod: this.change() };
      default:
        return { requestEmailChange: this.email() };
    }
  }
}
