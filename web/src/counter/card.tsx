// A card on file: on a reader of the location, or typed into Stripe's form. Nothing is charged.
import { Alert, Anchor, Button, Group, Loader, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCreditCard, IconKeyboard } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';

import { asked } from '../console/api';
import {
  CancelCardSetupDocument,
  CheckCardSetupDocument,
  type CardReaderFragment,
  ReadersDocument,
  type StartCardSetupInput,
  StartCardSetupDocument,
} from '../gql/graphql';
import { ask } from '../shared/ask';
import type { Started } from '../shared/paying';
import { Account } from './account';
import { hold, useAt, useEvery } from './acting';
import classes from './counter.module.css';
import { Heading } from './heading';
import { forgetReader, rememberedReader, rememberReader, rememberStandIn } from './search';
import { outOfReach } from './standing';
import { TypedCard } from './typed';
import { nothingToday } from './words';

/** How often a reader that waits is looked at, beside what arrives by itself. */
const pause = 2_000;

/** The acts of the step, which are the same on whatever it shows. */
export function useCard() {
  const { session, act } = useAt();
  const [started, setStarted] = useState<Started | null>(null);
  const input = { sessionId: session.id };
  const check = async () => (await ask(CheckCardSetupDocument, { input })).checkCardSetup;
  return {
    /** Stripe's form, where it was opened on this screen. */
    started,
    look: check,
    check: () => act(check),
    cancel: () => {
      setStarted(null);
      return act(async () => (await ask(CancelCardSetupDocument, { input })).cancelCardSetup);
    },
    /** `own`: the reader that this device remembers, as it stood when another one was chosen. */
    start: async (
      how: Omit<StartCardSetupInput, 'sessionId'>,
      own?: CardReaderFragment,
    ): Promise<Started | null> => {
      const begun = await act(async () => {
        return (await ask(StartCardSetupDocument, { input: { ...input, ...how } })).startCardSetup;
      });
      if (how.readerId && begun?.userErrors.length === 0) {
        if (own && own.id !== how.readerId && outOfReach(own)) rememberStandIn(session.id, how.readerId);
        else rememberReader(how.readerId);
      }
      const { clientSecret, publishableKey } = begun ?? {};
      const form = clientSecret && publishableKey ? { clientSecret, publishableKey } : null;
      setStarted(form);
      return form;
    },
  };
}

export function CardStep() {
  const { session, migration, busy, rematch } = useAt();
  const { card } = migration;
  const { started, look, check, cancel, start } = useCard();
  const waits = card.state === 'READER_WAITS';
  useEvery(waits && !busy, pause, look);
  // Somebody may have typed a card elsewhere, or come back from a bank's page: Stripe knows.
  const typedElsewhere = card.state === 'TYPING' && !started;
  const looked = useRef(false);
  useEffect(() => {
    if (!typedElsewhere || looked.current) return;
    looked.current = true;
    look()
      .then(({ session: now }) => now && hold(now))
      .catch(() => {}); // it can be looked at by the button, too
  }, [typedElsewhere, look]);

  if (waits)
    return (
      <Waits
        reader={card.reader}
        busy={busy}
        type={() => void start({ entry: 'TYPED' })}
        cancel={() => void cancel()}
      />
    );
  if (card.state === 'TYPING' && started)
    return (
      <Stack gap="lg">
        <Heading title="Type the card">{nothingToday}. The card is kept for the monthly price.</Heading>
        <TypedCard started={started} check={check} look={look} />
        <Button variant="default" onClick={() => void cancel()}>
          Cancel
        </Button>
      </Stack>
    );
  return (
    <Stack gap="lg">
      <Heading title="Add a card">{nothingToday}. The card is kept for the monthly price.</Heading>
      {card.problem && (
        <Alert
          role="alert"
          variant="outline"
          color="red"
          icon={<IconAlertTriangle />}
          title="No card was saved"
        >
          {card.problem}
        </Alert>
      )}
      {typedElsewhere && (
        <Alert
          variant="outline"
          color="blue"
          title="Stripe’s form was opened on another screen, or before a reload"
        >
          <Group gap="sm" mt="xs">
            <Button variant="default" loading={busy} onClick={() => void check()}>
              The card was saved there
            </Button>
          </Group>
        </Alert>
      )}
      <Ways
        at={session.location.id}
        typeFirst={card.offerTyping}
        start={(how, own) => void start(how, own)}
        busy={busy}
      />
      <Account />
      <Button variant="default" onClick={rematch}>
        Not {migration.legacy?.name ?? 'this customer'}? Match again
      </Button>
    </Stack>
  );
}

interface WaitsProps {
  reader: CardReaderFragment | null | undefined;
  busy: boolean;
  type: () => void;
  cancel: () => void;
}

function Waits({ reader, busy, type, cancel }: WaitsProps) {
  return (
    <Stack gap="lg">
      <Heading title="Hold the card to the reader">{nothingToday}.</Heading>
      <Group gap="md" className={classes.reader} wrap="nowrap">
        <Loader aria-hidden />
        <Text size="lg">
          <strong>{reader?.label ?? 'The reader'}</strong> asks for the card. The customer taps, inserts or
          swipes it.
        </Text>
      </Group>
      <Button
        variant="default"
        size="xl"
        leftSection={<IconKeyboard aria-hidden />}
        loading={busy}
        onClick={type}
      >
        Type the card instead
      </Button>
      <Button variant="default" disabled={busy} onClick={cancel}>
        Cancel
      </Button>
    </Stack>
  );
}

interface WaysProps {
  at: string;
  typeFirst: boolean;
  start: (how: Omit<StartCardSetupInput, 'sessionId'>, own?: CardReaderFragment) => void;
  busy: boolean;
}

function Ways({ at, typeFirst, start, busy }: WaysProps) {
  const found = useQuery({ ...asked(ReadersDocument, { at }), refetchInterval: 5_000 });
  const readers = found.data?.readers ?? [];
  const some = readers.some((each) => !outOfReach(each)) && !typeFirst;
  const [remembered, setRemembered] = useState(rememberedReader);
  const own = readers.find(({ id }) => id === remembered);
  const type = (
    <Button
      key="type"
      size="xl"
      variant={some ? 'default' : 'filled'}
      leftSection={<IconKeyboard aria-hidden />}
      loading={busy}
      onClick={() => start({ entry: 'TYPED' })}
    >
      Type the card
    </Button>
  );
  return (
    <>
      {typeFirst && type}
      {readers.map((reader) => (
        <Button
          key={reader.id}
          size="xl"
          variant={some ? 'filled' : 'default'}
          leftSection={<IconCreditCard aria-hidden />}
          disabled={outOfReach(reader) !== ''}
          loading={busy}
          onClick={() => start({ entry: 'READER', readerId: reader.id }, own)}
        >
          Reader {reader.label}
          {outOfReach(reader) && `: ${outOfReach(reader)}`}
        </Button>
      ))}
      {found.data && !readers.some((each) => !outOfReach(each)) && (
        <Text>
          {readers.length > 0
            ? 'No reader is free. One that is plugged in or done appears here by itself.'
            : 'No card reader stands at this location.'}
        </Text>
      )}
      {own && outOfReach(own) && some && (
        <Text>
          This device’s own reader is {own.label}. Another one stands in for it with this customer alone.{' '}
          <Anchor
            component="button"
            type="button"
            className={classes.target}
            onClick={() => {
              forgetReader();
              setRemembered(null);
            }}
          >
            {own.label} is not its own any more
          </Anchor>
        </Text>
      )}
      {!typeFirst && type}
    </>
  );
}
