import { Table } from '@mantine/core';

import { money } from '../console/parts/words';
import type { MonthlyFragment } from '../gql/graphql';

/** The price, line by line. */
export function Monthly({ of }: { of: MonthlyFragment }) {
  return (
    <Table
      aria-label="Monthly price"
      withRowBorders={false}
      verticalSpacing={6}
      horizontalSpacing={0}
      fz="md"
    >
      <Table.Tbody>
        {of.lines.map(({ kind, description, amount }) => (
          <Table.Tr key={kind + description}>
            <Table.Th scope="row" fw={400}>
              {description}
            </Table.Th>
            <Table.Td ta="end" className="amount">
              {money(amount)}
            </Table.Td>
          </Table.Tr>
        ))}
        <Table.Tr fw={700}>
          <Table.Th scope="row">Every month</Table.Th>
          <Table.Td ta="end" className="amount">
            {money(of.total)}
          </Table.Td>
        </Table.Tr>
      </Table.Tbody>
    </Table>
  );
}
