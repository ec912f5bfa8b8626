import { useRef, useState } from 'preact/hooks';

import { Confirming } from '../setup/confirm';
import { useSpeech } from '../setup/speech';
import type { takeReturn } from '../setup/tab';
import type { Account, Reservation } from './api';
import { ChangeMethod } from './change';
import { underWay } from './link';
import { useWords } from './words';

interface Props {
  reservation: Reservation;
  returned: ReturnType<typeof takeReturn>;
  changed: (account: Account) => void;
  again: () => Promise<void>;
}

/** One reservation: how it stands, what is asked, what is charged next and how. */
export function ReservationBox({ reservation, returned, changed, again }: Props) {
  const words = useWords();
  const { money, date } = useSpeech();
  const { nextCharge } = reservation;
  const cameBack = returned !== null && underWay.get() === reservation.id;
  const [changing, setChanging] = useState(cameBack);
  const canChange = reservation.changeableTo.length > 0;
  const [title, state] = [`plan-${reservation.id}`, `state-${reservation.id}`]; // one plan may be had, and given up, twice
  return (
    <section class="box" aria-labelledby={`${title} ${state}`}>
      <p class="plan">
        <strong id={title}>{reservation.planName}</strong>
        {reservation.unit && <span class="unit">{reservation.unit}</span>}
        <span class="dim">{reservation.locationName}</span>
      </p>
      <p class={`state ${moods[reservation.status]}`} id={state}>
        {words[reservation.status]}
      </p>
      {reservation.asked === 'NOTHING' ? (
        <p class="dim">{words.NOTHING}</p>
      ) : reservation.confirmation ? (
        <Confirm confirmation={reservation.confirmation} again={again} />
      ) : (
        <Asked reservation={reservation} />
      )}
      <dl class="facts">
        <div>
          <dt>{words.monthly}</dt>
          <dd>{money(reservation.monthlyTotal)}</dd>
        </div>
        {nextCharge && (
          <div>
            <dt>{words.next(date(nextCharge.on))}</dt>
            <dd>{money(nextCharge.amount)}</dd>
          </div>
        )}
        <div>
          <dt>{words.paidWith}</dt>
          <dd>{reservation.paymentMethod}</dd>
        </div>
      </dl>
      <Change reservation={reservation} />
      {canChange && !changing && (
        <button type="button" class="narrow" onClick={() => setChanging(true)}>
          {words.change}
        </button>
      )}
      {canChange && changing && (
        <ChangeMethod
          reservation={reservation}
          returned={cameBack ? returned : null}
          changed={(account) => {
            setChanging(false);
            changed(account);
          }}
          cancel={() => setChanging(false)}
        />
      )}
      <Steps reservation={reservation} />
    </section>
  );
}

const moods: Record<Reservation['status'], 'good' | 'wait' | 'bad' | 'plain'> = {
  WAITING_FOR_BANK_VERIFICATION: 'wait',
  BANK_VERIFICATION_FAILED: 'bad',
  READY_FOR_APPROVAL: 'wait',
  APPROVING: 'wait',
  TENANT_ACTION_REQUIRED: 'bad',
  APPROVED: 'good',
  PAYMENT_FAILED: 'bad',
  REJECTED: 'bad',
  METHOD_LOST: 'bad',
  UNDONE: 'plain',
};

/** The bank wants the tenant, for the first payment or for a later one: it is answered from here. */
function Confirm(props: {
  confirmation: NonNullable<Reservation['confirmation']>;
  again: () => Promise<void>;
}) {
  const { amount } = props.confirmation;
  const words = useWords();
  const speech = useSpeech();
  const what = amount ? words.confirmAmount(speech.money(amount)) : speech.words.confirmCard;
  return <Confirming confirmation={props.confirmation} what={what} again={props.again} />;
}

/** What the tenant has to do, and the way there. */
function Asked({ reservation }: { reservation: Reservation }) {
  const words = useWords();
  const { asked, askedReason, askedUrl, changeableTo, locationName } = reservation;
  const here = changeableTo.length > 0;
  return (
    <div class="notice">
      <h2>{words[asked]}</h2>
      {askedReason && <p>{askedReason}</p>}
      {askedUrl ? (
        <a class="button primary" href={askedUrl} rel="noreferrer">
          {words.goOn}
        </a>
      ) : (
        <p>{here ? words.doItHere : words.askForLink(locationName)}</p>
      )}
    </div>
  );
}

/** A change of method that is under way or has failed, or that was taken while this page was looked at. */
function Change({ reservation }: { reservation: Reservation }) {
  const words = useWords();
  const change = reservation.methodChange;
  const seenWaiting = useRef(false);
  if (change?.state === 'PENDING') seenWaiting.current = true;
  if (!change || (change.state === 'DONE' && !seenWaiting.current)) return null;
  if (change.state === 'DONE') {
    return (
      <p class="done" role="status">
        {words.changeDone(change.paymentMethod)}
      </p>
    );
  }
  if (change.state === 'FAILED') {
    return (
      <p class="problem" role="status">
        {words.changeFailed(change.paymentMethod)} {change.reason}
      </p>
    );
  }
  return (
    <div class="waits" role="status">
      <p>{words.changeWaits(change.paymentMethod)}</p>
      {change.verificationUrl && (
        <a class="button" href={change.verificationUrl} rel="noreferrer">
          {words.enterCode}
        </a>
      )}
    </div>
  );
}

function Steps({ reservation }: { reservation: Reservation }) {
  const words = useWords();
  const { date } = useSpeech();
  return (
    <details>
      <summary>{words.history}</summary>
      <ol class="steps">
        {reservation.steps.map((step, i) => (
          <li key={i}>
            <span>{words[step.status]}</span> <span class="dim">{date(step.on)}</span>
          </li>
        ))}
      </ol>
    </details>
  );
}
