// The terms are shown, the customer signs on the screen, and Agree ends it.
import { Alert, Button, Checkbox, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useState } from 'react';

import { useFocusRefused } from '../console/parts/focus';
import { day, money } from '../console/parts/words';
import { AgreeToTermsDocument, CheckoutDocument, type Language, type MessageChannel } from '../gql/graphql';
import { ask } from '../shared/ask';
import { dayOfMonth } from '../shared/format';
import { isSignature, picture, type Stroke } from '../shared/signature';
import { type Migration, useAt, useRefusal } from './acting';
import { CheckoutStep, OtherCard } from './checkout';
import classes from './counter.module.css';
import { Heading } from './heading';
import { Lines } from './lines';
import { Monthly } from './monthly';
import { SignaturePad } from './pad';

type Agreement = NonNullable<Migration['agreement']>;

export function TermsStep() {
  const { migration } = useAt();
  // Without one the old record has changed since the terms were shown, or a day has passed: Checkout says what, and looks again.
  return migration.agreement ? <Agreeing agreement={migration.agreement} /> : <CheckoutStep />;
}

/** What is agreed to, whatever language it is read in. */
const substanceOf = (agreement: Agreement) =>
  JSON.stringify({ ...agreement, digest: '', language: null, terms: null });

/** The same in another language is read on, and what the customer has signed so far stays; anything else is signed anew. */
const isSame = (before: Agreement, now: Agreement) =>
  before.digest === now.digest ||
  (before.language !== now.language && substanceOf(before) === substanceOf(now));

function Agreeing({ agreement }: { agreement: Agreement }) {
  const { session, migration, act, busy } = useAt();
  const [wanted, want] = useState<Language | null>(null); // while it is asked for; else what the session has, wherever it was chosen
  const [held, hold] = useState({ agreement, changes: 0 });
  if (held.agreement !== agreement)
    hold({ agreement, changes: held.changes + (isSame(held.agreement, agreement) ? 0 : 1) });
  const language = wanted ?? agreement.language;

  async function readIn(chosen: Language) {
    want(chosen);
    await act(async () => {
      return (await ask(CheckoutDocument, { input: { sessionId: session.id, language: chosen } })).checkout;
    });
    want(null);
  }

  const { terms } = agreement;
  return (
    <Stack gap="lg">
      <Heading title="Terms and signature">Hand the screen to the customer.</Heading>
      {held.changes > 0 && (
        <Alert
          role="alert"
          variant="outline"
          color="yellow"
          icon={<IconInfoCircle />}
          title="Something has changed"
        >
          Nothing was signed. Below is what holds now: if the customer agrees to it, they sign again.
        </Alert>
      )}
      <Monthly of={agreement.monthly} />
      <Lines
        of={[
          ['Due today', `${money(agreement.dueToday)}: nothing is charged today`],
          ['First charge', day(agreement.firstChargeOn)],
          ['Then', `${dayOfMonth(agreement.anchorDay, 'EN')} of each month`],
          ['Card', agreement.cardLabel],
        ]}
      />
      <SegmentedControl
        size="lg"
        fullWidth
        aria-label="Language of the terms"
        data={[
          { value: 'EN', label: 'English' },
          { value: 'ES', label: 'Español' },
        ]}
        value={language}
        disabled={busy}
        onChange={(chosen) => void readIn(chosen)}
      />
      {language !== terms.language && !busy && (
        <Text size="sm">
          The location has these terms in {terms.language === 'ES' ? 'Spanish' : 'English'} alone.
        </Text>
      )}
      <div
        className={classes.terms}
        role="region"
        aria-label="Terms, to read"
        tabIndex={0}
        lang={terms.language.toLowerCase()}
      >
        {terms.body.split(/\n{2,}/).map((paragraph, i) => (
          <p key={i}>{paragraph}</p>
        ))}
      </div>
      <Sign key={held.changes} agreement={agreement} name={migration.contact.name} />
    </Stack>
  );
}

function Sign({ agreement, name: known }: { agreement: Agreement; name: string }) {
  const { session, migration, act, busy } = useAt();
  const { contact } = migration;
  const [drawn, setDrawn] = useState(true);
  const [strokes, draw] = useState<readonly Stroke[]>([]);
  const [name, setName] = useState(known);
  // A text is sent to whoever asks for it: the customer has agreed to one alone so far.
  const [wanted, setReceipts] = useState<MessageChannel[]>(['EMAIL']);
  const receipts = wanted.filter((channel) => channel !== 'SMS' || contact.canText); // it may have opted out since it was wanted
  const [lacks, setLacks] = useState<Record<string, string>>({});
  const form = useFocusRefused(lacks);
  const [noReceipt, forgetReceipt] = useRefusal('receipts');
  const [noDrawing, forgetDrawing] = useRefusal('signature.imageBase64', drawn);
  const [noName, forgetName] = useRefusal('signature.name');
  const filled = (field: string) =>
    setLacks((held) => Object.fromEntries(Object.entries(held).filter(([name]) => name !== field)));

  const wants = (channel: MessageChannel) => (on: boolean) => {
    forgetReceipt();
    setReceipts((held) => (on ? [...held, channel] : held.filter((each) => each !== channel)));
  };

  function agree() {
    const missing: Record<string, string> = {};
    if (!name.trim()) missing['name'] = 'Type the customer’s full name.';
    if (drawn && !isSignature(strokes)) missing['drawing'] = 'The customer signs in the white field.';
    setLacks(missing);
    if (Object.keys(missing).length > 0) return;
    const signature = drawn
      ? { kind: 'DRAWN' as const, name: name.trim(), imageBase64: picture(strokes) }
      : { kind: 'TYPED' as const, name: name.trim() };
    void act(async () => {
      const input = { sessionId: session.id, digest: agreement.digest, signature, receipts };
      return (await ask(AgreeToTermsDocument, { input })).agreeToTerms;
    });
  }

  return (
    <form
      ref={form}
      noValidate
      onSubmit={(e) => {
        e.preventDefault();
        agree();
      }}
    >
      <Stack gap="md">
        <fieldset className={classes.receipts}>
          <legend>Receipt</legend>
          <Checkbox
            label={`By email to ${contact.email}`}
            checked={receipts.includes('EMAIL')}
            onChange={(e) => wants('EMAIL')(e.currentTarget.checked)}
          />
          <Checkbox
            label={`By text${contact.phone && ` to ${contact.phone}`}`}
            description={contact.whyNoText}
            disabled={!contact.canText}
            checked={receipts.includes('SMS')}
            onChange={(e) => wants('SMS')(e.currentTarget.checked)}
          />
          {noReceipt && <Text c="var(--mantine-color-error)">{noReceipt}</Text>}
        </fieldset>
        {drawn && (
          <SignaturePad
            strokes={strokes}
            draw={(next) => {
              draw(next);
              filled('drawing');
              forgetDrawing();
            }}
            problem={lacks['drawing'] ?? noDrawing}
          />
        )}
        <TextInput
          label={drawn ? 'Full name, beside the signature' : 'Full name, as the signature'}
          autoComplete="off"
          maxLength={120}
          required
          value={name}
          onChange={(e) => {
            filled('name');
            forgetName();
            setName(e.currentTarget.value);
          }}
          error={lacks['name'] ?? noName}
        />
        <Button type="submit" size="xl" fullWidth loading={busy}>
          Agree
        </Button>
        <Button variant="default" onClick={() => setDrawn(!drawn)}>
          {drawn ? 'Sign by typing the name instead' : 'Draw the signature'}
        </Button>
        <OtherCard />
      </Stack>
    </form>
  );
}
