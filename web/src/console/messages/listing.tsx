// Messages that went out, and the way to say what became of one of which the provider could not.
import { Button, Stack, Text } from '@mantine/core';
import { type ComponentProps, useState } from 'react';

import type { DeliveriesQuery, DeliveryRowFragment, DeliveryStatus } from '../../gql/graphql';
import { Go } from '../parts/go';
import { Listed, type Shown } from '../parts/listed';
import { State } from '../parts/state';
import { Empty } from '../parts/trouble';
import { channels, moment } from '../parts/words';
import { ResolveDialog } from './resolve';
import { deliveryMeanings, deliveryStatuses, purposes } from './words';

const tones: Record<DeliveryStatus, ComponentProps<typeof State>['tone']> = {
  QUEUED: 'gray',
  SENDING: 'blue',
  ACCEPTED: 'blue',
  DELIVERED: 'green',
  UNDELIVERED: 'red',
  FAILED: 'red',
  UNKNOWN: 'yellow',
  CANCELED: 'gray',
};

interface Props {
  pages: ComponentProps<typeof Listed<DeliveriesQuery, DeliveryRowFragment>>['pages'];
  empty: string;
}

export function DeliveryListing({ pages, empty }: Props) {
  const [resolving, setResolving] = useState<DeliveryRowFragment | null>(null);
  const columns: Shown<DeliveryRowFragment>[] = [
    {
      title: 'To',
      cell: ({ address, invitation }) => (
        <Stack gap={0}>
          {invitation && <Go to={`/migrations/invitations/${invitation.id}`}>{invitation.tenant.name}</Go>}
          <Text size="sm" c={invitation ? 'dimmed' : undefined}>
            {address}
          </Text>
        </Stack>
      ),
    },
    { title: 'Location', cell: ({ invitation }) => invitation?.location.name },
    {
      title: 'Message',
      cell: ({ channel, purpose, segments }) => (
        <Stack gap={0}>
          <Text size="sm">{purposes[purpose]}</Text>
          <Text size="sm" c="dimmed">
            {channels[channel]}
            {segments !== null && segments !== undefined && segments > 1 && `, ${segments} segments`}
          </Text>
        </Stack>
      ),
    },
    { title: 'Status', cell: (row) => <Became delivery={row} /> },
    { title: 'Made', cell: ({ createdAt }) => moment(createdAt) },
    {
      title: 'What to do',
      acts: true,
      cell: (row) =>
        row.canResolve && (
          <Button size="xs" variant="default" onClick={() => setResolving(row)}>
            Say what became of it
          </Button>
        ),
    },
  ];
  return (
    <>
      <Listed
        label="Messages"
        pages={pages}
        nodes={({ deliveries }) => deliveries.nodes}
        columns={columns}
        id={({ id }) => id}
        empty={<Empty title="No messages here">{empty}</Empty>}
      />
      {resolving && <ResolveDialog delivery={resolving} onClose={() => setResolving(null)} />}
    </>
  );
}

type Told = Pick<
  DeliveryRowFragment,
  'status' | 'statusReason' | 'statusChangedAt' | 'notBefore' | 'complainedAt' | 'resolvedBy'
>;

export function Became({ delivery: d }: { delivery: Told }) {
  const words = [
    d.statusReason || deliveryMeanings[d.status],
    d.status !== 'QUEUED' && `${moment(d.statusChangedAt)}.`,
    d.status === 'QUEUED' && d.notBefore && `Not before ${moment(d.notBefore)}.`,
    d.complainedAt && `Reported as spam on ${moment(d.complainedAt)}.`,
    d.resolvedBy && `Settled by ${d.resolvedBy.name}.`,
  ].filter(Boolean);
  return (
    <Stack gap={0} maw={360}>
      <State tone={tones[d.status]}>{deliveryStatuses[d.status]}</State>
      <Text size="xs" c="dimmed">
        {words.join(' ')}
      </Text>
    </Stack>
  );
}
