package migration

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/ids"
	"carryover/money"
	"carryover/queries"
)

// raiseAlarms writes down what a look found not to be as agreed; what was raised before is left as it is.
func (s *Service) raiseAlarms(ctx context.Context, tx pgx.Tx, by Actor, c billed, b books) error {
	all, err := s.alarms(ctx, tx, c, b)
	if err != nil {
		return err
	}
	for _, a := range all {
		row, err := found(s.q.BillingAlarmInsertOrNothing(ctx, tx, queries.BillingAlarmInsertOrNothingParams{
			ID: ids.New(), Kind: a.kind, SubscriptionID: c.row.ID, LocationID: c.submission.LocationID, About: a.about, Now: s.now(),
			Currency: c.row.Currency, ExpectedMinor: a.expectedMinor, ActualMinor: a.actualMinor, ExpectedOn: a.expectedOn,
			ActualOn: a.actualOn, Detail: a.detail}))
		if err != nil {
			return fmt.Errorf("raise %s: %w", a.kind, err)
		}
		if row == nil {
			continue
		}
		if err := s.record(ctx, tx, by, alarmEvent(row, "raised", "", "open")); err != nil {
			return err
		}
	}
	return nil
}

// closeAlarms closes what came right by itself: a payment that the tenant's bank wanted the tenant for is asked for no more.
func (s *Service) closeAlarms(ctx context.Context, tx pgx.Tx, by Actor, c billed, b books, now queries.SubscriptionStatus) error {
	open, err := s.q.BillingAlarmListOpenOfSubscription(ctx, tx, queries.BillingAlarmListOpenOfSubscriptionParams{
		SubscriptionID: c.row.ID, Kind: queries.BillingAlarmKindRenewalConfirmation})
	if err != nil {
		return fmt.Errorf("list open alarms: %w", err)
	}
	for _, a := range open {
		why := whyOver(b.invoices, a.About, now)
		if why == "" {
			continue
		}
		closed, err := found(s.q.BillingAlarmCloseIfOpen(ctx, tx, queries.BillingAlarmCloseIfOpenParams{ID: a.ID, HandledNote: why, Now: ptr(s.now())}))
		if err != nil {
			return fmt.Errorf("close alarm: %w", err)
		}
		if closed == nil {
			continue
		}
		if err := s.record(ctx, tx, by, alarmEvent(closed, "closed", "open", "closed")); err != nil {
			return err
		}
	}
	return nil
}

// whyOver is why an invoice is asked for no more; "" while it is.
func whyOver(invoices []StripeInvoice, id string, now queries.SubscriptionStatus) string {
	at := slices.IndexFunc(invoices, func(i StripeInvoice) bool { return i.ID == id })
	switch {
	case at >= 0 && invoices[at].Status == queries.InvoiceStatusPaid:
		return "It was paid."
	case at >= 0 && invoices[at].Status != queries.InvoiceStatusOpen:
		return "The invoice was taken out of the books at Stripe."
	case !isLive(now):
		return "The subscription has ended."
	}
	return ""
}

func alarmEvent(row *queries.BillingAlarm, action, before, after string) event {
	return event{subject: queries.EventSubjectBillingAlarm, id: row.ID, location: row.LocationID, action: action,
		before: before, after: after, detail: map[string]any{"kind": row.Kind, "about": row.About}}
}

// alarms are all that there is to tell. Before a submission is APPROVED the tenant is asked and nobody else; after it was UNDONE what
// is missing is meant to be missing, and so it is while the approval is taken back.
func (s *Service) alarms(ctx context.Context, tx pgx.Tx, c billed, b books) (all []alarm, err error) {
	undo, err := found(s.q.UndoGetBySubmission(ctx, tx, c.submission.ID))
	if err != nil {
		return nil, fmt.Errorf("read undo: %w", err)
	}
	if c.submission.Status == queries.SubmissionStatusApproved && undo == nil {
		all = firstChargeAlarms(c, b, s.now())
		old, err := found(s.q.LegacyMembershipGetStillBilled(ctx, tx, c.row.ReservationID))
		if err != nil {
			return nil, fmt.Errorf("read old membership: %w", err)
		}
		if old != nil {
			all = append(all, alarm{kind: queries.BillingAlarmKindStillBilledThere, about: old.ID.String() + " " + old.StillBilledOn.String(),
				actualOn: old.StillBilledOn, detail: old.Name})
		}
		if at := b.theirs.EndedAt; !isLive(b.theirs.Status) && at != nil {
			on := DateIn(*at, c.zone)
			all = append(all, alarm{kind: queries.BillingAlarmKindSubscriptionEnded, about: b.theirs.ID, actualOn: &on,
				detail: strings.ReplaceAll(string(b.theirs.Status), "_", " ")})
		}
	}
	first := firstInvoice(b.invoices)
	for n, i := range b.invoices {
		if wantsTenant(i) && &b.invoices[n] != first && undo == nil && isLive(b.theirs.Status) { // the first has an alarm of its own
			on := DateIn(i.CreatedAt, c.zone)
			all = append(all, alarm{kind: queries.BillingAlarmKindRenewalConfirmation, about: i.ID, expectedMinor: &i.AmountDueMinor, expectedOn: &on,
				detail: "Call the tenant: their account leads to the confirmation. This is over by itself once it is paid."})
		}
		if i.FinalizationFailure != "" {
			all = append(all, alarm{kind: queries.BillingAlarmKindFinalizationFailed, about: i.ID, expectedMinor: &i.AmountDueMinor,
				detail: i.FinalizationFailure})
		}
		all = append(all, disputeAlarms(b.disputes[i.ID])...)
	}
	if undo != nil {
		back, err := s.comeBackAlarms(ctx, tx, undo, b)
		if err != nil {
			return nil, err
		}
		all = append(all, back...)
	}
	if c.submission.Status == queries.SubmissionStatusUndone {
		old, err := found(s.q.LegacyMembershipGetUnbilled(ctx, tx, c.row.ReservationID))
		if err != nil {
			return nil, fmt.Errorf("read old membership: %w", err)
		}
		if old != nil {
			all = append(all, alarm{kind: queries.BillingAlarmKindNobodyBills, about: b.theirs.ID, detail: old.Name})
		}
	}
	twins, err := s.twins(ctx, tx, c, b)
	for _, other := range twins {
		pair := []string{b.theirs.ID, other}
		slices.Sort(pair) // whichever of the two is looked at first
		all = append(all, alarm{kind: queries.BillingAlarmKindTwoLiveSubscriptions, about: strings.Join(pair, " "), detail: other})
	}
	return all, err
}

// disputeAlarms tell by where the money is. One that took nothing, or gave it back, is no news unless it was told of before.
func disputeAlarms(disputes []StripeDispute) (all []alarm) {
	for _, d := range disputes {
		kind := queries.BillingAlarmKindDispute
		switch d.State {
		case DisputeOver:
			continue
		case DisputeInquiry:
			kind = queries.BillingAlarmKindDisputeInquiry
		case DisputeWithdrawn:
		}
		all = append(all, alarm{kind: kind, about: d.ID, actualMinor: &d.AmountMinor, detail: d.Reason})
	}
	return all
}

// comeBackAlarms hold what was noted as given back against what the tenant has of it: a refund can fail days after it was made, and a
// dispute be decided for the location.
func (s *Service) comeBackAlarms(ctx context.Context, tx pgx.Tx, undo *queries.Undo, b books) (all []alarm, err error) {
	acts, err := s.q.UndoInvoiceListByUndos(ctx, tx, []uuid.UUID{undo.ID})
	if err != nil {
		return nil, fmt.Errorf("read what was taken back: %w", err)
	}
	noted := map[string]int64{}
	for _, a := range acts {
		if a.Act == queries.UndoActRefunded || a.Act == queries.UndoActDisputed {
			noted[a.StripeInvoiceID] += a.AmountMinor
		}
	}
	for _, i := range b.invoices {
		expected, actual := noted[i.ID], i.AmountRefundedMinor+withdrawnBy(b.disputes[i.ID])
		if actual < expected {
			all = append(all, alarm{kind: queries.BillingAlarmKindRefundFailed, about: i.ID, expectedMinor: &expected, actualMinor: &actual})
		}
	}
	return all, nil
}

// twins are other live subscriptions for the same tenant, plan and unit: of this customer as Stripe lists them by our metadata,
// of other customers as our records have them.
func (s *Service) twins(ctx context.Context, tx pgx.Tx, c billed, b books) ([]string, error) {
	if !isLive(b.theirs.Status) || b.theirs.FirstPaymentFailed {
		return nil, nil
	}
	var reservations []uuid.UUID
	for _, other := range b.others {
		reservations = append(reservations, other.ReservationID)
	}
	same, err := s.q.ReservationListTwins(ctx, tx, queries.ReservationListTwinsParams{ReservationID: c.row.ReservationID, Ids: reservations})
	if err != nil {
		return nil, fmt.Errorf("find reservations of the same claim: %w", err)
	}
	twins, err := s.q.SubscriptionListTwins(ctx, tx, queries.SubscriptionListTwinsParams{
		ReservationID: c.row.ReservationID, ID: c.row.ID, StripeCustomerID: c.row.StripeCustomerID})
	if err != nil {
		return nil, fmt.Errorf("find subscriptions of the same claim: %w", err)
	}
	for _, other := range b.others {
		if slices.Contains(same, other.ReservationID) {
			twins = append(twins, other.ID)
		}
	}
	return twins, nil
}

// HandleAlarm records that a staff member has dealt with an alarm, and how. One that somebody has dealt with stays theirs.
func (s *Service) HandleAlarm(ctx context.Context, by Actor, id uuid.UUID, note string) (*queries.BillingAlarm, error) {
	var r Refusals
	if note = cleanText(&r, note, maxNote, "note"); note == "" && len(r) == 0 {
		r.add(CodeRequired, "Say what was found, and what was done about it.", "note")
	}
	if err := r.err(); err != nil {
		return nil, err
	}
	var row *queries.BillingAlarm
	err := s.inTx(ctx, func(tx pgx.Tx) (err error) {
		row, err = found(s.q.BillingAlarmHandleIfOpen(ctx, tx, queries.BillingAlarmHandleIfOpenParams{
			ID: id, StaffID: ptr(by.staffID()), HandledNote: note, Now: ptr(s.now())}))
		if err != nil {
			return fmt.Errorf("handle billing alarm: %w", err)
		}
		if row != nil {
			return s.record(ctx, tx, by, alarmEvent(row, "handled", "open", "handled"))
		}
		row, err = found(s.q.BillingAlarmGetManaged(ctx, tx, queries.BillingAlarmGetManagedParams{ID: id, StaffID: by.staffID()}))
		if err == nil && row == nil {
			return Refuse(CodeNotFound, "There is no such alarm at a location that you manage.", "id")
		}
		return err
	})
	return row, err
}

// AlarmMessage says what is the matter, in one sentence or two.
func AlarmMessage(a *queries.BillingAlarm) string {
	return strings.TrimSpace(matter(a) + " " + sentence(a))
}

func matter(a *queries.BillingAlarm) string {
	amount := func(minor *int64) string {
		if minor == nil {
			return "nothing"
		}
		return money.Money{Minor: *minor, Currency: a.Currency}.String()
	}
	switch a.Kind {
	case queries.BillingAlarmKindFirstChargeAmount:
		return "The first invoice asks for " + amount(a.ActualMinor) + "; " + amount(a.ExpectedMinor) + " was agreed."
	case queries.BillingAlarmKindFirstChargeDay:
		return fmt.Sprintf("The first charge was made on %s; it was agreed for %s.", day(a.ActualOn), day(a.ExpectedOn))
	case queries.BillingAlarmKindFirstChargeMissing:
		return fmt.Sprintf("The first charge of %s was agreed for %s and was not made.", amount(a.ExpectedMinor), day(a.ExpectedOn))
	case queries.BillingAlarmKindFirstPaymentFailed:
		return "The first payment of " + amount(a.ExpectedMinor) + " failed."
	case queries.BillingAlarmKindRenewalConfirmation:
		return fmt.Sprintf("The tenant's bank wants the tenant to confirm the payment of %s that was due on %s.", amount(a.ExpectedMinor), day(a.ExpectedOn))
	case queries.BillingAlarmKindFinalizationFailed:
		return "Stripe could not finalize an invoice of " + amount(a.ExpectedMinor) + ", so nothing is charged for it."
	case queries.BillingAlarmKindDispute:
		return "The tenant's bank took " + amount(a.ActualMinor) + " back."
	case queries.BillingAlarmKindDisputeInquiry:
		return "The tenant's bank asks about a charge of " + amount(a.ActualMinor) + ". Nothing was taken back so far."
	case queries.BillingAlarmKindRefundFailed:
		return "Of " + amount(a.ExpectedMinor) + " that was given back when the approval was taken back, the tenant has " + amount(a.ActualMinor) + ": a refund came back, or a dispute was decided against the tenant."
	case queries.BillingAlarmKindTwoLiveSubscriptions:
		return "Stripe holds two live subscriptions for the same tenant, plan and unit."
	case queries.BillingAlarmKindNobodyBills:
		return "The approval was taken back, and the old system has cancelled: nobody bills " + a.Detail + " now. Invite them anew, or have the old system take them back."
	case queries.BillingAlarmKindStillBilledThere:
		return fmt.Sprintf("The cancellation of %s in the old system is recorded, but a newer file says that it bills on %s.", a.Detail, day(a.ActualOn)) +
			" Look there; if it was not cancelled, take the recorded cancellation back."
	case queries.BillingAlarmKindSubscriptionEnded:
		return fmt.Sprintf("The subscription ended at Stripe on %s, and not from here. Its plan and unit can be offered again, unless Stripe holds another one for them.", day(a.ActualOn))
	}
	return ""
}

func day(d *Date) string {
	if d == nil {
		return "no date"
	}
	return d.String()
}

// sentence is the detail as a sentence of its own.
func sentence(a *queries.BillingAlarm) string {
	switch a.Kind {
	case queries.BillingAlarmKindDispute, queries.BillingAlarmKindDisputeInquiry:
		return "Reason: " + a.Detail + "."
	case queries.BillingAlarmKindTwoLiveSubscriptions:
		return "The other is " + a.Detail + "."
	case queries.BillingAlarmKindSubscriptionEnded, queries.BillingAlarmKindNobodyBills, queries.BillingAlarmKindStillBilledThere:
		return ""
	default:
		return a.Detail
	}
}
