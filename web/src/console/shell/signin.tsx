// How staff come in: with their password, or at the company's identity provider where there is one.
import {
  Anchor,
  Button,
  Center,
  Divider,
  getDefaultZIndex,
  Modal,
  Paper,
  PasswordInput,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';

import { RequestPasswordResetDocument, SignInDocument, ViewerDocument } from '../../gql/graphql';
import { ask } from '../../shared/ask';
import { answers, hash, refusals, stale } from '../api';
import { useFocusBack } from '../parts/focus';
import { useTitle } from '../parts/title';
import { Failed, Refused } from '../parts/trouble';
import { Brand } from './brand';

interface EntranceProps {
  title: string;
  children: ReactNode;
}

/** A small form in the middle of an empty page. */
export function Entrance({ title, children }: EntranceProps) {
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
  return <Ways Frame={Entrance} />;
}

/** Comes over the page that one was at, and hides it: whoever is there now may be somebody else. It does not close before one is in. */
export function SignInAgain({ email }: { email: string }) {
  useFocusBack();
  return <Ways Frame={Over} email={email} />;
}

function Over({ title, children }: EntranceProps) {
  return (
    <Modal
      opened
      onClose={() => {}}
      title={title}
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
      zIndex={getDefaultZIndex('overlay')}
      overlayProps={{ bg: 'var(--bar)' }}
    >
      <Stack gap="md">{children}</Stack>
    </Modal>
  );
}

interface WaysProps {
  Frame: typeof Entrance;
  /** Whose sign-in has ended. */
  email?: string;
}

function Ways({ Frame, email: before }: WaysProps) {
  const [forgotten, setForgotten] = useState(false);
  const [email, setEmail] = useState(before ?? '');
  const shared = { Frame, email, setEmail };
  return forgotten ? (
    <Forgotten {...shared} back={() => setForgotten(false)} />
  ) : (
    <WithPassword {...shared} ended={before !== undefined} forgot={() => setForgotten(true)} />
  );
}

interface Address {
  Frame: typeof Entrance;
  email: string;
  setEmail: (email: string) => void;
}

interface WithPasswordProps extends Address {
  /** They were in before. */
  ended: boolean;
  forgot: () => void;
}

function WithPassword({ Frame, email, setEmail, ended, forgot }: WithPasswordProps) {
  const [password, setPassword] = useState('');
  const signIn = useMutation({
    mutationFn: async () => (await ask(SignInDocument, { input: { email, password } })).signIn,
    onSuccess: async ({ userErrors }) => {
      if (userErrors.length > 0) return setPassword('');
      // First who it is: where it is another person, what the one before was at goes, and is not asked for anew.
      await answers.invalidateQueries({ queryKey: [hash(ViewerDocument)] }, { throwOnError: true });
      void stale();
    },
  });
  const refused = refusals(signIn.data?.userErrors ?? []);
  const start = provider();
  return (
    <Frame title="Sign in">
      {ended && <Text size="sm">Your sign-in has ended. Sign in again, and go on where you were.</Text>}
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
            autoFocus={!ended}
          />
          <PasswordInput
            label="Password"
            autoComplete="current-password"
            required
            data-autofocus={ended || undefined}
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
          <Button
            component="a"
            href={`${start}?to=${encodeURIComponent(location.pathname + location.search)}`}
            target={ended ? '_blank' : undefined} // here it would take along what was typed
            variant="default"
            fullWidth
          >
            Sign in with your company account
          </Button>
        </>
      )}
    </Frame>
  );
}

function Forgotten({ Frame, email, setEmail, back }: Address & { back: () => void }) {
  const request = useMutation({
    mutationFn: async () =>
      (await ask(RequestPasswordResetDocument, { input: { email } })).requestPasswordReset,
  });
  const refused = refusals(request.data?.userErrors ?? []);
  const sent = request.data?.userErrors.length === 0;
  return (
    <Frame title="Choose a new password">
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
    </Frame>
  );
}
