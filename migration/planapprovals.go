package migration

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"carryover/ids"
	"carryover/queries"
)

// plannedApproval is one row of a batch that approves. A decision is made for it where reason is empty.
type plannedApproval struct {
	row      *queries.ApprovableListForPartRow
	position int
	reason   string
	approval uuid.UUID
	schedule Schedule
}

// planApprovals turns a part into decisions, as of the moment when the staff member took them: what is charged is what was confirmed,
// however long the part waited for its turn.
func (s *Service) planApprovals(ctx context.Context, tx pgx.Tx, by Actor, p *plan) error {
	rows, err := s.readApprovals(ctx, tx, p)
	if err != nil {
		return err
	}
	items := queries.BatchItemInsertSubmissionsParams{BatchID: p.batch.ID}
	for _, r := range rows {
		items.Positions, items.SubmissionIds = append(items.Positions, r.position), append(items.SubmissionIds, r.row.SubmissionID)
		items.Outcomes, items.Reasons = append(items.Outcomes, string(outcomeBefore(r.reason))), append(items.Reasons, r.reason)
	}
	if err := s.q.BatchItemInsertSubmissions(ctx, tx, items); err != nil {
		return fmt.Errorf("insert batch items: %w", err)
	}
	decider := batchActor(p.batch, by.RequestID)
	return s.decideMany(ctx, tx, decider, p, rows)
}

// readApprovals holds the submissions until the transaction ends and finds which can be approved, and why others cannot.
func (s *Service) readApprovals(ctx context.Context, tx pgx.Tx, p *plan) ([]*plannedApproval, error) {
	if err := s.q.SubmissionLockMany(ctx, tx, p.part.SubmissionIds); err != nil {
		return nil, fmt.Errorf("lock submissions: %w", err)
	}
	found, err := s.q.ApprovableListForPart(ctx, tx, queries.ApprovableListForPartParams{Ids: p.part.SubmissionIds, StaffID: p.batch.StaffID})
	if err != nil {
		return nil, fmt.Errorf("read what can be approved: %w", err)
	}
	index := make(map[uuid.UUID]*queries.ApprovableListForPartRow, len(found))
	for _, row := range found {
		index[row.SubmissionID] = row
	}
	rows := make([]*plannedApproval, len(p.part.SubmissionIds))
	for i, id := range p.part.SubmissionIds {
		row := index[id]
		rows[i] = &plannedApproval{row: row, position: p.part.FirstPosition + i, reason: row.Skip, approval: ids.New()}
		if rows[i].reason == "" {
			rows[i].reason = overReasons[p.batch.State]
		}
		zone, err := time.LoadLocation(row.TimeZone)
		if err != nil {
			return nil, fmt.Errorf("time zone of location %s: %w", row.LocationID, err)
		}
		if rows[i].schedule, err = PlanStartFrom(*p.batch.Option, p.batch.CreatedAt, zone, row.AnchorDay, row.FirstBillOn); err != nil {
			return nil, fmt.Errorf("plan start of submission %s: %w", id, err)
		}
	}
	return rows, nil
}

// decideMany writes the decisions, each with its events and the job that carries it out.
func (s *Service) decideMany(ctx context.Context, tx pgx.Tx, by Actor, p *plan, rows []*plannedApproval) error {
	approved := queries.SubmissionApproveManyParams{Now: s.now()}
	decisions := queries.ApprovalInsertManyParams{StaffID: p.batch.StaffID, Option: *p.batch.Option, DecidedAt: p.batch.CreatedAt, BatchID: &p.batch.ID}
	var events []event
	var jobs []river.InsertManyParams
	for _, r := range rows {
		if r.reason != "" {
			continue
		}
		approved.Ids = append(approved.Ids, r.row.SubmissionID)
		notBefore := r.addTo(&decisions, p.batch.CreatedAt)
		events = append(events, r.events(*p.batch.Option)...)
		jobs = append(jobs, river.InsertManyParams{Args: CreateSubscriptionArgs{ApprovalID: r.approval}, InsertOpts: p.opts(s.startingAt(notBefore))})
	}
	if len(approved.Ids) == 0 {
		return nil
	}
	if err := s.q.SubmissionApproveMany(ctx, tx, approved); err != nil {
		return fmt.Errorf("approve submissions: %w", err)
	}
	if err := s.q.ApprovalInsertMany(ctx, tx, decisions); err != nil {
		return fmt.Errorf("insert approvals: %w", err)
	}
	if err := s.record(ctx, tx, by, events...); err != nil {
		return err
	}
	return s.enqueueMany(ctx, tx, jobs)
}

// addTo freezes what is asked of Stripe, and answers when it may be asked.
func (r *plannedApproval) addTo(d *queries.ApprovalInsertManyParams, decided time.Time) (notBefore time.Time) {
	notBefore = decided
	if r.schedule.NotBefore.After(notBefore) {
		notBefore = r.schedule.NotBefore
	}
	d.Ids, d.SubmissionIds, d.Positions = append(d.Ids, r.approval), append(d.SubmissionIds, r.row.SubmissionID), append(d.Positions, r.position)
	d.DuesTodayMinor = append(d.DuesTodayMinor, DueToday(r.schedule, r.row.MonthlyTotalMinor))
	d.NextChargesOn = append(d.NextChargesOn, r.schedule.NextChargeOn.String())
	d.MonthlyTotalsMinor, d.Currencies = append(d.MonthlyTotalsMinor, r.row.MonthlyTotalMinor), append(d.Currencies, r.row.Currency)
	d.NotBefores, d.DeadlinesAt = append(d.NotBefores, notBefore), append(d.DeadlinesAt, notBefore.Add(approvalLife))
	d.BackdatesAt, d.AnchorsAt = append(d.BackdatesAt, orEpoch(r.schedule.Backdate)), append(d.AnchorsAt, orEpoch(r.schedule.Anchor))
	d.TrialEndsAt = append(d.TrialEndsAt, orEpoch(r.schedule.Trial))
	return notBefore
}

func orEpoch(t *time.Time) time.Time {
	if t == nil {
		return time.Unix(0, 0).UTC()
	}
	return *t
}

func (r *plannedApproval) events(option StartOption) []event {
	return []event{
		{subject: queries.EventSubjectSubmission, id: r.row.SubmissionID, location: r.row.LocationID, action: "approving",
			before: string(queries.SubmissionStatusReadyForApproval), after: string(queries.SubmissionStatusApproving), detail: map[string]any{"option": option}},
		{subject: queries.EventSubjectApproval, id: r.approval, location: r.row.LocationID, action: "decided",
			after: string(queries.ApprovalOutcomePending), detail: map[string]any{"option": option, "due_today_minor": DueToday(r.schedule, r.row.MonthlyTotalMinor)}},
	}
}

// settleApprovalItem writes what became of an approval into its batch's row. One that waited for the tenant's bank is settled once more
// by the answer, also where the batch is finished.
func (s *Service) settleApprovalItem(ctx context.Context, tx pgx.Tx, a *queries.Approval, before queries.ApprovalOutcome) error {
	if a.BatchID == nil {
		return nil
	}
	outcome, reason := queries.BatchOutcomeFailed, ""
	switch a.Outcome {
	case queries.ApprovalOutcomeApproved:
		outcome = queries.BatchOutcomeSucceeded
	case queries.ApprovalOutcomePaymentFailed:
		reason = ReasonPaymentFailed
	case queries.ApprovalOutcomeReturned:
		reason = ReasonReturned
	case queries.ApprovalOutcomeTenantActionRequired:
		reason = ReasonTenantAction
	case queries.ApprovalOutcomePending:
		return nil
	}
	return s.settleRow(ctx, tx, *a.BatchID, *a.BatchPosition, before == queries.ApprovalOutcomeTenantActionRequired, outcome, reason, a.OutcomeReason)
}

// withdrawApprovals gives back some approvals of a canceled or stopped batch of which Stripe was surely never asked.
func (s *Service) withdrawApprovals(ctx context.Context, tx pgx.Tx, by Actor, batch *queries.Batch) (n int, err error) {
	reason := overReasons[batch.State]
	rows, err := s.q.ApprovalReturnUncalled(ctx, tx, queries.ApprovalReturnUncalledParams{
		BatchID: &batch.ID, RowLimit: sweepTexts, OutcomeReason: outcomeMessages[reason], Now: ptr(s.now())})
	if err != nil || len(rows) == 0 {
		return 0, err
	}
	submissions, items := make([]uuid.UUID, len(rows)), itemOutcomes{}
	approvals := map[uuid.UUID]uuid.UUID{}
	for i, a := range rows {
		submissions[i], approvals[a.SubmissionID] = a.SubmissionID, a.ID
		items.add(a.BatchID, a.BatchPosition, outcomeBefore(reason), reason, "")
	}
	back, err := s.q.SubmissionReturnMany(ctx, tx, queries.SubmissionReturnManyParams{Ids: submissions, StatusReason: outcomeMessages[reason], Now: s.now()})
	if err == nil && len(back) != len(rows) {
		err = errors.New("an approval was in hand whose submission was not being approved")
	}
	if err != nil {
		return 0, fmt.Errorf("return submissions: %w", err)
	}
	var events []event
	for _, sub := range back {
		events = append(events, withdrawnEvents(approvals[sub.ID], sub.ID, sub.LocationID)...)
	}
	if err := s.record(ctx, tx, by, events...); err != nil {
		return 0, err
	}
	return len(rows), s.settleItems(ctx, tx, items)
}
