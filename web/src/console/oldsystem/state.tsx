import type { ComponentProps } from 'react';

import type { LegacyState } from '../../gql/graphql';
import { State } from '../parts/state';
import { states } from './words';

const tones: Record<LegacyState, ComponentProps<typeof State>['tone']> = {
  ACTIVE: 'green',
  PAUSED: 'yellow',
  PAST_DUE: 'red',
  CANCELLED: 'gray',
  CANCELLATION_RECORDED: 'gray',
};

/** What the old system says of somebody. */
export const ThereState = ({ state }: { state: LegacyState }) => (
  <State tone={tones[state]}>{states[state]}</State>
);
