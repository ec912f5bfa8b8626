import { Radio, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';

import { type DeliveryRowFragment, ResolveDeliveryDocument } from '../../gql/graphql';
import { ask } from '../../shared/ask';
import { ActDialog } from '../parts/act';
import { channels, moment } from '../parts/words';
import { purposes } from './words';

/** Settles by a person's word what became of a message. "Not sent" lets it be sent again, so neither answer is chosen beforehand. */
export function ResolveDialog({ delivery, onClose }: { delivery: DeliveryRowFragment; onClose: () => void }) {
  const [sent, setSent] = useState<'yes' | 'no' | ''>('');
  const [note, setNote] = useState('');
  const channel = channels[delivery.channel].toLowerCase();
  return (
    <ActDialog
      title="What became of this message?"
      act="Settle it"
      fields={['sent', 'note']}
      done="It is settled what became of the message."
      run={async () =>
        (await ask(ResolveDeliveryDocument, { input: { id: delivery.id, sent: sent === 'yes', note } }))
          .resolveDelivery
      }
      onClose={onClose}
    >
      {(refused) => (
        <>
          <Text>
            {purposes[delivery.purpose]} by {channel} to{' '}
            {delivery.invitation && `${delivery.invitation.tenant.name}, `}
            {delivery.address}, {moment(delivery.createdAt)}. The provider's answer was lost. Ask the tenant,
            or look at the provider.
          </Text>
          <Radio.Group
            label="It"
            required
            value={sent}
            onChange={(value) => setSent(value)}
            error={refused['sent']}
          >
            <Stack gap="xs" mt={4}>
              <Radio value="yes" required data-autofocus label="Reached the recipient" />
              <Radio
                value="no"
                label="Surely did not reach the recipient"
                description="It counts as failed and may be sent again."
              />
            </Stack>
          </Radio.Group>
          <Textarea
            label="How that was found out"
            required
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
