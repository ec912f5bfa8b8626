// The tenant's name, email, phone and language, as the locations that one manages know them.
import { Alert, Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';

import { type InvitationViewFragment, type Language, UpdateTenantDocument } from '../../gql/graphql';
import { ask } from '../../shared/ask';
import { refusals, stale } from '../api';
import { Failed, Refused } from '../parts/trouble';
import { momentDay, plain } from '../parts/words';

type Tenant = InvitationViewFragment['tenant'];

export function Contact({ tenant }: { tenant: Tenant }) {
  const [name, setName] = useState(tenant.name);
  const [email, setEmail] = useState(tenant.email ?? '');
  const [phone, setPhone] = useState(tenant.phone ?? '');
  const [language, setLanguage] = useState<Language | ''>(tenant.language ?? '');
  const [consentOn, setConsentOn] = useState('');
  const [source, setSource] = useState('');
  const update = useMutation({
    mutationFn: async () =>
      (
        await ask(UpdateTenantDocument, {
          input: {
            id: tenant.id,
            name: changed(name, tenant.name),
            email: changed(email, tenant.email ?? ''),
            // A consent goes with the number that it was given for, also where that is the one on file.
            phone: consentOn ? phone.trim() : changed(phone, tenant.phone ?? ''),
            phoneConsent: consentOn
              ? { givenAt: new Date(`${consentOn}T00:00:00`).toISOString(), source: source.trim() }
              : undefined,
            language: language && language !== tenant.language ? language : undefined,
          },
        })
      ).updateTenant,
    onSuccess: ({ userErrors, warnings }) => {
      void stale();
      if (userErrors.length > 0) return;
      notifications.show({
        message: ['Saved.', ...warnings.map((each) => each.message)].join(' '),
        color: warnings.length > 0 ? 'yellow' : 'green',
      });
    },
  });
  const refused = refusals(update.data?.userErrors ?? []);
  return (
    <form
      noValidate
      onSubmit={(e) => {
        e.preventDefault();
        update.mutate();
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
          value={name}
          onChange={(e) => setName(e.currentTarget.value)}
          error={refused['name']}
        />
        <TextInput
          label="Email"
          type="email"
          value={email}
          onChange={(e) => setEmail(e.currentTarget.value)}
          error={refused['email']}
        />
        <TextInput
          label="Phone Number"
          type="tel"
          description="With the country code; empty takes it away"
          value={phone}
          onChange={(e) => setPhone(e.currentTarget.value)}
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
            value={consentOn}
            onChange={(e) => setConsentOn(e.currentTarget.value)}
            error={refused['phoneConsent.givenAt'] ?? refused['phoneConsent']}
          />
          <TextInput
            label="Where"
            placeholder="Lease, web form…"
            value={source}
            onChange={(e) => setSource(e.currentTarget.value)}
            error={refused['phoneConsent.source']}
          />
        </Group>
        <NativeSelect
          label="Language of messages"
          value={language}
          onChange={(e) => setLanguage(e.currentTarget.value as Language | '')}
          data={[
            { value: '', label: "The location's" },
            { value: 'EN', label: 'English' },
            { value: 'ES', label: 'Español' },
          ]}
        />
        {update.isError && <Failed error={update.error} />}
        <Refused message={refused['']} />
        <Group justify="flex-end">
          <Button type="submit" loading={update.isPending}>
            Save contact
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

const changed = (now: string, before: string) => (now.trim() === before ? undefined : now.trim());
