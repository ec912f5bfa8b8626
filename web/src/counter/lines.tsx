import type { ReactNode } from 'react';

import classes from './counter.module.css';

/** Facts one below the other. Those that are empty are left out. */
export function Lines({ of }: { of: readonly (readonly [label: string, fact: ReactNode])[] }) {
  return (
    <dl className={classes.lines}>
      {of
        .filter(([, fact]) => fact !== null && fact !== undefined && fact !== '' && fact !== false)
        .map(([label, fact]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{fact}</dd>
          </div>
        ))}
    </dl>
  );
}
