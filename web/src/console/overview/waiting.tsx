// How much waits for staff or the bank, with the way to it.
import { SimpleGrid, Text, UnstyledButton } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import { WaitingDocument, type WaitingQuery } from '../../gql/graphql';
import { asked } from '../api';
import { chosen } from '../parts/search';
import { Failed } from '../parts/trouble';
import { count } from '../parts/words';
import classes from './waiting.module.css';

interface Tile {
  label: string;
  to: string;
  search: Record<string, string | undefined>;
  number: (held: WaitingQuery) => string;
}

const replies = ({ nodes, pageInfo }: WaitingQuery['replies']) =>
  count(nodes.length, pageInfo.hasNextPage ? 'AT_LEAST' : 'EXACT');

const tiles = (location: string | undefined): Tile[] => [
  {
    label: 'Ready for Approval',
    to: '/migrations/submissions',
    search: { status: 'READY_FOR_APPROVAL', location },
    number: ({ ready }) => count(ready.totalCount, ready.totalCountPrecision),
  },
  {
    label: 'Waiting for Bank Verification',
    to: '/migrations/submissions',
    search: { status: 'WAITING_FOR_BANK_VERIFICATION', location },
    number: ({ bank }) => count(bank.totalCount, bank.totalCountPrecision),
  },
  {
    label: 'Pending: not sent by email yet',
    to: '/migrations/invitations',
    search: { status: 'PENDING', location },
    number: ({ unsent }) => count(unsent.totalCount, unsent.totalCountPrecision),
  },
  { label: 'Text replies to read', to: '/messages', search: {}, number: (held) => replies(held.replies) },
  {
    label: 'Corrected emails to decide',
    to: '/messages',
    search: { tab: 'corrections', location },
    number: ({ corrections }) => count(corrections.totalCount, corrections.totalCountPrecision),
  },
];

export function WaitingCounts({ location }: { location: string | undefined }) {
  const waiting = useQuery({
    ...asked(WaitingDocument, { locationIds: chosen(location) }),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  });
  const held = waiting.data;
  if (waiting.isError && !held) return <Failed error={waiting.error} again={() => void waiting.refetch()} />;
  return (
    <SimpleGrid
      component="nav"
      aria-label="What waits"
      cols={{ base: 2, sm: 3, lg: 5 }}
      spacing="sm"
      aria-busy={waiting.isFetching}
    >
      {tiles(location).map(({ label, to, search, number }) => (
        <UnstyledButton
          key={label}
          component={Link}
          to={to}
          search={search as never}
          className={classes.tile}
        >
          <Text span display="block" fz={28} fw={700} lh={1.2} className="amount">
            {held ? number(held) : '…'}
          </Text>
          <Text span display="block" size="sm" c="dimmed">
            {label}
          </Text>
        </UnstyledButton>
      ))}
    </SimpleGrid>
  );
}
