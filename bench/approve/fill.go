package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/jackc/pgx/v5"

	"carryover/e2e/office"
)

// fill writes the installation with a submission for every invitation, and for each tenant a customer with a card at the stand-in. It
// is not limited while that happens.
func fill(ctx context.Context, databaseURL, journal string, n int) error {
	if _, err := office.Fill(ctx, databaseURL, n); err != nil {
		return err
	}
	stripe, err := openStripe(journal, 0, 0)
	if err != nil {
		return err
	}
	defer stripe.close()
	customers, methods := make([]string, n), make([]string, n)
	for i := range n {
		if customers[i], methods[i], err = newCustomer(ctx, stripe.web.URL); err != nil {
			return err
		}
	}
	conn, err := pgx.Connect(ctx, databaseURL)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	for _, statement := range submitAll {
		if _, err := conn.Exec(ctx, statement, pgx.NamedArgs{"customers": customers, "methods": methods}); err != nil {
			return fmt.Errorf("%.40s…: %w", statement, err)
		}
	}
	return nil
}

// newCustomer is one whose card is saved.
func newCustomer(ctx context.Context, base string) (customer, method string, err error) {
	form := url.Values{"payment_method": {"pm_card_visa"}, "invoice_settings[default_payment_method]": {"pm_card_visa"}}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, base+"/v1/customers", strings.NewReader(form.Encode()))
	if err != nil {
		return "", "", err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Authorization", "Bearer "+secretKey)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return "", "", err
	}
	defer func() { _ = answer.Body.Close() }()
	var made struct {
		ID       string
		Settings struct {
			Method string `json:"default_payment_method"`
		} `json:"invoice_settings"`
	}
	if err := json.NewDecoder(answer.Body).Decode(&made); err != nil || made.Settings.Method == "" {
		return "", "", fmt.Errorf("make a customer: status %d: %w", answer.StatusCode, err)
	}
	return made.ID, made.Settings.Method, nil
}

// submitAll are the statements behind office.Fill that let every invitation be claimed. A reservation and a submission have the id of
// their invitation.
var submitAll = []string{
	`INSERT INTO terms_versions (id, location_id, language, version, body, body_sha256, created_at)
	 SELECT id, id, 'en', 1, 'You pay each month.', sha256('You pay each month.'), created_at FROM locations`,
	`INSERT INTO stripe_customers (tenant_id, currency, customer_id, created_at)
	 SELECT t.id, 'USD', c.customer, t.created_at
	 FROM (SELECT id, created_at, row_number() OVER (ORDER BY id) AS n FROM tenants) t
	 JOIN unnest(@customers::text[]) WITH ORDINALITY c (customer, n) USING (n)`,
	`INSERT INTO reservations (id, tenant_id, location_id, plan_id, unit, currency, created_at)
	 SELECT id, tenant_id, location_id, plan_id, unit, currency, created_at FROM invitations`,
	`UPDATE invitations SET status = 'claimed', claimed_at = created_at, reservation_id = id`,
	`INSERT INTO submissions (id, reservation_id, invitation_id, tenant_id, location_id, status, status_changed_at, submitted_at,
	     payment_method_type, stripe_customer_id, stripe_setup_intent_id, stripe_payment_method_id, method_label, currency,
	     monthly_total_minor, anchor_day, quote_digest, terms_version_id, terms_sha256, language, signature_kind, signature_name)
	 SELECT i.id, i.id, i.id, i.tenant_id, i.location_id, 'ready_for_approval', i.created_at, i.created_at,
	     'card', c.customer_id, 'seti_' || i.n, m.method, 'Visa ending 4242', i.currency,
	     12900, i.anchor_day, sha256(''), i.location_id, sha256('You pay each month.'), 'en', 'typed', 'Tess Tenant'
	 FROM (SELECT v.*, row_number() OVER (ORDER BY v.tenant_id) AS n FROM invitations v) i
	 JOIN stripe_customers c ON c.tenant_id = i.tenant_id
	 JOIN unnest(@methods::text[]) WITH ORDINALITY m (method, n) ON m.n = i.n`,
	`INSERT INTO quote_lines (submission_id, position, kind, plan_id, description, amount_minor, currency)
	 SELECT s.id, 0, 'plan', r.plan_id, 'Studio 1', 12900, s.currency FROM submissions s JOIN reservations r ON r.id = s.reservation_id`,
	`UPDATE reservations SET current_submission_id = id`,
	`ANALYZE`,
}
