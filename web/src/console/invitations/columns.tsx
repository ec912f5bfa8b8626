// The columns of the list.
import { Anchor, Badge, Box, Group, Text, Tooltip } from '@mantine/core';
import { IconMailX, IconMessageCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

import type { InvitationRowFragment, InvitationSort } from '../../gql/graphql';
import type { Column } from '../grid/grid';
import { InvitationState } from '../parts/state';
import { Studio } from '../parts/studio';
import { momentDay, money } from '../parts/words';
import type { InvitationSearch } from './search';

type Columns = Column<InvitationRowFragment, InvitationSort>[];

export const columnsOf = (menu: (row: InvitationRowFragment) => ReactNode): Columns => [
  {
    title: 'Tenant',
    sort: 'TENANT',
    width: 'minmax(10rem, 2.2fr)',
    cell: (row) => <Tenant row={row} menu={menu(row)} />,
  },
  {
    title: 'Studio',
    sort: 'PLAN',
    width: 'minmax(6.5rem, 1.2fr)',
    cell: ({ plan, unit }) => <Studio plan={plan} unit={unit} />,
  },
  {
    title: 'Location',
    sort: 'LOCATION',
    width: 'minmax(6.5rem, 1.2fr)',
    cell: ({ location }) => location.name,
  },
  {
    title: 'Card $',
    sort: 'CARD_PRICE',
    width: '5.2rem',
    end: true,
    cell: ({ cardPrice }) => money(cardPrice),
  },
  {
    title: 'ACH $',
    sort: 'ACH_PRICE',
    width: '5.2rem',
    end: true,
    cell: ({ achPrice }) => achPrice && money(achPrice),
  },
  {
    title: 'Insurance',
    sort: 'INSURANCE',
    width: '6.1rem',
    end: true,
    cell: ({ insurancePlan }) => insurancePlan && money(insurancePlan.price),
  },
  { title: 'Anchor', sort: 'ANCHOR_DAY', width: '5rem', cell: ({ anchorDay }) => `Day ${anchorDay}` },
  {
    title: 'Status',
    sort: 'STATUS',
    width: 'minmax(6.2rem, 0.9fr)',
    cell: ({ status, isExpired, smsSentAt }) => (
      <Group gap={6}>
        <InvitationState status={status} />
        {smsSentAt && (
          <Tooltip label="Got a text">
            <IconMessageCheck size={15} aria-label="Got a text" />
          </Tooltip>
        )}
        {isExpired && (status === 'PENDING' || status === 'SENT') && (
          <Badge size="xs" variant="default">
            Link expired
          </Badge>
        )}
      </Group>
    ),
  },
  {
    title: 'Created',
    sort: 'CREATED_AT',
    first: 'DESC',
    width: '6.4rem',
    cell: ({ createdAt }) => momentDay(createdAt),
  },
];

function Tenant({
  row: { id, recipientName, recipientPhone, tenant, deliveryFailed },
  menu,
}: {
  row: InvitationRowFragment;
  menu: ReactNode;
}) {
  return (
    <>
      <Group gap={6} wrap="nowrap">
        <Anchor
          component={Link}
          to={`/migrations/invitations/${id}`}
          search={((old: InvitationSearch) => old) as never}
          resetScroll={false}
          tabIndex={-1}
          size="sm"
          fw={600}
          c="inherit"
          miw={0}
        >
          {recipientName}
        </Anchor>
        {deliveryFailed && (
          <Tooltip label="The last message did not arrive">
            <IconMailX size={15} aria-label="The last message did not arrive" style={{ flex: 'none' }} />
          </Tooltip>
        )}
        <Box ms="auto">{menu}</Box>
      </Group>
      <Text size="xs" c="dimmed">
        {tenant.email}
      </Text>
      <Text size="xs" c="dimmed">
        {recipientPhone}
      </Text>
    </>
  );
}
