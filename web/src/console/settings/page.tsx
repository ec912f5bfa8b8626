// Settings: whom not to write to, who works here, and how one comes in.
import { useNavigate, useSearch } from '@tanstack/react-router';

import { Page } from '../parts/page';
import { Tabbed } from '../parts/tabs';
import { Empty } from '../parts/trouble';
import { useMe } from '../shell/me';
import { Audit } from './audit';
import { Password } from './password';
import type { SettingsSearch, SettingsTab } from './search';
import { MySignIns } from './signins';
import { Staff } from './staff';
import { Suppressions } from './suppressions';
import { MyTokens } from './tokens';

const tabs: { key: SettingsTab; label: string; admin?: boolean }[] = [
  { key: 'suppressions', label: 'Suppression list' },
  { key: 'staff', label: 'Staff', admin: true },
  { key: 'signins', label: 'My sign-ins' },
  { key: 'tokens', label: 'API tokens' },
  { key: 'password', label: 'Password' },
  { key: 'audit', label: 'Audit' },
];

export interface TabProps {
  search: SettingsSearch;
  change: (part: Partial<SettingsSearch>) => void;
}

export function Settings() {
  const { role } = useMe();
  const search = useSearch({ from: '/shell/settings' });
  const navigate = useNavigate({ from: '/settings' });
  const tab = search.tab ?? 'suppressions';
  const props: TabProps = {
    search,
    change: (part) =>
      void navigate({ search: (old) => ({ ...old, ...part }), replace: true, resetScroll: false }),
  };
  return (
    <Page title="Settings">
      <Tabbed
        label="Settings"
        tabs={tabs.filter(({ key, admin }) => !admin || role === 'ADMIN' || key === tab)}
        shown={tab}
        onShow={(key) => void navigate({ search: { tab: key === 'suppressions' ? undefined : key } })}
      >
        {tab === 'suppressions' && <Suppressions {...props} />}
        {tab === 'staff' &&
          (role === 'ADMIN' ? (
            <Staff {...props} />
          ) : (
            <Empty title="This page is for administrators">
              They invite people to work here and say what each may do. Ask one of them if somebody is to be
              added or changed.
            </Empty>
          ))}
        {tab === 'signins' && <MySignIns />}
        {tab === 'tokens' && <MyTokens />}
        {tab === 'password' && <Password />}
        {tab === 'audit' && <Audit {...props} />}
      </Tabbed>
    </Page>
  );
}
