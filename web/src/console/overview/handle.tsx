import { Text, Textarea } from '@mantine/core';
import { useState } from 'react';

import { type AlarmRowFragment, HandleBillingAlarmDocument } from '../../gql/graphql';
import { ask } from '../../shared/ask';
import { ActDialog } from '../parts/act';
import { Compared } from './compared';

/** Marks a billing alarm as dealt with: the word of a person, which changes nothing at Stripe. */
export function HandleDialog({ alarm, onClose }: { alarm: AlarmRowFragment; onClose: () => void }) {
  const [note, setNote] = useState('');
  return (
    <ActDialog
      title="Mark the alarm as handled"
      act="Mark as handled"
      fields={['note']}
      done="The alarm is marked as handled."
      run={async () =>
        (await ask(HandleBillingAlarmDocument, { input: { id: alarm.id, note } })).handleBillingAlarm
      }
      onClose={onClose}
    >
      {(refused) => (
        <>
          <Text>
            {alarm.subscription.reservation.tenant.name}, {alarm.location.name}: {alarm.message}
          </Text>
          <Compared alarm={alarm} />
          <Textarea
            label="What was found, and what was done about it"
            description="It is kept with the alarm. This changes nothing at Stripe."
            required
            maxLength={500}
            autosize
            minRows={3}
            data-autofocus
            value={note}
            onChange={(e) => setNote(e.currentTarget.value)}
            error={refused['note']}
          />
        </>
      )}
    </ActDialog>
  );
}
