package demo

import (
	"context"
	"fmt"
	"net/netip"

	"carryover/migration"
	"carryover/queries"
)

// submit is the tenant: opens the link, gives a card or a bank account to Stripe as the page would, and signs.
func (f *filling) submit(ctx context.Context, a *act) error {
	if a.inv == nil || !a.Stage.submits() {
		return nil
	}
	token, err := f.rules.Links.Token(f.rules.Links.PrimaryKey(), a.inv.ID, a.inv.LinkVersion)
	if err != nil {
		return err
	}
	by, language := tenantActor(), queries.MessageLanguageEn
	if a.tenant.Language != nil {
		language = *a.tenant.Language
	}
	setup, err := f.rules.OpenSetup(ctx, by, token, language)
	if err != nil {
		return fmt.Errorf("open the link of %s: %w", a.Tenant, err)
	}
	if setup.State != migration.SetupStateOpen || setup.Submission != nil {
		return nil // submitted by an earlier run, or by somebody who tries the demo
	}
	intent, err := f.pay(ctx, by, token, a)
	if err != nil {
		return err
	}
	_, err = f.rules.SubmitSetup(ctx, by, token, migration.Acceptance{
		SetupIntentID: intent, Digest: setup.Digest(), AcceptTerms: true, AcceptMandate: a.byBank(), Language: language,
		Signature: migration.Signature{Kind: queries.SignatureKindTyped, Name: a.Tenant}})
	if err != nil {
		return fmt.Errorf("submit for %s: %w", a.Tenant, err)
	}
	return nil
}

func (f *filling) pay(ctx context.Context, by migration.Actor, token string, a *act) (intent string, err error) {
	method := queries.PaymentMethodTypeCard
	if a.byBank() {
		method = queries.PaymentMethodTypeUsBankAccount
	}
	started, err := f.rules.StartSetup(ctx, by, token, method)
	if err != nil {
		return "", fmt.Errorf("start the set-up of %s: %w", a.Tenant, err)
	}
	if intent, err = f.browser.confirm(ctx, started, a.PaysWith, a.Tenant); err != nil {
		return "", fmt.Errorf("confirm the payment method of %s: %w", a.Tenant, err)
	}
	return intent, nil
}

// tenantActor is somebody at an address that is kept for documentation (RFC 5737).
func tenantActor() migration.Actor {
	ip := netip.MustParseAddr("203.0.113.7")
	return migration.Actor{Kind: queries.ActorKindTenant, RequestID: "demo", IP: &ip, UserAgent: "Carryover demo"}
}
