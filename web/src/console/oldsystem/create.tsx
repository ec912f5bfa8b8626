// Add by hand: somebody of the old system whom no file holds.
import { Button, Drawer, Group, Select, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';

import { LocationCurrenciesDocument, SaveLegacyMembershipDocument } from '../../gql/graphql';
import { ask } from '../../shared/ask';
import { asked, refusals, stale } from '../api';
import { useLeave } from '../invitations/leave';
import { useFocusBack, useFocusRefused } from '../parts/focus';
import { Failed, Refused } from '../parts/trouble';
import { useMe } from '../shell/me';
import { blank, changesOf, others } from './draft';
import { Form } from './form';

export function AddByHand() {
  useFocusBack();
  const navigate = useNavigate({ from: '/old-system/list/new' });
  const { locations } = useMe();
  const [draft, setDraft] = useState(blank);
  const [locationId, setLocation] = useState(locations.length === 1 ? locations[0]!.id : null);
  const [touched, setTouched] = useState(false);
  const currencies = useQuery(asked(LocationCurrenciesDocument, {})).data?.viewer?.locations;
  const currency = currencies?.find(({ id }) => id === locationId)?.currency ?? '';
  const close = () =>
    void navigate({
      to: '/old-system/list',
      search: (old) => old,
      resetScroll: false,
      replace: true,
      ignoreBlocker: true,
    });
  const save = useMutation({
    mutationFn: async () =>
      (
        await ask(SaveLegacyMembershipDocument, {
          input: { ...changesOf(draft, blank, currency), name: draft.name.trim(), locationId },
        })
      ).saveLegacyMembership,
    onSuccess: ({ legacyMembership }) => {
      if (!legacyMembership) return;
      notifications.show({ message: `${legacyMembership.name} is on the list.`, color: 'green' });
      void stale();
      void navigate({
        to: '/old-system/list/$id',
        params: { id: legacyMembership.id },
        search: (old) => old,
        resetScroll: false,
        replace: true,
        ignoreBlocker: true,
      });
    },
  });
  const { leave, question } = useLeave({ dirty: touched, busy: save.isPending, close });
  const refused = useMemo(() => refusals(save.data?.userErrors ?? []), [save.data]);
  const form = useFocusRefused(refused);
  return (
    <Drawer
      opened
      onClose={leave}
      closeOnClickOutside={!touched}
      position="right"
      size="xl"
      title="Add by hand"
    >
      <form
        ref={form}
        noValidate
        onSubmit={(e) => {
          e.preventDefault();
          if (!save.isPending) save.mutate();
        }}
      >
        <Stack>
          <Text size="sm" c="dimmed">
            Somebody of the old system whom no file holds. No later file changes what you enter here.
          </Text>
          <Select
            label="Location"
            placeholder="Choose one"
            data={locations.map(({ id, name }) => ({ value: id, label: name }))}
            value={locationId}
            onChange={(id) => {
              setTouched(true);
              setLocation(id);
            }}
            searchable
            required
            allowDeselect={false}
            nothingFoundMessage="You manage no location of that name"
            error={refused['locationId'] && (locationId ? refused['locationId'] : 'Choose one.')}
          />
          <Form
            draft={draft}
            change={(part) => {
              setTouched(true);
              setDraft((old) => ({ ...old, ...part }));
            }}
            refused={refused}
            currency={currency}
          />
          {save.isError && <Failed error={save.error} />}
          <Refused message={others(refused)} />
          <Group justify="flex-end">
            <Button variant="default" onClick={leave} disabled={save.isPending}>
              Cancel
            </Button>
            <Button type="submit" loading={save.isPending}>
              Add to the list
            </Button>
          </Group>
        </Stack>
      </form>
      {question}
    </Drawer>
  );
}
