// An invitation: edited while it can be, read once it is claimed; sent, its link copied or renewed, revoked, deleted.
import { Alert, Button, Center, Drawer, Group, Loader, Stack, Tabs, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useMemo, useState } from 'react';

import {
  InvitationDetailDocument,
  type InvitationViewFragment,
  UpdateInvitationDocument,
  UpdateTenantDocument,
} from '../../gql/graphql';
import { ask } from '../../shared/ask';
import { asked, refusals, stale } from '../api';
import { useFocusRefused } from '../parts/focus';
import { History } from '../parts/history';
import { InvitationState } from '../parts/state';
import { useTitle } from '../parts/title';
import { Failed, Refused, Unknown } from '../parts/trouble';
import { Acts } from './acts';
import { Contact } from './contact';
import { type Draft, draftOf, offerOf, phoneOf, recipientOf } from './draft';
import { Facts } from './facts';
import { Form } from './form';
import { Deliveries } from './deliveries';
import { Revisions } from './revisions';

export function Detail() {
  const { id } = useParams({ from: '/shell/migrations/invitations/$id' });
  const navigate = useNavigate({ from: '/migrations/invitations/$id' });
  const [touched, setTouched] = useState(false);
  const found = useQuery(asked(InvitationDetailDocument, { id }));
  const invitation = found.data?.invitation;
  const close = () =>
    void navigate({ to: '/migrations/invitations', search: (old) => old, resetScroll: false });
  useTitle(invitation ? `Invitation of ${invitation.tenant.name}` : 'Invitation');
  return (
    <Drawer
      opened
      onClose={close}
      closeOnClickOutside={!touched}
      closeOnEscape={!touched}
      position="right"
      size="xl"
      title={
        invitation ? (
          <Group gap="sm">
            <Text fw={700} size="lg">
              {invitation.tenant.name}
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
      {invitation && <View invitation={invitation} setTouched={setTouched} close={close} />}
    </Drawer>
  );
}

interface ViewProps {
  invitation: InvitationViewFragment;
  setTouched: (touched: boolean) => void;
  close: () => void;
}

function View({ invitation, setTouched, close }: ViewProps) {
  return (
    <Stack>
      <Acts invitation={invitation} onGone={close} />
      <Tabs defaultValue="offer" keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="offer">{invitation.canEdit ? 'Edit' : 'Offer'}</Tabs.Tab>
          <Tabs.Tab value="contact">Contact</Tabs.Tab>
          <Tabs.Tab value="messages">Messages ({invitation.deliveries.length})</Tabs.Tab>
          <Tabs.Tab value="history">History</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="offer" pt="md">
          <Stack>
            <Facts invitation={invitation} />
            {invitation.canEdit && (
              <Edit key={invitation.id} invitation={invitation} setTouched={setTouched} />
            )}
          </Stack>
        </Tabs.Panel>
        <Tabs.Panel value="contact" pt="md">
          <Contact tenant={invitation.tenant} />
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

function Edit({ invitation, setTouched }: Omit<ViewProps, 'close'>) {
  const [draft, setDraft] = useState(() => draftOf(invitation));
  // Edits are of what was read: somebody else's meanwhile is told, and never written over.
  const [read, setRead] = useState(invitation.revision);
  const [dirty, setDirty] = useState(false);
  const mark = (touched: boolean) => {
    setDirty(touched);
    setTouched(touched);
  };
  const change = (part: Partial<Draft>) => {
    mark(true);
    setDraft((old) => ({ ...old, ...part }));
  };
  const update = useMutation({
    mutationFn: () => save(invitation, read, draft),
    onSuccess: ({ saved, note }) => {
      if (!saved) return;
      mark(false);
      setRead(saved.revision);
      setDraft(draftOf(saved));
      notifications.show({ message: note ?? 'Saved.', color: note ? 'yellow' : 'green' });
      void stale();
    },
  });
  const errors = useMemo(() => update.data?.errors ?? [], [update.data]);
  const refused = useMemo(() => refusals(errors), [errors]);
  const form = useFocusRefused(refused);
  const isStale = errors.some(({ code }) => code === 'STALE');
  const takeTheirs = () => {
    setRead(invitation.revision);
    setDraft(draftOf(invitation));
    mark(false);
    update.reset();
  };
  return (
    <form
      ref={form}
      noValidate
      onSubmit={(e) => {
        e.preventDefault();
        update.mutate();
      }}
    >
      <Stack>
        {invitation.status === 'SENT' && (
          <Text size="sm" c="dimmed">
            The tenant was told of this offer. What you change shows on their page at once, and the offer
            before is kept under History.
          </Text>
        )}
        <Form draft={draft} change={change} refused={refused} fixedRecipient={!invitation.canDelete} />
        {(isStale || invitation.revision !== read) && (
          <Alert variant="outline" color="yellow" role="alert" title="Somebody changed it meanwhile">
            <Stack align="flex-start" gap="xs">
              <Text size="sm">
                What you typed was not saved. Look at the offer as it is now, then change it again.
              </Text>
              <Button size="xs" variant="default" onClick={takeTheirs}>
                Show it as it is now
              </Button>
            </Stack>
          </Alert>
        )}
        {update.isError && <Failed error={update.error} />}
        {!isStale && <Refused message={refused['']} />}
        <Group justify="flex-end">
          <Button type="submit" loading={update.isPending} disabled={!dirty}>
            Save changes
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

async function save(invitation: InvitationViewFragment, revision: number, draft: Draft) {
  const other = draft.isNew || draft.tenant?.id !== invitation.tenant.id;
  const input = { id: invitation.id, revision, ...(other ? recipientOf(draft) : {}), ...offerOf(draft) };
  const { invitation: saved, userErrors } = (await ask(UpdateInvitationDocument, { input })).updateInvitation;
  if (userErrors.length > 0 || !saved) {
    if (userErrors.some(({ code }) => code === 'STALE')) void stale();
    return { errors: userErrors };
  }
  const phone = phoneOf(draft);
  const told = phone ? (await ask(UpdateTenantDocument, { input: phone })).updateTenant.userErrors : [];
  const note = told.length > 0 ? `Saved, but for the phone number: ${told[0]!.message}` : undefined;
  return { errors: [], saved, note };
}
