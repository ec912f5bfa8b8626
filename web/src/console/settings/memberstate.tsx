import { Stack, Text } from '@mantine/core';

import type { MemberRowFragment } from '../../gql/graphql';
import { State } from '../parts/state';
import { momentDay } from '../parts/words';

/** Whether a member may come in, and where an invitation stands. */
export function MemberState({
  member: { active, invitation, deactivatedAt },
}: {
  member: MemberRowFragment;
}) {
  if (!active)
    return (
      <Stack gap={0}>
        <State tone="gray">Deactivated</State>
        {deactivatedAt && (
          <Text size="xs" c="dimmed">
            {momentDay(deactivatedAt)}
          </Text>
        )}
      </Stack>
    );
  if (!invitation) return <State tone="green">Active</State>;
  const over = new Date(invitation.expiresAt) < new Date();
  return (
    <Stack gap={0} maw={260}>
      <State tone={invitation.refused || over ? 'red' : 'yellow'}>
        {invitation.refused ? 'Invitation not mailed' : over ? 'Invitation expired' : 'Invited'}
      </State>
      <Text size="xs" c="dimmed">
        {invitation.refused ||
          (over ? 'Invite again.' : `The link opens until ${momentDay(invitation.expiresAt)}.`)}
      </Text>
    </Stack>
  );
}
