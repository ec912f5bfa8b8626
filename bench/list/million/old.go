package million

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"carryover/migration"
)

// OldSource is the name of each location's old system.
const OldSource = "Rocket"

var oldPlans = []string{"Unlimited", "Basic", "Shine", "Ultimate", "Legacy Gold"} // the last is mapped to nothing

// fillOld makes one old system at each location with its list, a quarter of which was carried over and approved here; of that quarter, a half
// is cancelled there.
func fillOld(ctx context.Context, url string, rows int, say func(string, ...any)) error {
	w, pool, err := settle(ctx, url, rows)
	if err != nil {
		return err
	}
	defer pool.Close()
	if err := w.copySources(ctx, pool); err != nil {
		return err
	}
	say("  legacy_memberships…")
	if err := bare(ctx, pool, "legacy_memberships", func() error {
		return copyRows(ctx, pool, "legacy_memberships", oldColumns, rows, w.oldRow)
	}); err != nil {
		return err
	}
	say("  what was carried over…")
	return carryOver(ctx, pool)
}

func (w *world) copySources(ctx context.Context, pool *pgxpool.Pool) error {
	var sources, plans [][]any
	for _, l := range w.locations {
		id := uuid.NewSHA1(l.id, []byte(OldSource))
		sources = append(sources, []any{id, l.id, OldSource, since, since})
		for i, name := range oldPlans {
			if i == len(oldPlans)-1 {
				plans = append(plans, []any{id, name, nil, nil, nil})
				continue
			}
			plans = append(plans, []any{id, name, l.plans[i].id, w.admin, since})
		}
	}
	if _, err := pool.CopyFrom(ctx, pgx.Identifier{"legacy_sources"}, []string{"id", "location_id", "name", "created_at", "updated_at"}, pgx.CopyFromRows(sources)); err != nil {
		return fmt.Errorf("copy legacy_sources: %w", err)
	}
	_, err := pool.CopyFrom(ctx, pgx.Identifier{"legacy_plans"}, []string{"source_id", "name", "plan_id", "mapped_by", "mapped_at"}, pgx.CopyFromRows(plans))
	return err
}

var oldColumns = []string{"id", "location_id", "source", "source_id", "name", "email", "phone", "emails", "phones", "plate", "rfid", "plan_name",
	"price_minor", "currency", "next_billing_on", "state", "cancelled_there_at", "listed_state", "cancellation_by", "cancellation_recorded_at",
	"cancellation_evidence", "migrated", "approved_here", "name_key", "keys", "created_at", "updated_at"}

// oldRow: one in four was carried over, one in fifty shares the phone of the row before.
func (w *world) oldRow(row int) []any {
	r, from := dice("old", row), w.importOf(row)
	l, person := w.locations[from.location], w.tenant(row)
	if row%50 == 7 {
		person.phone = w.tenant(row - 1).phone
	}
	plate := fmt.Sprintf("%c%c%c %04d", 'A'+r.IntN(26), 'A'+r.IntN(26), 'A'+r.IntN(26), r.IntN(10_000))
	rfid := fmt.Sprintf("%010d", row)
	state, carried := "active", row%4 == 1
	switch n := r.IntN(100); {
	case row%8 == 1:
		state = "recorded"
	case carried:
	case n < 3:
		state = "paused"
	case n < 5:
		state = "past_due"
	case n < 9:
		state = "cancelled"
	}
	var cancelled, listed, by, recorded any
	evidence := ""
	if state == "cancelled" || state == "recorded" {
		cancelled = from.at
	}
	if state == "recorded" {
		listed, by, recorded, evidence = "active", w.admin, from.at, "ticket"
	}
	nameKey := migration.NameKey(person.name)
	keys := []string{"p:" + migration.PlateKey(plate), "r:" + migration.CardKey(rfid)}
	var emails, phones []string
	if person.email != nil {
		emails, keys = []string{*person.email}, append(keys, "e:"+*person.email)
	}
	if person.phone != nil {
		digits := strings.TrimPrefix(*person.phone, "+")
		phones, keys = []string{*person.phone}, append(keys, "t:"+digits, "t:"+digits[1:])
	}
	for word := range strings.SplitSeq(nameKey, " ") {
		keys = append(keys, "n:"+word)
	}
	return []any{newID(r, from.at), l.id, OldSource, fmt.Sprintf("R%07d", row), person.name, person.email, person.phone, slices.Clip(append([]string{}, emails...)),
		append([]string{}, phones...), plate, rfid, pick(r, oldPlans), int64(1900 + 100*r.IntN(60)), l.currency, Until.AddDate(0, 0, r.IntN(45)-5), state, cancelled,
		listed, by, recorded, evidence, carried && row%80 != 5, carried, nameKey, keys, from.at, from.at}
}

// carryOver makes a reservation and an approved submission of each that the list says was carried over; one in twenty of those that are still
// billed there has ended here. The list says so itself, as the schema's triggers would have it, which is looked at of a thousand.
func carryOver(ctx context.Context, pool *pgxpool.Pool) error {
	const of = ` FROM legacy_memberships l JOIN legacy_sources s ON s.location_id = l.location_id AND s.name = l.source
		CROSS JOIN LATERAL (SELECT id FROM plans WHERE location_id = l.location_id AND cadence = 'monthly' ORDER BY id LIMIT 1) p
		JOIN terms_versions t ON t.location_id = l.location_id WHERE l.approved_here`
	const reserved, submitted = `md5(l.id::text || 'reservation')::uuid`, `md5(l.id::text || 'submission')::uuid`
	if err := run(ctx, pool, `INSERT INTO tenants (id, name, created_at) SELECT l.id, l.name, l.created_at FROM legacy_memberships l WHERE l.approved_here`); err != nil {
		return err
	}
	err := bare(ctx, pool, "reservations", func() error {
		if err := run(ctx, pool, `INSERT INTO reservations (id, tenant_id, location_id, plan_id, unit, currency, legacy_membership_id, current_submission_id, created_at, ended_at)
			SELECT `+reserved+`, l.id, l.location_id, p.id, '', l.currency, l.id, `+submitted+`, l.created_at, CASE WHEN NOT l.migrated THEN l.created_at END`+of); err != nil {
			return err
		}
		return bare(ctx, pool, "submissions", func() error {
			return run(ctx, pool, `INSERT INTO submissions (id, reservation_id, tenant_id, location_id, status, status_changed_at, submitted_at, payment_method_type,
					stripe_customer_id, stripe_setup_intent_id, stripe_payment_method_id, method_label, currency, monthly_total_minor, anchor_day, quote_digest,
					terms_version_id, terms_sha256, language, signature_kind, signature_name)
				SELECT `+submitted+`, `+reserved+`, l.id, l.location_id, 'approved', l.created_at, l.created_at, 'card', 'cus_' || l.source_id, 'seti_' || l.source_id,
					'pm_' || l.source_id, 'Visa ending 4242', l.currency, 3900, 1, sha256(l.source_id::bytea), t.id, t.body_sha256, 'en', 'typed', l.name`+of)
		})
	})
	if err != nil {
		return err
	}
	var different int
	if err := pool.QueryRow(ctx, `SELECT count(*) FROM (SELECT * FROM legacy_memberships ORDER BY source_id LIMIT 1000) l
		WHERE l.migrated <> EXISTS (SELECT FROM reservations r WHERE r.legacy_membership_id = l.id AND r.live)
			OR l.approved_here <> EXISTS (SELECT FROM reservations r JOIN submissions s ON s.id = r.current_submission_id AND s.status = 'approved'
				WHERE r.legacy_membership_id = l.id)`).Scan(&different); err != nil {
		return err
	}
	if different > 0 {
		return fmt.Errorf("of a thousand old memberships %d are not as the schema's triggers would have them", different)
	}
	return run(ctx, pool, "VACUUM (ANALYZE) tenants", "VACUUM (ANALYZE) legacy_plans", "VACUUM (ANALYZE) legacy_sources", "ANALYZE locations", "ANALYZE staff_locations", "ANALYZE plans", "ANALYZE staff")
}
