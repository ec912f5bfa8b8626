// What can be done with the selected people of the old system.
import { IconMailPlus } from '@tabler/icons-react';
import { useState } from 'react';

import type { LegacyCountQuery, LegacyMembershipFilter } from '../../gql/graphql';
import { SelectionBar } from '../grid/bar';
import { mostIds, type Selection } from '../grid/selection';
import { Act } from '../invitations/act';
import { InviteDialog, type Target } from './invite';

interface Props {
  selection: Selection;
  filter: LegacyMembershipFilter;
  matching: LegacyCountQuery['legacyMemberships'] | undefined;
  loaded: number;
}

const most = `At most ${mostIds.toLocaleString('en-US')} one by one: narrow the filter and select all that match.`;

export function BulkBar({ selection, filter, matching, loaded }: Props) {
  const [target, setTarget] = useState<Target | null>(null);
  return (
    <>
      <SelectionBar
        label="With the selected people"
        selection={selection}
        matching={matching}
        loaded={loaded}
      >
        {(tooMany) => (
          <Act
            size="sm"
            variant="filled"
            why={tooMany && most}
            icon={<IconMailPlus size={16} aria-hidden />}
            onClick={() => setTarget(selection.all ? { filter } : { ids: selection.ids })}
          >
            Create invitations
          </Act>
        )}
      </SelectionBar>
      {target && (
        <InviteDialog
          target={target}
          onClose={(begun) => {
            setTarget(null);
            if (begun) selection.clear();
          }}
        />
      )}
    </>
  );
}
