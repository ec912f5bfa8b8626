import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';

import {
  ImportDocument,
  ImportLegacyMembershipsDocument,
  LegacySourceChoicesDocument,
} from '../../gql/graphql';
import { Played } from '../played';
import { NewImport } from './newimport';

const { navigate } = vi.hoisted(() => ({ navigate: vi.fn() }));

vi.mock('@tanstack/react-router', () => ({
  Link: () => null,
  useNavigate: () => navigate,
  useSearch: () => ({ trial: 'bat_1', upload: 'upl_1' }),
}));

const source = { id: 'lgs_1', name: 'Rocket', region: '', location: { id: 'loc_denver', name: 'Denver' } };

/** The form again, after a trial. */
function open(remembered: { dateOrder: string; decimalMark: string }) {
  return new Played()
    .on(ImportDocument, () => ({
      batch: { import: { source, fileName: 'people.csv', columns: [{ header: 'Id', field: 'SOURCE_ID' }] } },
    }))
    .on(LegacySourceChoicesDocument, () => ({
      legacySources: { nodes: [{ ...source, ...remembered, columns: [] }] },
    }))
    .on(ImportLegacyMembershipsDocument, () => ({
      importLegacyMemberships: { batch: { id: 'bat_2' }, userErrors: [] },
    }))
    .show(<NewImport />);
}

async function tried(api: Played) {
  act(() => screen.getByRole('button', { name: 'Try it first' }).click());
  await waitFor(() => expect(navigate).toHaveBeenCalled());
  return api.asked(ImportLegacyMembershipsDocument)[0]!.input;
}

const dates = () => screen.getByLabelText<HTMLSelectElement>('3/4/2026 is');
const decimals = () => screen.getByLabelText<HTMLSelectElement>('1,234 is');

afterEach(() => {
  Played.end();
  navigate.mockReset();
});

describe('what a file may leave open', () => {
  it('shows what is remembered of the source, and leaves it as it is', async () => {
    const api = open({ dateOrder: 'DAY_FIRST', decimalMark: 'AS_SHOWN' });
    await waitFor(() => expect(dates().value).toBe('DAY_FIRST'));
    expect(decimals().value).toBe('AS_SHOWN');
    const toggle = screen.getByRole('button', { name: /^Dates, decimals/ });
    expect(toggle.getAttribute('aria-expanded')).toBe('true');
    const input = await tried(api);
    expect(input).not.toHaveProperty('dateOrder');
    expect(input).not.toHaveProperty('decimalMark');
  });

  it('is as the file shows again once that is said', async () => {
    const api = open({ dateOrder: 'DAY_FIRST', decimalMark: 'COMMA' });
    await waitFor(() => expect(dates().value).toBe('DAY_FIRST'));
    fireEvent.change(dates(), { target: { value: 'AS_SHOWN' } });
    fireEvent.change(decimals(), { target: { value: 'POINT' } });
    expect(await tried(api)).toMatchObject({ dateOrder: 'AS_SHOWN', decimalMark: 'POINT' });
  });

  it('stays shut where nothing is remembered', async () => {
    open({ dateOrder: 'AS_SHOWN', decimalMark: 'AS_SHOWN' });
    const toggle = await screen.findByRole('button', { name: /^Dates, decimals/ });
    expect(toggle.getAttribute('aria-expanded')).toBe('false');
  });
});
