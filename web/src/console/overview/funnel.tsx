// How far invitations came. Each bar is written beside as a number and as its share, so that nothing hangs on the picture.
import { Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';

import { type CountsFragment, type FunnelFilter, MigrationFunnelDocument } from '../../gql/graphql';
import { asked } from '../api';
import { Listing, type Shown } from '../parts/listed';
import { Empty, Failed, Waiting } from '../parts/trouble';
import { count, momentDay, plural } from '../parts/words';
import { Section } from './section';
import { share } from './share';
import classes from './funnel.module.css';

const steps: { key: keyof CountsFragment; label: string; about: string }[] = [
  { key: 'invited', label: 'Invited', about: 'Offers made' },
  { key: 'delivered', label: 'Delivered', about: 'A message arrived' },
  { key: 'opened', label: 'Opened', about: 'The tenant opened the link' },
  { key: 'started', label: 'Started', about: 'Chose a payment method' },
  { key: 'submitted', label: 'Submitted', about: 'Completed the form' },
  { key: 'verified', label: 'Verified', about: 'Card or bank can be charged' },
  { key: 'approved', label: 'Approved', about: 'The subscription exists' },
  { key: 'firstChargePaid', label: 'First charge paid', about: 'The money came' },
];

interface Props {
  filter: FunnelFilter;
  /** The filter cannot be asked for as it is. */
  hold: boolean;
  controls: ReactNode;
}

export function Funnel({ filter, hold, controls }: Props) {
  const funnel = useQuery({
    ...asked(MigrationFunnelDocument, { filter }),
    placeholderData: keepPreviousData,
    enabled: !hold,
  });
  const held = funnel.data?.migrationFunnel;
  const about = held && `Invitations created ${momentDay(held.from)} to ${lastDay(held.before)}`;
  return (
    <Section
      title="How far invitations came"
      about={about ?? 'By when they were created'}
      controls={controls}
    >
      {funnel.isPending && !hold && <Waiting />}
      {funnel.isError && <Failed error={funnel.error} again={() => void funnel.refetch()} />}
      {held && <Counts total={held.total} rows={held.byLocation} />}
    </Section>
  );
}

const lastDay = (before: string) => momentDay(new Date(Date.parse(before) - 1).toISOString());

interface Row {
  location: { id: string; name: string };
  counts: CountsFragment;
}

function Counts({ total, rows }: { total: CountsFragment; rows: readonly Row[] }) {
  if (total.invited === 0)
    return <Empty title="Nobody was invited in this time">Choose a longer period, or other locations.</Empty>;
  return (
    <>
      <ol className={classes.chart} aria-label={`Of ${plural(total.invited, 'invitation')}`}>
        {steps.map(({ key, label, about }, i) => (
          <li key={key} className={classes.step}>
            <span className={classes.label}>
              {label}
              <Text span size="xs" c="dimmed" display="block">
                {about}
              </Text>
            </span>
            <span className={classes.track} aria-hidden>
              <span
                className={classes.bar}
                style={{ width: `${(total[key] / total.invited) * 100}%`, opacity: 1 - i * 0.04 }}
              />
            </span>
            <span className={classes.number}>
              {count(total[key])}
              <Text span size="xs" c="dimmed" display="block">
                {share(total[key], total.invited)}
              </Text>
            </span>
          </li>
        ))}
      </ol>
      {rows.length > 1 && (
        <Listing label="By location" columns={columns} rows={rows} id={({ location }) => location.id} />
      )}
    </>
  );
}

const columns: Shown<Row>[] = [
  {
    title: 'Location',
    cell: ({ location }) => (
      <Text span fw={600} size="sm">
        {location.name}
      </Text>
    ),
  },
  ...steps.map(({ key, label }) => ({
    title: label,
    end: true,
    cell: ({ counts }: Row) => (
      <span>
        {count(counts[key])}
        {key !== 'invited' && counts.invited > 0 && (
          <Text span size="xs" c="dimmed" ml={6}>
            {share(counts[key], counts.invited)}
          </Text>
        )}
      </span>
    ),
  })),
];
