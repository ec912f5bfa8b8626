import type { Setup } from './api';
import type { Change } from './changes';
import { useFocusOnceShown } from './hooks';
import { type Speech, useSpeech } from './speech';

/** Says what is new in an offer that changed while it was looked at, and that nothing was sent. */
export function News({ changes }: { changes: Change[] }) {
  const speech = useSpeech();
  const { words } = speech;
  const notice = useFocusOnceShown<HTMLDivElement>();
  return (
    <div class="notice" role="alert" ref={notice} tabIndex={-1}>
      <h2>{words.changed}</h2>
      <p>{words.changedWhy}</p>
      <ul>
        {changes.length === 0 && <li>{words.changedOther}</li>}
        {changes.map((change) => (
          <li key={change.what}>{say(change, speech)}</li>
        ))}
      </ul>
    </div>
  );
}

function say(change: Change, { words, money, day }: Speech): string {
  if (change.what === 'terms') return words.termsChange;
  if (change.what === 'anchorDay') return words.anchorDayChange(day(change.before), day(change.now));
  const price = (amount: typeof change.now) => (amount ? money(amount) : words.notOffered);
  const sentence = change.what === 'card' ? words.cardChange : words.achChange;
  return sentence(price(change.before), price(change.now));
}

/** Says why a link is open again. The reason is the server's, in the language in which the tenant signed. */
export function Reopened({ setup }: { setup: Setup }) {
  const { words } = useSpeech();
  return (
    <div class="notice">
      <h2>{words.reopened}</h2>
      <p>
        {words.reopenedWhy} <span lang={setup.reopenedLanguage?.toLowerCase()}>{setup.reopenedReason}</span>
      </p>
    </div>
  );
}
