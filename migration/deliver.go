package migration

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/queries"
)

// emailKeyLife is how long a chunk is offered to the provider under its key. Resend remembers keys for 24 hours (its
// documentation, "Idempotency Keys"); after that the same call would mail everybody again.
const emailKeyLife = 23 * time.Hour

// emailLead is how long before its moment in the lane a chunk is frozen and rendered, which takes less.
const emailLead = 250 * time.Millisecond

// SendEmailBatch is the job that hands one chunk to the provider, at most once in effect however often it runs.
//
// What goes out is frozen before the first call, anew where a call was surely not taken; the call's time is committed before the call, and
// every further call says the same bytes under the same key: each freezing has its own. What the provider surely refused is FAILED; what it may have taken, once its memory of
// the key has ended, is UNKNOWN and stays unsent. It answers *Later where the provider asked for patience.
func (s *Service) SendEmailBatch(ctx context.Context, by Actor, chunkID uuid.UUID) error {
	t, err := s.enterLane(ctx, queries.MessageChannelEmail, inTurn, emailLead)
	if err != nil {
		return err
	}
	call, err := s.beginCall(ctx, by, chunkID, t)
	if err != nil || call == nil {
		return errors.Join(err, s.skipTurn(ctx, queries.MessageChannelEmail, t))
	}
	s.Step("email_before_call")
	results, err := s.Mailer.SendBatch(ctx, call.key, call.emails)
	s.Step("email_after_call")
	if noted := s.leaveLaneUnlessStopped(ctx, queries.MessageChannelEmail, t, err); noted != nil { // what became of the call matters more
		s.Log.ErrorContext(ctx, "the pace of the email provider could not be noted", "error", noted)
	}
	if err != nil {
		return s.afterFailedCall(ctx, by, call.chunk, call.frozen, err)
	}
	return s.settleChunk(ctx, by, chunkID, byResult(call.frozen, results))
}

// emailCall is a call whose time is committed: from here on the provider may have the chunk.
type emailCall struct {
	chunk  *queries.EmailChunk
	key    string // by which the provider knows the call again
	frozen []*queries.Delivery
	emails []Email // of the same order
}

// beginCall commits everything that must stand before the call, and waits for its turn. nil: there is none to make.
func (s *Service) beginCall(ctx context.Context, by Actor, chunkID uuid.UUID, t *turn) (*emailCall, error) {
	c, err := s.freezeChunk(ctx, by, chunkID)
	if err != nil || len(c.frozen) == 0 {
		return nil, err
	}
	emails, err := s.renderAll(c)
	if err != nil {
		return nil, err
	}
	s.Step("email_frozen")
	chunk, err := found(s.q.EmailChunkMarkCalled(ctx, s.Pool, queries.EmailChunkMarkCalledParams{ID: chunkID, FrozenAt: c.at, Now: ptr(s.now())}))
	if err != nil || chunk == nil {
		return nil, err
	}
	if s.now().Sub(*chunk.FirstCalledAt) > emailKeyLife {
		return nil, s.settleChunk(ctx, by, chunkID, allEmails(c.frozen, queries.DeliveryStatusUnknown, ""))
	}
	if err := s.awaitTurn(ctx, queries.MessageChannelEmail, t); err != nil {
		return nil, errors.Join(err, s.unmarkCalled(ctx, chunkID))
	}
	return &emailCall{chunk, keyOf(chunk), c.frozen, emails}, nil
}

// keyOf is the same for every call that says the same bytes.
func keyOf(chunk *queries.EmailChunk) string {
	if chunk.Freezings > 1 {
		return fmt.Sprintf("chunk-%s-%d", chunk.ID, chunk.Freezings)
	}
	return "chunk-" + chunk.ID.String()
}

// unmarkCalled takes the mark of a call back that is not made, also while the process is told to stop.
func (s *Service) unmarkCalled(ctx context.Context, chunkID uuid.UUID) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleTime)
	defer cancel()
	return s.q.EmailChunkUnmarkCalled(ctx, s.Pool, chunkID)
}

// afterFailedCall decides by what may have happened at the provider.
func (s *Service) afterFailedCall(ctx context.Context, by Actor, chunk *queries.EmailChunk, frozen []*queries.Delivery, err error) error {
	pe := ProviderErrorAs(err)
	switch pe.Kind {
	case ProviderThrottled, ProviderShut:
		if err := s.q.EmailChunkForgetCall(ctx, s.Pool, chunk.ID); err != nil {
			return fmt.Errorf("forget a throttled call: %w", err)
		}
		if pe.Kind == ProviderShut { // seen by the operator, and tried until it is mended
			s.Log.ErrorContext(ctx, "the email provider does not let us in", "error", pe)
			return &Later{After: time.Minute, Why: pe.Message}
		}
		return &Later{After: pe.patience(time.Second), Why: pe.Message}
	case ProviderBusy:
		return &Later{After: 5 * time.Second, Why: pe.Message}
	case ProviderRefused, ProviderDeclined:
		if chunk.Calls == 1 {
			return s.settleChunk(ctx, by, chunk.ID, allEmails(frozen, queries.DeliveryStatusFailed, pe.Message))
		}
		// An earlier call may have been taken before this refusal, so "nothing was sent" would be a guess.
		return s.settleChunk(ctx, by, chunk.ID, allEmails(frozen, queries.DeliveryStatusUnknown, pe.Message))
	default: // uncertain: the same call again, under the same key
		return err
	}
}

func byResult(frozen []*queries.Delivery, results []EmailResult) []settled {
	out := make([]settled, len(frozen))
	for i, d := range frozen {
		out[i] = settled{delivery: d, status: queries.DeliveryStatusAccepted, providerID: &results[i].ProviderID}
		if results[i].Refused != "" {
			out[i] = settled{delivery: d, status: queries.DeliveryStatusFailed, reason: results[i].Refused}
		}
	}
	return out
}

func allEmails(frozen []*queries.Delivery, status queries.DeliveryStatus, reason string) []settled {
	out := make([]settled, len(frozen))
	for i, d := range frozen {
		out[i] = settled{delivery: d, status: status, reason: reason}
	}
	return out
}

// settleChunk writes what became of a chunk, in one transaction, and then looks at its batch.
func (s *Service) settleChunk(ctx context.Context, by Actor, chunkID uuid.UUID, outcomes []settled) error {
	err := s.inBulk(ctx, func(tx pgx.Tx) error {
		n, err := s.q.EmailChunkSettle(ctx, tx, queries.EmailChunkSettleParams{ID: chunkID, Now: ptr(s.now())})
		if err != nil || n == 0 {
			return err // somebody was first
		}
		return s.settleEmails(ctx, tx, by, outcomes)
	})
	if err != nil {
		return fmt.Errorf("settle email chunk %s: %w", chunkID, err)
	}
	s.Step("email_settled")
	if err := s.stopAfterFailures(ctx, by, outcomes); err != nil {
		return err
	}
	return s.finishBatches(ctx, by, batchesOf(outcomes))
}

// stopAfterFailures does not wait for the watch where most of a chunk failed: the next chunks are on their way already.
func (s *Service) stopAfterFailures(ctx context.Context, by Actor, outcomes []settled) error {
	failed := 0
	for _, o := range outcomes {
		if outcome, _ := itemOutcome(o.status); outcome == queries.BatchOutcomeFailed {
			failed++
		}
	}
	if failed*2 <= len(outcomes) {
		return nil
	}
	for id := range batchesOf(outcomes) {
		batch, err := s.q.BatchGet(ctx, s.Pool, id)
		if err != nil {
			return err
		}
		if batch.Total < s.Stop.Failures {
			continue
		}
		if _, err := s.foldBatch(ctx, by, batch); err != nil {
			return err
		}
	}
	return nil
}

func batchesOf(outcomes []settled) map[uuid.UUID]bool {
	batches := map[uuid.UUID]bool{}
	for _, o := range outcomes {
		if o.delivery.BatchID != nil {
			batches[*o.delivery.BatchID] = true
		}
	}
	return batches
}

// settleEmails does for many emails in a few statements what settleDelivery does for one delivery.
func (s *Service) settleEmails(ctx context.Context, tx pgx.Tx, by Actor, outcomes []settled) error {
	p := queries.DeliverySettleManyParams{Now: s.now()}
	for _, o := range outcomes {
		p.Ids, p.Statuses = append(p.Ids, o.delivery.ID), append(p.Statuses, string(o.status))
		p.Reasons, p.ProviderIds = append(p.Reasons, o.reason), append(p.ProviderIds, orEmpty(o.providerID))
	}
	rows, err := s.q.DeliverySettleMany(ctx, tx, p)
	if err != nil {
		return fmt.Errorf("settle deliveries: %w", err)
	}
	before := make(map[uuid.UUID]queries.DeliveryStatus, len(rows))
	for _, row := range rows {
		before[row.ID] = row.Before
	}
	var events []event
	var taken, unknown, failed []uuid.UUID
	items := itemOutcomes{}
	for _, o := range outcomes {
		was, changed := before[o.delivery.ID]
		if !changed { // the provider's own word came first
			continue
		}
		d := *o.delivery
		d.Status = o.status
		events = append(events, deliveryEvent(&d, string(o.status), was))
		outcome, reason := itemOutcome(o.status)
		items.add(d.BatchID, d.BatchPosition, outcome, reason, o.reason)
		switch {
		case d.Purpose != queries.DeliveryPurposeInvitation:
		case o.status == queries.DeliveryStatusUnknown:
			unknown = append(unknown, *d.InvitationID)
		case o.status == queries.DeliveryStatusAccepted:
			taken = append(taken, *d.InvitationID)
		default:
			failed = append(failed, *d.InvitationID)
		}
	}
	if err := s.extendLinks(ctx, tx, unknown, s.now().Add(s.LinkLife)); err != nil {
		return err
	}
	sent, err := s.noteEmails(ctx, tx, taken, failed)
	if err != nil {
		return err
	}
	if err := s.record(ctx, tx, by, append(events, sent...)...); err != nil {
		return err
	}
	return s.settleItems(ctx, tx, items)
}

// noteEmails tells the invitations: PENDING becomes SENT with the first email that was taken. It answers the events of that.
func (s *Service) noteEmails(ctx context.Context, tx pgx.Tx, taken, failed []uuid.UUID) (events []event, err error) {
	if len(failed) > 0 {
		if err := s.q.InvitationNoteDeliveriesFailed(ctx, tx, failed); err != nil {
			return nil, fmt.Errorf("note failed deliveries: %w", err)
		}
	}
	if len(taken) == 0 {
		return nil, nil
	}
	rows, err := s.q.InvitationNoteEmails(ctx, tx, queries.InvitationNoteEmailsParams{
		Ids: taken, LinkExpiresAt: s.now().Add(s.LinkLife), Now: ptr(s.now())})
	if err != nil {
		return nil, fmt.Errorf("note emails: %w", err)
	}
	for _, row := range rows {
		if row.Before == queries.InvitationStatusPending {
			events = append(events, event{subject: queries.EventSubjectInvitation, id: row.ID, location: row.LocationID, action: "sent",
				before: string(row.Before), after: string(queries.InvitationStatusSent)})
		}
	}
	return events, nil
}

func ptr[T any](v T) *T { return &v }
