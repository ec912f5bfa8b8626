// Made-up answers of the API for the counter: every state of a session that the page knows.
const usd = (amount) => ({ amount, currency: 'USD' });

export const viewer = (role = 'ATTENDANT') => ({
  staff: { id: 'sta_1', name: 'Desmond Oyelaran', email: 'desk@example.com', role },
  locations: [],
});

export const counters = [
  { id: 'loc_1', name: 'Sparkle Car Wash, Federal Boulevard', timeZone: 'America/Denver' },
  { id: 'loc_2', name: 'Sparkle Car Wash, Colfax Avenue', timeZone: 'America/Denver' },
];

export const row = (changed = {}) => ({
  id: 'ses_1',
  stage: 'PRE_GATE',
  plate: 'ABC 1234',
  rfid: '',
  gate: 'Gate 2',
  openedBy: null,
  openedAt: new Date(Date.now() - 180_000).toISOString(),
  migration: null,
  ...changed,
});

export const rows = [
  row(),
  row({ id: 'ses_2', plate: '', rfid: 'E200 3412 0130', gate: '', openedBy: { name: 'Desmond Oyelaran' } }),
  row({ id: 'ses_3', stage: 'MIGRATING', plate: 'LONG 99887', migration: { step: 'CARD', legacy: { name: 'Maximiliana Whitfield-Oyelaran' } } }),
];

export const candidate = (changed = {}) => ({
  id: 'leg_1',
  name: 'Maximiliana Whitfield-Oyelaran',
  plate: 'ABC 1234',
  memberNumber: 'M-20931',
  phoneEnding: '0142',
  planName: 'Unlimited Deluxe with interior',
  price: usd('39.99'),
  nextBillingOn: '2026-12-31',
  endsOn: null,
  matchedBy: ['plate', 'phone'],
  standing: 'MIGRATABLE',
  wayOn: '',
  sessionId: null,
  ...changed,
});

const monthly = {
  lines: [{ kind: 'PLAN', description: 'Unlimited Deluxe', amount: usd('39.99') }],
  total: usd('39.99'),
};

export const reader = (changed = {}) => ({ id: 'tmr_1', label: 'Front counter', isOnline: true, isBusy: false, ...changed });

export const contact = (changed = {}) => ({
  name: 'Maximiliana Whitfield-Oyelaran',
  phone: '',
  email: '',
  emailSource: null,
  text: null,
  offerTyping: false,
  canText: changed.phone !== undefined,
  whyNoText: changed.phone === undefined ? 'No phone is known.' : '',
  canConfirm: false,
  missing: [
    { code: 'REQUIRED', field: ['phone'], message: 'Enter the phone number.' },
    { code: 'REQUIRED', field: ['email'], message: 'Enter the email address.' },
  ],
  ...changed,
});

export const right = { phone: '+13035550142', email: 'maximiliana@example.com', canConfirm: true, missing: [] };

export const text = (state, changed = {}) => ({ state, askedAt: '2026-11-28T17:04:00Z', reply: '', email: '', reason: '', ...changed });

export const card = (changed = {}) => ({ state: 'NONE', label: '', reader: null, problem: '', offerTyping: false, ...changed });

const offer = (changed = {}) => ({
  plan: { id: 'pla_1', name: 'Unlimited Deluxe' },
  unit: '',
  monthly,
  anchorDay: 31,
  firstChargeOn: '2026-12-31',
  problem: '',
  ...changed,
});

export const agreement = (changed = {}) => ({
  monthly,
  anchorDay: 31,
  firstChargeOn: '2026-12-31',
  dueToday: usd('0.00'),
  cardLabel: 'Visa ending 4242',
  language: 'EN',
  terms: {
    id: 'ter_1',
    language: 'EN',
    body: `You wash as often as you like.\n\n${'You pay on your billing day. You may leave at any time with thirty days’ notice. '.repeat(16)}`,
  },
  digest: 'one',
  ...changed,
});

export const migration = (step, changed = {}) => ({
  id: 'cmi_1',
  step,
  startedBy: { id: 'sta_1', name: 'Desmond Oyelaran' },
  legacy: step === 'MATCH' ? null : candidate(),
  contact: contact(['MATCH', 'CONTACT'].includes(step) ? {} : { ...right, emailSource: 'TEXT', text: text('ANSWERED') }),
  offer: step === 'MATCH' ? null : offer(),
  card: card(['CHECKOUT', 'TERMS', 'DONE'].includes(step) ? { state: 'ON_FILE', label: 'Visa ending 4242' } : {}),
  agreement: step === 'TERMS' ? agreement() : null,
  outcome: step === 'DONE' ? { submissionStatus: 'APPROVING', firstChargeOn: '2026-12-31', monthlyTotal: usd('39.99'), receipts: ['EMAIL', 'SMS'] } : null,
  ...changed,
});

export const session = (changed = {}) => ({
  id: 'ses_1',
  location: { id: 'loc_1', name: counters[0].name },
  stage: changed.migration ? (changed.migration.step === 'DONE' ? 'MIGRATED' : 'MIGRATING') : 'PRE_GATE',
  plate: 'ABC 1234',
  rfid: '',
  openedBy: null,
  gate: 'Gate 2',
  openedAt: '2026-11-28T17:00:00Z',
  stageChangedAt: '2026-11-28T17:00:00Z',
  closedReason: '',
  candidates: [candidate()],
  canMigrate: !changed.migration,
  plans: [
    { id: 'pla_1', name: 'Unlimited Deluxe', cardPrice: usd('39.99') },
    { id: 'pla_2', name: 'Unlimited Basic', cardPrice: usd('19.99') },
  ],
  migration: null,
  ...changed,
});

const at = (step, changed, more) => session({ migration: migration(step, changed), ...more });
const asking = (changed) => at('CONTACT', { contact: contact(changed) });
const paying = (changed) => at('CARD', { card: card(changed) });

/** What a session may be. */
export const sessions = {
  arrived: session(),
  'arrived, unknown': session({ plate: '', candidates: [] }),
  'one match': at('MATCH'),
  'several matches': at('MATCH', {}, {
    candidates: [
      candidate(),
      candidate({ id: 'leg_2', name: 'Max Whitfield', standing: 'NO_PLAN', wayOn: 'Nobody has said what “Gold” becomes here. Choose the plan with the customer.' }),
      candidate({ id: 'leg_3', name: 'Ana Pérez', standing: 'MIGRATED', wayOn: 'Carried over on November 2, 2026 already. There is nothing more to do: let the customer in.' }),
      candidate({ id: 'leg_5', name: 'Cy Stone', endsOn: '2027-05-20', standing: 'IN_ANOTHER_SESSION', sessionId: 'ses_3', wayOn: 'Another open session has this membership. Go on there, or end that one and go on here.' }),
      candidate({ id: 'leg_4', name: 'Bo Li', standing: 'CANCELLED_THERE', price: null, nextBillingOn: null, wayOn: 'It was cancelled there. Sell a new membership, as to anybody new.' }),
    ],
  }),
  'no match': at('MATCH', {}, { candidates: [] }),
  'contact, nothing yet': asking({}),
  'contact, an address of the old list': asking({ email: 'max@old.example', emailSource: 'LEGACY', missing: contact().missing.slice(0, 1) }),
  'contact, a text on its way': asking({ phone: right.phone, text: text('SENDING'), missing: contact().missing.slice(1) }),
  'contact, an answer is waited for': asking({ phone: right.phone, text: text('WAITING'), missing: contact().missing.slice(1) }),
  'contact, nobody answers': asking({ phone: right.phone, text: text('WAITING'), offerTyping: true, missing: contact().missing.slice(1) }),
  'contact, answered': asking({ ...right, emailSource: 'TEXT', text: text('ANSWERED') }),
  'contact, an answer without an address': asking({ phone: right.phone, text: text('UNREADABLE', { reply: 'who is this??' }), offerTyping: true, missing: contact().missing.slice(1) }),
  'contact, an answer beside what was typed': asking({ ...right, email: 'max@example.com', emailSource: 'TYPED', text: text('ANSWERED', { email: right.email }) }),
  'contact, opted out': asking({ phone: right.phone, text: text('OPTED_OUT', { reason: 'The customer answered STOP once.' }), offerTyping: true, missing: contact().missing.slice(1) }),
  'contact, the text failed': asking({ phone: right.phone, text: text('FAILED', { reason: 'The number is a landline.' }), offerTyping: true, missing: contact().missing.slice(1) }),
  'card, nothing yet': paying({}),
  'card, declined': paying({ problem: 'The bank declined the card. Nothing was charged. Ask for another card.' }),
  'card, none that can be kept': paying({ problem: 'This card or phone gives no card that can be charged later. Type the card.', offerTyping: true }),
  'card, the reader waits': paying({ state: 'READER_WAITS', reader: reader() }),
  'card, typed elsewhere': paying({ state: 'TYPING' }),
  checkout: at('CHECKOUT'),
  'checkout, the old record has to be read again': at('CHECKOUT', { offer: offer({ firstChargeOn: null, problem: 'The list says November 20, which is over. Look at the old system for the next billing date, and enter it.' }) }),
  terms: at('TERMS'),
  'terms, and no text can go out': at('TERMS', { contact: contact({ ...right, canText: false, whyNoText: 'This number has asked for no more texts.' }) }),
  done: at('DONE'),
  'done, and not taken': at('DONE', { outcome: { submissionStatus: 'READY_FOR_APPROVAL', firstChargeOn: '2026-12-31', monthlyTotal: usd('39.99'), receipts: ['EMAIL'], warning: '' } }),
  closed: session({ stage: 'CLOSED', canMigrate: false, closedReason: 'No time today' }),
  'not there': null,
};
