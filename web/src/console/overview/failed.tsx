// Messages that did not arrive, or of which nobody knows; the newest few, with the way to all of them.
import { Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';

import { DeliveriesDocument } from '../../gql/graphql';
import { paged } from '../api';
import { DeliveryListing } from '../messages/listing';
import { Go } from '../parts/go';
import { chosen } from '../parts/search';
import { Section } from './section';

const failed = ['FAILED', 'UNDELIVERED', 'UNKNOWN'] as const;

export function FailedMessages({ location }: { location: string | undefined }) {
  const pages = useInfiniteQuery(
    paged(
      DeliveriesDocument,
      { first: 10, filter: { statuses: [...failed], locationIds: chosen(location) } },
      ({ deliveries }) => deliveries,
    ),
  );
  return (
    <Section
      title="What failed: messages"
      about="They did not arrive, or nobody knows whether they did."
      controls={
        <Text size="sm">
          <Go to="/messages" search={{ tab: 'deliveries', status: failed.join(','), location }}>
            All failed messages
          </Go>
        </Text>
      }
    >
      <DeliveryListing pages={pages} empty="Every message arrived or is on its way." />
    </Section>
  );
}
