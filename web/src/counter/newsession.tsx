// A customer whom no gate has read: by the plate, or by nothing.
import { Button, Group, Paper, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';

import { Failed, Refused } from '../console/parts/trouble';
import { OpenSessionDocument, StartCounterMigrationDocument } from '../gql/graphql';
import { ask } from '../shared/ask';
import { useActing } from './acting';

export function NewSession({ at }: { at: string }) {
  const navigate = useNavigate();
  const [plate, setPlate] = useState('');
  const [rfid, setRfid] = useState('');
  const { act, busy, refused, forget, error } = useActing();

  async function open(thenMigrate: boolean) {
    const input = { locationId: at, plate: plate.trim(), rfid: rfid.trim() };
    const opened = await act(async () => (await ask(OpenSessionDocument, { input })).openSession);
    const session = opened?.userErrors.length === 0 && opened.session;
    if (!session) return;
    if (thenMigrate && session.canMigrate)
      await act(async () => {
        const begun = await ask(StartCounterMigrationDocument, { input: { sessionId: session.id } });
        return begun.startCounterMigration;
      });
    // Where it could not be begun, the session's page offers it and says why.
    await navigate({ to: '/sessions/$id', params: { id: session.id } });
  }

  const { plate: ofPlate, rfid: ofRfid, ...others } = refused;
  return (
    <Paper withBorder p="md" radius="md" component="section" aria-label="New session">
      <form
        onSubmit={(e) => {
          e.preventDefault();
          void open(false);
        }}
      >
        {error && <Failed error={error} />}
        <Refused message={Object.values(others).join(' ') || undefined} />
        <Group align="flex-end" gap="sm">
          <TextInput
            label="Plate"
            flex="1 1 10rem"
            maxLength={20}
            autoCapitalize="characters"
            autoComplete="off"
            spellCheck={false}
            value={plate}
            onChange={(e) => {
              forget('plate');
              setPlate(e.currentTarget.value);
            }}
            error={ofPlate}
          />
          <TextInput
            label="Tag (RFID)"
            flex="1 1 10rem"
            maxLength={64}
            autoComplete="off"
            spellCheck={false}
            value={rfid}
            onChange={(e) => {
              forget('rfid');
              setRfid(e.currentTarget.value);
            }}
            error={ofRfid}
          />
          <Button type="submit" variant="default" loading={busy}>
            New session
          </Button>
          <Button type="button" loading={busy} onClick={() => void open(true)}>
            Migrate Membership
          </Button>
        </Group>
      </form>
    </Paper>
  );
}
