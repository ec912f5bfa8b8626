// A session of which nothing is begun: who may stand there, and the way in.
import { Button, Stack, Text } from '@mantine/core';

import { moment } from '../console/parts/words';
import { StartCounterMigrationDocument } from '../gql/graphql';
import { ask } from '../shared/ask';
import type { Acting, Session } from './acting';
import { Candidate } from './candidate';
import { Heading } from './heading';

export function Begin({ session, acting }: { session: Session; acting: Acting }) {
  const { act, busy } = acting;
  const { plate, rfid, candidates, canMigrate, openedAt, gate, openedBy } = session;
  const begin = () =>
    act(async () => {
      const begun = await ask(StartCounterMigrationDocument, { input: { sessionId: session.id } });
      return begun.startCounterMigration;
    });
  const by = gate || openedBy?.name;
  return (
    <Stack gap="lg">
      <Heading title={plate || rfid ? `At the gate: ${plate || rfid}` : 'At the gate'}>
        Opened {moment(openedAt)}
        {by && ` by ${by}`}.
      </Heading>
      {candidates.length === 0 ? (
        <Text>
          {plate || rfid
            ? 'No old membership has this plate or tag. It can still be found by another way.'
            : 'Nothing is known of the customer yet. The next step finds the old membership.'}
        </Text>
      ) : (
        candidates.map((each) => (
          <Candidate key={each.id} candidate={each} session={session} acting={acting} />
        ))
      )}
      <Button size="xl" fullWidth disabled={!canMigrate} loading={busy} onClick={() => void begin()}>
        Migrate Membership
      </Button>
    </Stack>
  );
}
