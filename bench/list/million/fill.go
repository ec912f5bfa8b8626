package million

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"carryover/access"
	"carryover/postgres"
)

// settle makes the schema and the catalogue that all rows stand on, as the owner of both. The caller closes the pool.
func settle(ctx context.Context, url string, rows int) (*world, *pgxpool.Pool, error) {
	if err := postgres.Up(ctx, url); err != nil {
		return nil, nil, err
	}
	pool, err := postgres.Open(ctx, with(url, "statement_timeout=0"), postgres.PoolOptions{Role: postgres.OwnerRole, MaxConns: 2})
	if err != nil {
		return nil, nil, err
	}
	w := newWorld(rows)
	if err := w.copyTo(ctx, pool); err != nil {
		pool.Close()
		return nil, nil, err
	}
	return w, pool, nil
}

// fill makes invitations and submissions.
func fill(ctx context.Context, url string, rows int, say func(string, ...any)) error {
	w, pool, err := settle(ctx, url, rows)
	if err != nil {
		return err
	}
	defer pool.Close()
	columns := strings.Join(invitationColumns, ", ")
	if err := run(ctx, pool, "CREATE UNLOGGED TABLE made AS SELECT 0 AS row_number, "+columns+" FROM invitations LIMIT 0"); err != nil {
		return err
	}
	for _, many := range []struct {
		table   string
		columns []string
		values  func(row int) []any // nil where this row has none
	}{
		{"tenants", []string{"id", "email", "name", "phone", "created_at"}, w.tenantColumns},
		{"tenant_locations", []string{"tenant_id", "location_id", "known_as"}, w.knownColumns},
		{"made", append([]string{"row_number"}, invitationColumns...), w.madeColumns},
	} {
		say("  %s…", many.table)
		if err := bare(ctx, pool, many.table, func() error {
			return copyRows(ctx, pool, many.table, many.columns, rows, many.values)
		}); err != nil {
			return err
		}
	}
	if err := w.fillReserved(ctx, pool, rows, say, func() error {
		say("  invitations…")
		return bare(ctx, pool, "invitations", func() error { return run(ctx, pool, insertMade(columns), "DROP TABLE made") })
	}); err != nil {
		return err
	}
	for _, table := range []string{"invitations", "submissions"} {
		if err := compareCopies(ctx, pool, table); err != nil {
			return err
		}
	}
	return nil
}

// with adds parameters to a database's address.
func with(url string, params ...string) string {
	sep := "?"
	if strings.Contains(url, "?") {
		sep = "&"
	}
	return url + sep + strings.Join(params, "&")
}

// compareCopies lets the schema's trigger make the copies of a thousand rows, and fails if it makes others than stand there.
func compareCopies(ctx context.Context, pool *pgxpool.Pool, table string) error {
	changed := `WITH sample AS (SELECT i AS was FROM ` + table + ` i WHERE abs(hashtext(i.id::text)) % (SELECT 1 + count(*) / 1000 FROM ` + table + `) = 0),
		again AS (UPDATE ` + table + ` i SET tenant_id = i.tenant_id FROM sample s WHERE i.id = (s.was).id RETURNING i AS now)
		SELECT count(*) FILTER (WHERE to_jsonb(s.was) <> to_jsonb(a.now)), coalesce(min(to_jsonb(s.was)::text || E'\n' || to_jsonb(a.now)::text)
			FILTER (WHERE to_jsonb(s.was) <> to_jsonb(a.now)), '')
		FROM sample s JOIN again a ON (a.now).id = (s.was).id`
	tx, err := pool.Begin(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback(ctx) }() // what the trigger made again was there before
	var different int
	var example string
	if err := tx.QueryRow(ctx, changed).Scan(&different, &example); err != nil {
		return fmt.Errorf("hold the copies of %s against the trigger: %w", table, err)
	}
	if different > 0 {
		return fmt.Errorf("the copies of %s are no longer those that the schema's trigger makes; %d of a thousand differ, like\n%s", table, different, example)
	}
	return nil
}

func (w *world) tenantColumns(row int) []any {
	if w.tenantRow(row) != row {
		return nil
	}
	t := w.tenant(row)
	return []any{t.id, t.email, t.name, t.phone, t.at}
}

func (w *world) knownColumns(row int) []any {
	if w.follows(row) {
		return nil
	}
	var typed *string
	if _, ok := w.cross[row]; ok {
		n := name(dice("typed", row))
		typed = &n
	}
	return []any{w.tenant(w.tenantRow(row)).id, w.locations[w.importOf(row).location].id, typed}
}

var invitationColumns = []string{"id", "tenant_id", "location_id", "plan_id", "unit", "currency", "insurance_plan_id",
	"card_price_override_minor", "ach_price_override_minor", "anchor_day", "status", "link_expires_at", "created_by", "created_at",
	"updated_at", "email_sent_at", "sms_sent_at", "opened_at", "claimed_at", "revoked_at", "reservation_id"}

func (w *world) madeColumns(row int) []any {
	i := w.invitation(row)
	return []any{row, i.id, i.tenant, i.location, i.plan, i.unit, i.currency, i.insurance, i.card, i.ach, i.anchor, i.status, i.expires,
		i.staff, i.created, i.created, i.emailed, i.texted, i.opened, i.claimed, i.revoked, i.reservation}
}

// insertMade does for all rows at once what copy_for_list() does for each.
func insertMade(columns string) string {
	return `INSERT INTO invitations (` + columns + `, tenant_key, has_phone, plan_key, location_key, search_text, card_key, ach_key, insurance_key)
		WITH plan AS MATERIALIZED (SELECT *, fold(name) AS key FROM plans),
			location AS MATERIALIZED (SELECT *, fold(name) AS key FROM locations),
			person AS MATERIALIZED (
				SELECT t.id, tl.location_id, t.email, fold(coalesce(tl.known_as, t.name)) AS key,
					CASE WHEN tl.known_as IS NULL THEN t.phone IS NOT NULL ELSE tl.known_phone IS NOT NULL END AS has_phone
				FROM tenants t JOIN tenant_locations tl ON tl.tenant_id = t.id)
		SELECT m.` + strings.ReplaceAll(columns, ", ", ", m.") + `, t.key, t.has_phone, p.key, l.key,
			' ' || concat_ws(' ', t.key, t.email, p.key, l.key),
			coalesce(m.card_price_override_minor, p.card_price_minor),
			coalesce(m.ach_price_override_minor, p.ach_price_minor, -1),
			coalesce(i.price_minor, -1)
		FROM made m
		JOIN person t ON t.id = m.tenant_id AND t.location_id = m.location_id
		JOIN plan p ON p.id = m.plan_id
		JOIN location l ON l.id = m.location_id
		LEFT JOIN insurance_plans i ON i.id = m.insurance_plan_id
		ORDER BY m.row_number`
}

// copyTo writes the few things.
func (w *world) copyTo(ctx context.Context, pool *pgxpool.Pool) error {
	hash, err := access.HashPassword(Password)
	if err != nil {
		return err
	}
	var failed []error
	write := func(table string, columns []string, rows [][]any) {
		_, err := pool.CopyFrom(ctx, pgx.Identifier{table}, columns, pgx.CopyFromRows(rows))
		if err != nil {
			failed = append(failed, fmt.Errorf("copy %s: %w", table, err))
		}
	}
	write("staff", []string{"id", "email", "name", "role", "password_hash", "created_at"}, w.staffRows(hash))
	write("locations", []string{"id", "slug", "name", "time_zone", "currency", "sender_name", "created_at"}, w.locationRows())
	write("staff_locations", []string{"staff_id", "location_id"}, w.managedRows())
	write("plans", []string{"id", "location_id", "kind", "cadence", "name", "currency", "card_price_minor", "ach_price_minor", "created_at"}, w.planRows())
	write("insurance_plans", []string{"id", "name", "currency", "price_minor", "created_at"}, w.insuranceRows())
	write("terms_versions", []string{"id", "location_id", "language", "version", "body", "body_sha256", "created_at"}, w.termsRows())
	write("insurance_plan_locations", []string{"insurance_plan_id", "location_id", "currency"}, w.insuredRows())
	return errors.Join(failed...)
}

func (c catalogue) staffRows(hash string) [][]any {
	r, rows := dice("staff", 0), [][]any{
		{c.admin, AdminEmail, "Ada Min", "admin", hash, since},
		{c.manager, ManagerEmail, "Mana Ger", "manager", hash, since}}
	for i, id := range c.staff {
		rows = append(rows, []any{id, fmt.Sprintf("staff%d@example.com", i), name(r), "manager", hash, since})
	}
	return rows
}

func (c catalogue) locationRows() (rows [][]any) {
	for _, l := range c.locations {
		rows = append(rows, []any{l.id, l.slug, l.name, l.zone, l.currency, l.name, since})
	}
	return rows
}

func (c catalogue) managedRows() (rows [][]any) {
	for i := 0; i < len(c.locations); i += len(c.locations) / managed {
		rows = append(rows, []any{c.manager, c.locations[i].id})
	}
	return rows
}

func (c catalogue) planRows() (rows [][]any) {
	for _, l := range c.locations {
		for _, p := range l.plans {
			kind, cadence := "membership", "hourly"
			if p.studio {
				kind = "studio"
			}
			if p.monthly {
				cadence = "monthly"
			}
			var ach *int64
			if l.currency == "USD" {
				ach = &p.ach
			}
			rows = append(rows, []any{p.id, l.id, kind, cadence, p.name, l.currency, p.card, ach, since.Add(-time.Hour)})
		}
	}
	return rows
}

func (c catalogue) insuranceRows() (rows [][]any) {
	for _, one := range c.insurance {
		rows = append(rows, []any{one.id, one.name, one.currency, one.price, since})
	}
	return rows
}

func (c catalogue) insuredRows() (rows [][]any) {
	for _, l := range c.locations {
		for _, one := range c.insurance {
			if one.currency == l.currency {
				rows = append(rows, []any{one.id, l.id, l.currency})
			}
		}
	}
	return rows
}
