import { describe, expect, it } from 'vitest';

import type { InvitationViewFragment } from '../../gql/graphql';
import { blank, type Draft, draftOf, keptOf, offerOf, phoneOf } from './draft';

const usd = (amount: string) => ({ amount, currency: 'USD' });

const invitation = {
  location: { id: 'loc_1' },
  tenant: { id: 'ten_1', name: 'Ann Archer', phone: '+13035550123' },
  plan: { id: 'pln_1', cardPrice: usd('129.00'), achPrice: usd('125.00') },
  unit: '',
  anchorDay: 1,
  cardPrice: usd('100.00'),
  achPrice: usd('125.00'),
} as unknown as InvitationViewFragment;

describe('an offer that is saved again', () => {
  const again = (own: Partial<InvitationViewFragment>) => {
    const { cardPrice, achPrice } = offerOf(draftOf({ ...invitation, ...own }));
    return { cardPrice, achPrice };
  };

  it.each([
    [{ cardPriceOverride: usd('100.00') }, { cardPrice: usd('100.00'), achPrice: undefined }],
    [{ achPriceOverride: usd('95.00') }, { cardPrice: undefined, achPrice: usd('95.00') }],
    [
      { cardPriceOverride: usd('100.00'), achPriceOverride: usd('95.00') },
      { cardPrice: usd('100.00'), achPrice: usd('95.00') },
    ],
    [{}, { cardPrice: undefined, achPrice: undefined }],
  ])('has the prices of its own that it had, and no other: %o', (own, saved) => {
    expect(again(own)).toEqual(saved);
  });
});

describe('the phone number of somebody who was entered as new', () => {
  const typed: Draft = { ...blank('loc_1'), isNew: true, phone: '+1 303 555 0199' };
  const who = (phone: string | null) => ({ id: 'ten_1', phone });

  it('is written where none is on file', () => {
    expect(phoneOf(typed, who(null))).toMatchObject({ id: 'ten_1', phone: '+1 303 555 0199' });
    expect(keptOf(typed, who(null))).toBeNull();
  });

  it('takes no other one away, which is said', () => {
    expect(phoneOf(typed, who('+13035550123'))).toBeNull();
    expect(keptOf(typed, who('+13035550123'))).toBe('+13035550123');
  });

  it('is as it was typed for whoever is new indeed', () => {
    expect(keptOf(typed, who('+13035550199'))).toBeNull();
    expect(keptOf({ ...typed, phone: '+44 (0)20 7946 0018' }, who('+442079460018'))).toBeNull();
    expect(keptOf({ ...typed, phone: '' }, who('+13035550123'))).toBeNull();
    expect(phoneOf({ ...typed, phone: '' }, who(null))).toBeNull();
  });
});

describe('the phone number of somebody who is known', () => {
  const known = draftOf(invitation);

  it('is written where it was changed, also to none', () => {
    expect(phoneOf(known, invitation.tenant)).toBeNull();
    expect(phoneOf({ ...known, phone: '+1 303 555 0199' }, invitation.tenant)).toMatchObject({
      id: 'ten_1',
      phone: '+1 303 555 0199',
    });
    expect(phoneOf({ ...known, phone: '' }, invitation.tenant)).toEqual({ id: 'ten_1', phone: '' });
    expect(keptOf({ ...known, phone: '+1 303 555 0199' }, invitation.tenant)).toBeNull();
  });
});
