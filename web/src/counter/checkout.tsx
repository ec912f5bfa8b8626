// The card is on file; Checkout looks at the old record again, and fixes what is signed next.
import { Alert, Button, Stack, TextInput } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useState } from 'react';

import { day } from '../console/parts/words';
import { CancelCardSetupDocument, CheckoutDocument } from '../gql/graphql';
import { ask } from '../shared/ask';
import { dayOfMonth } from '../shared/format';
import { useAt } from './acting';
import { Heading } from './heading';
import { Lines } from './lines';
import { Monthly } from './monthly';
import { nothingToday } from './words';

export function CheckoutStep() {
  const { session, migration, act, busy, refused } = useAt();
  const { legacy, offer, card } = migration;
  const [nextBillingOn, setNext] = useState('');
  const sessionId = session.id;
  const checkout = () =>
    act(async () => {
      const input = { sessionId, ...(nextBillingOn && { nextBillingOn }) };
      return (await ask(CheckoutDocument, { input })).checkout;
    });
  const asksDay = !!offer?.problem || refused['nextBillingOn'] !== undefined || nextBillingOn !== '';
  return (
    <Stack gap="lg">
      <Heading title="Checkout">{nothingToday}. The billing day stays as it was.</Heading>
      {offer && <Monthly of={offer.monthly} />}
      <Lines
        of={[
          ['Card', card.label],
          ['Billing day', offer && `${dayOfMonth(offer.anchorDay, 'EN')} of each month`],
          ['Next bill in the old system', legacy?.nextBillingOn && day(legacy.nextBillingOn)],
          ['First charge here', offer?.firstChargeOn && day(offer.firstChargeOn)],
        ]}
      />
      {asksDay && (
        <>
          {offer?.problem && (
            <Alert variant="outline" color="yellow" icon={<IconInfoCircle />} title="Look at the old record">
              {offer.problem}
            </Alert>
          )}
          <TextInput
            type="date"
            label="Next billing date, as the old system shows it now"
            value={nextBillingOn}
            onChange={(e) => setNext(e.currentTarget.value)}
            error={refused['nextBillingOn']}
          />
        </>
      )}
      <Button size="xl" fullWidth loading={busy} onClick={() => void checkout()}>
        Checkout
      </Button>
      <OtherCard />
    </Stack>
  );
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
