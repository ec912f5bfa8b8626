// An invitation: edited while it can be, read once it is claimed; sent, its link copied or renewed, revoked, deleted.
import { Center, Drawer, Group, Loader, Stack, Tabs, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';

import { InvitationDetailDocument, type InvitationViewFragment } from '../../gql/graphql';
import { asked } from '../api';
import { useFocusBack } from '../parts/focus';
import { History } from '../parts/history';
import { InvitationState } from '../parts/state';
import { useTitle } from '../parts/title';
import { Failed, Unknown } from '../parts/trouble';
import { Acts } from './acts';
import { Contact } from './contact';
import { Deliveries } from './deliveries';
import { Edit } from './edit';
import { Facts } from './facts';
import { useLeave } from './leave';
import { Revisions } from './revisions';

export function Detail() {
  const { id } = useParams({ from: '/shell/migrations/invitations/$id' });
  return <Opened key={id} id={id} />;
}

function Opened({ id }: { id: string }) {
  useFocusBack();
  const navigate = useNavigate({ from: '/migrations/invitations/$id' });
  const [offerDirty, setOfferDirty] = useState(false);
  const [contactDirty, setContactDirty] = useState(false);
  const found = useQuery(asked(InvitationDetailDocument, { id }));
  const invitation = found.data?.invitation;
  const close = () =>
    void navigate({
      to: '/migrations/invitations',
      search: (old) => old,
      resetScroll: false,
      replace: true,
      ignoreBlocker: true,
    });
  const dirty = offerDirty || contactDirty;
  const { leave, question } = useLeave({ dirty, close });
  useTitle(invitation ? `Invitation of ${invitation.recipientName}` : 'Invitation');
  return (
    <Drawer
      opened
      onClose={leave}
      closeOnClickOutside={!dirty}
      position="right"
      size="xl"
      title={
        invitation ? (
          <Group gap="sm">
            <Text fw={700} size="lg">
              {invitation.recipientName}
            </Text>
            <InvitationState status={invitation.status} />
          </Group>
        ) : (
          'Invitation'
        )
      }
    >
      {found.isPending && (
        <Center mih={200}>
          <Loader aria-label="Loading" />
        </Center>
      )}
      {found.isError && !found.data && <Failed error={found.error} again={() => void found.refetch()} />}
      {found.isSuccess && !invitation && <Unknown />}
      {invitation && (
        <View
          invitation={invitation}
          onOfferDirty={setOfferDirty}
          onContactDirty={setContactDirty}
          close={close}
        />
      )}
      {question}
    </Drawer>
  );
}

interface ViewProps {
  invitation: InvitationViewFragment;
  onOfferDirty: (dirty: boolean) => void;
  onContactDirty: (dirty: boolean) => void;
  close: () => void;
}

function View({ invitation, onOfferDirty, onContactDirty, close }: ViewProps) {
  return (
    <Stack>
      <Acts invitation={invitation} onGone={close} />
      {/* What is typed under one tab stays while another is looked at. */}
      <Tabs defaultValue="offer" keepMounted={false} keepMountedMode="display-none">
        <Tabs.List>
          <Tabs.Tab value="offer">{invitation.canEdit ? 'Edit' : 'Offer'}</Tabs.Tab>
          <Tabs.Tab value="contact">Contact</Tabs.Tab>
          <Tabs.Tab value="messages">Messages ({invitation.deliveries.length})</Tabs.Tab>
          <Tabs.Tab value="history">History</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="offer" pt="md" keepMounted>
          <Stack>
            <Facts invitation={invitation} />
            {invitation.canEdit && <Edit invitation={invitation} onDirty={onOfferDirty} />}
          </Stack>
        </Tabs.Panel>
        <Tabs.Panel value="contact" pt="md" keepMounted>
          <Stack>
            {invitation.recipientName !== invitation.tenant.name && (
              <Text size="sm" c="dimmed">
                {invitation.location.name} knows this tenant as {invitation.recipientName}, and its messages
                go by that, until the tenant completes a set-up there. Here is what you know of them from
                another location.
              </Text>
            )}
            <Contact tenant={invitation.tenant} onDirty={onContactDirty} />
          </Stack>
        </Tabs.Panel>
        <Tabs.Panel value="messages" pt="md">
          <Deliveries invitation={invitation} />
        </Tabs.Panel>
        <Tabs.Panel value="history" pt="md">
          <Stack>
            <Revisions invitation={invitation} />
            <History events={invitation.history} />
          </Stack>
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}
