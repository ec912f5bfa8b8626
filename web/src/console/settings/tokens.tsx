// API tokens: how other programs come in. One's own, or a member's as an administrator sees them.
import { Button, Group, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { ApiTokensDocument, RevokeApiTokenDocument, type TokenRowFragment } from '../../gql/graphql';
import { ask } from '../../shared/ask';
import { paged } from '../api';
import { ActDialog } from '../parts/act';
import { Listed, type Shown } from '../parts/listed';
import { Empty } from '../parts/trouble';
import { ago, momentDay } from '../parts/words';
import { NewToken } from './newtoken';
import { tokenScopes } from './words';

export function MyTokens() {
  const [making, setMaking] = useState(false);
  return (
    <Stack gap="sm">
      <Group justify="space-between" gap="sm">
        <Text size="sm" c="dimmed" maw={640}>
          Other programs come in with a token. Give each its own, with no more than it needs.
        </Text>
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setMaking(true)}>
          Make a token
        </Button>
      </Group>
      <TokenList />
      {making && <NewToken onClose={() => setMaking(false)} />}
    </Stack>
  );
}

interface Props {
  /** None: one's own. */
  staffId?: string;
  /** Whose they are. */
  of?: string;
}

export function TokenList({ staffId, of }: Props) {
  const [ending, setEnding] = useState<TokenRowFragment | null>(null);
  const pages = useInfiniteQuery(
    paged(ApiTokensDocument, { first: 20, staffId }, ({ apiTokens }) => apiTokens),
  );
  const columns: Shown<TokenRowFragment>[] = [
    {
      title: 'Name',
      cell: ({ name }) => (
        <Text span size="sm" fw={600}>
          {name}
        </Text>
      ),
    },
    {
      title: 'Scope',
      cell: ({ scope, locations }) => (
        <Stack gap={0}>
          <Text size="sm">{tokenScopes[scope].label}</Text>
          {locations.length > 0 && (
            <Text size="sm" c="dimmed">
              {locations.map(({ name }) => name).join(', ')}
            </Text>
          )}
        </Stack>
      ),
    },
    { title: 'Made', cell: ({ createdAt }) => momentDay(createdAt) },
    {
      title: 'Expires',
      cell: ({ expiresAt }) =>
        new Date(expiresAt) < new Date() ? `Expired ${momentDay(expiresAt)}` : momentDay(expiresAt),
    },
    { title: 'Last used', cell: ({ lastUsedAt }) => (lastUsedAt ? ago(lastUsedAt) : 'Never') },
    {
      title: 'What to do',
      acts: true,
      cell: (row) => (
        <Button size="xs" variant="default" aria-label={`Revoke ${row.name}`} onClick={() => setEnding(row)}>
          Revoke
        </Button>
      ),
    },
  ];
  return (
    <>
      <Listed
        label={of ? `API tokens of ${of}` : 'API tokens'}
        pages={pages}
        nodes={({ apiTokens }) => apiTokens.nodes}
        columns={columns}
        id={({ id }) => id}
        empty={
          <Empty title="No API tokens">{!of && 'Make one for each program that comes in as you.'}</Empty>
        }
      />
      {ending && (
        <ActDialog
          title="Revoke the token"
          act="Revoke"
          grave
          done={`The token ${ending.name} is revoked.`}
          run={async () => (await ask(RevokeApiTokenDocument, { input: { id: ending.id } })).revokeApiToken}
          onClose={() => setEnding(null)}
        >
          <Text>
            Whatever uses <b>{ending.name}</b> is shut out at once, and for good.
          </Text>
        </ActDialog>
      )}
    </>
  );
}
