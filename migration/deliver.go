package migration

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/queries"
)

// emailKeyLife is how long a chunk is offered to the provider under its key. Resend remembers keys for 24 hours (its
// documentation, "Idempotency Keys"); after that the same call would mail everybody again.
const emailKeyLife = 23 * time.Hour

// SendEmailBatch is the job that hands one chunk to the provider, at most once in effect however often it runs.
//
// What goes out is frozen before the first call, the call's time is committed before the call, and every further call says
// the same bytes under the same key. What the provider surely refused is FAILED; what it may have taken, once its memory of
// the key has ended, is UNKNOWN and stays unsent. It answers *Later where the provider asked for patience.
func (s *Service) SendEmailBatch(ctx context.Context, by Actor, chunkID uuid.UUID) error {
	frozen, err := s.freezeChunk(ctx, by, chunkID)
	if err != nil || len(frozen) == 0 {
		return err
	}
	emails, err := s.renderAll(frozen)
	if err != nil {
		return err
	}
	s.Step("email_frozen")
	called, err := found(s.q.EmailChunkMarkCalled(ctx, s.Pool, queries.EmailChunkMarkCalledParams{ID: chunkID, Now: ptr(s.now())}))
	if err != nil || called == nil {
		return err
	}
	if s.now().Sub(*called.FirstCalledAt) > emailKeyLife {
		return s.settleChunk(ctx, by, chunkID, allEmails(frozen, queries.DeliveryStatusUnknown, ""))
	}
	s.Step("email_before_call")
	results, err := s.Mailer.SendBatch(ctx, "chunk-"+chunkID.String(), emails)
	s.Step("email_after_call")
	if err != nil {
		return s.afterFailedCall(ctx, by, called, frozen, err)
	}
	return s.settleChunk(ctx, by, chunkID, byResult(frozen, results))
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
		return &Later{After: max(pe.RetryAfter, time.Second), Why: pe.Message}
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

// freezeChunk fixes what the chunk says, once, and answers all that was frozen, in its order; none where nothing waits for the
// provider any more. Among them are those of which a webhook has told already: every call of a chunk says the same.
func (s *Service) freezeChunk(ctx context.Context, by Actor, chunkID uuid.UUID) (frozen []*queries.Delivery, err error) {
	err = s.inTx(ctx, func(tx pgx.Tx) error {
		chunk, err := s.q.EmailChunkLock(ctx, tx, chunkID)
		if err != nil || chunk.SettledAt != nil {
			return err
		}
		if chunk.FrozenAt == nil {
			if err := s.freeze(ctx, tx, by, chunkID); err != nil {
				return err
			}
		}
		all, err := s.q.DeliveryListByChunk(ctx, tx, &chunkID)
		waiting := false
		for _, d := range all {
			if d.Content != nil {
				frozen = append(frozen, d)
				waiting = waiting || d.Status == queries.DeliveryStatusSending
			}
		}
		if err != nil || waiting {
			return err
		}
		frozen = nil
		_, err = s.q.EmailChunkSettle(ctx, tx, queries.EmailChunkSettleParams{ID: chunkID, Now: ptr(s.now())})
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("freeze email chunk %s: %w", chunkID, err)
	}
	return frozen, nil
}

func (s *Service) freeze(ctx context.Context, tx pgx.Tx, by Actor, chunkID uuid.UUID) error {
	deliveries, err := s.q.DeliveryListByChunk(ctx, tx, &chunkID)
	if err != nil {
		return err
	}
	batches := map[uuid.UUID]bool{}
	for _, d := range deliveries {
		if d.Status != queries.DeliveryStatusQueued { // withdrawn before its turn
			continue
		}
		if d.BatchID != nil {
			batches[*d.BatchID] = true
		}
		if err := s.freezeDelivery(ctx, tx, by, d); err != nil {
			return fmt.Errorf("delivery %s: %w", d.ID, err)
		}
	}
	if err := s.q.EmailChunkFreeze(ctx, tx, queries.EmailChunkFreezeParams{ID: chunkID, Now: ptr(s.now())}); err != nil {
		return err
	}
	return s.finishBatches(ctx, tx, by, batches)
}

// freezeDelivery fixes one message, or withdraws it where the world has moved on since it was queued.
func (s *Service) freezeDelivery(ctx context.Context, tx pgx.Tx, by Actor, d *queries.Delivery) error {
	stands, err := s.suppressed(ctx, tx, d.Channel, d.Address, d.Purpose)
	if err != nil {
		return err
	}
	if stands {
		return s.withdraw(ctx, tx, by, d, ReasonSuppressed)
	}
	content, gone, err := s.content(ctx, tx, d)
	if err != nil {
		return err
	}
	if gone == "" {
		if _, err := s.render(d, content); err != nil {
			s.Log.ErrorContext(ctx, "message cannot be rendered", "delivery_id", d.ID, "error", err)
			gone = ReasonTemplate
		}
	}
	if gone != "" {
		return s.withdraw(ctx, tx, by, d, gone)
	}
	body, err := json.Marshal(content)
	if err != nil {
		return err
	}
	n, err := s.q.DeliveryFreeze(ctx, tx, queries.DeliveryFreezeParams{
		ID: d.ID, Content: body, TemplateVersion: &content.Version, Now: s.now()})
	if err != nil || n == 0 {
		return err // withdrawn meanwhile
	}
	before := d.Status
	d.Status = queries.DeliveryStatusSending
	return s.record(ctx, tx, by, deliveryEvent(d, "frozen", before))
}

func (s *Service) withdraw(ctx context.Context, tx pgx.Tx, by Actor, d *queries.Delivery, reason string) error {
	n, err := s.q.DeliveryCancelIfQueued(ctx, tx, queries.DeliveryCancelIfQueuedParams{
		ID: d.ID, StatusReason: outcomeMessages[reason], Now: s.now()})
	if err != nil || n == 0 {
		return err
	}
	before := d.Status
	d.Status = queries.DeliveryStatusCanceled
	if err := s.record(ctx, tx, by, deliveryEvent(d, "withdrawn", before)); err != nil {
		return err
	}
	outcome := queries.BatchOutcomeSkipped
	if reason == ReasonTemplate {
		outcome = queries.BatchOutcomeFailed
	}
	return s.settleItem(ctx, tx, d, outcome, reason, "")
}

// renderAll makes the same bytes of the same rows, each time.
func (s *Service) renderAll(frozen []*queries.Delivery) ([]Email, error) {
	emails := make([]Email, len(frozen))
	for i, d := range frozen {
		var content EmailContent
		if err := json.Unmarshal(d.Content, &content); err != nil {
			return nil, fmt.Errorf("read content of delivery %s: %w", d.ID, err)
		}
		email, err := s.render(d, content)
		if err != nil {
			return nil, fmt.Errorf("render delivery %s: %w", d.ID, err)
		}
		emails[i] = email
	}
	return emails, nil
}

func (s *Service) render(d *queries.Delivery, content EmailContent) (Email, error) {
	content.Link = s.PublicURL + content.LinkPath
	if content.LinkInvitation != uuid.Nil {
		token, err := s.Links.Token(content.LinkKey, content.LinkInvitation, content.LinkVersion)
		if err != nil {
			return Email{}, err
		}
		content.Link = s.PublicURL + setupPath + token
	}
	if d.Purpose == queries.DeliveryPurposeInvitation {
		token, err := s.Links.UnsubscribeToken(content.LinkKey, d.ID)
		if err != nil {
			return Email{}, err
		}
		content.UnsubscribeURL = s.PublicURL + unsubscribePath + token
	}
	email, err := s.Renderer.Email(content)
	email.DeliveryID, email.To = d.ID, d.Address
	return email, err
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

// settleChunk writes what became of a chunk, in one transaction.
func (s *Service) settleChunk(ctx context.Context, by Actor, chunkID uuid.UUID, outcomes []settled) error {
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		n, err := s.q.EmailChunkSettle(ctx, tx, queries.EmailChunkSettleParams{ID: chunkID, Now: ptr(s.now())})
		if err != nil || n == 0 {
			return err // somebody was first
		}
		batches := map[uuid.UUID]bool{}
		for _, o := range outcomes {
			if o.delivery.BatchID != nil {
				batches[*o.delivery.BatchID] = true
			}
			if _, err := s.settleDelivery(ctx, tx, by, o); err != nil {
				return fmt.Errorf("delivery %s: %w", o.delivery.ID, err)
			}
		}
		return s.finishBatches(ctx, tx, by, batches)
	})
	if err != nil {
		return fmt.Errorf("settle email chunk %s: %w", chunkID, err)
	}
	return nil
}

func ptr[T any](v T) *T { return &v }
