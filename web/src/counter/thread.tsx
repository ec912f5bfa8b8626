// How the text that asks for the address stands.
import { Alert, Group, Loader, Stack, Text } from '@mantine/core';
import { IconCheck, IconInfoCircle } from '@tabler/icons-react';

import type { Migration } from './acting';

type Asked = NonNullable<Migration['contact']['text']>;

const troubles = {
  UNKNOWN: 'Nobody knows whether the text went out',
  UNREADABLE: 'The answer holds no email address',
  OPTED_OUT: 'This number takes no texts from us',
  FAILED: 'The text did not arrive',
} as const;

const times = new Intl.DateTimeFormat('en-US', { timeStyle: 'short' });

export function Thread({ text: { state, askedAt, reply, reason }, phone }: { text: Asked; phone: string }) {
  switch (state) {
    case 'SENDING':
      return <Going>The text is on its way to {phone}.</Going>;
    case 'WAITING':
      return (
        <Going>
          Texted {phone} at {times.format(new Date(askedAt))}. The answer appears here by itself.
        </Going>
      );
    case 'ANSWERED':
      return (
        <Group gap="xs" wrap="nowrap">
          <IconCheck size={20} aria-hidden />
          <Text>The customer has answered the text.</Text>
        </Group>
      );
    case 'UNKNOWN':
    case 'UNREADABLE':
    case 'OPTED_OUT':
    case 'FAILED':
      return (
        <Alert variant="outline" color="yellow" icon={<IconInfoCircle />} title={troubles[state]}>
          <Stack gap={4}>
            {reply && <Text>“{reply}”</Text>}
            {reason && <Text>{reason}</Text>}
            <Text>Ask for the email address, and type it.</Text>
          </Stack>
        </Alert>
      );
  }
}

function Going({ children }: { children: React.ReactNode }) {
  return (
    <Group gap="sm" wrap="nowrap">
      <Loader size="sm" aria-hidden />
      <Text>{children}</Text>
    </Group>
  );
}
