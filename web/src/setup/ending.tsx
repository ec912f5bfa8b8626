// The pages on which a tenant has nothing to fill in.
import type { ComponentChildren } from 'preact';

import type { Offer, Setup, Trouble } from './api';
import { Confirming } from './confirm';
import { useAct, useFocusOnceShown } from './hooks';
import { useSpeech } from './speech';

type Mood = 'good' | 'wait' | 'plain';

interface EndingProps {
  setup: Setup;
  lastOffer: Offer | null;
  again: () => Promise<void>;
}

/** Where a link leads that is not open: submitted, to be confirmed, approved, expired, replaced or withdrawn. */
export function Ending({ setup, lastOffer, again }: EndingProps) {
  const { words } = useSpeech();
  const place = setup.locationName;
  switch (setup.state) {
    case 'SUBMITTED':
      return (
        <Page mood="good" title={words.SUBMITTED(setup.greetingName)} lead={words.submittedLead}>
          {setup.verification && <Verifying verification={setup.verification} />}
          <Next place={place} offer={lastOffer} />
          <p class="dim">{words.close}</p>
        </Page>
      );
    case 'CONFIRM':
      return (
        <Page mood="wait" title={words.CONFIRM} lead={words.confirmLead(place)}>
          {setup.confirmation && <Confirming confirmation={setup.confirmation} again={again} />}
        </Page>
      );
    case 'DONE':
      return <Page mood="good" title={words.DONE} lead={words.doneLead(place)} />;
    case 'EXPIRED':
      return <Page mood="wait" title={words.EXPIRED} lead={words.expiredLead(place)} />;
    case 'REPLACED':
      return <Page mood="wait" title={words.REPLACED} lead={words.replacedLead(place)} />;
    default:
      return <Page mood="plain" title={words.REVOKED} lead={words.revokedLead(place)} />;
  }
}

/** A token that was never given out, or none at all. */
export function Lost({ hadToken }: { hadToken: boolean }) {
  const { words } = useSpeech();
  return hadToken ? (
    <Page mood="plain" title={words.unknown} lead={words.unknownLead} />
  ) : (
    <Page mood="plain" title={words.noToken} lead={words.noTokenLead} />
  );
}

/** The server did not say how things stand. */
export function NotOpened({ trouble, retry }: { trouble: Trouble; retry: () => Promise<void> }) {
  const { words } = useSpeech();
  const [busy, run] = useAct(retry);
  const request = /Request [\w-]+/.exec(trouble.message)?.[0]; // by which the operator finds it in the log
  return (
    <Page mood="wait" title={words.notOpened} lead={words[trouble.kind]}>
      <button type="button" class="primary" aria-disabled={busy} onClick={() => void run()}>
        {busy ? words.loading : words.retry}
      </button>
      {request && <p class="dim small">{request}</p>}
    </Page>
  );
}

/** How a bank account gets confirmed, and what is left to do for it. */
function Verifying({ verification }: { verification: NonNullable<Setup['verification']> }) {
  const { words, date } = useSpeech();
  const { depositArrivesOn, deadlineOn, url } = verification;
  return (
    <section class="notice next" aria-labelledby="verifying">
      <h2 id="verifying">{words.verifying}</h2>
      {depositArrivesOn ? (
        <p>
          {words.verifyingDeposit(date(depositArrivesOn))} {words.verifyingCode(date(deadlineOn))}
        </p>
      ) : (
        <p>{words.verifyingWait}</p>
      )}
      {url && (
        <a class="button" href={url} rel="noreferrer">
          {words.enterCode}
        </a>
      )}
    </section>
  );
}

/** What follows a submission, with amounts and dates as long as this page still knows the offer. */
function Next({ place, offer }: { place: string; offer: Offer | null }) {
  const { words, money, date } = useSpeech();
  const now = offer?.starts.find((start) => start.option === 'CURRENT_MONTH');
  const later = offer?.starts.find((start) => start.option === 'NEXT_MONTH');
  return (
    <section class="box next" aria-labelledby="next">
      <h2 id="next">{words.next}</h2>
      <ol>
        <li>{words.nextCheck(place)}</li>
        {now && later ? (
          <li>
            {words.nextThis(money(now.dueToday))}{' '}
            {words.nextLater(money(later.nextCharge), date(later.nextChargeOn))}
          </li>
        ) : (
          <li>{words.nextEither}</li>
        )}
      </ol>
    </section>
  );
}

interface PageProps {
  mood: Mood;
  title: string;
  lead: string;
  children?: ComponentChildren;
}

function Page({ mood, title, lead, children }: PageProps) {
  const heading = useFocusOnceShown<HTMLHeadingElement>();
  return (
    <div class="ending">
      <Sign mood={mood} />
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      <p class="lead">{lead}</p>
      {children}
    </div>
  );
}

const signs = { good: 'm8 16.5 5.5 5.5L24 11', wait: 'M16 9v8l5 3', plain: 'M10 16h12' };

function Sign({ mood }: { mood: Mood }) {
  return (
    <svg class={`sign ${mood}`} viewBox="0 0 32 32" aria-hidden="true">
      <path
        d={signs[mood]}
        fill="none"
        stroke="currentColor"
        stroke-width="2.6"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
