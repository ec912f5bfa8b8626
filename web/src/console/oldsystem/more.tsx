// The filters of the list that are wanted less often.
import { Button, Popover, Select, Stack, TextInput } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';

import type { LegacySearch } from './search';

interface Props {
  search: LegacySearch;
  change: (part: Partial<LegacySearch>) => void;
}

export function More({ search, change }: Props) {
  const n = [search.cancelled, search.from, search.until].filter(Boolean).length;
  return (
    <Popover width={300} position="bottom-end" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button variant="default" leftSection={<IconFilter size={16} aria-hidden />} flex="none">
          {n > 0 ? `More filters (${n})` : 'More filters'}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="More filters">
        <Stack gap="sm">
          <Select
            label="Cancelled there"
            placeholder="Either"
            data={[
              { value: 'yes', label: 'Cancelled' },
              { value: 'no', label: 'Not cancelled' },
            ]}
            value={search.cancelled ?? null}
            onChange={(value) => change({ cancelled: value ?? undefined })}
            clearable
          />
          <TextInput
            type="date"
            label="Next bill from"
            value={search.from ?? ''}
            onChange={(e) => change({ from: e.currentTarget.value || undefined })}
          />
          <TextInput
            type="date"
            label="Next bill until"
            value={search.until ?? ''}
            onChange={(e) => change({ until: e.currentTarget.value || undefined })}
          />
          <Button
            variant="subtle"
            disabled={n === 0}
            onClick={() => change({ cancelled: undefined, from: undefined, until: undefined })}
          >
            Clear these
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
