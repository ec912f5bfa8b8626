import { Text, Textarea } from '@mantine/core';
import { useState } from 'react';

import { TakeBackLegacyCancellationDocument } from '../../gql/graphql';
import { ask } from '../../shared/ask';
import { ActDialog } from '../parts/act';

interface Props {
  id: string;
  name: string;
  onClose: () => void;
}

/** A cancellation that was recorded of somebody else, or that the old system knows nothing of. */
export function TakeBackDialog({ id, name, onClose }: Props) {
  const [reason, setReason] = useState('');
  return (
    <ActDialog
      title="Take the cancellation back"
      act="Take it back"
      fields={['reason']}
      done={`The cancellation of ${name} is taken back.`}
      run={async () =>
        (await ask(TakeBackLegacyCancellationDocument, { input: { id, reason } })).takeBackLegacyCancellation
      }
      onClose={onClose}
    >
      {(refused) => (
        <>
          <Text size="sm">
            What the old system&apos;s list says of {name} counts again. If a subscription here was approved,
            the old plan is on the worklist again. The history keeps both.
          </Text>
          <Textarea
            label="Why"
            description="It was another customer's, or the old system bills all the same"
            required
            data-autofocus
            maxLength={500}
            autosize
            minRows={2}
            value={reason}
            onChange={(e) => setReason(e.currentTarget.value)}
            error={refused['reason']}
          />
        </>
      )}
    </ActDialog>
  );
}
