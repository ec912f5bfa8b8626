package migration

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/queries"
	"carryover/throttle"
)

const (
	// maxSessionTexts bounds what one session can text, however often its migration is discarded: numbers are mistyped, and each text costs
	// and reaches somebody.
	maxSessionTexts = 3
	// maxNumberTexts bounds what one number gets within numberTextsOf from all counters together, however many sessions are opened for it.
	maxNumberTexts = 3
	numberTextsOf  = 24 * time.Hour
)

// textsOfAttendant bounds how many numbers one attendant texts, however many sessions are opened for it: whoever serves customers one after the
// other comes to no more, and strangers' numbers are not texted by the hundred.
var textsOfAttendant = throttle.Limit{Name: "counter_texts", Most: 30, Per: time.Hour}

// countText refuses where its attendant has texted enough. What is refused or undone later in the transaction is not counted.
func (s *Service) countText(ctx context.Context, tx pgx.Tx, by Actor) error {
	err := throttle.Take(ctx, tx, s.now(), textsOfAttendant.Of(by.staffID().String()))
	if tooMany := new(throttle.Refused); errors.As(err, &tooMany) {
		seconds := int(tooMany.RetryAfter / time.Second)
		return Refusals{{Code: CodeRateLimited, Field: []string{"phone"}, RetryAfter: &seconds, Message: fmt.Sprintf(
			"You have begun %d texts within an hour, which is as many as one person may. Type the address instead, or text again in %s.",
			textsOfAttendant.Most, waitInWords(seconds))}}
	}
	return err
}

// waitsForText goes back to a text of the session's that the customer has and may still answer; it answers false where a new one may go out,
// and refuses where there were enough.
func (s *Service) waitsForText(ctx context.Context, tx pgx.Tx, m *queries.CounterMigration, phone string, silent bool) (bool, error) {
	sent, err := s.q.CounterTextListOf(ctx, tx, queries.CounterTextListOfParams{Phone: phone, Since: s.now().Add(-numberTextsOf)})
	if err != nil {
		return false, fmt.Errorf("list the texts to a number: %w", err)
	}
	if asked := s.stillAsked(m, sent); asked != nil && !silent {
		m.Phone, m.TextAskedAt, m.TextDeliveryID, m.TextReply = phone, &asked.CreatedAt, &asked.ID, ""
		m.Email, m.EmailSource = "", nil
		return true, s.forgetAsking(ctx, tx, m.ID, phone)
	}
	texts, err := s.q.CounterTextCountOfSession(ctx, tx, m.SessionID)
	switch {
	case err != nil:
		return false, fmt.Errorf("count the session's texts: %w", err)
	case texts >= maxSessionTexts:
		return false, Refuse(CodeWrongState, "Enough numbers were texted for this customer. Type the address instead.", "phone")
	case len(sent) >= maxNumberTexts:
		return false, Refuse(CodeWrongState, "This number was texted often enough within a day, here or at another counter. Type the address instead.", "phone")
	}
	return false, nil
}

func (s *Service) stillAsked(m *queries.CounterMigration, sent []*queries.CounterTextListOfRow) *queries.Delivery {
	for _, row := range sent {
		d := &row.Delivery
		there := d.Status == queries.DeliveryStatusAccepted || d.Status == queries.DeliveryStatusDelivered
		if row.SessionID == m.SessionID && there && d.CreatedAt.After(s.now().Add(-answerLife)) {
			return d
		}
	}
	return nil
}

// forgetAsking frees a number from whose owner another migration has waited for an answer in vain.
func (s *Service) forgetAsking(ctx context.Context, tx pgx.Tx, id uuid.UUID, phone string) error {
	if err := s.q.CounterMigrationForgetAsking(ctx, tx, queries.CounterMigrationForgetAskingParams{
		Phone: phone, Since: s.now().Add(-answerLife), ID: id, Now: s.now()}); err != nil {
		return fmt.Errorf("forget an old question: %w", err)
	}
	return nil
}
