// The card typed: into Stripe's own form, in Stripe's frame, or chosen of the test cards where the demo stands in for Stripe.
import { Alert, Button, Radio, Stack, useComputedColorScheme } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';

import { Trouble } from '../shared/ask';
import { type Attempt, type Problem, problemOf, problemWords, type Started } from '../shared/paying';
import { confirmAtStandIn, standIn, testMethods } from '../shared/sandbox';
import type { OpenForm } from '../shared/stripe';
import { type Payload, useAt, useEvery } from './acting';
import { cardProblems, testMethodWords } from './words';

interface Props {
  started: Started;
  check: () => Promise<Payload | null>;
  look: () => Promise<Payload>;
}

/** Where a bank's page leads back to. */
const back = () => location.origin + location.pathname;

export function TypedCard({ started, check, look }: Props) {
  const { busy } = useAt();
  const [problem, setProblem] = useState<Problem>('');
  const [saving, setSaving] = useState(false);
  const [saved, setSaved] = useState(false);
  useEvery(saved && !busy, 2_000, look); // Stripe may take a moment
  const base = standIn();

  async function attempt(act: () => Promise<Attempt | null>) {
    if (saving) return;
    setSaving(true);
    setProblem('');
    try {
      const outcome = await act();
      if (outcome?.kind === 'refused') setProblem(outcome.problem || 'declined');
      if (outcome?.kind === 'bank') leaveFor(outcome.url);
      if (outcome?.kind === 'saved') {
        setSaved(true);
        await check();
      }
    } catch (e) {
      if (!(e instanceof Trouble)) throw e;
      setProblem(problemOf(e));
    } finally {
      setSaving(false);
    }
  }

  const Form = base ? TestForm : StripeForm;
  return (
    <Stack gap="md">
      {problem && (
        <Alert role="alert" variant="outline" color="red" icon={<IconAlertTriangle />}>
          {problemWords(problem, cardProblems)}
        </Alert>
      )}
      <Form base={base ?? ''} started={started} attempt={attempt} busy={saving || saved} />
    </Stack>
  );
}

function leaveFor(url: string) {
  const target = new URL(url, location.origin);
  if (!/^https?:$/.test(target.protocol)) throw new Error(`${target.protocol} leads to no bank`);
  location.assign(target.href);
}

interface FormProps {
  base: string;
  started: Started;
  attempt: (act: () => Promise<Attempt | null>) => Promise<void>;
  busy: boolean;
}

function TestForm({ base, started, attempt, busy }: FormProps) {
  const cards = testMethods.CARD;
  const [chosen, setChosen] = useState(cards[0]!);
  return (
    <form
      onSubmit={(e) => {
        e.preventDefault();
        void attempt(() => confirmAtStandIn(base, started, chosen.form(''), back()));
      }}
    >
      <Radio.Group
        label="Test card"
        description="This demo takes no real cards."
        value={chosen.does}
        onChange={(does) => setChosen(cards.find((each) => each.does === does)!)}
      >
        <Stack gap={0} my="sm">
          {cards.map(({ name, does }) => (
            <Radio key={does} value={does} label={`${name}: ${testMethodWords[does]}`} py={10} />
          ))}
        </Stack>
      </Radio.Group>
      <Button type="submit" size="xl" fullWidth loading={busy}>
        Save this card
      </Button>
    </form>
  );
}

function StripeForm({ started, attempt, busy }: FormProps) {
  const frame = useRef<HTMLDivElement>(null);
  const [form, setForm] = useState<OpenForm | null>(null);
  const [absent, setAbsent] = useState(false);
  const [tries, setTries] = useState(0);
  const dark = useComputedColorScheme('light') === 'dark';
  const { clientSecret, publishableKey } = started;
  useEffect(() => {
    let over = false;
    const into = document.createElement('div');
    frame.current!.replaceChildren(into);
    setForm(null);
    setAbsent(false);
    void (async () => {
      const { openStripeForm } = await import('../shared/stripe');
      const opened = over ? null : await openStripeForm({ clientSecret, publishableKey }, into, 'en', dark);
      if (over) return;
      if (opened) setForm(opened);
      else setAbsent(true);
    })();
    return () => {
      over = true;
    };
  }, [clientSecret, publishableKey, dark, tries]);
  return (
    <Stack gap="md">
      <div ref={frame} />
      {absent && (
        <Alert role="alert" variant="outline" color="red" icon={<IconAlertTriangle />}>
          {cardProblems.stripeAbsent}
        </Alert>
      )}
      {absent ? (
        <Button size="xl" onClick={() => setTries((n) => n + 1)}>
          Try again
        </Button>
      ) : (
        <Button
          size="xl"
          fullWidth
          loading={busy || !form}
          onClick={() => void attempt(() => form!.save(back()))}
        >
          Save this card
        </Button>
      )}
    </Stack>
  );
}
