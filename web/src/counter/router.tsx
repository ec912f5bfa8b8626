// The counter's two addresses: the sessions at a location, and one of them. What is chosen of the list is in the address.
import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router';

import { Broken } from '../console/parts/trouble';
import { Frame, NothingHere } from './frame';
import { readListSearch } from './search';
import { SessionPage } from './session';
import { Sessions } from './sessions';

const frame = createRootRoute({ component: Frame, notFoundComponent: NothingHere, errorComponent: Broken });

const sessions = createRoute({
  getParentRoute: () => frame,
  path: '/',
  validateSearch: readListSearch,
  component: Sessions,
});

const session = createRoute({
  getParentRoute: () => frame,
  path: '/sessions/$id',
  component: SessionPage,
});

export const router = createRouter({
  routeTree: frame.addChildren([sessions, session]),
  basepath: '/counter',
  defaultErrorComponent: Broken,
  defaultNotFoundComponent: NothingHere,
  scrollRestoration: true,
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
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
