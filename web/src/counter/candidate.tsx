// An old membership, so that the customer can say whether it is theirs; and where it cannot be migrated, the way on.
import { Alert, Paper, Text, Title } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';

import { day, money } from '../console/parts/words';
import type { CandidateFragment } from '../gql/graphql';
import classes from './counter.module.css';
import { type Holder, WayOn } from './elsewhere';
import { foundBy, legacyStates } from './words';

export function Candidate({
  candidate: c,
  children,
  ...holder
}: Holder & {
  candidate: CandidateFragment;
  children?: ReactNode;
}) {
  const fact = (label: string, value: string | null | undefined) =>
    value && (
      <div>
        <dt>{label}</dt>
        <dd>{value}</dd>
      </div>
    );
  return (
    <Paper withBorder p="lg" radius="md" component="section" aria-label={c.name}>
      <Title order={2} size="h3">
        {c.name}
      </Title>
      {c.matchedBy.length > 0 && (
        <Text size="sm" c="dimmed">
          {foundBy(c.matchedBy)}
        </Text>
      )}
      <dl className={classes.candidate}>
        {fact('Plate', c.plate)}
        {fact('Old plan', c.planName)}
        {fact('Old price', c.price && `${money(c.price)} a month`)}
        {fact('Price here', c.carriedPrice && `${money(c.carriedPrice)} a month`)}
        {fact('In the old system', legacyStates[c.state])}
        {fact('Next bill there', c.nextBillingOn && day(c.nextBillingOn))}
        {fact('Ends there', c.endsOn && day(c.endsOn))}
        {fact('Member number', c.memberNumber)}
        {fact('Phone', c.phoneEnding && `ends in ${c.phoneEnding}`)}
      </dl>
      {c.wayOn && (
        <Alert
          variant="outline"
          color={c.standing === 'NO_PLAN' ? 'blue' : 'yellow'}
          icon={<IconInfoCircle />}
        >
          {c.wayOn}
          <WayOn of={c} {...holder} />
        </Alert>
      )}
      {children}
    </Paper>
  );
}
