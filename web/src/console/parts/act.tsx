// An act that a person confirms: what it means, what of it was refused and where, and the page anew afterwards.
import { Button, Group, Modal, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useMemo, useState } from 'react';

import { type Refusals, refusals, stale, type UserError } from '../api';
import { useClose } from './close';
import { useFocusBack, useFocusRefused } from './focus';
import { Failed, Refused } from './trouble';

interface Props<T> {
  title: string;
  /** On the button: what happens. */
  act: string;
  /** Something is lost by it. */
  grave?: boolean;
  run: () => Promise<T>;
  /** Said when it is done. */
  done?: string;
  /** In the place of onClose once it is done. */
  onDone?: (answer: T) => void;
  onClose: () => void;
  /** The fields beside which a refusal is shown; any other stands above them. */
  fields?: readonly string[];
  size?: string;
  children: ReactNode | ((refused: Refusals) => ReactNode);
}

export function ActDialog<T extends { userErrors: readonly UserError[] }>(p: Props<T>) {
  useFocusBack();
  const act = useMutation({
    mutationFn: p.run,
    // The page is as it is now before the dialog goes, so that the focus does not go back to what is about to vanish.
    onSuccess: async (answer) => {
      await stale();
      if (answer.userErrors.length > 0) return;
      if (p.done) notifications.show({ message: p.done });
      if (p.onDone) p.onDone(answer);
      else p.onClose();
    },
    onError: () => void stale(),
  });
  const refused = useMemo(() => refusals(act.data?.userErrors ?? []), [act.data]);
  const form = useFocusRefused(refused, act.isError);
  const [typed, setTyped] = useState(false);
  const { leave, question } = useClose({ dirty: typed, busy: act.isPending, close: p.onClose, within: form });
  const others = Object.entries(refused).filter(([name]) => !p.fields?.includes(name));
  return (
    <Modal opened onClose={leave} title={p.title} size={p.size ?? 'md'} closeOnClickOutside={!typed}>
      <form
        ref={form}
        onChange={() => setTyped(true)}
        onSubmit={(e) => {
          e.preventDefault();
          if (!act.isPending) act.mutate();
        }}
      >
        <Stack>
          {act.isError && <Failed error={act.error} />}
          <Refused message={others.map(([, message]) => message).join(' ') || undefined} />
          {typeof p.children === 'function' ? p.children(refused) : p.children}
          <Group justify="flex-end">
            <Button variant="default" onClick={leave} disabled={act.isPending}>
              Cancel
            </Button>
            <Button type="submit" color={p.grave ? 'red.9' : undefined} loading={act.isPending}>
              {p.act}
            </Button>
          </Group>
        </Stack>
      </form>
      {question}
    </Modal>
  );
}
