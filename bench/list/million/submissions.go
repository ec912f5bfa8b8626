package million

import (
	"context"
	"crypto/sha256"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"
)

// submission is what came of a row: of a claimed invitation, or at the counter, under a reservation of its own. Whoever has submitted at
// a location is known there by their record, so guests have none.
type submission struct {
	id, reservation             uuid.UUID
	invitation                  *uuid.UUID
	unit, status, method        string
	reserved, submitted         time.Time
	changed                     time.Time
	ended                       *time.Time
	card, ach, insurance, total int64
	mandate                     *string
}

// shares are how many of a hundred submissions are in a state: most were approved long ago.
var shares = []struct {
	status string
	of     int
}{
	{"approved", 70}, {"ready_for_approval", 8}, {"payment_failed", 5}, {"rejected", 4}, {"undone", 4}, {"waiting_for_bank_verification", 3},
	{"bank_verification_failed", 2}, {"method_lost", 2}, {"approving", 1}, {"tenant_action_required", 1},
}

func stateOf(n int) string {
	for _, s := range shares {
		if n -= s.of; n < 0 {
			return s.status
		}
	}
	return "approved"
}

// submission answers false for a row that has none.
func (w *world) submission(row int) (s submission, ok bool) {
	if _, guest := w.cross[row]; guest {
		return s, false
	}
	i, r := w.invitation(row), dice("submission", row)
	p := w.plans[i.plan]
	s = submission{status: stateOf(r.IntN(100)), unit: i.unit, method: "card", ach: -1, insurance: -1, card: p.card}
	if i.claimed != nil {
		s.reservation, s.invitation, s.reserved = *i.reservation, &i.id, *i.claimed
	} else {
		s.reserved = i.created.Add(time.Duration(r.IntN(100)) * time.Hour)
		s.reservation, s.unit = newID(r, s.reserved), "C"+i.unit
	}
	s.submitted = s.reserved
	s.id, s.changed = newID(r, s.submitted), s.submitted.Add(time.Duration(1+r.IntN(200))*time.Hour)
	if i.card != nil {
		s.card = *i.card
	}
	if i.currency == "USD" {
		s.ach = p.ach
		if s.status == "waiting_for_bank_verification" || s.status == "bank_verification_failed" || r.IntN(100) < 20 {
			words := "I authorize the location to debit the bank account given here."
			s.method, s.mandate = "us_bank_account", &words
		}
	}
	if i.insurance != nil {
		s.insurance = w.insured[*i.insurance].price
	}
	s.total = s.card + max(s.insurance, 0)
	if s.method != "card" {
		s.total = s.ach + max(s.insurance, 0)
	}
	if s.status == "undone" {
		s.ended = &s.changed
	}
	return s, true
}

func (w *world) reservationColumns(row int) []any {
	i := w.invitation(row)
	s, ok := w.submission(row)
	switch {
	case ok:
		return []any{s.reservation, i.tenant, i.location, i.plan, s.unit, i.currency, s.id, s.reserved, s.ended}
	case i.reservation != nil:
		return []any{*i.reservation, i.tenant, i.location, i.plan, i.unit, i.currency, nil, *i.claimed, nil}
	}
	return nil
}

var submissionColumns = []string{"id", "reservation_id", "invitation_id", "tenant_id", "location_id", "status", "status_changed_at", "submitted_at",
	"payment_method_type", "stripe_customer_id", "stripe_setup_intent_id", "stripe_payment_method_id", "method_label", "currency", "monthly_total_minor",
	"anchor_day", "quote_digest", "terms_version_id", "terms_sha256", "language", "signature_kind", "signature_name", "signed_user_agent",
	"mandate_text", "card_key", "ach_key", "insurance_key"}

func (w *world) submittedColumns(row int) []any {
	s, ok := w.submission(row)
	if !ok {
		return nil
	}
	i, person := w.invitation(row), w.tenant(w.tenantRow(row))
	n := strconv.Itoa(row)
	label := map[string]string{"card": "Visa ending ", "us_bank_account": "Test Bank ending "}[s.method] + fmt.Sprintf("%04d", row%10_000)
	digest := sha256.Sum256(s.id[:])
	terms := sha256.Sum256([]byte(termsText))
	return []any{row, s.id, s.reservation, s.invitation, i.tenant, i.location, s.status, s.changed, s.submitted, s.method, "cus_" + n, "seti_" + n, "pm_" + n,
		label, i.currency, s.total, i.anchor, digest[:], w.termsID(i.location), terms[:], "en", "typed", person.name, "Mozilla/5.0 (made up)",
		s.mandate, s.card, s.ach, s.insurance}
}

const termsText = "The terms of a made-up location."

func (w *world) termsID(location uuid.UUID) uuid.UUID {
	return uuid.NewSHA1(location, []byte("terms"))
}

func (w *world) termsRows() (rows [][]any) {
	hash := sha256.Sum256([]byte(termsText))
	for _, l := range w.locations {
		rows = append(rows, []any{w.termsID(l.id), l.id, "en", 1, termsText, hash[:], since})
	}
	return rows
}

// fillReserved makes reservations, submissions and, with invite, invitations inside each other: each names another.
func (w *world) fillReserved(ctx context.Context, pool *pgxpool.Pool, rows int, say func(string, ...any), invite func() error) error {
	columns := strings.Join(submissionColumns, ", ")
	if err := run(ctx, pool, "CREATE UNLOGGED TABLE handed_in AS SELECT 0 AS row_number, "+columns+" FROM submissions LIMIT 0"); err != nil {
		return err
	}
	return bare(ctx, pool, "reservations", func() error {
		say("  reservations…")
		if err := copyRows(ctx, pool, "reservations", []string{"id", "tenant_id", "location_id", "plan_id", "unit", "currency",
			"current_submission_id", "created_at", "ended_at"}, rows, w.reservationColumns); err != nil {
			return err
		}
		say("  submissions…")
		if err := copyRows(ctx, pool, "handed_in", append([]string{"row_number"}, submissionColumns...), rows, w.submittedColumns); err != nil {
			return err
		}
		return bare(ctx, pool, "submissions", func() error {
			if err := run(ctx, pool, insertHandedIn(columns), "DROP TABLE handed_in"); err != nil {
				return err
			}
			return invite()
		})
	})
}

// insertHandedIn does for all rows at once what copy_submission_for_list() does for each.
func insertHandedIn(columns string) string {
	return `INSERT INTO submissions (` + columns + `, tenant_key, plan_key, location_key, search_text)
		WITH plan AS MATERIALIZED (SELECT id, fold(name) AS key FROM plans),
			location AS MATERIALIZED (SELECT id, fold(name) AS key FROM locations)
		SELECT m.` + strings.ReplaceAll(columns, ", ", ", m.") + `, fold(t.name), p.key, l.key, ' ' || concat_ws(' ', fold(t.name), t.email, p.key, l.key)
		FROM handed_in m
		JOIN tenants t ON t.id = m.tenant_id
		JOIN reservations r ON r.id = m.reservation_id
		JOIN plan p ON p.id = r.plan_id
		JOIN location l ON l.id = m.location_id
		ORDER BY m.row_number`
}
