import { Radio, SegmentedControl, Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';

import { SuppressDocument, type SuppressionScope } from '../../gql/graphql';
import { ask } from '../../shared/ask';
import { ActDialog } from '../parts/act';

/** Puts an address on the list by the word of a member of staff. It holds at every location. */
export function SuppressDialog({ onClose }: { onClose: () => void }) {
  const [by, setBy] = useState<'email' | 'phone'>('email');
  const [address, setAddress] = useState('');
  const [scope, setScope] = useState<SuppressionScope>('ALL');
  const [note, setNote] = useState('');
  return (
    <ActDialog
      title="Add to the suppression list"
      act="Add to the list"
      fields={['email', 'phone', 'scope', 'note']}
      done={
        scope === 'ALL'
          ? `${address} is not written to any more.`
          : `${address} gets no invitations and reminders any more.`
      }
      run={async () => (await ask(SuppressDocument, { input: { [by]: address, scope, note } })).suppress}
      onClose={onClose}
    >
      {(refused) => (
        <>
          <SegmentedControl
            aria-label="Kind of address"
            value={by}
            onChange={(value) => {
              setBy(value);
              setAddress('');
            }}
            data={[
              { value: 'email', label: 'Email' },
              { value: 'phone', label: 'Phone' },
            ]}
          />
          <TextInput
            key={by}
            type={by === 'email' ? 'email' : 'tel'}
            label={by === 'email' ? 'Email' : 'Phone'}
            description={by === 'phone' ? 'With country code: +1 303 555 0123' : undefined}
            required
            maxLength={254}
            data-autofocus
            value={address}
            onChange={(e) => setAddress(e.currentTarget.value)}
            error={refused[by]}
          />
          <Radio.Group
            label="What is not sent"
            value={scope}
            onChange={(value) => setScope(value)}
            error={refused['scope']}
          >
            <Stack gap="xs" mt={4}>
              <Radio value="ALL" label="Nothing at all" />
              <Radio
                value="INVITATIONS"
                label="No invitations and reminders"
                description="What a tenant must know to keep their place is still sent."
              />
            </Stack>
          </Radio.Group>
          <Textarea
            label="Note"
            description="For the record: who asked for it, and when."
            maxLength={500}
            autosize
            minRows={2}
            value={note}
            onChange={(e) => setNote(e.currentTarget.value)}
            error={refused['note']}
          />
        </>
      )}
    </ActDialog>
  );
}
