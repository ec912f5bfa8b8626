-- name: SubscriptionInsert :one
INSERT INTO subscriptions (id, reservation_id, submission_id, approval_id, stripe_subscription_id, stripe_customer_id, status,
    currency, monthly_total_minor, started_at, next_charge_at, created_at)
VALUES (@id, @reservation_id, @submission_id, @approval_id, @stripe_subscription_id, @stripe_customer_id, @status,
    @currency, @monthly_total_minor, @started_at, @next_charge_at, @now)
RETURNING *;

-- name: SubscriptionGetLatest :one
-- The live one, else the last one.
SELECT * FROM subscriptions WHERE reservation_id = @reservation_id ORDER BY live DESC, id DESC LIMIT 1;

-- name: SubscriptionGetManaged :one
SELECT s.* FROM subscriptions s
JOIN reservations r ON r.id = s.reservation_id
JOIN managed_locations m ON m.location_id = r.location_id AND m.staff_id = @staff_id
WHERE s.id = @id;

-- name: SubscriptionListLiveByReservation :many
-- One at most, by the table's own rule.
SELECT * FROM subscriptions WHERE reservation_id = @reservation_id AND live ORDER BY id;

-- name: SubscriptionCancelIfLive :one
-- It has ended at Stripe, by us. No row: that was written down before.
UPDATE subscriptions SET status = 'canceled', next_charge_at = NULL
FROM (SELECT p.id, p.status FROM subscriptions p WHERE p.id = @id FOR UPDATE) before
WHERE subscriptions.id = before.id AND subscriptions.live
RETURNING sqlc.embed(subscriptions), before.status AS before;
