-- name: SubscriptionInvoiceListBySubscription :many
SELECT * FROM subscription_invoices WHERE subscription_id = @subscription_id ORDER BY charged_at DESC, id;

-- name: SubscriptionInvoiceListBySubscriptionIDs :many
SELECT * FROM subscription_invoices WHERE subscription_id = ANY (@ids::uuid[]) ORDER BY charged_at DESC, id;

-- name: SubscriptionInvoicePut :exec
-- As it was read last.
INSERT INTO subscription_invoices (id, subscription_id, stripe_invoice_id, stripe_payment_intent_id, stripe_charge_id, status, currency,
    amount_due_minor, amount_paid_minor, amount_refunded_minor, period_start, period_end, charged_at, charged_on, paid_at, attempts,
    failure, first, read_at)
VALUES (@id, @subscription_id, @stripe_invoice_id, @stripe_payment_intent_id, @stripe_charge_id, @status, @currency,
    @amount_due_minor, @amount_paid_minor, @amount_refunded_minor, @period_start, @period_end, @charged_at, @charged_on, @paid_at, @attempts,
    @failure, @first, @now)
ON CONFLICT (stripe_invoice_id) DO UPDATE SET
    stripe_payment_intent_id = excluded.stripe_payment_intent_id, stripe_charge_id = excluded.stripe_charge_id, status = excluded.status,
    amount_due_minor = excluded.amount_due_minor, amount_paid_minor = excluded.amount_paid_minor,
    amount_refunded_minor = excluded.amount_refunded_minor, paid_at = excluded.paid_at, attempts = excluded.attempts,
    failure = excluded.failure, first = excluded.first, read_at = excluded.read_at;
