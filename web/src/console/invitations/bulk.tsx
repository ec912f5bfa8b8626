// What can be done with the selected rows.
import { Anchor, Button, CloseButton, Group, Paper, Text } from '@mantine/core';
import { IconMail, IconMessage } from '@tabler/icons-react';
import { useState } from 'react';

import type { InvitationCountQuery, InvitationFilter, MessageChannel } from '../../gql/graphql';
import { mostIds, type Selection } from '../grid/selection';
import { count } from '../parts/words';
import { SendDialog, type Target } from './send';

interface Props {
  selection: Selection;
  filter: InvitationFilter;
  matching: InvitationCountQuery['invitations'] | undefined;
  loaded: number;
}

export function BulkBar({ selection, filter, matching, loaded }: Props) {
  const [sending, setSending] = useState<{ channel: MessageChannel; target: Target } | null>(null);
  const n = selection.ids.length;
  const total = matching?.totalCount ?? 0;
  const target: Target = selection.all ? { filter } : { ids: selection.ids };
  const tooMany = !selection.all && n > mostIds;
  return (
    <>
      {(selection.all || n > 0) && (
        <Paper
          withBorder
          shadow="md"
          p="xs"
          pos="sticky"
          bottom={8}
          role="region"
          aria-label="With the selected invitations"
          style={{ zIndex: 6 }}
        >
          <Group gap="sm" justify="space-between">
            <Group gap="xs">
              <CloseButton aria-label="Select nothing" onClick={selection.clear} />
              <Text size="sm" fw={600} role="status">
                {selection.all
                  ? `All ${count(total, matching?.totalCountPrecision)} that match are selected`
                  : `${n.toLocaleString('en-US')} selected`}
              </Text>
              {!selection.all && n >= loaded && total > n && (
                <Anchor component="button" type="button" size="sm" onClick={selection.selectAll}>
                  Select all {count(total, matching?.totalCountPrecision)} that match
                </Anchor>
              )}
              {tooMany && (
                <Text size="sm" c="dimmed">
                  At most {mostIds.toLocaleString('en-US')} one by one: narrow the filter and select all that
                  match.
                </Text>
              )}
            </Group>
            <Group gap="xs">
              <Button
                size="sm"
                disabled={tooMany}
                leftSection={<IconMail size={16} aria-hidden />}
                onClick={() => setSending({ channel: 'EMAIL', target })}
              >
                Send Selected
              </Button>
              <Button
                size="sm"
                variant="default"
                disabled={tooMany}
                leftSection={<IconMessage size={16} aria-hidden />}
                onClick={() => setSending({ channel: 'SMS', target })}
              >
                Send SMS
              </Button>
            </Group>
          </Group>
        </Paper>
      )}
      {sending && (
        <SendDialog
          {...sending}
          onClose={(sent) => {
            setSending(null);
            if (sent) selection.clear();
          }}
        />
      )}
    </>
  );
}
