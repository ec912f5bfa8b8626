// The console's addresses on one screen. What a person chose of a list (search, filters, order) is in the address, so that a reload,
// a bookmark and the way back show the same.
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';

import { readBatchSearch } from './batches/search';
import { readInvitationSearch } from './invitations/search';
import { readMessagesSearch } from './messages/search';
import { readImportSearch, readLegacySearch, readWorkSearch } from './oldsystem/search';
import { readOverviewSearch } from './overview/search';
import { rawOf } from './parts/search';
import { Broken, Unknown } from './parts/trouble';
import { readSettingsSearch } from './settings/search';
import { Shell } from './shell/shell';
import { idOfMail, readSubmissionSearch } from './submissions/search';

const root = createRootRoute({
  component: Outlet,
  notFoundComponent: () => (
    <main>
      <Unknown />
    </main>
  ),
  errorComponent: Broken,
});

const link = (path: '/staff/invitation' | '/staff/password') =>
  createRoute({
    getParentRoute: () => root,
    path,
    component: lazyRouteComponent(
      () => import('./shell/links'),
      path === '/staff/invitation' ? 'Invited' : 'Reset',
    ),
  });

const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: Shell });

const overview = createRoute({
  getParentRoute: () => shell,
  path: '/',
  validateSearch: readOverviewSearch,
  component: lazyRouteComponent(() => import('./overview/page'), 'Overview'),
});

const messages = createRoute({
  getParentRoute: () => shell,
  path: '/messages',
  validateSearch: readMessagesSearch,
  component: lazyRouteComponent(() => import('./messages/page'), 'Messages'),
});

const settings = createRoute({
  getParentRoute: () => shell,
  path: '/settings',
  validateSearch: readSettingsSearch,
  component: lazyRouteComponent(() => import('./settings/page'), 'Settings'),
});

const migrations = createRoute({
  getParentRoute: () => shell,
  path: '/migrations',
  beforeLoad: ({ location }) => {
    if (location.pathname.replace(/\/$/, '') === '/migrations')
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router's way
      throw redirect({ to: '/migrations/invitations' });
  },
});

const invitations = createRoute({
  getParentRoute: () => migrations,
  path: 'invitations',
  validateSearch: readInvitationSearch,
  component: lazyRouteComponent(() => import('./invitations/page'), 'Invitations'),
});

const invite = createRoute({
  getParentRoute: () => invitations,
  path: 'new',
  component: lazyRouteComponent(() => import('./invitations/create'), 'Create'),
});

const invitation = createRoute({
  getParentRoute: () => invitations,
  path: '$id',
  component: lazyRouteComponent(() => import('./invitations/detail'), 'Detail'),
});

const submissions = createRoute({
  getParentRoute: () => migrations,
  path: 'submissions',
  validateSearch: readSubmissionSearch,
  component: lazyRouteComponent(() => import('./submissions/page'), 'Submissions'),
});

const submission = createRoute({
  getParentRoute: () => shell,
  path: 'submissions/$id',
  beforeLoad: ({ params }) => {
    const id = idOfMail(params.id);
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router's way
    if (id) throw redirect({ to: '/submissions/$id', params: { id }, replace: true });
  },
  component: lazyRouteComponent(() => import('./submissions/detail'), 'SubmissionPage'),
});

const reservation = createRoute({
  getParentRoute: () => shell,
  path: 'reservations/$id',
  component: lazyRouteComponent(() => import('./submissions/reservation'), 'ReservationPage'),
});

const batch = createRoute({
  getParentRoute: () => migrations,
  path: 'batches/$id',
  validateSearch: readBatchSearch,
  component: lazyRouteComponent(() => import('./batches/page'), 'BatchPage'),
});

const batches = createRoute({
  getParentRoute: () => migrations,
  path: 'batches',
  component: lazyRouteComponent(() => import('./batches/list'), 'Batches'),
});

const oldSystem = createRoute({
  getParentRoute: () => shell,
  path: '/old-system',
  beforeLoad: ({ location }) => {
    if (location.pathname.replace(/\/$/, '') === '/old-system')
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router's way
      throw redirect({ to: '/old-system/list' });
  },
});

const legacyList = createRoute({
  getParentRoute: () => oldSystem,
  path: 'list',
  validateSearch: readLegacySearch,
  component: lazyRouteComponent(() => import('./oldsystem/list'), 'LegacyList'),
});

const addByHand = createRoute({
  getParentRoute: () => legacyList,
  path: 'new',
  component: lazyRouteComponent(() => import('./oldsystem/create'), 'AddByHand'),
});

const legacyDetail = createRoute({
  getParentRoute: () => legacyList,
  path: '$id',
  component: lazyRouteComponent(() => import('./oldsystem/detail'), 'LegacyDetail'),
});

const worklist = createRoute({
  getParentRoute: () => oldSystem,
  path: 'worklist',
  validateSearch: readWorkSearch,
  component: lazyRouteComponent(() => import('./oldsystem/worklist'), 'Worklist'),
});

const imports = createRoute({
  getParentRoute: () => oldSystem,
  path: 'imports',
  component: lazyRouteComponent(() => import('./oldsystem/imports'), 'Imports'),
});

const newImport = createRoute({
  getParentRoute: () => oldSystem,
  path: 'imports/new',
  validateSearch: readImportSearch,
  component: lazyRouteComponent(() => import('./oldsystem/newimport'), 'NewImport'),
});

const importReport = createRoute({
  getParentRoute: () => oldSystem,
  path: 'imports/$id',
  validateSearch: readImportSearch,
  component: lazyRouteComponent(() => import('./oldsystem/report'), 'ImportPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    link('/staff/invitation'),
    link('/staff/password'),
    shell.addChildren([
      overview,
      migrations.addChildren([invitations.addChildren([invite, invitation]), submissions, batches, batch]),
      submission,
      reservation,
      oldSystem.addChildren([
        legacyList.addChildren([addByHand, legacyDetail]),
        worklist,
        imports,
        newImport,
        importReport,
      ]),
      messages,
      settings,
    ]),
  ]),
  defaultPreload: 'intent',
  defaultErrorComponent: Broken,
  defaultNotFoundComponent: Unknown,
  scrollRestoration: true,
  parseSearch: rawOf,
  stringifySearch: (search) => {
    const text = new URLSearchParams(
      Object.entries(search).filter(([, value]) => value !== undefined && value !== '') as [string, string][],
    ).toString();
    return text && `?${text}`;
  },
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
