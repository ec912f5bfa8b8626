import type { BatchOutcomeKind } from '../../gql/graphql';
import { oneOf, type Raw } from '../parts/search';

export const outcomes: Record<BatchOutcomeKind, string> = {
  SUCCEEDED: 'Succeeded',
  SKIPPED: 'Skipped',
  FAILED: 'Failed',
  PENDING: 'Pending',
};

export interface BatchSearch {
  /** The rows that are shown; none: all. */
  outcome?: BatchOutcomeKind | undefined;
}

export const readBatchSearch = (raw: Raw): BatchSearch => ({
  outcome: oneOf(raw, 'outcome', Object.keys(outcomes) as BatchOutcomeKind[]),
});
