import { fireEvent, screen } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, expect, it, vi } from 'vitest';

import type { EvidenceViewFragment, InvitationViewFragment, SubmissionViewFragment } from '../../gql/graphql';
import { Acts } from '../invitations/acts';
import { SendDialog } from '../invitations/send';
import { InviteDialog } from '../oldsystem/invite';
import { Played } from '../played';
import { Approve } from '../submissions/approve';
import { ApproveMany } from '../submissions/approvemany';
import { Signed } from '../submissions/evidence';
import { SignInAgain } from './signin';

const submission = { id: 'sub_1', tenant: { name: 'Ann' }, plan: { name: 'Gold' } } as SubmissionViewFragment;
const evidence = { terms: { language: 'EN', body: 'You agree.' }, signedAt: '2026-11-28T17:00:00Z' };
const closed = vi.fn();

/** Dialogs in which nothing is typed, and what opens those that are not open yet. */
const dialogs: [title: string | RegExp, part: ReactNode, open?: string][] = [
  ['Send SMS', <SendDialog key="s" channel="SMS" target={{ ids: ['inv_1'] }} onClose={closed} />],
  ['Approve Selected', <ApproveMany key="m" chosen={{ ids: ['sub_1'] }} onClose={closed} />],
  ['Approve Ann, Gold', <Approve key="a" submission={submission} close={closed} />],
  ['Create invitations', <InviteDialog key="i" target={{ ids: ['leg_1'] }} onClose={closed} />],
  [
    "Copy the tenant's link",
    <Acts
      key="c"
      invitation={{ id: 'inv_1', canRenewLink: true } as InvitationViewFragment}
      onGone={closed}
    />,
    'Copy link',
  ],
  [/The terms/, <Signed key="e" evidence={evidence as EvidenceViewFragment} />, 'Read the terms'],
];

afterEach(() => {
  Played.end();
  closed.mockClear();
});

it.each(dialogs)(
  'Escape in the question to come in again leaves "%s" beneath it open',
  async (name, part, open) => {
    const { again } = new Played().show(part);
    if (open) fireEvent.click(screen.getByRole('button', { name: open }));
    await screen.findByRole('dialog', { name });
    again(
      <>
        {part}
        <SignInAgain email="max@example.com" />
      </>,
    );
    await screen.findByRole('dialog', { name: 'Sign in' });
    fireEvent.keyDown(document.activeElement!, { key: 'Escape' });
    expect(closed).not.toHaveBeenCalled();
    expect(screen.getByRole('dialog', { name })).toBeTruthy();
    again(part);
    fireEvent.keyDown(document.activeElement!, { key: 'Escape' });
    if (!open) expect(closed).toHaveBeenCalledTimes(1);
  },
);
