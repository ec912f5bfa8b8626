// The card is on file; Checkout looks at the old record again, and fixes what is signed next.
import { Alert, Button, Stack, TextInput } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useState } from 'react';

import { day } from '../console/parts/words';
import { CancelCardSetupDocument, CheckoutDocument } from '../gql/graphql';
import { ask } from '../shared/ask';
import { dayOfMonth } from '../shared/format';
import { type Migration, useAt, useRefusal } from './acting';
import { Heading } from './heading';
import { Lines } from './lines';
import { Monthly } from './monthly';
import { nothingToday } from './words';

export function CheckoutStep() {
  const { session, migration, act, busy } = useAt();
  const [noDay, forgetDay] = useRefusal('nextBillingOn');
  const { legacy, offer, card } = migration;
  const [nextBillingOn, setNext] = useState('');
  const sessionId = session.id;
  const checkout = () =>
    act(async () => {
      const input = { sessionId, ...(nextBillingOn && { nextBillingOn }) };
      return (await ask(CheckoutDocument, { input })).checkout;
    });
  const problem = offer?.problem ?? '';
  const [wrongDay, setWrongDay] = useState(false); // then the field stays, to be corrected or emptied
  if (noDay !== undefined && !wrongDay) setWrongDay(true);
  const asksDay = (!!offer && !offer.firstChargeOn) || wrongDay || nextBillingOn !== '';
  return (
    <Stack gap="lg">
      <Heading title="Checkout">
        {nothingToday}. {offer?.firstChargeOn && billingDay(offer)}
      </Heading>
      {offer?.warning && (
        <Alert
          role="alert"
          variant="outline"
          color="yellow"
          icon={<IconInfoCircle />}
          title="Before it is signed"
        >
          {offer.warning}
        </Alert>
      )}
      {migration.step === 'TERMS' && !problem && (
        <Alert
          role="alert"
          variant="outline"
          color="yellow"
          icon={<IconInfoCircle />}
          title="Something has changed"
        >
          Nothing was signed. Tap Checkout to see what holds now.
        </Alert>
      )}
      {offer && <Monthly of={offer.monthly} />}
      <Lines
        of={[
          ['Card', card.label],
          ['Billing day', offer && `${dayOfMonth(offer.anchorDay, 'EN')} of each month`],
          ['Next bill in the old system', legacy?.nextBillingOn && day(legacy.nextBillingOn)],
          ['First charge here', offer?.firstChargeOn && day(offer.firstChargeOn)],
        ]}
      />
      {problem && (
        <Alert
          role="alert"
          variant="outline"
          color="yellow"
          icon={<IconInfoCircle />}
          title={asksDay ? 'Look at the old record' : 'It cannot be migrated any more'}
        >
          {problem}
        </Alert>
      )}
      {asksDay && (
        <TextInput
          type="date"
          label="Next billing date, as the old system shows it now"
          value={nextBillingOn}
          onChange={(e) => {
            forgetDay();
            setNext(e.currentTarget.value);
          }}
          error={noDay}
        />
      )}
      <Button size="xl" fullWidth loading={busy} onClick={() => void checkout()}>
        Checkout
      </Button>
      <OtherCard />
    </Stack>
  );
}

type Days = Pick<NonNullable<Migration['offer']>, 'anchorDay' | 'oldBillingDay'>;

/** Stripe keeps the day of the first charge: a month that is too short for the old one moves it for good. */
export function billingDay({ anchorDay, oldBillingDay }: Days): string {
  if (anchorDay === oldBillingDay) return 'The billing day stays as it was.';
  const [old, now] = [dayOfMonth(oldBillingDay, 'EN'), dayOfMonth(anchorDay, 'EN')];
  return `The old system bills on ${old}. The month of the first charge is too short for that: here it is ${now}, and stays so. Tell the customer.`;
}

/** Forgets the card that is on file, so that another one can be given. */
export function OtherCard() {
  const { session, migration, act, busy } = useAt();
  return (
    <Button
      variant="default"
      disabled={busy}
      onClick={() =>
        void act(async () => {
          return (await ask(CancelCardSetupDocument, { input: { sessionId: session.id } })).cancelCardSetup;
        })
      }
    >
      {migration.card.label ? `Use another card than ${migration.card.label}` : 'Use another card'}
    </Button>
  );
}
