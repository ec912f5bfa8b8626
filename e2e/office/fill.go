package office

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/access"
)

// The one who sends, and signs in for it.
const (
	AdminEmail    = "admin@storm.test"
	AdminPassword = "storm and calm weather"
)

// household is how often two tenants share a phone: every twentieth has the number of the one before.
const household = 20

// Fill writes, as the schema's owner, one location for each number of recipients, where it is noon now, with one plan and an open
// invitation for each recipient. It answers the locations' ids.
func Fill(ctx context.Context, ownerURL string, recipients ...int) ([]uuid.UUID, error) {
	conn, err := pgx.Connect(ctx, ownerURL)
	if err != nil {
		return nil, err
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	hash, err := access.HashPassword(AdminPassword)
	if err != nil {
		return nil, err
	}
	now := time.Now()
	if _, err := conn.Exec(ctx, `INSERT INTO staff (id, email, name, role, password_hash, created_at)
		VALUES ('00000000-0000-7000-8000-000000000000', $1, 'Ada Admin', 'admin', $2, $3)`, AdminEmail, hash, now); err != nil {
		return nil, fmt.Errorf("insert staff: %w", err)
	}
	var locations []uuid.UUID
	first := 0
	for i, n := range recipients {
		id, err := fillLocation(ctx, conn, i, first, n, now)
		if err != nil {
			return nil, err
		}
		locations, first = append(locations, id), first+n
	}
	_, err = conn.Exec(ctx, `ANALYZE`)
	return locations, err
}

func fillLocation(ctx context.Context, conn *pgx.Conn, i, first, n int, now time.Time) (location uuid.UUID, err error) {
	args := pgx.NamedArgs{"i": i, "first": first, "n": n, "now": now, "zone": noonZone(now)}
	for _, statement := range fillStatements {
		if _, err := conn.Exec(ctx, statement, args); err != nil {
			return location, fmt.Errorf("%.40s…: %w", statement, err)
		}
	}
	err = conn.QueryRow(ctx, `SELECT id FROM locations WHERE slug = 'storm-' || @i::int`, args).Scan(&location)
	return location, err
}

// fillStatements make ids of small numbers, so that rows find each other.
var fillStatements = []string{
	`INSERT INTO locations (id, slug, name, time_zone, currency, sender_name, created_at)
	 VALUES (('00000000-0000-7000-8001-' || lpad(to_hex(@i::int), 12, '0'))::uuid, 'storm-' || @i::int, 'Storm Studios ' || @i::int, @zone, 'USD', 'Storm Studios', @now)`,
	`INSERT INTO plans (id, location_id, kind, cadence, name, currency, card_price_minor, created_at)
	 SELECT ('00000000-0000-7000-8002-' || lpad(to_hex(@i::int), 12, '0'))::uuid, id, 'studio', 'monthly', 'Studio 1', 'USD', 12900, @now
	 FROM locations WHERE slug = 'storm-' || @i::int`,
	`INSERT INTO tenants (id, email, name, phone, created_at)
	 SELECT ('00000000-0000-7000-9000-' || lpad(to_hex(n), 12, '0'))::uuid, 'tenant' || n || '@storm.test', 'Tess ' || n,
	        '+1303' || (5550000 + n - CASE WHEN n % ` + fmt.Sprint(household) + ` = 0 THEN 1 ELSE 0 END), @now
	 FROM generate_series(@first::int + 1, @first::int + @n::int) n`,
	`INSERT INTO tenant_locations (tenant_id, location_id)
	 SELECT ('00000000-0000-7000-9000-' || lpad(to_hex(n), 12, '0'))::uuid, ('00000000-0000-7000-8001-' || lpad(to_hex(@i::int), 12, '0'))::uuid
	 FROM generate_series(@first::int + 1, @first::int + @n::int) n`,
	`INSERT INTO invitations (id, tenant_id, location_id, plan_id, currency, anchor_day, status, link_expires_at, created_by, created_at, updated_at)
	 SELECT ('00000000-0000-7000-a000-' || lpad(to_hex(n), 12, '0'))::uuid, ('00000000-0000-7000-9000-' || lpad(to_hex(n), 12, '0'))::uuid,
	        ('00000000-0000-7000-8001-' || lpad(to_hex(@i::int), 12, '0'))::uuid, ('00000000-0000-7000-8002-' || lpad(to_hex(@i::int), 12, '0'))::uuid,
	        'USD', 15, 'pending', @now::timestamptz + interval '30 days', '00000000-0000-7000-8000-000000000000', @now, @now
	 FROM generate_series(@first::int + 1, @first::int + @n::int) n`,
}

// noonZone is a zone in which nobody sleeps for the next hours. The sign of such zones is the other way round (the tz database's
// file "etcetera").
func noonZone(now time.Time) string {
	return fmt.Sprintf("Etc/GMT%+d", now.UTC().Hour()-12)
}
