package migration

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"carryover/queries"
)

// Settle is what every way of learning what became of a delivery ends in.
func (s *Service) Settle(ctx context.Context, by Actor, d *queries.Delivery, status queries.DeliveryStatus) (changed bool, err error) {
	err = s.inTx(ctx, func(tx pgx.Tx) error {
		changed, err = s.settleDelivery(ctx, tx, by, settled{delivery: d, status: status})
		return err
	})
	return changed, err
}

// TextsGathered counts the texts that wait for the transaction under way to end.
func (s *Service) TextsGathered() int {
	s.begin.mu.Lock()
	defer s.begin.mu.Unlock()
	return len(s.begin.waiting)
}

// GatherFor gives each transaction that texts share so much time.
func (s *Service) GatherFor(d time.Duration) { s.begin.within, s.end.within = d, d }

// HoldOut is how long what a person waits for is tried again.
func (s *Service) HoldOut(d time.Duration) { s.holdOut = d }

// HoldsOutUntil is when that ends for a request.
func (s *Service) HoldsOutUntil(ctx context.Context, now time.Time) time.Time {
	return s.holdsOutUntil(ctx, now)
}

// ParseText reads the token of a text's link.
var ParseText = parseText

// LegacyKeys is what a row of the old system's list is found by.
var LegacyKeys = legacyKeys

// SpanishWords are all sentences that a tenant or staff may read in Spanish.
func SpanishWords() (all []string) {
	const es = queries.MessageLanguageEs
	for _, by := range []map[string]map[queries.MessageLanguage]string{askingWords, accountWords} {
		for _, words := range by {
			all = append(all, words[es])
		}
	}
	for _, words := range failureWords {
		all = append(all, words)
	}
	for _, words := range outcomeInSpanish {
		all = append(all, words)
	}
	for _, words := range billingWords[es] {
		all = append(all, words)
	}
	u := undoneWords[es]
	return append(all, renewalWords[es], rejectedWords[es], mandateWords[es], u.reason, u.refunded, u.disputed, u.credited, u.nothing)
}
