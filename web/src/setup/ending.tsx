// The pages on which a tenant has nothing to fill in.
import type { PaymentMethodType } from '../gql/graphql';
import { type Offer, type Setup, startsBy } from './api';
import { Confirming } from './confirm';
import { Page } from './frame';
import { useAct } from './hooks';
import { useSpeech } from './speech';

interface EndingProps {
  setup: Setup;
  lastOffer: Offer | null;
  by: PaymentMethodType;
  again: () => Promise<void>;
}

/** Where a link leads that is not open: submitted, to be confirmed, approved, expired, replaced or withdrawn. */
export function Ending({ setup, lastOffer, by, again }: EndingProps) {
  const { words } = useSpeech();
  const place = setup.locationName;
  switch (setup.state) {
    case 'SUBMITTED':
      return (
        <Page mood="good" title={words.SUBMITTED(setup.greetingName)} lead={words.submittedLead}>
          {setup.verification && <Verifying verification={setup.verification} />}
          <Next place={place} starts={lastOffer && startsBy(lastOffer, by)} />
          <ToAccount />
          <p class="dim">{words.close}</p>
        </Page>
      );
    case 'CONFIRM':
      return setup.confirmation ? (
        <Page mood="wait" title={words.CONFIRM} lead={words.confirmLead(place)}>
          <Confirming
            confirmation={setup.confirmation}
            what={setup.confirmation.isPayment ? words.confirmPayment : words.confirmCard}
            again={again}
          />
        </Page>
      ) : (
        <Page mood="wait" title={words.checking} lead={words.checkingLead(place)}>
          <LookAgain again={again} />
        </Page>
      );
    case 'DONE':
      return (
        <Page mood="good" title={words.DONE} lead={words.doneLead(place)}>
          {setup.nextCharge && <ChargedNext charge={setup.nextCharge} />}
          <ToAccount />
        </Page>
      );
    case 'EXPIRED':
      return <Page mood="wait" title={words.EXPIRED} lead={words.expiredLead(place)} />;
    case 'REPLACED':
      return <Page mood="wait" title={words.REPLACED} lead={words.replacedLead(place)} />;
    default:
      return <Page mood="plain" title={words.REVOKED} lead={words.revokedLead(place)} />;
  }
}

/** The bank has been answered, and the location does not know of it yet. */
function LookAgain({ again }: Pick<EndingProps, 'again'>) {
  const { words } = useSpeech();
  const [looking, look] = useAct(again);
  return (
    <button type="button" aria-disabled={looking} onClick={() => void look()}>
      {words.lookAgain}
    </button>
  );
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
        <a class="button primary" href={url} rel="noreferrer">
          {words.enterCode}
        </a>
      )}
    </section>
  );
}

/** What follows a submission, with amounts and dates as long as this page still knows the offer. */
function Next({ place, starts }: { place: string; starts: Offer['starts'] | null }) {
  const { words, money, date } = useSpeech();
  const now = starts?.find((start) => start.option === 'CURRENT_MONTH');
  const later = starts?.find((start) => start.option === 'NEXT_MONTH');
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

function ChargedNext({ charge }: { charge: NonNullable<Setup['nextCharge']> }) {
  const { words, money, date } = useSpeech();
  return (
    <section class="box next" aria-labelledby="charged">
      <h2 id="charged">{words.chargedNext}</h2>
      <dl>
        <div>
          <dt>{words.chargedOn(date(charge.on))}</dt>
          <dd>{money(charge.amount)}</dd>
        </div>
      </dl>
    </section>
  );
}

/** The account is active from the first submission on. */
function ToAccount() {
  const { words } = useSpeech();
  return (
    <>
      <p class="dim">{words.account}</p>
      <a class="button center" href="/account">
        {words.toAccount}
      </a>
    </>
  );
}
