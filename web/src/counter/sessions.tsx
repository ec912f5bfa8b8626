// Session management: who is at the location, and how far they are. It is live.
import { Button, Group, Loader, Stack, Text, Title } from '@mantine/core';
import { IconCar, IconChevronRight, IconMapPin } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';

import { answers, asked, paged } from '../console/api';
import { useLive } from '../console/live';
import { State } from '../console/parts/state';
import { useTitle } from '../console/parts/title';
import { Empty, Failed, Waiting } from '../console/parts/trouble';
import { ago } from '../console/parts/words';
import {
  CountersDocument,
  type CountersQuery,
  OpenSessionsChangedDocument,
  SessionsDocument,
  type SessionRowFragment,
  type SessionStage,
} from '../gql/graphql';
import classes from './counter.module.css';
import { NewSession } from './newsession';
import { locationOf, rememberLocation, stages } from './search';
import { stageNames, stageTones, stepNames } from './words';

type Counter = CountersQuery['counterLocations'][number];

export function Sessions() {
  const { at } = useSearch({ from: '/' });
  const counters = useQuery({ ...asked(CountersDocument, {}), staleTime: 60_000 });
  if (counters.isPending) return <Waiting />;
  if (!counters.data) return <Failed error={counters.error} again={() => void counters.refetch()} />;
  const all = counters.data.counterLocations;
  if (all.length === 0) return <NoCounter />;
  const here = locationOf(at, all);
  return here ? <List key={here.id} here={here} several={all.length > 1} /> : <Choose of={all} />;
}

function NoCounter() {
  useTitle('Counter');
  return (
    <Stack align="center" gap="sm" py="xl" ta="center">
      <Title order={1} size="h2">
        You stand at no counter yet
      </Title>
      <Text c="dimmed" maw={480}>
        Nobody has said at which location you migrate customers. Ask an administrator to add your location in
        the console, under Settings, Staff. Then open this page again.
      </Text>
      <Button variant="default" onClick={() => void answers.invalidateQueries()}>
        Look again
      </Button>
    </Stack>
  );
}

function Choose({ of }: { of: readonly Counter[] }) {
  useTitle('Counter');
  const navigate = useNavigate({ from: '/' });
  return (
    <Stack maw={640} mx="auto" w="100%">
      <Title order={1} size="h2">
        Where do you stand?
      </Title>
      <Text c="dimmed">This device remembers it. You can change it above the list.</Text>
      {of.map(({ id, name }) => (
        <Button
          key={id}
          variant="default"
          size="xl"
          justify="flex-start"
          leftSection={<IconMapPin aria-hidden />}
          onClick={() => {
            rememberLocation(id);
            void navigate({ search: { at: id } });
          }}
        >
          {name}
        </Button>
      ))}
    </Stack>
  );
}

/** How many sessions live news hold at most, and a page. */
const most = 100;

/** Without a stage: those that are not over. */
const listed = (at: string, stage?: SessionStage) =>
  paged(SessionsDocument, { at, stages: stage ? [stage] : null }, (answer) => answer.sessions);

/** Asks again, unless an answer is under way: "Show more" is one. */
const look = (queryKey: readonly unknown[]) =>
  void answers.invalidateQueries({ queryKey }, { cancelRefetch: false });

/** Takes in what happens at a location: the open ones come with it, unless there are more than it holds; the others are asked for again. */
function useNews(at: string) {
  const live = useLive(OpenSessionsChangedDocument, at)?.openSessionsChanged;
  useEffect(() => {
    if (!live) return;
    const { queryKey } = listed(at);
    if (live.length < most) {
      void answers.cancelQueries({ queryKey });
      const pageInfo = { hasNextPage: false, endCursor: null };
      answers.setQueryData(queryKey, {
        pages: [{ sessions: { nodes: live, pageInfo } }],
        pageParams: [null],
      });
    } else look(queryKey);
    for (const stage of stages) look(listed(at, stage).queryKey);
  }, [live, at]);
}

function List({ here, several }: { here: Counter; several: boolean }) {
  useTitle(`Sessions, ${here.name}`);
  const { stage } = useSearch({ from: '/' });
  const found = useInfiniteQuery({
    ...listed(here.id, stage),
    refetchInterval: 15_000, // for where live updates do not come through
  });
  useNews(here.id);
  const waits = found.isPending || found.isPlaceholderData; // what is held meanwhile is of another filter
  const rows = waits ? undefined : found.data?.pages.flatMap(({ sessions }) => sessions.nodes);
  return (
    <Stack maw={960} mx="auto" w="100%">
      <Group justify="space-between">
        <Title order={1} size="h2">
          Sessions
        </Title>
        <Where here={here} several={several} />
      </Group>
      <NewSession at={here.id} />
      <Stages chosen={stage} />
      {waits && <Waiting />}
      {found.error && !rows && <Failed error={found.error} again={() => void found.refetch()} />}
      {rows?.length === 0 && (
        <Empty title={stage ? `No session is ${stageNames[stage].toLowerCase()}` : 'Nobody is here'}>
          A car that a gate reads appears here by itself. For anybody else, type the plate above.
        </Empty>
      )}
      {rows && rows.length > 0 && (
        <ul className={classes.rows} aria-label="Sessions">
          {rows.map((row) => (
            <Row key={row.id} row={row} />
          ))}
        </ul>
      )}
      {rows && found.hasNextPage && (
        <>
          <Text c="dimmed">
            {stage
              ? `These are the newest ${rows.length} of them.`
              : `These are ${rows.length} of them, those that somebody has begun with first. A plate that is typed above opens its session wherever it stands.`}
          </Text>
          <Button
            variant="default"
            loading={found.isFetchingNextPage}
            onClick={() => void found.fetchNextPage()}
          >
            Show more
          </Button>
        </>
      )}
      {found.isFetching && found.data && <Loader size="xs" className={classes.fetching} aria-hidden />}
    </Stack>
  );
}

function Where({ here, several }: { here: Counter; several: boolean }) {
  const navigate = useNavigate({ from: '/' });
  if (!several) return <Text c="dimmed">{here.name}</Text>;
  return (
    <Button
      variant="default"
      leftSection={<IconMapPin size={20} aria-hidden />}
      aria-label={`${here.name}, stand somewhere else`}
      onClick={() => {
        rememberLocation('');
        void navigate({ search: {} });
      }}
    >
      {here.name}
    </Button>
  );
}

function Stages({ chosen }: { chosen: SessionStage | undefined }) {
  const { at } = useSearch({ from: '/' });
  const navigate = useNavigate({ from: '/' });
  const filter = (stage: SessionStage | undefined, label: string) => (
    <Button
      key={label}
      variant={chosen === stage ? 'filled' : 'default'}
      aria-pressed={chosen === stage}
      onClick={() => void navigate({ search: { at, stage }, replace: true })}
    >
      {label}
    </Button>
  );
  return (
    <Group gap="xs" role="group" aria-label="Stage">
      {filter(undefined, 'Open')}
      {stages.map((stage) => filter(stage, stageNames[stage]))}
    </Group>
  );
}

function Row({ row }: { row: SessionRowFragment }) {
  const { id, stage, plate, rfid, migration, openedAt, gate, openedBy } = row;
  const name = migration?.legacy?.name;
  const by = gate || openedBy?.name;
  return (
    <li>
      <Link to="/sessions/$id" params={{ id }} className={classes.row}>
        <IconCar aria-hidden size={28} />
        <span className={classes.rowname}>
          <Text span fw={700} size="lg">
            {plate || rfid || 'No plate'}
          </Text>
          {name && <Text span>{name}</Text>}
          <Text span size="sm" c="dimmed">
            {plate && rfid && `Tag ${rfid}, `}opened {ago(openedAt)}
            {by && ` by ${by}`}
          </Text>
        </span>
        <span className={classes.rowstate}>
          <State tone={stageTones[stage]}>{stageNames[stage]}</State>
          {stage === 'MIGRATING' && migration && (
            <Text span size="sm" c="dimmed">
              at {stepNames[migration.step]}
            </Text>
          )}
        </span>
        <IconChevronRight aria-hidden />
      </Link>
    </li>
  );
}
