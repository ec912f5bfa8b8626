// One thing at a time is done to a session, and what is held of it is what the API answered last.
import { useMutation } from '@tanstack/react-query';
import { createContext, use, useCallback, useEffect, useRef, useState } from 'react';

import { answers, asked, type Refusals, refusals } from '../console/api';
import { CounterSessionDocument, type CounterSessionFragment, type RefusalFragment } from '../gql/graphql';

export type Session = CounterSessionFragment;
export type Migration = NonNullable<Session['migration']>;

/** What every act on a session answers: the session as it is now, also where the act was refused. */
export interface Payload {
  session?: Session | null;
  userErrors: readonly RefusalFragment[];
}

/** Takes the place of what was held. An older answer that is still under way is not waited for. */
export function hold(session: Session) {
  const { queryKey } = asked(CounterSessionDocument, { id: session.id });
  void answers.cancelQueries({ queryKey });
  answers.setQueryData(queryKey, { session });
}

export interface Acting {
  /** Null where no answer came, or while another act is under way. */
  act: <P extends Payload>(run: () => Promise<P>) => Promise<P | null>;
  busy: boolean;
  /** Why the last act was refused, as far as nobody has changed what was refused since. */
  refused: Refusals;
  /** What was refused of a field is answered by another value. */
  forget: (...fields: readonly string[]) => void;
  /** The fields on the screen, each as often as it is there. What is refused of any other stands above them. */
  fields: readonly string[];
  /** Puts a field among them, and answers how to take it away. */
  place: (field: string) => () => void;
  /** The last act came too late: the session had moved on to another step than the screen showed. */
  late: boolean;
  error: Error | null;
  /** Does the last act once more. */
  again: () => void;
}

/** Where a session stands, as a screen shows it. */
const standOf = ({ stage, migration }: Session) => `${stage} ${migration?.step}`;

/** What is refused of these is refused for where the session or the old membership stands, not for what was typed or chosen. */
const standing: readonly (string | undefined)[] = [undefined, 'sessionId', 'legacyMembershipId'];

/** `shown`: the session as the screen shows it; absent before there is one. */
export function useActing(shown?: Session): Acting {
  const underWay = useRef(false); // a state would be read too late for a double tap
  const [from, setFrom] = useState<string | null>(null); // where it stood on the screen when the last act began
  const latest = useRef(shown); // one act may follow another before the screen is drawn anew
  useEffect(() => {
    latest.current = shown;
  });
  const act = useMutation({
    mutationFn: (run: () => Promise<Payload>) => run(),
    networkMode: 'always', // what is tapped while the line is cut is refused, not done later by itself
    onSuccess: ({ session }) => session && hold(session),
  });
  const run = async <P extends Payload>(run: () => Promise<P>): Promise<P | null> => {
    if (underWay.current) return null;
    underWay.current = true;
    setFrom(latest.current ? standOf(latest.current) : null);
    try {
      return (await act.mutateAsync(run)) as P;
    } catch {
      return null; // `error` tells of it
    } finally {
      underWay.current = false;
    }
  };
  const [forgotten, setForgotten] = useState<{ of: Payload | undefined; fields: readonly string[] }>();
  const userErrors = (act.data?.userErrors ?? []).filter(
    ({ field }) => forgotten?.of !== act.data || !forgotten?.fields.includes(field?.join('.') ?? ''),
  );
  const answered = useRef(act.data);
  useEffect(() => {
    answered.current = act.data;
  });
  const [fields, setFields] = useState<readonly string[]>([]);
  const place = useCallback((field: string) => {
    setFields((held) => [...held, field]);
    return () => {
      setFields((held) => held.toSpliced(held.indexOf(field), 1));
      const of = answered.current; // what was refused of it is gone with it
      if (of) setForgotten((held) => ({ of, fields: held?.of === of ? [...held.fields, field] : [field] }));
    };
  }, []);
  return {
    act: run,
    busy: act.isPending,
    refused: refusals(userErrors),
    forget: (...names) =>
      setForgotten((held) => ({
        of: act.data,
        fields: held && held.of === act.data ? [...held.fields, ...names] : names,
      })),
    fields,
    place,
    late:
      !!act.data?.session &&
      standOf(act.data.session) !== from &&
      userErrors.some(
        ({ code, field }) => (code === 'WRONG_STATE' || code === 'TAKEN') && standing.includes(field?.at(-1)),
      ),
    error: act.error,
    again: () => act.variables && void run(act.variables),
  };
}

/** What the steps of a migration work with. */
export interface At extends Acting {
  session: Session;
  migration: Migration;
  /** Back to the legacy match, on this screen alone. */
  rematch: () => void;
  /** The end of that: the customer has said which old membership is theirs, be it the one of before. */
  matched: () => void;
}

export const AtContext = createContext<At | null>(null);

export function useAt(): At {
  const at = use(AtContext);
  if (!at) throw new Error('outside of a migration');
  return at;
}

/**
 * Why a field of the screen was refused, for its side, and how to forget that once it is changed. `shown`: the field is there now; what is
 * refused of it stands above the step otherwise.
 */
export function useRefusal(field: string, shown = true): [refusal: string | undefined, forget: () => void] {
  const { refused, forget, place } = useAt();
  useEffect(() => (shown ? place(field) : undefined), [field, shown, place]);
  return [refused[field], () => forget(field)];
}

/**
 * Asks again and again while `on`, one request at a time, the first one after a pause. An answer that comes after the end is dropped:
 * something newer is held by then.
 */
export function useEvery(on: boolean, pause: number, look: () => Promise<Payload>) {
  const latest = useRef(look);
  useEffect(() => {
    latest.current = look;
  });
  useEffect(() => {
    if (!on) return;
    let over = false;
    let timer: ReturnType<typeof setTimeout>;
    const next = () => {
      timer = setTimeout(() => {
        latest
          .current()
          .then(({ session }) => !over && session && hold(session))
          .catch(() => {}) // the page says that the line is cut; the next look may come through
          .finally(() => !over && next());
      }, pause);
    };
    next();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [on, pause]);
}
