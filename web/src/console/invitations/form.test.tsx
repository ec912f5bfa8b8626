import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, describe, expect, it } from 'vitest';

import { InsuranceChoicesDocument, type PlanChoiceFragment, PlanChoicesDocument } from '../../gql/graphql';
import { Played } from '../played';
import { blank, type Draft } from './draft';
import { Form } from './form';

const usd = (amount: string) => ({ amount, currency: 'USD' });

const studio = (name: string): PlanChoiceFragment => ({
  id: `pln_${name}`,
  name,
  kind: 'STUDIO',
  isOffered: true,
  cardPrice: usd('129.00'),
  achPrice: usd('125.00'),
});

function Held({ begin }: { begin: Draft }) {
  const [draft, setDraft] = useState(begin);
  const change = (part: Partial<Draft>) => setDraft((old) => ({ ...old, ...part }));
  return <Form draft={draft} change={change} refused={{}} fixedRecipient creates />;
}

const box = (name: RegExp) => screen.getByRole('combobox', { name });
const shown = () =>
  screen
    .queryAllByRole('option')
    .map(({ textContent }) => textContent)
    .filter((text) => !text.startsWith('Day'));

afterEach(() => Played.end());

describe('the form of an invitation', () => {
  it("offers no studio of another location while that one's are awaited", async () => {
    const api = new Played()
      .on(PlanChoicesDocument, ({ locationId }) =>
        locationId === 'loc_denver' ? { plans: { nodes: [studio('Denver 12')] } } : new Promise(() => {}),
      )
      .show(<Held begin={blank('loc_denver')} />);
    fireEvent.click(box(/^Studio/));
    await waitFor(() => expect(shown()).toEqual(['Denver 12 · $129.00']));
    fireEvent.click(box(/^Location/));
    act(() => screen.getByRole('option', { name: 'Boston' }).click());
    await waitFor(() =>
      expect(api.asked(PlanChoicesDocument).some(({ locationId }) => locationId === 'loc_boston')).toBe(true),
    );
    fireEvent.click(box(/^Studio/));
    await screen.findByText('Searching…');
    expect(shown()).toEqual([]);
  });

  it('keeps what was found while it searches on at one location', async () => {
    new Played()
      .on(PlanChoicesDocument, ({ search }) =>
        search ? new Promise(() => {}) : { plans: { nodes: [studio('Denver 12')] } },
      )
      .show(<Held begin={blank('loc_denver')} />);
    fireEvent.click(box(/^Studio/));
    await waitFor(() => expect(shown()).toEqual(['Denver 12 · $129.00']));
    fireEvent.change(box(/^Studio/), { target: { value: 'Den' } });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(shown()).toEqual(['Denver 12 · $129.00']);
  });

  it("names its steps and the lines of its preview by the help page's words", () => {
    new Played()
      .on(InsuranceChoicesDocument, () => ({ insurancePlans: { nodes: [] } }))
      .show(
        <Held
          begin={{
            ...blank('loc_denver'),
            plan: studio('Denver 12'),
            insurance: { id: 'ins_1', name: 'Gear cover', price: usd('15.00') },
          }}
        />,
      );
    for (const name of [
      '1. Enter Tenant Details',
      '2. Configure Pricing',
      '3. Add Insurance (Optional)',
      '4. Review and Create',
    ])
      screen.getByRole('group', { name });
    const lines = within(screen.getByRole('table', { name: 'Monthly Total Preview' }))
      .getAllByRole('row')
      .slice(1)
      .map((row) => [...row.children].map(({ textContent }) => textContent));
    expect(lines).toEqual([
      ['Studio price per month · Denver 12', '$129.00', '$125.00'],
      ['Insurance price per month · Gear cover', '$15.00', '$15.00'],
      ['Total monthly amount', '$144.00', '$140.00'],
    ]);
  });
});
