// One question before an act that is not taken back by a click.
import { Button, Group, Modal, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';

import { refusals, stale, type UserError } from '../api';
import { Failed, Refused } from './trouble';

interface Props {
  title: string;
  /** What the button says that does it. */
  act: string;
  danger?: boolean;
  /** Answers what was refused; nothing: it is done. */
  run: () => Promise<readonly UserError[]>;
  close: () => void;
  done?: () => void;
  children: ReactNode;
}

export function Confirm({ title, act, danger, run, close, done, children }: Props) {
  const it = useMutation({
    mutationFn: run,
    onSuccess: (errors) => {
      void stale();
      if (errors.length > 0) return;
      close();
      done?.();
    },
  });
  return (
    <Modal opened onClose={() => !it.isPending && close()} title={title}>
      <form
        onSubmit={(e) => {
          e.preventDefault();
          e.stopPropagation();
          it.mutate();
        }}
      >
        <Stack>
          {children}
          {it.isError && <Failed error={it.error} />}
          <Refused message={Object.values(refusals(it.data ?? [])).join(' ') || undefined} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close} disabled={it.isPending}>
              Cancel
            </Button>
            <Button type="submit" color={danger ? 'red.9' : undefined} loading={it.isPending} data-autofocus>
              {act}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
