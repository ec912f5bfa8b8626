// Tabs that are pages of their own: links, which open in another window too and leave the focus where the page puts it.
import { Link } from '@tanstack/react-router';

import classes from './ways.module.css';

interface Way {
  label: string;
  to: string;
}

// What was chosen of a list is there again when one comes back to it.
const left = new Map<string, Record<string, string>>();

export function Ways({ label, ways, here }: { label: string; ways: readonly Way[]; here: string }) {
  return (
    <nav aria-label={label} className={classes.ways}>
      {ways.map(({ label, to }) => (
        <Link
          key={to}
          to={to}
          search={(old: Record<string, unknown>) => (to === here ? old : (left.get(to) ?? {}))}
          className={classes.way}
          aria-current={to === here ? 'page' : undefined}
          onClick={() => left.set(here, Object.fromEntries(new URLSearchParams(location.search)))}
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
