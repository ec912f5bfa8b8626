// What stands around every page of a tenant.
import type { ComponentChildren } from 'preact';

import type { Language } from '../gql/graphql';
import type { Trouble } from '../shared/ask';
import { useAct, useFocusOnceShown } from './hooks';
import { useSpeech } from './speech';

export function Header({ place, choose }: { place: string; choose: (language: Language) => void }) {
  const { words, language } = useSpeech();
  const button = (of: Language, tag: string, name: string) => (
    <button type="button" lang={tag} aria-pressed={language === of} onClick={() => choose(of)}>
      {name}
    </button>
  );
  return (
    <header class="top">
      <span class="place">{place}</span>
      <div class="languages" role="group" aria-label={words.language}>
        {button('EN', 'en', 'English')}
        {button('ES', 'es', 'Español')}
      </div>
    </header>
  );
}

export function Loading({ text }: { text: string }) {
  return (
    <div class="ending" role="status">
      <span class="spinner" aria-hidden="true" />
      <p>{text}</p>
    </div>
  );
}

type Mood = 'good' | 'wait' | 'plain' | 'mail';

interface PageProps {
  mood: Mood;
  title: string;
  lead: string;
  children?: ComponentChildren;
}

/** A page that says one thing. */
export function Page({ mood, title, lead, children }: PageProps) {
  const heading = useFocusOnceShown<HTMLHeadingElement>();
  return (
    <div class="ending">
      <Sign mood={mood} />
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      <p class="lead">{lead}</p>
      {children}
    </div>
  );
}

/** The server did not say how things stand. */
export function NotOpened(props: { title: string; trouble: Trouble; retry: () => Promise<void> }) {
  const { words } = useSpeech();
  const [busy, run] = useAct(props.retry);
  const request = /Request [\w-]+/.exec(props.trouble.message)?.[0]; // by which the operator finds it in the log
  return (
    <Page mood="wait" title={props.title} lead={words[props.trouble.kind]}>
      <button type="button" class="primary" aria-disabled={busy} onClick={() => void run()}>
        {busy ? words.loading : words.retry}
      </button>
      {request && <p class="dim small">{request}</p>}
    </Page>
  );
}

const signs = {
  good: 'm8 16.5 5.5 5.5L24 11',
  wait: 'M16 9v8l5 3',
  plain: 'M10 16h12',
  mail: 'M7 10h18v12H7zl9 7 9-7',
};

function Sign({ mood }: { mood: Mood }) {
  return (
    <svg class={`sign ${mood}`} viewBox="0 0 32 32" aria-hidden="true">
      <path
        d={signs[mood]}
        fill="none"
        stroke="currentColor"
        stroke-width="2.6"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
