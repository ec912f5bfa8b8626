// Messages: what tenants wrote back, what went out, and addresses that tenants say are theirs.
import { useNavigate, useSearch } from '@tanstack/react-router';

import { Page } from '../parts/page';
import { Tabbed } from '../parts/tabs';
import { Corrections } from './corrections';
import { Deliveries } from './deliveries';
import { Replies } from './replies';
import type { MessagesSearch } from './search';

const tabs = [
  { key: 'replies', label: 'Text replies' },
  { key: 'deliveries', label: 'Deliveries' },
  { key: 'corrections', label: 'Corrected emails' },
] as const;

export interface TabProps {
  search: MessagesSearch;
  change: (part: Partial<MessagesSearch>) => void;
}

export function Messages() {
  const search = useSearch({ from: '/shell/messages' });
  const navigate = useNavigate({ from: '/messages' });
  const tab = search.tab ?? 'replies';
  const props: TabProps = {
    search,
    change: (part) =>
      void navigate({ search: (old) => ({ ...old, ...part }), replace: true, resetScroll: false }),
  };
  return (
    <Page title="Messages">
      <Tabbed
        label="Messages"
        tabs={tabs}
        shown={tab}
        onShow={(key) =>
          void navigate({
            search: ({ location }) => ({ tab: key === 'replies' ? undefined : key, location }),
          })
        }
      >
        {tab === 'replies' && <Replies {...props} />}
        {tab === 'deliveries' && <Deliveries {...props} />}
        {tab === 'corrections' && <Corrections {...props} />}
      </Tabbed>
    </Page>
  );
}
