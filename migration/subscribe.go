package migration

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/ids"
	"carryover/money"
	"carryover/queries"
)

const (
	// inFlight is how long a call of ours may still be on its way: longer than any job may run. Only after it does "Stripe
	// holds nothing" mean that nothing will come.
	inFlight = 10 * time.Minute
)

// creation is all that the job knows of one approval.
type creation struct {
	approval    *queries.Approval
	submission  *queries.Submission
	reservation *queries.Reservation
	location    *queries.Location
	lines       []*queries.QuoteLine
	seen        *time.Time // the last call to Stripe that was on record when this was read
}

// CreateSubscription is the job that makes the subscription of one approval: exactly one, however often, however late and in
// however many processes at once it runs.
//
// Each run first reads the customer's subscriptions at Stripe and takes the one that carries this reservation. Only where
// there is none does it call, under a key made of the approval and a try number. What is asked was frozen with the approval,
// and the time of the first call is committed before the call, so that a later run says the same under the same key. The try
// number rises only after a read-back found nothing and the old key can answer nothing more. It answers *Later where the
// moment has not come.
func (s *Service) CreateSubscription(ctx context.Context, by Actor, approvalID uuid.UUID) error {
	c, err := s.loadCreation(ctx, approvalID)
	if err != nil || c.approval.Outcome != queries.ApprovalOutcomePending {
		return err
	}
	if wait := c.approval.NotBefore.Sub(s.now()); wait > 0 {
		return &Later{After: wait, Why: "the billing moment is ahead"}
	}
	s.Step("before_read_back")
	done, err := s.takeExisting(ctx, by, c)
	if err != nil || done {
		return err
	}
	s.Step("after_read_back")
	if reason, err := s.preflight(ctx, c); err != nil || reason != nil {
		if err != nil {
			return err
		}
		return s.giveBack(ctx, by, c, *reason)
	}
	if reason, err := s.setMethod(ctx, c); err != nil || reason != nil {
		if err != nil {
			return err
		}
		return s.giveBack(ctx, by, c, *reason)
	}
	s.Step("after_method")
	return s.callStripe(ctx, by, c)
}

// setMethod lets whatever is billed to the customer later be charged to the method that was agreed to. It comes before the
// subscription: whoever finds one that was made need not ask whether this was done. Doing it again changes nothing.
func (s *Service) setMethod(ctx context.Context, c creation) (*obstacle, error) {
	if err := s.Payments.SetCustomerMethod(ctx, c.submission.StripeCustomerID, c.submission.StripePaymentMethodID); err != nil {
		return s.refusedAs(err, "set the customer's payment method")
	}
	return nil, nil
}

func (s *Service) loadCreation(ctx context.Context, approvalID uuid.UUID) (c creation, err error) {
	if c.approval, err = s.q.ApprovalGet(ctx, s.Pool, approvalID); err != nil {
		return c, fmt.Errorf("read approval %s: %w", approvalID, err)
	}
	c.seen = c.approval.LastCalledAt
	if c.submission, err = s.q.SubmissionGet(ctx, s.Pool, c.approval.SubmissionID); err != nil {
		return c, fmt.Errorf("read submission: %w", err)
	}
	if c.reservation, err = s.q.ReservationGet(ctx, s.Pool, c.submission.ReservationID); err != nil {
		return c, fmt.Errorf("read reservation: %w", err)
	}
	if c.location, err = s.q.LocationGet(ctx, s.Pool, c.submission.LocationID); err != nil {
		return c, fmt.Errorf("read location: %w", err)
	}
	if c.lines, err = s.q.QuoteLineListBySubmission(ctx, s.Pool, c.submission.ID); err != nil {
		return c, fmt.Errorf("read quote lines: %w", err)
	}
	return c, nil
}

// takeExisting reads Stripe's books. A live subscription of this reservation is the one, whoever made it and whatever was
// lost since; done tells that the approval is settled. One whose first payment was refused is ended, of whichever approval it is:
// for 23 hours somebody could still pay it, and it would charge beside the next one.
func (s *Service) takeExisting(ctx context.Context, by Actor, c creation) (done bool, err error) {
	all, err := s.heldOf(ctx, c.submission.StripeCustomerID)
	if err != nil {
		return false, s.patience(err, "read back subscriptions")
	}
	var ended []StripeSubscription
	for _, sub := range all {
		if sub.ReservationID != c.reservation.ID {
			continue
		}
		refused := sub.FirstPaymentFailed
		if sub, err = s.endRefused(ctx, sub); err != nil {
			return false, err
		}
		switch {
		case isLive(sub.Status):
			return true, s.recordSubscription(ctx, by, c, sub)
		case sub.ApprovalID == c.approval.ID, refused: // a live one further down the list comes first
			ended = append(ended, sub)
		}
	}
	for _, sub := range ended {
		if done, err := s.takeEnded(ctx, by, c, sub); err != nil || done {
			return done, err
		}
	}
	return false, nil
}

// obstacle is why the subscription cannot be made as approved. lost means that the payment method is gone.
type obstacle struct {
	reason string
	lost   bool
}

// preflight looks whether what was approved is still what would happen. It answers an obstacle, or nil.
func (s *Service) preflight(ctx context.Context, c creation) (*obstacle, error) {
	now := s.now()
	if now.After(c.approval.DeadlineAt) {
		return &obstacle{reason: "No subscription was made in time: Stripe could not be reached, or no worker ran. Approve again."}, nil
	}
	if late, err := s.isLate(c, now); err != nil || late {
		return &obstacle{reason: "The start that was approved has passed. Look at the amounts and approve again."}, err
	}
	if word, err := s.obstacleOf(ctx, s.Pool, c.submission.ID); err != nil || word != "" {
		return &obstacle{reason: outcomeMessages[word]}, err
	}
	if why, err := s.whyMethodLost(ctx, c.submission); err != nil {
		return nil, s.patience(err, "read payment method")
	} else if why != "" {
		return &obstacle{reason: why, lost: true}, nil
	}
	return s.drift(ctx, c)
}

// isLate tells whether the frozen start can no longer be asked of Stripe.
func (s *Service) isLate(c creation, now time.Time) (bool, error) {
	for _, begins := range []*time.Time{c.approval.AnchorAt, c.approval.TrialEndAt} {
		if begins != nil {
			return !begins.After(now), nil
		}
	}
	zone, err := time.LoadLocation(c.location.TimeZone)
	if err != nil {
		return false, err
	}
	plan, err := PlanStart(c.approval.Option, now, zone, c.submission.AnchorDay)
	return plan.Anchor != nil || plan.Backdate != nil, err // "starts now" was approved for the billing day itself
}

// drift compares what Stripe itself would charge with what was confirmed: at once or, where nothing is charged at once, on the day
// of the first charge.
func (s *Service) drift(ctx context.Context, c creation) (*obstacle, error) {
	first, err := s.firstInvoiceAt(ctx, c)
	if err != nil {
		return s.refusedAs(err, "preview")
	}
	due := money.Money{Currency: c.approval.Currency}
	confirmed := money.Money{Minor: c.approval.DueTodayMinor, Currency: c.approval.Currency}
	monthly := money.Money{Minor: c.approval.MonthlyTotalMinor, Currency: c.approval.Currency}
	if first != nil && !first.Later {
		due = first.Due
	}
	switch {
	case due != confirmed:
		return &obstacle{reason: fmt.Sprintf("Stripe would charge %s at once, but %s was confirmed. Nothing was charged.", due, confirmed)}, nil
	case first != nil && first.Later && first.Due != monthly:
		return &obstacle{reason: fmt.Sprintf("Stripe would charge %s on %s, but %s was agreed. Look at the customer's balance, discounts and taxes at Stripe. Nothing was charged.",
			first.Due, c.approval.NextChargeOn, monthly)}, nil
	}
	return nil, nil
}

// firstInvoiceAt asks Stripe for the first invoice. A trial may be answered by none, or by the one of zero that it begins with: what a
// whole month costs is asked for then as if it began now, since Stripe takes no anchor that far ahead, and is answered as what comes later.
func (s *Service) firstInvoiceAt(ctx context.Context, c creation) (*UpcomingInvoice, error) {
	first, err := previewed(ctx, s, c, s.Payments.UpcomingInvoice)
	if err != nil || c.approval.TrialEndAt == nil || (first != nil && (first.Later || first.Due.Minor != 0)) {
		return first, err
	}
	month := *c.approval
	month.TrialEndAt, c.approval = nil, &month
	whole, err := previewed(ctx, s, c, s.Payments.UpcomingInvoice)
	if err != nil || whole == nil {
		return nil, err
	}
	after := &UpcomingInvoice{Due: whole.Due, Later: true}
	for _, l := range whole.Lines {
		l.From, l.Until = time.Time{}, time.Time{}
		after.Lines = append(after.Lines, l)
	}
	return after, nil
}

// refusedAs makes an obstacle of a request that Stripe refuses, and patience of everything else.
func (s *Service) refusedAs(err error, what string) (*obstacle, error) {
	if pe := ProviderErrorAs(err); pe.Kind == ProviderRefused {
		return &obstacle{reason: "Stripe refused: " + pe.Message}, nil
	}
	return nil, s.patience(err, what)
}

// giveBack ends an approval that cannot be carried out. Where an earlier call may still be on its way it waits, since a
// subscription could come of it yet.
func (s *Service) giveBack(ctx context.Context, by Actor, c creation, o obstacle) error {
	if called := c.approval.LastCalledAt; called != nil {
		if wait := inFlight - s.now().Sub(*called); wait > 0 {
			return &Later{After: wait, Why: "an earlier call may still be on its way"}
		}
	}
	if o.lost {
		return s.methodLost(ctx, by, c, o.reason)
	}
	return s.returnToReady(ctx, by, c, o.reason)
}

// previewed asks Stripe about a subscription whose products exist. Each process makes a product once; where Stripe says that
// something is missing (somebody deleted it there), they are made again and the question is repeated.
func previewed[T any](ctx context.Context, s *Service, c creation, ask func(context.Context, SubscriptionRequest) (T, error)) (answer T, err error) {
	if err := s.ensureProducts(ctx, c, false); err != nil {
		return answer, err
	}
	if answer, err = ask(ctx, c.request()); err == nil || !isMissing(err) {
		return answer, err
	}
	if err := s.ensureProducts(ctx, c, true); err != nil {
		return answer, err
	}
	return ask(ctx, c.request())
}

func (s *Service) ensureProducts(ctx context.Context, c creation, again bool) error {
	for _, line := range c.lines {
		id := productID(line)
		if _, made := s.products.Load(id); made && !again {
			continue
		}
		if err := s.Payments.EnsureProduct(ctx, id, line.Description); err != nil {
			return err
		}
		s.products.Store(id, true)
	}
	return nil
}

// productID is ours to choose, so that making a product twice makes one.
func productID(line *queries.QuoteLine) string {
	if line.PlanID != nil {
		return "carryover_plan_" + line.PlanID.String()
	}
	return "carryover_insurance_" + line.InsurancePlanID.String()
}

func (c creation) request() SubscriptionRequest {
	r := SubscriptionRequest{
		CustomerID: c.submission.StripeCustomerID, PaymentMethodID: c.submission.StripePaymentMethodID,
		Method: c.submission.PaymentMethodType, Currency: c.submission.Currency,
		Backdate: c.approval.BackdateAt, Anchor: c.approval.AnchorAt, TrialEnd: c.approval.TrialEndAt,
		Prorate:       c.approval.Option == CurrentMonth,
		ReservationID: c.reservation.ID, SubmissionID: c.submission.ID, ApprovalID: c.approval.ID,
		TenantConfirms: c.approval.TenantConfirms,
	}
	for _, line := range c.lines {
		r.Items = append(r.Items, SubscriptionItem{ProductID: productID(line), AmountMinor: line.AmountMinor})
	}
	return r
}

// callStripe asks for the subscription, once under each key in effect.
func (s *Service) callStripe(ctx context.Context, by Actor, c creation) error {
	marked, err := found(s.q.ApprovalMarkCalled(ctx, s.Pool, queries.ApprovalMarkCalledParams{
		ID: c.approval.ID, TryNumber: c.approval.TryNumber, Now: ptr(s.now())}))
	if err != nil {
		return fmt.Errorf("mark approval called: %w", err)
	}
	if marked == nil {
		return &Later{After: time.Second, Why: "another worker is at it"}
	}
	c.approval, c.seen = &marked.Approval, marked.Approval.LastCalledAt
	s.Step("before_create")
	key := fmt.Sprintf("approval-%s-%d", c.approval.ID, c.approval.TryNumber)
	sub, err := s.Payments.CreateSubscription(ctx, key, c.request())
	s.Step("after_create")
	if err != nil {
		c.approval.LastCalledAt = marked.CalledBefore // this call was answered; one before it may still be on its way
		return s.afterRefusal(ctx, by, c, err)
	}
	if sub, err = s.endRefused(ctx, sub); err != nil {
		return err
	}
	if !isLive(sub.Status) {
		_, err = s.takeEnded(ctx, by, c, sub)
		return err
	}
	return s.recordSubscription(ctx, by, c, sub)
}

// afterRefusal decides by what a failed call may have left behind.
func (s *Service) afterRefusal(ctx context.Context, by Actor, c creation, err error) error {
	pe := ProviderErrorAs(err)
	switch {
	case pe.Kind == ProviderDeclined && bankAsks(pe) && !c.approval.TenantConfirms:
		return s.letTenantConfirm(ctx, c)
	case pe.Kind == ProviderDeclined:
		return s.paymentFailed(ctx, by, c, pe.Message)
	case pe.Kind == ProviderRefused && pe.Code != "idempotency_error":
		return s.giveBack(ctx, by, c, obstacle{reason: "Stripe refused: " + pe.Message})
	case pe.Replays && c.approval.CalledAt != nil && s.now().Sub(*c.approval.CalledAt) > time.Minute:
		return s.replaceKey(ctx, by, c)
	}
	return s.patience(err, "create subscription")
}

// bankAsks tells that the bank said neither yes nor no (Stripe, "Decline codes").
func bankAsks(pe *ProviderError) bool {
	return pe.Code == "authentication_required" || pe.Code == "subscription_payment_intent_requires_action"
}

// letTenantConfirm asks again, for a subscription that is made unpaid and waits for its tenant: nothing was made by the call that
// the bank answered.
func (s *Service) letTenantConfirm(ctx context.Context, c creation) error {
	_, err := found(s.q.ApprovalLetTenantConfirm(ctx, s.Pool, queries.ApprovalLetTenantConfirmParams{
		ID: c.approval.ID, TryNumber: c.approval.TryNumber}))
	if err != nil {
		return fmt.Errorf("let the tenant confirm: %w", err)
	}
	return &Later{After: time.Second, Why: "the bank wants the tenant"}
}

// replaceKey goes on under a new key where the old one only repeats Stripe's failure, after one more look at the books: the
// failed call may have made the subscription all the same.
func (s *Service) replaceKey(ctx context.Context, by Actor, c creation) error {
	if done, err := s.takeExisting(ctx, by, c); err != nil || done {
		return err
	}
	return s.nextTry(ctx, c)
}

// nextTry is called only after a read-back that found nothing. Of two workers one raises the number; the other looks again.
func (s *Service) nextTry(ctx context.Context, c creation) error {
	_, err := found(s.q.ApprovalStartNextTry(ctx, s.Pool, queries.ApprovalStartNextTryParams{
		ID: c.approval.ID, TryNumber: c.approval.TryNumber}))
	if err != nil {
		return fmt.Errorf("start next try: %w", err)
	}
	return &Later{After: time.Second, Why: "a new key after a read-back that found nothing"}
}

// patience answers *Later for what passes by itself, and the error for what should be seen.
func (s *Service) patience(err error, what string) error {
	pe := ProviderErrorAs(err)
	switch pe.Kind {
	case ProviderThrottled:
		return &Later{After: max(pe.RetryAfter, time.Second), Why: pe.Message}
	case ProviderBusy:
		return &Later{After: 2 * time.Second, Why: pe.Message}
	default:
		return fmt.Errorf("%s: %w", what, err)
	}
}

// outcome is how an approval ends.
type outcome struct {
	approval   queries.ApprovalOutcome
	submission queries.SubmissionStatus
	reason     string
}

// settle writes how an approval ended, on approval and submission together, and then what follows from it. Where somebody
// settled it before, nothing is written.
func (s *Service) settle(ctx context.Context, by Actor, c creation, o outcome, follow func(tx pgx.Tx) error) error {
	s.Step("before_record")
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		a, err := found(s.q.ApprovalSettleIfPending(ctx, tx, queries.ApprovalSettleIfPendingParams{
			ID: c.approval.ID, Outcome: o.approval, OutcomeReason: o.reason, Now: ptr(s.now()), Seen: c.seen}))
		if err != nil {
			return err
		}
		if a == nil {
			return s.settledBefore(ctx, tx, c)
		}
		sub, err := s.q.SubmissionSettleIfApproving(ctx, tx, queries.SubmissionSettleIfApprovingParams{
			ID: c.submission.ID, Status: o.submission, StatusReason: o.reason, Now: s.now()})
		if err != nil {
			return err
		}
		if err := s.record(ctx, tx, by,
			event{subject: queries.EventSubjectApproval, id: a.ID, location: sub.LocationID, action: string(o.approval),
				before: string(queries.ApprovalOutcomePending), after: string(a.Outcome)},
			event{subject: queries.EventSubjectSubmission, id: sub.ID, location: sub.LocationID, action: string(o.submission),
				before: string(queries.SubmissionStatusApproving), after: string(sub.Status)}); err != nil {
			return err
		}
		if err := s.settleApprovalItem(ctx, tx, a, queries.ApprovalOutcomePending); err != nil {
			return err
		}
		return follow(tx)
	})
	if err != nil {
		return fmt.Errorf("record approval %s as %s: %w", c.approval.ID, o.approval, err)
	}
	s.Step("after_record")
	return s.finishBatchOf(ctx, by, c.approval.BatchID)
}

// settledBefore is no error where somebody settled the approval. Where another worker has called Stripe since, it is nobody's to give
// back: Stripe is read again first.
func (s *Service) settledBefore(ctx context.Context, tx pgx.Tx, c creation) error {
	a, err := s.q.ApprovalGet(ctx, tx, c.approval.ID)
	if err != nil || a.Outcome != queries.ApprovalOutcomePending {
		return err
	}
	return &Later{After: time.Second, Why: "another worker has called Stripe since"}
}

// recordSubscription writes down what Stripe holds.
func (s *Service) recordSubscription(ctx context.Context, by Actor, c creation, sub StripeSubscription) error {
	o := outcome{approval: queries.ApprovalOutcomeApproved, submission: queries.SubmissionStatusApproved}
	if sub.ActionRequired {
		o = outcome{approval: queries.ApprovalOutcomeTenantActionRequired, submission: queries.SubmissionStatusTenantActionRequired,
			reason: bankWantsTenant}
	}
	switch {
	case !isLive(sub.Status):
		o.reason = endedAtStripe
	case sub.ApprovalID != c.approval.ID:
		o.reason = heldAtStripe
	}
	return s.settle(ctx, by, c, o, func(tx pgx.Tx) error {
		row, err := s.q.SubscriptionInsert(ctx, tx, queries.SubscriptionInsertParams{
			ID: ids.New(), ReservationID: c.reservation.ID, SubmissionID: c.submission.ID, ApprovalID: c.approval.ID,
			StripeSubscriptionID: sub.ID, StripeCustomerID: sub.CustomerID, Status: sub.Status, Currency: c.submission.Currency,
			MonthlyTotalMinor: c.submission.MonthlyTotalMinor, StartedAt: sub.StartedAt, NextChargeAt: sub.NextChargeAt, Now: s.now()})
		if err != nil {
			return err
		}
		if err := s.record(ctx, tx, by, event{subject: queries.EventSubjectSubscription, id: row.ID,
			location: c.submission.LocationID, action: "created", after: string(row.Status)}); err != nil {
			return err
		}
		if sub.ActionRequired {
			if err := s.tellTenant(ctx, tx, by, c.submission, saysToConfirm(row)); err != nil {
				return err
			}
		}
		return s.enqueue(ctx, tx, NotifyStaffContactArgs{SubmissionID: c.submission.ID}, nil)
	})
}

// returnToReady: nothing lives at Stripe, staff decide again.
func (s *Service) returnToReady(ctx context.Context, by Actor, c creation, reason string) error {
	o := outcome{approval: queries.ApprovalOutcomeReturned, submission: queries.SubmissionStatusReadyForApproval, reason: reason}
	return s.settle(ctx, by, c, o, func(pgx.Tx) error { return nil })
}

// paymentFailed: nothing lives at Stripe, the tenant is asked for another payment method.
func (s *Service) paymentFailed(ctx context.Context, by Actor, c creation, reason string) error {
	o := outcome{approval: queries.ApprovalOutcomePaymentFailed, submission: queries.SubmissionStatusPaymentFailed, reason: reason}
	return s.settle(ctx, by, c, o, func(tx pgx.Tx) error { return s.reopenLink(ctx, tx, by, c.submission) })
}

// methodLost goes back to READY_FOR_APPROVAL and on from there, as the life cycle has it.
func (s *Service) methodLost(ctx context.Context, by Actor, c creation, reason string) error {
	o := outcome{approval: queries.ApprovalOutcomeReturned, submission: queries.SubmissionStatusReadyForApproval, reason: reason}
	return s.settle(ctx, by, c, o, func(tx pgx.Tx) error {
		return s.loseMethod(ctx, tx, by, c.submission.ID, reason)
	})
}

// reopenLink gives the tenant's link its whole life again and says what is asked. Without an email address there is nobody
// to tell; staff see the state.
func (s *Service) reopenLink(ctx context.Context, tx pgx.Tx, by Actor, sub *queries.Submission) error {
	if sub.InvitationID == nil {
		return nil
	}
	if err := s.extendLink(ctx, tx, *sub.InvitationID); err != nil {
		return err
	}
	return s.tellTenant(ctx, tx, by, sub, "")
}
