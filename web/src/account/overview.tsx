import { useState } from 'preact/hooks';

import { Trouble } from '../shared/ask';
import { useAct, useFocusOnceShown } from '../setup/hooks';
import { useSpeech } from '../setup/speech';
import type { takeReturn } from '../setup/tab';
import { type Account, api } from './api';
import { ReservationBox } from './reservation';
import { looksLikeEmail, useWords } from './words';

interface Props {
  account: Account;
  returned: ReturnType<typeof takeReturn>;
  changed: (account: Account) => void;
  again: () => Promise<void>;
  signOut: () => Promise<void>;
}

/** What a signed-in tenant sees: each reservation, and where messages go. */
export function Overview({ account, returned, changed, again, signOut }: Props) {
  const words = useWords();
  const heading = useFocusOnceShown<HTMLHeadingElement>();
  const [busy, leave] = useAct(signOut);
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {words.hello(account.greetingName)}
      </h1>
      {account.reservations.length === 0 && <p class="lead">{words.nothing}</p>}
      {account.reservations.map((each) => (
        <ReservationBox
          key={each.id}
          reservation={each}
          returned={returned}
          changed={changed}
          again={again}
        />
      ))}
      <EmailBox account={account} changed={changed} />
      <button type="button" class="leave" aria-disabled={busy} onClick={() => void leave()}>
        {words.signOut}
      </button>
    </>
  );
}

/** Where messages go. Another address waits until the location has confirmed it. */
function EmailBox({ account, changed }: Pick<Props, 'account' | 'changed'>) {
  const words = useWords();
  const speech = useSpeech();
  const [own, setOwn] = useState<string | null>(null);
  const [problem, setProblem] = useState('');
  const [busy, send] = useAct(async () => {
    setProblem('');
    if (own === null || !looksLikeEmail(own)) return setProblem(words.emailWrong);
    try {
      const now = await api.requestEmail(own.trim(), speech.language);
      if (!now) return setProblem(words.emailWrong);
      setOwn(null);
      changed(now);
    } catch (e) {
      if (!(e instanceof Trouble)) throw e;
      setProblem(speech.words[e.kind]);
    }
  });
  return (
    <section class="box" aria-labelledby="email">
      <h2 id="email">{words.emailTitle}</h2>
      <p>
        {words.emailLead} <strong>{account.email}</strong>
      </p>
      {account.requestedEmail && (
        <p class="waits" role="status">
          {words.emailWaits(account.requestedEmail)}
        </p>
      )}
      {own === null ? (
        <button type="button" class="narrow" onClick={() => setOwn('')}>
          {words.emailChange}
        </button>
      ) : (
        <form
          noValidate
          onSubmit={(e) => {
            e.preventDefault();
            void send();
          }}
        >
          <label class="field">
            <span>{words.emailNew}</span>
            <input
              class="text"
              type="email"
              name="newEmail"
              autocomplete="email"
              value={own}
              aria-invalid={problem !== ''}
              aria-describedby="newEmailProblem"
              onInput={(e) => setOwn(e.currentTarget.value)}
            />
          </label>
          <p class="problem" id="newEmailProblem" role="alert">
            {problem}
          </p>
          <div class="acts">
            <button class="primary" aria-disabled={busy}>
              {busy ? words.sending : words.emailSend}
            </button>
            <button type="button" onClick={() => setOwn(null)}>
              {words.cancel}
            </button>
          </div>
        </form>
      )}
    </section>
  );
}
