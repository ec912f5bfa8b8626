package play

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"
)

// Mail is an email in the outbox.
type Mail struct {
	Subject, HTML, Text string
	To                  []string
	From                string
}

// Mails answers what an address received, newest first.
func (p *Player) Mails(ctx context.Context, to string) ([]Mail, error) {
	var out struct{ Emails []Mail }
	err := p.get(ctx, "/sandbox/api/emails?to="+url.QueryEscape(to), &out)
	return out.Emails, err
}

// AwaitMail waits until an address has received this many, and answers the newest.
func (p *Player) AwaitMail(ctx context.Context, to string, count int) (Mail, error) {
	mails, err := Until(ctx, patience, func(ctx context.Context) ([]Mail, error) { return p.Mails(ctx, to) },
		func(m []Mail) bool { return len(m) >= count })
	if err != nil {
		return Mail{}, fmt.Errorf("%s received %d emails and not %d", to, len(mails), count)
	}
	return mails[0], nil
}

var setupLink = regexp.MustCompile(`href="[^"]*/setup/([^"]+)"`)

// Token is what a tenant's click on the email's button carries.
func (m Mail) Token() (string, error) {
	found := setupLink.FindStringSubmatch(m.HTML)
	if found == nil {
		return "", fmt.Errorf("no set-up link in %q", m.Subject)
	}
	return found[1], nil
}

// Setup is what a link opens.
type Setup struct {
	State, GreetingName, LocationName, PlanName, Unit, ReopenedReason string
	Verification                                                      *struct{ DepositArrivesOn, DeadlineOn, URL string }
	Offer                                                             *struct {
		Digest    string
		Mandate   string
		AnchorDay int
		Card, Ach *struct{ Total Money }
		Starts    []Preview
	}
}

// setupFields is all of it.
const setupFields = `verification { depositArrivesOn deadlineOn url } state greetingName locationName planName unit reopenedReason offer { digest mandate anchorDay
	card { total { amount currency } } ach { total { amount currency } }
	starts { option dueToday { amount currency } nextChargeOn nextCharge { amount currency } } }`

// OpenSetup looks at a link; nil where it was never given out.
func (p *Player) OpenSetup(ctx context.Context, token string) (*Setup, error) {
	var out struct{ Setup *Setup }
	err := p.Do(ctx, `query($token: String!) { setup(token: $token) { `+setupFields+` } }`, map[string]any{"token": token}, &out)
	return out.Setup, err
}

// Started is what Stripe.js is given.
type Started struct{ ClientSecret, PublishableKey string }

// IntentID is the SetupIntent that the client secret belongs to: Stripe writes the one in front of the other.
func (s Started) IntentID() string {
	id, _, _ := strings.Cut(s.ClientSecret, "_secret")
	return id
}

// StartSetup begins to save a payment method.
func (p *Player) StartSetup(ctx context.Context, token, method string) (Started, error) {
	var out Started
	err := p.mutate(ctx, "startSetup", `mutation($input: StartSetupInput!) { startSetup(input: $input) {
		clientSecret publishableKey userErrors { code field message } } }`, map[string]any{"token": token, "method": method}, &out)
	return out, err
}

// GiveCard confirms the SetupIntent with one of Stripe's named test cards, as Stripe.js would in the tenant's browser.
func (p *Player) GiveCard(ctx context.Context, s Started, card string) error {
	var out struct {
		Status string
		Error  *struct{ Message string }
	}
	err := p.postForm(ctx, "/sandbox/stripe/v1/setup_intents/"+s.IntentID()+"/confirm", s.PublishableKey,
		url.Values{"client_secret": {s.ClientSecret}, "payment_method": {card}}, &out)
	switch {
	case err != nil:
		return err
	case out.Error != nil:
		return errors.New(out.Error.Message)
	case out.Status != "succeeded":
		return fmt.Errorf("the card is %s", out.Status)
	}
	return nil
}

// Submit accepts the offer with a typed signature.
func (p *Player) Submit(ctx context.Context, token, digest string, s Started, name string) (Setup, error) {
	return p.submit(ctx, token, digest, s, name, false)
}

func (p *Player) submit(ctx context.Context, token, digest string, s Started, name string, mandate bool) (Setup, error) {
	var out struct{ Setup *Setup }
	err := p.mutate(ctx, "submitSetup", `mutation($input: SubmitSetupInput!) { submitSetup(input: $input) { setup { `+setupFields+` }
		userErrors { code field message } } }`, map[string]any{"token": token, "setupIntentId": s.IntentID(), "digest": digest,
		"acceptTerms": true, "acceptMandate": mandate, "signature": map[string]any{"kind": "TYPED", "name": name}}, &out)
	if out.Setup == nil {
		return Setup{}, err
	}
	return *out.Setup, err
}

// Complete carries a tenant from the link to the submission, by card.
func (p *Player) Complete(ctx context.Context, token, card, name string) (Setup, error) {
	setup, err := p.OpenSetup(ctx, token)
	if err != nil {
		return Setup{}, err
	}
	if setup == nil || setup.Offer == nil {
		return Setup{}, fmt.Errorf("the link is not open: %+v", setup)
	}
	started, err := p.StartSetup(ctx, token, "CARD")
	if err != nil {
		return Setup{}, err
	}
	if err := p.GiveCard(ctx, started, card); err != nil {
		return Setup{}, fmt.Errorf("give card: %w", err)
	}
	return p.Submit(ctx, token, setup.Offer.Digest, started, name)
}

// Books is what Stripe holds, as far as stories look at it. Times are Unix seconds, amounts in the minor unit.
type Books struct {
	Now           int64
	Subscriptions []struct {
		ID, Status, Currency string
		Metadata             map[string]string
		NextChargeAt         int64 `json:"next_charge_at"`
		NextAmount           int64 `json:"next_amount"`
		Items                []struct {
			UnitAmount int64 `json:"unit_amount"`
		}
	}
	Invoices []struct {
		ID, Subscription, Status string
		Total                    int64
		AmountPaid               int64 `json:"amount_paid"`
		PaidAt                   int64 `json:"paid_at"`
		Lines                    []struct {
			Description string
			Amount      int64
			PeriodStart int64 `json:"period_start"`
			PeriodEnd   int64 `json:"period_end"`
		}
	}
	Customers []struct {
		ID, Email string
		Metadata  map[string]string
	}
}

// Books reads Stripe's books.
func (p *Player) Books(ctx context.Context) (Books, error) {
	var raw json.RawMessage
	if err := p.get(ctx, "/sandbox/api/books", &raw); err != nil {
		return Books{}, err
	}
	var b Books
	return b, json.Unmarshal(raw, &b)
}
