import { Box, Group, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';

interface Props {
  title: string;
  about?: string;
  controls?: ReactNode;
  children: ReactNode;
}

/** A part of the overview, which can be gone to by its heading. */
export function Section({ title, about, controls, children }: Props) {
  const id = useId();
  return (
    <Box component="section" aria-labelledby={id}>
      <Group justify="space-between" align="flex-start" gap="sm" mb="sm">
        <Stack gap={2}>
          <Title order={2} size="h4" id={id}>
            {title}
          </Title>
          {about && (
            <Text size="sm" c="dimmed">
              {about}
            </Text>
          )}
        </Stack>
        {controls}
      </Group>
      {children}
    </Box>
  );
}
