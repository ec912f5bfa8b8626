import { createContext, use } from 'react';

import type { StaffRole } from '../../gql/graphql';

/** Who is signed in. */
export interface Me {
  id: string;
  name: string;
  email: string;
  role: StaffRole;
  /** Every managed location, by name. */
  locations: readonly { id: string; name: string }[];
}

export const MeContext = createContext<Me | null>(null);

export function useMe(): Me {
  const me = use(MeContext);
  if (!me) throw new Error('outside of the shell');
  return me;
}
