package stripeapi_test

import (
	"fmt"
	"net/url"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"carryover/migration"
	"carryover/queries"
)

// intent is a SetupIntent made for setupRequest, with more fields added or replaced.
func intent(id, status, method, more string) string {
	if more != "" {
		more = "," + more
	}
	return fmt.Sprintf(`{"id":%q,"status":%q,"client_secret":"%s_secret_x","customer":"cus_1","payment_method_types":[%q],
		"metadata":{"carryover_tenant_id":%q,"carryover_invitation_id":%q,"carryover_link_version":"3"}%s}`,
		id, status, id, method, tenantID, invitationID, more)
}

const microdeposits = `"next_action":{"type":"verify_with_microdeposits"}`

func TestSetupIntent(t *testing.T) {
	t.Parallel()

	t.Run("OKCard", func(t *testing.T) {
		t.Parallel()
		rec := record(t, ok(intent("seti_1", "succeeded", "card",
			`"mandate":null,"payment_method":{"id":"pm_1","type":"card","customer":"cus_1","card":{"brand":"mastercard","last4":"4444"}}`)))
		got, err := rec.client(t).SetupIntent(t.Context(), "seti_1")
		require.NoError(t, err)
		require.Equal(t, migration.SetupIntent{
			ID: "seti_1", ClientSecret: "seti_1_secret_x", State: migration.SetupSucceeded, CustomerID: "cus_1",
			InvitationID: invitationID, Method: queries.PaymentMethodTypeCard,
			PaymentMethod: migration.PaymentMethod{
				ID: "pm_1", CustomerID: "cus_1", Type: queries.PaymentMethodTypeCard, Label: "Mastercard ending 4444",
			},
		}, got)
		asked := rec.only(t)
		require.Equal(t, "GET /v1/setup_intents/seti_1", asked.method+" "+asked.path)
		require.Equal(t, url.Values{"expand[0]": {"payment_method"}, "expand[1]": {"latest_attempt"}}, asked.params)
	})

	t.Run("OKBank", func(t *testing.T) {
		t.Parallel()
		rec := record(t, ok(intent("seti_1", "succeeded", "us_bank_account",
			`"mandate":"mandate_1","payment_method":{"id":"pm_1","type":"us_bank_account","customer":"cus_1","us_bank_account":{"bank_name":"STRIPE TEST BANK","last4":"6789"}}`)))
		got, err := rec.client(t).SetupIntent(t.Context(), "seti_1")
		require.NoError(t, err)
		require.Equal(t, "mandate_1", got.MandateID)
		require.Equal(t, queries.PaymentMethodTypeUsBankAccount, got.Method)
		require.Equal(t, "STRIPE TEST BANK account ending 6789", got.PaymentMethod.Label)
	})

	t.Run("NotOurs", func(t *testing.T) {
		t.Parallel()
		rec := record(t, ok(`{"id":"seti_1","status":"requires_payment_method","metadata":{"carryover_invitation_id":"7"}}`))
		got, err := rec.client(t).SetupIntent(t.Context(), "seti_1")
		require.NoError(t, err)
		require.Equal(t, migration.SetupIntent{ID: "seti_1", State: migration.SetupOpen, InvitationID: uuid.Nil}, got)
	})

	for _, id := range []string{"", "pi_1", "sub_1", "../customers", "seti_1_secret_x"} {
		t.Run("ErrNoSuchID"+id, func(t *testing.T) {
			t.Parallel()
			rec := record(t, ok(`{}`))
			_, err := rec.client(t).SetupIntent(t.Context(), id)
			pe := requireKind(t, migration.ProviderRefused, err)
			require.Equal(t, "resource_missing", pe.Code)
			require.NotContains(t, pe.Message, "_secret_")
			require.Empty(t, rec.requests())
		})
	}

	t.Run("ErrMissing", func(t *testing.T) {
		t.Parallel()
		rec := record(t, answer{status: 404, body: `{"error":{"type":"invalid_request_error","code":"resource_missing","message":"No such setupintent: 'seti_9'"}}`})
		_, err := rec.client(t).SetupIntent(t.Context(), "seti_9/../../customers")
		require.Equal(t, "resource_missing", requireKind(t, migration.ProviderRefused, err).Code)
		require.Equal(t, "/v1/setup_intents/seti_9/../../customers", rec.only(t).path, "it stays one part of the path")
	})
}

func TestSetupState(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name, status, more string
		want               migration.SetupIntentState
	}{
		{"RequiresPaymentMethod", "requires_payment_method", "", migration.SetupOpen},
		{"RequiresConfirmation", "requires_confirmation", "", migration.SetupOpen},
		{"RequiresThreeDSecure", "requires_action", `"next_action":{"type":"use_stripe_sdk"}`, migration.SetupOpen},
		{"RequiresActionUnsaid", "requires_action", `"next_action":null`, migration.SetupOpen},
		{"RequiresMicrodeposits", "requires_action", microdeposits, migration.SetupVerifying},
		{"Processing", "processing", "", migration.SetupVerifying},
		{"Succeeded", "succeeded", "", migration.SetupSucceeded},
		{"Canceled", "canceled", "", migration.SetupCanceled},
		{"FailedAfterMicrodeposits", "requires_payment_method", `"last_setup_error":{"code":"payment_method_microdeposit_failed"}`, migration.SetupOpen},
		{"Unheard", "something_new", "", migration.SetupOpen},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			rec := record(t, ok(intent("seti_1", c.status, "us_bank_account", c.more)))
			got, err := rec.client(t).SetupIntent(t.Context(), "seti_1")
			require.NoError(t, err)
			require.Equal(t, c.want, got.State)
		})
	}
}

func TestOpenSetupIntentReuses(t *testing.T) {
	t.Parallel()
	other := func(old, replacement string) string {
		return replaceOnce(t, intent("seti_other", "requires_payment_method", "card", ""), old, replacement)
	}
	cases := []struct {
		name, list string
		want       string // "" where a new one is made
	}{
		{"NewestUnfinished", intent("seti_3", "canceled", "card", "") + "," + intent("seti_2", "requires_confirmation", "card", "") + "," + intent("seti_1", "requires_payment_method", "card", ""), "seti_2"},
		{"ThreeDSecure", intent("seti_1", "requires_action", "card", `"next_action":{"type":"use_stripe_sdk"}`), "seti_1"},
		{"NotMicrodeposits", intent("seti_1", "requires_action", "card", microdeposits), ""},
		{"NotFinished", intent("seti_1", "succeeded", "card", "") + "," + intent("seti_0", "processing", "card", ""), ""},
		{"NotOfAnotherMethod", intent("seti_1", "requires_payment_method", "us_bank_account", ""), ""},
		{"NotOfSeveralMethods", other(`["card"]`, `["card","us_bank_account"]`), ""},
		{"NotOfAnotherInvitation", other(invitationID.String(), reservationID.String()), ""},
		{"NotOfAnotherLink", other(`"carryover_link_version":"3"`, `"carryover_link_version":"2"`), ""},
		{"NotWithoutMetadata", `{"id":"seti_1","status":"requires_payment_method","payment_method_types":["card"]}`, ""},
		{"None", "", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			rec := record(t, ok(`{"data":[`+c.list+`]}`), ok(intent("seti_new", "requires_payment_method", "card", "")))
			got, err := rec.client(t).OpenSetupIntent(t.Context(), setupRequest(queries.PaymentMethodTypeCard))
			require.NoError(t, err)
			require.Equal(t, url.Values{"customer": {"cus_1"}, "limit": {"100"}, "expand[0]": {"data.payment_method"}}, rec.requests()[0].params)
			if c.want == "" {
				require.Equal(t, "seti_new", got.ID)
				return
			}
			require.Equal(t, c.want, got.ID)
			require.Equal(t, c.want+"_secret_x", got.ClientSecret)
			rec.only(t)
		})
	}
}

func TestOpenSetupIntentCreates(t *testing.T) {
	t.Parallel()
	common := func(method string) url.Values {
		return url.Values{
			"customer": {"cus_1"}, "usage": {"off_session"}, "payment_method_types[0]": {method},
			"metadata[carryover_tenant_id]":     {tenantID.String()},
			"metadata[carryover_invitation_id]": {invitationID.String()},
			"metadata[carryover_link_version]":  {"3"},
		}
	}

	t.Run("Card", func(t *testing.T) {
		t.Parallel()
		asked := created(t, `{"data":[]}`, queries.PaymentMethodTypeCard)
		require.Equal(t, "POST /v1/setup_intents", asked.method+" "+asked.path)
		require.Equal(t, common("card"), asked.params)
	})

	t.Run("Bank", func(t *testing.T) {
		t.Parallel()
		want := common("us_bank_account")
		want.Set("payment_method_options[us_bank_account][verification_method]", "automatic")
		want.Set("payment_method_options[us_bank_account][financial_connections][permissions][0]", "payment_method")
		require.Equal(t, want, created(t, `{"data":[]}`, queries.PaymentMethodTypeUsBankAccount).params)
	})

	t.Run("KeyFollowsTheNewestFinishedOne", func(t *testing.T) {
		t.Parallel()
		key := func(list string, method queries.PaymentMethodType) string {
			return created(t, `{"data":[`+list+`]}`, method).header.Get("Idempotency-Key")
		}
		first := key("", queries.PaymentMethodTypeCard)
		require.Equal(t, first, key("", queries.PaymentMethodTypeCard), "two calls at once make one")
		require.NotEqual(t, first, key("", queries.PaymentMethodTypeUsBankAccount))
		second := key(intent("seti_1", "canceled", "card", ""), queries.PaymentMethodTypeCard)
		require.NotEqual(t, first, second)
		require.NotEqual(t, second, key(intent("seti_2", "succeeded", "card", "")+","+intent("seti_1", "canceled", "card", ""), queries.PaymentMethodTypeCard))
		require.LessOrEqual(t, len(second), 255)
	})

	t.Run("AnewAfterASaved500", func(t *testing.T) {
		t.Parallel()
		rec := record(t, ok(`{"data":[]}`),
			answer{status: 500, body: `{"error":{"type":"api_error"}}`},
			ok(intent("seti_new", "requires_payment_method", "card", "")),
		)
		got, err := rec.client(t).OpenSetupIntent(t.Context(), setupRequest(queries.PaymentMethodTypeCard))
		require.NoError(t, err)
		require.Equal(t, "seti_new", got.ID)
		asked := rec.requests()
		require.Len(t, asked, 3)
		require.NotEqual(t, asked[1].header.Get("Idempotency-Key"), asked[2].header.Get("Idempotency-Key"))
		require.LessOrEqual(t, len(asked[2].header.Get("Idempotency-Key")), 255)
	})

	t.Run("ErrNoCustomer", func(t *testing.T) {
		t.Parallel()
		rec := record(t, ok(`{"data":[]}`))
		r := setupRequest(queries.PaymentMethodTypeCard)
		r.CustomerID = ""
		_, err := rec.client(t).OpenSetupIntent(t.Context(), r)
		requireKind(t, migration.ProviderRefused, err)
		require.Empty(t, rec.requests(), "an empty customer would list everybody's")
	})

	t.Run("ErrList", func(t *testing.T) {
		t.Parallel()
		rec := record(t, answer{status: 403, body: `{"error":{"type":"invalid_request_error","code":"odd"}}`})
		_, err := rec.client(t).OpenSetupIntent(t.Context(), setupRequest(queries.PaymentMethodTypeCard))
		requireKind(t, migration.ProviderShut, err)
		rec.only(t)
	})
}

// created is the POST that follows such a list.
func created(t *testing.T, list string, method queries.PaymentMethodType) request {
	t.Helper()
	rec := record(t, ok(list), ok(intent("seti_new", "requires_payment_method", string(method), "")))
	_, err := rec.client(t).OpenSetupIntent(t.Context(), setupRequest(method))
	require.NoError(t, err)
	require.Len(t, rec.requests(), 2)
	return rec.requests()[1]
}

// A change of method has intents of its own: what was made for a set-up is never taken for it, nor the other way round.
func TestOpenSetupIntentForAChange(t *testing.T) {
	t.Parallel()
	b := startSandbox(t)
	customerID, err := b.CreateCustomer(t.Context(), "key", customer())
	require.NoError(t, err)
	setup := b.open(t, customerID, queries.PaymentMethodTypeCard)
	change, err := b.OpenSetupIntent(t.Context(), changeRequest(customerID))
	require.NoError(t, err)
	require.NotEqual(t, setup.ID, change.ID)
	require.Equal(t, reservationID, change.ReservationID)
	require.Zero(t, change.InvitationID)
	require.Zero(t, setup.ReservationID)
	again, err := b.OpenSetupIntent(t.Context(), changeRequest(customerID))
	require.NoError(t, err)
	require.Equal(t, change.ID, again.ID)
	require.Equal(t, setup.ID, b.open(t, customerID, queries.PaymentMethodTypeCard).ID)
}
