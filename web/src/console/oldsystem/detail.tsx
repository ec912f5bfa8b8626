// Somebody of the old system: what its list says, what became of it here, and what happened.
import { Alert, Anchor, Center, Drawer, Group, List, Loader, Stack, Tabs, Text } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconCopyCheck,
  IconInfoCircle,
  IconMailPlus,
  IconUserPlus,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';

import { LegacyMembershipDocument, type LegacyViewFragment } from '../../gql/graphql';
import { asked } from '../api';
import { Act } from '../invitations/act';
import { useLeave } from '../invitations/leave';
import { FactList } from '../parts/facts';
import { useFocusBack } from '../parts/focus';
import { Go } from '../parts/go';
import { History } from '../parts/history';
import { useTitle } from '../parts/title';
import { Failed, Unknown } from '../parts/trouble';
import { day, invitationStatuses, moment, momentDay, money, submissionStatuses } from '../parts/words';
import { InviteByHand } from './byhand';
import { CancelDialog } from './cancel';
import { Edit } from './edit';
import { InviteDialog } from './invite';
import { ThereState } from './state';
import { TakeBackDialog } from './takeback';
import { mendedWords, periods, skipWords } from './words';

export function LegacyDetail() {
  const { id } = useParams({ from: '/shell/old-system/list/$id' });
  return <Opened key={id} id={id} />;
}

function Opened({ id }: { id: string }) {
  useFocusBack();
  const navigate = useNavigate({ from: '/old-system/list/$id' });
  const [dirty, setDirty] = useState(false);
  const found = useQuery(asked(LegacyMembershipDocument, { id }));
  const legacy = found.data?.legacyMembership;
  const close = () =>
    void navigate({
      to: '/old-system/list',
      search: (old) => old,
      resetScroll: false,
      replace: true,
      ignoreBlocker: true,
    });
  const { leave, question } = useLeave({ dirty, close });
  useTitle(legacy ? `${legacy.name}, old system` : 'Old system');
  return (
    <Drawer
      opened
      onClose={leave}
      closeOnClickOutside={!dirty}
      position="right"
      size="xl"
      title={
        legacy ? (
          <Group gap="sm">
            <Text fw={700} size="lg">
              {legacy.name}
            </Text>
            <ThereState state={legacy.state} />
          </Group>
        ) : (
          'Old system'
        )
      }
    >
      {found.isPending && (
        <Center mih={200}>
          <Loader aria-label="Loading" />
        </Center>
      )}
      {found.isError && !found.data && <Failed error={found.error} again={() => void found.refetch()} />}
      {found.isSuccess && !legacy && <Unknown />}
      {legacy && <View legacy={legacy} onDirty={setDirty} />}
      {question}
    </Drawer>
  );
}

/** Whoever has or had one of these gets no offer by hand either. */
const noOffer = ['MIGRATED', 'CANCELLED_THERE', 'ALREADY_INVITED'];

function View({ legacy, onDirty }: { legacy: LegacyViewFragment; onDirty: (dirty: boolean) => void }) {
  const [open, setOpen] = useState<'cancel' | 'takeBack' | 'invite' | 'byHand' | null>(null);
  const over = legacy.state === 'CANCELLATION_RECORDED';
  const byHand = legacy.inviteSkip && noOffer.includes(legacy.inviteSkip) ? legacy.inviteSkip : null;
  return (
    <Stack>
      <Group gap="xs">
        <Act
          why={legacy.inviteSkip && skipWords(legacy.inviteSkip)}
          icon={<IconMailPlus size={16} aria-hidden />}
          onClick={() => setOpen('invite')}
        >
          Create invitation
        </Act>
        <Act
          why={byHand && skipWords(byHand)}
          icon={<IconUserPlus size={16} aria-hidden />}
          onClick={() => setOpen('byHand')}
        >
          Invite by hand
        </Act>
        {over ? (
          <Act icon={<IconArrowBackUp size={16} aria-hidden />} onClick={() => setOpen('takeBack')}>
            Take the cancellation back
          </Act>
        ) : (
          <Act icon={<IconCopyCheck size={16} aria-hidden />} onClick={() => setOpen('cancel')}>
            Record cancellation
          </Act>
        )}
      </Group>
      {legacy.stillBilledOn && (
        <Alert variant="outline" color="red" icon={<IconAlertTriangle />}>
          Its cancellation is recorded, but a newer file says that the old system bills on{' '}
          {day(legacy.stillBilledOn)}. Look there; if it was not cancelled, take the recorded cancellation
          back.
        </Alert>
      )}
      {legacy.isMissing && (
        <Alert variant="outline" color="yellow" icon={<IconInfoCircle />}>
          It stands no more in the newest whole file of {legacy.source}. Look there whether it has ended, and
          record its cancellation if so.
        </Alert>
      )}
      {legacy.duplicate && (
        <Alert variant="outline" color="yellow" icon={<IconInfoCircle />}>
          {skipWords(legacy.duplicate)}
        </Alert>
      )}
      {/* What is typed under one tab stays while another is looked at. */}
      <Tabs defaultValue="record" keepMounted={false} keepMountedMode="display-none">
        <Tabs.List>
          <Tabs.Tab value="record">Record</Tabs.Tab>
          <Tabs.Tab value="edit">Edit</Tabs.Tab>
          <Tabs.Tab value="history">History</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="record" pt="md">
          <Record legacy={legacy} />
        </Tabs.Panel>
        <Tabs.Panel value="edit" pt="md" keepMounted>
          <Edit legacy={legacy} onDirty={onDirty} />
        </Tabs.Panel>
        <Tabs.Panel value="history" pt="md">
          <History events={legacy.history} />
        </Tabs.Panel>
      </Tabs>
      {open === 'cancel' && (
        <CancelDialog
          id={legacy.id}
          name={legacy.name}
          source={legacy.source}
          onClose={() => setOpen(null)}
        />
      )}
      {open === 'takeBack' && (
        <TakeBackDialog id={legacy.id} name={legacy.name} onClose={() => setOpen(null)} />
      )}
      {open === 'byHand' && <InviteByHand legacy={legacy} onClose={() => setOpen(null)} />}
      {open === 'invite' && <InviteDialog target={{ ids: [legacy.id] }} onClose={() => setOpen(null)} />}
    </Stack>
  );
}

function Record({ legacy: l }: { legacy: LegacyViewFragment }) {
  return (
    <Stack gap="lg">
      <Part title="Who">
        <FactList
          of={[
            ['Emails', l.emails.length > 0 ? <Lines of={l.emails} /> : 'None'],
            ['Phones', l.phones.length > 0 && <Lines of={l.phones} />],
            ['Plate', l.plate],
            ['RFID tag', l.rfid],
            ['Member number', l.memberNumber],
            ['Unit', l.unit],
            ['Location', l.location.name],
            [
              'Source',
              [l.source, l.line && `line ${l.line.toLocaleString('en-US')}`].filter(Boolean).join(', '),
            ],
            ['Id there', l.line ? l.sourceId : null],
          ]}
        />
      </Part>
      <Part title="There">
        <FactList
          of={[
            ['Plan there', l.planName],
            ['Price there', l.price && `${money(l.price)}, ${periods[l.period].toLowerCase()}`],
            [
              'Discount',
              l.discount &&
                `${money(l.discount)}${l.discountEndsOn ? `, until ${day(l.discountEndsOn)}` : ', without an end'}`,
            ],
            ['Next bill', l.nextBillingOn ? day(l.nextBillingOn) : l.billingDay && `Day ${l.billingDay}`],
            ['Paid through', l.paidThrough && day(l.paidThrough)],
            ['Ends there', l.endsOn && endsThere(l)],
            ['State in the file', l.stateSaid],
            ['Cancelled there', l.cancelledThereOn && day(l.cancelledThereOn)],
            [
              'Cancellation recorded',
              l.cancellation &&
                `${l.cancellation.evidence} (${l.cancellation.recordedBy.name}, ${moment(l.cancellation.recordedAt)})`,
            ],
            ['Mended by hand', l.mended.length > 0 && mendedWords(l.mended)],
          ]}
        />
      </Part>
      <Part title="Here">
        <FactList
          of={[
            [
              'Becomes',
              l.plan?.name ?? (
                <>
                  Nobody has said yet.{' '}
                  <Anchor component={Link} to="/old-system/imports" inherit underline="always">
                    Map its plan
                  </Anchor>
                </>
              ),
            ],
            ['Price carried over', l.carriedPrice && money(l.carriedPrice)],
            ['Billing day carried over', l.carriedDay && `Day ${l.carriedDay}`],
            [
              'Reservation',
              l.reservation && (
                <Go to={`/reservations/${l.reservation.id}`}>
                  {l.reservation.plan.name}, {submissionStatuses[l.reservation.status]}
                </Go>
              ),
            ],
            ['Invitations', l.invitations.length > 0 && <Offers of={l.invitations} />],
            ['No invitation, because', l.inviteSkip && !l.isMigrated && skipWords(l.inviteSkip)],
          ]}
        />
      </Part>
    </Stack>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <Text fw={600} mb="xs">
        {title}
      </Text>
      {children}
    </section>
  );
}

/** An end that comes after the next bill is not carried over. */
const endsThere = ({ endsOn, nextBillingOn, inviteSkip }: LegacyViewFragment) =>
  inviteSkip === 'ENDS_THERE' ||
  inviteSkip === 'CANCELLED_THERE' ||
  (nextBillingOn && endsOn! <= nextBillingOn)
    ? day(endsOn!)
    : `${day(endsOn!)}. Here it goes on until somebody ends it.`;

const Lines = ({ of }: { of: readonly string[] }) => of.map((line) => <div key={line}>{line}</div>);

const Offers = ({ of }: { of: LegacyViewFragment['invitations'] }) => (
  <List size="sm" listStyleType="none">
    {of.map(({ id, plan, status, createdAt }) => (
      <List.Item key={id}>
        <Anchor component={Link} size="sm" to={`/migrations/invitations/${id}`}>
          {plan.name}, {invitationStatuses[status]}
        </Anchor>{' '}
        <Text span size="xs" c="dimmed">
          {momentDay(createdAt)}
        </Text>
      </List.Item>
    ))}
  </List>
);
