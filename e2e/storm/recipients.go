package storm

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"carryover/access"
)

// The one who sends.
const (
	adminEmail    = "admin@storm.test"
	adminPassword = "storm and calm weather"
)

// household is how often two tenants share a phone: every twentieth has the number of the one before.
const household = 20

// fill writes one location where it is noon now, one plan, and the recipients with their invitations, as the schema's owner.
func fill(ctx context.Context, ownerURL string, recipients int) error {
	conn, err := pgx.Connect(ctx, ownerURL)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	hash, err := access.HashPassword(adminPassword)
	if err != nil {
		return err
	}
	now := time.Now()
	if _, err := conn.Exec(ctx, `INSERT INTO staff (id, email, name, role, password_hash, created_at)
		VALUES ('00000000-0000-7000-8000-000000000001', $1, 'Ada Admin', 'admin', $2, $3)`, adminEmail, hash, now); err != nil {
		return fmt.Errorf("insert staff: %w", err)
	}
	if _, err := conn.Exec(ctx, `INSERT INTO locations (id, slug, name, time_zone, currency, sender_name, created_at)
		VALUES ('00000000-0000-7000-8000-000000000002', 'storm', 'Storm Studios', $1, 'USD', 'Storm Studios', $2)`, noonZone(now), now); err != nil {
		return fmt.Errorf("insert location: %w", err)
	}
	for _, statement := range []string{
		`INSERT INTO plans (id, location_id, kind, cadence, name, currency, card_price_minor, created_at)
		 VALUES ('00000000-0000-7000-8000-000000000003', '00000000-0000-7000-8000-000000000002', 'studio', 'monthly', 'Studio 1', 'USD', 12900, $2)`,
		`INSERT INTO tenants (id, email, name, phone, created_at)
		 SELECT ('00000000-0000-7000-9000-' || lpad(to_hex(n), 12, '0'))::uuid, 'tenant' || n || '@storm.test', 'Tess ' || n,
		        '+1303' || (5550000 + n - CASE WHEN n % ` + fmt.Sprint(household) + ` = 0 THEN 1 ELSE 0 END), $2
		 FROM generate_series(1, $1::int) n`,
		`INSERT INTO tenant_locations (tenant_id, location_id)
		 SELECT id, '00000000-0000-7000-8000-000000000002' FROM tenants WHERE $1 > 0 AND $2 > timestamptz 'epoch'`,
		`INSERT INTO invitations (id, tenant_id, location_id, plan_id, currency, anchor_day, status, link_expires_at, created_by, created_at, updated_at)
		 SELECT ('00000000-0000-7000-a000-' || lpad(to_hex(n), 12, '0'))::uuid, ('00000000-0000-7000-9000-' || lpad(to_hex(n), 12, '0'))::uuid,
		        '00000000-0000-7000-8000-000000000002', '00000000-0000-7000-8000-000000000003', 'USD', 15, 'pending',
		        $2 + interval '30 days', '00000000-0000-7000-8000-000000000001', $2, $2
		 FROM generate_series(1, $1::int) n`,
	} {
		statement = `WITH input AS (SELECT $1::int, $2::timestamptz) ` + statement
		if _, err := conn.Exec(ctx, statement, recipients, now); err != nil {
			return fmt.Errorf("%.40s…: %w", statement, err)
		}
	}
	_, err = conn.Exec(ctx, `ANALYZE`)
	return err
}

// noonZone is a zone in which nobody sleeps while the storm lasts. The sign of such zones is the other way round (the tz
// database's file "etcetera").
func noonZone(now time.Time) string {
	return fmt.Sprintf("Etc/GMT%+d", now.UTC().Hour()-12)
}
