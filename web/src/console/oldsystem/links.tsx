import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';

import { sourceKey } from './search';

interface Source {
  name: string;
  location: { id: string };
}

/** The list of one source, for a link. */
export const listOf = ({ name, location }: Source) => ({
  to: '/old-system/list',
  search: { source: sourceKey(name), location: location.id } as never,
});

/** Of them, whoever stands no more in its newest whole file. */
export const missingOf = ({ name, location }: Source) => ({
  to: '/old-system/list',
  search: { source: sourceKey(name), location: location.id, missing: 'yes' } as never,
});

export const AllImports = () => (
  <Button component={Link} to="/old-system/imports" variant="default">
    All imports
  </Button>
);
