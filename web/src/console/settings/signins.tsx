// Sign-ins that still let in: one's own, or a member's as an administrator sees them.
import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';

import {
  RevokeOtherSignInsDocument,
  RevokeSignInDocument,
  type SignInRowFragment,
  SignInsDocument,
} from '../../gql/graphql';
import { ask } from '../../shared/ask';
import { paged } from '../api';
import { ActDialog } from '../parts/act';
import { Listed, type Shown } from '../parts/listed';
import { Empty } from '../parts/trouble';
import { ago, moment } from '../parts/words';
import { browser, ways } from './words';

export function MySignIns() {
  const [all, setAll] = useState(false);
  return (
    <Stack gap="sm">
      <Group justify="space-between" gap="sm">
        <Text size="sm" c="dimmed" maw={640}>
          Every browser in which you are signed in. If you do not know one, end it and choose another
          password.
        </Text>
        <Button variant="default" onClick={() => setAll(true)}>
          End all others
        </Button>
      </Group>
      <SignInList />
      {all && (
        <ActDialog
          title="End all other sign-ins"
          act="End all others"
          grave
          done="All other sign-ins have ended."
          run={async () => (await ask(RevokeOtherSignInsDocument, {})).revokeOtherSignIns}
          onClose={() => setAll(false)}
        >
          <Text>You stay signed in here. Every other browser has to sign in again. API tokens go on.</Text>
        </ActDialog>
      )}
    </Stack>
  );
}

interface Props {
  /** None: one's own. */
  staffId?: string;
  /** Whose they are. */
  of?: string;
}

export function SignInList({ staffId, of }: Props) {
  const [ending, setEnding] = useState<SignInRowFragment | null>(null);
  const pages = useInfiniteQuery(paged(SignInsDocument, { first: 20, staffId }, ({ signIns }) => signIns));
  const columns: Shown<SignInRowFragment>[] = [
    {
      title: 'Browser',
      cell: ({ userAgent, current, way }) => (
        <Stack gap={0}>
          <Group gap="xs">
            <Text size="sm" fw={600} title={userAgent}>
              {browser(userAgent)}
            </Text>
            {current && <Badge variant="default">This one</Badge>}
          </Group>
          <Text size="sm" c="dimmed">
            {ways[way]}
          </Text>
        </Stack>
      ),
    },
    { title: 'Address', cell: ({ ip }) => ip ?? 'Unknown' },
    { title: 'Began', cell: ({ createdAt }) => moment(createdAt) },
    { title: 'Last used', cell: ({ lastUsedAt }) => ago(lastUsedAt) },
    { title: 'Ends', cell: ({ expiresAt }) => moment(expiresAt) },
    {
      title: 'What to do',
      acts: true,
      cell: (row) =>
        !row.current && (
          <Button
            size="xs"
            variant="default"
            aria-label={`End the sign-in of ${browser(row.userAgent)}, ${moment(row.createdAt)}`}
            onClick={() => setEnding(row)}
          >
            End
          </Button>
        ),
    },
  ];
  return (
    <>
      <Listed
        label={of ? `Sign-ins of ${of}` : 'My sign-ins'}
        pages={pages}
        nodes={({ signIns }) => signIns.nodes}
        columns={columns}
        id={({ id }) => id}
        marked={({ current }) => current}
        empty={<Empty title="Not signed in anywhere" />}
      />
      {ending && (
        <ActDialog
          title="End this sign-in"
          act="End the sign-in"
          grave
          done="The sign-in has ended."
          run={async () => (await ask(RevokeSignInDocument, { input: { id: ending.id } })).revokeSignIn}
          onClose={() => setEnding(null)}
        >
          <Text>
            {browser(ending.userAgent)}, since {moment(ending.createdAt)}: whoever sits there has to sign in
            again.
          </Text>
        </ActDialog>
      )}
    </>
  );
}
