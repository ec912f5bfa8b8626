package testkit

import (
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"carryover/migration"
	"carryover/queries"
)

// ByDeposit is an account of Stripe's test mode that is verified by a deposit (its documentation, "Test account numbers"): the
// code is SM11AA.
const ByDeposit = "000123456789"

// GiveBank types a bank account that Stripe sends a deposit to into the form of a SetupIntent, and answers the intent's id.
func (b *Bundle) GiveBank(t testing.TB, clientSecret string) string {
	t.Helper()
	id, _, _ := strings.Cut(clientSecret, "_secret_")
	b.Stripe.Browse(t, "/v1/setup_intents/"+id+"/confirm", url.Values{
		"client_secret":             {clientSecret},
		"payment_method_data[type]": {"us_bank_account"},
		"payment_method_data[us_bank_account][account_number]":         {ByDeposit},
		"payment_method_data[us_bank_account][routing_number]":         {"110000000"},
		"payment_method_data[billing_details][name]":                   {"Tess Tenant"},
		"mandate_data[customer_acceptance][type]":                      {"online"},
		"mandate_data[customer_acceptance][online][infer_from_client]": {"true"}})
	return id
}

// BankAcceptance is what a tenant hands in who has typed a bank account that Stripe sends a deposit to.
func (b *Bundle) BankAcceptance(t testing.TB, inv *queries.Invitation) (a migration.Acceptance, secret string) {
	t.Helper()
	shown := b.Open(t, inv)
	started, err := b.Rules.StartSetup(t.Context(), Browser, b.Token(t, inv), queries.PaymentMethodTypeUsBankAccount)
	require.NoError(t, err)
	return migration.Acceptance{SetupIntentID: b.GiveBank(t, started.ClientSecret), Digest: shown.Digest(), AcceptTerms: true, AcceptMandate: true,
		Language: queries.MessageLanguageEn, Signature: migration.Signature{Kind: queries.SignatureKindTyped, Name: "Tess Tenant"}}, started.ClientSecret
}

// EnterCode is the tenant on Stripe's own page.
func (b *Bundle) EnterCode(t testing.TB, secret, code string) {
	t.Helper()
	id, _, _ := strings.Cut(secret, "_secret_")
	b.Stripe.Browse(t, "/v1/setup_intents/"+id+"/verify_microdeposits", url.Values{"client_secret": {secret}, "descriptor_code": {code}})
}
