// Whoever is not signed in is asked to, at the address they wanted.
import { Center } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';

import { SignOutDocument, ViewerDocument } from '../../gql/graphql';
import { ask } from '../../shared/ask';
import { answers, asked, said } from '../api';
import { Failed, Waiting } from '../parts/trouble';
import { MeContext } from './me';
import { SignIn } from './signin';

/** Shows what is in it to members of staff who are signed in. */
export function Entered({ children }: { children: ReactNode }) {
  const viewer = useQuery({ ...asked(ViewerDocument, {}), staleTime: 60_000 });
  if (viewer.isPending)
    return (
      <Center h="100dvh">
        <Waiting />
      </Center>
    );
  if (viewer.isError && !viewer.data)
    return (
      <Center h="100dvh" p="md">
        <Failed error={viewer.error} again={() => void viewer.refetch()} />
      </Center>
    );
  const staff = viewer.data.viewer?.staff;
  if (!staff) return <SignIn />;
  return (
    <MeContext value={{ ...staff, locations: viewer.data.viewer?.locations ?? [] }}>{children}</MeContext>
  );
}

/** Ends the sign-in, and leads to a page that asks for the next one. */
export function useSignOut(to: string) {
  const out = useMutation({
    mutationFn: () => ask(SignOutDocument, {}),
    onSuccess: () => {
      answers.clear();
      location.assign(to);
    },
    onError: (error) =>
      notifications.show({
        title: 'You are still signed in',
        message: said(error),
        color: 'red',
        autoClose: false,
      }),
  });
  return () => out.mutate();
}
