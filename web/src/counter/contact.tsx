// Phone and email address. The customer answers a text with the address, or says it; what counts is what the API has taken.
import { Anchor, Button, Group, List, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';

import { answers, asked } from '../console/api';
import { Refused } from '../console/parts/trouble';
import {
  ConfirmContactDocument,
  EnterEmailDocument,
  ReadersDocument,
  RequestEmailByTextDocument,
  StartCardSetupDocument,
} from '../gql/graphql';
import { ask } from '../shared/ask';
import { type Migration, useAt, useRefusal } from './acting';
import classes from './counter.module.css';
import { Heading } from './heading';
import { readerFor } from './search';
import { ownReader } from './standing';
import { Thread } from './thread';

type Contact = Migration['contact'];

/** Typing is the way on where the customer does not answer, or where there is an address already that may be wrong. */
export const typesEmail = ({ offerTyping, emailSource }: Contact) =>
  offerTyping || emailSource === 'LEGACY' || emailSource === 'TYPED';

const looksLikeEmail = (text: string) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text.trim());
/** Short enough for any country; the API decides. */
const looksLikePhone = (text: string) => text.replace(/\D/g, '').length >= 7;

const missingOf = ({ missing }: Contact, name: string) =>
  missing.find(({ field }) => field?.at(-1) === name)?.message;

export function ContactStep() {
  const { session, migration, act, busy, rematch } = useAt();
  const { contact } = migration;
  const [phoneDraft, setPhone] = useState<string | null>(null); // null: what the API holds
  const [emailDraft, setEmail] = useState<string | null>(null);
  const [chosen, setChosen] = useState(false); // to type the address
  const phone = phoneDraft ?? contact.phone;
  const email = emailDraft ?? contact.email;
  const typing = chosen || emailDraft !== null || typesEmail(contact);
  const dirty =
    (phoneDraft !== null && phoneDraft.trim() !== contact.phone) ||
    (emailDraft !== null && emailDraft.trim() !== contact.email);
  const answered = contact.emailSource === 'TEXT' && contact.email;
  const [noPhone, forgetPhone] = useRefusal('phone');
  const [noEmail, forgetEmail] = useRefusal('email', typing || !!answered);
  const readers = asked(ReadersDocument, { at: session.location.id });
  useQuery(readers); // known by the time that the card is asked for

  async function text() {
    await saving.current; // leaving the field has begun it: this tap is not to be lost to it
    const input = { sessionId: session.id, phone: phone.trim() };
    const asking = await act(
      async () => (await ask(RequestEmailByTextDocument, { input })).requestEmailByText,
    );
    const futile = ({ code }: { code: string }) => code !== 'INVALID' && code !== 'BUSY';
    if (asking?.userErrors.some(futile)) setChosen(true); // no text will come of it: typing is the way on
    if (asking?.userErrors.length !== 0) return;
    setPhone(null);
    const state = asking.session?.migration?.contact.text?.state;
    if (state !== 'SENDING' && state !== 'WAITING' && state !== 'ANSWERED') return; // typing is the way on
    setEmail(null); // the answer is waited for in its place
    setChosen(false);
  }

  // All that are under way: one that begins beside another ends at once, and says nothing of that one.
  const saving = useRef<Promise<unknown>>(null);
  const save = () => void (saving.current = Promise.all([saving.current, hand()]));

  async function hand() {
    const input = {
      sessionId: session.id,
      email: email.trim(),
      phone: phoneDraft === null ? null : phone.trim(),
    };
    const saved = await act(async () => (await ask(EnterEmailDocument, { input })).enterEmail);
    if (saved?.userErrors.length !== 0) return;
    // What was typed meanwhile stays.
    setPhone((now) => (now === phoneDraft ? null : now));
    setEmail((now) => (now === emailDraft ? null : now));
  }

  // Nobody needs a phone: the number is for the text that asks, and for a receipt.
  const ready = looksLikeEmail(email) && (phone.trim() === '' || looksLikePhone(phone));
  const saves = (typing || contact.email !== '') && dirty; // a number is corrected beside the answer, too
  useSaving({ wanted: saves && ready && !busy, of: `${email}\n${phone}`, save });
  const saveNow = () => saves && email.trim() !== '' && !busy && save();

  async function confirm() {
    const input = { sessionId: session.id, email: contact.email };
    const confirmed = await act(async () => (await ask(ConfirmContactDocument, { input })).confirmContact);
    if (confirmed?.userErrors.length !== 0 || confirmed.session?.migration?.step !== 'CARD') return;
    if (confirmed.session.migration.card.state !== 'NONE') return;
    const held = await answers.fetchQuery(readers).catch(() => null);
    const reader = ownReader(held?.readers ?? [], readerFor(session.id));
    if (!reader) return;
    const asking = { sessionId: session.id, entry: 'READER' as const, readerId: reader.id };
    await act(async () => (await ask(StartCardSetupDocument, { input: asking })).startCardSetup);
  }

  const beside = contact.text?.email; // it came although an address was typed

  async function use(answer: string) {
    await saving.current; // as in text()
    const input = { sessionId: session.id, email: answer, phone: null };
    const used = await act(async () => (await ask(EnterEmailDocument, { input })).enterEmail);
    if (used?.userErrors.length === 0) setEmail(null);
  }

  const others = contact.missing.filter(
    ({ field }) => field?.at(-1) !== 'phone' && field?.at(-1) !== 'email',
  );
  return (
    <Stack gap="lg">
      <Heading title="Phone and email">
        The customer gets one text that asks for the email address, and answers it.
      </Heading>
      <form
        onSubmit={(e) => {
          e.preventDefault();
          if (saves) void save();
          else if (phone.trim() !== '' && (!typing || !contact.text)) void text();
        }}
      >
        <Stack gap="md">
          <Group align="flex-start" gap="sm">
            <TextInput
              flex="1 1 14rem"
              label="Phone"
              type="tel"
              inputMode="tel"
              autoComplete="off"
              enterKeyHint="send"
              value={phone}
              onChange={(e) => {
                forgetPhone();
                setPhone(e.currentTarget.value);
              }}
              onBlur={saveNow}
              description={phoneDraft === null ? missingOf(contact, 'phone') : undefined}
              error={noPhone}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
            />
            <Button
              mt={{ base: 0, xs: 27 }}
              variant={typing || contact.text ? 'default' : 'filled'}
              loading={busy && !typing}
              disabled={phone.trim() === ''}
              onClick={() => void text()}
            >
              {contact.text ? 'Text again' : 'Text the customer'}
            </Button>
          </Group>
          {contact.text && <Thread text={contact.text} phone={contact.phone} />}
          {typing ? (
            <>
              <TextInput
                label="Email"
                type="email"
                inputMode="email"
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                required
                value={email}
                onChange={(e) => {
                  forgetEmail();
                  setEmail(e.currentTarget.value);
                }}
                onBlur={saveNow}
                description={
                  emailDraft !== null
                    ? undefined
                    : contact.emailSource === 'LEGACY'
                      ? 'From the old list. Ask whether it is still right.'
                      : missingOf(contact, 'email')
                }
                error={noEmail}
                inputWrapperOrder={['label', 'input', 'description', 'error']}
              />
              {beside && emailDraft?.trim() !== beside && beside !== contact.email && (
                <Group gap="sm">
                  <Text>
                    The customer has answered: <strong>{beside}</strong>
                  </Text>
                  <Button variant="default" onClick={() => void use(beside)}>
                    Use it
                  </Button>
                </Group>
              )}
              {answered && emailDraft !== null && emailDraft.trim() !== contact.email && (
                <Button
                  variant="default"
                  onClick={() => {
                    forgetEmail();
                    setEmail(null);
                  }}
                >
                  Use the answer: {contact.email}
                </Button>
              )}
            </>
          ) : answered ? (
            <Answer email={contact.email} refused={noEmail} correct={() => setEmail(contact.email)} />
          ) : (
            <Anchor
              component="button"
              type="button"
              className={classes.target}
              onClick={() => setChosen(true)}
            >
              Type the email instead
            </Anchor>
          )}
        </Stack>
      </form>
      {others.length > 0 && (
        <List>
          {others.map(({ message }) => (
            <List.Item key={message}>{message}</List.Item>
          ))}
        </List>
      )}
      <Button
        size="xl"
        fullWidth
        disabled={!contact.canConfirm || dirty}
        loading={busy && contact.canConfirm && !dirty}
        onClick={() => void confirm()}
      >
        Confirm
      </Button>
      <Button variant="default" onClick={rematch}>
        Not {migration.legacy?.name ?? 'this customer'}? Match again
      </Button>
    </Stack>
  );
}

function Answer({
  email,
  refused,
  correct,
}: {
  email: string;
  refused: string | undefined;
  correct: () => void;
}) {
  return (
    <div className={classes.answer}>
      <Text size="sm" c="dimmed">
        The customer’s answer. Read it out, and confirm it.
      </Text>
      <Text fw={700} size="xl">
        {email}
      </Text>
      {refused && <Refused message={refused} />}
      <Anchor component="button" type="button" className={classes.target} onClick={correct}>
        Correct it
      </Anchor>
    </div>
  );
}

/** Hands over what is typed once the fingers rest, each wording once: what was refused waits for another one. */
function useSaving({ wanted, of, save }: { wanted: boolean; of: string; save: () => void }) {
  const tried = useRef('');
  const latest = useRef(save);
  useEffect(() => {
    latest.current = save;
  });
  useEffect(() => {
    if (!wanted || tried.current === of) return;
    const timer = setTimeout(() => {
      tried.current = of;
      void latest.current();
    }, 500);
    return () => clearTimeout(timer);
  }, [wanted, of]);
}
