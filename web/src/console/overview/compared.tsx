import { Stack, Text } from '@mantine/core';

import type { AlarmRowFragment } from '../../gql/graphql';
import { day, money } from '../parts/words';

/** What was agreed beside what happened, as far as the alarm is about that. */
export function Compared({
  alarm: { expectedAmount, actualAmount, expectedOn, actualOn },
}: {
  alarm: AlarmRowFragment;
}) {
  const agreed = [expectedAmount && money(expectedAmount), expectedOn && day(expectedOn)].filter(Boolean);
  const happened = [actualAmount && money(actualAmount), actualOn && day(actualOn)].filter(Boolean);
  return (
    <Stack gap={0}>
      {agreed.length > 0 && <Text size="sm">Agreed: {agreed.join(', ')}</Text>}
      {happened.length > 0 && <Text size="sm">Happened: {happened.join(', ')}</Text>}
    </Stack>
  );
}
