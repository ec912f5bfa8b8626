import { useEffect, useState } from 'preact/hooks';

import type { Language } from '../gql/graphql';
import { type Offer, type Setup } from './api';
import { Trouble } from '../shared/ask';
import { useAct } from './hooks';
import type { Problem } from '../shared/paying';
import { useSpeech } from './speech';
import { asInput, type Lacks, lacksOf, SignatureField, type Signed } from './signfield';
import { submit } from './submit';
import { draft, type Saved } from './tab';
import type { Words } from './words.en';

interface Props {
  token: string;
  email: string; // on file; "" where none is
  offer: Offer;
  readIn: Language;
  saved: Saved | null;
  lacking: (problem: Problem) => void;
  handedIn: (setup: Setup | null) => void;
  offerChanged: (setup: Setup) => void;
}

type Part = 'accept' | 'email';
type Missing = Partial<Record<Part, keyof Words & `${Part}${string}`>> & Lacks;

// In the page's order: the method's choices, Stripe's form, the box, the way to sign, the name.
const firstToMend =
  'fieldset[aria-invalid=true] :checked, .stripe[data-invalid] button, input[aria-invalid=true]';

/** The last step: terms, signature, and handing in. */
export function SignBox({ token, email, offer, readIn, saved, lacking, handedIn, offerChanged }: Props) {
  const { words } = useSpeech();
  const [ownEmail, setOwnEmail] = useState(draft.email); // null: the one on file is right
  const [signed, setSigned] = useState<Signed>(() => ({ kind: 'TYPED', name: draft.name(), strokes: [] }));
  const [agreedTo, setAgreedTo] = useState(''); // the digest of the offer that the box was ticked for
  const [missing, setMissing] = useState<Missing>({});
  const [problem, setProblem] = useState('');
  const [failures, setFailures] = useState(0);
  const agreed = agreedTo === offer.digest;
  useEffect(() => draft.keepName(signed.name), [signed.name]);
  useEffect(() => draft.keepEmail(ownEmail), [ownEmail]);
  useEffect(() => {
    if (failures > 0) document.querySelector<HTMLElement>(firstToMend)?.focus();
  }, [failures]);

  function notSent(what: Missing, why: string) {
    setMissing(what);
    setProblem(why);
    setFailures((n) => n + 1);
  }

  const [busy, send] = useAct(async () => {
    const lacks = check(signed, agreed, ownEmail);
    if (!saved) lacking('methodMissing');
    if (!saved || Object.keys(lacks).length > 0) return notSent(lacks, words.mendFirst);
    setMissing({});
    setProblem('');
    try {
      const outcome = await submit({
        token,
        setupIntentId: saved.intentId,
        digest: offer.digest,
        acceptTerms: true,
        acceptMandate: saved.type === 'US_BANK_ACCOUNT',
        signature: asInput(signed),
        language: readIn,
        ...(ownEmail !== null && { email: ownEmail.trim() }),
      });
      switch (outcome.kind) {
        case 'settled':
          return handedIn(outcome.setup);
        case 'changed':
          setSigned({ ...signed, name: '', strokes: [] });
          return offerChanged(outcome.setup);
        case 'method':
          lacking('methodUnusable');
          return notSent({}, words.mendFirst);
        case 'busy':
          return notSent({}, `${words.busy} ${words.sendAgain}`);
        case 'refused':
          if (outcome.refusals.every((refusal) => refusal.field?.[0] === 'email')) {
            return notSent({ email: 'emailWrong' }, words.mendFirst);
          }
          return notSent(
            {},
            [words.refused, ...outcome.refusals.map((refusal) => refusal.message)].join(' '),
          );
      }
    } catch (e) {
      if (!(e instanceof Trouble)) throw e;
      setProblem(`${words[e.kind]} ${words.sendAgain}`);
    }
  });

  return (
    <section class="box" aria-labelledby="sign">
      <h2 id="sign">{words.terms}</h2>
      <div
        class="terms"
        role="region"
        aria-label={words.termsText}
        tabIndex={0}
        lang={offer.terms.language.toLowerCase()}
      >
        {offer.terms.body.split(/\n{2,}/).map((paragraph, i) => (
          <p key={i}>{paragraph}</p>
        ))}
      </div>
      <form
        noValidate
        onSubmit={(e) => {
          e.preventDefault();
          void send();
        }}
      >
        <label class="check">
          <input
            type="checkbox"
            checked={agreed}
            aria-invalid={!!missing.accept && !agreed}
            aria-describedby="acceptProblem"
            onChange={(e) => setAgreedTo(e.currentTarget.checked ? offer.digest : '')}
          />
          <span>{words.accept}</span>
        </label>
        <p class="problem" id="acceptProblem">
          {missing.accept && !agreed && words[missing.accept]}
        </p>
        <SignatureField
          signed={signed}
          lacks={missing}
          sign={(next) => {
            setSigned(next);
            setMissing(({ accept }) => (accept ? { accept } : {}));
          }}
        />
        <EmailField email={email} own={ownEmail} change={setOwnEmail} wrong={!!missing.email} />
        <p class="problem" role="alert">
          {problem}
        </p>
        <button class="primary wide" aria-disabled={busy}>
          {busy ? words.sending : words.send}
        </button>
        <p class="dim small after">{words.nothingNow}</p>
      </form>
    </section>
  );
}

/** Where messages go, and the tenant's own address where that is another one. */
function EmailField(props: {
  email: string;
  own: string | null;
  change: (own: string | null) => void;
  wrong: boolean;
}) {
  const { words } = useSpeech();
  const { email, own, change, wrong } = props;
  if (own === null) {
    return (
      <p class="mail">
        {email ? words.emailOnFile : words.emailNone} {email && <strong>{email}</strong>}{' '}
        <button type="button" class="plain" onClick={() => change('')}>
          {words.emailOther}
        </button>
      </p>
    );
  }
  return (
    <>
      <label class="field">
        <span>{words.emailOwn}</span>
        <input
          class="text"
          type="email"
          name="email"
          autocomplete="email"
          value={own}
          aria-invalid={wrong}
          aria-describedby="emailProblem emailHint"
          onInput={(e) => change(e.currentTarget.value)}
        />
      </label>
      <p class="problem" id="emailProblem">
        {wrong && words.emailWrong}
      </p>
      <p class="dim small" id="emailHint">
        {email && words.emailHint(email)}{' '}
        <button type="button" class="plain" onClick={() => change(null)}>
          {words.emailKeep}
        </button>
      </p>
    </>
  );
}

function check(signed: Signed, agreed: boolean, ownEmail: string | null): Missing {
  const missing: Missing = lacksOf(signed);
  if (!agreed) missing.accept = 'acceptMissing';
  if (ownEmail !== null && !/^\s*[^\s@]+@[^\s@]+\s*$/.test(ownEmail)) missing.email = 'emailWrong';
  return missing;
}
