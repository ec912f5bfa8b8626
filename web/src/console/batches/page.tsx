// The report of a bulk act, with the rows behind each number.
import { Anchor, Paper, SegmentedControl, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, Navigate, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';

import { BatchOutcomesDocument, type BatchOutcomeKind, type BatchOutcomesQuery } from '../../gql/graphql';
import { paged } from '../api';
import { Go } from '../parts/go';
import { Listed, type Shown } from '../parts/listed';
import { Page } from '../parts/page';
import { Empty, Failed, Unknown, Waiting } from '../parts/trouble';
import { moment } from '../parts/words';
import { actOf, type Batch, BatchActs, BatchProgress, useBatch } from './progress';
import { outcomes } from './search';

export function BatchPage() {
  const { id } = useParams({ from: '/shell/migrations/batches/$id' });
  const { batch, error } = useBatch(id);
  if (batch === null) return <Unknown />;
  if (!batch) return error ? <Failed error={error} /> : <Waiting />;
  if (batch.kind === 'IMPORT') return <Navigate to="/old-system/imports/$id" params={{ id }} replace />;
  return <Report key={id} batch={batch} />;
}

function Report({ batch }: { batch: Batch }) {
  const navigate = useNavigate();
  const { outcome } = useSearch({ from: '/shell/migrations/batches/$id' });
  return (
    <Page title={actOf(batch)}>
      <Text size="sm" c="dimmed">
        Started by {batch.startedBy.name}, {moment(batch.createdAt)}
        {batch.finishedAt && `; finished ${moment(batch.finishedAt)}`}.{' '}
        {batch.retryOf && (
          <Anchor component={Link} size="sm" to={`/migrations/batches/${batch.retryOf.id}`}>
            Tries the failed ones of this again
          </Anchor>
        )}
      </Text>
      <Paper withBorder p="md">
        <Stack>
          <BatchProgress batch={batch} shown={outcome} replace />
          <BatchActs
            batch={batch}
            onRetried={(id) => void navigate({ to: '/migrations/batches/$id', params: { id } })}
          />
        </Stack>
      </Paper>
      <Rows batch={batch} shown={outcome} />
    </Page>
  );
}

type Row = NonNullable<BatchOutcomesQuery['batch']>['outcomes']['nodes'][number];

interface About {
  id: string;
  to: string;
  tenant: { name: string; email?: string | null; phone?: string | null };
  plan: { name: string };
  location: { name: string };
}

function about({ invitation, submission, legacyMembership: legacy }: Row): About | null {
  if (invitation) {
    const { recipientName: name, recipientPhone: phone, tenant } = invitation;
    return {
      ...invitation,
      to: `/migrations/invitations/${invitation.id}`,
      tenant: { ...tenant, name, phone },
    };
  }
  if (submission) return { ...submission, to: `/submissions/${submission.id}` };
  if (!legacy) return null;
  return {
    id: legacy.id,
    to: `/old-system/list/${legacy.id}`,
    tenant: { name: legacy.name, email: legacy.emails[0] ?? null, phone: legacy.phones[0] ?? null },
    plan: legacy.plan ?? { name: legacy.planName },
    location: legacy.location,
  };
}

const columns: Shown<Row>[] = [
  {
    title: 'Tenant',
    cell: (row) => {
      const of = about(row);
      if (!of) return null;
      return (
        <div>
          <Go to={of.to}>{of.tenant.name}</Go>
          <Text size="xs" c="dimmed">
            {of.tenant.email ?? of.tenant.phone}
          </Text>
        </div>
      );
    },
  },
  { title: 'Studio', cell: (row) => about(row)?.plan.name },
  { title: 'Location', cell: (row) => about(row)?.location.name },
  {
    title: 'Outcome',
    cell: ({ outcome, reason, message }) => (
      <div>
        {outcomes[outcome]}
        {(message || reason) && (
          <Text size="xs" c="dimmed">
            {message || reason}
          </Text>
        )}
      </div>
    ),
  },
];

function Rows({ batch, shown }: { batch: Batch; shown: BatchOutcomeKind | undefined }) {
  const navigate = useNavigate({ from: '/migrations/batches/$id' });
  const rows = useInfiniteQuery({
    ...paged(
      BatchOutcomesDocument,
      { id: batch.id, first: 50, outcomes: shown && [shown] },
      ({ batch }) => batch?.outcomes ?? { pageInfo: { hasNextPage: false } },
    ),
    refetchInterval: batch.finishedAt ? false : 5_000,
  });
  // The last look may have been before the last rows settled.
  const { refetch } = rows;
  useEffect(() => {
    if (batch.finishedAt) void refetch();
  }, [batch.finishedAt, refetch]);
  return (
    <Stack gap="sm">
      <SegmentedControl
        aria-label="Rows"
        value={shown ?? ''}
        onChange={(value) =>
          void navigate({
            search: { outcome: (value || undefined) as BatchOutcomeKind | undefined },
            replace: true,
            resetScroll: false,
          })
        }
        data={[
          { value: '', label: 'All' },
          ...Object.entries(outcomes).map(([value, label]) => ({ value, label })),
        ]}
      />
      <Listed
        label="Rows"
        pages={rows}
        nodes={({ batch }) => batch?.outcomes.nodes ?? []}
        columns={columns}
        id={(row) => about(row)?.id ?? row.outcome}
        empty={<Empty title="No rows" />}
      />
    </Stack>
  );
}
