import { Button, type ButtonProps, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props extends Pick<ButtonProps, 'size' | 'variant'> {
  icon: ReactNode;
  /** Why it cannot be pressed now. */
  why?: string | false | null | undefined;
  onClick: () => void;
  children: string;
}

/** A button that says why it cannot be pressed, to those who look and to those who listen. */
export function Act({ icon, why, onClick, children, size = 'xs', variant = 'default' }: Props) {
  if (!why)
    return (
      <Button size={size} variant={variant} leftSection={icon} onClick={onClick}>
        {children}
      </Button>
    );
  return (
    <Tooltip label={why} multiline maw={280} events={{ hover: true, focus: true, touch: true }}>
      <Button
        size={size}
        variant={variant}
        leftSection={icon}
        aria-disabled
        data-disabled
        aria-description={why}
        onClick={(e) => e.preventDefault()}
      >
        {children}
      </Button>
    </Tooltip>
  );
}
