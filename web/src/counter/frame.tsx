// What stands around the counter's pages: who is signed in, and whether the server can be reached.
import {
  Alert,
  Anchor,
  Avatar,
  Box,
  Button,
  Group,
  Menu,
  Stack,
  Text,
  Title,
  UnstyledButton,
} from '@mantine/core';
import { IconLogout, IconPlugConnectedX, IconTable } from '@tabler/icons-react';
import { Link, Outlet } from '@tanstack/react-router';
import { useSyncExternalStore } from 'react';

import { answers } from '../console/api';
import { roles } from '../console/parts/words';
import { Brand, Scheme } from '../console/shell/brand';
import { Entered, useSignOut } from '../console/shell/entered';
import { useMe } from '../console/shell/me';
import { Trouble } from '../shared/ask';
import classes from './counter.module.css';

export function Frame() {
  return (
    <Entered>
      <Box component="header" className={classes.head}>
        <a className="skip" href="#main">
          Skip to the page
        </a>
        <Link to="/" className={classes.home} aria-label="Carryover, to the sessions">
          <Brand />
        </Link>
        <Group gap="xs" wrap="nowrap">
          <Scheme />
          <Account />
        </Group>
      </Box>
      <Unreachable />
      <main id="main" tabIndex={-1} className={classes.main}>
        <Outlet />
      </main>
    </Entered>
  );
}

function Account() {
  const me = useMe();
  const signOut = useSignOut('/counter');
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <UnstyledButton aria-label={`Signed in as ${me.name}`} className={classes.me}>
          <Avatar name={me.name} color="indigo" variant="filled" alt="" size={40} />
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
        {me.role !== 'ATTENDANT' && (
          <Menu.Item component="a" href="/" leftSection={<IconTable size={20} aria-hidden />}>
            The console
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconLogout size={20} aria-hidden />} onClick={signOut}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

const cut = () =>
  !navigator.onLine ||
  answers
    .getQueryCache()
    .getAll()
    .some((query) => query.isActive() && query.state.data !== undefined && unreachable(query.state.error));

const unreachable = (error: unknown) => error instanceof Trouble && error.kind === 'unreachable';

function watch(changed: () => void) {
  const stop = answers.getQueryCache().subscribe(changed);
  window.addEventListener('online', changed);
  window.addEventListener('offline', changed);
  return () => {
    stop();
    window.removeEventListener('online', changed);
    window.removeEventListener('offline', changed);
  };
}

/** The line is cut: what is on the screen stays, and goes on once it is back. */
function Unreachable() {
  const gone = useSyncExternalStore(watch, cut);
  return (
    <div role="status">
      {gone && (
        <Alert
          color="red"
          variant="outline"
          radius={0}
          icon={<IconPlugConnectedX />}
          title="The server could not be reached."
        >
          <Group gap="md">
            <Text size="sm" flex="1 1 16rem">
              What you see is as it was. Nothing is lost: it goes on by itself once the line is back.
            </Text>
            <Button variant="default" onClick={() => void answers.refetchQueries({ type: 'active' })}>
              Try again
            </Button>
          </Group>
        </Alert>
      )}
    </div>
  );
}

/** A session that is not there, or not at a counter of the caller's: the API does not say which. */
export function NothingHere() {
  return (
    <Stack align="center" gap="sm" py="xl" ta="center">
      <Title order={1} size="h2">
        There is nothing here
      </Title>
      <Text c="dimmed" maw={480}>
        The session belongs to a counter that is not yours, or the address is incomplete.
      </Text>
      <Anchor component={Link} to="/" className={classes.target}>
        To the sessions
      </Anchor>
    </Stack>
  );
}
