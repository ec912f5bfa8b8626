// How staff come in: with their password, or at the company's identity provider where there is one.
import {
  Anchor,
  Button,
  Center,
  Divider,
  Paper,
  PasswordInput,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';

import { RequestPasswordResetDocument, SignInDocument } from '../../gql/graphql';
import { ask } from '../../shared/ask';
import { answers, refusals } from '../api';
import { useTitle } from '../parts/title';
import { Failed, Refused } from '../parts/trouble';
import { Brand } from './brand';

/** A small form in the middle of an empty page. */
export function Entrance({ title, children }: { title: string; children: ReactNode }) {
  useTitle(title);
  return (
    <Center component="main" mih="100dvh" p="md" bg="var(--bar)">
      <Stack w="100%" maw={400} gap="md">
        <Brand />
        <Paper withBorder p="lg" radius="lg" shadow="sm">
          <Stack gap="md">
            <Title order={1} size="h3">
              {title}
            </Title>
            {children}
          </Stack>
        </Paper>
      </Stack>
    </Center>
  );
}

const provider = () => document.querySelector<HTMLMetaElement>('meta[name="oidc-start"]')?.content;

export function SignIn() {
  const [forgotten, setForgotten] = useState(false);
  const [email, setEmail] = useState('');
  return forgotten ? (
    <Forgotten email={email} setEmail={setEmail} back={() => setForgotten(false)} />
  ) : (
    <WithPassword email={email} setEmail={setEmail} forgot={() => setForgotten(true)} />
  );
}

interface Address {
  email: string;
  setEmail: (email: string) => void;
}

function WithPassword({ email, setEmail, forgot }: Address & { forgot: () => void }) {
  const [password, setPassword] = useState('');
  const signIn = useMutation({
    mutationFn: async () => (await ask(SignInDocument, { input: { email, password } })).signIn,
    onSuccess: ({ userErrors }) => {
      if (userErrors.length === 0) void answers.resetQueries();
      else setPassword('');
    },
  });
  const refused = refusals(signIn.data?.userErrors ?? []);
  const start = provider();
  return (
    <Entrance title="Sign in">
      <form
        onSubmit={(e) => {
          e.preventDefault();
          signIn.mutate();
        }}
      >
        <Stack gap="sm">
          {signIn.isError && <Failed error={signIn.error} />}
          <Refused message={refused['']} />
          <TextInput
            label="Email"
            type="email"
            autoComplete="username"
            required
            value={email}
            onChange={(e) => setEmail(e.currentTarget.value)}
            error={refused['email']}
            autoFocus
          />
          <PasswordInput
            label="Password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(e) => setPassword(e.currentTarget.value)}
            error={refused['password']}
          />
          <Button type="submit" loading={signIn.isPending} fullWidth>
            Sign in
          </Button>
          <Anchor component="button" type="button" size="sm" onClick={forgot}>
            Forgot the password?
          </Anchor>
        </Stack>
      </form>
      {start && (
        <>
          <Divider label="or" />
          <Button component="a" href={start} variant="default" fullWidth>
            Sign in with your company account
          </Button>
        </>
      )}
    </Entrance>
  );
}

function Forgotten({ email, setEmail, back }: Address & { back: () => void }) {
  const request = useMutation({
    mutationFn: async () =>
      (await ask(RequestPasswordResetDocument, { input: { email } })).requestPasswordReset,
  });
  const refused = refusals(request.data?.userErrors ?? []);
  const sent = request.data?.userErrors.length === 0;
  return (
    <Entrance title="Choose a new password">
      {sent ? (
        <Text role="status">
          If somebody works here with the address {email}, a link to choose a new password is on its way. It
          opens for an hour.
        </Text>
      ) : (
        <form
          onSubmit={(e) => {
            e.preventDefault();
            request.mutate();
          }}
        >
          <Stack gap="sm">
            {request.isError && <Failed error={request.error} />}
            <Refused message={refused['']} />
            <Text size="sm" c="dimmed">
              We mail you a link.
            </Text>
            <TextInput
              label="Email"
              type="email"
              autoComplete="username"
              required
              value={email}
              onChange={(e) => setEmail(e.currentTarget.value)}
              error={refused['email']}
              autoFocus
            />
            <Button type="submit" loading={request.isPending} fullWidth>
              Mail me the link
            </Button>
          </Stack>
        </form>
      )}
      <Anchor component="button" type="button" size="sm" onClick={back}>
        Back to sign-in
      </Anchor>
    </Entrance>
  );
}
