// The form of an invitation in its four steps, on one page: who and what, the price, insurance, and what it comes to.
import {
  Checkbox,
  Fieldset,
  NativeSelect,
  Select,
  SimpleGrid,
  Stack,
  Table,
  Text,
  TextInput,
} from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { InsuranceChoicesDocument, type PlanChoiceFragment, PlanChoicesDocument } from '../../gql/graphql';
import { asked, type Refusals } from '../api';
import { money } from '../parts/words';
import { useMe } from '../shell/me';
import { type Draft, monthly, priceOf } from './draft';
import { Recipient } from './recipient';

export interface FormProps {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  refused: Refusals;
  /** Whether another recipient can be chosen: not once somebody was told. */
  fixedRecipient?: boolean;
  /** The last step of all makes it. */
  creates?: boolean;
}

export function Form(p: FormProps) {
  return (
    <Stack gap="md">
      <Fieldset legend="1. Enter Tenant Details" radius="md">
        <Stack gap="sm">
          {!p.fixedRecipient && <Recipient {...p} />}
          <Place {...p} />
        </Stack>
      </Fieldset>
      <Fieldset legend="2. Configure Pricing" radius="md">
        <Pricing {...p} />
      </Fieldset>
      <Fieldset legend="3. Add Insurance (Optional)" radius="md">
        <Insurance {...p} />
      </Fieldset>
      <Fieldset legend={p.creates ? '4. Review and Create' : '4. Review'} radius="md">
        <Total draft={p.draft} />
      </Fieldset>
    </Stack>
  );
}

const labelOf = ({ name, cardPrice, isOffered }: PlanChoiceFragment) =>
  `${name} · ${money(cardPrice)}${isOffered ? '' : ' (withdrawn)'}`;

/** As one types the server searches: a location may have more plans than a list shows. */
function usePlans(draft: Draft) {
  const held = draft.plan ? labelOf(draft.plan) : '';
  const [typed, setTyped] = useState(held);
  const [search] = useDebouncedValue(typed === held ? '' : typed.trim(), 200);
  const of = (search?: string) => ({
    ...asked(PlanChoicesDocument, {
      locationId: draft.locationId,
      search: search?.slice(0, 100),
      first: 100,
    }),
    enabled: draft.locationId !== null,
  });
  const first = useQuery(of()).data?.plans.nodes ?? [];
  const found = useQuery({ ...of(search || undefined), placeholderData: keepPreviousData });
  const offered = found.data?.plans.nodes ?? [];
  // The plan of an older offer may be withdrawn by now; it stays to be seen.
  const all =
    draft.plan && !offered.some(({ id }) => id === draft.plan?.id) ? [draft.plan, ...offered] : offered;
  const memberships = first.length > 0 && first.every(({ kind }) => kind === 'MEMBERSHIP');
  return { all, typed, setTyped, searching: found.isFetching, memberships };
}

function Place({ draft, change, refused }: FormProps) {
  const { locations } = useMe();
  return (
    <>
      <Select
        label="Location"
        placeholder="Choose one"
        data={locations.map(({ id, name }) => ({ value: id, label: name }))}
        value={draft.locationId}
        onChange={(locationId) => change({ locationId, plan: null, insurance: null })}
        searchable
        required
        allowDeselect={false}
        nothingFoundMessage="You manage no location of that name"
        error={draft.locationId === null && refused['planId'] && 'Choose one.'}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        {/* Anew for each location: what was found at another one would bring that location with it. */}
        <Studio key={draft.locationId} {...{ draft, change, refused }} />
        <TextInput
          label="Unit"
          description="Where a tenant may have several: a plate, a seat"
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          maxLength={60}
          value={draft.unit}
          onChange={(e) => change({ unit: e.currentTarget.value })}
          error={refused['unit']}
        />
      </SimpleGrid>
    </>
  );
}

function Studio({ draft, change, refused }: FormProps) {
  const { all, typed, setTyped, searching, memberships } = usePlans(draft);
  return (
    <Select
      label={memberships ? 'Membership' : 'Studio'}
      placeholder={draft.locationId ? 'Choose one' : 'Choose the location first'}
      disabled={draft.locationId === null}
      data={all.map((each) => ({ value: each.id, label: labelOf(each) }))}
      value={draft.plan?.id ?? null}
      onChange={(id) => change({ plan: all.find((each) => each.id === id) ?? null })}
      searchable
      filter={({ options }) => options} // the server has searched
      searchValue={typed}
      onSearchChange={setTyped}
      required
      allowDeselect={false}
      nothingFoundMessage={searching ? 'Searching…' : 'Nothing monthly of that name here'}
      error={
        draft.locationId !== null && refused['planId'] && (draft.plan ? refused['planId'] : 'Choose one.')
      }
    />
  );
}

function Pricing({ draft, change, refused }: FormProps) {
  const { plan } = draft;
  return (
    <Stack gap="sm">
      {plan ? (
        <Text size="sm">
          Default prices: <b>{money(plan.cardPrice)}</b> a month by card
          {plan.achPrice ? (
            <>
              , <b>{money(plan.achPrice)}</b> from a bank account
            </>
          ) : (
            '; bank accounts are not taken here'
          )}
          .
        </Text>
      ) : (
        <Text size="sm" c="dimmed">
          The default prices show once a studio is chosen.
        </Text>
      )}
      <Checkbox
        label="Override pricing"
        checked={draft.override}
        disabled={!plan}
        onChange={(e) => change({ override: e.currentTarget.checked })}
      />
      {draft.override && plan && (
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <TextInput
            label="Card Price"
            inputMode="decimal"
            placeholder={plan.cardPrice.amount}
            rightSection={<Unit>{plan.cardPrice.currency}</Unit>}
            rightSectionWidth={56}
            value={draft.cardPrice}
            onChange={(e) => change({ cardPrice: e.currentTarget.value })}
            error={refused['cardPrice'] ?? refused['cardPrice.amount']}
          />
          {plan.achPrice && (
            <TextInput
              label="ACH Price"
              inputMode="decimal"
              placeholder={plan.achPrice.amount}
              rightSection={<Unit>{plan.achPrice.currency}</Unit>}
              rightSectionWidth={56}
              value={draft.achPrice}
              onChange={(e) => change({ achPrice: e.currentTarget.value })}
              error={refused['achPrice'] ?? refused['achPrice.amount']}
            />
          )}
        </SimpleGrid>
      )}
      <NativeSelect
        label="Billing Anchor Day"
        description="The day of the month on which billing cycles start"
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        data={days(draft.anchorDay)}
        value={draft.anchorDay}
        onChange={(e) => change({ anchorDay: e.currentTarget.value })}
        error={refused['anchorDay']}
        maw={280}
      />
    </Stack>
  );
}

/** 1 to 28, and a later day that an offer was carried over with. */
const days = (held: string) =>
  Array.from({ length: Math.max(28, Number(held)) }, (_, i) => ({
    value: String(i + 1),
    label: `Day ${i + 1}`,
  })).filter(({ value }) => Number(value) <= 28 || value === held);

const Unit = ({ children }: { children: string }) => (
  <Text size="xs" c="dimmed">
    {children}
  </Text>
);

function Insurance({ draft, change, refused }: FormProps) {
  const plans = useQuery({
    ...asked(InsuranceChoicesDocument, { locationId: draft.locationId }),
    enabled: draft.locationId !== null,
  });
  const offered = plans.data?.insurancePlans.nodes ?? [];
  const all =
    draft.insurance && !offered.some(({ id }) => id === draft.insurance?.id)
      ? [draft.insurance, ...offered]
      : offered;
  return (
    <Select
      label="Insurance plan"
      placeholder={plans.isSuccess && all.length === 0 ? 'None is offered at this location' : 'No insurance'}
      disabled={draft.locationId === null || (plans.isSuccess && all.length === 0)}
      data={all.map(({ id, name, price }) => ({ value: id, label: `${name} · ${money(price)} a month` }))}
      value={draft.insurance?.id ?? null}
      onChange={(id) => change({ insurance: all.find((each) => each.id === id) ?? null })}
      clearable
      clearButtonProps={{ 'aria-label': 'No insurance' }}
      error={refused['insurancePlanId']}
    />
  );
}

function Total({ draft }: { draft: Draft }) {
  const { card, ach } = monthly(draft);
  const { plan, insurance } = draft;
  const studio = {
    card: priceOf(draft, plan?.cardPrice, draft.cardPrice),
    ach: priceOf(draft, plan?.achPrice, draft.achPrice),
  };
  return (
    <div>
      <Text fw={600} mb="xs">
        Monthly Total Preview
      </Text>
      {!plan ? (
        <Text size="sm" c="dimmed">
          Choose a studio to see what the tenant would pay.
        </Text>
      ) : (
        <Table
          withRowBorders={false}
          verticalSpacing={2}
          aria-label="Monthly Total Preview"
          aria-live="polite"
        >
          <Table.Thead>
            <Table.Tr>
              <Table.Td />
              <Table.Th ta="end" scope="col">
                By card
              </Table.Th>
              {plan.achPrice && (
                <Table.Th ta="end" scope="col">
                  From a bank account
                </Table.Th>
              )}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody className="amount">
            <Line
              name={`${plan.kind === 'MEMBERSHIP' ? 'Membership' : 'Studio'} price per month`}
              of={plan.name}
              card={studio.card}
              ach={studio.ach}
              bank={!!plan.achPrice}
            />
            {insurance && (
              <Line
                name="Insurance price per month"
                of={insurance.name}
                card={insurance.price}
                ach={insurance.price}
                bank={!!plan.achPrice}
              />
            )}
            <Line name="Total monthly amount" card={card} ach={ach} bank={!!plan.achPrice} strong />
          </Table.Tbody>
        </Table>
      )}
    </div>
  );
}

type Maybe = { amount: string; currency: string } | null;

function Line({
  name,
  of,
  card,
  ach,
  bank,
  strong,
}: {
  name: string;
  /** What it is the price of. */
  of?: string;
  card: Maybe;
  ach: Maybe;
  bank: boolean;
  strong?: boolean;
}) {
  const show = (amount: Maybe) => (amount && /^\d+(\.\d+)?$/.test(amount.amount) ? money(amount) : '—');
  return (
    <Table.Tr fw={strong ? 700 : undefined}>
      <Table.Th scope="row" fw={strong ? 700 : 400}>
        {name}
        {of && (
          <Text span inherit c="dimmed">
            {' · '}
            {of}
          </Text>
        )}
      </Table.Th>
      <Table.Td ta="end">{show(card)}</Table.Td>
      {bank && <Table.Td ta="end">{show(ach)}</Table.Td>}
    </Table.Tr>
  );
}
