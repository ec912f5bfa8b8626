package play

import (
	"context"
	"errors"
	"fmt"
	"net/url"
)

// BankAccounts of Stripe's test mode (its documentation, "Test account numbers").
const (
	BankByDeposit = "000123456789" // takes the one-cent deposit; the code is SM11AA
	BankRouting   = "110000000"
)

// GiveBank confirms the SetupIntent with a typed account number and an accepted mandate, as Stripe.js would; Stripe then sends a
// one-cent deposit.
func (p *Player) GiveBank(ctx context.Context, s Started, account, name, email string) error {
	form := url.Values{
		"client_secret":             {s.ClientSecret},
		"payment_method_data[type]": {"us_bank_account"},
		"payment_method_data[us_bank_account][account_number]":         {account},
		"payment_method_data[us_bank_account][routing_number]":         {BankRouting},
		"payment_method_data[us_bank_account][account_holder_type]":    {"individual"},
		"payment_method_data[billing_details][name]":                   {name},
		"payment_method_data[billing_details][email]":                  {email},
		"mandate_data[customer_acceptance][type]":                      {"online"},
		"mandate_data[customer_acceptance][online][infer_from_client]": {"true"},
	}
	var out struct {
		Status string
		Error  *struct{ Message string }
	}
	err := p.postForm(ctx, "/sandbox/stripe/v1/setup_intents/"+s.IntentID()+"/confirm", s.PublishableKey, form, &out)
	switch {
	case err != nil:
		return err
	case out.Error != nil:
		return errors.New(out.Error.Message)
	case out.Status != "requires_action" && out.Status != "succeeded":
		return fmt.Errorf("the bank account is %s", out.Status)
	}
	return nil
}

// EnterCode gives Stripe the code of the one-cent deposit.
func (p *Player) EnterCode(ctx context.Context, s Started, code string) error {
	var out struct {
		Status string
		Error  *struct{ Message string }
	}
	err := p.postForm(ctx, "/sandbox/stripe/v1/setup_intents/"+s.IntentID()+"/verify_microdeposits", s.PublishableKey,
		url.Values{"client_secret": {s.ClientSecret}, "descriptor_code": {code}}, &out)
	if err == nil && out.Error != nil {
		err = errors.New(out.Error.Message)
	}
	return err
}

// CompleteByBank carries a tenant from the link to the submission, by bank account. The started set-up is answered for the code.
func (p *Player) CompleteByBank(ctx context.Context, token, account, name, email string) (Setup, Started, error) {
	setup, err := p.OpenSetup(ctx, token)
	if err != nil {
		return Setup{}, Started{}, err
	}
	if setup == nil || setup.Offer == nil || setup.Offer.Mandate == "" {
		return Setup{}, Started{}, fmt.Errorf("the link offers no bank account: %+v", setup)
	}
	started, err := p.StartSetup(ctx, token, "US_BANK_ACCOUNT")
	if err != nil {
		return Setup{}, started, err
	}
	if err := p.GiveBank(ctx, started, account, name, email); err != nil {
		return Setup{}, started, fmt.Errorf("give bank account: %w", err)
	}
	done, err := p.submit(ctx, token, setup.Offer.Digest, started, name, true)
	return done, started, err
}

// MoveClock moves the demo's clock on by an hour, a day, a week or a month, as a press of the outbox's button does.
func (p *Player) MoveClock(ctx context.Context, by string) error {
	return p.press(ctx, "/sandbox/clock", url.Values{"by": {by}})
}
