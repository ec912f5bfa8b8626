import { useEffect, useState } from 'preact/hooks';

import type { Language, PaymentMethodType } from '../gql/graphql';
import { api, type Offer, type Setup } from './api';
import { Trouble } from '../shared/ask';
import type { Change } from './changes';
import { useFocusOnceShown } from './hooks';
import { News, Reopened } from './news';
import { OfferBox } from './offer';
import { PayBox } from './pay';
import type { Problem, Started } from '../shared/paying';
import { SignBox } from './sign';
import { useSpeech } from './speech';
import { draft, type Saved, type takeReturn } from './tab';

interface Props {
  token: string;
  setup: Setup;
  offer: Offer;
  readIn: Language;
  news: Change[] | null;
  returned: ReturnType<typeof takeReturn>;
  /** With the setup as it is now; null where it has to be asked for. */
  handedIn: (setup: Setup | null, by: PaymentMethodType) => void;
  offerChanged: (setup: Setup) => void;
}

/** The page of an open offer: look, save a card or bank account, sign. */
export function OpenSetup(props: Props) {
  const { token, setup, offer, news, returned } = props;
  const { words } = useSpeech();
  const [kept, setKept] = useState<Saved | null>(() => (returned?.succeeded ? returned : draft.saved()));
  const [chosen, choose] = useState<PaymentMethodType>(() => kept?.type ?? returned?.type ?? 'CARD');
  const [problem, setProblem] = useState<Problem>(() =>
    returned && !returned.succeeded ? 'setup_intent_authentication_failure' : '',
  );
  const heading = useFocusOnceShown<HTMLHeadingElement>(!returned);
  useEffect(() => draft.keepSaved(kept), [kept]);
  const type = offer.ach ? chosen : 'CARD';
  const saved = kept?.type === type ? kept : null;

  function lacking(why: Problem) {
    setKept(null);
    setProblem(why);
  }

  async function start(): Promise<Started | null> {
    const { clientSecret, publishableKey, userErrors } = await api.start(token, type);
    if (clientSecret && publishableKey) return { clientSecret, publishableKey };
    const other = userErrors.find((refusal) => refusal.code !== 'LINK_CLOSED');
    if (other) throw new Trouble('failed', other.message, other.message);
    props.handedIn(null, type);
    return null;
  }

  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {words.greeting(setup.greetingName)}
      </h1>
      <p class="lead">{words.intro(setup.locationName)}</p>
      <p class="calm">
        <svg viewBox="0 0 32 32" aria-hidden="true">
          <path d="m8 16.5 5.5 5.5L24 11" fill="none" stroke="currentColor" stroke-width="3" />
        </svg>
        {words.nothingToday}
      </p>
      {setup.reopenedReason && <Reopened setup={setup} />}
      {news && <News key={offer.digest} changes={news} />}
      <OfferBox
        setup={setup}
        offer={offer}
        type={type}
        choose={(next) => {
          choose(next);
          setProblem('');
        }}
      />
      <PayBox
        type={type}
        intro={words[type === 'CARD' ? 'cardIntro' : 'bankIntro']}
        mandate={offer.mandate}
        saved={saved}
        problem={problem}
        cameBack={returned !== null}
        keep={(method) => {
          setKept(method);
          setProblem('');
        }}
        lacking={lacking}
        start={start}
      />
      <SignBox
        token={token}
        email={setup.email ?? ''}
        offer={offer}
        readIn={props.readIn}
        saved={saved}
        lacking={lacking}
        handedIn={(now) => props.handedIn(now, type)}
        offerChanged={props.offerChanged}
      />
    </>
  );
}
