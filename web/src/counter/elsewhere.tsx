// An old membership that another session has, or that nobody has to migrate any more: the way on, and the end of a session that nobody needs.
import { Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';

import { ActDialog } from '../console/parts/act';
import { type CandidateFragment, CloseSessionDocument } from '../gql/graphql';
import { ask } from '../shared/ask';
import type { Acting, Session } from './acting';

export interface Holder {
  /** The session on the screen. */
  session: Session;
  acting: Pick<Acting, 'act' | 'busy'>;
}

const close = async (id: string, reason: string) =>
  (await ask(CloseSessionDocument, { input: { id, reason } })).closeSession;

/** Nothing is lost by closing a session in which nobody has confirmed anything yet. */
const isEmpty = ({ migration }: Session) => !migration || migration.step === 'MATCH';

export function WayOn({ of, session, acting }: Holder & { of: CandidateFragment }) {
  const { act, busy } = acting;
  const navigate = useNavigate();
  const [ending, end] = useDisclosure();
  const empty = isEmpty(session);
  const other = of.sessionId;

  async function leave(reason: string, go: () => Promise<void>) {
    const closed = empty ? await act(() => close(session.id, reason)) : null;
    if (!empty || closed?.userErrors.length === 0) await go();
  }

  if (of.standing === 'MIGRATED' && empty)
    return (
      <Group mt="sm">
        <Button
          variant="default"
          loading={busy}
          onClick={() => void leave('The membership was migrated already.', () => navigate({ to: '/' }))}
        >
          Close this session
        </Button>
      </Group>
    );
  if (!other) return null;
  const there = () => navigate({ to: '/sessions/$id', params: { id: other } });
  return (
    <Group gap="sm" mt="sm">
      <Button loading={busy} onClick={() => void leave('The customer’s other session goes on.', there)}>
        {empty ? 'Go on there, and close this session' : 'Open that session'}
      </Button>
      <Button variant="default" disabled={busy} onClick={end.open}>
        End that one, and go on here
      </Button>
      {ending && (
        <ActDialog
          title="End the other session?"
          act="End that session"
          grave
          run={() => close(other, 'The customer goes on in another session.')}
          onClose={end.close}
        >
          <Text>
            What was entered there is forgotten, and a card that was given is used for nothing. Then {of.name}{' '}
            can be confirmed here.
          </Text>
        </ActDialog>
      )}
    </Group>
  );
}
