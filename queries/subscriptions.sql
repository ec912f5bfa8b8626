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

-- name: SubscriptionListLatest :many
-- Of each reservation the live one, else the last one.
SELECT DISTINCT ON (s.reservation_id) s.* FROM subscriptions s
WHERE s.reservation_id = ANY (@reservation_ids::uuid[])
ORDER BY s.reservation_id, s.live DESC, s.id DESC;
