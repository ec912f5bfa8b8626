package migration

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"carryover/ids"
	"carryover/money"
	"carryover/queries"
)

// approvalLife is how long an approval may try. It ends before Stripe forgets the idempotency key of its first call (24
// hours), so that the last try is still under a key that Stripe knows.
const approvalLife = 20 * time.Hour

// BillingPreviews answers what approving now would charge, for both choices; nil unless the submission waits for approval.
func (s *Service) BillingPreviews(ctx context.Context, sub *queries.Submission) ([]StartPreview, error) {
	if sub.Status != queries.SubmissionStatusReadyForApproval {
		return nil, nil
	}
	return s.previewFrozen(ctx, s.Pool, sub)
}

// previewFrozen previews by the lines that the tenant agreed to, whatever the plan costs by now.
func (s *Service) previewFrozen(ctx context.Context, db queries.DBTX, sub *queries.Submission) ([]StartPreview, error) {
	location, err := s.q.LocationGet(ctx, db, sub.LocationID)
	if err != nil {
		return nil, fmt.Errorf("read location: %w", err)
	}
	quote, err := s.frozenQuote(ctx, db, sub)
	if err != nil {
		return nil, err
	}
	return previewStarts(quote, location, sub.AnchorDay, sub.FirstBillOn, s.now())
}

func (s *Service) frozenQuote(ctx context.Context, db queries.DBTX, sub *queries.Submission) (Quote, error) {
	rows, err := s.q.QuoteLineListBySubmission(ctx, db, sub.ID)
	if err != nil {
		return Quote{}, fmt.Errorf("read quote lines: %w", err)
	}
	return FrozenQuote(sub, rows), nil
}

// FrozenQuote is what the tenant agreed to.
func FrozenQuote(sub *queries.Submission, rows []*queries.QuoteLine) Quote {
	q := Quote{Total: money.Money{Minor: sub.MonthlyTotalMinor, Currency: sub.Currency}}
	for _, row := range rows {
		q.Lines = append(q.Lines, QuoteLine{Kind: row.Kind, PlanID: row.PlanID, InsurancePlanID: row.InsurancePlanID,
			Description: row.Description, Amount: money.Money{Minor: row.AmountMinor, Currency: row.Currency}})
	}
	return q
}

// ApprovalRequest is a staff member's decision: which choice, and the amount due today that was seen.
type ApprovalRequest struct {
	SubmissionID     uuid.UUID
	Option           StartOption
	ExpectedDueToday Price
	// ExpectedNextChargeOn, where given, must be the date of the next charge: over midnight it may move by a month while the
	// amount stays the same.
	ExpectedNextChargeOn *Date
}

// Approved is a decision that was taken, or what stood in its way.
type Approved struct {
	Submission *queries.Submission
	Approval   *queries.Approval
	Preview    *StartPreview // after TOTAL_CHANGED: what it would be now
}

// ApproveSubmission takes a decision: the submission is APPROVING and a job makes the subscription. Of two staff at once one
// wins; the other gets ALREADY_DECIDED with the submission as the winner left it. An amount other than the one confirmed is
// refused with TOTAL_CHANGED and the amount as it is now.
func (s *Service) ApproveSubmission(ctx context.Context, by Actor, req ApprovalRequest) (Approved, error) {
	var done Approved
	err := s.inTxAgain(ctx, func(tx pgx.Tx) error {
		sub, err := s.managedSubmission(ctx, tx, by, req.SubmissionID)
		if err != nil {
			return err
		}
		preview, err := s.confirmedPreview(ctx, tx, sub, req)
		if err != nil {
			done = Approved{Submission: sub, Preview: preview}
			return err
		}
		done, err = s.approve(ctx, tx, by, sub, preview)
		return err
	})
	return done, err
}

// confirmedPreview answers the preview of the chosen option, with a refusal where its amount is not the one that was seen.
func (s *Service) confirmedPreview(ctx context.Context, tx pgx.Tx, sub *queries.Submission, req ApprovalRequest) (*StartPreview, error) {
	previews, err := s.previewFrozen(ctx, tx, sub)
	if err != nil {
		return nil, err
	}
	var chosen *StartPreview
	for i := range previews {
		if previews[i].Option == req.Option {
			chosen = &previews[i]
		}
	}
	if chosen == nil {
		return nil, Refuse(CodeInvalid, "Choose CURRENT_MONTH or NEXT_MONTH.", "option")
	}
	seen, err := money.Parse(req.ExpectedDueToday.Amount, strings.ToUpper(req.ExpectedDueToday.Currency))
	if err != nil {
		return nil, Refuse(CodeInvalid, "This is not an amount: "+err.Error()+".", "expectedDueToday", "amount")
	}
	if seen != chosen.DueToday && sub.Status == queries.SubmissionStatusReadyForApproval {
		return chosen, Refuse(CodeTotalChanged, fmt.Sprintf("%s is due today, not %s. Look at the amount again.", chosen.DueToday, seen), "expectedDueToday")
	}
	if on := req.ExpectedNextChargeOn; on != nil && *on != chosen.Schedule.NextChargeOn && sub.Status == queries.SubmissionStatusReadyForApproval {
		return chosen, Refuse(CodeTotalChanged, fmt.Sprintf("The next charge is on %s, not on %s. Look at it again.",
			chosen.Schedule.NextChargeOn, on), "expectedNextChargeOn")
	}
	return chosen, nil
}

func (s *Service) approve(ctx context.Context, tx pgx.Tx, by Actor, sub *queries.Submission, p *StartPreview) (Approved, error) {
	if err := s.refuseObstacle(ctx, tx, sub); err != nil {
		return Approved{Submission: sub}, err
	}
	won, err := found(s.q.SubmissionApproveIfReady(ctx, tx, queries.SubmissionApproveIfReadyParams{ID: sub.ID, StaffID: by.staffID(), Now: s.now()}))
	if err != nil {
		return Approved{}, fmt.Errorf("approve submission: %w", err)
	}
	if won == nil {
		return s.lostTheRace(ctx, tx, sub.ID, "approved")
	}
	return s.decide(ctx, tx, by, sub, won, p)
}

// decide writes the decision down on a submission that it has just been won for, and has a job carry it out; sub is as it was before.
func (s *Service) decide(ctx context.Context, tx pgx.Tx, by Actor, sub, won *queries.Submission, p *StartPreview) (Approved, error) {
	approval, err := s.insertApproval(ctx, tx, by, won, p)
	if err != nil {
		return Approved{}, err
	}
	err = s.record(ctx, tx, by,
		event{subject: queries.EventSubjectSubmission, id: won.ID, location: won.LocationID, action: "approving",
			before: string(sub.Status), after: string(won.Status), detail: map[string]any{"option": approval.Option}},
		event{subject: queries.EventSubjectApproval, id: approval.ID, location: won.LocationID, action: "decided",
			after: string(approval.Outcome), detail: map[string]any{"option": approval.Option, "due_today_minor": approval.DueTodayMinor}})
	if err != nil {
		return Approved{}, err
	}
	return Approved{Submission: won, Approval: approval}, s.enqueue(ctx, tx, CreateSubscriptionArgs{ApprovalID: approval.ID}, s.startingAt(approval.NotBefore))
}

// startingAt is when a job should first run. Jobs are scheduled by wall time, so a moved clock moves nothing here: the job
// looks again when it runs.
func (s *Service) startingAt(t time.Time) *river.InsertOpts {
	wait := t.Sub(s.now())
	if wait <= 0 {
		return nil
	}
	return &river.InsertOpts{ScheduledAt: time.Now().Add(wait)}
}

func (s *Service) insertApproval(ctx context.Context, tx pgx.Tx, by Actor, sub *queries.Submission, p *StartPreview) (*queries.Approval, error) {
	notBefore := s.now()
	if p.Schedule.NotBefore.After(notBefore) {
		notBefore = p.Schedule.NotBefore
	}
	a, err := s.q.ApprovalInsert(ctx, tx, queries.ApprovalInsertParams{
		ID: ids.New(), SubmissionID: sub.ID, StaffID: by.staffID(), Option: p.Option,
		DueTodayMinor: p.DueToday.Minor, NextChargeOn: p.Schedule.NextChargeOn, MonthlyTotalMinor: p.Monthly.Minor,
		Currency: p.Monthly.Currency, Now: s.now(), NotBefore: notBefore, DeadlineAt: notBefore.Add(approvalLife),
		BackdateAt: p.Schedule.Backdate, AnchorAt: p.Schedule.Anchor, TrialEndAt: p.Schedule.Trial})
	if err != nil {
		return nil, fmt.Errorf("insert approval: %w", err)
	}
	return a, nil
}

// lostTheRace tells who was first, with what; wanted is what the caller wanted the submission to be.
func (s *Service) lostTheRace(ctx context.Context, tx pgx.Tx, id uuid.UUID, wanted string) (Approved, error) {
	sub, err := s.q.SubmissionGet(ctx, tx, id)
	if err != nil {
		return Approved{}, fmt.Errorf("read submission: %w", err)
	}
	lost := Approved{Submission: sub}
	approvals, err := s.q.ApprovalListBySubmission(ctx, tx, id)
	if err != nil {
		return Approved{}, fmt.Errorf("read approvals: %w", err)
	}
	rejection, err := found(s.q.RejectionGet(ctx, tx, id))
	if err != nil {
		return Approved{}, fmt.Errorf("read rejection: %w", err)
	}
	switch {
	case rejection != nil:
		return lost, s.decidedBy(ctx, tx, rejection.StaffID, "This submission was rejected already by %s: "+rejection.Reason)
	case isApproved(sub.Status) && len(approvals) > 0:
		lost.Approval = approvals[0]
		return lost, s.decidedBy(ctx, tx, lost.Approval.StaffID, "This submission was approved already by %s, with "+optionName(lost.Approval.Option)+".")
	}
	return lost, Refuse(CodeWrongState, fmt.Sprintf("This submission is %s, so it cannot be %s.",
		strings.ReplaceAll(string(sub.Status), "_", " "), wanted), "submissionId")
}

// isApproved: somebody approved it, whatever has come of that.
func isApproved(status queries.SubmissionStatus) bool {
	switch status {
	case queries.SubmissionStatusApproving, queries.SubmissionStatusApproved, queries.SubmissionStatusTenantActionRequired, queries.SubmissionStatusUndone:
		return true
	default:
		return false
	}
}

// decidedBy is a refusal that names who was first.
func (s *Service) decidedBy(ctx context.Context, db queries.DBTX, staff uuid.UUID, words string) error {
	who, err := s.q.StaffListByIDs(ctx, db, []uuid.UUID{staff})
	if err != nil || len(who) != 1 {
		return fmt.Errorf("read staff %s: %w", staff, err)
	}
	return Refuse(CodeAlreadyDecided, strings.Replace(words, "%s", who[0].Name, 1), "submissionId")
}

func optionName(o StartOption) string {
	if o == CurrentMonth {
		return "Current Month"
	}
	return "Next Month"
}
