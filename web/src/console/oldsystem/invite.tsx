// Inviting some of the old system's list, or all that match: who would be, who would not and why, and then how it goes.
import { Alert, Anchor, Button, Checkbox, Group, Modal, Stack, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useRef, useState } from 'react';

import {
  CreateInvitationsFromLegacyDocument,
  type CreateInvitationsFromLegacyInput,
  type LegacyMembershipFilter,
  PreviewInvitationsFromLegacyDocument,
} from '../../gql/graphql';
import { ask } from '../../shared/ask';
import { asked, stale } from '../api';
import { AttemptRefused, Lost, useAttempt } from '../batches/attempt';
import type { Batch } from '../batches/progress';
import { Running, Skips } from '../batches/running';
import { useClose } from '../parts/close';
import { useFocusBack } from '../parts/focus';
import { Failed, Waiting } from '../parts/trouble';
import { plural } from '../parts/words';

/** Some by their ids, or all that match. */
export type Target = { ids: string[] } | { filter: LegacyMembershipFilter };

interface Props {
  target: Target;
  onClose: (begun: boolean) => void;
}

export function InviteDialog({ target, onClose }: Props) {
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
    <Modal opened onClose={leave} title={batch ? 'Creating invitations' : 'Create invitations'} size="lg">
      <div ref={within}>
        {batch ? (
          <Running begun={batch} onClose={leave}>
            <Text size="sm">
              Nobody is told yet: send them under{' '}
              <Anchor
                component={Link}
                to="/migrations/invitations"
                search={{ status: 'PENDING' } as never}
                inherit
                underline="always"
              >
                Invitations
              </Anchor>
              .
            </Text>
          </Running>
        ) : (
          <Confirm target={target} onCancel={leave} onBusy={setBusy} onBegun={setBatch} />
        )}
      </div>
    </Modal>
  );
}

interface ConfirmProps {
  target: Target;
  onCancel: () => void;
  onBusy: (busy: boolean) => void;
  onBegun: (batch: Batch) => void;
}

const isDuplicate = ({ reason }: { reason: string }) => reason.startsWith('DUPLICATE_');

function Confirm({ target, onCancel, onBusy, onBegun }: ConfirmProps) {
  const [withDuplicates, setWithDuplicates] = useState(false);
  const preview = useQuery({
    ...asked(PreviewInvitationsFromLegacyDocument, { input: { ...target, withDuplicates } }),
    staleTime: 0,
    gcTime: 0,
    placeholderData: keepPreviousData,
  });
  const create = useAttempt(
    async (input: CreateInvitationsFromLegacyInput) =>
      (await ask(CreateInvitationsFromLegacyDocument, { input })).createInvitationsFromLegacy,
    { busy: onBusy, begun: onBegun },
  );
  if (create.again)
    return <Lost error={create.error} again={create.again} busy={create.busy} onClose={onCancel} />;
  if (preview.isPending) return <Waiting label="Looking who would be invited…" />;
  if (preview.isError) return <Failed error={preview.error} again={() => void preview.refetch()} />;
  const { total, invitable, skips, userErrors } = preview.data.previewInvitationsFromLegacy;
  const unmapped = skips.some(({ reason }) => reason === 'NO_PLAN');
  return (
    <Stack aria-busy={preview.isPlaceholderData}>
      <AttemptRefused refused={[...userErrors, ...create.refused]} />
      <Text role="status">
        <Text span fw={700}>
          {plural(invitable, 'invitation')}
        </Text>{' '}
        will be made{total === invitable ? '.' : `, of ${plural(total, 'person', 'people')}.`} Price, billing
        day and unit are carried over. They are Pending: nobody is told until you send them.
      </Text>
      <Skips what={plural(total - invitable, 'person', 'people')} skips={skips} />
      {unmapped && (
        <Alert variant="outline" color="yellow">
          Say once for each old plan what it becomes here, under{' '}
          <Anchor component={Link} to="/old-system/imports" inherit underline="always">
            Imports
          </Anchor>
          .
        </Alert>
      )}
      {(withDuplicates || skips.some(isDuplicate)) && (
        <Checkbox
          label="Invite those too whose address or plate is another's as well"
          description="They are different people or cars, and I have looked"
          checked={withDuplicates}
          disabled={create.busy}
          onChange={(e) => setWithDuplicates(e.currentTarget.checked)}
        />
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onCancel} disabled={create.busy}>
          Cancel
        </Button>
        {invitable > 0 && !create.hasBegun && (
          <Button
            data-autofocus
            loading={create.busy}
            disabled={preview.isPlaceholderData}
            onClick={() => create.begin({ ...target, withDuplicates, expectedCount: total })}
          >
            Create {plural(invitable, 'invitation')}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
