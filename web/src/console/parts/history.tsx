// What happened, in order, and who did it.
import { Text, Timeline } from '@mantine/core';

import type { EventLineFragment } from '../../gql/graphql';
import { happened, stateName } from './happened';
import { Empty } from './trouble';
import { moment } from './words';

const actors = {
  STAFF: 'Staff',
  TENANT: 'The tenant',
  SYSTEM: 'Carryover',
  INTEGRATION: 'A program',
} as const;

export function History({ events }: { events: readonly EventLineFragment[] }) {
  if (events.length === 0) return <Empty title="Nothing happened yet" />;
  return (
    <Timeline bulletSize={14} lineWidth={2} active={events.length}>
      {events.map(({ id, at, actorKind, actorName, subjectKind, action, before, after }) => (
        <Timeline.Item
          key={id}
          title={happened(subjectKind, action)}
          styles={{ itemTitle: { fontSize: 14 } }}
        >
          {after && after !== before && (
            <Text size="sm">
              {before && `${stateName(before)} → `}
              {stateName(after)}
            </Text>
          )}
          <Text size="xs" c="dimmed">
            {actorName ?? actors[actorKind]}, {moment(at)}
          </Text>
        </Timeline.Item>
      ))}
    </Timeline>
  );
}
