// The fields of somebody of the old system.
import { NativeSelect, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core';

import type { LegacyPeriod } from '../../gql/graphql';
import type { Refusals } from '../api';
import { beside, type Draft } from './draft';
import { periods } from './words';

interface Props {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  refused: Refusals;
  currency: string;
}

const ofPeriod = (Object.keys(periods) as LegacyPeriod[]).map((value) => ({ value, label: periods[value] }));
const ofDay = [
  { value: '', label: 'As the next bill says' },
  ...Array.from({ length: 31 }, (_, i) => ({ value: String(i + 1), label: `Day ${i + 1}` })),
];
const below = ['label', 'input', 'description', 'error'] as ('label' | 'input' | 'description' | 'error')[];

export function Form({ draft, change, refused, currency }: Props) {
  const text = (name: keyof Draft, label: string) => ({
    label,
    value: draft[name],
    maxLength: 120,
    onChange: (e: { currentTarget: { value: string } }) => change({ [name]: e.currentTarget.value }),
    error: beside(refused, name),
  });
  const lines = (name: 'emails' | 'phones', label: string, description: string) => (
    <Textarea
      {...text(name, label)}
      maxLength={2000}
      description={description}
      inputWrapperOrder={below}
      autosize
      minRows={1}
      maxRows={5}
    />
  );
  const amount = (name: 'price' | 'discount', label: string) => ({
    ...text(name, label),
    inputMode: 'decimal' as const,
    rightSection: (
      <Text size="xs" c="dimmed">
        {currency}
      </Text>
    ),
    rightSectionWidth: 56,
  });
  return (
    <Stack>
      <TextInput {...text('name', 'Name')} required />
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        {lines('emails', 'Emails', 'One a line; the first is written to')}
        {lines('phones', 'Phones', 'One a line')}
        <TextInput {...text('plate', 'Plate')} />
        <TextInput {...text('rfid', 'RFID tag')} />
        <TextInput {...text('memberNumber', 'Member number')} />
        <TextInput {...text('unit', 'Unit')} />
        <TextInput {...text('planName', 'Plan there')} />
        <TextInput {...amount('price', 'Price there')} />
        <TextInput {...amount('discount', 'Discount')} />
        <TextInput {...text('discountEndsOn', 'First day without the discount')} type="date" />
        <NativeSelect
          label="Billed"
          data={ofPeriod}
          value={draft.period}
          onChange={(e) => change({ period: e.currentTarget.value as LegacyPeriod })}
          error={beside(refused, 'period')}
        />
        <NativeSelect
          label="Billing day"
          data={ofDay}
          value={draft.billingDay}
          onChange={(e) => change({ billingDay: e.currentTarget.value })}
          error={beside(refused, 'billingDay')}
        />
        <TextInput {...text('nextBillingOn', 'Next bill')} type="date" />
        <TextInput {...text('paidThrough', 'Paid through')} type="date" />
        <TextInput {...text('endsOn', 'Ends there')} type="date" />
      </SimpleGrid>
    </Stack>
  );
}
