// Who is invited: somebody known at the locations that one manages, or somebody new.
import { Button, Group, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { TenantChoicesDocument } from '../../gql/graphql';
import { asked } from '../api';
import { dayRefused, type Draft, type Known, noConsent } from './draft';
import type { FormProps } from './form';

export function Recipient(p: FormProps) {
  const { draft, change, refused } = p;
  // Whoever chose the other way is led to its first field.
  const [switched, setSwitched] = useState(false);
  const turn = (part: Partial<Draft>) => {
    setSwitched(true);
    change({ ...part, ...noConsent });
  };
  return (
    <>
      {draft.isNew ? (
        <Stack gap={4}>
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            <TextInput
              label="Name"
              required
              autoComplete="off"
              maxLength={120}
              value={draft.name}
              onChange={(e) => change({ name: e.currentTarget.value })}
              error={refused['newTenant.name']}
              autoFocus
            />
            <TextInput
              label="Email"
              type="email"
              required
              autoComplete="off"
              value={draft.email}
              onChange={(e) => change({ email: e.currentTarget.value })}
              error={refused['newTenant.email']}
            />
          </SimpleGrid>
          <Group>
            <Button
              variant="subtle"
              size="compact-sm"
              onClick={() => turn({ isNew: false, phone: draft.tenant?.phone ?? '' })}
            >
              Select an existing tenant
            </Button>
          </Group>
        </Stack>
      ) : (
        <Existing {...p} turn={turn} switched={switched} />
      )}
      <Phone {...p} />
    </>
  );
}

const labelOf = ({ name, email, phone }: Known) => [name, email ?? phone].filter(Boolean).join(' · ');

interface ExistingProps extends FormProps {
  turn: (part: Partial<Draft>) => void;
  switched: boolean;
}

function Existing({ draft, change, turn, switched, refused }: ExistingProps) {
  const held = draft.tenant ? labelOf(draft.tenant) : '';
  const [typed, setTyped] = useState(held);
  const [search] = useDebouncedValue(typed === held ? '' : typed, 200);
  const found = useQuery({
    ...asked(TenantChoicesDocument, { search: search === '' ? undefined : search.slice(0, 100) }),
    placeholderData: keepPreviousData,
  });
  const nodes = found.data?.tenants.nodes ?? [];
  const all =
    draft.tenant && !nodes.some(({ id }) => id === draft.tenant?.id) ? [draft.tenant, ...nodes] : nodes;
  return (
    <Stack gap={4}>
      <Select
        label="Recipient"
        placeholder="Search by name, email or phone"
        required
        searchable
        allowDeselect={false}
        filter={({ options }) => options} // the server has searched
        data={all.map((each) => ({ value: each.id, label: labelOf(each) }))}
        value={draft.tenant?.id ?? null}
        searchValue={typed}
        onSearchChange={setTyped}
        onChange={(id) => {
          const tenant = all.find((each) => each.id === id) ?? null;
          change({
            tenant,
            phone: tenant?.phone ?? '',
            ...(tenant?.id === draft.tenant?.id ? {} : noConsent),
          });
        }}
        nothingFoundMessage={found.isFetching ? 'Searching…' : 'Nobody is known by that. Enter them as new.'}
        error={refused['tenantId']}
        data-autofocus
        autoFocus={switched}
        openOnFocus={false}
      />
      <Group>
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={() =>
            turn({ isNew: true, tenant: null, phone: '', email: typed.includes('@') ? typed : '' })
          }
        >
          Enter a new email and name
        </Button>
      </Group>
    </Stack>
  );
}

function Phone({ draft, change, refused }: FormProps) {
  const another = draft.phone.trim() !== '' && draft.phone.trim() !== (draft.tenant?.phone ?? '');
  return (
    <>
      <TextInput
        label="Phone Number"
        description="Optional, for SMS. With the country code: +1 303 555 0123"
        type="tel"
        autoComplete="off"
        value={draft.phone}
        onChange={(e) => change({ phone: e.currentTarget.value })}
        error={refused['newTenant.phone']}
      />
      {another && (
        <Stack gap={4}>
          <Text size="sm" c="dimmed">
            When and where did the tenant agree to be texted at this number?
          </Text>
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            <TextInput
              type="date"
              label="Consent given on"
              value={draft.consentOn}
              onChange={(e) => change({ consentOn: e.currentTarget.value })}
              error={dayRefused(draft.consentOn, refused['newTenant.phoneConsent.givenAt'])}
            />
            <TextInput
              label="Where"
              placeholder="Lease, web form…"
              maxLength={120}
              value={draft.consentSource}
              onChange={(e) => change({ consentSource: e.currentTarget.value })}
              error={refused['newTenant.phoneConsent.source']}
            />
          </SimpleGrid>
        </Stack>
      )}
    </>
  );
}
