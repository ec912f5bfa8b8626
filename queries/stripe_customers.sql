-- name: StripeCustomerGet :one
SELECT * FROM stripe_customers WHERE tenant_id = @tenant_id AND currency = @currency;

-- name: StripeCustomerInsertOrGet :one
-- The customer on file for this tenant and currency; the first caller's stays.
INSERT INTO stripe_customers (tenant_id, currency, customer_id, created_at)
VALUES (@tenant_id, @currency, @customer_id, @now)
ON CONFLICT (tenant_id, currency) DO UPDATE SET currency = EXCLUDED.currency
RETURNING *;
