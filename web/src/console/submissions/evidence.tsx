// What the tenant signed, and how: kept as it was then.
import { Button, Code, Group, Image, Modal, Paper, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useRef } from 'react';

import type { EvidenceViewFragment } from '../../gql/graphql';
import { useClose } from '../parts/close';
import { FactList, Section } from '../parts/facts';
import { moment } from '../parts/words';

export function Signed({ evidence: e }: { evidence: EvidenceViewFragment }) {
  const [reading, { open, close }] = useDisclosure();
  const within = useRef<HTMLDivElement>(null);
  const { leave } = useClose({ dirty: false, close, within });
  return (
    <Section
      title="Evidence"
      side={
        <Button size="xs" variant="default" onClick={open}>
          Read the terms
        </Button>
      }
    >
      <Signature evidence={e} />
      <FactList
        of={[
          ['Signed', moment(e.signedAt)],
          ['Terms', `Version ${e.terms.version}, ${e.terms.language === 'ES' ? 'Spanish' : 'English'}`],
          ['IP address', e.ip],
          ['Browser', e.userAgent],
          ['Mandate at Stripe', e.mandateId],
          ['SHA-256 of the terms', <Code key="h">{e.termsHash}</Code>],
        ]}
      />
      {e.mandate && (
        <div>
          <Text size="xs" c="dimmed">
            Authorization of debits that was accepted
          </Text>
          <Text size="sm" style={{ whiteSpace: 'pre-wrap' }}>
            {e.mandate}
          </Text>
        </div>
      )}
      <Modal
        opened={reading}
        onClose={leave}
        title={`The terms as they were signed, version ${e.terms.version}`}
        size="lg"
      >
        <Text ref={within} size="sm" lang={e.terms.language.toLowerCase()} style={{ whiteSpace: 'pre-wrap' }}>
          {e.terms.body}
        </Text>
        <Group justify="flex-end" mt="md">
          <Button onClick={close}>Close</Button>
        </Group>
      </Modal>
    </Section>
  );
}

/** On white in both themes: a drawing is of dark ink. */
function Signature({
  evidence: { signatureKind, signatureImage, signatureName },
}: {
  evidence: EvidenceViewFragment;
}) {
  if (signatureKind === 'DRAWN' && signatureImage)
    return (
      <Paper withBorder p="xs" bg="white" radius="md">
        <Image
          src={`data:image/png;base64,${signatureImage}`}
          alt={`Signature drawn by ${signatureName}`}
          mah={120}
          w="auto"
          fit="contain"
        />
      </Paper>
    );
  return (
    <div>
      <Text size="xs" c="dimmed">
        Signature, typed
      </Text>
      <Text fs="italic" size="xl">
        {signatureName}
      </Text>
    </div>
  );
}
