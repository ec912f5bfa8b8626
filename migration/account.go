package migration

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"carryover/money"
	"carryover/queries"
)

// Asked is what a tenant has to do about a reservation.
type Asked string

// The values of the API's TenantTask.
const (
	AskedNothing          Asked = "NOTHING"
	AskedEnterCode        Asked = "ENTER_CODE"
	AskedNewPaymentMethod Asked = "NEW_PAYMENT_METHOD"
	AskedConfirmPayment   Asked = "CONFIRM_PAYMENT"
	AskedSubmitAgain      Asked = "SUBMIT_AGAIN"
)

// Account is a tenant as they see themselves.
type Account struct {
	Tenant       *queries.Tenant
	Correction   *queries.EmailCorrection // that waits for staff; nil: none
	Reservations []*AccountReservation
}

// AccountReservation is one reservation as its tenant sees it.
type AccountReservation struct {
	Row          *queries.ReservationListByTenantRow
	Subscription *queries.Subscription        // the live one, else the last; nil before approval
	Change       *queries.MethodChange        // the newest one; nil: none
	Confirming   *queries.SubscriptionInvoice // the oldest that the tenant's bank wants the tenant for, after approval; nil: none
	Asked        Asked
	AskedReason  string // why an attempt came to nothing, in the language of the submission
	AskedLink    string // where it is done; "" where that is here, or nowhere any more
	Method       queries.PaymentMethodType
	MethodLabel  string                      // of what is charged
	Methods      []queries.PaymentMethodType // that it can be paid with instead; none where it cannot be changed now
	NextChargeOn *Date
	Steps        []*queries.EventListStepsByReservationsRow
	zone         *time.Location
}

// Monthly is what is charged each month.
func (r *AccountReservation) Monthly() money.Money {
	return money.Money{Minor: r.Row.Submission.MonthlyTotalMinor, Currency: r.Row.Submission.Currency}
}

// DateOf is the date of a moment at the reservation's location.
func (r *AccountReservation) DateOf(t time.Time) Date { return DateIn(t, r.zone) }

// Account answers what a signed-in tenant sees. Every statement is bounded by the tenant's own id.
func (s *Service) Account(ctx context.Context, t *queries.Tenant) (*Account, error) {
	correction, err := found(s.q.EmailCorrectionGetPending(ctx, s.Pool, t.ID))
	if err != nil {
		return nil, fmt.Errorf("read pending email correction: %w", err)
	}
	rows, err := s.q.ReservationListByTenant(ctx, s.Pool, t.ID)
	if err != nil {
		return nil, fmt.Errorf("list the tenant's reservations: %w", err)
	}
	a := &Account{Tenant: t, Correction: correction}
	index := make(map[uuid.UUID]*AccountReservation, len(rows))
	ids := make([]uuid.UUID, len(rows))
	for i, row := range rows {
		one := &AccountReservation{Row: row, Method: row.Submission.PaymentMethodType, MethodLabel: row.Submission.MethodLabel}
		if one.zone, err = time.LoadLocation(row.Location.TimeZone); err != nil {
			return nil, fmt.Errorf("time zone of location %s: %w", row.Location.ID, err)
		}
		ids[i], index[row.Reservation.ID] = row.Reservation.ID, one
		a.Reservations = append(a.Reservations, one)
	}
	if err := s.readBilling(ctx, ids, index); err != nil {
		return nil, err
	}
	for _, one := range a.Reservations {
		if err := s.judgeReservation(ctx, one); err != nil {
			return nil, err
		}
	}
	return a, nil
}

// readBilling reads what else there is of reservations, in one statement for each kind of row.
func (s *Service) readBilling(ctx context.Context, ids []uuid.UUID, index map[uuid.UUID]*AccountReservation) error {
	subscriptions, err := s.q.SubscriptionListLatest(ctx, s.Pool, ids)
	if err != nil {
		return fmt.Errorf("list subscriptions: %w", err)
	}
	of := make(map[uuid.UUID]*AccountReservation, len(subscriptions))
	subscribed := make([]uuid.UUID, len(subscriptions))
	for i, sub := range subscriptions {
		one := index[sub.ReservationID]
		one.Subscription, subscribed[i], of[sub.ID] = sub, sub.ID, one
	}
	confirming, err := s.q.SubscriptionInvoiceListConfirming(ctx, s.Pool, subscribed)
	if err != nil {
		return fmt.Errorf("list invoices to confirm: %w", err)
	}
	for _, i := range confirming { // oldest first
		if one := of[i.SubscriptionID]; one.Confirming == nil && one.Row.Submission.Status == queries.SubmissionStatusApproved {
			one.Confirming = i
		}
	}
	changes, err := s.q.MethodChangeListByReservations(ctx, s.Pool, ids)
	if err != nil {
		return fmt.Errorf("list method changes: %w", err)
	}
	for _, c := range changes { // newest first
		one := index[c.ReservationID]
		if one.Change == nil {
			one.Change = c
		}
	}
	for i := len(changes) - 1; i >= 0; i-- { // the newest that was taken stays
		if c := changes[i]; c.State == queries.MethodChangeStateDone {
			index[c.ReservationID].Method, index[c.ReservationID].MethodLabel = c.PaymentMethodType, c.MethodLabel
		}
	}
	steps, err := s.q.EventListStepsByReservations(ctx, s.Pool, ids)
	if err != nil {
		return fmt.Errorf("list steps: %w", err)
	}
	for _, step := range steps {
		index[step.ReservationID].Steps = append(index[step.ReservationID].Steps, step)
	}
	return nil
}

// judgeReservation says what is asked of the tenant, where it is done, and what is charged next. What staff write for each other is
// no reason: only an attempt that came to nothing has one for its tenant.
func (s *Service) judgeReservation(ctx context.Context, r *AccountReservation) (err error) {
	sub := &r.Row.Submission
	if r.Row.Reservation.EndedAt != nil {
		return s.judgeEnded(ctx, r)
	}
	if r.Asked, err = s.asked(ctx, r); err != nil {
		return err
	}
	if ReopensLink(sub.Status) {
		r.AskedReason = reasonFor(sub)
	}
	charged := r.Subscription != nil && takesAnotherMethod(sub, r.Subscription)
	if charged {
		r.Methods = methodsFor(sub)
		if r.Subscription.NextChargeAt != nil {
			on := r.DateOf(*r.Subscription.NextChargeAt)
			r.NextChargeOn = &on
		}
		return nil
	}
	if r.Asked == AskedNothing || sub.InvitationID == nil {
		return nil
	}
	inv, err := s.q.InvitationGet(ctx, s.Pool, *sub.InvitationID)
	if err != nil {
		return fmt.Errorf("read invitation: %w", err)
	}
	_, err = s.linkTask(ctx, r, inv, standing{last: sub})
	return err
}

// judgeEnded: nothing is asked about what was given up, unless another offer took its place and waits for the tenant.
func (s *Service) judgeEnded(ctx context.Context, r *AccountReservation) error {
	r.Asked = AskedNothing
	if r.Row.Submission.InvitationID == nil {
		return nil
	}
	before, err := s.q.InvitationGet(ctx, s.Pool, *r.Row.Submission.InvitationID)
	if err != nil {
		return fmt.Errorf("read invitation: %w", err)
	}
	if before.SuccessorID == nil {
		return nil
	}
	next, err := s.q.InvitationGet(ctx, s.Pool, *before.SuccessorID)
	if err != nil {
		return fmt.Errorf("read the offer that took its place: %w", err)
	}
	if !CanEdit(next) { // accepted, and then it has a reservation of its own, or withdrawn
		return nil
	}
	state, err := s.linkTask(ctx, r, next, standing{})
	if err != nil || (state != SetupStateOpen && state != SetupStateExpired) {
		return err
	}
	r.Asked = AskedSubmitAgain
	r.AskedReason, _, err = s.reasonOfSuccessor(ctx, s.Pool, next.ID)
	return err
}

// linkTask says where a task is done: behind the invitation's link, where that opens; else the location has to send another first.
func (s *Service) linkTask(ctx context.Context, r *AccountReservation, inv *queries.Invitation, stands standing) (SetupState, error) {
	offer, err := s.loadOffer(ctx, s.Pool, inv)
	if err != nil {
		return "", err
	}
	state := setupState(offer, stands, inv.LinkVersion, s.now())
	switch state {
	case SetupStateOpen, SetupStateSubmitted, SetupStateConfirm:
		token, err := s.Links.Token(s.Links.PrimaryKey(), inv.ID, inv.LinkVersion)
		r.AskedLink = s.PublicURL + setupPath + token
		return state, err
	default:
		return state, nil
	}
}

func (s *Service) asked(ctx context.Context, r *AccountReservation) (Asked, error) {
	sub := &r.Row.Submission
	switch {
	case sub.Status == queries.SubmissionStatusWaitingForBankVerification:
		v, err := s.q.BankVerificationGet(ctx, s.Pool, sub.ID)
		if err != nil {
			return "", fmt.Errorf("read bank verification: %w", err)
		}
		if v.DepositArrivesAt == nil {
			return AskedNothing, nil
		}
		return AskedEnterCode, nil
	case sub.Status == queries.SubmissionStatusTenantActionRequired:
		return AskedConfirmPayment, nil
	case sub.Status == queries.SubmissionStatusRejected:
		return AskedSubmitAgain, nil
	case ReopensLink(sub.Status):
		return AskedNewPaymentMethod, nil
	case r.Confirming != nil:
		return AskedConfirmPayment, nil
	case sub.Status == queries.SubmissionStatusApproved && r.Subscription != nil && unpaid(r.Subscription.Status):
		return AskedNewPaymentMethod, nil
	}
	return AskedNothing, nil
}

// unpaid: the last charge failed, and Stripe tries again.
func unpaid(status queries.SubscriptionStatus) bool {
	return status == queries.SubscriptionStatusPastDue || status == queries.SubscriptionStatusUnpaid
}
