// What a file may leave open: the order of its dates, its decimal mark, the country of its phone numbers.
import { Button, Collapse, NativeSelect, SimpleGrid, Text, TextInput } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';

import type { DateOrder, DecimalMark } from '../../gql/graphql';

/** What is said of it now; what is not stays as it is remembered. */
export interface Open {
  dateOrder?: DateOrder;
  decimalMark?: DecimalMark;
  region?: string;
}

interface Props {
  /** Of the source; undefined for a new one. */
  remembered: Required<Open> | undefined;
  said: Open;
  say: (part: Open) => void;
  refused: string | undefined;
}

const dateOrders: { value: DateOrder; label: string }[] = [
  { value: 'AS_SHOWN', label: 'As the file shows' },
  { value: 'MONTH_FIRST', label: 'March 4' },
  { value: 'DAY_FIRST', label: 'April 3' },
];

const decimalMarks: { value: DecimalMark; label: string }[] = [
  { value: 'AS_SHOWN', label: 'As the file shows' },
  { value: 'POINT', label: 'More than a thousand' },
  { value: 'COMMA', label: 'A little more than one' },
];

/** Open from the start where an answer is remembered: it counts for this file too. */
export function LeftOpen({ remembered, said, say, refused }: Props) {
  const [toggled, setToggled] = useState<boolean>();
  const { dateOrder, decimalMark } = remembered ?? { dateOrder: 'AS_SHOWN', decimalMark: 'AS_SHOWN' };
  const answered = dateOrder !== 'AS_SHOWN' || decimalMark !== 'AS_SHOWN';
  const opened = (toggled ?? answered) || !!refused;
  return (
    <div>
      <Button
        variant="subtle"
        size="compact-sm"
        onClick={() => setToggled(!opened)}
        aria-expanded={opened}
        rightSection={<IconChevronDown size={16} aria-hidden />}
      >
        Dates, decimals and phone numbers
      </Button>
      <Collapse expanded={opened}>
        <Text size="sm" c="dimmed" pt="sm">
          What you say here counts where the file itself does not show it, and is remembered for the
          source&apos;s next file.
        </Text>
        <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm" pt="xs">
          <NativeSelect
            label="3/4/2026 is"
            data={dateOrders}
            value={said.dateOrder ?? dateOrder}
            onChange={(e) => say({ dateOrder: e.currentTarget.value as DateOrder })}
          />
          <NativeSelect
            label="1,234 is"
            data={decimalMarks}
            value={said.decimalMark ?? decimalMark}
            onChange={(e) => say({ decimalMark: e.currentTarget.value as DecimalMark })}
          />
          <TextInput
            label="Phone numbers without a country code are of"
            placeholder={remembered?.region || "The location's country"}
            maxLength={2}
            value={said.region ?? ''}
            onChange={(e) => say({ region: e.currentTarget.value })}
            error={refused}
          />
        </SimpleGrid>
      </Collapse>
    </div>
  );
}
