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

// frozenChunk is all that was frozen, in its order: also those of which a webhook has told already, since every call of a chunk says
// the same. Where they were frozen just now, emails holds what they render to.
type frozenChunk struct {
	at     *time.Time // when
	frozen []*queries.Delivery
	emails map[uuid.UUID]Email
}

// freezeChunk fixes what the chunk says and answers it; nothing where nothing waits for the provider any more. From the first call on it
// stays as it is. A chunk that was frozen and surely not called for (the provider asked for patience, the process died) is frozen anew:
// meanwhile people have unsubscribed, been revoked, or completed the form, or the batch was canceled.
func (s *Service) freezeChunk(ctx context.Context, by Actor, chunkID uuid.UUID) (c frozenChunk, err error) {
	var batches map[uuid.UUID]bool
	err = s.inBulk(ctx, func(tx pgx.Tx) error {
		chunk, err := s.q.EmailChunkLock(ctx, tx, chunkID)
		if err != nil || chunk.SettledAt != nil {
			return err
		}
		all, err := s.q.DeliveryListByChunk(ctx, tx, &chunkID)
		if err != nil {
			return err
		}
		c.at = chunk.FrozenAt
		if chunk.FirstCalledAt == nil {
			if batches, err = s.freeze(ctx, tx, by, &c, chunkID, all); err != nil {
				return err
			}
		}
		waiting := false
		for _, d := range all {
			if d.Content != nil {
				c.frozen = append(c.frozen, d)
				waiting = waiting || d.Status == queries.DeliveryStatusSending
			}
		}
		if waiting {
			return nil
		}
		c.frozen = nil
		_, err = s.q.EmailChunkSettle(ctx, tx, queries.EmailChunkSettleParams{ID: chunkID, Now: ptr(s.now())})
		return err
	})
	if err != nil {
		return frozenChunk{}, fmt.Errorf("freeze email chunk %s: %w", chunkID, err)
	}
	return c, s.finishBatches(ctx, by, batches)
}

// freeze fixes the messages that have something to say and withdraws the others, of which it answers the batches. The deliveries
// are as they were read under the chunk's lock, and are afterwards as they stand in the database.
func (s *Service) freeze(ctx context.Context, tx pgx.Tx, by Actor, c *frozenChunk, chunkID uuid.UUID, all []*queries.Delivery) (map[uuid.UUID]bool, error) {
	drafts, err := s.draft(ctx, tx, all)
	if err != nil {
		return nil, err
	}
	c.emails = s.tryRender(ctx, drafts)
	batches, err := s.withdraw(ctx, tx, by, drafts)
	if err != nil {
		return nil, err
	}
	if err := s.freezeDrafts(ctx, tx, by, drafts); err != nil {
		return nil, err
	}
	at, err := s.q.EmailChunkFreeze(ctx, tx, queries.EmailChunkFreezeParams{ID: chunkID, Now: s.now()})
	if err != nil {
		return nil, fmt.Errorf("freeze chunk: %w", err)
	}
	c.at = &at
	return batches, nil
}

// draft is what one delivery is to say, or why it says nothing any more.
type draft struct {
	delivery *queries.Delivery
	content  EmailContent
	raw      []byte // the content as it is stored
	gone     string
}

// tryRender renders every draft from what is stored of it, as each later try will. What cannot be rendered is gone.
func (s *Service) tryRender(ctx context.Context, drafts []*draft) map[uuid.UUID]Email {
	emails := make(map[uuid.UUID]Email, len(drafts))
	for _, one := range drafts {
		if one.gone != "" {
			continue
		}
		one.raw, _ = json.Marshal(one.content) // texts, numbers and ids: cannot fail
		email, err := s.renderStored(one.delivery, one.raw)
		if err != nil {
			s.Log.ErrorContext(ctx, "message cannot be rendered", "delivery_id", one.delivery.ID, "error", err)
			one.gone = ReasonTemplate
			continue
		}
		emails[one.delivery.ID] = email
	}
	return emails
}

// freezeDrafts writes what is said, and sees to it that each link opens until what became of its email is known; from then on it
// lives its whole life (InvitationNoteEmails). Rows of invitations are dear to change: one that opens long enough is changed once.
func (s *Service) freezeDrafts(ctx context.Context, tx pgx.Tx, by Actor, drafts []*draft) error {
	p := queries.DeliveryFreezeManyParams{Now: s.now(), TemplateVersion: ptr(s.Renderer.TemplateVersion())}
	index, links := map[uuid.UUID]*draft{}, []uuid.UUID{}
	for _, one := range drafts {
		if one.gone != "" {
			continue
		}
		index[one.delivery.ID] = one
		p.Ids, p.Contents = append(p.Ids, one.delivery.ID), append(p.Contents, string(one.raw))
		if one.delivery.Purpose == queries.DeliveryPurposeInvitation {
			links = append(links, *one.delivery.InvitationID)
		}
	}
	if len(p.Ids) == 0 {
		return nil
	}
	frozen, err := s.q.DeliveryFreezeMany(ctx, tx, p)
	if err != nil {
		return fmt.Errorf("freeze deliveries: %w", err)
	}
	var events []event
	for _, id := range frozen {
		d, before := index[id].delivery, index[id].delivery.Status
		d.Status, d.Content = queries.DeliveryStatusSending, index[id].raw
		if before == queries.DeliveryStatusQueued {
			events = append(events, deliveryEvent(d, "frozen", before))
		}
	}
	if err := s.record(ctx, tx, by, events...); err != nil {
		return err
	}
	return s.extendLinks(ctx, tx, links, s.now().Add(2*emailKeyLife))
}

// withdraw ends the deliveries that have nothing to say any more, and answers their batches.
func (s *Service) withdraw(ctx context.Context, tx pgx.Tx, by Actor, drafts []*draft) (map[uuid.UUID]bool, error) {
	p, index := queries.DeliveryWithdrawManyParams{Now: s.now()}, map[uuid.UUID]*draft{}
	for _, one := range drafts {
		if one.gone != "" {
			index[one.delivery.ID] = one
			p.Ids, p.Reasons = append(p.Ids, one.delivery.ID), append(p.Reasons, outcomeMessages[one.gone])
		}
	}
	if len(p.Ids) == 0 {
		return nil, nil
	}
	rows, err := s.q.DeliveryWithdrawMany(ctx, tx, p)
	if err != nil {
		return nil, fmt.Errorf("withdraw deliveries: %w", err)
	}
	events, items, batches := make([]event, len(rows)), itemOutcomes{}, map[uuid.UUID]bool{}
	for i, id := range rows {
		one := index[id]
		d, before := one.delivery, one.delivery.Status
		d.Status, d.Content = queries.DeliveryStatusCanceled, nil
		events[i] = deliveryEvent(d, "withdrawn", before)
		items.add(d.BatchID, d.BatchPosition, outcomeBefore(one.gone), one.gone, "")
		if d.BatchID != nil {
			batches[*d.BatchID] = true
		}
	}
	if err := s.record(ctx, tx, by, events...); err != nil {
		return nil, err
	}
	return batches, s.settleItems(ctx, tx, items)
}

// renderAll makes the same bytes of the same rows, each time.
func (s *Service) renderAll(c frozenChunk) (emails []Email, err error) {
	emails = make([]Email, len(c.frozen))
	for i, d := range c.frozen {
		email, ready := c.emails[d.ID]
		if !ready {
			if email, err = s.renderStored(d, d.Content); err != nil {
				return nil, fmt.Errorf("render delivery %s: %w", d.ID, err)
			}
		}
		emails[i] = email
	}
	return emails, nil
}

// renderStored renders what is stored of a delivery. The link's token is made here and stored nowhere.
func (s *Service) renderStored(d *queries.Delivery, raw []byte) (Email, error) {
	var content EmailContent
	if err := json.Unmarshal(raw, &content); err != nil {
		return Email{}, fmt.Errorf("read content: %w", err)
	}
	content.Link = s.PublicURL + content.LinkPath
	if content.LinkInvitation != uuid.Nil {
		token, err := s.Links.Token(content.LinkKey, content.LinkInvitation, content.LinkVersion)
		if err != nil {
			return Email{}, err
		}
		content.Link = s.PublicURL + setupPath + token
	}
	if content.SignInLink != uuid.Nil {
		token, err := s.Links.SignInToken(content.LinkKey, content.SignInLink)
		if err != nil {
			return Email{}, err
		}
		content.Link = s.PublicURL + accountPath + "#" + token // browsers send no fragment: the token reaches no log on its way
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
