import type { PaymentMethodType } from '../gql/graphql';
import { type Offer, type Quote, type Setup, startsBy } from './api';
import { isZero } from '../shared/format';
import { useSpeech } from './speech';

interface Props {
  setup: Setup;
  offer: Offer;
  type: PaymentMethodType;
  choose: (type: PaymentMethodType) => void;
}

/** What is offered, what it costs each month either way, and when which amount is charged. */
export function OfferBox({ setup, offer, type, choose }: Props) {
  const { words, day } = useSpeech();
  return (
    <section class="box" aria-labelledby="offer">
      <h2 id="offer">{words.offer}</h2>
      <p class="plan">
        <strong>{setup.planName}</strong>
        {setup.unit && <span class="unit">{setup.unit}</span>}
        <span class="dim">{setup.locationName}</span>
      </p>
      {offer.ach ? (
        <fieldset class="prices two">
          <legend>{words.howToPay}</legend>
          <Choice
            title={words.byCard}
            quote={offer.card}
            chosen={type === 'CARD'}
            choose={() => choose('CARD')}
          />
          <Choice
            title={words.byBank}
            quote={offer.ach}
            chosen={type === 'US_BANK_ACCOUNT'}
            choose={() => choose('US_BANK_ACCOUNT')}
          />
        </fieldset>
      ) : (
        <div class="price chosen">
          <Price title={words.byCard} quote={offer.card} />
        </div>
      )}
      <p>{words.billingDay(day(offer.anchorDay))}</p>
      <Starts place={setup.locationName} starts={startsBy(offer, type)} type={type} />
    </section>
  );
}

function Choice(props: { title: string; quote: Quote; chosen: boolean; choose: () => void }) {
  return (
    <label class={props.chosen ? 'price chosen' : 'price'}>
      <input type="radio" name="type" checked={props.chosen} onChange={props.choose} />
      <Price title={props.title} quote={props.quote} />
    </label>
  );
}

function Price({ title, quote }: { title: string; quote: Quote }) {
  const { words, money } = useSpeech();
  return (
    <div>
      <p class="by">{title}</p>
      <p class="total">
        <b>{money(quote.total)}</b> <span class="dim">{words.perMonth}</span>
      </p>
      {quote.lines.length > 1 && (
        <dl>
          {quote.lines.map((line) => (
            <div key={line.description}>
              <dt>{line.kind === 'INSURANCE' ? words.insured(line.description) : line.description}</dt>
              <dd>{money(line.amount)}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}

function Starts(props: { place: string; starts: Offer['starts']; type: PaymentMethodType }) {
  const { place, starts, type } = props;
  const { words, money, date } = useSpeech();
  return (
    <>
      <h3 class="startsTitle">{words.starts}</h3>
      <p>{type === 'CARD' ? words.startsIntro(place) : words.startsIntroBank(place)}</p>
      <div class="starts">
        {starts.map((start) => (
          <div key={start.option} class="start">
            <h4>{words[start.option]}</h4>
            <dl>
              <div>
                <dt>
                  {words.dueAtApproval}
                  {!isZero(start.dueToday) && <small>{words.oneFullMonth}</small>}
                </dt>
                <dd>{isZero(start.dueToday) ? words.nothing : money(start.dueToday)}</dd>
              </div>
              <div>
                <dt>
                  {words.thenOn(date(start.nextChargeOn))}
                  <small>{words.thenMonthly}</small>
                </dt>
                <dd>{money(start.nextCharge)}</dd>
              </div>
            </dl>
          </div>
        ))}
      </div>
    </>
  );
}
