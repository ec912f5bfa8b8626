import { Group, Select, Stack, Text } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';

import { DeliveriesDocument, DeliveryCountDocument, type MessageChannel } from '../../gql/graphql';
import { asked, paged } from '../api';
import { Locations, Some } from '../parts/filters';
import { channels, count } from '../parts/words';
import { DeliveryListing } from './listing';
import type { TabProps } from './page';
import { deliveriesOf } from './search';
import { deliveryStatuses, purposes } from './words';

const options = (of: Record<string, string>) =>
  Object.entries(of).map(([value, label]) => ({ value, label }));

export function Deliveries({ search, change }: TabProps) {
  const filter = deliveriesOf(search);
  const pages = useInfiniteQuery({
    ...paged(DeliveriesDocument, { first: 50, filter }, ({ deliveries }) => deliveries),
    refetchInterval: 15_000,
  });
  const total = useQuery(asked(DeliveryCountDocument, { filter })).data?.deliveries;
  return (
    <Stack gap="sm">
      <Group gap="sm" role="search" aria-label="Messages">
        <Some
          label="Status"
          of={options(deliveryStatuses)}
          value={search.status}
          onChange={(status) => change({ status })}
        />
        <Select
          aria-label="Channel"
          placeholder="Channel"
          data={options(channels)}
          value={search.channel ?? null}
          onChange={(channel) => change({ channel: (channel as MessageChannel | null) ?? undefined })}
          clearable
          clearButtonProps={{ 'aria-label': 'Clear channel' }}
          flex="0 1 140px"
          miw={120}
        />
        <Some
          label="Purpose"
          of={options(purposes)}
          value={search.purpose}
          onChange={(purpose) => change({ purpose })}
        />
        <Locations value={search.location} onChange={(location) => change({ location })} />
      </Group>
      <Text size="sm" c="dimmed" role="status">
        {total ? `${count(total.totalCount, total.totalCountPrecision)} messages` : 'Counting…'}
      </Text>
      <DeliveryListing pages={pages} empty="Nothing was sent that matches." />
    </Stack>
  );
}
