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

const doubleStart = "The text was begun before, and its end is not known."

var errNoText = errors.New("there is no such delivery that is an invitation's text")

// textStart is one text that wants to be begun. Many are at once: see gathering.
type textStart struct {
	by Actor
	id uuid.UUID
}

// textStarted is what came of it: begun and to be called for, later, an error of its own, or nothing that is left to do.
type textStarted struct {
	begun *begunText
	later *Later
	err   error
}

// begunText is a text between its two transactions.
type begunText struct {
	delivery *queries.Delivery
	text     RenderedText
	until    time.Time // when the location's day ends
}

// beginTexts commits everything that must stand before the calls of some texts, in one transaction. No two are of one delivery.
func (s *Service) beginTexts(ctx context.Context, all []textStart) ([]textStarted, error) {
	var b *textsBeginning
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		b = &textsBeginning{Service: s, tx: tx, all: all, out: make([]textStarted, len(all)),
			to: map[uuid.UUID]string{}, ended: map[uuid.UUID]bool{}}
		if err := b.read(ctx); err != nil {
			return err
		}
		for i := range all {
			if err := b.decide(ctx, i); err != nil {
				return err
			}
		}
		return b.freeze(ctx)
	})
	if err != nil {
		return nil, fmt.Errorf("begin %d texts: %w", len(all), err)
	}
	for i := range b.out {
		if b.out[i].err == nil && b.out[i].later != nil {
			b.out[i].err = b.out[i].later
		}
	}
	s.tellEnded(ctx, b.ended)
	return b.out, nil
}

// tellEnded looks after the transaction whether batches have ended. Where the look fails, the batch's watch has another.
func (s *Service) tellEnded(ctx context.Context, batches map[uuid.UUID]bool) {
	if err := s.finishBatches(ctx, SystemActor("texts"), batches); err != nil {
		s.Log.WarnContext(ctx, "a batch was not looked at", "error", err)
	}
}

// textsBeginning is one such transaction under way.
type textsBeginning struct {
	*Service
	tx    pgx.Tx
	all   []textStart
	rows  map[uuid.UUID]*queries.TextListLockedRow
	ready []*textReady
	to    map[uuid.UUID]string // numbers of ready, by tenant
	out   []textStarted        // of the order of all
	ended map[uuid.UUID]bool   // batches of which a row has its outcome
}

// textReady is a text that may be called for, if its number is free.
type textReady struct {
	place   int // in all
	row     *queries.TextListLockedRow
	content []byte
	text    RenderedText
	until   time.Time
}

func (b *textsBeginning) read(ctx context.Context) error {
	ids := make([]uuid.UUID, len(b.all))
	for i, one := range b.all {
		ids[i] = one.id
	}
	if err := b.q.TextLockMany(ctx, b.tx, ids); err != nil {
		return fmt.Errorf("lock: %w", err)
	}
	rows, err := b.q.TextListLocked(ctx, b.tx, ids)
	if err != nil {
		return fmt.Errorf("read: %w", err)
	}
	b.rows = make(map[uuid.UUID]*queries.TextListLockedRow, len(rows))
	for _, row := range rows {
		b.rows[row.Delivery.ID] = row
	}
	return nil
}

// decide says what is to become of one text. An error of it is an error of the whole transaction; what is wrong with the text alone
// is in its answer.
func (b *textsBeginning) decide(ctx context.Context, i int) error {
	row, by := b.rows[b.all[i].id], b.all[i].by
	if row == nil {
		b.out[i].err = fmt.Errorf("%s: %w", b.all[i].id, errNoText)
		return nil
	}
	d := &row.Delivery
	if d.Status != queries.DeliveryStatusQueued && d.Status != queries.DeliveryStatusSending {
		return nil
	}
	if d.CalledAt != nil {
		b.end(d)
		return b.settleLost(ctx, b.tx, by, settled{delivery: d, reason: doubleStart})
	}
	if reason, words := whyNotText(row); reason != "" {
		b.end(d)
		return b.withdrawText(ctx, b.tx, by, d, reason, words)
	}
	return b.decideWhen(ctx, i, row)
}

// decideWhen: at night the text waits for the location's morning.
func (b *textsBeginning) decideWhen(ctx context.Context, i int, row *queries.TextListLockedRow) error {
	now := b.now()
	hours, wrong := hoursOf(&row.Location)
	if b.out[i].err = wrong; wrong != nil {
		return nil //nolint:nilerr // it is this text's own, and in its answer
	}
	if at := hours.next(laterOf(now, row.Delivery.NotBefore)); at.After(now) {
		b.out[i].later = &Later{After: at.Sub(now), Why: "texts wait for the location's day"}
		return b.q.TextPostpone(ctx, b.tx, queries.TextPostponeParams{ID: row.Delivery.ID, NotBefore: &at})
	}
	return b.render(ctx, i, row, hours.end(now))
}

// whyNotText answers why a text does not go out any more, as a reason and in words.
func whyNotText(row *queries.TextListLockedRow) (reason, words string) {
	switch {
	case row.Invitation.Status == queries.InvitationStatusClaimed:
		reason = ReasonClaimed
	case row.Invitation.Status == queries.InvitationStatusRevoked:
		reason = ReasonRevoked
	case row.Phone != row.Delivery.Address:
		reason = ReasonRecipientChanged
	case row.Texted: // at the number that was corrected since, or by another invitation
		reason = ReasonAlreadyTexted
	case row.BeingTexted: // which may still fail
		reason = ReasonTextOnItsWay
	case row.Suppressed:
		reason = ReasonSuppressed
	default:
		reason = overReasons[row.BatchState]
	}
	return reason, outcomeMessages[reason]
}

// end notes that a row of a batch has its outcome.
func (b *textsBeginning) end(d *queries.Delivery) {
	if d.BatchID != nil {
		b.ended[*d.BatchID] = true
	}
}

func (b *textsBeginning) render(ctx context.Context, i int, row *queries.TextListLockedRow, until time.Time) error {
	if at := b.to[row.Invitation.TenantID]; at != "" && at != row.Delivery.Address {
		b.out[i].later = &Later{After: handedBack, Why: "another text to the tenant, at another number, is being begun"}
		return nil
	}
	content := b.textContent(row)
	text, err := b.RenderText(content)
	if err != nil {
		b.Log.ErrorContext(ctx, "text cannot be rendered", "delivery_id", row.Delivery.ID, "error", err)
		b.end(&row.Delivery)
		return b.withdrawText(ctx, b.tx, b.all[i].by, &row.Delivery, ReasonTemplate, outcomeMessages[ReasonTemplate])
	}
	raw, err := json.Marshal(content)
	if err != nil {
		return err
	}
	b.ready, b.to[row.Invitation.TenantID] = append(b.ready, &textReady{i, row, raw, text, until}), row.Delivery.Address
	return nil
}

func (s *Service) textContent(row *queries.TextListLockedRow) TextContent {
	c := TextContent{Version: s.Renderer.TemplateVersion(), Purpose: row.Delivery.Purpose, Language: row.Location.Language,
		Recipient: row.Recipient, LocationName: row.Location.Name, PlanName: row.Plan.Name, PlanKind: row.Plan.Kind, Unit: row.Invitation.Unit,
		LinkInvitation: row.Invitation.ID, LinkVersion: row.Invitation.LinkVersion, LinkKey: s.Links.PrimaryKey()}
	if row.TenantLanguage != nil {
		c.Language = *row.TenantLanguage
	}
	return c
}

// freeze takes the numbers' claims that are free, fixes what the texts say and notes the calls that follow. Whose number has had its
// one invitation is withdrawn, also of two in this very transaction.
func (b *textsBeginning) freeze(ctx context.Context) error {
	if len(b.ready) == 0 {
		return nil
	}
	if err := b.claim(ctx); err != nil {
		return err
	}
	p := queries.TextBeginManyParams{Now: ptr(b.now()), TemplateVersion: ptr(b.Renderer.TemplateVersion())}
	links := make([]uuid.UUID, len(b.ready))
	for i, one := range b.ready {
		p.Ids, p.Contents, links[i] = append(p.Ids, one.row.Delivery.ID), append(p.Contents, string(one.content)), one.row.Invitation.ID
	}
	begun, err := b.q.TextBeginMany(ctx, b.tx, p)
	if err != nil {
		return fmt.Errorf("freeze: %w", err)
	}
	if err := b.answer(ctx, begun); err != nil {
		return err
	}
	return b.extendLinks(ctx, b.tx, links, b.now().Add(2*emailKeyLife))
}

func (b *textsBeginning) claim(ctx context.Context) error {
	claims := queries.PhoneClaimInsertManyParams{Now: b.now()}
	for i, one := range b.ready {
		if !one.row.Claimed {
			claims.Phones, claims.DeliveryIds = append(claims.Phones, one.row.Delivery.Address), append(claims.DeliveryIds, one.row.Delivery.ID)
			claims.Positions = append(claims.Positions, i)
		}
	}
	if len(claims.Phones) == 0 {
		return nil
	}
	if _, err := b.q.PhoneClaimInsertMany(ctx, b.tx, claims); err != nil {
		return fmt.Errorf("claim phones: %w", err)
	}
	return nil
}

// answer hands those that were begun to whoever calls for them, and withdraws the others.
func (b *textsBeginning) answer(ctx context.Context, begun []uuid.UUID) error {
	won := make(map[uuid.UUID]bool, len(begun))
	for _, id := range begun {
		won[id] = true
	}
	var events []event
	for _, one := range b.ready {
		d, by := &one.row.Delivery, &b.all[one.place].by
		if !won[d.ID] {
			if err := b.withdrawClaimed(ctx, *by, d); err != nil {
				return err
			}
			continue
		}
		before := d.Status
		d.Status, d.Content, d.CalledAt = queries.DeliveryStatusSending, one.content, ptr(b.now())
		frozen := deliveryEvent(d, "frozen", before)
		frozen.by = by
		events, b.out[one.place].begun = append(events, frozen), &begunText{d, one.text, one.until}
	}
	return b.record(ctx, b.tx, Actor{}, events...)
}

// withdrawClaimed ends a text of which the number's one invitation is another's.
func (b *textsBeginning) withdrawClaimed(ctx context.Context, by Actor, d *queries.Delivery) error {
	waits, err := b.q.PhoneClaimWaits(ctx, b.tx, d.Address)
	if err != nil {
		return fmt.Errorf("look whose the number is: %w", err)
	}
	reason := ReasonAlreadyTexted
	if waits {
		reason = ReasonTextOnItsWay
	}
	b.end(d)
	return b.withdrawText(ctx, b.tx, by, d, reason, outcomeMessages[reason])
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
