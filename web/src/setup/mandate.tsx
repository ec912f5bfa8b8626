import type { Problem } from '../shared/paying';
import { useSpeech } from './speech';

interface Props {
  text: string;
  accepted: boolean;
  accept: (accepted: boolean) => void;
  problem: Problem;
}

/** What a tenant authorises with a bank account. Nacha's rules want it shown and accepted before the account is used. */
export function MandateCheck({ text, accepted, accept, problem }: Props) {
  const { words } = useSpeech();
  return (
    <>
      <p class="mandate">{text}</p>
      <label class="check">
        <input
          type="checkbox"
          checked={accepted}
          aria-invalid={problem === 'mandateMissing' && !accepted}
          onChange={(e) => accept(e.currentTarget.checked)}
        />
        <span>{words.acceptMandate}</span>
      </label>
    </>
  );
}
