import { Text, TextInput } from '@mantine/core';
import { useState } from 'react';

import { InviteStaffDocument } from '../../gql/graphql';
import { ask } from '../../shared/ask';
import { ActDialog } from '../parts/act';
import { asInput, type MemberDraft, MemberFields } from './memberform';

export function InviteDialog({ onClose }: { onClose: () => void }) {
  const [email, setEmail] = useState('');
  const [draft, setDraft] = useState<MemberDraft>({ name: '', role: 'MANAGER', locationIds: [] });
  return (
    <ActDialog
      title="Invite somebody to work here"
      act="Send the invitation"
      fields={['name', 'email', 'role', 'locationIds']}
      done={`An invitation to ${email} is on its way.`}
      run={async () => (await ask(InviteStaffDocument, { input: { email, ...asInput(draft) } })).inviteStaff}
      onClose={onClose}
    >
      {(refused) => (
        <>
          <Text size="sm" c="dimmed">
            They get a link by email, which opens for 72 hours, and choose a password with it.
          </Text>
          <MemberFields draft={draft} change={(part) => setDraft({ ...draft, ...part })} refused={refused} />
          <TextInput
            label="Email"
            type="email"
            required
            maxLength={254}
            value={email}
            onChange={(e) => setEmail(e.currentTarget.value)}
            error={refused['email']}
          />
        </>
      )}
    </ActDialog>
  );
}
