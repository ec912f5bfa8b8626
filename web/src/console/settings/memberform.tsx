import { MultiSelect, Select, TextInput } from '@mantine/core';

import type { StaffRole } from '../../gql/graphql';
import type { Refusals } from '../api';
import { roles } from '../parts/words';
import { useMe } from '../shell/me';

export interface MemberDraft {
  name: string;
  role: StaffRole;
  locationIds: string[];
}

/** An ADMIN has every location, and the API refuses a list of them. */
export const asInput = ({ name, role, locationIds }: MemberDraft) => ({
  name,
  role,
  locationIds: role === 'ADMIN' ? [] : locationIds,
});

const meanings: Record<StaffRole, string> = {
  ADMIN: 'Everything, at every location.',
  MANAGER: 'Invites, sends and approves at managed locations.',
  ATTENDANT: 'Migrates customers at the counter of own locations.',
};

interface Props {
  draft: MemberDraft;
  change: (part: Partial<MemberDraft>) => void;
  refused: Refusals;
}

export function MemberFields({ draft, change, refused }: Props) {
  const { locations } = useMe();
  return (
    <>
      <TextInput
        label="Name"
        required
        maxLength={120}
        data-autofocus
        value={draft.name}
        onChange={(e) => change({ name: e.currentTarget.value })}
        error={refused['name']}
      />
      <Select
        label="Role"
        description={meanings[draft.role]}
        data={Object.entries(roles).map(([value, label]) => ({ value, label }))}
        allowDeselect={false}
        value={draft.role}
        onChange={(role) => role && change({ role: role as StaffRole })}
        error={refused['role']}
      />
      {draft.role !== 'ADMIN' && (
        <MultiSelect
          label="Locations"
          withAsterisk
          data={locations.map(({ id, name }) => ({ value: id, label: name }))}
          value={draft.locationIds}
          onChange={(locationIds) => change({ locationIds })}
          searchable
          hidePickedOptions
          nothingFoundMessage="Nothing of that name"
          error={refused['locationIds']}
        />
      )}
    </>
  );
}
