// What was not charged as it was agreed. Each alarm stays until a person has said what was done about it.
import { Button, SegmentedControl, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { type AlarmRowFragment, BillingAlarmsDocument } from '../../gql/graphql';
import { paged } from '../api';
import { Go } from '../parts/go';
import { Listed, type Shown } from '../parts/listed';
import { Empty } from '../parts/trouble';
import { moment } from '../parts/words';
import { Compared } from './compared';
import { HandleDialog } from './handle';
import type { OverviewSearch } from './search';
import { Section } from './section';
import { alarmKinds } from './words';

interface Props {
  locationIds: string[] | undefined;
  handled: boolean;
  change: (part: Partial<OverviewSearch>) => void;
}

export function Alarms({ locationIds, handled, change }: Props) {
  const [alarm, setAlarm] = useState<AlarmRowFragment | null>(null);
  const pages = useInfiniteQuery(
    paged(
      BillingAlarmsDocument,
      { first: 10, filter: { locationIds, open: !handled } },
      ({ billingAlarms }) => billingAlarms,
    ),
  );
  const columns: Shown<AlarmRowFragment>[] = [
    {
      title: 'Alarm',
      cell: ({ kind, message }) => (
        <Stack gap={0} maw={480}>
          <Text size="sm" fw={600}>
            {alarmKinds[kind] ?? 'Billing alarm'}
          </Text>
          <Text size="sm">{message}</Text>
        </Stack>
      ),
    },
    {
      title: 'Tenant',
      cell: ({ subscription: { reservation } }) => (
        <Go to={`/reservations/${reservation.id}`}>{reservation.tenant.name}</Go>
      ),
    },
    { title: 'Location', cell: ({ location }) => location.name },
    { title: 'Noticed', cell: ({ since }) => moment(since) },
    { title: 'Agreed, happened', cell: (row) => <Compared alarm={row} /> },
    handled
      ? {
          title: 'Handled',
          cell: ({ handledAt, handledBy, handledNote }) => (
            <Stack gap={0} maw={360}>
              <Text size="sm">{handledNote}</Text>
              <Text size="sm" c="dimmed">
                {handledBy?.name}, {handledAt && moment(handledAt)}
              </Text>
            </Stack>
          ),
        }
      : {
          title: 'What to do',
          acts: true,
          cell: (row) => (
            <Button size="xs" variant="default" onClick={() => setAlarm(row)}>
              Mark as handled
            </Button>
          ),
        },
  ];
  return (
    <Section
      title="What failed: billing"
      about="Not charged as it was agreed, or not at all."
      controls={
        <SegmentedControl
          aria-label="Billing alarms"
          size="xs"
          value={handled ? 'handled' : 'open'}
          onChange={(value) => change({ alarms: value === 'handled' ? 'handled' : undefined })}
          data={[
            { value: 'open', label: 'Open' },
            { value: 'handled', label: 'Handled' },
          ]}
        />
      }
    >
      <Listed
        label="Billing alarms"
        pages={pages}
        nodes={({ billingAlarms }) => billingAlarms.nodes}
        columns={columns}
        id={({ id }) => id}
        empty={
          <Empty title={handled ? 'No alarm was handled yet' : 'No open alarms'}>
            {!handled && 'Every charge is as it was agreed.'}
          </Empty>
        }
      />
      {alarm && <HandleDialog alarm={alarm} onClose={() => setAlarm(null)} />}
    </Section>
  );
}
