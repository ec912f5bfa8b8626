package migration

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"github.com/google/uuid"

	"carryover/queries"
)

const (
	// settleTime is how long the answer to a call may take to be written down, also while the process is told to stop.
	settleTime = 15 * time.Second
	// handedBack is the pause after a call that was surely not taken; how long the provider wants to be left alone is the lane's.
	handedBack = time.Second
	// textLead is how long before its moment in the lane a text is begun: what is done until then takes less, and a process that dies
	// leaves few texts that were begun and not called for.
	textLead = 100 * time.Millisecond
	// TextsAtOnce of those that jobs take along are under way in a process: enough for three short codes' hundred texts a second each,
	// where a call takes a second. They cost little: those that wait for the database share a transaction, and the more share one, the
	// less each costs. As many texts may be UNKNOWN for a while where the process dies.
	TextsAtOnce = 300
	// textsAhead is for how long the texts of one process wait for their turns at a provider's limit. It is well below what a text waits
	// before it is put back, and as long as one that a person sends alone may stand behind those of many.
	textsAhead = 15 * time.Second
)

// TextPlaces is how many texts of larger jobs are under way at once in a process: TextsAtOnce, or fewer where the provider takes rate of
// them a second: what waits for half a minute and is put back was work for nothing. rate 0 is no limit.
func TextPlaces(rate float64) int {
	if rate > 0 {
		return max(1, min(TextsAtOnce, int(rate*textsAhead.Seconds())))
	}
	return TextsAtOnce
}

// SendTexts is the job that hands some texts to the provider, all at once and each as SendText does. It answers why some did not go;
// *Later only where every one of these is to be tried later, by the soonest. Another run finds those that went. A text that is sent
// alone waits for none of the process's places.
func (s *Service) SendTexts(ctx context.Context, by Actor, deliveries []uuid.UUID) error {
	if len(deliveries) == 1 {
		return s.sendText(ctx, by, deliveries[0])
	}
	errs := make([]error, len(deliveries))
	var all sync.WaitGroup
	for i, id := range deliveries {
		all.Go(func() { errs[i] = s.sendTextInPlace(ctx, by, id) })
	}
	all.Wait()
	return soonest(errs)
}

func (s *Service) sendTextInPlace(ctx context.Context, by Actor, id uuid.UUID) error {
	select {
	case s.textPlaces <- struct{}{}:
		defer func() { <-s.textPlaces }()
	case <-ctx.Done():
		return ctx.Err()
	}
	return s.sendText(ctx, by, id)
}

// sendText is SendText, of which a panic is an error, as the job library makes of one in its own goroutine: the process goes on.
func (s *Service) sendText(ctx context.Context, by Actor, id uuid.UUID) (err error) {
	defer func() {
		if p := recover(); p != nil {
			s.Log.ErrorContext(ctx, "panic in sending a text", "delivery_id", id, "panic", p, "stack", string(debug.Stack()))
			err = fmt.Errorf("panic in sending text %s: %v", id, p)
		}
	}()
	return s.SendText(ctx, by, id)
}

// soonest is what errs come to: the shortest wait, unless one of them is more than a wait.
func soonest(errs []error) error {
	var first *Later
	var failed []error
	for _, err := range errs {
		var later *Later
		switch {
		case err == nil:
		case !errors.As(err, &later):
			failed = append(failed, err)
		case first == nil || later.After < first.After:
			first = later
		}
	}
	if len(failed) > 0 || first == nil {
		return errors.Join(failed...)
	}
	return first
}

// SendText hands one text to the provider, once, whatever dies or runs twice.
//
// The claim on the number and the time of the call are committed before the call. A run that finds that time never calls: the
// text may be on its way, so it is UNKNOWN and looked up. What the provider surely did not take is FAILED and frees the number,
// or is called for again where it was not the text's fault. It answers *Later for a text whose hour has not come.
func (s *Service) SendText(ctx context.Context, by Actor, deliveryID uuid.UUID) error {
	if s.Texter == nil {
		return &Later{After: 10 * time.Minute, Why: "texts are not configured"}
	}
	t, err := s.awaitTextTurn(ctx, deliveryID)
	if err != nil {
		return err
	}
	start, err := s.begin.do(ctx, textStart{by, deliveryID})
	if err := errors.Join(err, start.err); err != nil || start.begun == nil {
		return errors.Join(err, s.skipTurn(ctx, queries.MessageChannelSms, t))
	}
	s.Step("text_claimed")
	begun := start.begun
	if err := s.awaitCall(ctx, t, begun); err != nil {
		return s.leaveUncalled(ctx, by, begun, t, err)
	}
	text := Text{DeliveryID: begun.delivery.ID, To: begun.delivery.Address, Body: begun.text.Body, ValidFor: max(begun.until.Sub(s.now()), time.Second)}
	s.Step("text_before_call")
	result, called := s.Texter.SendText(ctx, text)
	s.Step("text_after_call")
	if err := s.leaveLaneUnlessStopped(ctx, queries.MessageChannelSms, t, called); err != nil {
		s.Log.WarnContext(ctx, "the text lane took no note of a call", "error", err)
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleTime)
	defer cancel()
	return s.endText(ctx, by, begun, result, called)
}

// awaitTextTurn waits in the lane and answers the turn. Where turns are few, it first looks whether the text needs one: nil where not.
func (s *Service) awaitTextTurn(ctx context.Context, id uuid.UUID) (*turn, error) {
	if s.TextRate > 0 {
		d, err := s.q.TextGetDue(ctx, s.Pool, id)
		if err != nil {
			return nil, fmt.Errorf("read delivery: %w", err)
		}
		waits := d.Status == queries.DeliveryStatusQueued || d.Status == queries.DeliveryStatusSending
		if !waits || d.CalledAt != nil {
			return nil, nil
		}
		now := s.now()
		hours, err := hoursOf(&d.Location)
		if err != nil {
			return nil, err
		}
		if hours.next(laterOf(now, d.NotBefore)).After(now) {
			return nil, nil // postponed in a transaction of its own, without a turn
		}
	}
	return s.enterLane(ctx, queries.MessageChannelSms, inTurn, textLead)
}

// awaitCall waits for the turn of a text that was begun, and answers why it is not to be called for after all.
func (s *Service) awaitCall(ctx context.Context, t *turn, begun *begunText) error {
	if t == nil {
		return &Later{After: handedBack, Why: "its hour has come since the look whether it needs a turn"}
	}
	if err := s.awaitTurn(ctx, queries.MessageChannelSms, t); err != nil {
		return err
	}
	if !s.now().Before(begun.until) {
		return &Later{After: handedBack, Why: "the location's day has ended meanwhile"}
	}
	return nil
}

// leaveUncalled is for a text that was begun and whose call is not made: the process is told to stop, or the lane was paused
// meanwhile.
func (s *Service) leaveUncalled(ctx context.Context, by Actor, begun *begunText, t *turn, why error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleTime)
	defer cancel()
	err := s.handBackText(ctx, by, settled{delivery: begun.delivery}, &ProviderError{Kind: ProviderAway, Message: "Its turn passed without a call."})
	var back, later *Later
	if errors.As(err, &back) && errors.As(why, &later) {
		err = later
	}
	return errors.Join(err, s.skipTurn(ctx, queries.MessageChannelSms, t))
}

// endText writes what became of the one call. ctx outlives an ordinary stop: an answer that is not written down is lost.
func (s *Service) endText(ctx context.Context, by Actor, begun *begunText, result TextResult, called error) error {
	o := settled{delivery: begun.delivery}
	if called == nil {
		o.status, o.providerID, o.segments = queries.DeliveryStatusAccepted, &result.ProviderID, &begun.text.Segments
		if result.Segments > 0 {
			o.segments = &result.Segments
		}
		_, err := s.end.do(ctx, textEnd{by, o})
		return err
	}
	pe := ProviderErrorAs(called)
	o.reason, o.code, o.optedOut = pe.Message, pe.Code, pe.OptedOut
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
		o.status, o.reason = queries.DeliveryStatusFailed, pe.Message
		return s.settleText(ctx, by, o)
	}
	return &Later{After: pe.patience(handedBack), Why: pe.Message}
}

func laterOf(now time.Time, at *time.Time) time.Time {
	if at != nil && at.After(now) {
		return *at
	}
	return now
}
