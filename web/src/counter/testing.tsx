// A server for tests of the counter: sessions in every state, and what was asked of the API.
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router';
import { cleanup, render } from '@testing-library/react';
import { vi } from 'vitest';

import documents from '../../documents.json';
import { answers } from '../console/api';
import type {
  CandidateFragment,
  CardReaderFragment,
  CounterStep,
  Language,
  RefusalFragment,
} from '../gql/graphql';
import type { Migration, Session } from './acting';
import { SessionPage } from './session';
import { theme } from './theme';

const usd = (amount: string) => ({ amount, currency: 'USD' });

export const aCandidate = (changed: Partial<CandidateFragment> = {}): CandidateFragment => ({
  id: 'leg_1',
  name: 'Ana Pérez',
  plate: 'ABC 1234',
  memberNumber: 'M-1',
  phoneEnding: '0142',
  planName: 'Gold',
  price: usd('39.99'),
  carriedPrice: usd('39.99'),
  state: 'ACTIVE',
  nextBillingOn: '2026-12-31',
  endsOn: null,
  matchedBy: ['plate'],
  standing: 'MIGRATABLE',
  wayOn: '',
  sessionId: null,
  ...changed,
});

export const aReader = (changed: Partial<CardReaderFragment> = {}): CardReaderFragment => ({
  id: 'tmr_1',
  label: 'Front',
  isOnline: true,
  isBusy: false,
  ...changed,
});

export const aContact = (changed: Partial<Migration['contact']> = {}): Migration['contact'] => ({
  name: 'Ana Pérez',
  phone: '',
  email: '',
  emailSource: null,
  text: null,
  offerTyping: false,
  canText: Boolean(changed.phone),
  whyNoText: changed.phone ? '' : 'No phone is known.',
  canConfirm: false,
  missing: [],
  ...changed,
});

export const aText = (state: NonNullable<Migration['contact']['text']>['state']) => ({
  state,
  askedAt: '2026-11-28T17:04:00Z',
  reply: '',
  email: '',
  reason: '',
});

export const aCard = (changed: Partial<Migration['card']> = {}): Migration['card'] => ({
  state: 'NONE',
  label: '',
  reader: null,
  problem: '',
  offerTyping: false,
  ...changed,
});

const monthly = {
  lines: [{ kind: 'PLAN' as const, description: 'Unlimited', amount: usd('39.99') }],
  total: usd('39.99'),
};

export const anOffer = (changed: Partial<NonNullable<Migration['offer']>> = {}) => ({
  plan: { id: 'pla_1', name: 'Unlimited' },
  unit: '',
  monthly,
  anchorDay: 31,
  oldBillingDay: 31,
  firstChargeOn: '2026-12-31',
  problem: '',
  warning: '',
  ...changed,
});

export const anAgreement = (changed: Partial<NonNullable<Migration['agreement']>> = {}) => ({
  monthly,
  anchorDay: 31,
  firstChargeOn: '2026-12-31',
  dueToday: usd('0.00'),
  cardLabel: 'Visa ending 4242',
  language: 'EN' as Language,
  terms: { id: 'ter_1', language: 'EN' as Language, body: 'You pay each month.' },
  digest: 'one',
  ...changed,
});

const later: readonly CounterStep[] = ['CARD', 'CHECKOUT', 'TERMS', 'DONE'];

export function aMigration(step: CounterStep, changed: Partial<Migration> = {}): Migration {
  const known = later.includes(step);
  const onFile = known && step !== 'CARD';
  return {
    id: 'cmi_1',
    step,
    legacy: step === 'MATCH' ? null : aCandidate(),
    contact: known
      ? aContact({ phone: '+13035550142', email: 'ana@example.com', emailSource: 'TEXT', canConfirm: true })
      : aContact(),
    offer: step === 'MATCH' ? null : anOffer(),
    card: onFile ? aCard({ state: 'ON_FILE', label: 'Visa ending 4242' }) : aCard(),
    agreement: step === 'TERMS' ? anAgreement() : null,
    outcome:
      step === 'DONE'
        ? {
            submissionStatus: 'APPROVING',
            firstChargeOn: '2026-12-31',
            monthlyTotal: usd('39.99'),
            receipts: ['EMAIL'],
            warning: '',
          }
        : null,
    ...changed,
  };
}

export const aSession = (migration: Migration | null, changed: Partial<Session> = {}): Session => ({
  id: 'ses_1',
  location: { id: 'loc_1' },
  stage: migration ? (migration.step === 'DONE' ? 'MIGRATED' : 'MIGRATING') : 'PRE_GATE',
  plate: 'ABC 1234',
  rfid: '',
  openedBy: null,
  gate: 'Gate 2',
  openedAt: '2026-11-28T17:00:00Z',
  closedReason: '',
  candidates: [aCandidate()],
  canMigrate: migration === null,
  plans: [{ id: 'pla_2', name: 'Basic', cardPrice: usd('19.99') }],
  migration,
  ...changed,
});

interface Answered {
  session: Session;
  userErrors?: RefusalFragment[];
  clientSecret?: string;
  publishableKey?: string;
}

type Does = (input: Record<string, unknown>) => Answered;

/** Holds one session. An act without an answer of its own leaves it as it is. */
export class Server {
  readers: CardReaderFragment[] = [aReader()];
  found: CandidateFragment[] = [];
  acts: Record<string, Does> = {};
  /** What was asked, in order, with the input of acts. */
  readonly asked: [operation: string, input: Record<string, unknown>][] = [];

  constructor(public session: Session) {
    vi.stubGlobal('fetch', async (url: string, request: { body: string }) => {
      await Promise.resolve();
      if (url.endsWith('/confirm')) return Response.json({ id: 'seti_1', status: 'succeeded' });
      const { documentId, variables } = JSON.parse(request.body) as {
        documentId: keyof typeof documents;
        variables: { input?: Record<string, unknown> };
      };
      const [, kind, operation] = /(query|mutation|subscription) (\w+)/.exec(documents[documentId])!;
      if (kind === 'subscription') return new Response('event: complete\n\n');
      return Response.json({ data: this.answer(operation!, variables.input ?? variables) });
    });
  }

  /** How often it was asked. */
  times = (operation: string) => this.asked.filter(([each]) => each === operation).length;

  last = (operation: string) => this.asked.findLast(([each]) => each === operation)?.[1];

  private answer(operation: string, input: Record<string, unknown>): object {
    this.asked.push([operation, input]);
    if (operation === 'CounterSession') return { session: this.session };
    if (operation === 'Readers') return { readers: this.readers };
    if (operation === 'LegacyCandidates') return { legacyCandidates: this.found };
    const answer = this.acts[operation]?.(input) ?? { session: this.session };
    this.session = answer.session;
    const name = operation.charAt(0).toLowerCase() + operation.slice(1);
    return { [name]: { userErrors: [], ...answer } };
  }
}

/** Opens the session's page, as another device would. */
export function open(id = 'ses_1') {
  cleanup();
  answers.clear();
  const root = createRootRoute();
  const page = createRoute({ getParentRoute: () => root, path: '/sessions/$id', component: SessionPage });
  const list = createRoute({ getParentRoute: () => root, path: '/', component: () => 'The list' });
  const router = createRouter({
    routeTree: root.addChildren([page, list]),
    history: createMemoryHistory({ initialEntries: [`/sessions/${id}`] }),
  });
  return render(
    <MantineProvider theme={theme} env="test">
      <QueryClientProvider client={answers}>
        <RouterProvider router={router as never} />
      </QueryClientProvider>
    </MantineProvider>,
  );
}
