// Approving one: what either start would charge, by Stripe's own reckoning, and the word of the person on exactly that.
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';

import {
  ApproveSubmissionDocument,
  BillingPreviewsDocument,
  type BillingViewFragment,
  type StartOption,
  type SubmissionViewFragment,
} from '../../gql/graphql';
import { ask } from '../../shared/ask';
import { isZero } from '../../shared/format';
import { asked, refusals, stale } from '../api';
import { useClose } from '../parts/close';
import { useFocusBack } from '../parts/focus';
import { Failed, Refused, Waiting } from '../parts/trouble';
import { day, money } from '../parts/words';
import { Billing } from './billing';
import { StartChoice } from './start';
import { options } from './told';

interface Props {
  submission: SubmissionViewFragment;
  close: () => void;
}

export function Approve({ submission, close }: Props) {
  useFocusBack();
  const [busy, setBusy] = useState(false);
  const within = useRef<HTMLDivElement>(null);
  const { leave } = useClose({ dirty: false, busy, close, within });
  return (
    <Modal
      opened
      onClose={leave}
      title={`Approve ${submission.tenant.name}, ${submission.plan.name}`}
      size={860}
    >
      <div ref={within}>
        <Choose submission={submission} close={close} setBusy={setBusy} />
      </div>
    </Modal>
  );
}

function Choose({ submission, close, setBusy }: Props & { setBusy: (busy: boolean) => void }) {
  const { id } = submission;
  const [option, setOption] = useState<StartOption | null>(null);
  const [newer, setNewer] = useState<BillingViewFragment | null>(null);
  const preview = useQuery({
    ...asked(BillingPreviewsDocument, { submissionId: id }),
    staleTime: 0,
    gcTime: 0,
  });
  const approve = useMutation({
    mutationFn: async ({ option, dueToday: { amount, currency }, nextChargeOn }: BillingViewFragment) =>
      (
        await ask(ApproveSubmissionDocument, {
          input: {
            submissionId: id,
            option,
            expectedDueToday: { amount, currency },
            expectedNextChargeOn: nextChargeOn,
          },
        })
      ).approveSubmission,
    onMutate: () => setBusy(true),
    onSuccess: ({ userErrors, preview: changed }) => {
      setNewer(changed ?? null);
      if (userErrors.length > 0) return;
      notifications.show({ message: 'Approved. The subscription is being made.', color: 'green' });
      close();
    },
    onSettled: () => {
      setBusy(false);
      void stale();
    },
  });
  if (preview.isPending) return <Waiting label="Asking Stripe what it would charge…" />;
  if (preview.isError && !preview.data)
    return <Failed error={preview.error} again={() => void preview.refetch()} />;

  const errors = approve.data?.userErrors ?? [];
  // What the refusal brought is newer than what was asked for before it, until that was asked for anew.
  const of = (each: StartOption) =>
    (newer?.option === each && preview.isFetching ? newer : null) ??
    preview.data.billingPreview.find((one) => one.option === each);
  const chosen = option && of(option);
  const isOver = options.every((each) => !of(each));
  const blocked = chosen?.warnings.some(({ code }) => code === 'STRIPE_DIFFERS' || code === 'STRIPE_REFUSES');
  return (
    <Stack>
      <Refused message={Object.values(refusals(errors)).join(' ') || undefined} />
      {errors.some(({ code }) => code === 'TOTAL_CHANGED') && (
        <Text size="sm">
          Nothing was approved. Below is what it would be now: look at it and approve anew.
        </Text>
      )}
      {approve.isError && <Failed error={approve.error} />}
      {isOver ? (
        errors.length === 0 && (
          <Text>It is not Ready for Approval any more. Its page shows how it stands now.</Text>
        )
      ) : (
        <StartChoice value={option} onChange={setOption} disabled={approve.isPending}>
          {(each) => {
            const billing = of(each);
            const other = options.find((one) => one !== each);
            return billing && <Billing billing={billing} other={other && of(other)} />;
          }}
        </StartChoice>
      )}
      {blocked && (
        <Text size="sm">With this choice it cannot be approved until what the warning says is mended.</Text>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={close} disabled={approve.isPending}>
          {isOver ? 'Close' : 'Cancel'}
        </Button>
        {!isOver && (
          <Button
            disabled={!chosen || blocked}
            loading={approve.isPending}
            onClick={() => chosen && approve.mutate(chosen)}
          >
            {chosen ? confirmation(chosen) : 'Approve'}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

/** What the button does, to the cent or to the day. */
const confirmation = ({ dueToday, nextChargeOn }: BillingViewFragment) =>
  isZero(dueToday)
    ? `Approve, nothing charged until ${day(nextChargeOn)}`
    : `Approve and charge ${money(dueToday)}`;
