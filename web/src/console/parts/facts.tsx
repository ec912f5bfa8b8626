// A thing by its facts, and the box that they stand in.
import { Box, Grid, Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { Children, type ReactNode } from 'react';

/** A part of a page, with a heading. */
export function Section({ title, side, children }: { title: string; side?: ReactNode; children: ReactNode }) {
  return (
    <Paper withBorder p="md" radius="md" component="section" aria-label={title}>
      <Stack gap="sm">
        <Group justify="space-between" gap="sm">
          <Title order={2} size="h4">
            {title}
          </Title>
          {side}
        </Group>
        {children}
      </Stack>
    </Paper>
  );
}

interface FactsProps {
  of: readonly (readonly [label: string, fact: ReactNode])[];
  /** How many stand side by side; one less on a phone. */
  across?: number;
}

/** Facts side by side. Those that are empty are left out. */
export function FactList({ of, across = 2 }: FactsProps) {
  return (
    <SimpleGrid component="dl" cols={{ base: across - 1, xs: across }} spacing="sm" m={0}>
      {of
        .filter(([, fact]) => fact !== null && fact !== undefined && fact !== '' && fact !== false)
        .map(([label, fact]) => (
          <div key={label}>
            <Text component="dt" size="xs" c="dimmed">
              {label}
            </Text>
            <Box component="dd" m={0} fz="sm">
              {fact}
            </Box>
          </div>
        ))}
    </SimpleGrid>
  );
}

/** Two columns, the first the wider one; one below the other where there is no room. */
export function Columns({ children }: { children: ReactNode }) {
  const [first, second] = Children.toArray(children);
  return (
    <Grid gap="md">
      <Grid.Col span={{ base: 12, lg: 7 }}>{first}</Grid.Col>
      <Grid.Col span={{ base: 12, lg: 5 }}>{second}</Grid.Col>
    </Grid>
  );
}
