// Turning a submission down: the tenant tries again, gets another offer in its place, or it ends with nothing.
import { Alert, Button, Group, Modal, Radio, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useMemo, useState } from 'react';

import { RejectSubmissionDocument, type SubmissionViewFragment } from '../../gql/graphql';
import { ask } from '../../shared/ask';
import { type Refusals, refusals, stale } from '../api';
import { blank, type Draft, offerOf, ownPrices } from '../invitations/draft';
import { Form } from '../invitations/form';
import { useLeave } from '../invitations/leave';
import { fieldsOf, Others } from '../invitations/refused';
import { useFocusBack, useFocusRefused } from '../parts/focus';
import { Failed } from '../parts/trouble';
import { Reason } from './acts';

/** What comes of it. */
type Way = 'again' | 'offer' | 'close';

interface Props {
  submission: SubmissionViewFragment;
  begin: Way;
  onClose: () => void;
}

/** What the state allows. Another offer takes an invitation's place, and not every submission has one. */
const open: Record<Way, (s: SubmissionViewFragment) => boolean> = {
  again: (s) => s.canReject,
  offer: (s) => s.canClose && !!s.invitation,
  close: (s) => s.canClose,
};

const ways: { value: Way; label: string; description: string }[] = [
  {
    value: 'again',
    label: 'The tenant may try again',
    description: 'Their link opens again, with the same offer.',
  },
  {
    value: 'offer',
    label: 'Make a corrected offer',
    description: 'The reservation ends, and the same link leads to the new offer.',
  },
  {
    value: 'close',
    label: 'Close it',
    description:
      'The reservation ends, the link opens nothing any more, and the plan is free for another invitation.',
  },
];

const titles: Record<Way, string> = {
  again: 'Reject',
  offer: 'Reject with a corrected offer',
  close: 'Close the submission',
};

export function Reject({ submission: s, begin, onClose }: Props) {
  useFocusBack();
  const [way, setWay] = useState(begin);
  const [reason, setReason] = useState('');
  const [draft, setDraft] = useState(() => offered(s));
  const reject = useMutation({
    mutationFn: async () =>
      (
        await ask(RejectSubmissionDocument, {
          input: {
            submissionId: s.id,
            reason: reason.trim(),
            close: way === 'close',
            newOffer: way === 'offer' ? offerOf(draft) : undefined,
          },
        })
      ).rejectSubmission,
    onSuccess: ({ userErrors, warnings }) => {
      if (userErrors.length > 0) return;
      notifications.show({ message: 'Done. The tenant is told.', color: 'green' });
      warnings.forEach(({ message }) => notifications.show({ message, color: 'yellow', autoClose: false }));
      onClose();
    },
    onSettled: stale,
  });
  const [begun] = useState(draft);
  const dirty = reason.trim() !== '' || draft !== begun;
  const { leave, question } = useLeave({ dirty, busy: reject.isPending, close: onClose });
  const refused = useMemo(() => byField(reject.data?.userErrors ?? []), [reject.data]);
  const form = useFocusRefused(refused);
  const submit = (e: FormEvent) => {
    e.preventDefault();
    reject.mutate();
  };
  return (
    <Modal
      opened
      onClose={leave}
      title={s.canReject ? `Reject ${s.tenant.name}'s submission?` : `Close ${s.tenant.name}'s submission?`}
      size={way === 'offer' ? 'xl' : 'md'}
      closeOnClickOutside={!dirty}
    >
      <form ref={form} noValidate onSubmit={submit}>
        <Stack>
          <Reason value={reason} onChange={setReason} error={refused['reason']} />
          <Radio.Group label="What comes of it" value={way} onChange={(next) => setWay(next)}>
            <Stack gap="xs" mt="xs">
              {ways
                .filter(({ value }) => open[value](s))
                .map((each) => (
                  <Radio key={each.value} {...each} />
                ))}
            </Stack>
          </Radio.Group>
          {way === 'offer' && (
            <Form
              draft={draft}
              change={(part: Partial<Draft>) => setDraft((old) => ({ ...old, ...part }))}
              refused={refused}
              fixedRecipient
            />
          )}
          {reject.isError && <Failed error={reject.error} />}
          <Others refused={refused} fields={['reason', ...(way === 'offer' ? fieldsOf(draft, true) : [])]} />
          {way !== 'again' && (
            <Alert variant="outline" color="yellow">
              The reservation ends with it, and that is not taken back.
            </Alert>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={leave} disabled={reject.isPending}>
              Cancel
            </Button>
            <Button type="submit" color="red.9" loading={reject.isPending}>
              {titles[way]}
            </Button>
          </Group>
        </Stack>
      </form>
      {question}
    </Modal>
  );
}

/** The fields of the new offer stand by their own names, as in the form of an invitation. */
const byField = (errors: Parameters<typeof refusals>[0]): Refusals =>
  refusals(
    errors.map(({ field, message }) => ({
      field: field?.[0] === 'newOffer' ? field.slice(1) : field,
      message,
    })),
  );

/** The offer as it was, to be corrected. */
const offered = (s: SubmissionViewFragment): Draft => ({
  ...blank(s.location.id),
  plan: s.plan,
  unit: s.unit,
  ...(s.invitation && ownPrices(s.invitation)),
  anchorDay: String(s.anchorDay),
  insurance: s.invitation?.insurancePlan ?? null,
});
