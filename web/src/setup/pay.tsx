import { useState } from 'preact/hooks';

import type { PaymentMethodType } from '../gql/graphql';
import { type Offer } from './api';
import { Trouble } from '../shared/ask';
import { useFocusOnceShown } from './hooks';
import { type Attempt, type Problem, problemOf, problemWords, type Started } from '../shared/paying';
import { standIn } from '../shared/sandbox';
import { useSpeech } from './speech';
import { StripeForm } from './stripeform';
import { leaveFor, type Saved } from './tab';
import { TestForm } from './testform';

interface Props {
  type: PaymentMethodType;
  /** What it is for, and that nothing is charged. */
  intro: string;
  mandate: Offer['mandate'];
  saved: Saved | null;
  problem: Problem;
  cameBack: boolean; // from a bank's page, so the reader is led here
  keep: (method: Saved) => void;
  lacking: (problem: Problem) => void;
  /** Begins at Stripe; null where that is not possible any more, and whoever was asked has said so. */
  start: () => Promise<Started | null>;
}

/** What the form of a method works with, whoever's form it is. */
export interface FormProps {
  type: PaymentMethodType;
  mandate: string | null; // to be accepted before a bank account is saved
  problem: Problem;
  /** Null where the link has closed meanwhile. */
  start: () => Promise<Started | null>;
  /** Runs an attempt and shows how it ended; null shows nothing. */
  attempt: (label: string, act: () => Promise<Attempt | null>) => Promise<void>;
}

/** The step in which a card or bank account is saved. Nothing is charged by it. */
export function PayBox({ type, intro, mandate, saved, problem, cameBack, keep, lacking, start }: Props) {
  const { words } = useSpeech();
  const [attempts, setAttempts] = useState(cameBack ? 1 : 0);
  const base = standIn();

  async function attempt(label: string, act: () => Promise<Attempt | null>): Promise<void> {
    try {
      const outcome = await act();
      if (outcome?.kind === 'saved') keep({ type, intentId: outcome.intentId, label });
      else if (outcome?.kind === 'bank') leaveFor(outcome.url, { type, intentId: outcome.intentId, label });
      else lacking(outcome?.problem ?? '');
    } catch (e) {
      if (!(e instanceof Trouble)) throw e;
      lacking(problemOf(e));
    }
    setAttempts((n) => n + 1); // the same problem twice is told twice
  }

  const form: FormProps = {
    type,
    mandate: type === 'CARD' ? null : (mandate ?? null),
    problem,
    start,
    attempt,
  };
  return (
    <section class="box" aria-labelledby="pay">
      <h2 id="pay">{type === 'CARD' ? words.card : words.bank}</h2>
      {!saved && <p>{base ? words.demo : intro}</p>}
      {problem && <ProblemLine key={attempts} problem={problem} lead={attempts > 0} />}
      {saved ? (
        <SavedLine saved={saved} lead={attempts > 0} another={() => lacking('')} />
      ) : base ? (
        <TestForm key={type} base={base} {...form} />
      ) : (
        <StripeForm key={type} {...form} />
      )}
    </section>
  );
}

function ProblemLine({ problem, lead }: { problem: Problem; lead: boolean }) {
  const { words } = useSpeech();
  const element = useFocusOnceShown<HTMLParagraphElement>(lead);
  return (
    <p class="problem" id="payProblem" role="alert" ref={element} tabIndex={-1}>
      <span lang={typeof problem === 'string' ? undefined : 'en'}>{problemWords(problem, words)}</span>
    </p>
  );
}

function SavedLine({ saved, lead, another }: { saved: Saved; lead: boolean; another: () => void }) {
  const { words } = useSpeech();
  const element = useFocusOnceShown<HTMLParagraphElement>(lead);
  const card = saved.type === 'CARD';
  return (
    <div class="saved">
      <p role="status" ref={element} tabIndex={-1}>
        <svg viewBox="0 0 32 32" aria-hidden="true">
          <path d="m8 16.5 5.5 5.5L24 11" fill="none" stroke="currentColor" stroke-width="3" />
        </svg>
        <span>
          {saved.label && <strong>{saved.label}</strong>} {card ? words.cardSaved : words.bankSaved}
        </span>
      </p>
      <button type="button" onClick={another}>
        {card ? words.otherCard : words.otherBank}
      </button>
    </div>
  );
}
