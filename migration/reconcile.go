package migration

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"carryover/queries"
)

// looksAfter is when a text of unknown end is looked up, counted from the moment when it became unknown. After the last look
// only the provider's own report or a person can tell.
var looksAfter = []time.Duration{30 * time.Second, 2 * time.Minute, 10 * time.Minute, time.Hour, 6 * time.Hour}

const (
	// surelyNotTaken is how long after the call the provider's empty books prove that it was not taken. A text that should
	// have been taken all the same can no longer go out then: it is valid for less (docs/decisions/0008-lost-texts.md).
	surelyNotTaken = 6 * time.Hour
	// clockSlack is how far the provider's clock may be from ours.
	clockSlack = time.Hour
)

const (
	notInBooks   = "The provider's books have no such text six hours later."
	cannotBeTold = "The provider's books have a text to this number that may be this one. Somebody has to look."
)

// scheduleLook notes the first look and enqueues it, in the transaction that made the text UNKNOWN.
func (s *Service) scheduleLook(ctx context.Context, tx pgx.Tx, id uuid.UUID) error {
	first := s.now().Add(looksAfter[0])
	if _, err := s.q.TextNoteLook(ctx, tx, queries.TextNoteLookParams{ID: id, Looks: 0, NextLookAt: &first}); err != nil {
		return fmt.Errorf("note look: %w", err)
	}
	return s.enqueue(ctx, tx, ReconcileDeliveryArgs{DeliveryID: id}, &river.InsertOpts{ScheduledAt: s.Wall().Add(looksAfter[0])})
}

// LookForLostTexts is the periodic job that finds texts of unknown end which are due to be looked up, one job each.
func (s *Service) LookForLostTexts(ctx context.Context) error {
	return s.inTx(ctx, func(tx pgx.Tx) error {
		due, err := s.q.TextListDueForLook(ctx, tx, queries.TextListDueForLookParams{Now: s.now(), RowLimit: looksAtOnce})
		if err != nil {
			return fmt.Errorf("list lost texts: %w", err)
		}
		for _, id := range due {
			if err := s.enqueue(ctx, tx, ReconcileDeliveryArgs{DeliveryID: id}, nil); err != nil {
				return err
			}
		}
		return nil
	})
}

// ReconcileDelivery is the job that asks the provider what became of one text of which the answer was lost. It may run twice
// and at any time. It sends nothing, ever: found, the text is settled by what the books say; not found, it stays UNKNOWN and is
// looked up again, until its absence is proof.
func (s *Service) ReconcileDelivery(ctx context.Context, by Actor, id uuid.UUID) error {
	d, err := found(s.q.DeliveryGet(ctx, s.Pool, id))
	if err != nil || d == nil || s.Texter == nil {
		return err
	}
	due := d.Status == queries.DeliveryStatusUnknown && d.Channel == queries.MessageChannelSms &&
		d.NextLookAt != nil && !d.NextLookAt.After(s.now())
	if !due {
		return nil
	}
	found, err := s.Texter.FindTexts(ctx, d.Address, d.CalledAt.Add(-clockSlack))
	if err != nil {
		return fmt.Errorf("look for lost text: %w", err)
	}
	o, err := s.judge(ctx, d, found)
	if err != nil {
		return err
	}
	if o.status != "" {
		return s.settleText(ctx, by, o)
	}
	return s.lookAgain(ctx, d)
}

// judge says what the provider's books prove of a text; no status where they prove nothing yet. The body is the evidence: it
// ends in a link that no other text has. Where another text to the number cannot be told apart from this one (Twilio can be
// told to keep no bodies), its absence is no proof.
func (s *Service) judge(ctx context.Context, d *queries.Delivery, texts []SentText) (settled, error) {
	o := settled{delivery: d}
	strange, err := s.strangers(ctx, d, texts)
	if err != nil {
		return o, err
	}
	var content TextContent
	if err := json.Unmarshal(d.Content, &content); err != nil {
		return o, fmt.Errorf("read content of delivery %s: %w", d.ID, err)
	}
	body, err := s.RenderText(content)
	if err != nil {
		return o, fmt.Errorf("render delivery %s: %w", d.ID, err)
	}
	for _, t := range strange {
		if t.Body == body.Body {
			o.status, o.providerID, o.reason, o.code, o.segments = t.Status, &t.ProviderID, t.Reason, t.Code, &t.Segments
			return o, nil
		}
	}
	if len(strange) == 0 && s.now().Sub(*d.CalledAt) >= surelyNotTaken {
		o.status, o.reason, o.notSent = queries.DeliveryStatusFailed, notInBooks, true
	}
	return o, nil
}

// strangers are the texts in the provider's books that no other delivery of ours accounts for.
func (s *Service) strangers(ctx context.Context, d *queries.Delivery, texts []SentText) ([]SentText, error) {
	if len(texts) == 0 {
		return nil, nil
	}
	sids := make([]string, len(texts))
	for i, t := range texts {
		sids[i] = t.ProviderID
	}
	others, err := s.q.TextListOthersByProviderIDs(ctx, s.Pool, queries.TextListOthersByProviderIDsParams{ProviderIds: sids, ID: d.ID})
	if err != nil {
		return nil, fmt.Errorf("read whose the texts are: %w", err)
	}
	return slices.DeleteFunc(slices.Clone(texts), func(t SentText) bool { return slices.Contains(others, t.ProviderID) }), nil
}

// lookAgain notes when; after the last look it is a person's turn.
func (s *Service) lookAgain(ctx context.Context, d *queries.Delivery) error {
	p := queries.TextNoteLookParams{ID: d.ID, Looks: d.Looks + 1}
	if p.Looks < len(looksAfter) {
		p.NextLookAt = ptr(d.StatusChangedAt.Add(looksAfter[p.Looks]))
	} else {
		p.StatusReason = ptr(cannotBeTold)
	}
	_, err := s.q.TextNoteLook(ctx, s.Pool, p)
	return err
}
