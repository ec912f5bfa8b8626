// When billing starts: the choice at every approval. Nothing is chosen for the person.
import { Group, Radio, SimpleGrid, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';

import type { StartOption } from '../../gql/graphql';
import { options, starts } from './told';

interface Props {
  value: StartOption | null;
  onChange: (option: StartOption) => void;
  disabled?: boolean;
  /** What it would come to, beneath its name. */
  children?: (option: StartOption) => ReactNode;
}

export function StartChoice({ value, onChange, disabled = false, children }: Props) {
  return (
    <Radio.Group
      value={value}
      onChange={(next) => onChange(next)}
      label="When should billing start?"
      styles={{ label: { marginBottom: 8 } }}
    >
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        {options.map((option) => (
          <Stack key={option} gap="xs">
            <Radio.Card value={option} disabled={disabled} p="sm" mih={86} aria-label={starts[option].name}>
              <Group wrap="nowrap" align="flex-start" gap="sm">
                <Radio.Indicator mt={3} />
                <div>
                  <Text fw={600} size="sm">
                    {starts[option].name}
                  </Text>
                  <Text size="sm" c="dimmed">
                    {starts[option].means}
                  </Text>
                </div>
              </Group>
            </Radio.Card>
            {children?.(option)}
          </Stack>
        ))}
      </SimpleGrid>
    </Radio.Group>
  );
}
