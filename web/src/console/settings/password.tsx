import { Button, PasswordInput, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';

import { ChangePasswordDocument } from '../../gql/graphql';
import { ask } from '../../shared/ask';
import { refusals, stale } from '../api';
import { Failed, Refused } from '../parts/trouble';
import { useMe } from '../shell/me';

/** Chooses another password; one stays signed in here, and nowhere else. */
export function Password() {
  const me = useMe();
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [differs, setDiffers] = useState(false);
  const change = useMutation({
    mutationFn: async () =>
      (await ask(ChangePasswordDocument, { input: { current, password } })).changePassword,
    onSuccess: ({ userErrors }) => {
      setCurrent('');
      if (userErrors.length > 0) return;
      setPassword('');
      setAgain('');
      notifications.show({ message: 'Your password is changed. All other sign-ins have ended.' });
    },
    onSettled: () => void stale(),
  });
  const refused = refusals(change.data?.userErrors ?? []);
  return (
    <form
      onSubmit={(e) => {
        e.preventDefault();
        setDiffers(password !== again);
        if (password === again && !change.isPending) change.mutate();
      }}
    >
      <Stack gap="sm" maw={400}>
        <Text size="sm" c="dimmed">
          All your other sign-ins end. API tokens stay: revoke those that others may have.
        </Text>
        {change.isError && <Failed error={change.error} />}
        <Refused message={refused['']} />
        <input type="hidden" name="username" autoComplete="username" value={me.email} readOnly />
        <PasswordInput
          label="Password as it is"
          autoComplete="current-password"
          required
          value={current}
          onChange={(e) => setCurrent(e.currentTarget.value)}
          error={refused['current']}
        />
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
        />
        <PasswordInput
          label="New password once more"
          autoComplete="new-password"
          required
          value={again}
          onChange={(e) => {
            setAgain(e.currentTarget.value);
            setDiffers(false);
          }}
          error={differs && 'This is not the same password.'}
        />
        <Button type="submit" loading={change.isPending}>
          Change the password
        </Button>
      </Stack>
    </form>
  );
}
