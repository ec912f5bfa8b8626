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
  const asked = useRef(0);
  const acts = useRef(0);
  const shown = useRef(view.at);
  shown.current = view.at;
  const speaking = useMemo(() => speech(language), [language]);
  const words = wordsIn(language);

  async function viewOf(act: () => Promise<View>): Promise<View> {
    try {
      return await act();
    } catch (e) {
      if (!(e instanceof Trouble)) throw e;
      return { at: 'trouble', trouble: e };
    }
  }

  /** Asks how things stand. An answer that a later question has overtaken is dropped; where an act has, it is asked anew. */
  async function load() {
    const [question, before] = [++asked.current, acts.current];
    const next = await viewOf(async () => {
      const account = await api.account(language);
      return account ? { at: 'account', account } : { at: 'signedOut', closed: false };
    });
    if (question !== asked.current) return;
    if (before === acts.current) setView(next);
    else if (shown.current === 'account') void load();
  }

  function now(next: View) {
    acts.current++;
    setView(next);
  }

  useEffect(() => onLink((token) => now({ at: 'link', token })), []);
  useEffect(() => onSignedOut(() => now({ at: 'signedOut', closed: false })), []);
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
    now({ at: 'account', account });
  }

  const enter = async (token: string) =>
    now(
      await viewOf(async () => {
        const account = await api.signIn(token, language);
        return account ? { at: 'account', account } : { at: 'signedOut', closed: true };
      }),
    );

  const signOut = async () =>
    now(
      await viewOf(async () => {
        await api.signOut();
        return { at: 'signedOut', closed: false };
      }),
    );

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
