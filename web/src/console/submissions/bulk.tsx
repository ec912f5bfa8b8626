// What can be done with the selected submissions.
import { Button } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useState } from 'react';

import type { SubmissionCountQuery, SubmissionFilter } from '../../gql/graphql';
import { SelectionBar } from '../grid/bar';
import type { Selection } from '../grid/selection';
import { ApproveMany, type Chosen } from './approvemany';

interface Props {
  selection: Selection;
  filter: SubmissionFilter;
  matching: SubmissionCountQuery['submissions'] | undefined;
  loaded: number;
}

export function BulkBar({ selection, filter, matching, loaded }: Props) {
  const [approving, setApproving] = useState<Chosen | null>(null);
  return (
    <>
      <SelectionBar
        label="With the selected submissions"
        selection={selection}
        matching={matching}
        loaded={loaded}
      >
        {(disabled) => (
          <Button
            size="sm"
            disabled={disabled}
            leftSection={<IconCheck size={16} aria-hidden />}
            onClick={() => setApproving(selection.all ? { filter } : { ids: selection.ids })}
          >
            Approve Selected
          </Button>
        )}
      </SelectionBar>
      {approving && (
        <ApproveMany
          chosen={approving}
          onClose={(begun) => {
            setApproving(null);
            if (begun) selection.clear();
          }}
        />
      )}
    </>
  );
}
