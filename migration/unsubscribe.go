package migration

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/queries"
)

// Unsubscription is what the link at the foot of an invitation opens: whether its recipient still gets invitations by email.
type Unsubscription struct {
	Address      string // masked: whoever holds the link may see whose it is, and not learn the address
	Sender       string // the location's name as a sender
	Language     queries.MessageLanguage
	Unsubscribed bool
}

// OpenUnsubscribe answers what the page shows. It changes nothing, since programs follow the links in mails. It answers
// ErrUnknownToken to a token that was never given out.
func (s *Service) OpenUnsubscribe(ctx context.Context, token string) (*Unsubscription, error) {
	row, err := s.unsubscribable(ctx, s.Pool, token)
	if err != nil {
		return nil, err
	}
	return row.page(), nil
}

// Unsubscribe ends invitations by email to the delivery's address, also those that wait for their turn; what a tenant must know to keep
// their place is still sent. Once is enough: again, and from any other of the address's emails, it is the same entry.
func (s *Service) Unsubscribe(ctx context.Context, by Actor, token string) error {
	batches := map[uuid.UUID]bool{}
	err := s.changeSubscription(ctx, by, token, func(tx pgx.Tx, by Actor, d *queries.Delivery) error {
		_, err := s.suppress(ctx, tx, by, batches, queries.SuppressionPutParams{Channel: queries.MessageChannelEmail, Address: strings.ToLower(d.Address),
			Scope: queries.SuppressionScopeInvitations, Reason: queries.SuppressionReasonUnsubscribe, DeliveryID: &d.ID})
		return err
	})
	if err != nil {
		return err
	}
	return s.finishBatches(ctx, by, batches)
}

// Resubscribe lifts what Unsubscribe entered, and nothing else: an address that bounced, or that staff entered, stays on the list.
func (s *Service) Resubscribe(ctx context.Context, by Actor, token string) error {
	return s.changeSubscription(ctx, by, token, func(tx pgx.Tx, by Actor, d *queries.Delivery) error {
		return s.liftOwn(ctx, tx, by, reachable{queries.MessageChannelEmail, strings.ToLower(d.Address)}, queries.SuppressionReasonUnsubscribe)
	})
}

// changeSubscription runs the change as the tenant whose email it was.
func (s *Service) changeSubscription(ctx context.Context, by Actor, token string, change func(tx pgx.Tx, by Actor, d *queries.Delivery) error) error {
	return s.inTx(ctx, func(tx pgx.Tx) error {
		row, err := s.unsubscribable(ctx, tx, token)
		if err != nil {
			return err
		}
		if row.Delivery.TenantID != nil {
			by = by.tenant(*row.Delivery.TenantID)
		}
		if err := change(tx, by, &row.Delivery); err != nil {
			return fmt.Errorf("change subscription: %w", err)
		}
		return nil
	})
}

// subscription is a delivery that has an unsubscribe link.
type subscription struct{ *queries.UnsubscribeGetRow }

func (s *Service) unsubscribable(ctx context.Context, db queries.DBTX, token string) (subscription, error) {
	id, err := s.Links.OpenUnsubscribe(token)
	if err != nil {
		return subscription{}, err
	}
	row, err := found(s.q.UnsubscribeGet(ctx, db, id))
	if err != nil {
		return subscription{}, fmt.Errorf("read delivery of an unsubscribe link: %w", err)
	}
	if row == nil {
		return subscription{}, ErrUnknownToken
	}
	return subscription{row}, nil
}

// page speaks the language and the name of the email that the link stood in.
func (row subscription) page() *Unsubscription {
	p := &Unsubscription{Address: maskEmail(row.Delivery.Address), Sender: row.Location.SenderName,
		Language: row.Location.Language, Unsubscribed: row.Unsubscribed}
	var content EmailContent
	if json.Unmarshal(row.Delivery.Content, &content) == nil { // else the location's own, as it is today
		p.Language, p.Sender = content.Language, content.FromName
	}
	if strings.TrimSpace(p.Sender) == "" {
		p.Sender = row.Location.Name
	}
	return p
}

// maskEmail shows enough to know one's own address: t…@home.test.
func maskEmail(address string) string {
	_, size := utf8.DecodeRuneInString(address)
	return address[:size] + "…" + address[max(size, strings.LastIndexByte(address, '@')):]
}
