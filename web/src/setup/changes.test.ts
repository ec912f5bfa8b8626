import { describe, expect, it } from 'vitest';

import { changes } from './changes';
import { anOffer, usd } from './testing';

describe('changes', () => {
  const before = anOffer();

  it('finds none where only the digest differs', () => {
    expect(changes(before, anOffer({ digest: 'digest-2' }))).toEqual([]);
  });

  it('finds a new price', () => {
    const now = anOffer({ card: { ...before.card, total: usd('139.00') } });
    expect(changes(before, now)).toEqual([{ what: 'card', before: usd('129.00'), now: usd('139.00') }]);
  });

  it('finds that bank accounts are not taken any more', () => {
    expect(changes(before, anOffer({ ach: null }))).toEqual([
      { what: 'ach', before: usd('119.00'), now: null },
    ]);
  });

  it('finds a new billing day and new terms', () => {
    const now = anOffer({ anchorDay: 1, terms: { ...before.terms, id: 'terms-2' } });
    expect(changes(before, now)).toEqual([{ what: 'anchorDay', before: 15, now: 1 }, { what: 'terms' }]);
  });
});
