package migration

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/ids"
	"carryover/queries"
)

// queueCounterText queues a text that somebody at a counter has just asked for: it waits neither for the morning nor behind an
// invitation's number, and it claims none.
func (s *Service) queueCounterText(ctx context.Context, tx pgx.Tx, by Actor, p queries.DeliveryInsertCounterTextParams) (*queries.Delivery, error) {
	p.ID, p.Now = ids.New(), s.now()
	d, err := s.q.DeliveryInsertCounterText(ctx, tx, p)
	if err != nil {
		return nil, fmt.Errorf("insert delivery: %w", err)
	}
	if err := s.record(ctx, tx, by, deliveryEvent(d, "queued", "")); err != nil {
		return nil, err
	}
	return d, s.enqueue(ctx, tx, SendCounterTextArgs{DeliveryID: d.ID}, nil)
}

// SendCounterText is the job that hands one such text to the provider, once, as SendText does an invitation's: what it says and the time of
// the call are committed before the call, and a run that finds that time never calls. In the lane it goes before them.
func (s *Service) SendCounterText(ctx context.Context, by Actor, id uuid.UUID) error {
	if s.Texter == nil {
		return &Later{After: 10 * time.Minute, Why: "texts are not configured"}
	}
	t, err := s.enterLane(ctx, queries.MessageChannelSms, first, textLead)
	if err != nil {
		return err
	}
	begun, err := s.beginCounterText(ctx, by, id)
	if err != nil || begun == nil {
		return errors.Join(err, s.skipTurn(ctx, queries.MessageChannelSms, t))
	}
	s.Step("counter_text_begun")
	if err := s.awaitTurn(ctx, queries.MessageChannelSms, t); err != nil {
		return s.leaveUncalled(ctx, by, begun, t, err)
	}
	s.Step("counter_text_before_call")
	result, called := s.Texter.SendText(ctx, Text{DeliveryID: begun.delivery.ID, To: begun.delivery.Address, Body: begun.text.Body})
	s.Step("counter_text_after_call")
	if err := s.leaveLaneUnlessStopped(ctx, queries.MessageChannelSms, t, called); err != nil {
		s.Log.WarnContext(ctx, "the text lane took no note of a call", "error", err)
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleTime)
	defer cancel()
	err = s.endCounterText(ctx, by, begun, result, called)
	s.Step("counter_text_settled")
	return err
}

func (s *Service) endCounterText(ctx context.Context, by Actor, begun *begunText, result TextResult, called error) error {
	if called != nil {
		return s.endText(ctx, by, begun, result, called)
	}
	o := settled{delivery: begun.delivery, status: queries.DeliveryStatusAccepted, providerID: &result.ProviderID, segments: &begun.text.Segments}
	if result.Segments > 0 {
		o.segments = &result.Segments
	}
	return s.settleText(ctx, by, o)
}

// beginCounterText answers the text to call for; nil where nothing is left to do.
func (s *Service) beginCounterText(ctx context.Context, by Actor, id uuid.UUID) (begun *begunText, err error) {
	err = s.inTx(ctx, func(tx pgx.Tx) error {
		row, err := s.q.CounterTextLock(ctx, tx, id)
		if err != nil {
			return fmt.Errorf("lock text: %w", err)
		}
		d := &row.Delivery
		switch {
		case d.Status != queries.DeliveryStatusQueued && d.Status != queries.DeliveryStatusSending:
			return nil
		case d.CalledAt != nil:
			return s.settleLost(ctx, tx, by, settled{delivery: d, reason: doubleStart})
		case row.Suppressed:
			return s.withdrawText(ctx, tx, by, d, ReasonSuppressed, outcomeMessages[ReasonSuppressed])
		case !row.Wanted:
			return s.withdrawText(ctx, tx, by, d, ReasonOver, outcomeMessages[ReasonOver])
		case s.tooLate(d):
			return s.withdrawText(ctx, tx, by, d, ReasonOver, tooLateToAsk)
		}
		begun, err = s.freezeCounterText(ctx, tx, by, d, &row.Location)
		s.Step("counter_text_frozen")
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("begin text %s: %w", id, err)
	}
	return begun, nil
}

func (s *Service) freezeCounterText(ctx context.Context, tx pgx.Tx, by Actor, d *queries.Delivery, location *queries.Location) (*begunText, error) {
	content, err := s.counterTextContent(ctx, tx, d, location)
	if err != nil {
		return nil, err
	}
	text, err := s.RenderText(content)
	if err != nil {
		s.Log.ErrorContext(ctx, "text cannot be rendered", "delivery_id", d.ID, "error", err)
		return nil, s.withdrawText(ctx, tx, by, d, ReasonTemplate, outcomeMessages[ReasonTemplate])
	}
	raw, err := json.Marshal(content)
	if err != nil {
		return nil, err
	}
	n, err := s.q.CounterTextBegin(ctx, tx, queries.CounterTextBeginParams{ID: d.ID, Content: raw, TemplateVersion: ptr(s.Renderer.TemplateVersion()), Now: ptr(s.now())})
	if err != nil || n == 0 {
		return nil, err
	}
	before := d.Status
	d.Status, d.Content, d.CalledAt = queries.DeliveryStatusSending, raw, ptr(s.now())
	return &begunText{delivery: d, text: text}, s.record(ctx, tx, by, deliveryEvent(d, "frozen", before))
}

func (s *Service) counterTextContent(ctx context.Context, tx pgx.Tx, d *queries.Delivery, location *queries.Location) (TextContent, error) {
	c := TextContent{Version: s.Renderer.TemplateVersion(), Purpose: d.Purpose, Language: location.Language, LocationName: location.Name}
	if d.Purpose == queries.DeliveryPurposeReceipt {
		return s.receiptText(ctx, tx, d, c)
	}
	m, err := s.q.CounterMigrationGet(ctx, tx, *d.CounterMigrationID)
	if err != nil {
		return c, fmt.Errorf("read counter migration: %w", err)
	}
	legacy, err := s.CandidateOf(ctx, tx, m)
	if err != nil || legacy == nil {
		return c, err
	}
	c.Recipient, c.PlanName = legacy.LegacyMembership.Name, legacy.LegacyMembership.PlanName
	return c, nil
}
