import { Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';

import { RecordLegacyCancellationDocument } from '../../gql/graphql';
import { ask } from '../../shared/ask';
import { ActDialog } from '../parts/act';

interface Props {
  id: string;
  name: string;
  source: string;
  onClose: () => void;
}

/** Writes down that the old system bills somebody no more. No file takes it back. */
export function CancelDialog({ id, name, source, onClose }: Props) {
  const [cancelledOn, setOn] = useState('');
  const [evidence, setEvidence] = useState('');
  return (
    <ActDialog
      title="Record cancellation"
      act="Record cancellation"
      fields={['cancelledOn', 'evidence']}
      done={`The cancellation of ${name} is recorded.`}
      run={async () =>
        (
          await ask(RecordLegacyCancellationDocument, {
            input: { id, cancelledOn: cancelledOn || undefined, evidence },
          })
        ).recordLegacyCancellation
      }
      onClose={onClose}
    >
      {(refused) => (
        <>
          <Text size="sm">
            Cancel {name} in the old system ({source}) first: this only writes down that it was done. Later
            files do not take it back; where one says that it is billed all the same, it is shown.
          </Text>
          <Textarea
            label="By what it can be seen"
            description="The confirmation's number, or whom you spoke to"
            required
            data-autofocus
            maxLength={500}
            autosize
            minRows={2}
            value={evidence}
            onChange={(e) => setEvidence(e.currentTarget.value)}
            error={refused['evidence']}
          />
          <TextInput
            type="date"
            label="When it was cancelled there"
            description="Empty: today"
            value={cancelledOn}
            onChange={(e) => setOn(e.currentTarget.value)}
            error={refused['cancelledOn']}
            maw={240}
          />
        </>
      )}
    </ActDialog>
  );
}
