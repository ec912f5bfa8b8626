// What was sent for an invitation, and what became of it.
import { Stack, Table, Text } from '@mantine/core';

import type { DeliveryStatus, InvitationViewFragment } from '../../gql/graphql';
import { State } from '../parts/state';
import { Empty } from '../parts/trouble';
import { moment, plain } from '../parts/words';

export const toneOf: Record<DeliveryStatus, 'gray' | 'blue' | 'green' | 'red' | 'yellow'> = {
  QUEUED: 'gray',
  SENDING: 'blue',
  ACCEPTED: 'blue',
  DELIVERED: 'green',
  UNDELIVERED: 'red',
  FAILED: 'red',
  UNKNOWN: 'yellow',
  CANCELED: 'gray',
};

export function Deliveries({ invitation }: { invitation: InvitationViewFragment }) {
  if (invitation.deliveries.length === 0) return <Empty title="Nothing was sent yet" />;
  return (
    <Table.ScrollContainer minWidth={420}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">To</Table.Th>
            <Table.Th scope="col">What</Table.Th>
            <Table.Th scope="col">State</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {invitation.deliveries.map((each) => (
            <Table.Tr key={each.id}>
              <Table.Td>
                {each.address}
                <Text size="xs" c="dimmed">
                  {each.channel === 'EMAIL' ? 'Email' : 'SMS'}
                </Text>
              </Table.Td>
              <Table.Td>{plain(each.purpose)}</Table.Td>
              <Table.Td>
                <Stack gap={0}>
                  <State tone={toneOf[each.status]}>{plain(each.status)}</State>
                  <Text size="xs" c="dimmed">
                    {[
                      moment(each.statusChangedAt),
                      each.statusReason,
                      each.notBefore &&
                        each.status === 'QUEUED' &&
                        `goes out after ${moment(each.notBefore)}`,
                      each.complainedAt && 'reported as spam',
                    ]
                      .filter(Boolean)
                      .join('; ')}
                  </Text>
                </Stack>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
