// What was typed and not saved is not lost without a word: closing, Escape and the browser's way back ask first.
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { type ShouldBlockFn, useBlocker } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';

import { useFocusBack } from '../parts/focus';

/** The search in the address may change beneath a form; another path takes the form away. */
const elsewhere: ShouldBlockFn = ({ current, next }) => current.pathname !== next.pathname;

/** Escape reaches every dialog that is open; only the one on top is meant. */
const onTop = () => document.querySelectorAll('[aria-modal=true]').length < 2;

interface Leave {
  /** In the place of closing. */
  leave: () => void;
  /** The question, where it is asked. */
  question: ReactNode;
}

/** `close` must pass by the router's blockers (`ignoreBlocker`), or it would be asked about twice. */
export function useLeave({
  dirty,
  busy,
  close,
}: {
  dirty: boolean;
  busy?: boolean;
  close: () => void;
}): Leave {
  const [closing, setClosing] = useState(false);
  const way = useBlocker({ shouldBlockFn: elsewhere, disabled: !dirty, withResolver: true });
  const leave = () => {
    if (busy || !onTop()) return;
    if (dirty) setClosing(true);
    else close();
  };
  if (way.status === 'blocked')
    return { leave, question: <Question discard={way.proceed} keep={way.reset} /> };
  return { leave, question: closing && <Question discard={close} keep={() => setClosing(false)} /> };
}

function Question({ discard, keep }: { discard: () => void; keep: () => void }) {
  useFocusBack();
  return (
    <Modal opened onClose={keep} title="Discard what you typed?" size="sm">
      <Stack>
        <Text size="sm">It was not saved.</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={keep} data-autofocus>
            Keep editing
          </Button>
          <Button color="red.9" onClick={discard}>
            Discard
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
