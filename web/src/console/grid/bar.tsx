// What stands at the foot of a list while rows are selected: how many, and what can be done with them.
import { Anchor, CloseButton, Group, Paper, Text, VisuallyHidden } from '@mantine/core';
import { type ReactNode, useRef } from 'react';

import type { CountPrecision } from '../../gql/graphql';
import { focusRow } from '../parts/focus';
import { count } from '../parts/words';
import { mostIds, type Selection } from './selection';

interface Props {
  /** For those who hear it: "With the selected invitations". */
  label: string;
  selection: Selection;
  matching: { totalCount: number; totalCountPrecision: CountPrecision } | undefined;
  loaded: number;
  /** The acts; disabled where more rows are ticked than the API takes by their ids. */
  children: (disabled: boolean) => ReactNode;
}

export function SelectionBar({ label, selection, matching, loaded, children }: Props) {
  const bar = useRef<HTMLDivElement>(null);
  const n = selection.ids.length;
  const total = matching?.totalCount ?? 0;
  const tooMany = !selection.all && n > mostIds;
  const said = selection.all
    ? `All ${count(total, matching?.totalCountPrecision)} that match are selected`
    : n > 0
      ? `${n.toLocaleString('en-US')} selected`
      : '';
  // What is said stands outside, so that it is there before it has something to say.
  const status = <VisuallyHidden role="status">{said}</VisuallyHidden>;
  if (!said) return status;
  return (
    <>
      {status}
      <Paper
        withBorder
        shadow="md"
        p="xs"
        pos="sticky"
        bottom={8}
        role="region"
        aria-label={label}
        ref={bar}
        tabIndex={-1}
        style={{ zIndex: 6 }}
      >
        <Group gap="sm" justify="space-between">
          <Group gap="xs">
            <CloseButton
              aria-label="Select nothing"
              onClick={() => {
                selection.clear();
                focusRow();
              }}
            />
            <Text size="sm" fw={600} aria-hidden>
              {said}
            </Text>
            {!selection.all && n >= loaded && total > n && (
              <Anchor
                component="button"
                type="button"
                size="sm"
                onClick={() => {
                  selection.selectAll();
                  bar.current?.focus(); // the button goes; what can be done is next to it
                }}
              >
                Select all {count(total, matching?.totalCountPrecision)} that match
              </Anchor>
            )}
            {tooMany && (
              <Text size="sm" c="dimmed">
                At most {mostIds.toLocaleString('en-US')} one by one: narrow the filter and select all that
                match.
              </Text>
            )}
          </Group>
          <Group gap="xs">{children(tooMany)}</Group>
        </Group>
      </Paper>
    </>
  );
}
