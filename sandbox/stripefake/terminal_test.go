package stripefake_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/stripe/stripe-go/v76"
)

func TestReader(t *testing.T) {
	t.Parallel()
	begin := func(t *testing.T) (*testBundle, *stripe.TerminalReader, *stripe.SetupIntent) {
		b := setup(t)
		r, err := b.api.TerminalReaders.New(&stripe.TerminalReaderParams{RegistrationCode: stripe.String("simulated-wpe"), Label: stripe.String("Desk")})
		require.NoError(t, err)
		si, err := b.api.SetupIntents.New(&stripe.SetupIntentParams{
			Customer: stripe.String(b.customer().ID), PaymentMethodTypes: []*string{stripe.String("card_present")},
		})
		require.NoError(t, err)
		params := &stripe.TerminalReaderProcessSetupIntentParams{SetupIntent: stripe.String(si.ID)}
		params.AddExtra("allow_redisplay", "always")
		r, err = b.api.TerminalReaders.ProcessSetupIntent(r.ID, params)
		require.NoError(t, err)
		require.Equal(t, stripe.TerminalReaderActionStatusInProgress, r.Action.Status)
		return b, r, si
	}
	press := func(b *testBundle, r *stripe.TerminalReader, button string, form url.Values) *stripe.TerminalReader {
		status, body := b.post("/sandbox/readers/"+r.ID+"/"+button, "", form)
		require.Equal(b, http.StatusOK, status, body)
		r, err := b.api.TerminalReaders.Get(r.ID, nil)
		require.NoError(b, err)
		return r
	}

	t.Run("PresentedCardCanBeChargedLater", func(t *testing.T) {
		t.Parallel()
		b, r, si := begin(t)
		r = press(b, r, "present", url.Values{})
		require.Equal(t, stripe.TerminalReaderActionStatusSucceeded, r.Action.Status)
		params := &stripe.SetupIntentParams{}
		params.AddExpand("latest_attempt")
		si, err := b.api.SetupIntents.Get(si.ID, params)
		require.NoError(t, err)
		card := si.LatestAttempt.PaymentMethodDetails.CardPresent.GeneratedCard
		require.NotEqual(t, card.ID, si.PaymentMethod.ID)
		saved, err := b.api.PaymentMethods.Get(card.ID, nil)
		require.NoError(t, err)
		require.Equal(t, si.Customer.ID, saved.Customer.ID, "Stripe attaches it to the intent's customer")
		b.products()
		sub, err := b.api.Subscriptions.New(order(si.Customer.ID, card.ID, 2500))
		require.NoError(t, err)
		require.Equal(t, stripe.SubscriptionStatusActive, sub.Status)
		_, err = b.api.PaymentMethods.Attach(si.PaymentMethod.ID, &stripe.PaymentMethodAttachParams{Customer: stripe.String(si.Customer.ID)})
		require.Error(t, err)
	})

	t.Run("AWalletMayGiveNoCard", func(t *testing.T) {
		t.Parallel()
		b, r, si := begin(t)
		press(b, r, "present", url.Values{"wallet": {"true"}})
		params := &stripe.SetupIntentParams{}
		params.AddExpand("latest_attempt")
		si, err := b.api.SetupIntents.Get(si.ID, params)
		require.NoError(t, err)
		require.Equal(t, stripe.SetupIntentStatusSucceeded, si.Status)
		require.Nil(t, si.LatestAttempt.PaymentMethodDetails.CardPresent.GeneratedCard)
	})

	t.Run("DeclineCancelUnplug", func(t *testing.T) {
		t.Parallel()
		for button, code := range map[string]string{
			"decline": "card_declined", "cancel": "customer_canceled", "unplug": "connection_error",
		} {
			b, r, si := begin(t)
			r = press(b, r, button, url.Values{})
			require.Equal(t, stripe.TerminalReaderActionStatusFailed, r.Action.Status)
			require.Equal(t, code, r.Action.FailureCode)
			got, err := b.api.SetupIntents.Get(si.ID, nil)
			require.NoError(t, err)
			require.Equal(t, stripe.SetupIntentStatusRequiresPaymentMethod, got.Status)
		}
	})

	t.Run("ErrBusyOfflineConsent", func(t *testing.T) {
		t.Parallel()
		b, r, si := begin(t)
		params := &stripe.TerminalReaderProcessSetupIntentParams{SetupIntent: stripe.String(si.ID)}
		_, err := b.api.TerminalReaders.ProcessSetupIntent(r.ID, params)
		require.Equal(t, "customer_consent_collected", stripeError(t, err).Param)
		params.CustomerConsentCollected = stripe.Bool(true)
		_, err = b.api.TerminalReaders.ProcessSetupIntent(r.ID, params)
		require.Equal(t, stripe.ErrorCode("terminal_reader_busy"), stripeError(t, err).Code)
		press(b, r, "unplug", url.Values{})
		_, err = b.api.TerminalReaders.ProcessSetupIntent(r.ID, params)
		require.Equal(t, stripe.ErrorCode("terminal_reader_offline"), stripeError(t, err).Code)
		press(b, r, "plug", url.Values{})
		_, err = b.api.TerminalReaders.ProcessSetupIntent(r.ID, params)
		require.NoError(t, err)
	})
}

func TestTerminalLocations(t *testing.T) {
	t.Parallel()
	b := setup(t)
	larimer := func() *stripe.TerminalLocationParams {
		return &stripe.TerminalLocationParams{DisplayName: stripe.String("Larimer"), Address: &stripe.AddressParams{
			Country: stripe.String("US"), Line1: stripe.String("1512 Larimer St"), City: stripe.String("Denver"),
			State: stripe.String("CO"), PostalCode: stripe.String("80202"),
		}}
	}
	made, err := b.api.TerminalLocations.New(larimer())
	require.NoError(t, err)
	require.Regexp(t, "^tml_", made.ID)
	read, err := b.api.TerminalLocations.Get(made.ID, nil)
	require.NoError(t, err)
	require.Equal(t, "Larimer", read.DisplayName)
	require.Equal(t, "Denver", read.Address.City)
	other, err := b.api.TerminalLocations.New(larimer())
	require.NoError(t, err)
	listed := b.api.TerminalLocations.List(&stripe.TerminalLocationListParams{ListParams: stripe.ListParams{Limit: stripe.Int64(1)}})
	var ids []string
	for listed.Next() {
		ids = append(ids, listed.TerminalLocation().ID)
	}
	require.NoError(t, listed.Err())
	require.Equal(t, []string{other.ID, made.ID}, ids)

	t.Run("ReadersStandThere", func(t *testing.T) {
		t.Parallel()
		params := &stripe.TerminalReaderParams{RegistrationCode: stripe.String("simulated-wpe"), Location: &made.ID}
		params.AddExpand("location")
		r, err := b.api.TerminalReaders.New(params)
		require.NoError(t, err)
		require.Equal(t, "Larimer", r.Location.DisplayName)
		require.Equal(t, "simulated-wpe", r.Label)
		for location, want := range map[string]int{made.ID: 1, other.ID: 0} {
			readers := b.api.TerminalReaders.List(&stripe.TerminalReaderListParams{Location: &location})
			found := 0
			for readers.Next() {
				found++
			}
			require.NoError(t, readers.Err())
			require.Equal(t, want, found)
		}
	})

	t.Run("ErrRefused", func(t *testing.T) {
		t.Parallel()
		for want, spoil := range map[string]func(*stripe.TerminalLocationParams){
			"display_name":     func(p *stripe.TerminalLocationParams) { p.DisplayName = nil },
			"address":          func(p *stripe.TerminalLocationParams) { p.Address = nil },
			"address[city]":    func(p *stripe.TerminalLocationParams) { p.Address.City = nil },
			"address[state]":   func(p *stripe.TerminalLocationParams) { p.Address.State = nil },
			"address[country]": func(p *stripe.TerminalLocationParams) { p.Address.Country = stripe.String("Denver") },
		} {
			p := larimer()
			spoil(p)
			_, err := b.api.TerminalLocations.New(p)
			require.Equal(t, want, stripeError(t, err).Param)
		}
		far := larimer()
		far.Address.Country = stripe.String("AQ")
		_, err := b.api.TerminalLocations.New(far)
		require.Equal(t, stripe.ErrorCodeTerminalLocationCountryUnsupported, stripeError(t, err).Code)
		_, err = b.api.TerminalLocations.Get("tml_nobody", nil)
		require.Equal(t, http.StatusNotFound, stripeError(t, err).HTTPStatusCode)
		_, err = b.api.TerminalReaders.New(&stripe.TerminalReaderParams{RegistrationCode: stripe.String("simulated-wpe"), Location: stripe.String("tml_nobody")})
		require.Equal(t, stripe.ErrorCodeResourceMissing, stripeError(t, err).Code)
		readers := b.api.TerminalReaders.List(&stripe.TerminalReaderListParams{Location: stripe.String("tml_nobody")})
		require.False(t, readers.Next())
		require.Equal(t, "location", stripeError(t, readers.Err()).Param)
	})
}
