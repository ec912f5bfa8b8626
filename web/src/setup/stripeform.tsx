import { useRef, useState } from 'preact/hooks';

import { useAct } from './hooks';
import { MandateCheck } from './mandate';
import type { FormProps } from './pay';
import { useSpeech } from './speech';
import type { OpenForm } from '../shared/stripe';
import { returnAddress } from './tab';

/** Stripe's own form, in Stripe's frame: no number touches this page. Stripe.js is loaded when it is asked for. */
export function StripeForm({ type, mandate, problem, start, attempt }: FormProps) {
  const { words, tag } = useSpeech();
  const frame = useRef<HTMLDivElement>(null);
  const [form, setForm] = useState<OpenForm | null>(null);
  const [authorised, setAuthorised] = useState(false);
  const [opening, open] = useAct(() =>
    attempt('', async () => {
      const started = await start();
      if (!started) return null;
      const { openStripeForm } = await import('../shared/stripe');
      const opened = await openStripeForm(started, frame.current!, tag);
      if (!opened) return { kind: 'refused', problem: 'stripeAbsent' };
      setForm(opened);
      return null;
    }),
  );
  const [saving, save] = useAct(() =>
    attempt('', async () => {
      if (mandate && !authorised) return { kind: 'refused', problem: 'mandateMissing' };
      return form!.save(returnAddress());
    }),
  );
  const labels = type === 'CARD' ? [words.enterCard, words.saveCard] : [words.enterBank, words.saveBank];
  return (
    <div class="stripe" data-invalid={problem ? '' : undefined}>
      <div ref={frame} />
      {form && mandate && (
        <MandateCheck text={mandate} accepted={authorised} accept={setAuthorised} problem={problem} />
      )}
      <button
        type="button"
        class="primary"
        aria-disabled={opening || saving}
        onClick={() => void (form ? save() : open())}
      >
        {saving ? words.saving : opening ? words.opening : labels[form ? 1 : 0]}
      </button>
    </div>
  );
}
