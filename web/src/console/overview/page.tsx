// Overview: how far the migration has come, what waits for somebody, what is stuck, what failed.
import { Group, SegmentedControl, Stack, TextInput } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';

import { Locations } from '../parts/filters';
import { Page } from '../parts/page';
import { chosen } from '../parts/search';
import { Alarms } from './alarms';
import { FailedMessages } from './failed';
import { Funnel } from './funnel';
import { dayHere, funnelFilter, type OverviewSearch, wrong } from './search';
import { StuckList } from './stuck';
import { WaitingCounts } from './waiting';

export function Overview() {
  const search = useSearch({ from: '/shell/' });
  const navigate = useNavigate({ from: '/' });
  const [today] = useState(() => dayHere(new Date()));
  const locationIds = chosen(search.location);
  const mistake = wrong(search, today);
  const change = (part: Partial<OverviewSearch>) =>
    void navigate({ search: (old) => ({ ...old, ...part }), replace: true, resetScroll: false });
  return (
    <Page
      title="Overview"
      actions={<Locations value={search.location} onChange={(location) => change({ location })} />}
    >
      <Stack gap="xl">
        <WaitingCounts location={search.location} />
        <Funnel
          filter={funnelFilter(search, today)}
          hold={mistake !== undefined}
          controls={<Periods search={search} today={today} mistake={mistake} change={change} />}
        />
        <StuckList locationIds={locationIds} kinds={search.stuck} change={change} />
        <Alarms locationIds={locationIds} handled={search.alarms === 'handled'} change={change} />
        <FailedMessages location={search.location} />
      </Stack>
    </Page>
  );
}

interface PeriodProps {
  search: OverviewSearch;
  today: string;
  mistake: string | undefined;
  change: (part: Partial<OverviewSearch>) => void;
}

function Periods({ search, today, mistake, change }: PeriodProps) {
  return (
    <Group gap="sm" align="flex-end">
      <SegmentedControl
        size="xs"
        aria-label="Invitations created in"
        value={search.period ?? '365'}
        onChange={(value) =>
          change({
            period: value === '365' ? undefined : value,
            from: undefined,
            until: undefined,
          })
        }
        data={[
          { value: '30', label: '30 days' },
          { value: '90', label: '90 days' },
          { value: '365', label: '1 year' },
          { value: 'own', label: 'Dates' },
        ]}
      />
      {search.period === 'own' && (
        <>
          <TextInput
            type="date"
            label="Created from"
            max={search.until ?? today}
            value={search.from ?? ''}
            onChange={(e) => change({ from: e.currentTarget.value || undefined })}
            error={mistake}
          />
          <TextInput
            type="date"
            label="Created until"
            min={search.from}
            value={search.until ?? ''}
            onChange={(e) => change({ until: e.currentTarget.value || undefined })}
          />
        </>
      )}
    </Group>
  );
}
