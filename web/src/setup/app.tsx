import { useEffect, useMemo, useRef, useState } from 'preact/hooks';

import type { Language, PaymentMethodType } from '../gql/graphql';
import { api, type Offer, type Setup } from './api';
import { Trouble } from '../shared/ask';
import { type Change, changes } from './changes';
import { Ending, Lost } from './ending';
import { Header, Loading, NotOpened } from './frame';
import { OpenSetup } from './open';
import { speech, SpeechContext } from './speech';
import { firstLanguage, forgetDraft, rememberLanguage, type takeReturn } from './tab';

type View =
  | { at: 'loading' }
  | { at: 'trouble'; trouble: Trouble }
  | { at: 'lost' }
  | { at: 'setup'; setup: Setup; readIn: Language };

interface Props {
  token: string | null;
  returned: ReturnType<typeof takeReturn>;
}

/** The whole page: which of its states the tenant is in, and the language of all of them. */
export function App({ token, returned }: Props) {
  const [language, setLanguage] = useState(firstLanguage);
  const [view, setView] = useState<View>(token ? { at: 'loading' } : { at: 'lost' });
  const [news, setNews] = useState<Change[] | null>(null);
  const lastOffer = useRef<Offer | null>(null);
  const paidBy = useRef<PaymentMethodType>('CARD');
  const asked = useRef(0);
  const acts = useRef(0);
  const speaking = useMemo(() => speech(language), [language]);

  function show(setup: Setup | null, readIn: Language) {
    if (setup?.offer) lastOffer.current = setup.offer;
    if (setup?.state !== 'OPEN') forgetDraft();
    setView(setup ? { at: 'setup', setup, readIn } : { at: 'lost' });
  }

  /** Asks how things stand. An answer that a later question has overtaken is dropped; where an act has, it is asked anew. */
  async function open(readIn: Language) {
    if (!token) return;
    const [question, before] = [++asked.current, acts.current];
    try {
      const setup = await api.setup(token, readIn);
      if (question !== asked.current) return;
      if (before === acts.current) show(setup, readIn);
      else void open(readIn);
    } catch (e) {
      if (!(e instanceof Trouble)) throw e;
      if (question === asked.current && before === acts.current) setView({ at: 'trouble', trouble: e });
    }
  }

  useEffect(() => void open(language), [language]);
  useEffect(() => {
    document.documentElement.lang = speaking.tag;
    document.title = speaking.words.title;
  }, [speaking]);

  function choose(chosen: Language) {
    rememberLanguage(chosen);
    setLanguage(chosen);
  }

  function handedIn(setup: Setup | null, by: PaymentMethodType) {
    acts.current++; // what was asked before that knows nothing of it
    paidBy.current = by;
    if (setup) show(setup, language);
    else void open(language);
  }

  function offerChanged(setup: Setup) {
    acts.current++;
    const before = lastOffer.current;
    setNews(before && setup.offer ? changes(before, setup.offer) : []);
    show(setup, language);
  }

  return (
    <SpeechContext.Provider value={speaking}>
      <Header place={view.at === 'setup' ? view.setup.locationName : ''} choose={choose} />
      <main class="page">
        {view.at === 'loading' && <Loading text={speaking.words.loading} />}
        {view.at === 'trouble' && (
          <NotOpened title={speaking.words.notOpened} trouble={view.trouble} retry={() => open(language)} />
        )}
        {view.at === 'lost' && <Lost hadToken={token !== null} />}
        {view.at === 'setup' && view.setup.offer && (
          <OpenSetup
            token={token!}
            setup={view.setup}
            offer={view.setup.offer}
            readIn={view.readIn}
            news={news}
            returned={returned}
            handedIn={handedIn}
            offerChanged={offerChanged}
          />
        )}
        {view.at === 'setup' && !view.setup.offer && (
          <Ending
            setup={view.setup}
            lastOffer={lastOffer.current}
            by={paidBy.current}
            again={() => open(language)}
          />
        )}
      </main>
    </SpeechContext.Provider>
  );
}
