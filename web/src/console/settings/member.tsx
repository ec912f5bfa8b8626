// A member of staff: what they may do, and how they come in.
import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';

import {
  DeactivateStaffDocument,
  InviteStaffAgainDocument,
  type MemberRowFragment,
  ReactivateStaffDocument,
  UpdateStaffDocument,
} from '../../gql/graphql';
import { ask } from '../../shared/ask';
import { ActDialog } from '../parts/act';
import { FactList } from '../parts/facts';
import { Go } from '../parts/go';
import { moment, momentDay, roles } from '../parts/words';
import { useMe } from '../shell/me';
import { asInput, type MemberDraft, MemberFields } from './memberform';
import { SignInList } from './signins';
import { MemberState } from './memberstate';
import type { SettingsSearch } from './search';
import { TokenList } from './tokens';

interface Props {
  member: MemberRowFragment;
  search: SettingsSearch;
  /** They may not be on the list any more that one came from. */
  onGone: () => void;
}

type Doing = 'change' | 'again' | 'deactivate' | 'reactivate';

export function Member({ member, search, onGone }: Props) {
  const [doing, setDoing] = useState<Doing | null>(null);
  const { staff, active, invitation, locations } = member;
  const me = useMe();
  const close = () => setDoing(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <Stack gap="lg" maw={960}>
      <div>
        <Text size="sm">
          <Go to="/settings" search={{ ...search, member: undefined }}>
            All staff
          </Go>
        </Text>
        <Title order={2} size="h3" ref={heading} tabIndex={-1}>
          {staff.name}
        </Title>
      </div>
      <FactList
        of={[
          ['Email', staff.email],
          ['Role', roles[staff.role]],
          ['Locations', staff.role === 'ADMIN' ? 'All' : locations.map(({ name }) => name).join(', ')],
          ['State', <MemberState key="s" member={member} />],
          ['Invitation mailed', invitation?.mailedAt && moment(invitation.mailedAt)],
          ['On the list since', momentDay(member.createdAt)],
          ['Last here', member.lastSeenAt ? moment(member.lastSeenAt) : 'Never'],
        ]}
      />
      <Group gap="xs">
        <Button size="xs" variant="default" onClick={() => setDoing('change')}>
          Change name, role, locations
        </Button>
        {active && invitation && (
          <Button size="xs" variant="default" onClick={() => setDoing('again')}>
            Invite again
          </Button>
        )}
        {active ? (
          staff.id !== me.id && (
            <Button size="xs" variant="default" onClick={() => setDoing('deactivate')}>
              Deactivate
            </Button>
          )
        ) : (
          <Button size="xs" variant="default" onClick={() => setDoing('reactivate')}>
            Reactivate
          </Button>
        )}
      </Group>
      <Text size="sm">
        <Go to="/settings" search={{ tab: 'audit', by: staff.id }}>
          What {staff.name} did
        </Go>
      </Text>
      <Part title="Sign-ins">
        <SignInList staffId={staff.id} of={staff.name} />
      </Part>
      <Part title="API tokens">
        <TokenList staffId={staff.id} of={staff.name} />
      </Part>
      {doing === 'change' && <Change member={member} onClose={close} />}
      {doing === 'again' && (
        <ActDialog
          title="Invite again"
          act="Mail another link"
          done={`Another link for ${staff.name} is on its way.`}
          run={async () =>
            (await ask(InviteStaffAgainDocument, { input: { id: staff.id } })).inviteStaffAgain
          }
          onClose={close}
        >
          <Text>
            {staff.email} gets another link, which opens for 72 hours. The one before opens nothing any more.
          </Text>
        </ActDialog>
      )}
      {doing === 'deactivate' && (
        <ActDialog
          title={`Deactivate ${staff.name}`}
          act="Deactivate"
          grave
          done={`${staff.name} is deactivated.`}
          run={async () => (await ask(DeactivateStaffDocument, { input: { id: staff.id } })).deactivateStaff}
          onDone={() => {
            close();
            onGone();
          }}
          onClose={close}
        >
          <Text>
            Nobody comes in as {staff.name} any more: sign-ins and API tokens end at once, and stay ended
            after a reactivation. What was done here stays on record.
          </Text>
        </ActDialog>
      )}
      {doing === 'reactivate' && (
        <ActDialog
          title={`Reactivate ${staff.name}`}
          act="Reactivate"
          done={`${staff.name} may come in again.`}
          run={async () => (await ask(ReactivateStaffDocument, { input: { id: staff.id } })).reactivateStaff}
          onDone={() => {
            close();
            onGone();
          }}
          onClose={close}
        >
          <Text>
            {staff.name} may come in again, with the password, role and locations that they had. Look whether
            these are still right.
          </Text>
        </ActDialog>
      )}
    </Stack>
  );
}

function Change({
  member: { staff, locations },
  onClose,
}: {
  member: MemberRowFragment;
  onClose: () => void;
}) {
  const [draft, setDraft] = useState<MemberDraft>({
    name: staff.name,
    role: staff.role,
    locationIds: locations.map(({ id }) => id),
  });
  return (
    <ActDialog
      title="Change name, role, locations"
      act="Save"
      fields={['name', 'role', 'locationIds']}
      done={`It is saved what ${draft.name} may do.`}
      run={async () =>
        (await ask(UpdateStaffDocument, { input: { id: staff.id, ...asInput(draft) } })).updateStaff
      }
      onClose={onClose}
    >
      {(refused) => (
        <>
          <Text size="sm" c="dimmed">
            It holds from their next request on.
          </Text>
          <MemberFields draft={draft} change={(part) => setDraft({ ...draft, ...part })} refused={refused} />
        </>
      )}
    </ActDialog>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">
        {title}
      </Title>
      {children}
    </Stack>
  );
}
