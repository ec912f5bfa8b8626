// What can be done with one row of the list, without opening it.
import { ActionIcon, Menu, Text } from '@mantine/core';
import { IconArrowRight, IconDots, IconMail, IconMessage } from '@tabler/icons-react';
import { type KeyboardEvent, type MouseEvent, type ReactNode, useRef } from 'react';

import type { InvitationRowFragment, MessageChannel } from '../../gql/graphql';
import { skipWords } from './skips';

interface Props {
  row: InvitationRowFragment;
  onSend: (channel: MessageChannel) => void;
  onOpen: () => void;
}

export function RowMenu({ row, onSend, onOpen }: Props) {
  const dots = useRef<HTMLButtonElement>(null);
  // The keyboard stays with the row, from which it came, and is there again after a dialog.
  const then = (act: () => void) => () => {
    dots.current?.closest<HTMLElement>('[role=row]')?.focus({ preventScroll: true });
    act();
  };
  return (
    <Menu
      position="bottom-end"
      width={260}
      shadow="md"
      returnFocus={false}
      withInitialFocusPlaceholder={false}
      onClose={then(() => {})}
    >
      <Menu.Target>
        <ActionIcon
          size="sm"
          ref={dots}
          variant="subtle"
          color="gray"
          c="var(--mantine-color-text)"
          tabIndex={-1}
          aria-label={`Actions for ${row.recipientName}`}
          data-rowmenu
        >
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Item
          icon={<IconMail size={16} aria-hidden />}
          skip={row.emailSkip}
          onClick={then(() => onSend('EMAIL'))}
        >
          Send Email
        </Item>
        <Item
          icon={<IconMessage size={16} aria-hidden />}
          skip={row.textSkip}
          onClick={then(() => onSend('SMS'))}
        >
          Send SMS
        </Item>
        <Item icon={<IconArrowRight size={16} aria-hidden />} onClick={then(onOpen)}>
          Open
        </Item>
      </Menu.Dropdown>
    </Menu>
  );
}

interface ItemProps {
  icon: ReactNode;
  skip?: string | null | undefined;
  onClick: () => void;
  children: string;
}

/** Where it cannot be done the reason stands beneath it, and it stays to be read. */
const Item = ({ icon, skip, onClick, children }: ItemProps) => (
  <Menu.Item
    leftSection={icon}
    aria-disabled={skip ? true : undefined}
    closeMenuOnClick={!skip}
    onClick={skip ? undefined : onClick}
  >
    {children}
    {skip && (
      <Text size="xs" c="dimmed">
        {skipWords(skip)}
      </Text>
    )}
  </Menu.Item>
);

const open = (row: EventTarget) => (row as HTMLElement).querySelector<HTMLElement>('[data-rowmenu]')?.click();

const isRow = (target: EventTarget) => (target as HTMLElement).matches('[role=row]');

/** For what is around the list: "m", or the keyboard's own key for menus, opens that of the row that has the focus. */
export const rowMenuKeys = {
  onKeyDown: (e: KeyboardEvent) => {
    if (e.key !== 'm' || e.ctrlKey || e.metaKey || e.altKey || !isRow(e.target)) return;
    e.preventDefault();
    open(e.target);
  },
  onContextMenu: (e: MouseEvent) => {
    const byMouse = (e.nativeEvent as PointerEvent).pointerType !== '';
    if (byMouse || !isRow(e.target)) return;
    e.preventDefault();
    open(e.target);
  },
};
