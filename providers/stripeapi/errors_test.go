package stripeapi_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/migration"
)

func TestErrors(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name    string
		status  int
		body    string // the error object
		kind    migration.ProviderErrorKind
		code    string
		message string
		replays bool
	}{
		{"InsufficientFunds", 402, `{"type":"card_error","code":"card_declined","decline_code":"insufficient_funds","message":"m"}`,
			migration.ProviderDeclined, "insufficient_funds", "The card has insufficient funds.", true},
		{"InsufficientFundsOfABank", 402, `{"type":"card_error","code":"insufficient_funds","message":"m","payment_method":{"id":"pm_1","type":"us_bank_account"}}`,
			migration.ProviderDeclined, "insufficient_funds", "The bank account has insufficient funds.", true},
		{"ExpiredCard", 402, `{"type":"card_error","code":"expired_card","message":"m"}`,
			migration.ProviderDeclined, "expired_card", "The card has expired.", true},
		{"StolenCard", 402, `{"type":"card_error","code":"card_declined","decline_code":"stolen_card","message":"m"}`,
			migration.ProviderDeclined, "stolen_card", "The bank does not allow this card to be used.", true},
		{"DoNotHonor", 402, `{"type":"card_error","code":"card_declined","decline_code":"do_not_honor","message":"m"}`,
			migration.ProviderDeclined, "do_not_honor", "The bank declined the card without giving a reason.", true},
		{"AuthenticationRequired", 402, `{"type":"card_error","code":"authentication_required","message":"m"}`,
			migration.ProviderDeclined, "authentication_required", "The bank wants its customer to confirm this charge.", true},
		{"RequiresAction", 402, `{"type":"card_error","code":"subscription_payment_intent_requires_action","message":"m"}`,
			migration.ProviderDeclined, "subscription_payment_intent_requires_action", "The bank wants its customer to confirm this charge.", true},
		{"UnknownDecline", 402, `{"type":"card_error","code":"card_declined","decline_code":"new_one","message":"Your card was declined."}`,
			migration.ProviderDeclined, "new_one", "Your card was declined.", true},
		{"Refused", 400, `{"type":"invalid_request_error","code":"parameter_missing","param":"items","message":"Missing required param: items."}`,
			migration.ProviderRefused, "parameter_missing", `Missing required param: items. (parameter "items")`, false},
		{"NotFound", 404, `{"type":"invalid_request_error","code":"resource_missing","param":"customer","message":"No such customer: 'cus_9'"}`,
			migration.ProviderRefused, "resource_missing", `No such customer: 'cus_9' (parameter "customer")`, false},
		{"Unauthorized", 401, `{"type":"invalid_request_error","message":"Invalid API Key provided: sk_test_4eC39HqLyjWDarjtT1zdp7dc"}`,
			migration.ProviderShut, "invalid_request_error", "Stripe does not accept our API key.", false},
		{"Forbidden", 403, `{"type":"invalid_request_error","code":"more_permissions_required","message":"The provided key 'rk_test_*********abc' does not have the required permissions."}`,
			migration.ProviderShut, "more_permissions_required", "The provided key '…' does not have the required permissions.", false},
		{"KeyInUse", 409, `{"type":"idempotency_error","code":"idempotency_key_in_use","message":"m"}`,
			migration.ProviderBusy, "idempotency_key_in_use", "Stripe is still working on the same request.", false},
		{"KeyOfAnotherRequest", 400, `{"type":"idempotency_error","message":"Keys for idempotent requests can only be used with the same parameters."}`,
			migration.ProviderRefused, "idempotency_error", "Keys for idempotent requests can only be used with the same parameters.", false},
		{"Throttled", 429, `{"type":"invalid_request_error","code":"rate_limit","message":"m"}`,
			migration.ProviderThrottled, "rate_limit", "Stripe takes no more requests at the moment.", false},
		{"Saved500", 500, `{"type":"api_error","message":"m"}`,
			migration.ProviderUncertain, "api_error", "Stripe had an error of its own.", true},
		{"Unsaved503", 503, `{"type":"api_error","message":"m"}`,
			migration.ProviderUncertain, "api_error", "Stripe had an error of its own.", false},
		{"CardNumber", 400, `{"type":"invalid_request_error","code":"odd","message":"4242 4242-42424242 and 000123456789 and seti_1_secret_abc and 1786000000"}`,
			migration.ProviderRefused, "odd", "… and … and … and 1786000000", false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			rec := record(t, answer{status: c.status, body: `{"error":` + c.body + `}`})
			_, err := rec.client(t).CreateSubscription(t.Context(), "key-1", currentMonth())
			pe := requireKind(t, c.kind, err)
			require.Equal(t, c.code, pe.Code)
			require.Equal(t, c.message, pe.Message)
			require.Equal(t, c.replays, pe.Replays)
			require.Equal(t, "create subscription", pe.Op)
			require.NotContains(t, chain(err), "secret_")
		})
	}
}

func TestErrorsWithoutAnAnswer(t *testing.T) {
	t.Parallel()
	for name, given := range map[string]answer{
		"Closed":         {},
		"Page":           {status: 502, body: "<html>4242424242424242</html>"},
		"NoError":        {status: 500, body: `{"client_secret":"seti_1_secret_abc"}`},
		"SuccessCutOff":  ok(`{"id":"sub_1","client_secret":"seti_1_secret_abc"`),
		"SuccessNoJSON":  ok("welcome to the hotel's network 4242424242424242"),
		"RefusedNoError": {status: 403, body: `{}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rec := record(t, given)
			_, err := rec.client(t).CreateSubscription(t.Context(), "key-1", currentMonth())
			pe := requireKind(t, migration.ProviderUncertain, err)
			require.False(t, pe.Replays)
			require.NotContains(t, chain(err), "4242")
			require.NotContains(t, chain(err), "secret_")
		})
	}
}

func TestRetryAfter(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 8, 1, 10, 0, 0, 0, time.UTC)
	cases := []struct {
		name, header string
		want         time.Duration
	}{
		{"Seconds", "7", 7 * time.Second},
		{"Date", now.Add(90 * time.Second).Format(http.TimeFormat), 90 * time.Second},
		{"PastDate", now.Add(-time.Hour).Format(http.TimeFormat), 0},
		{"Negative", "-3", 0},
		{"Nonsense", "soon", 0},
		{"None", "", 0},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			header := map[string]string{"Date": now.Format(http.TimeFormat)}
			if c.header != "" {
				header["Retry-After"] = c.header
			}
			rec := record(t, answer{429, `{"error":{"type":"invalid_request_error","code":"rate_limit"}}`, header})
			_, err := rec.client(t).Subscriptions(t.Context(), "cus_1")
			require.Equal(t, c.want, requireKind(t, migration.ProviderThrottled, err).RetryAfter)
		})
	}
}

func TestReplays(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name     string
		replayed string
		want     bool
	}{
		{"RefusedFirst", "", false},
		{"RefusedAgainFromMemory", "true", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			body := fmt.Sprintf(`{"error":{"type":"invalid_request_error","code":%q,"message":"m"}}`, "odd")
			rec := record(t, answer{400, body, map[string]string{"Idempotent-Replayed": c.replayed}})
			_, err := rec.client(t).CreateSubscription(t.Context(), "key-1", currentMonth())
			require.Equal(t, c.want, requireKind(t, migration.ProviderRefused, err).Replays)
		})
	}
}
