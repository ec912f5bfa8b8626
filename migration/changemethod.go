package migration

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/ids"
	"carryover/queries"
)

// methodDeadline is how long a bank account that was given instead of another method may take to be verified.
const methodDeadline = verificationLife + verificationGrace

// MethodChange is a signed-in tenant's wish to pay a live subscription with what a SetupIntent has saved.
type MethodChange struct {
	ReservationID uuid.UUID
	SetupIntentID string
	AcceptMandate bool // for a bank account
	Language      queries.MessageLanguage
}

// paidReservation is a reservation of a tenant's own whose subscription is charged.
type paidReservation struct {
	reservation  *queries.Reservation
	subscription *queries.Subscription
	submission   *queries.Submission
	location     *queries.Location
	methods      []queries.PaymentMethodType // that it can be paid with at its price
}

// StartMethodChange makes a SetupIntent for another method of a live subscription. Nothing is charged, and nothing changes until
// ChangePaymentMethod. Before approval, and after a failed attempt, the set-up link is the way, and the refusal says so.
func (s *Service) StartMethodChange(ctx context.Context, by Actor, reservationID uuid.UUID, method queries.PaymentMethodType) (*StartedSetup, error) {
	p, err := s.paidReservation(ctx, by, reservationID)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(p.methods, method) {
		return nil, p.refuseMethod("method")
	}
	intent, err := s.Payments.OpenSetupIntent(ctx, SetupIntentRequest{CustomerID: p.subscription.StripeCustomerID, TenantID: by.tenantID(),
		ReservationID: reservationID, Method: method})
	if err != nil {
		return nil, fmt.Errorf("open setup intent: %w", err)
	}
	return &StartedSetup{ClientSecret: intent.ClientSecret, PublishableKey: s.PublishableKey}, nil
}

func (s *Service) paidReservation(ctx context.Context, by Actor, id uuid.UUID) (p paidReservation, err error) {
	if p.reservation, err = found(s.q.ReservationGetOfTenant(ctx, s.Pool, queries.ReservationGetOfTenantParams{ID: id, TenantID: by.tenantID()})); err != nil {
		return p, fmt.Errorf("read reservation: %w", err)
	}
	if p.reservation == nil {
		return p, Refuse(CodeNotFound, "There is no such reservation of yours.", "reservationId")
	}
	if p.subscription, err = found(s.q.SubscriptionGetLive(ctx, s.Pool, id)); err != nil {
		return p, fmt.Errorf("read subscription: %w", err)
	}
	if p.subscription == nil {
		return p, s.whyNoMethod(ctx, p.reservation)
	}
	if p.submission, err = s.q.SubmissionGet(ctx, s.Pool, p.subscription.SubmissionID); err != nil {
		return p, fmt.Errorf("read submission: %w", err)
	}
	if !takesAnotherMethod(p.submission, p.subscription) {
		return p, errNothingToChange
	}
	if p.location, err = s.q.LocationGet(ctx, s.Pool, p.reservation.LocationID); err != nil {
		return p, fmt.Errorf("read location: %w", err)
	}
	p.methods = methodsFor(p.submission)
	return p, nil
}

var (
	errNothingToChange = Refuse(CodeWrongState,
		"There is no subscription yet whose payment method could be changed. Open the link of your set-up to give another one.", "reservationId")
	errChargesNothing = Refuse(CodeWrongState, "This subscription has ended and charges nothing any more, so there is no payment method to change.", "reservationId")
)

// whyNoMethod tells a tenant without a live subscription whether one ended, or never was.
func (s *Service) whyNoMethod(ctx context.Context, r *queries.Reservation) error {
	if r.EndedAt != nil {
		return errChargesNothing
	}
	latest, err := s.q.SubscriptionListLatest(ctx, s.Pool, []uuid.UUID{r.ID})
	if err != nil {
		return fmt.Errorf("read subscription: %w", err)
	}
	if len(latest) == 1 {
		sub, err := s.q.SubmissionGet(ctx, s.Pool, latest[0].SubmissionID)
		if err != nil {
			return fmt.Errorf("read submission: %w", err)
		}
		if sub.Status == queries.SubmissionStatusApproved {
			return errChargesNothing
		}
	}
	return errNothingToChange
}

// takesAnotherMethod: one whose first payment or confirmation is awaited is settled by its approval, and one that has ended charges
// nothing.
func takesAnotherMethod(sub *queries.Submission, s *queries.Subscription) bool {
	if sub.Status != queries.SubmissionStatusApproved {
		return false
	}
	switch s.Status {
	case queries.SubscriptionStatusActive, queries.SubscriptionStatusTrialing, queries.SubscriptionStatusPastDue, queries.SubscriptionStatusUnpaid:
		return true
	default:
		return false
	}
}

// methodsFor are the methods that cost what was agreed, by the prices that were offered when the tenant signed: the subscription's
// amount stays, whatever the plan costs today, so a method of another price is not for the tenant alone to choose.
func methodsFor(sub *queries.Submission) []queries.PaymentMethodType {
	methods, insurance := []queries.PaymentMethodType{sub.PaymentMethodType}, max(sub.InsuranceKey, 0)
	for other, price := range map[queries.PaymentMethodType]int64{
		queries.PaymentMethodTypeCard: sub.CardKey, queries.PaymentMethodTypeUsBankAccount: sub.AchKey} {
		if other != sub.PaymentMethodType && price != noPrice && price+insurance == sub.MonthlyTotalMinor {
			methods = append(methods, other)
		}
	}
	return methods
}

func (p paidReservation) refuseMethod(field string) error {
	instead := map[queries.PaymentMethodType]string{
		queries.PaymentMethodTypeCard: "Give another card", queries.PaymentMethodTypeUsBankAccount: "Give another bank account"}
	return Refuse(CodeInvalid, instead[p.submission.PaymentMethodType]+
		", since your monthly price is for that way to pay. For another way, ask your location: it makes you a new offer.", field)
}

// ChangePaymentMethod takes what the tenant has saved for a live subscription: reads the SetupIntent back from Stripe, keeps what was
// accepted with it, and lets a job tell Stripe. Handed in again it is the same; another one replaces one that is still on its way.
func (s *Service) ChangePaymentMethod(ctx context.Context, by Actor, m MethodChange) error {
	p, err := s.paidReservation(ctx, by, m.ReservationID)
	if err != nil {
		return err
	}
	before, err := found(s.q.MethodChangeGetBySetupIntent(ctx, s.Pool, m.SetupIntentID))
	if err != nil {
		return fmt.Errorf("read method change: %w", err)
	}
	if before != nil && before.ReservationID == m.ReservationID {
		if before.State == queries.MethodChangeStateFailed {
			return errMethodUsedUp
		}
		return nil
	}
	intent, err := s.usableForChange(ctx, p, m)
	if err != nil {
		return err
	}
	return s.inTxAgain(ctx, func(tx pgx.Tx) error { return s.keepMethodChange(ctx, tx, by, p, m, intent) })
}

var errMethodUsedUp = Refuse(CodePaymentMethodUnusable, "This payment method was given before, and that came to nothing. Give it again, or another one.", "setupIntentId")

// usableForChange believes nothing that a browser says about a SetupIntent: it must be this customer's, for this very reservation.
func (s *Service) usableForChange(ctx context.Context, p paidReservation, m MethodChange) (SetupIntent, error) {
	unusable := func(why string) error { return Refuse(CodePaymentMethodUnusable, why, "setupIntentId") }
	intent, err := s.Payments.SetupIntent(ctx, m.SetupIntentID)
	if err != nil && isMissing(err) {
		return intent, unusable("This payment method is not yours. Start again.")
	}
	if err != nil {
		return intent, fmt.Errorf("read setup intent: %w", err)
	}
	verifying := intent.State == SetupVerifying && intent.Method == queries.PaymentMethodTypeUsBankAccount
	switch {
	case intent.CustomerID != p.subscription.StripeCustomerID || intent.ReservationID != p.reservation.ID:
		return intent, unusable("This payment method is not yours. Start again.")
	case !slices.Contains(p.methods, intent.Method):
		return intent, p.refuseMethod("setupIntentId")
	case intent.State != SetupSucceeded && !verifying:
		return intent, unusable("The payment method is not confirmed yet. Confirm it, or use another one.")
	case intent.State == SetupSucceeded && intent.PaymentMethod.CustomerID != intent.CustomerID:
		return intent, unusable("This payment method was removed again. Give it once more, or another one.")
	case intent.Method == queries.PaymentMethodTypeUsBankAccount && !m.AcceptMandate:
		return intent, Refuse(CodeRequired, "The authorization for debits from the bank account must be accepted.", "acceptMandate")
	}
	return intent, nil
}

// keepMethodChange holds the reservation, so that of two at once the later one is the one that stays.
func (s *Service) keepMethodChange(ctx context.Context, tx pgx.Tx, by Actor, p paidReservation, m MethodChange, intent SetupIntent) error {
	if _, err := s.q.ReservationLock(ctx, tx, p.reservation.ID); err != nil {
		return fmt.Errorf("lock reservation: %w", err)
	}
	twin, err := found(s.q.MethodChangeGetBySetupIntent(ctx, tx, intent.ID))
	if err != nil || twin != nil {
		return err // the other tab was this one's twin
	}
	replaced, err := found(s.q.MethodChangeReplacePending(ctx, tx, queries.MethodChangeReplacePendingParams{ReservationID: p.reservation.ID,
		StateReason: "Another payment method was given since.", Now: ptr(s.now())}))
	if err != nil {
		return fmt.Errorf("replace pending method change: %w", err)
	}
	if replaced != nil {
		if err := s.record(ctx, tx, by, methodEvents(replaced, "method_change_failed", queries.MethodChangeStatePending)...); err != nil {
			return err
		}
	}
	change, err := s.q.MethodChangeInsert(ctx, tx, queries.MethodChangeInsertParams{ID: ids.New(), TenantID: p.reservation.TenantID,
		ReservationID: p.reservation.ID, SubscriptionID: p.subscription.ID, LocationID: p.reservation.LocationID,
		StripeCustomerID: intent.CustomerID, StripeSetupIntentID: intent.ID, StripePaymentMethodID: intent.PaymentMethod.ID,
		StripeMandateID: nonEmpty(intent.MandateID), PaymentMethodType: intent.Method, MethodLabel: intent.PaymentMethod.Label,
		MandateText: mandateOf(intent, m.Language, p.location), AcceptedIp: by.IP, AcceptedUserAgent: cleanUserAgent(by.UserAgent),
		Now: s.now(), DeadlineAt: s.now().Add(methodDeadline)})
	if err != nil {
		return fmt.Errorf("insert method change: %w", err)
	}
	if err := s.record(ctx, tx, by, methodEvents(change, "method_change_asked", "")...); err != nil {
		return err
	}
	return s.enqueue(ctx, tx, ChangePaymentMethodArgs{ChangeID: change.ID}, nil)
}

// methodEvents tell what became of a change that was in a state before, also in its reservation's history.
func methodEvents(c *queries.MethodChange, action string, before queries.MethodChangeState) []event {
	own := string(c.State)
	if before == "" {
		own = "asked"
	}
	detail := map[string]any{"method": c.MethodLabel}
	return []event{
		{subject: queries.EventSubjectMethodChange, id: c.ID, location: c.LocationID, action: own, before: string(before), after: string(c.State), detail: detail},
		{subject: queries.EventSubjectReservation, id: c.ReservationID, location: c.LocationID, action: action, detail: detail},
	}
}

// SettleMethodChange is the job that lets Stripe charge a subscription to the method that its tenant gave last. After each call it
// looks whether another was given meanwhile: the last word that Stripe hears is then the tenant's last, however many of these jobs
// run at once, are stopped, or are killed at any line.
func (s *Service) SettleMethodChange(ctx context.Context, by Actor, changeID uuid.UUID) error {
	own, err := s.q.MethodChangeGet(ctx, s.Pool, changeID)
	if err != nil {
		return fmt.Errorf("read method change: %w", err)
	}
	said := uuid.Nil
	for {
		newest, err := found(s.q.MethodChangeGetNewestKept(ctx, s.Pool, own.ReservationID))
		if err != nil {
			return fmt.Errorf("read newest method change: %w", err)
		}
		if newest == nil || newest.ID == said {
			return nil
		}
		settled, err := s.settleMethod(ctx, by, newest)
		if err != nil {
			return err
		}
		if settled {
			said = newest.ID
		}
	}
}

// settleMethod answers whether the change stands; one that failed is passed over in the next look.
func (s *Service) settleMethod(ctx context.Context, by Actor, c *queries.MethodChange) (bool, error) {
	intent, err := s.Payments.SetupIntent(ctx, c.StripeSetupIntentID)
	if err != nil {
		return false, s.patience(err, "read setup intent")
	}
	switch {
	case c.State == queries.MethodChangeStateDone: // tell it again: an older job's call may have come after this one's
	case intent.State == SetupVerifying && s.now().Before(c.DeadlineAt):
		return false, &Later{After: nextLook(s.now().Sub(c.RequestedAt)), Why: "the bank account is being verified"}
	case intent.State == SetupVerifying:
		return false, s.failMethod(ctx, by, c, "The bank account was not verified in time.")
	case intent.State != SetupSucceeded:
		return false, s.failMethod(ctx, by, c, failureOf(intent))
	}
	sub, err := s.q.SubscriptionGet(ctx, s.Pool, c.SubscriptionID)
	if err != nil {
		return false, fmt.Errorf("read subscription: %w", err)
	}
	if err := s.tellMethod(ctx, sub, c); err != nil {
		pe := ProviderErrorAs(err)
		if pe.Kind != ProviderRefused {
			return false, s.patience(err, "set payment method")
		}
		if c.State == queries.MethodChangeStateDone { // it was taken once, and the subscription or the method has ended since
			return true, nil
		}
		s.Log.WarnContext(ctx, "Stripe refused another payment method", "method_change_id", c.ID, "error", err)
		return false, s.failMethod(ctx, by, c, "The payment method could not be used. Give it again, or another one.")
	}
	return true, s.endMethodChange(ctx, by, c, queries.MethodChangeStateDone, "", intent.MandateID)
}

// tellMethod tells the subscription first: what is charged next is what the tenant asked about.
func (s *Service) tellMethod(ctx context.Context, sub *queries.Subscription, c *queries.MethodChange) error {
	s.Step("before_subscription_method")
	if err := s.Payments.SetSubscriptionMethod(ctx, sub.StripeSubscriptionID, c.StripePaymentMethodID); err != nil {
		return err
	}
	s.Step("after_subscription_method")
	if err := s.Payments.SetCustomerMethod(ctx, c.StripeCustomerID, c.StripePaymentMethodID); err != nil {
		return err
	}
	s.Step("after_customer_method")
	return nil
}

func (s *Service) failMethod(ctx context.Context, by Actor, c *queries.MethodChange, reason string) error {
	return s.endMethodChange(ctx, by, c, queries.MethodChangeStateFailed, reason, "")
}

// endMethodChange writes how it ended, once, and tells the tenant.
func (s *Service) endMethodChange(ctx context.Context, by Actor, c *queries.MethodChange, state queries.MethodChangeState, reason, mandate string) error {
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		ended, err := found(s.q.MethodChangeSettleIfPending(ctx, tx, queries.MethodChangeSettleIfPendingParams{ID: c.ID, State: state,
			StateReason: reason, StripeMandateID: nonEmpty(mandate), Now: ptr(s.now())}))
		if err != nil || ended == nil {
			return err
		}
		tenant, err := s.q.TenantGet(ctx, tx, c.TenantID)
		if err != nil {
			return err
		}
		sub, err := s.q.SubscriptionGet(ctx, tx, c.SubscriptionID)
		if err != nil {
			return err
		}
		action, says := "method_changed", saysMethodChanged
		if state == queries.MethodChangeStateFailed {
			action, says = "method_change_failed", saysMethodFailed
		}
		if err := s.record(ctx, tx, by, methodEvents(ended, action, queries.MethodChangeStatePending)...); err != nil {
			return err
		}
		return s.noticeTenant(ctx, tx, by, tenant, notice{c.LocationID, &sub.SubmissionID, says})
	})
	if err != nil {
		return fmt.Errorf("end method change %s as %s: %w", c.ID, state, err)
	}
	return nil
}

// MethodVerificationPage answers Stripe's page for the code of a bank account that is to be paid with; "" where none is asked for.
func (s *Service) MethodVerificationPage(ctx context.Context, c *queries.MethodChange) (string, error) {
	if c.State != queries.MethodChangeStatePending || c.PaymentMethodType != queries.PaymentMethodTypeUsBankAccount {
		return "", nil
	}
	return s.verificationPage(ctx, c.StripeSetupIntentID)
}
