import {
  Alert,
  Button,
  CopyButton,
  Group,
  Modal,
  MultiSelect,
  Select,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';

import { CreateApiTokenDocument, type TokenScope } from '../../gql/graphql';
import { ask } from '../../shared/ask';
import { ActDialog } from '../parts/act';
import { useFocusBack } from '../parts/focus';
import { useMe } from '../shell/me';
import { tokenScopes } from './words';

const lives = ['7', '30', '90', '365'];

/** Makes a token and shows it, this once: it is not kept where it could be read again. */
export function NewToken({ onClose }: { onClose: () => void }) {
  useFocusBack();
  const [token, setToken] = useState<string | null>(null);
  return token ? <Made token={token} onClose={onClose} /> : <Form onMade={setToken} onClose={onClose} />;
}

function Form({ onMade, onClose }: { onMade: (token: string) => void; onClose: () => void }) {
  const { locations } = useMe();
  const [name, setName] = useState('');
  const [scope, setScope] = useState<TokenScope>('READ_ONLY');
  const [locationIds, setLocationIds] = useState<string[]>([]);
  const [days, setDays] = useState('90');
  return (
    <ActDialog
      title="Make an API token"
      act="Make the token"
      fields={['name', 'scope', 'locationIds', 'expiresAt']}
      run={async () =>
        (
          await ask(CreateApiTokenDocument, {
            input: {
              name,
              scope,
              locationIds: scope === 'GATE' ? locationIds : [],
              expiresAt: new Date(Date.now() + Number(days) * 86_400_000 - 60_000).toISOString(),
            },
          })
        ).createApiToken
      }
      onDone={({ token }) => token && onMade(token)}
      onClose={onClose}
    >
      {(refused) => (
        <>
          <TextInput
            label="Name"
            description="Of the program that will use it."
            required
            maxLength={120}
            data-autofocus
            value={name}
            onChange={(e) => setName(e.currentTarget.value)}
            error={refused['name']}
          />
          <Select
            label="Scope"
            description={tokenScopes[scope].about}
            data={Object.entries(tokenScopes).map(([value, { label }]) => ({ value, label }))}
            allowDeselect={false}
            value={scope}
            onChange={(value) => value && setScope(value as TokenScope)}
            error={refused['scope']}
          />
          {scope === 'GATE' && (
            <MultiSelect
              label="Locations"
              withAsterisk
              data={locations.map((each) => ({ value: each.id, label: each.name }))}
              value={locationIds}
              onChange={setLocationIds}
              searchable
              hidePickedOptions
              nothingFoundMessage="Nothing of that name"
              error={refused['locationIds']}
            />
          )}
          <Select
            label="Expires"
            data={lives.map((value) => ({
              value,
              label: value === '365' ? 'In a year' : `In ${value} days`,
            }))}
            allowDeselect={false}
            value={days}
            onChange={(value) => value && setDays(value)}
            error={refused['expiresAt']}
          />
        </>
      )}
    </ActDialog>
  );
}

/** Closes only by its button: a click beside it would lose the token. */
function Made({ token, onClose }: { token: string; onClose: () => void }) {
  return (
    <Modal
      opened
      onClose={onClose}
      title="The token"
      size="md"
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
    >
      <Stack>
        <Alert variant="outline" color="yellow" icon={<IconAlertTriangle />} role="status">
          Copy it now: it is shown this once. Whoever has it comes in as you, as far as its scope goes. Keep
          it like a password.
        </Alert>
        <TextInput
          label="Token"
          readOnly
          value={token}
          onFocus={(e) => e.currentTarget.select()}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        />
        <CopyButton value={token}>
          {({ copied, copy }) => (
            <Group gap="sm">
              <Button
                data-autofocus
                variant={copied ? 'default' : 'filled'}
                leftSection={
                  copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />
                }
                onClick={copy}
              >
                Copy the token
              </Button>
              <Text size="sm" role="status">
                {copied ? 'Copied.' : ''}
              </Text>
            </Group>
          )}
        </CopyButton>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            I have kept it
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
