// A message as its recipient would get it.
import { Accordion, Box, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { type Language, type MessageChannel, PreviewMessageDocument } from '../../gql/graphql';
import { asked } from '../api';
import { Failed, Refused, Waiting } from '../parts/trouble';
import { plural } from '../parts/words';

interface Props {
  channel: MessageChannel;
  invitationId: string;
}

/** `to`: whose message it is. */
export function MessagePreview({ to, ...props }: Props & { to: string }) {
  return (
    <Accordion variant="contained" keepMounted={false} order={3}>
      <Accordion.Item value="message">
        <Accordion.Control>Preview the message to {to}</Accordion.Control>
        <Accordion.Panel>
          <Message {...props} />
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  );
}

function Message({ channel, invitationId }: Props) {
  const [language, setLanguage] = useState<Language | ''>('');
  const preview = useQuery(
    asked(PreviewMessageDocument, { channel, invitationId, language: language || undefined }),
  );
  const held = preview.data?.previewMessage;
  return (
    <Stack gap="sm">
      <SegmentedControl
        size="xs"
        aria-label="Language"
        value={language}
        onChange={(value) => setLanguage(value)}
        data={[
          { value: '', label: "Tenant's language" },
          { value: 'EN', label: 'English' },
          { value: 'ES', label: 'Español' },
        ]}
      />
      {preview.isPending && <Waiting />}
      {preview.isError && <Failed error={preview.error} again={() => void preview.refetch()} />}
      {held && <Refused message={held.userErrors.map(({ message }) => message).join(' ') || undefined} />}
      {held?.email && (
        <>
          <Text size="sm">
            <Text span c="dimmed">
              From
            </Text>{' '}
            {held.email.from}
            <br />
            <Text span c="dimmed">
              Subject
            </Text>{' '}
            <Text span fw={600}>
              {held.email.subject}
            </Text>
          </Text>
          <Letter html={held.email.html} />
        </>
      )}
      {held?.text && (
        <>
          <Box p="sm" bg="var(--row-selected)" style={{ borderRadius: 16, whiteSpace: 'pre-wrap' }}>
            {held.text.body}
          </Box>
          <Group gap="xs">
            <Text size="xs" c="dimmed">
              {plural(held.text.characters, 'character')},{' '}
              {held.text.encoding === 'GSM_7' ? 'GSM-7' : 'UCS-2'}, {plural(held.text.segments, 'segment')}
            </Text>
          </Group>
        </>
      )}
    </Stack>
  );
}

/** The email in a frame of its own, without scripts. The page's policy keeps styles out that are written into markup, so they are set by hand. */
function Letter({ html }: { html: string }) {
  const show = (frame: HTMLIFrameElement | null) => {
    const inside = frame?.contentDocument;
    if (!frame || !inside) return;
    const letter = new DOMParser().parseFromString(
      html.replace(/<(\/?)style\b/gi, '<$1template').replace(/(<[a-z][^<>]*?\s)style=/gi, '$1data-style='),
      'text/html',
    );
    const sheets = [...letter.querySelectorAll('template')].map(({ content }) => content.textContent ?? '');
    letter.querySelectorAll('template, script').forEach((each) => each.remove());
    inside.body.replaceChildren(...letter.body.childNodes);
    inside.querySelectorAll<HTMLElement>('[data-style]').forEach((each) => {
      each.style.cssText = each.dataset['style'] ?? '';
    });
    const Sheet = (frame.contentWindow as (Window & typeof globalThis) | null)?.CSSStyleSheet;
    if (Sheet)
      inside.adoptedStyleSheets = sheets.map((text) => {
        const sheet = new Sheet();
        sheet.replaceSync(text);
        return sheet;
      });
    inside.querySelectorAll('a').forEach((each) => each.removeAttribute('href')); // it opens nothing
  };
  return (
    <Box
      component="iframe"
      ref={show}
      title="The email"
      sandbox="allow-same-origin"
      w="100%"
      h={420}
      bg="white"
      style={{
        border: '1px solid var(--mantine-color-default-border)',
        borderRadius: 8,
        colorScheme: 'light',
      }}
    />
  );
}
