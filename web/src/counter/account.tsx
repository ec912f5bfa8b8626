// Whose account the card is for. Until a card is on file its address can still be corrected.
import { Anchor, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';

import { EnterEmailDocument } from '../gql/graphql';
import { ask } from '../shared/ask';
import { useAt, useRefusal } from './acting';
import classes from './counter.module.css';

export function Account() {
  const { migration } = useAt();
  const { email, phone } = migration.contact;
  const [correcting, correct] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const was = useRef(false);
  useEffect(() => {
    if (was.current && !correcting) opener.current?.focus();
    was.current = correcting;
  }, [correcting]);
  if (correcting) return <Correction leave={() => correct(false)} />;
  return (
    <Group gap="md" role="group" aria-label="Account">
      <Text>
        Account: <strong>{email}</strong>
        {phone && `, ${phone}`}
      </Text>
      <Anchor
        ref={opener}
        component="button"
        type="button"
        className={classes.target}
        onClick={() => correct(true)}
      >
        Correct it
      </Anchor>
    </Group>
  );
}

/** With another address the account is another one: what is saved is confirmed anew, on the contact's screen. */
function Correction({ leave }: { leave: () => void }) {
  const { session, migration, act, busy, forget } = useAt();
  const { contact } = migration;
  const [noEmail, forgetEmail] = useRefusal('email');
  const [noPhone, forgetPhone] = useRefusal('phone');
  const [email, setEmail] = useState(contact.email);
  const [phone, setPhone] = useState(contact.phone);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const unchanged = email.trim() === contact.email && phone.trim() === contact.phone;
  const drop = () => {
    forget('email', 'phone'); // what was refused is not wanted any more
    leave();
  };
  const save = () =>
    act(async () => {
      const input = {
        sessionId: session.id,
        email: email.trim(),
        phone: phone.trim() === contact.phone ? null : phone.trim(),
      };
      return (await ask(EnterEmailDocument, { input })).enterEmail;
    });
  return (
    <form
      aria-label="Account"
      noValidate
      onSubmit={(e) => {
        e.preventDefault();
        if (unchanged) drop();
        else void save();
      }}
    >
      <Stack gap="sm">
        <TextInput
          ref={field}
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
          error={noEmail}
        />
        <TextInput
          label="Phone (may stay empty)"
          type="tel"
          inputMode="tel"
          autoComplete="off"
          value={phone}
          onChange={(e) => {
            forgetPhone();
            setPhone(e.currentTarget.value);
          }}
          error={noPhone}
        />
        <Group gap="sm">
          <Button type="submit" loading={busy}>
            Save
          </Button>
          <Button variant="default" onClick={drop}>
            Leave it as it is
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
