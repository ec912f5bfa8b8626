// Staff → Old system, with its tabs.
import type { ReactNode } from 'react';

import { Page } from '../parts/page';
import { Ways } from '../parts/ways';

const tabs = {
  list: { label: 'List', to: '/old-system/list' },
  worklist: { label: 'Worklist', to: '/old-system/worklist' },
  imports: { label: 'Imports', to: '/old-system/imports' },
} as const;

interface Props {
  tab: keyof typeof tabs;
  actions?: ReactNode;
  children: ReactNode;
}

export function OldSystem({ tab, actions, children }: Props) {
  return (
    <Page title="Old system" tab={`Old system: ${tabs[tab].label}`} actions={actions}>
      <Ways label="Old system" ways={Object.values(tabs)} here={tabs[tab].to} />
      {children}
    </Page>
  );
}
