-- name: SubscriptionInvoiceListBySubscription :many
SELECT * FROM subscription_invoices WHERE subscription_id = @subscription_id ORDER BY charged_at DESC, id;

-- name: SubscriptionInvoiceListBySubscriptionIDs :many
SELECT * FROM subscription_invoices WHERE subscription_id = ANY (@ids::uuid[]) ORDER BY charged_at DESC, id;

-- name: SubscriptionInvoicePut :exec
-- As it was read last. Since when the tenant's bank wants the tenant is written when it begins and taken away when it ends.
INSERT INTO subscription_invoices (id, subscription_id, stripe_invoice_id, stripe_payment_intent_id, stripe_charge_id, status, currency,
    amount_due_minor, amount_paid_minor, amount_refunded_minor, period_start, period_end, charged_at, charged_on, paid_at, attempts,
    failure, first, confirming_since, read_at)
VALUES (@id, @subscription_id, @stripe_invoice_id, @stripe_payment_intent_id, @stripe_charge_id, @status, @currency,
    @amount_due_minor, @amount_paid_minor, @amount_refunded_minor, @period_start, @period_end, @charged_at, @charged_on, @paid_at, @attempts,
    @failure, @first, CASE WHEN @confirming::boolean THEN @now::timestamptz END, @now)
ON CONFLICT (stripe_invoice_id) DO UPDATE SET
    stripe_payment_intent_id = excluded.stripe_payment_intent_id, stripe_charge_id = excluded.stripe_charge_id, status = excluded.status,
    amount_due_minor = excluded.amount_due_minor, amount_paid_minor = excluded.amount_paid_minor,
    amount_refunded_minor = excluded.amount_refunded_minor, paid_at = excluded.paid_at, attempts = excluded.attempts,
    failure = excluded.failure, first = excluded.first, read_at = excluded.read_at,
    confirming_since = CASE WHEN excluded.confirming_since IS NOT NULL
        THEN coalesce(subscription_invoices.confirming_since, excluded.confirming_since) END;

-- name: SubscriptionInvoiceListConfirming :many
-- Those of live subscriptions for which the tenant's bank wants the tenant, the longest waiting first.
SELECT i.* FROM subscription_invoices i
JOIN subscriptions s ON s.id = i.subscription_id
WHERE s.id = ANY (@subscription_ids::uuid[]) AND s.live AND i.confirming_since IS NOT NULL AND i.status = 'open'
ORDER BY i.subscription_id, i.charged_at, i.id;

-- name: SubscriptionInvoiceAskIfUnasked :execrows
-- One message for each invoice, ever. No row: the tenant was asked for this one before.
UPDATE subscription_invoices SET ask_delivery_id = @ask_delivery_id WHERE id = @id AND ask_delivery_id IS NULL;

-- name: SubscriptionInvoiceGetByAsk :one
SELECT * FROM subscription_invoices WHERE ask_delivery_id = @ask_delivery_id;
