package migration

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/money"
	"carryover/queries"
)

// tellUndone queues the message that tells the tenant. Nothing is asked of them.
func (s *Service) tellUndone(ctx context.Context, tx pgx.Tx, by Actor, sub *queries.Submission) error {
	return s.tellTenant(ctx, tx, by, sub, saysUndone)
}

// undoneReason is why an approval was taken back and what became of the money, in the language of the tenant.
func (s *Service) undoneReason(ctx context.Context, tx pgx.Tx, sub *queries.Submission) (string, error) {
	undo, err := s.q.UndoGetBySubmission(ctx, tx, sub.ID)
	if err != nil {
		return "", fmt.Errorf("read undo: %w", err)
	}
	acts, err := s.q.UndoInvoiceListByUndos(ctx, tx, []uuid.UUID{undo.ID})
	if err != nil {
		return "", fmt.Errorf("read what was taken back: %w", err)
	}
	sums := map[queries.UndoAct]int64{}
	for _, a := range acts {
		sums[a.Act] += a.AmountMinor
	}
	words := undoneWords[sub.Language]
	said := []string{fmt.Sprintf(words.reason, undo.Reason)}
	refunded, disputed, credited := sums[queries.UndoActRefunded], sums[queries.UndoActDisputed], sums[queries.UndoActCredited]
	if refunded > 0 {
		said = append(said, fmt.Sprintf(words.refunded, money.Money{Minor: refunded, Currency: sub.Currency}))
	}
	if disputed > 0 {
		said = append(said, fmt.Sprintf(words.disputed, money.Money{Minor: disputed, Currency: sub.Currency}))
	}
	if credited > 0 {
		said = append(said, fmt.Sprintf(words.credited, money.Money{Minor: credited, Currency: sub.Currency}))
	}
	if refunded+disputed+credited == 0 {
		said = append(said, words.nothing)
	}
	return strings.Join(said, " "), nil
}
