// Everybody who works here or did. For administrators.
import { Button, Group, Select, Stack, Text } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { type MemberRowFragment, StaffMembersDocument } from '../../gql/graphql';
import { paged } from '../api';
import { Locations, Search, Some } from '../parts/filters';
import { Listed, type Shown } from '../parts/listed';
import { Go } from '../parts/go';
import { Empty } from '../parts/trouble';
import { ago, roles } from '../parts/words';
import { InviteDialog } from './invite';
import { Member } from './member';
import { MemberState } from './memberstate';
import type { TabProps } from './page';
import { membersOf } from './search';

const ofRole = Object.entries(roles).map(([value, label]) => ({ value, label }));

export function Staff({ search, change }: TabProps) {
  const [inviting, setInviting] = useState(false);
  const pages = useInfiniteQuery(
    paged(StaffMembersDocument, { first: 50, filter: membersOf(search) }, ({ staffMembers }) => staffMembers),
  );
  const held = pages.data?.pages.flatMap(({ staffMembers }) => staffMembers.nodes);
  const columns: Shown<MemberRowFragment>[] = [
    {
      title: 'Name',
      cell: ({ staff }) => (
        <Stack gap={0}>
          <Go to="/settings" search={{ ...search, member: staff.id }}>
            {staff.name}
          </Go>
          <Text size="sm" c="dimmed">
            {staff.email}
          </Text>
        </Stack>
      ),
    },
    { title: 'Role', cell: ({ staff }) => roles[staff.role] },
    {
      title: 'Locations',
      cell: ({ staff, locations }) =>
        staff.role === 'ADMIN' ? 'All' : locations.map(({ name }) => name).join(', '),
    },
    { title: 'State', cell: (member) => <MemberState member={member} /> },
    { title: 'Last here', cell: ({ lastSeenAt }) => (lastSeenAt ? ago(lastSeenAt) : 'Never') },
  ];
  const shown = search.member && held?.find(({ staff }) => staff.id === search.member);
  if (shown) return <Member member={shown} search={search} onGone={() => change({ member: undefined })} />;
  return (
    <Stack gap="sm">
      <Group gap="sm" role="search" aria-label="Staff">
        <Search
          value={search.search}
          placeholder="Search a name or email"
          onChange={(value) => change({ search: value })}
        />
        <Some label="Role" of={ofRole} value={search.role} onChange={(role) => change({ role })} />
        <Locations value={search.location} onChange={(location) => change({ location })} />
        <Select
          aria-label="Active"
          data={[
            { value: 'yes', label: 'Active' },
            { value: 'no', label: 'Deactivated' },
            { value: 'all', label: 'Everybody' },
          ]}
          allowDeselect={false}
          value={search.active ?? 'yes'}
          onChange={(active) => change({ active: active === 'yes' ? undefined : (active as 'no' | 'all') })}
          flex="0 1 150px"
          miw={130}
        />
        <Button leftSection={<IconUserPlus size={16} aria-hidden />} onClick={() => setInviting(true)}>
          Invite somebody
        </Button>
      </Group>
      <Listed
        label="Staff"
        pages={pages}
        nodes={({ staffMembers }) => staffMembers.nodes}
        columns={columns}
        id={({ staff }) => staff.id}
        empty={
          <Empty title="Nobody matches">Look among those who are deactivated, or invite somebody.</Empty>
        }
      />
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
    </Stack>
  );
}
