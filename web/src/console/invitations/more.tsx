// The filters that are wanted less often.
import { Button, Popover, Select, Stack, TextInput } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';

import type { InvitationSearch } from './search';

type Either = 'texted' | 'failed' | 'expired';

const eithers: { name: Either; label: string; yes: string; no: string }[] = [
  { name: 'texted', label: 'SMS', yes: 'Got an SMS', no: 'Got no SMS' },
  { name: 'failed', label: 'Delivery', yes: 'The last message did not arrive', no: 'Nothing failed' },
  { name: 'expired', label: 'Link', yes: 'Expired', no: 'Opens' },
];

interface Props {
  search: InvitationSearch;
  change: (part: Partial<InvitationSearch>) => void;
}

export function More({ search, change }: Props) {
  const set = [search.texted, search.failed, search.expired, search.anchor, search.from, search.until];
  const n = set.filter(Boolean).length;
  return (
    <Popover width={300} position="bottom-end" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button variant="default" leftSection={<IconFilter size={16} aria-hidden />} flex="none">
          {n > 0 ? `More filters (${n})` : 'More filters'}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="More filters">
        <Stack gap="sm">
          {eithers.map(({ name, label, yes, no }) => (
            <Select
              key={name}
              label={label}
              placeholder="Either"
              data={[
                { value: 'yes', label: yes },
                { value: 'no', label: no },
              ]}
              value={search[name] ?? null}
              onChange={(value) => change({ [name]: value ?? undefined })}
              clearable
              comboboxProps={{ withinPortal: false }}
            />
          ))}
          <Select
            label="Billing Anchor Day"
            placeholder="Any"
            data={Array.from({ length: 31 }, (_, i) => ({ value: String(i + 1), label: `Day ${i + 1}` }))}
            value={search.anchor ?? null}
            onChange={(anchor) => change({ anchor: anchor ?? undefined })}
            clearable
            searchable
            comboboxProps={{ withinPortal: false }}
          />
          <TextInput
            type="date"
            label="Created from"
            value={search.from ?? ''}
            onChange={(e) => change({ from: e.currentTarget.value || undefined })}
          />
          <TextInput
            type="date"
            label="Created until"
            value={search.until ?? ''}
            onChange={(e) => change({ until: e.currentTarget.value || undefined })}
          />
          <Button
            variant="subtle"
            disabled={n === 0}
            onClick={() =>
              change({
                texted: undefined,
                failed: undefined,
                expired: undefined,
                anchor: undefined,
                from: undefined,
                until: undefined,
              })
            }
          >
            Clear these
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
