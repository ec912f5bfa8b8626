// What was sent for an invitation, and what became of it.
import { Text } from '@mantine/core';

import type { InvitationViewFragment } from '../../gql/graphql';
import { Became } from '../messages/listing';
import { purposes } from '../messages/words';
import { Listing, type Shown } from '../parts/listed';
import { Empty } from '../parts/trouble';
import { channels } from '../parts/words';

type Delivery = InvitationViewFragment['deliveries'][number];

const columns: Shown<Delivery>[] = [
  {
    title: 'To',
    cell: ({ address, channel }) => (
      <div>
        {address}
        <Text size="xs" c="dimmed">
          {channels[channel]}
        </Text>
      </div>
    ),
  },
  { title: 'Message', cell: ({ purpose }) => purposes[purpose] },
  { title: 'Status', cell: (delivery) => <Became delivery={delivery} /> },
];

export function Deliveries({ invitation: { deliveries } }: { invitation: InvitationViewFragment }) {
  if (deliveries.length === 0) return <Empty title="Nothing was sent yet" />;
  return <Listing label="Messages" columns={columns} rows={deliveries} id={({ id }) => id} />;
}
