// Made-up answers of the API for the tenants' pages: every state that they know, without the weeks that some of them take.
const usd = (amount) => ({ amount, currency: 'USD' });

const terms = `You rent the room by the month.\n\n${'You pay on your billing day. You may leave at any time with thirty days’ notice. '.repeat(6)}`;

const quote = (plan) => ({
  lines: [
    { kind: 'PLAN', description: 'North Light Studio with a view over the river', amount: usd(plan) },
    { kind: 'INSURANCE', description: 'Contents up to $5,000', amount: usd('12.00') },
  ],
  total: usd(String(Number(plan) + 12) + '.00'),
});

const starts = (due) => [
  { option: 'CURRENT_MONTH', dueToday: usd(due), nextChargeOn: '2026-04-15', nextCharge: usd(due) },
  { option: 'NEXT_MONTH', dueToday: usd('0.00'), nextChargeOn: '2026-04-15', nextCharge: usd(due) },
];

const offer = (changed = {}) => ({
  anchorDay: 15,
  digest: 'one',
  mandate: 'I authorize Greenpoint Art Lofts to debit this account each month, and to correct errors, until I say otherwise.',
  card: quote('1129'),
  ach: quote('1099'),
  starts: starts('1141.00'),
  achStarts: starts('1111.00'),
  terms: { id: 'terms', language: 'EN', body: terms },
  ...changed,
});

const setup = (state, changed = {}) => ({
  state,
  greetingName: 'Maximiliana',
  locationName: 'Greenpoint Art Lofts',
  planName: 'North Light Studio with a view over the river',
  unit: 'Studio 9',
  reopenedReason: '',
  reopenedLanguage: null,
  verification: null,
  email: state === 'OPEN' ? 'maximiliana.whitfield-oyelaran@example.com' : null,
  confirmation: null,
  nextCharge: null,
  offer: state === 'OPEN' ? offer() : null,
  ...changed,
});

const confirmation = (changed) => ({ isPayment: true, clientSecret: null, publishableKey: null, url: null, untilOn: '2026-04-03', ...changed });

const verification = (changed) => ({ depositArrivesOn: null, deadlineOn: '2026-04-11', url: null, ...changed });

/** What a set-up link may open. */
export const setups = {
  'an offer': setup('OPEN'),
  'an offer by card alone': setup('OPEN', { offer: offer({ ach: null, achStarts: null, mandate: null }), email: null }),
  'an offer that is open again': setup('OPEN', { reopenedReason: 'Your bank declined the charge. Nothing was taken.', reopenedLanguage: 'EN' }),
  submitted: setup('SUBMITTED'),
  'submitted, a deposit on its way': setup('SUBMITTED', { verification: verification({ depositArrivesOn: '2026-04-01', url: 'https://example.com/code' }) }),
  'submitted, a bank that confirms by itself': setup('SUBMITTED', { verification: verification() }),
  'a payment to confirm': setup('CONFIRM', { confirmation: confirmation({ url: 'https://example.com/bank' }) }),
  'a card to confirm': setup('CONFIRM', { confirmation: confirmation({ isPayment: false, clientSecret: 'seti_1_secret_2', publishableKey: 'pk_test' }) }),
  'a bank that cannot be asked': setup('CONFIRM', { confirmation: confirmation() }),
  confirmed: setup('CONFIRM'),
  done: setup('DONE', { nextCharge: { on: '2026-04-15', amount: usd('1141.00') } }),
  expired: setup('EXPIRED'),
  replaced: setup('REPLACED', { greetingName: '', unit: '' }),
  revoked: setup('REVOKED'),
  'a link to nothing': null,
};

/** The offer as it is after it was changed meanwhile. */
export const changedSetup = setup('OPEN', { offer: offer({ digest: 'two', card: quote('1159'), anchorDay: 1 }) });

const reservation = (status, changed = {}) => ({
  id: status,
  planName: 'North Light Studio with a view over the river',
  unit: 'Studio 9',
  locationName: 'Greenpoint Art Lofts',
  status,
  asked: 'NOTHING',
  askedReason: '',
  askedUrl: null,
  confirmation: null,
  monthlyTotal: usd('1141.00'),
  paymentMethod: 'Visa ending 4242',
  paymentMethodType: 'CARD',
  nextCharge: null,
  changeableTo: [],
  mandate: null,
  methodChange: null,
  steps: [{ status: 'READY_FOR_APPROVAL', on: '2026-03-10' }],
  ...changed,
});

const change = (state, changed = {}) => ({
  state,
  paymentMethod: 'Wells Fargo Bank ending 6789',
  reason: '',
  requestedAt: '2026-04-01T10:00:00Z',
  verificationUrl: null,
  ...changed,
});

const account = (reservations, changed = {}) => ({
  greetingName: 'Maximiliana',
  email: 'maximiliana.whitfield-oyelaran@example.com',
  requestedEmail: null,
  reservations,
  ...changed,
});

const active = (changed) =>
  reservation('APPROVED', {
    nextCharge: { on: '2026-04-15', amount: usd('1141.00') },
    changeableTo: ['CARD', 'US_BANK_ACCOUNT'],
    mandate: 'I authorize these debits each month until I say otherwise.',
    steps: [
      { status: 'READY_FOR_APPROVAL', on: '2026-03-10' },
      { status: 'APPROVED', on: '2026-03-11' },
    ],
    ...changed,
  });

/** What a signed-in tenant may see. */
export const accounts = {
  'nothing yet': account([]),
  'all is well': account([active()], { requestedEmail: 'another@example.com' }),
  'another method is failing': account([active({ methodChange: change('FAILED', { reason: 'The code was not entered in time.' }) })]),
  'what is waited for': account([
    reservation('WAITING_FOR_BANK_VERIFICATION', { asked: 'ENTER_CODE', askedUrl: 'https://example.com/setup', paymentMethod: 'Wells Fargo Bank ending 6789' }),
    reservation('READY_FOR_APPROVAL'),
    reservation('APPROVING'),
  ]),
  'a later payment to confirm': account([
    active({ asked: 'CONFIRM_PAYMENT', askedUrl: 'https://example.com/invoice', confirmation: { ...confirmation({ url: 'https://example.com/invoice', untilOn: null }), amount: usd('1141.00') } }),
    reservation('TENANT_ACTION_REQUIRED', { asked: 'CONFIRM_PAYMENT', confirmation: { ...confirmation({ isPayment: false, clientSecret: 'seti_1_secret_2', publishableKey: 'pk_test' }), amount: null } }),
  ]),
  'what is asked': account([
    reservation('TENANT_ACTION_REQUIRED', { asked: 'CONFIRM_PAYMENT', askedUrl: 'https://example.com/setup' }),
    reservation('PAYMENT_FAILED', { asked: 'NEW_PAYMENT_METHOD', askedReason: 'Your bank declined the charge.', askedUrl: 'https://example.com/setup' }),
    active({ id: 'lost', status: 'METHOD_LOST', asked: 'NEW_PAYMENT_METHOD' }),
    reservation('REJECTED', { asked: 'SUBMIT_AGAIN', askedReason: 'Please use your legal name.' }),
    reservation('BANK_VERIFICATION_FAILED', { asked: 'NEW_PAYMENT_METHOD' }),
    reservation('UNDONE'),
  ]),
};
