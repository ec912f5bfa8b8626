package demo

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"carryover/migration"
)

// What tenants of the script pay with; everything else is a card that works.
const (
	paysByBank          = "BANK"         // an account that is linked, and so verified at once
	paysByBankDeposit   = "BANK_DEPOSIT" // an account typed in: a deposit of one cent verifies it, days later
	paysByDecliningCard = "DECLINED_CARD"
)

func isBank(paysWith string) bool { return paysWith == paysByBank || paysWith == paysByBankDeposit }

// browser does what Stripe.js does in a tenant's browser: it confirms a SetupIntent with the publishable key and the client
// secret. Card and account numbers go from it to Stripe and never to us.
type browser struct {
	stripeURL string
	http      *http.Client
}

func newBrowser(stripeURL string) *browser {
	return &browser{stripeURL: stripeURL, http: &http.Client{Timeout: 30 * time.Second}}
}

// confirm answers the SetupIntent's id.
func (b *browser) confirm(ctx context.Context, s *migration.StartedSetup, paysWith, name string) (string, error) {
	id, _, _ := strings.Cut(s.ClientSecret, "_secret_")
	form := method(paysWith, name)
	form.Set("key", s.PublishableKey)
	form.Set("client_secret", s.ClientSecret)
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, b.stripeURL+"/v1/setup_intents/"+id+"/confirm", strings.NewReader(form.Encode()))
	if err != nil {
		return "", err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer, err := b.http.Do(r)
	if err != nil {
		return "", err
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return "", err
	}
	if answer.StatusCode != http.StatusOK {
		return "", fmt.Errorf("the stand-in answers %s: %s", answer.Status, body)
	}
	return id, nil
}

// method is what the tenant types in. The numbers are Stripe's for tests (https://docs.stripe.com/testing).
func method(paysWith, name string) url.Values {
	form := url.Values{"payment_method_data[billing_details][name]": {name}}
	set := func(kind, field, value string) { form.Set("payment_method_data["+kind+"]["+field+"]", value) }
	if isBank(paysWith) {
		const bank = "us_bank_account"
		form.Set("payment_method_data[type]", bank)
		set(bank, "account_holder_type", "individual")
		if paysWith == paysByBank {
			set(bank, "financial_connections_account", "fca_demo")
			return form
		}
		set(bank, "routing_number", "110000000")
		set(bank, "account_number", "000123456789")
		return form
	}
	form.Set("payment_method_data[type]", "card")
	set("card", "number", cardNumber(paysWith))
	set("card", "exp_month", "12")
	set("card", "exp_year", strconv.Itoa(time.Now().Year()+3))
	set("card", "cvc", "123")
	return form
}

// cardNumber: …0341 can be saved and is declined when it is charged.
func cardNumber(paysWith string) string {
	if paysWith == paysByDecliningCard {
		return "4000000000000341"
	}
	return "4242424242424242"
}
