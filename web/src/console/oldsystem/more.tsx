// The filters of the list that are wanted less often.
import { Button, Popover, Select, Stack, TextInput } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';

import type { LegacySearch } from './search';

interface Props {
  search: LegacySearch;
  change: (part: Partial<LegacySearch>) => void;
}

export function More({ search, change }: Props) {
  const n = [search.cancelled, search.missing, search.billed, search.from, search.until].filter(
    Boolean,
  ).length;
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
          <Select
            label="In the newest whole file"
            placeholder="Either"
            data={[
              { value: 'yes', label: 'Not in it any more' },
              { value: 'no', label: 'In it, or no file has been without' },
            ]}
            value={search.missing ?? null}
            onChange={(value) => change({ missing: value ?? undefined })}
            clearable
          />
          <Select
            label="Cancellation recorded, and still billed"
            placeholder="Either"
            data={[
              { value: 'yes', label: 'A file says that it bills' },
              { value: 'no', label: 'No file says so' },
            ]}
            value={search.billed ?? null}
            onChange={(value) => change({ billed: value ?? undefined })}
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
            onClick={() =>
              change({
                cancelled: undefined,
                missing: undefined,
                billed: undefined,
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
