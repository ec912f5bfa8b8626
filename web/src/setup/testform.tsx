import { useState } from 'preact/hooks';

import { useAct } from './hooks';
import { MandateCheck } from './mandate';
import type { FormProps } from './pay';
import { confirmAtStandIn, testMethods } from '../shared/sandbox';
import { useSpeech } from './speech';
import { draft, returnAddress } from './tab';

/** The form of the demo: test methods by name. It asks for nothing that a real card has. */
export function TestForm({ base, type, mandate, problem, start, attempt }: FormProps & { base: string }) {
  const { words } = useSpeech();
  const methods = testMethods[type];
  const [method, setMethod] = useState(methods[0]!);
  const [holder, setHolder] = useState(draft.name);
  const [authorised, setAuthorised] = useState(false);
  const [busy, save] = useAct(() =>
    attempt(method.name, async () => {
      if (type !== 'CARD' && !holder.trim()) return { kind: 'refused', problem: 'holderMissing' };
      if (mandate && !authorised) return { kind: 'refused', problem: 'mandateMissing' };
      const started = await start();
      return started && confirmAtStandIn(base, started, method.form(holder.trim()), returnAddress());
    }),
  );
  return (
    <form
      noValidate
      onSubmit={(e) => {
        e.preventDefault();
        void save();
      }}
    >
      <fieldset class="choices" role="radiogroup" aria-invalid={problem !== ''} aria-describedby="payProblem">
        <legend class="hidden">{words.testMethods}</legend>
        {methods.map((each) => (
          <label key={each.does} class="choice">
            <input type="radio" name="method" checked={each === method} onChange={() => setMethod(each)} />
            <span>
              <strong>{each.name}</strong>
              <small>{words[each.does]}</small>
            </span>
          </label>
        ))}
      </fieldset>
      {type !== 'CARD' && (
        <label class="field">
          <span>{words.holder}</span>
          <input
            class="text"
            type="text"
            autocomplete="name"
            value={holder}
            aria-invalid={problem === 'holderMissing'}
            onInput={(e) => setHolder(e.currentTarget.value)}
          />
        </label>
      )}
      {mandate && (
        <MandateCheck text={mandate} accepted={authorised} accept={setAuthorised} problem={problem} />
      )}
      <button class="primary" aria-disabled={busy}>
        {busy ? words.saving : type === 'CARD' ? words.saveCard : words.saveBank}
      </button>
    </form>
  );
}
