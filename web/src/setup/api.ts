// The operations of the page. What a person can mend comes back as an answer; whatever else went wrong is a Trouble.
import {
  type Language,
  type PaymentMethodType,
  SetupDocument,
  type SetupQuery,
  StartSetupDocument,
  type StartSetupMutation,
  SubmitSetupDocument,
  type SubmitSetupInput,
  type SubmitSetupMutation,
} from '../gql/graphql';
import { ask } from '../shared/ask';

export type Setup = NonNullable<SetupQuery['setup']>;
export type Offer = NonNullable<Setup['offer']>;
export type Quote = Offer['card'];
export type Refusal = SubmitSetupMutation['submitSetup']['userErrors'][number];

/** What either start would mean with one way to pay. */
export const startsBy = (offer: Offer, type: PaymentMethodType) =>
  (type === 'CARD' ? null : offer.achStarts) ?? offer.starts;

/** Every request may be repeated: the server answers a repetition like the first. */
export const api = {
  /** Null for a token that was never given out. */
  setup: async (token: string, language: Language): Promise<Setup | null> =>
    (await ask(SetupDocument, { token, language })).setup,

  start: async (token: string, method: PaymentMethodType): Promise<StartSetupMutation['startSetup']> =>
    (await ask(StartSetupDocument, { input: { token, method } })).startSetup,

  submit: async (input: SubmitSetupInput): Promise<SubmitSetupMutation['submitSetup']> =>
    (await ask(SubmitSetupDocument, { input })).submitSetup,
};
