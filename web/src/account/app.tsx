import { useEffect, useMemo, useRef, useState } from 'preact/hooks';

import type { Language } from '../gql/graphql';
import { Trouble } from '../shared/ask';
import { Header, Loading, NotOpened } from '../setup/frame';
import { speech, SpeechContext } from '../setup/speech';
import { firstLanguage, rememberLanguage, type takeReturn } from '../setup/tab';
import { type Account, api, onSignedOut } from './api';
import { Enter, SignIn } from './enter';
import { onLink, underWay } from './link';
import { Overview } from './overview';
import { wordsIn } from './words';

type View =
  | { at: 'loading' }
  | { at: 'trouble'; trouble: Trouble }
  | { at: 'link'; token: string }
  | { at: 'signedOut'; closed: boolean }
  | { at: 'account'; account: Account };

interface Props {
  link: string;
  returned: ReturnType<typeof takeReturn>;
}

const between = 2000; // milliseconds between two looks at a change that Stripe is being told of
const looks = 15;

/** The whole page: which of its states the tenant is in, and the language of all of them. */
export function App({ link, returned }: Props) {
  const [language, setLanguage] = useState(firstLanguage);
  const [view, setView] = useState<View>(link ? { at: 'link', token: link } : { at: 'loading' });
  const left = useRef(looks);
  const speaking = useMemo(() => speech(language), [language]);
  const words = wordsIn(language);

  const show = (account: Account | null) =>
    setView(account ? { at: 'account', account } : { at: 'signedOut', closed: false });

  async function load() {
    try {
      show(await api.account(language));
    } catch (e) {
      if (!(e instanceof Trouble)) throw e;
      setView({ at: 'trouble', trouble: e });
    }
  }

  useEffect(() => onLink((token) => setView({ at: 'link', token })), []);
  useEffect(() => onSignedOut(() => setView({ at: 'signedOut', closed: false })), []);
  useEffect(() => {
    if (view.at !== 'link') void load();
  }, [language]);
  useEffect(() => {
    document.documentElement.lang = speaking.tag;
    document.title = words.title;
  }, [speaking]);

  const waits =
    view.at === 'account' && view.account.reservations.some((each) => each.methodChange?.state === 'PENDING');
  useEffect(() => {
    if (!waits || left.current === 0) return;
    const timer = setTimeout(() => {
      left.current--;
      void load();
    }, between);
    return () => clearTimeout(timer);
  }, [view]);

  /** A fresh answer of the account, whoever asked for it. */
  function changed(account: Account) {
    left.current = looks;
    underWay.clear();
    setView({ at: 'account', account });
  }

  async function enter(token: string) {
    try {
      const account = await api.signIn(token, language);
      setView(account ? { at: 'account', account } : { at: 'signedOut', closed: true });
    } catch (e) {
      if (!(e instanceof Trouble)) throw e;
      setView({ at: 'trouble', trouble: e });
    }
  }

  async function signOut() {
    try {
      await api.signOut();
      show(null);
    } catch (e) {
      if (!(e instanceof Trouble)) throw e;
      setView({ at: 'trouble', trouble: e });
    }
  }

  function choose(chosen: Language) {
    rememberLanguage(chosen);
    setLanguage(chosen);
  }

  return (
    <SpeechContext.Provider value={speaking}>
      <Header place={words.title} choose={choose} />
      <main class="page">
        {view.at === 'loading' && <Loading text={words.loading} />}
        {view.at === 'trouble' && <NotOpened title={words.notOpened} trouble={view.trouble} retry={load} />}
        {view.at === 'link' && <Enter enter={() => enter(view.token)} />}
        {view.at === 'signedOut' && <SignIn closed={view.closed} />}
        {view.at === 'account' && (
          <Overview
            account={view.account}
            returned={returned}
            changed={changed}
            again={load}
            signOut={signOut}
          />
        )}
      </main>
    </SpeechContext.Provider>
  );
}
