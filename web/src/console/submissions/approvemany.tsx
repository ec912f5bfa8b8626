// Approving many with one choice: what would be charged, the word of the person, and then how it goes.
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import {
  ApproveSubmissionsDocument,
  PreviewApprovalsDocument,
  type PreviewApprovalsQuery,
  type StartOption,
  type SubmissionFilter,
} from '../../gql/graphql';
import { ask } from '../../shared/ask';
import { isZero } from '../../shared/format';
import { asked, refusals, stale } from '../api';
import type { Batch } from '../batches/progress';
import { Running, Skips } from '../batches/running';
import { useFocusBack } from '../parts/focus';
import { Failed, Refused, Waiting } from '../parts/trouble';
import { money, plural } from '../parts/words';
import { StartChoice } from './start';

/** Some by their ids, or all that match. */
export type Chosen = { ids: string[] } | { filter: SubmissionFilter };

interface Props {
  chosen: Chosen;
  onClose: (begun: boolean) => void;
}

export function ApproveMany({ chosen, onClose }: Props) {
  useFocusBack();
  const [batch, setBatch] = useState<Batch | null>(null);
  const [busy, setBusy] = useState(false);
  return (
    <Modal
      opened
      onClose={() => !busy && onClose(batch !== null)}
      title={batch ? 'Approving' : 'Approve Selected'}
      size="lg"
    >
      {batch ? (
        <Running begun={batch} onClose={() => onClose(true)} />
      ) : (
        <Ask chosen={chosen} onCancel={() => onClose(false)} onBusy={setBusy} onBegun={setBatch} />
      )}
    </Modal>
  );
}

interface AskProps {
  chosen: Chosen;
  onCancel: () => void;
  onBusy: (busy: boolean) => void;
  onBegun: (batch: Batch) => void;
}

type Preview = PreviewApprovalsQuery['previewApprovals'];

function Ask({ chosen, onCancel, onBusy, onBegun }: AskProps) {
  const [option, setOption] = useState<StartOption | null>(null);
  // One key for as long as the dialog is open: a second click, or a repetition after a lost answer, approves nothing twice.
  const [clientKey] = useState(() => crypto.randomUUID());
  const preview = useQuery({
    ...asked(PreviewApprovalsDocument, { input: { ...chosen, option: option ?? 'NEXT_MONTH' } }),
    enabled: option !== null,
    staleTime: 0,
    gcTime: 0,
  });
  const approve = useMutation({
    mutationFn: async ({ total, dueToday, dates }: Preview) =>
      (
        await ask(ApproveSubmissionsDocument, {
          input: {
            ...chosen,
            option: option!,
            expectedCount: total,
            expectedDueToday: dueToday.map(({ amount, currency }) => ({ amount, currency })),
            expectedDates: dates,
            clientKey,
          },
        })
      ).approveSubmissions,
    onMutate: () => onBusy(true),
    onSuccess: ({ batch }) => {
      if (batch) onBegun(batch);
    },
    // Also after COUNT_CHANGED and TOTAL_CHANGED: what is shown next is what it would be now, and is asked about anew.
    onSettled: () => {
      onBusy(false);
      void stale();
    },
  });
  const held = preview.data?.previewApprovals;
  const looking = option !== null && preview.isFetching;
  const refused = refusals([...(held?.userErrors ?? []), ...(approve.data?.userErrors ?? [])]);
  return (
    <Stack>
      <StartChoice
        value={option}
        onChange={(next) => {
          setOption(next);
          approve.reset();
        }}
        disabled={approve.isPending}
      />
      <Refused message={Object.values(refused).join(' ') || undefined} />
      {approve.isError && <Failed error={approve.error} />}
      {preview.isError && <Failed error={preview.error} again={() => void preview.refetch()} />}
      {option !== null && preview.isPending && <Waiting label="Working out what would be charged…" />}
      {option !== null && held && <Told preview={held} option={option} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onCancel} disabled={approve.isPending}>
          Cancel
        </Button>
        {held?.approvable !== 0 && (
          <Button
            loading={approve.isPending || looking}
            disabled={!held || held.userErrors.length > 0}
            onClick={() => held && approve.mutate(held)}
          >
            {held ? `Approve ${plural(held.approvable, 'submission')}` : 'Approve'}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

function Told({
  preview: { total, approvable, skips, dueToday },
  option,
}: {
  preview: Preview;
  option: StartOption;
}) {
  const due = dueToday.filter((amount) => !isZero(amount)).map(money);
  return (
    <Stack gap="sm" role="status">
      <Text>
        <Text span fw={700}>
          {plural(approvable, 'submission')}
        </Text>{' '}
        will be approved{total === approvable ? '.' : `, of ${total.toLocaleString('en-US')} selected.`}
      </Text>
      {approvable > 0 && (
        <Text>
          {due.length > 0 ? (
            <>
              Charged today:{' '}
              <Text span fw={700}>
                {due.join(' and ')}
              </Text>
              {due.length > 1 ? ', each in its own currency.' : ' in all.'}
            </>
          ) : (
            `Nothing is charged today${option === 'CURRENT_MONTH' ? '.' : ': each is charged from its next billing date on.'}`
          )}
        </Text>
      )}
      <Skips what={plural(total - approvable, 'submission')} skips={skips} />
    </Stack>
  );
}
