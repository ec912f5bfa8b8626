// What a tenant does whose bank wants them: the bank asks, by Stripe's page of the invoice or by Stripe.js.
import { loadStripe } from '@stripe/stripe-js/pure';
import { useState } from 'preact/hooks';

import { useAct } from './hooks';
import { type Problem, problemWords } from '../shared/paying';
import { standIn } from '../shared/sandbox';
import { useSpeech } from './speech';

/** What a bank wants of the tenant, for the first payment or for a later one. */
export interface Confirmation {
  isPayment: boolean;
  clientSecret?: string | null;
  publishableKey?: string | null;
  url?: string | null;
  untilOn?: string | null; // null: Stripe tries by its own schedule
}

/** Where the bank's page is: Stripe's own page of the invoice, or the stand-in's. Null where Stripe.js has to show it. */
export function bankPage({ url, clientSecret, isPayment }: Confirmation, base: string | null): string | null {
  if (url) return url;
  if (!base || !clientSecret) return null;
  const [id = ''] = clientSecret.split('_secret_');
  return `${base}/sandbox/${isPayment ? 'payment_intents' : 'setup_intents'}/${encodeURIComponent(id)}/bank`;
}

/** Lets Stripe.js show the bank's question. Answers what went wrong, or null. */
async function askBank({ clientSecret, publishableKey, isPayment }: Confirmation): Promise<Problem | null> {
  const stripe = publishableKey ? await loadStripe(publishableKey).catch(() => null) : null;
  if (!stripe || !clientSecret) return 'stripeAbsent';
  const { error } = await (isPayment
    ? stripe.confirmCardPayment(clientSecret)
    : stripe.confirmCardSetup(clientSecret));
  return error ? 'setup_intent_authentication_failure' : null;
}

interface Props {
  confirmation: Confirmation;
  what: string; // what is confirmed, as a sentence
  again: () => Promise<void>;
}

/** The one thing that is left to do, and a way to see that it is done. */
export function Confirming({ confirmation, what, again }: Props) {
  const { words, date } = useSpeech();
  const [problem, setProblem] = useState<Problem | null>(null);
  const page = bankPage(confirmation, standIn());
  const [busy, confirm] = useAct(async () => {
    setProblem(await askBank(confirmation));
    await again();
  });
  const [looking, look] = useAct(again);
  return (
    <div class="notice next">
      <h2>{words.confirming}</h2>
      <p>
        {what} {confirmation.untilOn && words.confirmUntil(date(confirmation.untilOn))}
      </p>
      {problem && <p role="alert">{problemWords(problem, words)}</p>}
      {page ? (
        <a class="button primary" href={page} target="_blank" rel="noreferrer">
          {words.confirm}
        </a>
      ) : confirmation.clientSecret ? (
        <button type="button" class="primary" aria-disabled={busy} onClick={() => void confirm()}>
          {words.confirm}
        </button>
      ) : (
        <p>{words.confirmLater}</p>
      )}
      <button type="button" aria-disabled={looking} onClick={() => void look()}>
        {words.confirmed}
      </button>
    </div>
  );
}
