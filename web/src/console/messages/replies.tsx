// Texts that came back. Whatever STOP, START and HELP ask for is done by itself; the rest is for a person to read.
import { Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';

import { HandleTextReplyDocument, type ReplyRowFragment, TextRepliesDocument } from '../../gql/graphql';
import { ask } from '../../shared/ask';
import { paged, refusals, stale } from '../api';
import { Some } from '../parts/filters';
import { focusPage } from '../parts/focus';
import { Go } from '../parts/go';
import { Listed, type Shown } from '../parts/listed';
import { Empty, Failed, Refused } from '../parts/trouble';
import { moment } from '../parts/words';
import type { TabProps } from './page';
import { repliesOf } from './search';
import { replyKinds } from './words';

const ofKind = Object.entries(replyKinds).map(([value, label]) => ({ value, label }));

export function Replies({ search, change }: TabProps) {
  const pages = useInfiniteQuery({
    ...paged(TextRepliesDocument, { first: 50, ...repliesOf(search) }, ({ textReplies }) => textReplies),
    refetchInterval: 15_000,
  });
  const handle = useMutation({
    mutationFn: async ({ id }: ReplyRowFragment) =>
      (await ask(HandleTextReplyDocument, { input: { id } })).handleTextReply,
    onSuccess: ({ userErrors }, { phone }) =>
      userErrors.length === 0 &&
      notifications.show({ message: `The text from ${phone} is marked as handled.` }),
    onSettled: async () => {
      await stale();
      focusPage();
    },
  });
  const columns: Shown<ReplyRowFragment>[] = [
    {
      title: 'From',
      cell: ({ phone, tenants }) => (
        <Stack gap={0}>
          {tenants.map(({ id, name }) => (
            <Go key={id} to="/migrations/invitations" search={{ search: name }}>
              {name}
            </Go>
          ))}
          <Text size="sm" c={tenants.length > 0 ? 'dimmed' : undefined}>
            {phone}
          </Text>
        </Stack>
      ),
    },
    {
      title: 'Text',
      cell: ({ body }) => (
        <Text size="sm" maw={640} style={{ whiteSpace: 'pre-wrap' }}>
          {body}
        </Text>
      ),
    },
    { title: 'Kind', cell: ({ kind }) => replyKinds[kind] },
    { title: 'Received', cell: ({ receivedAt }) => moment(receivedAt) },
    {
      title: 'Handled',
      cell: ({ handledAt, handledBy }) =>
        handledAt && (
          <Text size="sm">
            {handledBy?.name ?? 'By itself'}, {moment(handledAt)}
          </Text>
        ),
    },
    {
      title: 'What to do',
      acts: true,
      cell: (row) =>
        !row.handledAt && (
          <Button
            size="xs"
            variant="default"
            loading={handle.isPending && handle.variables.id === row.id}
            onClick={() => handle.mutate(row)}
            aria-label={`Mark the text from ${row.phone} as handled`}
          >
            Mark as handled
          </Button>
        ),
    },
  ];
  const waiting = search.handled === undefined;
  return (
    <Stack gap="sm">
      <Group gap="sm">
        <SegmentedControl
          aria-label="Text replies"
          value={search.handled ?? 'no'}
          onChange={(value) => change({ handled: value === 'no' ? undefined : value })}
          data={[
            { value: 'no', label: 'To handle' },
            { value: 'yes', label: 'Handled' },
            { value: 'all', label: 'All' },
          ]}
        />
        <Some label="Kind" of={ofKind} value={search.kind} onChange={(kind) => change({ kind })} />
      </Group>
      {handle.isError && <Failed error={handle.error} />}
      <Refused message={Object.values(refusals(handle.data?.userErrors ?? [])).join(' ') || undefined} />
      <Listed
        label="Text replies"
        pages={pages}
        nodes={({ textReplies }) => textReplies.nodes}
        columns={columns}
        id={({ id }) => id}
        empty={
          waiting && !search.kind ? (
            <Empty title="Every text reply was handled">New ones appear here by themselves.</Empty>
          ) : (
            <Empty title="No text replies of this kind" />
          )
        }
      />
    </Stack>
  );
}
