// What stands at the head of every page of staff.
import {
  ActionIcon,
  Center,
  Group,
  Text,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core';
import { IconArrowRight, IconMoon, IconSun } from '@tabler/icons-react';

export function Brand() {
  return (
    <Group gap={8} wrap="nowrap">
      <Center w={28} h={28} bg="indigo.7" style={{ borderRadius: 8 }} aria-hidden>
        <IconArrowRight size={18} color="white" />
      </Center>
      <Text fw={700} size="lg">
        Carryover
      </Text>
    </Group>
  );
}

/** Light or dark. */
export function Scheme() {
  const { setColorScheme } = useMantineColorScheme();
  const now = useComputedColorScheme('light');
  const next = now === 'light' ? 'dark' : 'light';
  return (
    <ActionIcon
      variant="default"
      size="lg"
      onClick={() => setColorScheme(next)}
      aria-label={`Show in ${next} colours`}
    >
      {now === 'light' ? <IconMoon size={18} /> : <IconSun size={18} />}
    </ActionIcon>
  );
}
