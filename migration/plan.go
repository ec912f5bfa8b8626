package migration

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"carryover/ids"
	"carryover/queries"
)

// chunkSize is the most that Resend takes in one call (its API reference, "Send Batch Emails").
const chunkSize = 100

// TextsOfJob is the most texts that one job takes along. All of them are under way at the same moment.
const TextsOfJob = 20

// plan is one part of a batch on its way to rows, deliveries and jobs.
type plan struct {
	batch *queries.Batch
	part  *queries.BatchPart
	rows  []planned // in the order of sending
}

// planned is one row. A delivery is made for it where reason is empty.
type planned struct {
	invitation, location, tenant uuid.UUID
	delivery                     uuid.UUID
	address                      string
	reason                       string
}

// PlanBatchPart is the job that turns one part of a batch into rows with an outcome each, and into deliveries and the jobs that send
// them, in one transaction. It does nothing where the part was planned before.
func (s *Service) PlanBatchPart(ctx context.Context, by Actor, batchID uuid.UUID, part int) error {
	s.Step("plan_before")
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		row, err := s.q.BatchPartLock(ctx, tx, queries.BatchPartLockParams{BatchID: batchID, Part: part})
		if err != nil || row.BatchPart.PlannedAt != nil {
			return err
		}
		s.Step("plan_locked")
		p := &plan{batch: &row.Batch, part: &row.BatchPart}
		write := s.plan
		switch p.batch.Kind {
		case queries.BatchKindApprove:
			write = s.planApprovals
		case queries.BatchKindCreateFromLegacy:
			write = s.planFromLegacy
		case queries.BatchKindSend, queries.BatchKindImport:
		}
		if err := write(ctx, tx, by, p); err != nil {
			return err
		}
		s.Step("plan_written")
		return s.q.BatchPartMarkPlanned(ctx, tx, queries.BatchPartMarkPlannedParams{BatchID: batchID, Part: part, Now: ptr(s.now())})
	})
	if err != nil {
		return fmt.Errorf("plan part %d of batch %s: %w", part, batchID, err)
	}
	s.Step("plan_after")
	return s.finishBatchIfDone(ctx, by, batchID)
}

func (s *Service) plan(ctx context.Context, tx pgx.Tx, by Actor, p *plan) error {
	if err := s.readPlan(ctx, tx, p); err != nil {
		return err
	}
	if *p.batch.Channel == queries.MessageChannelSms {
		if err := s.claimPhones(ctx, tx, p); err != nil {
			return err
		}
	}
	if err := s.insertItems(ctx, tx, p); err != nil {
		return err
	}
	write := s.planEmails
	if *p.batch.Channel == queries.MessageChannelSms {
		write = s.planTexts
	}
	jobs, err := write(ctx, tx, p)
	if err != nil {
		return err
	}
	if err := s.record(ctx, tx, by, p.queued()...); err != nil {
		return err
	}
	return s.enqueueMany(ctx, tx, jobs)
}

// readPlan finds where each would be sent, and why some are not. An invitation that is not there any more was deleted.
func (s *Service) readPlan(ctx context.Context, tx pgx.Tx, p *plan) error {
	rows, err := s.q.SendingListByInvitations(ctx, tx, queries.SendingListByInvitationsParams{
		Channel: string(*p.batch.Channel), Ids: p.part.InvitationIds})
	if err != nil {
		return fmt.Errorf("read where to send: %w", err)
	}
	index := make(map[uuid.UUID]*queries.SendingListByInvitationsRow, len(rows))
	for _, row := range rows {
		index[row.InvitationID] = row
	}
	over := overReasons[p.batch.State]
	for _, id := range p.part.InvitationIds {
		one := planned{reason: ReasonDeleted}
		if row := index[id]; row != nil {
			one = planned{invitation: id, location: row.LocationID, tenant: row.TenantID, delivery: ids.New(), address: row.Address, reason: row.Skip}
			if one.reason == "" {
				one.reason = over
			}
		}
		p.rows = append(p.rows, one)
	}
	return nil
}

// overReasons is why a row of a batch in this state is not sent any more.
var overReasons = map[queries.BatchState]string{
	queries.BatchStateCanceled: ReasonCanceled,
	queries.BatchStateStopped:  ReasonStopped,
}

// claimPhones takes the number of each row for it, once for ever: whoever gets no claim is not texted, also of two rows with one
// number or of one person. The number's text only waits: it had not gone when the part was read.
func (s *Service) claimPhones(ctx context.Context, tx pgx.Tx, p *plan) error {
	claims, people := queries.PhoneClaimInsertManyParams{Now: s.now()}, map[uuid.UUID]bool{}
	for i, row := range p.rows {
		if row.reason == "" && !people[row.tenant] {
			people[row.tenant] = true
			claims.Phones, claims.DeliveryIds = append(claims.Phones, row.address), append(claims.DeliveryIds, row.delivery)
			claims.Positions = append(claims.Positions, i)
		}
	}
	won, err := s.q.PhoneClaimInsertMany(ctx, tx, claims)
	if err != nil {
		return fmt.Errorf("claim phones: %w", err)
	}
	winners := make(map[uuid.UUID]bool, len(won))
	for _, id := range won {
		winners[id] = true
	}
	for i := range p.rows {
		if row := &p.rows[i]; row.reason == "" && !winners[row.delivery] {
			row.reason = ReasonTextOnItsWay
		}
	}
	return nil
}

func (s *Service) insertItems(ctx context.Context, tx pgx.Tx, p *plan) error {
	items := queries.BatchItemInsertManyParams{BatchID: p.batch.ID}
	for i, row := range p.rows {
		items.Positions, items.InvitationIds = append(items.Positions, p.part.FirstPosition+i), append(items.InvitationIds, row.invitation)
		items.Outcomes, items.Reasons = append(items.Outcomes, string(outcomeBefore(row.reason))), append(items.Reasons, row.reason)
	}
	if err := s.q.BatchItemInsertMany(ctx, tx, items); err != nil {
		return fmt.Errorf("insert batch items: %w", err)
	}
	return nil
}

// outcomeBefore is the outcome of a row of which nothing was sent.
func outcomeBefore(reason string) queries.BatchOutcome {
	switch reason {
	case "":
		return queries.BatchOutcomePending
	case ReasonStopped, ReasonTemplate:
		return queries.BatchOutcomeFailed
	default:
		return queries.BatchOutcomeSkipped
	}
}

// planEmails puts the emails into chunks in their order, with a job for each chunk.
func (s *Service) planEmails(ctx context.Context, tx pgx.Tx, p *plan) (jobs []river.InsertManyParams, err error) {
	d := queries.DeliveryInsertEmailsParams{BatchID: &p.batch.ID, Now: s.now()}
	chunks := queries.EmailChunkInsertManyParams{BatchID: &p.batch.ID, Now: s.now()}
	for i, row := range p.rows {
		if row.reason != "" {
			continue
		}
		place := len(d.Ids) % chunkSize
		if place == 0 {
			chunks.Ids = append(chunks.Ids, ids.New())
			jobs = append(jobs, river.InsertManyParams{Args: SendEmailBatchArgs{ChunkID: chunks.Ids[len(chunks.Ids)-1]}, InsertOpts: p.opts(nil)})
		}
		d.Ids, d.Addresses, d.LocationIds = append(d.Ids, row.delivery), append(d.Addresses, row.address), append(d.LocationIds, row.location)
		d.TenantIds, d.InvitationIds = append(d.TenantIds, row.tenant), append(d.InvitationIds, row.invitation)
		d.Positions = append(d.Positions, p.part.FirstPosition+i)
		d.ChunkIds, d.ChunkPositions = append(d.ChunkIds, chunks.Ids[len(chunks.Ids)-1]), append(d.ChunkPositions, place)
	}
	if len(d.Ids) == 0 {
		return nil, nil
	}
	if err := s.q.EmailChunkInsertMany(ctx, tx, chunks); err != nil {
		return nil, fmt.Errorf("insert email chunks: %w", err)
	}
	if err := s.q.DeliveryInsertEmails(ctx, tx, d); err != nil {
		return nil, fmt.Errorf("insert emails: %w", err)
	}
	return jobs, nil
}

// planTexts makes a delivery for each text, and jobs that take some along each. Those at a location where it is night wait for its
// morning.
func (s *Service) planTexts(ctx context.Context, tx pgx.Tx, p *plan) (jobs []river.InsertManyParams, err error) {
	open, err := s.opening(ctx, tx, queries.MessageChannelSms, slices.Compact(sorted(p.locations())))
	if err != nil {
		return nil, err
	}
	d := queries.DeliveryInsertTextsParams{BatchID: &p.batch.ID, Now: s.now()}
	for i, row := range p.rows {
		if row.reason != "" {
			continue
		}
		d.Ids, d.Addresses, d.LocationIds = append(d.Ids, row.delivery), append(d.Addresses, row.address), append(d.LocationIds, row.location)
		d.TenantIds, d.InvitationIds = append(d.TenantIds, row.tenant), append(d.InvitationIds, row.invitation)
		d.Positions, d.NotBefores = append(d.Positions, p.part.FirstPosition+i), append(d.NotBefores, open[row.location])
	}
	if len(d.Ids) == 0 {
		return nil, nil
	}
	if err := s.q.DeliveryInsertTexts(ctx, tx, d); err != nil {
		return nil, fmt.Errorf("insert texts: %w", err)
	}
	return s.textJobs(p, d), nil
}

// textJobs puts texts that start at the same time together, in their order.
func (s *Service) textJobs(p *plan, d queries.DeliveryInsertTextsParams) (jobs []river.InsertManyParams) {
	together := map[time.Time][]uuid.UUID{} // by when; those of now are by no time
	var starts []time.Time
	for i, id := range d.Ids {
		start := d.NotBefores[i]
		if !start.After(d.Now) {
			start = time.Time{}
		}
		if together[start] == nil {
			starts = append(starts, start)
		}
		together[start] = append(together[start], id)
	}
	for _, start := range starts {
		for some := range slices.Chunk(together[start], TextsOfJob) {
			jobs = append(jobs, river.InsertManyParams{Args: SendTextArgs{DeliveryID: some[0], Others: some[1:]}, InsertOpts: p.opts(s.startingAt(start))})
		}
	}
	return jobs
}

// opts lets a message that a person sent alone go before those of many; starting is when, nil for at once.
func (p *plan) opts(starting *river.InsertOpts) *river.InsertOpts {
	opts := &river.InsertOpts{}
	if starting != nil {
		*opts = *starting
	}
	if p.batch.Total > 1 {
		opts.Priority = priorityMany
	}
	return opts
}

func (p *plan) locations() (out []uuid.UUID) {
	for _, row := range p.rows {
		if row.reason == "" {
			out = append(out, row.location)
		}
	}
	return out
}

// queued are the events of the deliveries that were made.
func (p *plan) queued() (out []event) {
	for _, row := range p.rows {
		if row.reason == "" {
			out = append(out, deliveryEvent(&queries.Delivery{ID: row.delivery, LocationID: row.location, Status: queries.DeliveryStatusQueued,
				Purpose: queries.DeliveryPurposeInvitation, Channel: *p.batch.Channel}, "queued", ""))
		}
	}
	return out
}
