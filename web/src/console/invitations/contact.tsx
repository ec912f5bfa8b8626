// The tenant's name, email, phone and language, as the locations that one manages know them.
import { Alert, Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';

import { type Language, type TenantContactFragment as Tenant, UpdateTenantDocument } from '../../gql/graphql';
import { ask } from '../../shared/ask';
import { refusals, stale } from '../api';
import { useFocusRefused } from '../parts/focus';
import { Failed } from '../parts/trouble';
import { momentDay, plain } from '../parts/words';
import { type Contacts, changesOf, contactsOf, same } from './contacts';
import { dayRefused } from './draft';
import { Newer } from './newer';
import { rebased } from './rebase';
import { Others } from './refused';

interface Props {
  tenant: Tenant;
  onDirty: (dirty: boolean) => void;
}

const fields = ['name', 'email', 'phone', 'phoneConsent.givenAt', 'phoneConsent.source'];

export function Contact({ tenant, onDirty }: Props) {
  // What is typed is set against what was read, so that it writes over nothing that somebody else changed meanwhile.
  const [read, setRead] = useState(tenant);
  const [seen, setSeen] = useState(tenant);
  const [typed, setTyped] = useState(() => contactsOf(tenant));
  const dirty = !same(typed, contactsOf(read));
  const [missed, setMissed] = useState(false);
  const take = (as: Tenant) => {
    setRead(as);
    setMissed(false);
    setTyped(contactsOf(as));
  };
  if (tenant !== seen) {
    setSeen(tenant);
    if (dirty) setMissed(!same(contactsOf(tenant), contactsOf(read)));
    else take(tenant);
  }
  useEffect(() => {
    onDirty(dirty);
    return () => onDirty(false);
  }, [dirty, onDirty]);
  const change = (part: Partial<Contacts>) => setTyped((old) => ({ ...old, ...part }));
  const update = useMutation({
    mutationFn: async (sent: Contacts) =>
      (await ask(UpdateTenantDocument, { input: { id: read.id, ...changesOf(sent, read) } })).updateTenant,
    onSuccess: ({ tenant: saved, userErrors, warnings }, sent) => {
      void stale();
      if (userErrors.length > 0 || !saved) return;
      take(saved);
      setTyped(rebased(typed, sent, contactsOf(saved)));
      notifications.show({
        message: ['Saved.', ...warnings.map((each) => each.message)].join(' '),
        color: warnings.length > 0 ? 'yellow' : 'green',
      });
    },
  });
  const refused = useMemo(() => refusals(update.data?.userErrors ?? []), [update.data]);
  const form = useFocusRefused(refused);
  return (
    <form
      ref={form}
      noValidate
      onSubmit={(e) => {
        e.preventDefault();
        if (!update.isPending) update.mutate(typed);
      }}
    >
      <Stack gap="sm">
        {tenant.suppressions.map(({ id, channel, reason, scope }) => (
          <Alert key={id} variant="outline" color="yellow">
            {channel === 'EMAIL' ? 'This email' : 'This number'} is on the suppression list ({plain(reason)}):{' '}
            {scope === 'ALL' ? 'nothing is sent to it.' : 'no invitations are sent to it.'}
          </Alert>
        ))}
        <TextInput
          label="Name"
          required
          value={typed.name}
          onChange={(e) => change({ name: e.currentTarget.value })}
          error={refused['name']}
        />
        <TextInput
          label="Email"
          type="email"
          value={typed.email}
          onChange={(e) => change({ email: e.currentTarget.value })}
          error={refused['email']}
        />
        <TextInput
          label="Phone Number"
          type="tel"
          description="With the country code; empty takes it away"
          value={typed.phone}
          onChange={(e) => change({ phone: e.currentTarget.value })}
          error={refused['phone']}
        />
        <Text size="sm" c="dimmed">
          {tenant.phoneConsentAt
            ? `Agreed to be texted on ${momentDay(tenant.phoneConsentAt)}${tenant.phoneConsentSource && `: ${tenant.phoneConsentSource}`}.`
            : 'No consent to be texted is recorded.'}
        </Text>
        <Group grow align="flex-start">
          <TextInput
            type="date"
            label="Consent given on"
            value={typed.consentOn}
            onChange={(e) => change({ consentOn: e.currentTarget.value })}
            error={dayRefused(typed.consentOn, refused['phoneConsent.givenAt'])}
          />
          <TextInput
            label="Where"
            placeholder="Lease, web form…"
            maxLength={120}
            value={typed.consentSource}
            onChange={(e) => change({ consentSource: e.currentTarget.value })}
            error={refused['phoneConsent.source']}
          />
        </Group>
        <NativeSelect
          label="Language of messages"
          value={typed.language}
          onChange={(e) => change({ language: e.currentTarget.value as Language | '' })}
          // Once a tenant has a language it can be another, and not none again.
          data={[
            ...(read.language ? [] : [{ value: '', label: "The location's" }]),
            { value: 'EN', label: 'English' },
            { value: 'ES', label: 'Español' },
          ]}
        />
        {missed && (
          <Newer take={() => take(tenant)}>
            Saving writes what you changed, and leaves everything else as they wrote it.
          </Newer>
        )}
        {update.isError && <Failed error={update.error} />}
        <Others refused={refused} fields={fields} />
        <Group justify="flex-end">
          <Button type="submit" loading={update.isPending} disabled={!dirty}>
            Save contact
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
