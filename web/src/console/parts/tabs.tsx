// Tabs of which the address says the one that is shown.
import { Tabs } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props<Key extends string> {
  label: string;
  tabs: readonly { key: Key; label: string }[];
  shown: Key;
  onShow: (key: Key) => void;
  children: ReactNode;
}

export function Tabbed<Key extends string>({ label, tabs, shown, onShow, children }: Props<Key>) {
  return (
    <Tabs value={shown} onChange={(next) => next && onShow(next as Key)} keepMounted={false}>
      <Tabs.List aria-label={label}>
        {tabs.map((tab) => (
          <Tabs.Tab key={tab.key} value={tab.key}>
            {tab.label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value={shown} pt="md">
        {children}
      </Tabs.Panel>
    </Tabs>
  );
}
