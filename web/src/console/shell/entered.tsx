// Whoever is not signed in is asked to, at the address they wanted.
import { Center } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type ReactNode, useLayoutEffect, useState } from 'react';

import { SignOutDocument, ViewerDocument } from '../../gql/graphql';
import { ask } from '../../shared/ask';
import { answers, asked, hash, said } from '../api';
import { Failed, Waiting } from '../parts/trouble';
import { type Me, MeContext } from './me';
import { SignIn, SignInAgain } from './signin';

/**
 * Shows what is in it to members of staff who are signed in. Where a sign-in ends meanwhile, what they were at stays beneath the question
 * to come in again; where another person does, nothing of it is left.
 */
export function Entered({ children }: { children: ReactNode }) {
  const viewer = useQuery({
    ...asked(ViewerDocument, {}),
    staleTime: 60_000,
    // They may have come in meanwhile, in another tab.
    refetchOnWindowFocus: ({ state }) => (state.data?.viewer?.staff ? true : 'always'),
  });
  const [me, setMe] = useState<Me | null>(null); // who was let in last
  const found = viewer.data?.viewer;
  useLayoutEffect(() => {
    if (!found?.staff) return;
    if (me && me.id !== found.staff.id) forget();
    setMe({ ...found.staff, locations: found.locations });
  }, [found]);
  if (me)
    return (
      <>
        <MeContext key={me.id} value={me}>
          {children}
        </MeContext>
        {viewer.data && !found?.staff && <SignInAgain email={me.email} />}
      </>
    );
  if (viewer.isError && !viewer.data)
    return (
      <Center h="100dvh" p="md">
        <Failed error={viewer.error} again={() => void viewer.refetch()} />
      </Center>
    );
  if (viewer.isPending)
    return (
      <Center h="100dvh">
        <Waiting />
      </Center>
    );
  return found?.staff ? null : <SignIn />;
}

/** What the API answered somebody else, and what was said to them. */
function forget() {
  answers.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== hash(ViewerDocument) });
  notifications.clean();
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
