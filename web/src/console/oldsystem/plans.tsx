// What the plans of an old system become here: said once for each, for all who are on it.
import { Button, Radio, Select, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import {
  type LegacySourceViewFragment,
  MapLegacyPlanDocument,
  type PlanChoiceFragment,
  PlanChoicesDocument,
} from '../../gql/graphql';
import { ask } from '../../shared/ask';
import { asked } from '../api';
import { ActDialog } from '../parts/act';
import { typedPrice } from '../parts/decimal';
import { Listing, type Shown } from '../parts/listed';
import { Empty } from '../parts/trouble';
import { money, plural } from '../parts/words';

type OldPlan = LegacySourceViewFragment['plans'][number];

export function Plans({ source }: { source: LegacySourceViewFragment }) {
  const [mapping, setMapping] = useState<OldPlan | null>(null);
  const columns: Shown<OldPlan>[] = [
    { title: 'Plan there', cell: ({ name }) => name },
    { title: 'People', end: true, cell: ({ memberships }) => memberships.toLocaleString('en-US') },
    {
      title: 'Becomes here',
      cell: ({ plan }) =>
        plan ? (
          plan.name
        ) : (
          <Text span size="sm" c="dimmed">
            Not said yet
          </Text>
        ),
    },
    {
      title: 'Price',
      cell: ({ plan, price }) => plan && (price ? `${money(price)} for all` : 'Each keeps their own'),
    },
    {
      title: 'What to do',
      acts: true,
      cell: (old) => (
        <Button
          size="xs"
          variant={old.plan ? 'default' : 'light'}
          aria-label={`${old.plan ? 'Change' : 'Map'} ${old.name}`}
          onClick={() => setMapping(old)}
        >
          {old.plan ? 'Change' : 'Map'}
        </Button>
      ),
    },
  ];
  return (
    <>
      {source.plans.length === 0 ? (
        <Empty title="No plans yet">The plans that its files name stand here.</Empty>
      ) : (
        <Listing
          label={`Plans of ${source.name}, ${source.location.name}`}
          columns={columns}
          rows={source.plans}
          id={({ name }) => name}
        />
      )}
      {mapping && <MapDialog source={source} old={mapping} onClose={() => setMapping(null)} />}
    </>
  );
}

interface MapProps {
  source: LegacySourceViewFragment;
  old: OldPlan;
  onClose: () => void;
}

const labelOf = ({ name, cardPrice }: PlanChoiceFragment) => `${name} · ${money(cardPrice)} a month`;

function MapDialog({ source, old, onClose }: MapProps) {
  const [plan, setPlan] = useState<PlanChoiceFragment | null>(old.plan ?? null);
  const [one, setOne] = useState(old.price ? 'one' : 'own');
  const [price, setPrice] = useState(old.price?.amount ?? '');
  const held = plan ? labelOf(plan) : '';
  const [typed, setTyped] = useState(held);
  const [search] = useDebouncedValue(typed === held ? '' : typed.trim(), 200);
  const found = useQuery({
    ...asked(PlanChoicesDocument, {
      locationId: source.location.id,
      search: search.slice(0, 100) || undefined,
      first: 100,
    }),
    placeholderData: keepPreviousData,
  });
  const offered = found.data?.plans.nodes ?? [];
  const all = plan && !offered.some(({ id }) => id === plan.id) ? [plan, ...offered] : offered;
  const amount = typedPrice(price);
  return (
    <ActDialog
      title={`What ${old.name} becomes`}
      act="Save"
      fields={['planId', 'price', 'price.amount']}
      done={
        plan
          ? `${old.name} becomes ${plan.name}.`
          : `${old.name} becomes nothing here until somebody says so.`
      }
      run={async () =>
        (
          await ask(MapLegacyPlanDocument, {
            input: {
              sourceId: source.id,
              planName: old.name,
              planId: plan?.id ?? null,
              price: plan && one === 'one' ? { amount, currency: plan.cardPrice.currency } : null,
            },
          })
        ).mapLegacyPlan
      }
      onClose={onClose}
    >
      {(refused) => (
        <Stack>
          <Text size="sm">
            It holds for {plural(old.memberships, 'person', 'people')} of {source.name} at{' '}
            {source.location.name}, and for whom later files bring. Offers that were made stay as they are.
          </Text>
          <Select
            label="Plan here"
            placeholder="Choose a monthly plan"
            data={all.map((each) => ({ value: each.id, label: labelOf(each) }))}
            value={plan?.id ?? null}
            onChange={(id) => setPlan(all.find((each) => each.id === id) ?? null)}
            searchable
            clearable
            clearButtonProps={{ 'aria-label': 'No plan' }}
            filter={({ options }) => options} // the server has searched
            searchValue={typed}
            onSearchChange={setTyped}
            nothingFoundMessage={found.isFetching ? 'Searching…' : 'Nothing monthly of that name here'}
            error={refused['planId']}
            data-autofocus
          />
          {plan && (
            <Radio.Group label="Price" value={one} onChange={setOne}>
              <Stack gap="xs" mt={4}>
                <Radio value="own" label="Each keeps the price they paid there" />
                <Radio value="one" label="One price for all" />
              </Stack>
            </Radio.Group>
          )}
          {plan && one === 'one' && (
            <TextInput
              label="Price for all, a month"
              inputMode="decimal"
              required
              placeholder={plan.cardPrice.amount}
              rightSection={
                <Text size="xs" c="dimmed">
                  {plan.cardPrice.currency}
                </Text>
              }
              rightSectionWidth={56}
              value={price}
              onChange={(e) => setPrice(e.currentTarget.value)}
              error={refused['price'] ?? refused['price.amount']}
              maw={240}
            />
          )}
        </Stack>
      )}
    </ActDialog>
  );
}
