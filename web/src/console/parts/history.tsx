// What happened, in order, and who did it.
import { Text, Timeline } from '@mantine/core';

import type { EventLineFragment } from '../../gql/graphql';
import { Empty } from './trouble';
import { moment, plain } from './words';

const actors = {
  STAFF: 'Staff',
  TENANT: 'The tenant',
  SYSTEM: 'Carryover',
  INTEGRATION: 'A program',
} as const;

/** "SENT" or "READY_FOR_APPROVAL" as words; what is no name of a state stays as it is. */
const state = (name: string) => (/^[A-Z_]+$/.test(name) ? plain(name) : name);

export function History({ events }: { events: readonly EventLineFragment[] }) {
  if (events.length === 0) return <Empty title="Nothing happened yet" />;
  return (
    <Timeline bulletSize={14} lineWidth={2} active={events.length}>
      {events.map(({ id, at, actorKind, actorName, action, before, after }) => (
        <Timeline.Item key={id} title={plain(action.toUpperCase())} styles={{ itemTitle: { fontSize: 14 } }}>
          {after && after !== before && (
            <Text size="sm">
              {before && `${state(before)} → `}
              {state(after)}
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
