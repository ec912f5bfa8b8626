package graph

import (
	"context"
	"errors"

	"carryover/access"
	"carryover/messages"
	"carryover/migration"
	"carryover/money"
	"carryover/queries"
)

type (
	tenantAccountResolver      struct{ *Resolver }
	tenantReservationResolver  struct{ *Resolver }
	tenantMethodChangeResolver struct{ *Resolver }
)

func (r *mutationResolver) RequestSignInLink(ctx context.Context, input RequestSignInLinkInput) (*RequestSignInLinkPayload, error) {
	refusals, err := userErrors(r.Migration.RequestSignInLink(ctx, Actor(ctx), input.Email, languageOr(input.Language)))
	return &RequestSignInLinkPayload{UserErrors: refusals}, err
}

// SignInWithLink answers a token and sets it as a cookie; whatever is wrong with a link is one answer.
func (r *mutationResolver) SignInWithLink(ctx context.Context, input SignInWithLinkInput) (*SignInWithLinkPayload, error) {
	req := access.From(ctx)
	in, err := r.Access.SignInByLink(ctx, input.Token, req.Origin())
	if errors.Is(err, access.ErrLinkClosed) {
		return &SignInWithLinkPayload{UserErrors: migration.Refuse(migration.CodeLinkClosed,
			"This link does not sign in any more: each opens once, for a quarter of an hour. Ask for a new one.", "token")}, nil
	}
	refusals, err := userErrors(err)
	if in == nil || err != nil {
		return &SignInWithLinkPayload{UserErrors: refusals}, err
	}
	req.SetTenantCookie(in.Token)
	return &SignInWithLinkPayload{Token: &in.Token, ExpiresAt: &in.ExpiresAt,
		Viewer: &Viewer{resolver: r.Resolver, tenant: in.Tenant.Tenant}, UserErrors: noErrors}, nil
}

func (r *mutationResolver) StartMethodChange(ctx context.Context, input StartMethodChangeInput) (*StartMethodChangePayload, error) {
	id, _ := nounReservation.parse(input.ReservationID)
	started, err := r.Migration.StartMethodChange(ctx, tenantActor(ctx), id, input.Method)
	refusals, err := userErrors(err)
	if started == nil {
		return &StartMethodChangePayload{UserErrors: refusals}, err
	}
	return &StartMethodChangePayload{ClientSecret: &started.ClientSecret, PublishableKey: &started.PublishableKey, UserErrors: refusals}, err
}

func (r *mutationResolver) ChangePaymentMethod(ctx context.Context, input ChangePaymentMethodInput) (*ChangePaymentMethodPayload, error) {
	id, _ := nounReservation.parse(input.ReservationID)
	m := migration.MethodChange{ReservationID: id, SetupIntentID: input.SetupIntentID, Language: languageOr(input.Language)}
	if input.AcceptMandate != nil {
		m.AcceptMandate = *input.AcceptMandate
	}
	account, refusals, err := r.accountAfter(ctx, r.Migration.ChangePaymentMethod(ctx, tenantActor(ctx), m))
	return &ChangePaymentMethodPayload{Account: account, UserErrors: refusals}, err
}

func (r *mutationResolver) RequestEmailChange(ctx context.Context, input RequestEmailChangeInput) (*RequestEmailChangePayload, error) {
	account, refusals, err := r.accountAfter(ctx, r.Migration.RequestEmailChange(ctx, tenantActor(ctx), input.Email))
	return &RequestEmailChangePayload{Account: account, UserErrors: refusals}, err
}

// accountAfter answers the tenant's account as a verb left it.
func (r *Resolver) accountAfter(ctx context.Context, err error) (*migration.Account, []*migration.Refusal, error) {
	refusals, err := userErrors(err)
	if err != nil {
		return nil, nil, err
	}
	account, err := r.Migration.Account(ctx, access.From(ctx).Tenant.Tenant)
	return account, refusals, err
}

func (r *tenantAccountResolver) Name(_ context.Context, obj *migration.Account) (string, error) {
	return obj.Tenant.Name, nil
}

func (r *tenantAccountResolver) GreetingName(_ context.Context, obj *migration.Account) (string, error) {
	return messages.FirstName(obj.Tenant.Name), nil
}

func (r *tenantAccountResolver) Email(_ context.Context, obj *migration.Account) (string, error) {
	return orBlank(obj.Tenant.Email), nil
}

func (r *tenantAccountResolver) RequestedEmail(_ context.Context, obj *migration.Account) (*string, error) {
	if obj.Correction == nil {
		return nil, nil
	}
	return &obj.Correction.Email, nil
}

func (r *tenantReservationResolver) ID(_ context.Context, obj *migration.AccountReservation) (string, error) {
	return nounReservation.id(obj.Row.Reservation.ID), nil
}

func (r *tenantReservationResolver) PlanName(_ context.Context, obj *migration.AccountReservation) (string, error) {
	return obj.Row.Plan.Name, nil
}

func (r *tenantReservationResolver) Unit(_ context.Context, obj *migration.AccountReservation) (string, error) {
	return obj.Row.Reservation.Unit, nil
}

func (r *tenantReservationResolver) LocationName(_ context.Context, obj *migration.AccountReservation) (string, error) {
	return obj.Row.Location.Name, nil
}

func (r *tenantReservationResolver) Status(_ context.Context, obj *migration.AccountReservation) (queries.SubmissionStatus, error) {
	return obj.Row.Submission.Status, nil
}

// AskedURL reads Stripe's page of an invoice only where it is asked for: it is a key, and is stored nowhere.
func (r *tenantReservationResolver) AskedURL(ctx context.Context, obj *migration.AccountReservation) (*string, error) {
	if obj.Confirming == nil {
		return unlessEmpty(obj.AskedLink), nil
	}
	c := r.confirmationOf(ctx, obj)
	if c == nil {
		return nil, nil
	}
	return unlessEmpty(c.URL), nil
}

func (r *tenantReservationResolver) Confirmation(ctx context.Context, obj *migration.AccountReservation) (*TenantConfirmation, error) {
	c := r.confirmationOf(ctx, obj)
	if c == nil {
		return nil, nil
	}
	out := &TenantConfirmation{IsPayment: c.Payment, Amount: c.Amount, URL: unlessEmpty(c.URL)}
	if c.ClientSecret != "" {
		out.ClientSecret, out.PublishableKey = &c.ClientSecret, &c.PublishableKey
	}
	if !c.Until.IsZero() {
		until := obj.DateOf(c.Until)
		out.UntilOn = &until
	}
	return out, nil
}

// confirmationOf tells the tenant how things stand, also while Stripe does not answer.
func (r *tenantReservationResolver) confirmationOf(ctx context.Context, obj *migration.AccountReservation) *migration.PaymentConfirmation {
	c, err := r.Migration.AccountConfirmation(ctx, obj)
	if err != nil {
		r.Log.WarnContext(ctx, "cannot read how a tenant confirms", "error", err)
	}
	return c
}

func (r *tenantReservationResolver) MonthlyTotal(_ context.Context, obj *migration.AccountReservation) (*money.Money, error) {
	total := obj.Monthly()
	return &total, nil
}

func (r *tenantReservationResolver) PaymentMethod(_ context.Context, obj *migration.AccountReservation) (string, error) {
	return obj.MethodLabel, nil
}

func (r *tenantReservationResolver) PaymentMethodType(_ context.Context, obj *migration.AccountReservation) (queries.PaymentMethodType, error) {
	return obj.Method, nil
}

func (r *tenantReservationResolver) NextCharge(_ context.Context, obj *migration.AccountReservation) (*TenantCharge, error) {
	if obj.NextChargeOn == nil {
		return nil, nil
	}
	amount := obj.Monthly()
	return &TenantCharge{On: *obj.NextChargeOn, Amount: &amount}, nil
}

func (r *tenantReservationResolver) CanChangeMethod(_ context.Context, obj *migration.AccountReservation) (bool, error) {
	return len(obj.Methods) > 0, nil
}

func (r *tenantReservationResolver) ChangeableTo(_ context.Context, obj *migration.AccountReservation) ([]queries.PaymentMethodType, error) {
	return append([]queries.PaymentMethodType{}, obj.Methods...), nil
}

func (r *tenantReservationResolver) Mandate(_ context.Context, obj *migration.AccountReservation, language *queries.MessageLanguage) (*string, error) {
	for _, method := range obj.Methods {
		if method == queries.PaymentMethodTypeUsBankAccount {
			text := migration.MandateText(languageOr(language), &obj.Row.Location)
			return &text, nil
		}
	}
	return nil, nil
}

func (r *tenantReservationResolver) MethodChange(_ context.Context, obj *migration.AccountReservation) (*queries.MethodChange, error) {
	return obj.Change, nil
}

func (r *tenantReservationResolver) Steps(_ context.Context, obj *migration.AccountReservation) ([]*TenantStep, error) {
	steps := make([]*TenantStep, len(obj.Steps))
	for i, step := range obj.Steps {
		steps[i] = &TenantStep{Status: queries.SubmissionStatus(step.After), On: obj.DateOf(step.At)}
	}
	return steps, nil
}

func (r *tenantMethodChangeResolver) PaymentMethod(_ context.Context, obj *queries.MethodChange) (string, error) {
	return obj.MethodLabel, nil
}

func (r *tenantMethodChangeResolver) Reason(_ context.Context, obj *queries.MethodChange) (string, error) {
	return obj.StateReason, nil
}

// VerificationURL reads Stripe's page only where it is asked for: it is a key, and is stored nowhere.
func (r *tenantMethodChangeResolver) VerificationURL(ctx context.Context, obj *queries.MethodChange) (*string, error) {
	page, err := r.Migration.MethodVerificationPage(ctx, obj)
	if err != nil { // the tenant is told how things stand, also while Stripe does not answer
		r.Log.WarnContext(ctx, "cannot read where a tenant enters the code", "error", err)
		return nil, nil
	}
	return unlessEmpty(page), nil
}
