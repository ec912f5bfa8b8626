// What was typed and not saved is not lost without a word: closing, Escape and the browser's way back ask first.
import { type ShouldBlockFn, useBlocker } from '@tanstack/react-router';

import { type Closing, type Leave, Question, useClose } from '../parts/close';

/** The search in the address may change beneath a form; another path takes the form away. */
const elsewhere: ShouldBlockFn = ({ current, next }) => current.pathname !== next.pathname;

/** `close` must pass by the router's blockers (`ignoreBlocker`), or it would be asked about twice. */
export function useLeave(closing: Closing): Leave {
  const { leave, question } = useClose(closing);
  const way = useBlocker({ shouldBlockFn: elsewhere, disabled: !closing.dirty, withResolver: true });
  if (way.status === 'blocked')
    return { leave, question: <Question discard={way.proceed} keep={way.reset} /> };
  return { leave, question };
}
