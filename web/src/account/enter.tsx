// The ways in: a link that was mailed, and the form that asks for one.
import { useState } from 'preact/hooks';

import { Trouble } from '../shared/ask';
import { Page } from '../setup/frame';
import { useAct } from '../setup/hooks';
import { useSpeech } from '../setup/speech';
import { api } from './api';
import { looksLikeEmail, useWords } from './words';

/** Behind a mailed link. It is used up by a person's click: programs that look at links in emails for danger click nothing. */
export function Enter({ enter }: { enter: () => Promise<void> }) {
  const words = useWords();
  const [busy, run] = useAct(enter);
  return (
    <Page mood="good" title={words.enterTitle} lead={words.enterLead}>
      <button type="button" class="primary" aria-disabled={busy} onClick={() => void run()}>
        {busy ? words.entering : words.enter}
      </button>
    </Page>
  );
}

/** Asks for a link. The answer is the same for every address. */
export function SignIn({ closed }: { closed: boolean }) {
  const words = useWords();
  const speech = useSpeech();
  const [email, setEmail] = useState('');
  const [problem, setProblem] = useState('');
  const [sentTo, setSentTo] = useState('');
  const [busy, send] = useAct(async () => {
    setProblem('');
    if (!looksLikeEmail(email)) return setProblem(words.emailWrong);
    try {
      if (await api.requestLink(email.trim(), speech.language)) setSentTo(email.trim());
      else setProblem(words.emailWrong);
    } catch (e) {
      if (!(e instanceof Trouble)) throw e;
      setProblem(speech.words[e.kind]);
    }
  });
  if (sentTo) {
    return (
      <Page mood="mail" title={words.sentTitle} lead={words.sentLead(sentTo)}>
        <p class="dim">{words.sentHint}</p>
        <button type="button" onClick={() => setSentTo('')}>
          {words.again}
        </button>
      </Page>
    );
  }
  return (
    <Page
      mood="mail"
      title={closed ? words.closedTitle : words.signInTitle}
      lead={closed ? words.closedLead : words.signInLead}
    >
      <form
        class="box enter"
        noValidate
        onSubmit={(e) => {
          e.preventDefault();
          void send();
        }}
      >
        <label class="field">
          <span>{words.email}</span>
          <input
            class="text"
            type="email"
            name="email"
            autocomplete="email"
            value={email}
            aria-invalid={problem !== ''}
            aria-describedby="emailProblem"
            onInput={(e) => setEmail(e.currentTarget.value)}
          />
        </label>
        <p class="problem" id="emailProblem" role="alert">
          {problem}
        </p>
        <button class="primary wide" aria-disabled={busy}>
          {busy ? words.sending : words.send}
        </button>
      </form>
    </Page>
  );
}
