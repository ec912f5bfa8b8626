import { Text, Title } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';

/** What is to be done on a screen. The focus goes there when the screen comes, so that a reader of screens begins at it. */
export function Heading({ title, children }: { title: string; children?: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    window.scrollTo({ top: 0 });
  }, []);
  return (
    <div>
      <Title order={1} size="h2" ref={heading} tabIndex={-1}>
        {title}
      </Title>
      {children && (
        <Text component="div" c="dimmed" mt={4}>
          {children}
        </Text>
      )}
    </div>
  );
}
