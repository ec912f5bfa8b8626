import { MantineProvider } from '@mantine/core';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { Search } from './filters';

const search = (value: string, onChange: (value: string | undefined) => void) => (
  <MantineProvider env="test">
    <Search value={value} placeholder="Search" onChange={onChange} />
  </MantineProvider>
);

function open() {
  const sent = vi.fn();
  const { rerender } = render(search('', sent));
  const field = screen.getByLabelText<HTMLInputElement>('Search');
  return {
    sent,
    field,
    type: (value: string) => fireEvent.change(field, { target: { value } }),
    /** The address holds it now. */
    comes: (value: string) => rerender(search(value, sent)),
  };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

it('waits until the fingers rest', () => {
  const { sent, type } = open();
  type('a');
  vi.advanceTimersByTime(150);
  type('ann ');
  vi.advanceTimersByTime(199);
  expect(sent).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(sent.mock.calls).toEqual([['ann']]);
});

it('is sent before anything else is pressed, and not after', () => {
  const { sent, type, field } = open();
  type('ann');
  fireEvent.blur(field);
  expect(sent.mock.calls).toEqual([['ann']]);
  vi.advanceTimersByTime(1_000);
  expect(sent).toHaveBeenCalledTimes(1);
});

it('what comes back late leaves alone what was typed since', () => {
  const { type, comes, field } = open();
  type('a');
  vi.advanceTimersByTime(200);
  type('an');
  vi.advanceTimersByTime(200);
  type('ann');
  comes('a');
  expect(field.value).toBe('ann');
  comes('an');
  expect(field.value).toBe('ann');
});

it('the way back brings the older search, also one that was typed here', () => {
  const { type, comes, field, sent } = open();
  for (const value of ['a', 'ann']) {
    type(value);
    vi.advanceTimersByTime(200);
    comes(value);
  }
  type('anna');
  comes('a');
  expect(field.value).toBe('a');
  vi.advanceTimersByTime(1_000);
  expect(sent).toHaveBeenCalledTimes(2); // what was being typed is not searched for behind what is shown
});
