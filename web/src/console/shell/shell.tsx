// What stands around every page: who is signed in, where one can go. Whoever is not signed in is asked to, at the address they wanted.
import {
  ActionIcon,
  AppShell,
  Avatar,
  Burger,
  Center,
  Group,
  Menu,
  NavLink,
  ScrollArea,
  Text,
  Title,
  UnstyledButton,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import {
  IconArrowRight,
  IconArrowsExchange,
  IconBriefcase,
  IconLayoutDashboard,
  IconLogout,
  IconMail,
  IconMoon,
  IconSettings,
  IconSun,
} from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';

import { SignOutDocument, ViewerDocument } from '../../gql/graphql';
import { ask } from '../../shared/ask';
import { answers, asked, said } from '../api';
import { Failed, Waiting } from '../parts/trouble';
import { roles } from '../parts/words';
import { SignIn } from './signin';
import { type Me, MeContext, useMe } from './me';

export function Shell() {
  const viewer = useQuery({ ...asked(ViewerDocument, {}), staleTime: 60_000 });
  if (viewer.isPending)
    return (
      <Center h="100dvh">
        <Waiting />
      </Center>
    );
  if (viewer.isError && !viewer.data)
    return (
      <Center h="100dvh" p="md">
        <Failed error={viewer.error} again={() => void viewer.refetch()} />
      </Center>
    );
  const staff = viewer.data.viewer?.staff;
  if (!staff) return <SignIn />;
  return (
    <MeContext value={{ ...staff, locations: viewer.data.viewer?.locations ?? [] }}>
      <Frame />
    </MeContext>
  );
}

interface Place {
  to: '/' | '/migrations/invitations' | '/messages' | '/settings';
  under: string;
  label: string;
  icon: typeof IconMail;
}

const places: Place[] = [
  { to: '/', under: '/', label: 'Overview', icon: IconLayoutDashboard },
  { to: '/migrations/invitations', under: '/migrations', label: 'Migrations', icon: IconArrowsExchange },
  { to: '/messages', under: '/messages', label: 'Messages', icon: IconMail },
  { to: '/settings', under: '/settings', label: 'Settings', icon: IconSettings },
];

const isUnder = (path: string, { under }: Place) =>
  under === '/'
    ? path === '/'
    : path.startsWith(under) || (under === '/migrations' && /^\/(submissions|reservations)\//.test(path));

function Frame() {
  const me = useMe();
  const [opened, { toggle, close }] = useDisclosure();
  const wide = useMediaQuery('(min-width: 62em)', true);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const main = useRef<HTMLElement>(null);
  const page = path.split('/').slice(0, 3).join('/');
  const first = useRef(true);
  // A reader of screens begins at the new page, not where the link was.
  useEffect(() => {
    if (first.current) first.current = false;
    else main.current?.focus({ preventScroll: true });
    close();
  }, [page, close]);

  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: 200, breakpoint: 'md', collapsed: { mobile: !opened } }}
      padding={{ base: 'sm', sm: 'md' }}
    >
      <AppShell.Header>
        <a className="skip" href="#main">
          Skip to the page
        </a>
        <Group h="100%" px="md" gap="sm" wrap="nowrap" justify="space-between">
          <Group gap="xs" wrap="nowrap">
            <Burger
              opened={opened}
              onClick={toggle}
              hiddenFrom="md"
              size="sm"
              aria-label={opened ? 'Close the menu' : 'Open the menu'}
              aria-expanded={opened}
            />
            <Brand />
          </Group>
          <Group gap="xs" wrap="nowrap">
            <Scheme />
            <Account me={me} />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" aria-label="Pages" inert={!wide && !opened}>
        <AppShell.Section grow component={ScrollArea}>
          <Text size="xs" c="dimmed" fw={600} px="sm" py={6}>
            Staff
          </Text>
          {places.map((place) => (
            <NavLink
              key={place.to}
              component={Link}
              to={place.to}
              label={place.label}
              leftSection={<place.icon size={18} aria-hidden />}
              active={isUnder(path, place)}
              aria-current={isUnder(path, place) ? 'page' : undefined}
              variant="light"
              style={{ borderRadius: 'var(--mantine-radius-md)' }}
            />
          ))}
          {me.role === 'ADMIN' && (
            <NavLink
              component="a"
              href="/jobs/"
              label="Jobs"
              leftSection={<IconBriefcase size={18} aria-hidden />}
              style={{ borderRadius: 'var(--mantine-radius-md)' }}
            />
          )}
        </AppShell.Section>
      </AppShell.Navbar>
      <AppShell.Main id="main" ref={main} tabIndex={-1}>
        {me.role === 'ATTENDANT' ? <NotHere /> : <Outlet />}
      </AppShell.Main>
    </AppShell>
  );
}

export function Brand() {
  return (
    <Group gap={8} wrap="nowrap">
      <Center w={28} h={28} bg="indigo.7" style={{ borderRadius: 8 }} aria-hidden>
        <IconArrowRight size={18} color="white" />
      </Center>
      <Text fw={700} size="lg">
        Carryover
      </Text>
    </Group>
  );
}

function Scheme() {
  const { setColorScheme } = useMantineColorScheme();
  const now = useComputedColorScheme('light');
  const next = now === 'light' ? 'dark' : 'light';
  return (
    <ActionIcon
      variant="default"
      size="lg"
      onClick={() => setColorScheme(next)}
      aria-label={`Show in ${next} colours`}
    >
      {now === 'light' ? <IconMoon size={18} /> : <IconSun size={18} />}
    </ActionIcon>
  );
}

function Account({ me }: { me: Me }) {
  const out = useMutation({
    mutationFn: () => ask(SignOutDocument, {}),
    onSuccess: () => {
      answers.clear();
      location.assign('/');
    },
    onError: (error) =>
      notifications.show({
        title: 'You are still signed in',
        message: said(error),
        color: 'red',
        autoClose: false,
      }),
  });
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <UnstyledButton aria-label={`Signed in as ${me.name}`} style={{ borderRadius: '50%' }}>
          <Avatar name={me.name} color="indigo" variant="filled" alt="" size={36} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text fw={600} size="sm" c="bright">
            {me.name}
          </Text>
          <Text size="xs">{me.email}</Text>
          <Text size="xs">{roles[me.role]}</Text>
        </Menu.Label>
        <Menu.Divider />
        <Menu.Item component={Link} to="/settings" leftSection={<IconSettings size={16} />}>
          Settings
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => out.mutate()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function NotHere() {
  return (
    <Center mih={300} ta="center">
      <div>
        <Title order={1} size="h2">
          These pages are for managers
        </Title>
        <Text c="dimmed" maw={480}>
          An attendant migrates customers at the counter. If you should see invitations and submissions, ask
          an administrator to change your role.
        </Text>
      </div>
    </Center>
  );
}
