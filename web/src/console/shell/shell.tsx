// What stands around every page: who is signed in, and where one can go.
import {
  AppShell,
  Avatar,
  Burger,
  Button,
  Center,
  Group,
  Menu,
  NavLink,
  ScrollArea,
  Text,
  Title,
  UnstyledButton,
} from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import {
  IconArrowsExchange,
  IconBriefcase,
  IconDatabaseImport,
  IconLayoutDashboard,
  IconLogout,
  IconMail,
  IconSettings,
} from '@tabler/icons-react';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';

import { roles } from '../parts/words';
import { Brand, Scheme } from './brand';
import { Entered, useSignOut } from './entered';
import { type Me, useMe } from './me';

export function Shell() {
  return (
    <Entered>
      <Frame />
    </Entered>
  );
}

interface Place {
  to: '/' | '/migrations/invitations' | '/old-system/list' | '/messages' | '/settings';
  under: string;
  label: string;
  icon: typeof IconMail;
}

const places: Place[] = [
  { to: '/', under: '/', label: 'Overview', icon: IconLayoutDashboard },
  { to: '/migrations/invitations', under: '/migrations', label: 'Migrations', icon: IconArrowsExchange },
  { to: '/old-system/list', under: '/old-system', label: 'Old system', icon: IconDatabaseImport },
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

function Account({ me }: { me: Me }) {
  const signOut = useSignOut('/');
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
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={signOut}>
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
        <Button component="a" href="/counter" mt="md">
          Open the counter
        </Button>
      </div>
    </Center>
  );
}
