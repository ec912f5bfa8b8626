// What can be done with the selected rows.
import { Button } from '@mantine/core';
import { IconMail, IconMessage } from '@tabler/icons-react';
import { useState } from 'react';

import type { InvitationCountQuery, InvitationFilter, MessageChannel } from '../../gql/graphql';
import { SelectionBar } from '../grid/bar';
import type { Selection } from '../grid/selection';
import { SendDialog, type Target } from './send';

interface Props {
  selection: Selection;
  filter: InvitationFilter;
  matching: InvitationCountQuery['invitations'] | undefined;
  loaded: number;
}

export function BulkBar({ selection, filter, matching, loaded }: Props) {
  const [sending, setSending] = useState<{ channel: MessageChannel; target: Target } | null>(null);
  const target: Target = selection.all ? { filter } : { ids: selection.ids };
  return (
    <>
      <SelectionBar
        label="With the selected invitations"
        selection={selection}
        matching={matching}
        loaded={loaded}
      >
        {(disabled) => (
          <>
            <Button
              size="sm"
              disabled={disabled}
              leftSection={<IconMail size={16} aria-hidden />}
              onClick={() => setSending({ channel: 'EMAIL', target })}
            >
              Send Selected
            </Button>
            <Button
              size="sm"
              variant="default"
              disabled={disabled}
              leftSection={<IconMessage size={16} aria-hidden />}
              onClick={() => setSending({ channel: 'SMS', target })}
            >
              Send SMS
            </Button>
          </>
        )}
      </SelectionBar>
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
