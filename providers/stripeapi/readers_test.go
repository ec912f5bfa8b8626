package stripeapi_test

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/stripe/stripe-go/v76/webhook"

	"carryover/migration"
	"carryover/providers/stripeapi"
	"carryover/queries"
	"carryover/sandbox/stripefake"
)

// newReader is a counter with one reader.
func (b *sandbox) newReader(t *testing.T) (place, reader string) {
	t.Helper()
	place, _ = b.ask(t, "/v1/terminal/locations", url.Values{"display_name": {"Larimer"}, "address[country]": {"US"}, "address[state]": {"CO"},
		"address[city]": {"Denver"}, "address[line1]": {"1512 Larimer St"}, "address[postal_code]": {"80202"}})["id"].(string)
	return place, b.anotherReader(t, place, "Counter 1")
}

func (b *sandbox) anotherReader(t *testing.T, place, label string) string {
	t.Helper()
	id, ok := b.ask(t, "/v1/terminal/readers", url.Values{"registration_code": {"simulated-wpe"}, "label": {label}, "location": {place}})["id"].(string)
	require.True(t, ok)
	return id
}

func readerRequest(customer string) migration.SetupIntentRequest {
	r := setupRequest(queries.PaymentMethodTypeCard)
	r.CustomerID = customer
	return r
}

// counter is a reader that asks for a card, and the intent that it is for.
type counter struct {
	*sandbox
	place, reader, customer string
	intent                  migration.SetupIntent
}

func startCounter(t *testing.T) *counter {
	t.Helper()
	c := &counter{sandbox: startSandbox(t)}
	c.place, c.reader = c.newReader(t)
	c.customer = c.newCustomer(t)
	var err error
	c.intent, err = c.OpenReaderIntent(t.Context(), readerRequest(c.customer))
	require.NoError(t, err)
	require.NoError(t, c.AskReader(t.Context(), c.reader, c.intent.ID))
	require.Equal(t, migration.ReaderAction{State: migration.ReaderInProgress, SetupIntentID: c.intent.ID}, c.read(t).Action)
	return c
}

func (c *counter) press(t *testing.T, button string, form url.Values) {
	t.Helper()
	status, answer := c.browse(t, "/sandbox/readers/"+c.reader+"/"+button, form)
	require.Equal(t, http.StatusOK, status, "%v", answer)
}

func (c *counter) read(t *testing.T) migration.CardReader {
	t.Helper()
	read, err := c.ReaderByID(t.Context(), c.reader)
	require.NoError(t, err)
	return read
}

func (c *counter) readIntent(t *testing.T) migration.SetupIntent {
	t.Helper()
	read, err := c.SetupIntent(t.Context(), c.intent.ID)
	require.NoError(t, err)
	return read
}

func TestCardAtTheReader(t *testing.T) {
	t.Parallel()
	c := startCounter(t)
	require.Equal(t, migration.SetupOpen, c.intent.State)
	require.Equal(t, queries.PaymentMethodTypeCard, c.intent.Method)
	require.Equal(t, invitationID, c.intent.InvitationID)
	typed := c.open(t, c.customer, queries.PaymentMethodTypeCard)
	require.NotEqual(t, c.intent.ID, typed.ID, "the browser's intent is another")
	again, err := c.OpenReaderIntent(t.Context(), readerRequest(c.customer))
	require.NoError(t, err)
	require.NotEqual(t, c.intent.ID, again.ID, "so is that of another asking")

	c.press(t, "present", url.Values{"card": {"pm_card_mastercard"}})
	require.Equal(t, migration.ReaderAction{State: migration.ReaderSucceeded, SetupIntentID: c.intent.ID}, c.read(t).Action)
	read := c.readIntent(t)
	require.Equal(t, migration.SetupSucceeded, read.State)
	require.Equal(t, queries.PaymentMethodTypeCard, read.Method)
	require.Equal(t, migration.PaymentMethod{
		ID: read.PaymentMethod.ID, CustomerID: c.customer, Type: queries.PaymentMethodTypeCard, Label: "Mastercard ending 4444",
	}, read.PaymentMethod)

	r := currentMonth()
	r.CustomerID, r.PaymentMethodID = c.customer, read.PaymentMethod.ID
	for _, item := range r.Items {
		require.NoError(t, c.EnsureProduct(t.Context(), item.ProductID, "Monthly parking"))
	}
	_, err = c.CreateSubscription(t.Context(), "approval-1", r)
	require.NoError(t, err)
	require.Equal(t, []int64{14400}, c.charged(), "what was read can be charged")

	next, err := c.OpenReaderIntent(t.Context(), readerRequest(c.customer))
	require.NoError(t, err)
	require.NotEqual(t, c.intent.ID, next.ID, "a finished one is never offered again")
}

func TestReaderGivesNoCard(t *testing.T) {
	t.Parallel()
	c := startCounter(t)
	c.press(t, "present", url.Values{"wallet": {"true"}})
	require.Equal(t, migration.ReaderSucceeded, c.read(t).Action.State)
	read := c.readIntent(t)
	require.Equal(t, migration.SetupSucceeded, read.State)
	require.Equal(t, queries.PaymentMethodTypeCard, read.Method)
	require.Zero(t, read.PaymentMethod, "what was held to the reader cannot be charged again")
}

func TestReaderFails(t *testing.T) {
	t.Parallel()
	for button, want := range map[string]migration.ReaderAction{
		"decline": {FailureCode: "card_declined", Failure: "The bank declined the card."},
		"cancel":  {FailureCode: "customer_canceled", Failure: "It was cancelled at the reader."},
		"unplug":  {FailureCode: "connection_error", Failure: "The reader lost its connection."},
	} {
		t.Run(button, func(t *testing.T) {
			t.Parallel()
			c := startCounter(t)
			c.press(t, button, url.Values{})
			want.State, want.SetupIntentID = migration.ReaderFailed, c.intent.ID
			require.Equal(t, want, c.read(t).Action)
			require.Equal(t, button != "unplug", c.read(t).Online)
			read := c.readIntent(t)
			require.Equal(t, migration.SetupOpen, read.State)
			require.Zero(t, read.PaymentMethod)
			again, err := c.OpenReaderIntent(t.Context(), readerRequest(c.customer))
			require.NoError(t, err)
			require.NotEqual(t, c.intent.ID, again.ID, "each asking has an intent of its own")
		})
	}
}

func TestReaderTakesNothingNow(t *testing.T) {
	t.Parallel()

	t.Run("Busy", func(t *testing.T) {
		t.Parallel()
		c := startCounter(t)
		pe := requireKind(t, migration.ProviderRefused, c.AskReader(t.Context(), c.reader, c.intent.ID))
		require.Equal(t, migration.ReaderBusy, pe.Code)
		require.Equal(t, "The reader is busy with something else.", pe.Message)
		require.Equal(t, migration.ReaderInProgress, c.read(t).Action.State, "what it does goes on")
	})

	t.Run("Offline", func(t *testing.T) {
		t.Parallel()
		c := startCounter(t)
		c.press(t, "unplug", url.Values{})
		pe := requireKind(t, migration.ProviderRefused, c.AskReader(t.Context(), c.reader, c.intent.ID))
		require.Equal(t, migration.ReaderOffline, pe.Code)
		require.Equal(t, "The reader is off or not connected to the internet.", pe.Message)
	})

	t.Run("Stopped", func(t *testing.T) {
		t.Parallel()
		c := startCounter(t)
		for range 2 {
			require.NoError(t, c.StopReader(t.Context(), c.reader))
			require.Zero(t, c.read(t).Action)
		}
		require.NoError(t, c.AskReader(t.Context(), c.reader, c.intent.ID), "the same intent can be asked for again")
	})

	// Whatever the status, the code says what is the matter.
	for code, want := range map[string]migration.ProviderErrorKind{
		"terminal_reader_busy": migration.ProviderRefused, "terminal_reader_offline": migration.ProviderRefused,
		"terminal_reader_timeout": migration.ProviderUncertain, "terminal_reader_hardware_fault": migration.ProviderRefused,
	} {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			statuses := []int{400}
			if code == "terminal_reader_busy" {
				statuses = append(statuses, 409)
			}
			for _, status := range statuses {
				rec := record(t, answer{status: status, body: fmt.Sprintf(`{"error":{"type":"invalid_request_error","code":%q,"message":"m"}}`, code)})
				require.Equal(t, code, requireKind(t, want, rec.client(t).AskReader(t.Context(), "tmr_1", "seti_1")).Code)
				require.Equal(t, code, requireKind(t, want, rec.client(t).StopReader(t.Context(), "tmr_1")).Code)
			}
		})
	}
}

func TestReaderAnswerIsLost(t *testing.T) {
	t.Parallel()
	for kind, asked := range map[stripefake.FaultKind]bool{stripefake.DropAfter: true, stripefake.ErrorAfter: true, stripefake.CutBefore: false} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			c := startCounter(t)
			require.NoError(t, c.StopReader(t.Context(), c.reader))
			c.Faults.Add(stripefake.Fault{Kind: kind, Method: http.MethodPost, PathPrefix: "/v1/terminal/readers", Times: 1})
			requireKind(t, migration.ProviderUncertain, c.AskReader(t.Context(), c.reader, c.intent.ID))
			read := c.read(t)
			require.Equal(t, asked, read.Action.State == migration.ReaderInProgress && read.Action.SetupIntentID == c.intent.ID, "the reader says whether it asks")
		})
	}
}

func TestAskReaderForConsent(t *testing.T) {
	t.Parallel()
	const path = "POST /v1/terminal/readers/tmr_1/process_setup_intent"

	t.Run("AsTheVersionOfTheSDKHasIt", func(t *testing.T) {
		t.Parallel()
		rec := record(t, ok(`{"id":"tmr_1"}`))
		require.NoError(t, rec.client(t).AskReader(t.Context(), "tmr_1", "seti_1"))
		asked := rec.only(t)
		require.Equal(t, path, asked.method+" "+asked.path)
		require.Equal(t, url.Values{"setup_intent": {"seti_1"}, "customer_consent_collected": {"true"}}, asked.params)
	})

	t.Run("AsStripeAsksForSince", func(t *testing.T) {
		t.Parallel()
		rec := record(t, answer{status: 400, body: `{"error":{"type":"invalid_request_error","code":"parameter_missing","param":"allow_redisplay","message":"m"}}`}, ok(`{"id":"tmr_1"}`))
		require.NoError(t, rec.client(t).AskReader(t.Context(), "tmr_1", "seti_1"))
		require.Len(t, rec.requests(), 2)
		asked := rec.requests()[1]
		require.Equal(t, path, asked.method+" "+asked.path)
		require.Equal(t, url.Values{"setup_intent": {"seti_1"}, "customer_consent_collected": {"true"}, "allow_redisplay": {"limited"}}, asked.params)
	})

	t.Run("ErrNoCardPresent", func(t *testing.T) {
		t.Parallel()
		c := startCounter(t)
		require.NoError(t, c.StopReader(t.Context(), c.reader))
		typed := c.open(t, c.customer, queries.PaymentMethodTypeCard)
		requireKind(t, migration.ProviderRefused, c.AskReader(t.Context(), c.reader, typed.ID))
		require.Zero(t, c.read(t).Action)
	})
}

func TestReaders(t *testing.T) {
	t.Parallel()

	t.Run("OfOneLocation", func(t *testing.T) {
		t.Parallel()
		b := startSandbox(t)
		place, first := b.newReader(t)
		other, _ := b.newReader(t)
		want := []migration.CardReader{{ID: first, Label: "Counter 1", TerminalLocation: place, Online: true}}
		for i := range 100 {
			label := fmt.Sprintf("Gate %d", i)
			want = append([]migration.CardReader{{ID: b.anotherReader(t, place, label), Label: label, TerminalLocation: place, Online: true}}, want...)
		}
		got, err := b.Readers(t.Context(), place)
		require.NoError(t, err)
		require.Equal(t, want, got, "101 are two pages")
		got, err = b.Readers(t.Context(), other)
		require.NoError(t, err)
		require.Len(t, got, 1)
		_, err = b.Readers(t.Context(), "tml_nobody")
		require.Equal(t, "resource_missing", requireKind(t, migration.ProviderRefused, err).Code)
	})

	t.Run("BusyWithAPayment", func(t *testing.T) {
		t.Parallel()
		rec := record(t, ok(`{"id":"tmr_1","label":"Gate","status":"offline","location":"tml_1",
			"action":{"type":"process_payment_intent","status":"in_progress","process_payment_intent":{"payment_intent":"pi_1"}}}`))
		got, err := rec.client(t).ReaderByID(t.Context(), "tmr_1")
		require.NoError(t, err)
		require.Equal(t, migration.CardReader{ID: "tmr_1", Label: "Gate", TerminalLocation: "tml_1", Action: migration.ReaderAction{State: migration.ReaderInProgress}}, got)
	})

	t.Run("FailedInOtherWords", func(t *testing.T) {
		t.Parallel()
		for want, failure := range map[string]string{
			"The card has expired.":       `"failure_code":"expired_card","failure_message":"m"`,
			"Card … was removed.":         `"failure_code":"card_removed","failure_message":"Card 4242424242424242 was removed."`,
			"The reader saved no card.":   `"failure_code":"odd","failure_message":null`,
			"The bank declined the card.": `"failure_code":"card_declined","failure_message":"Your card was declined."`,
		} {
			rec := record(t, ok(`{"id":"tmr_1","status":"online","action":{"type":"process_setup_intent","status":"failed",`+failure+`}}`))
			got, err := rec.client(t).ReaderByID(t.Context(), "tmr_1")
			require.NoError(t, err)
			require.Equal(t, want, got.Action.Failure)
		}
	})

	t.Run("ErrRemoved", func(t *testing.T) {
		t.Parallel()
		rec := record(t, ok(`{"id":"tmr_1","object":"terminal.reader","deleted":true}`))
		_, err := rec.client(t).ReaderByID(t.Context(), "tmr_1")
		require.Equal(t, "resource_missing", requireKind(t, migration.ProviderRefused, err).Code)
	})

	t.Run("ErrNoSuchID", func(t *testing.T) {
		t.Parallel()
		rec := record(t, ok(`{}`))
		c := rec.client(t)
		for _, id := range []string{"", "../customers", "seti_1"} {
			for _, err := range []error{second(c.ReaderByID(t.Context(), id)), c.AskReader(t.Context(), id, "seti_1"), c.StopReader(t.Context(), id)} {
				require.Equal(t, "resource_missing", requireKind(t, migration.ProviderRefused, err).Code)
			}
		}
		requireKind(t, migration.ProviderRefused, second(c.Readers(t.Context(), "")))
		require.Empty(t, rec.requests(), "an empty id would list all")
		b := startSandbox(t)
		require.Equal(t, "resource_missing", requireKind(t, migration.ProviderRefused, b.StopReader(t.Context(), "tmr_nobody")).Code)
	})
}

// The counter asks by itself how far a reader is, so what Stripe tells of it is only taken, as any event.
func TestReaderEvents(t *testing.T) {
	t.Parallel()
	for _, result := range []string{"succeeded", "failed"} {
		signed := webhook.GenerateTestSignedPayload(&webhook.UnsignedPayload{Secret: "whsec_1", Timestamp: time.Now(), Payload: []byte(`{"id":"evt_1","object":"event",
			"type":"terminal.reader.action_` + result + `","data":{"object":{"id":"tmr_1","object":"terminal.reader","location":"tml_1","metadata":{},
			"action":{"type":"process_setup_intent","status":"` + result + `","process_setup_intent":{"setup_intent":"seti_1","generated_card":null}}}}}`)})
		got, err := stripeapi.Webhooks{Secrets: []string{"whsec_1"}}.Verify(signed.Payload, signed.Header)
		require.NoError(t, err)
		require.Equal(t, migration.StripeEvent{ID: "evt_1", Type: "terminal.reader.action_" + result, ObjectID: "tmr_1"}, got)
	}
}
