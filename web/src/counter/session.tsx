// One customer. Whichever device opens it shows the same step: what is held here is what the API said last.
import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconArrowLeft, IconInfoCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';

import { asked } from '../console/api';
import { useLive } from '../console/live';
import { useTitle } from '../console/parts/title';
import { Failed, Refused, Waiting } from '../console/parts/trouble';
import { CounterSessionDocument, SessionChangedDocument } from '../gql/graphql';
import { type Acting, AtContext, hold, type Migration, type Session, useActing } from './acting';
import { Begin } from './begin';
import { CardStep } from './card';
import { CheckoutStep } from './checkout';
import { ContactStep } from './contact';
import classes from './counter.module.css';
import { Done } from './done';
import { NothingHere } from './frame';
import { CloseSession, Discard } from './leave';
import { MatchStep } from './match';
import { Rail } from './rail';
import { every, type Screen, screenOf, toldOf } from './standing';
import { Strip } from './strip';
import { TermsStep } from './terms';

export function SessionPage() {
  const { id } = useParams({ from: '/sessions/$id' });
  const found = useQuery({
    ...asked(CounterSessionDocument, { id }),
    refetchInterval: ({ state }) => (state.data?.session ? every(state.data.session) : 15_000),
  });
  const live = useLive(SessionChangedDocument, found.data?.session ? id : null)?.sessionChanged;
  useEffect(() => {
    if (live) hold(live);
  }, [live]);
  if (found.isPending) return <Waiting />;
  if (!found.data) return <Failed error={found.error} again={() => void found.refetch()} />;
  return found.data.session ? <View key={id} session={found.data.session} /> : <NothingHere />;
}

export function View({ session }: { session: Session }) {
  const acting = useActing(session);
  const [rematching, setRematching] = useState(false);
  const matched = () => setRematching(false);
  const { migration } = session;
  const screen = screenOf(session, rematching);
  const known = session.plate || session.rfid || 'no plate';
  useTitle(`${migration?.legacy?.name || known}, session`);
  // A match that was found ends the looking, also where another device found it.
  const legacy = migration?.legacy?.id;
  useEffect(() => setRematching(false), [legacy, migration?.step]);

  return (
    <div className={classes.session}>
      <Strip session={session} />
      <div className={classes.step}>
        <Group justify="space-between" gap="xs" mb="md">
          <Button
            component={Link}
            to="/"
            variant="subtle"
            px="xs"
            leftSection={<IconArrowLeft size={20} aria-hidden />}
          >
            Sessions
          </Button>
          {migration && <Rail step={screen === 'CLOSED' || screen === 'BEGIN' ? migration.step : screen} />}
        </Group>
        <Told migration={migration} />
        <Troubles acting={acting} />
        {migration && screen !== 'BEGIN' && screen !== 'CLOSED' ? (
          <AtContext value={{ ...acting, session, migration, rematch: () => setRematching(true), matched }}>
            <Step key={screen} screen={screen} leave={rematching ? matched : undefined} />
          </AtContext>
        ) : screen === 'CLOSED' ? (
          <Closed reason={session.closedReason} />
        ) : (
          <Begin session={session} acting={acting} />
        )}
        <Leaving session={session} />
      </div>
    </div>
  );
}

function Step({
  screen,
  leave,
}: {
  screen: Exclude<Screen, 'BEGIN' | 'CLOSED'>;
  leave: (() => void) | undefined;
}) {
  switch (screen) {
    case 'MATCH':
      return <MatchStep leave={leave} />;
    case 'CONTACT':
      return <ContactStep />;
    case 'CARD':
      return <CardStep />;
    case 'CHECKOUT':
      return <CheckoutStep />;
    case 'TERMS':
      return <TermsStep />;
    case 'DONE':
      return <Done />;
  }
}

/** What was refused of the fields that the step shows stands beside them; the rest is here. */
function Troubles({ acting: { refused, fields, late, error, again } }: { acting: Acting }) {
  const others = Object.entries(refused).filter(([name]) => !fields.includes(name));
  const message = others.map(([, each]) => each).join(' ');
  return (
    <Stack gap="sm" mb={error || message ? 'md' : 0}>
      {error && <Failed error={error} again={again} />}
      {message && late && (
        <Alert
          role="alert"
          color="yellow"
          variant="outline"
          icon={<IconInfoCircle />}
          title="It has moved on meanwhile"
        >
          {message} Below is how it stands now: go on from there, or go back to the sessions.
        </Alert>
      )}
      {message && !late && <Refused message={message} />}
    </Stack>
  );
}

/** Tells of what came by itself. */
function Told({ migration }: { migration: Migration | null | undefined }) {
  const before = useRef(migration);
  const [said, say] = useState('');
  useEffect(() => {
    const news = toldOf(before.current, migration);
    before.current = migration;
    if (news) say(news);
  }, [migration]);
  return (
    <div role="status" className={classes.told}>
      {said}
    </div>
  );
}

function Closed({ reason }: { reason: string }) {
  return (
    <Stack align="flex-start">
      <Title order={1} size="h2">
        This session is over
      </Title>
      <Text>
        {reason ? `It was closed: ${reason}` : 'It ended without a migration.'} If the customer is still here,
        open a new one with the same plate or tag.
      </Text>
      <Button component={Link} to="/">
        To the sessions
      </Button>
    </Stack>
  );
}

/** The ways out, which stand below every step until it is signed. */
function Leaving({ session }: { session: Session }) {
  const [discarding, discard] = useDisclosure();
  const [closing, close] = useDisclosure();
  const { stage, migration } = session;
  if (stage !== 'PRE_GATE' && stage !== 'MIGRATING') return null;
  return (
    <Group gap="sm" mt="xl" pt="md" className={classes.leaving}>
      {migration && migration.step !== 'DONE' && (
        <Button variant="default" onClick={discard.open}>
          Discard the migration
        </Button>
      )}
      <Button variant="default" onClick={close.open}>
        Close session
      </Button>
      {discarding && <Discard session={session} onClose={discard.close} />}
      {closing && <CloseSession session={session} onClose={close.close} />}
    </Group>
  );
}
