// The legacy match: the customer says which old membership is theirs.
import { Button, NativeSelect, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { asked, stale } from '../console/api';
import { Failed, Waiting } from '../console/parts/trouble';
import { money, plural } from '../console/parts/words';
import {
  type CandidateFragment,
  ConfirmLegacyMatchDocument,
  LegacyCandidatesDocument,
  type LegacyCandidatesQueryVariables,
} from '../gql/graphql';
import { ask } from '../shared/ask';
import { useAt, useRefusal } from './acting';
import { Candidate } from './candidate';
import { Heading } from './heading';
import { theOne } from './standing';

/** `leave`: back to where the migration stands, where another match is looked for. */
export function MatchStep({ leave }: { leave: (() => void) | undefined }) {
  const { session, migration } = useAt();
  const current = migration.legacy?.id;
  const candidates = session.candidates.filter(({ id }) => id !== current || !leave);
  const one = leave ? null : theOne(candidates);
  const [looking, setLooking] = useState(false);
  if (one && !looking)
    return (
      <Stack gap="lg">
        <Heading title="Is this you?">Show it to the customer, or read it out.</Heading>
        <Offered candidate={one} big />
        <Button variant="default" onClick={() => setLooking(true)}>
          Somebody else
        </Button>
        <Others of={candidates.filter(({ id }) => id !== one.id)} />
      </Stack>
    );
  return (
    <Stack gap="lg">
      <Heading title="Find the old membership">
        {candidates.length > 1
          ? 'Several may be it. Ask the customer, or look by something else.'
          : candidates.length > 0
            ? 'This one has the plate or tag. If it is another customer’s, look by something else.'
            : 'Nothing is known by the plate or tag. Look by anything that the customer knows.'}
      </Heading>
      {candidates.map((each) => (
        <Offered key={each.id} candidate={each} />
      ))}
      <Find />
      {leave && (
        <Button variant="default" onClick={leave}>
          Back to {migration.legacy?.name ?? 'the customer'}
        </Button>
      )}
      {!leave && one && (
        <Button variant="default" onClick={() => setLooking(false)}>
          Back to {one.name}
        </Button>
      )}
    </Stack>
  );
}

function Others({ of }: { of: readonly CandidateFragment[] }) {
  if (of.length === 0) return null;
  return (
    <>
      <Text fw={600}>Also with this plate or tag</Text>
      {of.map((each) => (
        <Offered key={each.id} candidate={each} />
      ))}
    </>
  );
}

/** With That's Me where it can be migrated, and a plan to choose where nobody has said what the old one becomes. */
function Offered({ candidate, big = false }: { candidate: CandidateFragment; big?: boolean }) {
  const at = useAt();
  const { session, act, busy, matched } = at;
  const [planId, setPlanId] = useState('');
  const unmapped = candidate.standing === 'NO_PLAN';
  const [noPlan, forgetPlan] = useRefusal('planId', unmapped);
  if (!unmapped && candidate.standing !== 'MIGRATABLE')
    return <Candidate candidate={candidate} session={session} acting={at} />;
  const confirm = async () => {
    const confirmed = await act(async () => {
      const input = { sessionId: session.id, legacyMembershipId: candidate.id, ...(unmapped && { planId }) };
      return (await ask(ConfirmLegacyMatchDocument, { input })).confirmLegacyMatch;
    });
    if (confirmed?.userErrors.length === 0)
      matched(); // also where it is the one that was confirmed before
    else if (confirmed) void stale(); // what was found by looking may stand otherwise, too
  };
  return (
    <Candidate candidate={candidate} session={session} acting={at}>
      {unmapped && (
        <NativeSelect
          mt="md"
          label="Becomes here"
          data={[
            { value: '', label: 'Choose a plan' },
            ...session.plans.map(({ id, name, cardPrice }) => ({
              value: id,
              label: `${name}, ${money(cardPrice)} a month`,
            })),
          ]}
          value={planId}
          onChange={(e) => {
            forgetPlan();
            setPlanId(e.currentTarget.value);
          }}
          error={noPlan}
        />
      )}
      <Button
        mt="md"
        size={big ? 'xl' : 'lg'}
        fullWidth={big}
        loading={busy}
        disabled={unmapped && !planId}
        aria-label={big ? undefined : `That’s Me: ${candidate.name}`}
        onClick={() => void confirm()}
      >
        That’s Me
      </Button>
    </Candidate>
  );
}

type Sought = Omit<LegacyCandidatesQueryVariables, 'sessionId'>;

const fields = [
  ['plate', 'Plate'],
  ['rfid', 'Tag (RFID)'],
  ['memberNumber', 'Member number'],
  ['phone', 'Phone'],
  ['name', 'Name'],
] as const satisfies readonly (readonly [keyof Sought, string])[];

/** What is shown of what was found; the API answers one more, by which it is known that there are others. */
const most = 20;

function Find() {
  const { session } = useAt();
  const [typed, setTyped] = useState<Record<string, string>>({});
  const [sought, setSought] = useState<Sought | null>(null);
  const found = useQuery({
    ...asked(LegacyCandidatesDocument, { sessionId: session.id, ...sought }),
    enabled: sought !== null,
  });
  const all = sought && found.data?.legacyCandidates;
  const results = all?.slice(0, most);
  return (
    <Stack gap="md">
      <form
        onSubmit={(e) => {
          e.preventDefault();
          const known = fields
            .map(([name]) => [name, typed[name]?.trim()] as const)
            .filter(([, value]) => value);
          if (known.length > 0) setSought(Object.fromEntries(known));
        }}
      >
        <Stack gap="sm">
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            {fields.map(([name, label]) => (
              <TextInput
                key={name}
                label={label}
                autoComplete="off"
                spellCheck={false}
                maxLength={100}
                inputMode={name === 'phone' ? 'tel' : 'text'}
                value={typed[name] ?? ''}
                onChange={(e) => {
                  const { value } = e.currentTarget;
                  setTyped((held) => ({ ...held, [name]: value }));
                }}
              />
            ))}
          </SimpleGrid>
          <Button type="submit" loading={found.isFetching}>
            Find
          </Button>
        </Stack>
      </form>
      {found.isLoading && <Waiting label="Looking…" />}
      {found.error && <Failed error={found.error} again={() => void found.refetch()} />}
      <Text role="status" fw={600}>
        {results &&
          (all && all.length > most
            ? `The first ${most} memberships`
            : results.length > 0
              ? `${plural(results.length, 'membership')} found`
              : 'No old membership found')}
      </Text>
      {all && all.length > most && (
        <Text>There are more. Type more of the name, or look by a number that only this customer has.</Text>
      )}
      {results?.length === 0 && (
        <Text>
          Try fewer letters of the name, or the digits of another phone. Who has no membership in the old
          system has nothing to migrate: close the session, or discard the migration.
        </Text>
      )}
      {results?.map((each) => (
        <Offered key={each.id} candidate={each} />
      ))}
    </Stack>
  );
}
