// The controls above a list. Each writes to the address; what is typed waits until the fingers rest.
import { CloseButton, MultiSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback, useHotkeys } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';

import { useMe } from '../shell/me';
import { list } from './search';

interface SearchProps {
  value: string | undefined;
  placeholder: string;
  onChange: (value: string | undefined) => void;
}

/** Searches as one types. Ctrl+K leads here from anywhere but a dialog, and "/" from a row of the list. */
export function Search({ value = '', placeholder, onChange }: SearchProps) {
  const [typed, setTyped] = useState(value);
  const field = useRef<HTMLInputElement>(null);
  const sent = useRef<string[]>([]); // what has not come back yet, in the address
  const send = useDebouncedCallback((next: string) => {
    if (next !== (sent.current.at(-1) ?? value)) sent.current.push(next);
    onChange(next || undefined);
  }, 200);
  useHotkeys([['mod+K', () => !document.querySelector('[role=dialog]') && field.current?.focus()]], []);
  // The way back brings an older search. What comes back of one's own, however late, leaves alone what one has typed since.
  const known = useRef(value);
  useEffect(() => {
    if (value === known.current) return;
    known.current = value;
    const own = sent.current.lastIndexOf(value);
    sent.current = own < 0 ? [] : sent.current.slice(own + 1);
    if (own >= 0) return;
    send.cancel();
    setTyped(value);
  }, [value, send]);
  const type = (next: string) => {
    setTyped(next);
    send(next.trim());
  };
  return (
    <TextInput
      ref={field}
      type="search"
      aria-label={placeholder}
      aria-keyshortcuts="Control+K"
      placeholder={placeholder}
      maxLength={100}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={
        typed && (
          <CloseButton
            size="sm"
            aria-label="Clear the search"
            onClick={() => {
              type('');
              field.current?.focus();
            }}
          />
        )
      }
      value={typed}
      onChange={(e) => type(e.currentTarget.value)}
      // Before anything that is pressed next leads to another address: a search that came after it would lead back from there.
      onBlur={() => send.flush()}
      flex="1 1 14rem"
      miw={0}
    />
  );
}

interface SomeProps<T extends string> {
  label: string;
  of: readonly { value: T; label: string }[];
  value: string | undefined;
  onChange: (joined: string | undefined) => void;
  width?: number;
}

/** Any of some; none chosen is no condition. */
export function Some<T extends string>({ label, of, value, onChange, width = 180 }: SomeProps<T>) {
  const held = list(value);
  return (
    <MultiSelect
      aria-label={label}
      placeholder={held.length === 0 ? label : undefined}
      data={of}
      value={held}
      onChange={(next) => onChange(next.join(',') || undefined)}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': `Clear ${label.toLowerCase()}` }}
      hidePickedOptions
      nothingFoundMessage="Nothing of that name"
      maxDropdownHeight={320}
      comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
      flex={`1 1 ${width}px`}
      maw={360}
      miw={150}
    />
  );
}

/** Of the locations that one manages; with one alone there is nothing to choose. */
export function Locations({ value, onChange }: Pick<SomeProps<string>, 'value' | 'onChange'>) {
  const { locations } = useMe();
  if (locations.length < 2) return null;
  return (
    <Some
      label="Locations"
      of={locations.map(({ id, name }) => ({ value: id, label: name }))}
      value={value}
      onChange={onChange}
      width={230}
    />
  );
}
