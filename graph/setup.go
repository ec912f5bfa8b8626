package graph

import (
	"context"
	"errors"
	"time"

	"carryover/access"
	"carryover/civil"
	"carryover/messages"
	"carryover/migration"
	"carryover/money"
	"carryover/queries"
)

type (
	setupResolver        struct{ *Resolver }
	startPreviewResolver struct{ *Resolver }
	termsResolver        struct{ *Resolver }
)

func (r *queryResolver) Setup(ctx context.Context, token string, language *queries.MessageLanguage) (*migration.Setup, error) {
	setup, err := r.Migration.OpenSetup(ctx, Actor(ctx), token, languageOr(language))
	if errors.Is(err, migration.ErrUnknownToken) {
		return nil, r.Access.NoteWrongToken(ctx, access.From(ctx).IP)
	}
	return setup, err
}

// openErrors is userErrors of a verb that a set-up link opens; a link that opens nothing is counted as a guess.
func (r *Resolver) openErrors(ctx context.Context, err error) ([]*migration.Refusal, error) {
	refusals, err := userErrors(err)
	if len(refusals) == 1 && refusals[0].Code == migration.CodeLinkClosed {
		if tooMany := r.Access.NoteWrongToken(ctx, access.From(ctx).IP); tooMany != nil {
			return userErrors(tooMany)
		}
	}
	return refusals, err
}

func (r *mutationResolver) StartSetup(ctx context.Context, input StartSetupInput) (*StartSetupPayload, error) {
	started, err := r.Migration.StartSetup(ctx, Actor(ctx), input.Token, input.Method)
	refusals, err := r.openErrors(ctx, err)
	if started == nil {
		return &StartSetupPayload{UserErrors: refusals}, err
	}
	return &StartSetupPayload{ClientSecret: &started.ClientSecret, PublishableKey: &started.PublishableKey, UserErrors: refusals}, err
}

func (r *mutationResolver) SubmitSetup(ctx context.Context, input SubmitSetupInput) (*SubmitSetupPayload, error) {
	a := migration.Acceptance{
		SetupIntentID: input.SetupIntentID, Digest: input.Digest, AcceptTerms: input.AcceptTerms, Language: languageOr(input.Language),
		Signature: migration.Signature{Kind: input.Signature.Kind, Name: input.Signature.Name},
	}
	if input.AcceptMandate != nil {
		a.AcceptMandate = *input.AcceptMandate
	}
	if input.Signature.ImageBase64 != nil {
		a.Signature.ImageBase64 = *input.Signature.ImageBase64
	}
	if input.Email != nil {
		a.Email = *input.Email
	}
	setup, err := r.Migration.SubmitSetup(ctx, Actor(ctx), input.Token, a)
	refusals, err := r.openErrors(ctx, err)
	return &SubmitSetupPayload{Setup: setup, UserErrors: refusals}, err
}

func languageOr(l *queries.MessageLanguage) queries.MessageLanguage {
	if l == nil {
		return queries.MessageLanguageEn
	}
	return *l
}

// GreetingName and Unit are blank behind a link that was replaced: it may have come into wrong hands.
func (r *setupResolver) GreetingName(_ context.Context, obj *migration.Setup) (string, error) {
	if obj.State == migration.SetupStateReplaced {
		return "", nil
	}
	return messages.FirstName(obj.Tenant.Name), nil
}

func (r *setupResolver) ReopenedLanguage(_ context.Context, obj *migration.Setup) (*queries.MessageLanguage, error) {
	if obj.ReopenedReason == "" {
		return nil, nil
	}
	return &obj.ReasonLanguage, nil
}

func (r *setupResolver) LocationName(_ context.Context, obj *migration.Setup) (string, error) {
	return obj.Offer.Location.Name, nil
}

func (r *setupResolver) PlanName(_ context.Context, obj *migration.Setup) (string, error) {
	return obj.Offer.Plan.Name, nil
}

func (r *setupResolver) Unit(_ context.Context, obj *migration.Setup) (string, error) {
	if obj.State == migration.SetupStateReplaced {
		return "", nil
	}
	return obj.Offer.Invitation.Unit, nil
}

func (r *setupResolver) Offer(_ context.Context, obj *migration.Setup) (*SetupOffer, error) {
	if obj.State != migration.SetupStateOpen {
		return nil, nil
	}
	card := obj.Offer.Card()
	offer := &SetupOffer{Card: &card, Ach: obj.Offer.Ach(), AnchorDay: obj.Offer.Invitation.AnchorDay, Starts: pointers(obj.Starts),
		Terms: obj.Terms, Digest: obj.Digest()}
	if offer.Ach != nil {
		offer.AchStarts = pointers(obj.AchStarts)
		mandate := migration.MandateText(obj.Language, obj.Offer.Location)
		offer.Mandate = &mandate
	}
	return offer, nil
}

// Email is shown to whoever may change it: the holder of an open link.
func (r *setupResolver) Email(_ context.Context, obj *migration.Setup) (*string, error) {
	if obj.State != migration.SetupStateOpen {
		return nil, nil
	}
	return obj.Tenant.Email, nil
}

func pointers[T any](rows []T) []*T {
	out := make([]*T, len(rows))
	for i := range rows {
		out[i] = &rows[i]
	}
	return out
}

// Verification reads Stripe's page for the code only where it is asked for: it is a key, and is stored nowhere.
func (r *setupResolver) Verification(ctx context.Context, obj *migration.Setup) (*SetupVerification, error) {
	if obj.State != migration.SetupStateSubmitted {
		return nil, nil
	}
	v, err := r.Migration.VerificationOf(ctx, obj.Submission)
	if err != nil || v == nil {
		return nil, err
	}
	zone, err := time.LoadLocation(obj.Offer.Location.TimeZone)
	if err != nil {
		return nil, err
	}
	deadline := civil.In(v.Row.DeadlineAt, zone)
	out := &SetupVerification{DeadlineOn: deadline}
	if v.Row.DepositArrivesAt != nil {
		arrives := civil.In(*v.Row.DepositArrivesAt, zone)
		out.DepositArrivesOn = &arrives
	}
	page, err := r.Migration.VerificationPage(ctx, obj.Submission)
	if err != nil { // the tenant is told how things stand, also while Stripe does not answer
		r.Log.WarnContext(ctx, "cannot read where a tenant enters the code", "error", err)
	}
	if page != "" {
		out.URL = &page
	}
	return out, nil
}

// Confirmation reads what opens the tenant's bank only where it is asked for: it is a key, and is stored nowhere. While Stripe does
// not answer, the tenant is told how things stand all the same.
func (r *setupResolver) Confirmation(ctx context.Context, obj *migration.Setup) (*SetupConfirmation, error) {
	if obj.State != migration.SetupStateConfirm {
		return nil, nil
	}
	c, err := r.Migration.ConfirmationOf(ctx, obj.Submission)
	if c == nil {
		return nil, err
	}
	if err != nil {
		r.Log.WarnContext(ctx, "cannot read how a tenant confirms", "error", err)
	}
	zone, err := time.LoadLocation(obj.Offer.Location.TimeZone)
	if err != nil {
		return nil, err
	}
	out := &SetupConfirmation{IsPayment: c.Payment, UntilOn: civil.In(c.Until, zone)}
	if c.ClientSecret != "" {
		out.ClientSecret, out.PublishableKey = &c.ClientSecret, &c.PublishableKey
	}
	if c.URL != "" {
		out.URL = &c.URL
	}
	return out, nil
}

func (r *setupResolver) NextCharge(ctx context.Context, obj *migration.Setup) (*TenantCharge, error) {
	next, err := r.Migration.NextChargeOf(ctx, obj)
	if next == nil {
		return nil, err
	}
	return &TenantCharge{On: next.On, Amount: &next.Amount}, nil
}

func (r *startPreviewResolver) NextChargeOn(_ context.Context, obj *migration.StartPreview) (*civil.Date, error) {
	return &obj.Schedule.NextChargeOn, nil
}

func (r *startPreviewResolver) NextCharge(_ context.Context, obj *migration.StartPreview) (*money.Money, error) {
	return &obj.Monthly, nil
}

func (r *termsResolver) ID(_ context.Context, obj *queries.TermsVersion) (string, error) {
	return nounTerms.id(obj.ID), nil
}
