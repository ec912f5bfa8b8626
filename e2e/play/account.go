package play

import (
	"context"
	"fmt"
	"regexp"
)

var signInLink = regexp.MustCompile(`/account#(\S+)`)

// Account is what a tenant sees who has signed in.
type Account struct {
	Name, Email, RequestedEmail string
	Reservations                []struct {
		ID, PlanName, Status, Asked, AskedURL, PaymentMethod string
		NextCharge                                           *struct {
			On     string
			Amount Money
		}
		MethodChange *struct{ State, PaymentMethod string }
	}
}

const accountFields = `name email requestedEmail reservations { id planName status asked askedUrl paymentMethod
	nextCharge { on amount { amount currency } } methodChange { state paymentMethod } }`

// EnterAccount asks for a link, opens it as it comes by email, and is the tenant from then on.
func (p *Player) EnterAccount(ctx context.Context, email string) error {
	before, err := p.Mails(ctx, email)
	if err != nil {
		return err
	}
	var none struct{}
	if err := p.mutate(ctx, "requestSignInLink", `mutation($input: RequestSignInLinkInput!) { requestSignInLink(input: $input) {
		userErrors { code field message } } }`, map[string]any{"email": email}, &none); err != nil {
		return err
	}
	mail, err := p.AwaitMail(ctx, email, len(before)+1)
	if err != nil {
		return err
	}
	found := signInLink.FindStringSubmatch(mail.Text)
	if found == nil {
		return fmt.Errorf("no sign-in link in %q", mail.Subject)
	}
	var in struct{ Token string }
	if err := p.mutate(ctx, "signInWithLink", `mutation($input: SignInWithLinkInput!) { signInWithLink(input: $input) {
		token userErrors { code field message } } }`, map[string]any{"token": found[1]}, &in); err != nil {
		return err
	}
	p.token = in.Token
	return nil
}

// Account answers what the signed-in tenant sees; nil where nobody is signed in.
func (p *Player) Account(ctx context.Context) (*Account, error) {
	var out struct{ Viewer *struct{ Tenant *Account } }
	err := p.Do(ctx, `{ viewer { tenant { `+accountFields+` } } }`, nil, &out)
	if err != nil || out.Viewer == nil {
		return nil, err
	}
	return out.Viewer.Tenant, nil
}

// ChangeCard gives another card for a live subscription.
func (p *Player) ChangeCard(ctx context.Context, reservation, card string) error {
	var started Started
	if err := p.mutate(ctx, "startMethodChange", `mutation($input: StartMethodChangeInput!) { startMethodChange(input: $input) {
		clientSecret publishableKey userErrors { code field message } } }`,
		map[string]any{"reservationId": reservation, "method": "CARD"}, &started); err != nil {
		return err
	}
	if err := p.GiveCard(ctx, started, card); err != nil {
		return err
	}
	var none struct{}
	return p.mutate(ctx, "changePaymentMethod", `mutation($input: ChangePaymentMethodInput!) { changePaymentMethod(input: $input) {
		userErrors { code field message } } }`, map[string]any{"reservationId": reservation, "setupIntentId": started.IntentID()}, &none)
}
