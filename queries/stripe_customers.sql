-- name: StripeCustomerGet :one
SELECT * FROM stripe_customers WHERE tenant_id = @tenant_id AND currency = @currency;

-- name: StripeCustomerInsertOrGet :one
-- The customer on file for this tenant and currency; the first caller's stays.
INSERT INTO stripe_customers (tenant_id, currency, customer_id, created_at, told_name, told_email)
VALUES (@tenant_id, @currency, @customer_id, @now, @told_name, @told_email)
ON CONFLICT (tenant_id, currency) DO UPDATE SET currency = EXCLUDED.currency
RETURNING *;

-- name: StripeCustomerReplace :one
-- For one that Stripe does not have any more. No row: another was first.
UPDATE stripe_customers SET customer_id = @customer_id, told_name = @told_name, told_email = @told_email
WHERE tenant_id = @tenant_id AND currency = @currency AND customer_id = @gone
RETURNING *;

-- name: StripeCustomerListByTenant :many
SELECT * FROM stripe_customers WHERE tenant_id = @tenant_id ORDER BY currency;

-- name: StripeCustomerNoteTold :exec
UPDATE stripe_customers SET told_name = @name, told_email = @email WHERE customer_id = @customer_id;

-- name: StripeCustomerCallBegin :exec
-- Before the first call for this tenant and currency; later ones go on as the first one began.
INSERT INTO stripe_customer_calls (tenant_id, currency, name, email, called_at)
VALUES (@tenant_id, @currency, @name, @email, @now)
ON CONFLICT (tenant_id, currency) DO NOTHING;

-- name: StripeCustomerCallGet :one
SELECT * FROM stripe_customer_calls WHERE tenant_id = @tenant_id AND currency = @currency;
