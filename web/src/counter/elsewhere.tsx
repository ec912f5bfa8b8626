// An old membership that another session has, or that nobody has to migrate any more: the way on, and the end of a session that nobody needs.
import { Button, Group, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';

import { stale } from '../console/api';
import { ActDialog } from '../console/parts/act';
import { type CandidateFragment, CloseSessionDocument, type CloseSessionInput } from '../gql/graphql';
import { ask } from '../shared/ask';
import type { Acting, Session } from './acting';

export interface Holder {
  /** The session on the screen. */
  session: Session;
  acting: Pick<Acting, 'act' | 'busy'>;
}

/** What has changed since it was shown is looked at by the API: somebody may have gone on there. */
const close = async (input: CloseSessionInput) => (await ask(CloseSessionDocument, { input })).closeSession;

/** Nothing is lost by closing a session in which nobody has confirmed anything yet. */
const isEmpty = ({ migration }: Session) => !migration || migration.step === 'MATCH';

export function WayOn({ of, session, acting }: Holder & { of: CandidateFragment }) {
  const { act, busy } = acting;
  const navigate = useNavigate();
  const [ending, end] = useState<string | null>(null); // the session, as it was when it was chosen
  const empty = isEmpty(session);
  const other = of.sessionId;

  // The way is a part of the act, which may be tried again.
  async function leave(reason: string, go: () => Promise<void>) {
    if (!empty) return go();
    const closed = await act(async () => {
      const answer = await close({ id: session.id, reason, onlyUnconfirmed: true });
      if (answer.userErrors.length === 0) await go();
      return answer;
    });
    if (closed?.userErrors.length) await stale();
  }

  const there = (id: string) => () => navigate({ to: '/sessions/$id', params: { id } });
  return (
    <>
      {of.standing === 'MIGRATED' && empty ? (
        <Group mt="sm">
          <Button
            variant="default"
            loading={busy}
            onClick={() => void leave('The membership was migrated already.', () => navigate({ to: '/' }))}
          >
            Close this session
          </Button>
        </Group>
      ) : other ? (
        <Group gap="sm" mt="sm">
          <Button
            loading={busy}
            onClick={() => void leave('The customer’s other session goes on.', there(other))}
          >
            {empty ? 'Go on there, and close this session' : 'Open that session'}
          </Button>
          <Button variant="default" disabled={busy} onClick={() => end(other)}>
            End that one, and go on here
          </Button>
        </Group>
      ) : null}
      {ending && (
        <ActDialog
          title="End the other session?"
          act="End that session"
          grave
          run={() =>
            close({
              id: ending,
              reason: 'The customer goes on in another session.',
              legacyMembershipId: of.id,
            })
          }
          onClose={() => end(null)}
        >
          <Text>
            What was entered there is forgotten, and a card that was given is used for nothing. Then {of.name}{' '}
            can be confirmed here.
          </Text>
        </ActDialog>
      )}
    </>
  );
}
