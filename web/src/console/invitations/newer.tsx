import { Alert, Button, Stack, Text } from '@mantine/core';

/** Somebody else saved while one was typing. */
export function Newer({ take, children }: { take: () => void; children: string }) {
  return (
    <Alert variant="outline" color="yellow" role="alert" title="Somebody changed it meanwhile">
      <Stack align="flex-start" gap="xs">
        <Text size="sm">{children}</Text>
        <Button size="xs" variant="default" onClick={take}>
          Show it as it is now
        </Button>
      </Stack>
    </Alert>
  );
}
