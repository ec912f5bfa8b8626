// The frame of a page: what it is, and what can be done on it.
import { Group, Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';

import { useTitle } from './title';
import { Ways } from './ways';

interface Props {
  title: string;
  /** In the browser's tab, where it is not the title. */
  tab?: string;
  actions?: ReactNode;
  children: ReactNode;
}

export function Page({ title, tab, actions, children }: Props) {
  useTitle(tab ?? title);
  return (
    <Stack gap="md" maw={1600} mx="auto">
      <Group justify="space-between" gap="sm">
        <Title order={1} size="h2">
          {title}
        </Title>
        {actions && <Group gap="sm">{actions}</Group>}
      </Group>
      {children}
    </Stack>
  );
}

const tabs = {
  invitations: { label: 'Invitations', to: '/migrations/invitations' },
  submissions: { label: 'Submissions', to: '/migrations/submissions' },
  batches: { label: 'Bulk acts', to: '/migrations/batches' },
} as const;

export type MigrationTab = keyof typeof tabs;

/** Staff → Migrations, with its tabs. */
export function Migrations({
  tab,
  actions,
  children,
}: {
  tab: MigrationTab;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <Page title="Migrations" tab={tabs[tab].label} actions={actions}>
      <Ways label="Migrations" ways={Object.values(tabs)} here={tabs[tab].to} />
      {children}
    </Page>
  );
}
