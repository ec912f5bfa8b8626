import { MantineProvider } from '@mantine/core';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';

import { SelectionBar } from './bar';
import { useSelection } from './selection';

const rows = [{ id: 'a' }, { id: 'b' }];
const list = { query: 'all', rows, from: 0, hasMore: true, old: false, pending: false };

function Bar() {
  const selection = useSelection('all', list);
  return (
    <MantineProvider env="test">
      <button onClick={() => selection.add(['a', 'b'])}>Tick</button>
      <SelectionBar
        label="With the selected"
        selection={selection}
        matching={{ totalCount: 500, totalCountPrecision: 'EXACT' }}
        loaded={2}
      >
        {() => <button>Send</button>}
      </SelectionBar>
    </MantineProvider>
  );
}

afterEach(cleanup);

it('keeps the keyboard at what can be done once all are selected', () => {
  render(<Bar />);
  fireEvent.click(screen.getByRole('button', { name: 'Tick' }));
  const all = screen.getByRole('button', { name: 'Select all 500 that match' });
  all.focus();
  fireEvent.click(all);
  expect(all.isConnected).toBe(false);
  expect(document.activeElement).toBe(screen.getByRole('region', { name: 'With the selected' }));
});
