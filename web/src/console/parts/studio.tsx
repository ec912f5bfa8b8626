import { Text } from '@mantine/core';

/** A plan, and which one of it where a tenant may have several. */
export function Studio({ plan, unit }: { plan: { name: string }; unit: string }) {
  return (
    <>
      {plan.name}
      {unit && (
        <Text size="xs" c="dimmed">
          {unit}
        </Text>
      )}
    </>
  );
}
