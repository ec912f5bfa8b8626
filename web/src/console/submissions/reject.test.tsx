import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';

import {
  InsuranceChoicesDocument,
  PlanChoicesDocument,
  RejectSubmissionDocument,
  type SubmissionViewFragment,
} from '../../gql/graphql';
import { Played } from '../played';
import { Reject } from './reject';

vi.mock('@tanstack/react-router', () => ({ useBlocker: () => ({ status: 'idle' }) }));

const usd = (amount: string) => ({ amount, currency: 'USD' });

const submission = {
  id: 'sbm_1',
  tenant: { name: 'Ann Archer' },
  location: { id: 'loc_denver' },
  invitation: {
    id: 'inv_1',
    cardPriceOverride: usd('100.00'),
    achPriceOverride: null,
    insurancePlan: null,
  },
  plan: {
    id: 'pln_1',
    name: 'Studio 12',
    kind: 'STUDIO',
    isOffered: true,
    cardPrice: usd('129.00'),
    achPrice: usd('125.00'),
  },
  unit: '',
  anchorDay: 1,
  cardPrice: usd('100.00'),
  achPrice: usd('120.00'),
  canReject: true,
  canClose: true,
} as unknown as SubmissionViewFragment;

const open = (s: SubmissionViewFragment) =>
  new Played()
    .on(PlanChoicesDocument, () => ({ plans: { nodes: [] } }))
    .on(InsuranceChoicesDocument, () => ({ insurancePlans: { nodes: [] } }))
    .on(RejectSubmissionDocument, ({ input }) => ({
      rejectSubmission: {
        warnings: [],
        userErrors: input.reason
          ? [{ code: 'INVALID', field: ['newOffer', 'unit'], message: 'At most 60 characters.' }]
          : [{ code: 'REQUIRED', field: ['reason'], message: 'Say why: the tenant reads it.' }],
      },
    }))
    .show(<Reject submission={s} begin="again" onClose={() => {}} />);

const ways = () => screen.getAllByRole('radio').map((each) => (each as HTMLInputElement).value);

afterEach(() => Played.end());

describe('turning a submission down', () => {
  it('offers another offer only in the place of an invitation', () => {
    open({ ...submission, invitation: null });
    expect(ways()).toEqual(['again', 'close']);
  });

  it('leaves the price that follows the plan to the plan', async () => {
    const api = open(submission);
    expect(ways()).toEqual(['again', 'offer', 'close']);
    act(() => screen.getByRole('radio', { name: /^Make a corrected offer/ }).click());
    act(() => screen.getByRole('button', { name: 'Reject with a corrected offer' }).click());
    await waitFor(() => expect(api.asked(RejectSubmissionDocument)).toHaveLength(1));
    const { newOffer } = api.asked(RejectSubmissionDocument)[0]!.input;
    expect(newOffer).toMatchObject({ cardPrice: usd('100.00') });
    expect(newOffer).not.toHaveProperty('achPrice');
  });

  it('leads to the field that was refused, and leaves whoever types on where they are', async () => {
    open(submission);
    act(() => screen.getByRole('radio', { name: /^Make a corrected offer/ }).click());
    const send = screen.getByRole('button', { name: 'Reject with a corrected offer' });
    const reason = screen.getByLabelText(/^Reason/);
    const unit = screen.getByLabelText(/^Unit/);
    send.focus();
    act(() => send.click());
    await screen.findByText('Say why: the tenant reads it.');
    expect(document.activeElement).toBe(reason);
    fireEvent.change(reason, { target: { value: 'Another bay' } });
    act(() => send.click());
    await screen.findByText('At most 60 characters.');
    expect(document.activeElement).toBe(unit);
    reason.focus();
    fireEvent.change(reason, { target: { value: 'Another bay, please' } });
    expect(document.activeElement).toBe(reason);
  });
});
