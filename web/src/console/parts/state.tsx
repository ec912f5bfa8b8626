// A state by its name, with a coloured point that says nothing which the name does not.
import { Box, Group, Text } from '@mantine/core';

import type { InvitationStatus, SubmissionStatus } from '../../gql/graphql';
import { invitationStatuses, submissionStatuses } from './words';

type Tone = 'gray' | 'blue' | 'green' | 'red' | 'yellow' | 'violet';

export function State({ tone, children }: { tone: Tone; children: string }) {
  return (
    <Group gap={6} wrap="nowrap" display="inline-flex">
      <Box w={9} h={9} bg={`${tone}.6`} aria-hidden style={{ borderRadius: '50%', flex: 'none' }} />
      <Text span size="sm" inherit={false}>
        {children}
      </Text>
    </Group>
  );
}

const ofInvitation: Record<InvitationStatus, Tone> = {
  PENDING: 'gray',
  SENT: 'blue',
  CLAIMED: 'green',
  REVOKED: 'red',
};

export const InvitationState = ({ status }: { status: InvitationStatus }) => (
  <State tone={ofInvitation[status]}>{invitationStatuses[status]}</State>
);

const ofSubmission: Record<SubmissionStatus, Tone> = {
  WAITING_FOR_BANK_VERIFICATION: 'yellow',
  BANK_VERIFICATION_FAILED: 'red',
  READY_FOR_APPROVAL: 'blue',
  APPROVING: 'violet',
  TENANT_ACTION_REQUIRED: 'yellow',
  APPROVED: 'green',
  PAYMENT_FAILED: 'red',
  REJECTED: 'gray',
  METHOD_LOST: 'red',
  UNDONE: 'gray',
};

export const SubmissionState = ({ status }: { status: SubmissionStatus }) => (
  <State tone={ofSubmission[status]}>{submissionStatuses[status]}</State>
);
