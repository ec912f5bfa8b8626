// The two ways out of a session that is not signed.
import { Text, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';

import { ActDialog } from '../console/parts/act';
import { CloseSessionDocument, DiscardCounterMigrationDocument } from '../gql/graphql';
import { ask } from '../shared/ask';
import { hold, type Session } from './acting';

interface Props {
  session: Session;
  onClose: () => void;
}

export function Discard({ session, onClose }: Props) {
  return (
    <ActDialog
      title="Discard the migration?"
      act="Discard"
      grave
      run={async () => {
        const input = { sessionId: session.id };
        return (await ask(DiscardCounterMigrationDocument, { input })).discardCounterMigration;
      }}
      onDone={({ session: now }) => {
        if (now) hold(now);
        onClose();
      }}
      onClose={onClose}
    >
      <Text>
        What was entered is forgotten, and a card that was given is used for nothing. The session stays: the
        migration can be begun anew.
      </Text>
    </ActDialog>
  );
}

export function CloseSession({ session, onClose }: Props) {
  const navigate = useNavigate();
  const [reason, setReason] = useState('');
  return (
    <ActDialog
      title="Close the session?"
      act="Close session"
      grave={session.migration !== null && session.migration !== undefined}
      fields={['reason']}
      run={async () => {
        const input = { id: session.id, reason: reason.trim() };
        return (await ask(CloseSessionDocument, { input })).closeSession;
      }}
      onDone={() => void navigate({ to: '/' })}
      onClose={onClose}
    >
      {(refused) => (
        <>
          <Text>
            The customer leaves without a migration.
            {session.migration &&
              ' What was entered is forgotten, and a card that was given is used for nothing.'}
          </Text>
          <TextInput
            label="Why (may stay empty)"
            maxLength={200}
            value={reason}
            onChange={(e) => setReason(e.currentTarget.value)}
            error={refused['reason']}
          />
        </>
      )}
    </ActDialog>
  );
}
