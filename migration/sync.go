package migration

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/queries"
)

const (
	// afterEnd is how long an ended subscription is still looked at: so long a bank may take back what was paid (Stripe,
	// "Disputes": cards up to 120 days).
	afterEnd = 120 * 24 * time.Hour
	// afterCharge is how long after the moment of a charge its invoice is looked for. Stripe keeps it as a draft for an hour.
	afterCharge = 2 * time.Hour
	// unknownPause is how long one that Stripe does not know keeps out of the way of the others.
	unknownPause = time.Hour
	// leftAlone is how long nothing may be heard of an approval before its job is asked for again.
	leftAlone = time.Hour
)

// books is what Stripe holds of one subscription of ours, as one look found it.
type books struct {
	row      *queries.Subscription // before the look
	theirs   StripeSubscription
	others   []StripeSubscription // live ones of the same customer
	invoices []StripeInvoice
	disputes map[string][]StripeDispute // by invoice
	endedFor string                     // why this very look ended it at Stripe; "" where it did not
}

// LookForSubscriptions is the periodic job that finds subscriptions which are due to be read again, one job each, and payment
// methods and approvals that wait. So a webhook that never comes changes nothing but the hour.
func (s *Service) LookForSubscriptions(ctx context.Context) error {
	return s.inTx(ctx, func(tx pgx.Tx) error {
		due, err := s.q.SubscriptionListDue(ctx, tx, queries.SubscriptionListDueParams{Now: s.now(), RowLimit: looksAtOnce})
		if err != nil {
			return fmt.Errorf("list due subscriptions: %w", err)
		}
		for _, id := range due {
			if err := s.enqueue(ctx, tx, SyncSubscriptionArgs{SubscriptionID: id}, nil); err != nil {
				return err
			}
		}
		if err := s.lookForApprovals(ctx, tx); err != nil {
			return err
		}
		return s.lookForMethods(ctx, tx)
	})
}

// lookForApprovals finds approvals whose job was lost, long before their time is over. Where the job is alive, no second one is made.
func (s *Service) lookForApprovals(ctx context.Context, tx pgx.Tx) error {
	left, err := s.q.ApprovalListLeft(ctx, tx, queries.ApprovalListLeftParams{Before: s.now().Add(-leftAlone), RowLimit: looksAtOnce})
	if err != nil {
		return fmt.Errorf("list approvals that nothing was heard of: %w", err)
	}
	for _, id := range left {
		if err := s.enqueue(ctx, tx, CreateSubscriptionArgs{ApprovalID: id}, nil); err != nil {
			return err
		}
	}
	return nil
}

// SyncSubscription is the job that reads one subscription from Stripe and writes down what became of it: its state, its invoices,
// what the tenant has confirmed, and what is not as it was agreed. It may run at any time, twice, and beside another one: what
// was read before a later word of Stripe's or a later look is not written.
func (s *Service) SyncSubscription(ctx context.Context, by Actor, id uuid.UUID) error {
	row, err := found(s.q.SubscriptionGet(ctx, s.Pool, id))
	if err != nil || row == nil {
		return err
	}
	b, err := s.readBooks(ctx, row)
	if err != nil {
		return s.unread(ctx, row, err)
	}
	why, err := s.endUnconfirmed(ctx, b)
	if err != nil {
		return s.patience(err, "end subscription "+row.StripeSubscriptionID)
	}
	if why != "" { // what was paid in that very moment shows now
		if b, err = s.readBooks(ctx, row); err != nil {
			return s.unread(ctx, row, err)
		}
		b.endedFor = why
	}
	s.Step("before_sync_record")
	if err := s.inTx(ctx, func(tx pgx.Tx) error { return s.noteBooks(ctx, tx, by, b) }); err != nil {
		return fmt.Errorf("record subscription %s: %w", row.StripeSubscriptionID, err)
	}
	return nil
}

// unread: what Stripe does not know is shown to staff, who look whether it is asked with the right account's key, and is asked about
// again. Nothing here changes for it.
func (s *Service) unread(ctx context.Context, row *queries.Subscription, err error) error {
	if isMissing(err) {
		noted := s.q.SubscriptionNoteUnknown(ctx, s.Pool, queries.SubscriptionNoteUnknownParams{ID: row.ID, Now: ptr(s.now()),
			NextLookAt: ptr(s.now().Add(unknownPause))})
		if noted != nil {
			return fmt.Errorf("note that Stripe does not know subscription %s: %w", row.StripeSubscriptionID, noted)
		}
	}
	return s.patience(err, "read subscription "+row.StripeSubscriptionID)
}

// readBooks finds the subscription in its customer's list or else by its name. One that is gone with its customer was cancelled.
func (s *Service) readBooks(ctx context.Context, row *queries.Subscription) (b books, err error) {
	b.row = row
	all, err := s.heldOf(ctx, row.StripeCustomerID)
	if err != nil {
		return b, err
	}
	b.theirs = StripeSubscription{ID: row.StripeSubscriptionID, CustomerID: row.StripeCustomerID, ReservationID: row.ReservationID,
		Status: queries.SubscriptionStatusCanceled, StartedAt: row.StartedAt, EndedAt: ptr(s.now())}
	if row.EndedAt != nil {
		b.theirs.EndedAt = row.EndedAt
	}
	listed := false
	for _, sub := range all {
		switch {
		case sub.ID == row.StripeSubscriptionID:
			b.theirs, listed = sub, true
		case isLive(sub.Status) && !sub.FirstPaymentFailed: // the other kind charges nothing, and Stripe drops it
			b.others = append(b.others, sub)
		}
	}
	if !listed {
		found, err := s.heldAs(ctx, row.StripeCustomerID, row.StripeSubscriptionID)
		if err != nil {
			return b, err
		}
		if found != nil {
			b.theirs = *found
		}
	}
	if b.invoices, err = s.invoicesOf(ctx, row.StripeCustomerID, row.StripeSubscriptionID); err != nil {
		return b, err
	}
	b.disputes = map[string][]StripeDispute{}
	for _, i := range b.invoices {
		if !i.Disputed {
			continue
		}
		if b.disputes[i.ID], err = s.Payments.Disputes(ctx, i.ChargeID); err != nil {
			return b, err
		}
	}
	return b, nil
}

// noteBooks writes a look down, whole or not at all.
func (s *Service) noteBooks(ctx context.Context, tx pgx.Tx, by Actor, b books) error {
	row, err := s.q.SubscriptionLock(ctx, tx, b.row.ID)
	if err != nil {
		return err
	}
	if row.Looks != b.row.Looks {
		return &Later{After: time.Second, Why: "Stripe has said more since"}
	}
	c, err := s.loadCase(ctx, tx, row)
	if err != nil {
		return err
	}
	to := b.theirs.Status
	if row.Status != to && !SubscriptionSteps.Allows(row.Status, to) { // nothing returns from the end: Stripe's answer is late
		s.Log.ErrorContext(ctx, "a subscription cannot have gone there", "subscription_id", row.ID, "from", row.Status, "to", to)
		to = row.Status
	}
	events, err := s.noteInvoices(ctx, tx, c, b.invoices, to)
	if err != nil {
		return err
	}
	if err := s.noteState(ctx, tx, by, c, b, to, events); err != nil {
		return err
	}
	if err := s.settleConfirmation(ctx, tx, by, &c, b); err != nil {
		return err
	}
	if err := s.endWithSubscription(ctx, tx, by, c, b, to); err != nil {
		return err
	}
	if err := s.askToConfirm(ctx, tx, by, c); err != nil {
		return err
	}
	if err := s.closeAlarms(ctx, tx, by, c, b, to); err != nil {
		return err
	}
	return s.raiseAlarms(ctx, tx, by, c, b)
}

// endWithSubscription ends the reservation of an approved submission whose subscription has ended, so that its plan and unit can be
// offered again. While the approval is taken back that is the taking back's to do, and another one that Stripe holds for the very
// reservation keeps it.
func (s *Service) endWithSubscription(ctx context.Context, tx pgx.Tx, by Actor, c billed, b books, now queries.SubscriptionStatus) error {
	if isLive(now) || c.submission.Status != queries.SubmissionStatusApproved {
		return nil
	}
	if slices.ContainsFunc(b.others, func(o StripeSubscription) bool { return o.ReservationID == c.row.ReservationID }) {
		return nil
	}
	undo, err := found(s.q.UndoGetBySubmission(ctx, tx, c.submission.ID))
	if err != nil || undo != nil {
		return err
	}
	return s.endReservation(ctx, tx, by, c.row.ReservationID, c.submission.LocationID)
}

// billed is one subscription of ours with what was decided about it.
type billed struct {
	row        *queries.Subscription
	submission *queries.Submission
	approval   *queries.Approval
	location   *queries.Location
	zone       *time.Location
}

func (s *Service) loadCase(ctx context.Context, db queries.DBTX, row *queries.Subscription) (c billed, err error) {
	c.row = row
	if c.submission, err = s.q.SubmissionGet(ctx, db, row.SubmissionID); err != nil {
		return c, fmt.Errorf("read submission: %w", err)
	}
	if c.approval, err = s.q.ApprovalGet(ctx, db, row.ApprovalID); err != nil {
		return c, fmt.Errorf("read approval: %w", err)
	}
	if c.location, err = s.q.LocationGet(ctx, db, c.submission.LocationID); err != nil {
		return c, fmt.Errorf("read location: %w", err)
	}
	c.zone, err = time.LoadLocation(c.location.TimeZone)
	return c, err
}

// noteState writes the state, and tells of it and of the invoices. A step over states that nobody saw is told as what it is: what
// one look found, and what the next.
func (s *Service) noteState(ctx context.Context, tx pgx.Tx, by Actor, c billed, b books, to queries.SubscriptionStatus, events []event) error {
	after, err := s.q.SubscriptionNoteLook(ctx, tx, queries.SubscriptionNoteLookParams{ID: c.row.ID, Status: to,
		NextChargeAt: b.theirs.NextChargeAt, EndedAt: b.theirs.EndedAt, NextLookAt: s.nextSubscriptionLook(c, b)})
	if err != nil {
		return fmt.Errorf("note look: %w", err)
	}
	if c.row.Status != after.Status {
		told := c.told(string(after.Status), after.Status)
		told.before = string(c.row.Status)
		if !stripeSteps.Allows(c.row.Status, after.Status) {
			told.detail = map[string]any{"steps_between": "not seen"}
		}
		events = append([]event{told}, events...)
	}
	return s.record(ctx, tx, by, events...)
}

// told is something that happened to the subscription while it was in a state.
func (c billed) told(action string, in queries.SubscriptionStatus) event {
	return event{subject: queries.EventSubjectSubscription, id: c.row.ID, location: c.submission.LocationID, action: action,
		before: string(in), after: string(in)}
}

// nextSubscriptionLook is when to ask again without being told: daily, after each charge, and often while a tenant is asked.
func (s *Service) nextSubscriptionLook(c billed, b books) *time.Time {
	now := s.now()
	switch {
	case !isLive(b.theirs.Status) && b.theirs.EndedAt != nil && now.Sub(*b.theirs.EndedAt) > afterEnd:
		return nil
	case !isLive(b.theirs.Status):
		return ptr(now.Add(7 * 24 * time.Hour))
	case c.submission.Status == queries.SubmissionStatusTenantActionRequired:
		return ptr(now.Add(15 * time.Minute))
	case slices.ContainsFunc(b.invoices, wantsTenant):
		return ptr(now.Add(time.Hour))
	}
	next := now.Add(24 * time.Hour)
	if at := b.theirs.NextChargeAt; at != nil && at.Add(afterCharge).Before(next) && at.Add(afterCharge).After(now) {
		next = at.Add(afterCharge)
	}
	return &next
}
