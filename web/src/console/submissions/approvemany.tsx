// Approving many with one choice: what would be charged, the word of the person, and then how it goes.
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';

import {
  ApproveSubmissionsDocument,
  type ApproveSubmissionsInput,
  PreviewApprovalsDocument,
  type PreviewApprovalsQuery,
  type StartOption,
  type SubmissionFilter,
} from '../../gql/graphql';
import { ask } from '../../shared/ask';
import { isZero } from '../../shared/format';
import { asked, stale } from '../api';
import { AttemptRefused, Lost, useAttempt } from '../batches/attempt';
import type { Batch } from '../batches/progress';
import { Running, Skips } from '../batches/running';
import { useClose } from '../parts/close';
import { useFocusBack } from '../parts/focus';
import { Failed, Waiting } from '../parts/trouble';
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
  const within = useRef<HTMLDivElement>(null);
  const close = () => {
    if (batch) void stale();
    onClose(batch !== null);
  };
  const { leave } = useClose({ dirty: false, busy, close, within });
  return (
    <Modal opened onClose={leave} title={batch ? 'Approving' : 'Approve Selected'} size="lg">
      <div ref={within}>
        {batch ? (
          <Running begun={batch} onClose={leave} />
        ) : (
          <Ask chosen={chosen} onCancel={leave} onBusy={setBusy} onBegun={setBatch} />
        )}
      </div>
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
  const preview = useQuery({
    ...asked(PreviewApprovalsDocument, { input: { ...chosen, option: option ?? 'NEXT_MONTH' } }),
    enabled: option !== null,
    staleTime: 0,
    gcTime: 0,
  });
  const approve = useAttempt(
    async (input: ApproveSubmissionsInput) =>
      (await ask(ApproveSubmissionsDocument, { input })).approveSubmissions,
    { busy: onBusy, begun: onBegun },
  );
  const begin = (as: StartOption, { total, dueToday, dates }: Preview) =>
    approve.begin({
      ...chosen,
      option: as,
      expectedCount: total,
      expectedDueToday: dueToday.map(({ amount, currency }) => ({ amount, currency })),
      expectedDates: dates,
    });
  const held = preview.data?.previewApprovals;
  const looking = option !== null && preview.isFetching;
  if (approve.again)
    return <Lost error={approve.error} again={approve.again} busy={approve.busy} onClose={onCancel} />;
  return (
    <Stack>
      <StartChoice
        value={option}
        onChange={(next) => {
          setOption(next);
          approve.forget();
        }}
        disabled={approve.busy}
      />
      <AttemptRefused refused={[...(held?.userErrors ?? []), ...approve.refused]} />
      {preview.isError && <Failed error={preview.error} again={() => void preview.refetch()} />}
      {option !== null && preview.isPending && <Waiting label="Working out what would be charged…" />}
      {option !== null && held && <Told preview={held} option={option} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onCancel} disabled={approve.busy}>
          Cancel
        </Button>
        {held?.approvable !== 0 && !approve.hasBegun && (
          <Button
            loading={approve.busy || looking}
            disabled={!held || held.userErrors.length > 0}
            onClick={() => option && held && begin(option, held)}
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
