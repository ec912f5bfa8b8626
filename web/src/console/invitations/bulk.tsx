// What can be done with the selected rows.
import { IconMail, IconMessage } from '@tabler/icons-react';
import { useState } from 'react';

import type { InvitationCountQuery, InvitationFilter, MessageChannel } from '../../gql/graphql';
import { SelectionBar } from '../grid/bar';
import { mostIds, type Selection } from '../grid/selection';
import { Act } from './act';
import { SendDialog, type Target } from './send';

interface Props {
  selection: Selection;
  filter: InvitationFilter;
  matching: InvitationCountQuery['invitations'] | undefined;
  loaded: number;
}

const most = `At most ${mostIds.toLocaleString('en-US')} one by one: narrow the filter and select all that match.`;

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
        {(tooMany) => (
          <>
            <Act
              size="sm"
              variant="filled"
              why={tooMany && most}
              icon={<IconMail size={16} aria-hidden />}
              onClick={() => setSending({ channel: 'EMAIL', target })}
            >
              Send Selected
            </Act>
            <Act
              size="sm"
              why={tooMany && most}
              icon={<IconMessage size={16} aria-hidden />}
              onClick={() => setSending({ channel: 'SMS', target })}
            >
              Send SMS
            </Act>
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
