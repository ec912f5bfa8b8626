// Closing a dialog does not lose without a word what was typed there.
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { type ReactNode, type RefObject, useState } from 'react';

import { useFocusBack } from './focus';

/** Escape reaches every dialog that is open; only the one on top is meant, which came last. */
function onTop(within: HTMLElement | null | undefined) {
  const open = [...document.querySelectorAll('[aria-modal=true]')];
  return within ? open.at(-1)?.contains(within) : open.length < 2;
}

export interface Closing {
  dirty: boolean;
  busy?: boolean;
  close: () => void;
  /** Something in the dialog; needed where it may stand over another. */
  within?: RefObject<HTMLElement | null>;
}

export interface Leave {
  /** In the place of closing. */
  leave: () => void;
  /** The question, where it is asked. */
  question: ReactNode;
}

/** Asks before a dialog is closed, and not before another page takes its place. */
export function useClose({ dirty, busy, close, within }: Closing): Leave {
  const [closing, setClosing] = useState(false);
  const leave = () => {
    if (busy || !onTop(within?.current)) return;
    if (dirty) setClosing(true);
    else close();
  };
  return { leave, question: closing && <Question discard={close} keep={() => setClosing(false)} /> };
}

export function Question({ discard, keep }: { discard: () => void; keep: () => void }) {
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
