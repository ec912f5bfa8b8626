// What is shown where there is nothing to show, and why.
import { Alert, Anchor, Button, Center, Group, Loader, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

import { said } from '../api';

/** Nothing came: in plain words, with a way to try again. */
export function Failed({ error, again }: { error: unknown; again?: () => void }) {
  return (
    <Alert color="red" variant="outline" icon={<IconAlertTriangle />} title="That did not work" role="alert">
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{said(error)}</Text>
        {again && (
          <Button size="xs" variant="default" onClick={again}>
            Try again
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

/** What was refused and belongs to no field. */
export function Refused({ message }: { message?: string | undefined }) {
  if (!message) return null;
  return (
    <Alert color="red" variant="outline" icon={<IconAlertTriangle />} role="alert">
      {message}
    </Alert>
  );
}

export function Waiting({ label = 'Loading…' }: { label?: string }) {
  return (
    <Center mih={200} role="status">
      <Group gap="sm">
        <Loader size="sm" aria-hidden />
        <Text c="dimmed">{label}</Text>
      </Group>
    </Center>
  );
}

/** There is nothing, and that is no fault. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <Stack align="center" gap="xs" py="xl" ta="center">
      <Text fw={600}>{title}</Text>
      {children && (
        <Text component="div" c="dimmed" size="sm" maw={480}>
          {children}
        </Text>
      )}
    </Stack>
  );
}

/** A thing that is not there, or not at a location that one manages: the API does not say which, and neither do we. */
export function Unknown() {
  return (
    <Stack align="center" py="xl" gap="xs" ta="center">
      <Title order={1} size="h2">
        There is nothing here
      </Title>
      <Text c="dimmed">It may have been deleted, or it belongs to a location that you do not manage.</Text>
      <Anchor component={Link} to="/">
        Back to the overview
      </Anchor>
    </Stack>
  );
}

/** The page itself broke. */
export function Broken({ error }: { error: unknown }) {
  return (
    <Center mih={300} p="md">
      <Failed error={error} again={() => location.reload()} />
    </Center>
  );
}
