import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

interface Props {
  to: string;
  search?: Record<string, string | undefined>;
  children: ReactNode;
}

/** Leads to another page of the console. */
export function Go({ to, search, children }: Props) {
  return (
    <Anchor component={Link} to={to} search={search as never} inherit>
      {children}
    </Anchor>
  );
}
