// Where mailed links lead: an invitation to work here, and a password chosen anew. What opens stands after #, which browsers send to
// nobody, and is taken out of the address and the history before anything else happens.
import { Anchor, Button, PasswordInput, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';

import { AcceptStaffInvitationDocument, ResetPasswordDocument } from '../../gql/graphql';
import { ask } from '../../shared/ask';
import { type Refusals, refusals } from '../api';
import { Failed, Refused } from '../parts/trouble';
import { Entrance } from './signin';

const held = location.hash.slice(1);
if (held) history.replaceState(history.state, '', location.pathname);

export function Invited() {
  const accept = useMutation({
    mutationFn: async (password: string) =>
      (await ask(AcceptStaffInvitationDocument, { input: { token: held, password } })).acceptStaffInvitation,
    onSuccess: ({ userErrors, viewer }) => {
      if (userErrors.length === 0) location.assign(viewer?.staff?.role === 'ATTENDANT' ? '/counter' : '/');
    },
  });
  return (
    <Entrance title="Welcome to Carryover">
      {held ? (
        <Choose
          act="Choose this password and sign in"
          refused={refusals(accept.data?.userErrors ?? [])}
          error={accept.error}
          busy={accept.isPending}
          choose={accept.mutate}
        />
      ) : (
        <Closed />
      )}
    </Entrance>
  );
}

export function Reset() {
  const reset = useMutation({
    mutationFn: async (password: string) =>
      (await ask(ResetPasswordDocument, { input: { token: held, password } })).resetPassword,
  });
  const done = reset.data?.userErrors.length === 0;
  return (
    <Entrance title="Choose a new password">
      {done ? (
        <>
          <Text role="status">Your new password holds. All your other sign-ins have ended.</Text>
          <Button component="a" href="/" fullWidth>
            Sign in
          </Button>
        </>
      ) : held ? (
        <Choose
          act="Choose this password"
          refused={refusals(reset.data?.userErrors ?? [])}
          error={reset.error}
          busy={reset.isPending}
          choose={reset.mutate}
        />
      ) : (
        <Closed />
      )}
    </Entrance>
  );
}

function Closed() {
  return (
    <>
      <Text>
        This address is without its link. Open the link in the email once more, or ask for a new one.
      </Text>
      <Anchor href="/">To sign-in</Anchor>
    </>
  );
}

interface Choice {
  act: string;
  refused: Refusals;
  error: Error | null;
  busy: boolean;
  choose: (password: string) => void;
}

function Choose({ act, refused, error, busy, choose }: Choice) {
  const [password, setPassword] = useState('');
  return (
    <form
      onSubmit={(e) => {
        e.preventDefault();
        choose(password);
      }}
    >
      <Stack gap="sm">
        {error && <Failed error={error} />}
        <Refused message={refused[''] ?? refused['token']} />
        <PasswordInput
          label="New password"
          description="At least 12 characters."
          autoComplete="new-password"
          required
          minLength={12}
          maxLength={256}
          value={password}
          onChange={(e) => setPassword(e.currentTarget.value)}
          error={refused['password']}
          autoFocus
        />
        <Button type="submit" loading={busy} fullWidth>
          {act}
        </Button>
      </Stack>
    </form>
  );
}
