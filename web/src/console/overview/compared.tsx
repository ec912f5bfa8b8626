import { Text } from '@mantine/core';

import type { AlarmRowFragment } from '../../gql/graphql';
import { day, money } from '../parts/words';

/** What was agreed beside what happened, as far as the alarm is about that. */
export function Compared({
  alarm: { expectedAmount, actualAmount, expectedOn, actualOn },
}: {
  alarm: AlarmRowFragment;
}) {
  const parts = [
    expectedAmount && `Agreed ${money(expectedAmount)}`,
    actualAmount && `charged ${money(actualAmount)}`,
    expectedOn && `due ${day(expectedOn)}`,
    actualOn && `charged on ${day(actualOn)}`,
  ].filter(Boolean);
  return parts.length > 0 ? (
    <Text size="sm" c="dimmed">
      {parts.join(', ')}
    </Text>
  ) : null;
}
