package migration

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/queries"
)

const (
	doubleStart = "The text was begun before, and its end is not known."
	// settleTime is how long the answer to a call may take to be written down, also while the process is told to stop.
	settleTime = 15 * time.Second
	// handedBack is the pause after a call that was surely not taken; how long the provider wants to be left alone is the lane's.
	handedBack = time.Second
)

// SendText is the job that hands one text to the provider, once, whatever dies or runs twice.
//
// The claim on the number and the time of the call are committed before the call. A run that finds that time never calls: the
// text may be on its way, so it is UNKNOWN and looked up. What the provider surely did not take is FAILED and frees the number,
// or is called for again where it was not the text's fault. It answers *Later for a text whose hour has not come.
func (s *Service) SendText(ctx context.Context, by Actor, deliveryID uuid.UUID) error {
	if s.Texter == nil {
		return &Later{After: 10 * time.Minute, Why: "texts are not configured"}
	}
	if err := s.awaitTextTurn(ctx, deliveryID); err != nil {
		return err
	}
	begun, err := s.beginText(ctx, by, deliveryID)
	if err != nil || begun == nil {
		return errors.Join(err, s.skipTurn(ctx, queries.MessageChannelSms))
	}
	s.Step("text_claimed")
	text := Text{DeliveryID: begun.delivery.ID, To: begun.delivery.Address, Body: begun.text.Body}
	s.Step("text_before_call")
	result, called := s.Texter.SendText(ctx, text)
	s.Step("text_after_call")
	stopped := ctx.Err() != nil
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleTime)
	defer cancel()
	if called == nil || !stopped { // a call that we gave up ourselves says nothing about the provider
		if err := s.leaveLane(ctx, queries.MessageChannelSms, called); err != nil {
			s.Log.WarnContext(ctx, "the text lane took no note of a call", "error", err)
		}
	}
	return s.endText(ctx, by, begun, result, called)
}

var errNoText = errors.New("there is no such delivery that is an invitation's text")

// begunText is a text between its two transactions.
type begunText struct {
	delivery *queries.Delivery
	text     RenderedText
}

// awaitTextTurn waits in the lane. Where turns are few, it first looks whether the text needs one.
func (s *Service) awaitTextTurn(ctx context.Context, id uuid.UUID) error {
	if s.TextRate > 0 {
		d, err := s.q.TextGetDue(ctx, s.Pool, id)
		if err != nil {
			return fmt.Errorf("read delivery: %w", err)
		}
		waits := d.Status == queries.DeliveryStatusQueued || d.Status == queries.DeliveryStatusSending
		if !waits || d.CalledAt != nil {
			return nil
		}
		now := s.now()
		at, err := textTime(&d.Location, laterOf(now, d.NotBefore))
		if err != nil {
			return err
		}
		if at.After(now) {
			return nil // postponed in a transaction of its own, without a turn
		}
	}
	return s.enterLane(ctx, queries.MessageChannelSms)
}

// beginText commits everything that must stand before the call. nil: there is nothing to call for.
func (s *Service) beginText(ctx context.Context, by Actor, id uuid.UUID) (begun *begunText, err error) {
	var later *Later
	var batch *uuid.UUID
	err = s.inTx(ctx, func(tx pgx.Tx) error {
		row, err := found(s.q.TextLock(ctx, tx, id))
		if err != nil {
			return err
		}
		if row == nil {
			return errNoText
		}
		d := &row.Delivery
		if d.Status != queries.DeliveryStatusQueued && d.Status != queries.DeliveryStatusSending {
			return nil
		}
		if d.CalledAt != nil {
			batch = d.BatchID
			return s.settleLost(ctx, tx, by, settled{delivery: d, reason: doubleStart})
		}
		if reason, words := whyNotText(row); reason != "" {
			batch = d.BatchID
			return s.withdrawText(ctx, tx, by, d, reason, words)
		}
		if later, err = s.postponeText(ctx, tx, row); err != nil || later != nil {
			return err
		}
		if begun, err = s.freezeText(ctx, tx, by, row); begun == nil {
			batch = d.BatchID
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("begin text %s: %w", id, err)
	}
	if later != nil {
		return nil, later
	}
	return begun, s.finishBatchOf(ctx, by, batch)
}

// whyNotText answers why a text does not go out any more, as a reason and in words.
func whyNotText(row *queries.TextLockRow) (reason, words string) {
	switch {
	case row.Invitation.Status == queries.InvitationStatusClaimed:
		reason = ReasonClaimed
	case row.Invitation.Status == queries.InvitationStatusRevoked:
		reason = ReasonRevoked
	case row.Phone != row.Delivery.Address:
		reason = ReasonRecipientChanged
	case row.Suppressed:
		reason = ReasonSuppressed
	default:
		reason = overReasons[row.BatchState]
	}
	return reason, outcomeMessages[reason]
}

// postponeText: at night the text waits for the location's morning.
func (s *Service) postponeText(ctx context.Context, tx pgx.Tx, row *queries.TextLockRow) (*Later, error) {
	now := s.now()
	at, err := textTime(&row.Location, laterOf(now, row.Delivery.NotBefore))
	if err != nil || !at.After(now) {
		return nil, err
	}
	err = s.q.TextPostpone(ctx, tx, queries.TextPostponeParams{ID: row.Delivery.ID, NotBefore: &at})
	return &Later{After: at.Sub(now), Why: "texts wait for the location's day"}, err
}

// freezeText takes the number's claim if it is free, fixes what the text says and notes the call that follows. nil: the number
// has had its one invitation, or the text cannot be written.
func (s *Service) freezeText(ctx context.Context, tx pgx.Tx, by Actor, row *queries.TextLockRow) (*begunText, error) {
	d := &row.Delivery
	if !row.Claimed {
		if err := s.q.PhoneClaimInsertOrNothing(ctx, tx, queries.PhoneClaimInsertOrNothingParams{
			Phone: d.Address, DeliveryID: d.ID, Now: s.now()}); err != nil {
			return nil, err
		}
	}
	content := s.textContent(row)
	text, err := s.RenderText(content)
	if err != nil {
		s.Log.ErrorContext(ctx, "text cannot be rendered", "delivery_id", d.ID, "error", err)
		return nil, s.withdrawText(ctx, tx, by, d, ReasonTemplate, outcomeMessages[ReasonTemplate])
	}
	body, err := json.Marshal(content)
	if err != nil {
		return nil, err
	}
	before := d.Status
	begun, err := found(s.q.TextBegin(ctx, tx, queries.TextBeginParams{
		ID: d.ID, Content: body, TemplateVersion: &content.Version, Now: ptr(s.now())}))
	if err != nil {
		return nil, err
	}
	if begun == nil {
		return nil, s.withdrawText(ctx, tx, by, d, ReasonAlreadyTexted, outcomeMessages[ReasonAlreadyTexted])
	}
	if err := s.extendLink(ctx, tx, row.Invitation.ID); err != nil {
		return nil, err
	}
	return &begunText{begun, text}, s.record(ctx, tx, by, deliveryEvent(begun, "frozen", before))
}

func (s *Service) textContent(row *queries.TextLockRow) TextContent {
	c := TextContent{Version: s.Renderer.TemplateVersion(), Purpose: row.Delivery.Purpose, Language: row.Location.Language,
		Recipient: row.Recipient, LocationName: row.Location.Name, PlanName: row.Plan.Name, PlanKind: row.Plan.Kind, Unit: row.Invitation.Unit,
		LinkInvitation: row.Invitation.ID, LinkVersion: row.Invitation.LinkVersion, LinkKey: s.Links.PrimaryKey()}
	if row.TenantLanguage != nil {
		c.Language = *row.TenantLanguage
	}
	return c
}

// withdrawText ends a text before any call, and frees the number if it was claimed for it.
func (s *Service) withdrawText(ctx context.Context, tx pgx.Tx, by Actor, d *queries.Delivery, reason, words string) error {
	n, err := s.q.TextWithdraw(ctx, tx, queries.TextWithdrawParams{ID: d.ID, StatusReason: words, Now: s.now()})
	if err != nil || n == 0 {
		return err
	}
	if err := s.q.PhoneClaimRelease(ctx, tx, d.ID); err != nil {
		return err
	}
	before := d.Status
	d.Status = queries.DeliveryStatusCanceled
	if err := s.record(ctx, tx, by, deliveryEvent(d, "withdrawn", before)); err != nil {
		return err
	}
	return s.settleItem(ctx, tx, d, before, outcomeBefore(reason), reason, "")
}

// endText writes what became of the one call. ctx outlives an ordinary stop: an answer that is not written down is lost.
func (s *Service) endText(ctx context.Context, by Actor, begun *begunText, result TextResult, called error) error {
	o := settled{delivery: begun.delivery}
	if called == nil {
		o.status, o.providerID, o.segments = queries.DeliveryStatusAccepted, &result.ProviderID, &begun.text.Segments
		if result.Segments > 0 {
			o.segments = &result.Segments
		}
		return s.settleText(ctx, by, o)
	}
	pe := ProviderErrorAs(called)
	o.reason, o.code = pe.Message, pe.Code
	switch pe.Kind {
	case ProviderThrottled, ProviderAway, ProviderShut, ProviderBusy:
		return s.handBackText(ctx, by, o, pe)
	case ProviderRefused, ProviderDeclined:
		o.status = queries.DeliveryStatusFailed
	default:
		o.status = queries.DeliveryStatusUnknown
	}
	return s.settleText(ctx, by, o)
}

// handBackText makes room for another call: this one was surely not taken. Where a second copy of the job has called the text
// UNKNOWN meanwhile, it surely failed.
func (s *Service) handBackText(ctx context.Context, by Actor, o settled, pe *ProviderError) error {
	n, err := s.q.TextHandBack(ctx, s.Pool, queries.TextHandBackParams{ID: o.delivery.ID, StatusReason: pe.Message})
	if err != nil {
		return fmt.Errorf("hand text %s back: %w", o.delivery.ID, err)
	}
	if n == 0 {
		o.status = queries.DeliveryStatusFailed
		return s.settleText(ctx, by, o)
	}
	return &Later{After: max(pe.RetryAfter, handedBack), Why: pe.Message}
}

// settleText is the second transaction.
func (s *Service) settleText(ctx context.Context, by Actor, o settled) error {
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		if o.status == queries.DeliveryStatusUnknown {
			return s.settleLost(ctx, tx, by, o)
		}
		changed, err := s.settleDelivery(ctx, tx, by, o)
		if err != nil || changed || o.providerID == nil {
			return err
		}
		return s.q.TextNoteAnswer(ctx, tx, queries.TextNoteAnswerParams{ID: o.delivery.ID, ProviderID: o.providerID, Segments: o.segments})
	})
	if err != nil {
		return fmt.Errorf("settle text %s: %w", o.delivery.ID, err)
	}
	return s.finishBatchOf(ctx, by, o.delivery.BatchID)
}

// settleLost: nobody knows whether the provider has it, so it is UNKNOWN and will be looked up.
func (s *Service) settleLost(ctx context.Context, tx pgx.Tx, by Actor, o settled) error {
	o.status = queries.DeliveryStatusUnknown
	changed, err := s.settleDelivery(ctx, tx, by, o)
	if err != nil || !changed {
		return err
	}
	return s.scheduleLook(ctx, tx, o.delivery.ID)
}

// finishBatchOf looks after the text's own transaction whether its batch has ended.
func (s *Service) finishBatchOf(ctx context.Context, by Actor, batch *uuid.UUID) error {
	if batch == nil {
		return nil
	}
	return s.finishBatchIfDone(ctx, by, *batch)
}

func laterOf(now time.Time, at *time.Time) time.Time {
	if at != nil && at.After(now) {
		return *at
	}
	return now
}
