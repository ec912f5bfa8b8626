-- name: SubscriptionInsert :one
-- Due to be looked at from the beginning: a webhook may have come before the row.
INSERT INTO subscriptions (id, reservation_id, submission_id, approval_id, stripe_subscription_id, stripe_customer_id, status,
    currency, monthly_total_minor, started_at, next_charge_at, created_at, next_look_at)
VALUES (@id, @reservation_id, @submission_id, @approval_id, @stripe_subscription_id, @stripe_customer_id, @status,
    @currency, @monthly_total_minor, @started_at, @next_charge_at, @now, @now::timestamptz)
RETURNING *;

-- name: SubscriptionGetManaged :one
SELECT s.* FROM subscriptions s
JOIN reservations r ON r.id = s.reservation_id
JOIN managed_locations m ON m.location_id = r.location_id AND m.staff_id = @staff_id
WHERE s.id = @id;

-- name: SubscriptionListLiveByReservation :many
-- One at most, by the table's own rule.
SELECT * FROM subscriptions WHERE reservation_id = @reservation_id AND live ORDER BY id;

-- name: SubscriptionCancelIfLive :one
-- It has ended at Stripe, by us. No row: that was written down before. A look that read Stripe earlier than this is made again.
UPDATE subscriptions SET status = 'canceled', next_charge_at = NULL, ended_at = @now, looks = looks + 1
FROM (SELECT p.id, p.status FROM subscriptions p WHERE p.id = @id FOR UPDATE) before
WHERE subscriptions.id = before.id AND subscriptions.live
RETURNING sqlc.embed(subscriptions), before.status AS before;

-- name: SubscriptionGet :one
SELECT * FROM subscriptions WHERE id = @id;

-- name: SubscriptionListLatest :many
-- Of each reservation the live one, else the last one.
SELECT DISTINCT ON (s.reservation_id) s.* FROM subscriptions s
WHERE s.reservation_id = ANY (@reservation_ids::uuid[])
ORDER BY s.reservation_id, s.live DESC, s.id DESC;

-- name: SubscriptionLock :one
SELECT * FROM subscriptions WHERE id = @id FOR UPDATE;

-- name: SubscriptionGetBySubmission :one
-- The live one, else the last one.
SELECT * FROM subscriptions WHERE submission_id = @submission_id ORDER BY live DESC, id DESC LIMIT 1;

-- name: SubscriptionListByIDs :many
SELECT * FROM subscriptions WHERE id = ANY (@ids::uuid[]) ORDER BY id;

-- name: SubscriptionListDue :many
-- What is to be looked at again, the longest overdue first.
SELECT id FROM subscriptions
WHERE next_look_at <= @now::timestamptz
ORDER BY next_look_at, id
LIMIT @row_limit;

-- name: SubscriptionListConcerned :many
-- Those that a word of Stripe's may be about: by its own names, by what our metadata says, and, where a tenant is asked to confirm,
-- by the customer. An empty name is nobody's.
SELECT s.id FROM subscriptions s
JOIN submissions b ON b.id = s.submission_id
WHERE s.stripe_subscription_id = @stripe_subscription_id::text
    OR (s.reservation_id = @reservation_id::uuid AND s.live)
    OR (s.stripe_customer_id = @confirming_customer_id::text AND b.status = 'tenant_action_required')
    OR s.id IN (SELECT i.subscription_id FROM subscription_invoices i
                WHERE i.stripe_charge_id = @charge_id::text AND i.stripe_charge_id <> '')
    OR s.id IN (SELECT i.subscription_id FROM subscription_invoices i
                WHERE i.stripe_payment_intent_id = @payment_intent_id::text AND i.stripe_payment_intent_id <> '')
ORDER BY s.id;

-- name: SubscriptionLookNow :exec
-- In one order, so that no two transactions wait for each other.
UPDATE subscriptions SET looks = looks + 1, next_look_at = @now
WHERE id IN (SELECT d.id FROM subscriptions d WHERE d.id = ANY (@ids::uuid[]) ORDER BY d.id FOR UPDATE);

-- name: SubscriptionLookNowOfLegacy :exec
-- Those that were approved and took old memberships over.
UPDATE subscriptions SET looks = looks + 1, next_look_at = @now
WHERE id IN (
    SELECT d.id FROM subscriptions d
    JOIN reservations r ON r.id = d.reservation_id
    JOIN submissions b ON b.id = d.submission_id AND b.status = 'approved'
    WHERE r.legacy_membership_id = ANY (@legacy_membership_ids::uuid[])
    ORDER BY d.id FOR UPDATE OF d);

-- name: SubscriptionLookNowOfUndone :exec
-- Those that once billed old memberships and were taken back.
UPDATE subscriptions SET looks = looks + 1, next_look_at = @now
WHERE id IN (
    SELECT d.id FROM subscriptions d
    JOIN reservations r ON r.id = d.reservation_id AND NOT r.live
    JOIN submissions b ON b.id = d.submission_id AND b.status = 'undone'
    WHERE r.legacy_membership_id = ANY (@legacy_membership_ids::uuid[])
    ORDER BY d.id FOR UPDATE OF d);

-- name: SubscriptionNoteLook :one
-- Only under SubscriptionLock, with the looks that were seen before Stripe was read. When it ended is written once.
UPDATE subscriptions SET status = @status, next_charge_at = @next_charge_at, ended_at = coalesce(ended_at, @ended_at), looks = looks + 1,
    next_look_at = @next_look_at, unknown_since = NULL
WHERE id = @id
RETURNING *;

-- name: SubscriptionNoteUnknown :exec
-- Stripe answers as if it had never had it; whoever looks next finds out since when.
UPDATE subscriptions SET unknown_since = coalesce(unknown_since, @now), next_look_at = @next_look_at WHERE id = @id;

-- name: SubscriptionListByReservation :many
-- All that there ever were, the newest first.
SELECT * FROM subscriptions WHERE reservation_id = @reservation_id ORDER BY id DESC;

-- name: SubscriptionListTwins :many
-- Other live subscriptions of ours for the same tenant, plan and unit, of another customer: this one's are listed at Stripe.
SELECT s.stripe_subscription_id FROM subscriptions s
JOIN reservations r ON r.id = s.reservation_id
JOIN reservations mine ON mine.id = @reservation_id
WHERE s.live AND s.id <> @id AND s.stripe_customer_id <> @stripe_customer_id AND r.tenant_id = mine.tenant_id AND r.plan_id = mine.plan_id AND lower(r.unit) = lower(mine.unit)
ORDER BY s.id;

-- name: ReservationListTwins :many
-- Which of these reservations are for the same tenant, plan and unit as one of them.
SELECT r.id FROM reservations r
JOIN reservations mine ON mine.id = @reservation_id
WHERE r.id = ANY (@ids::uuid[]) AND r.tenant_id = mine.tenant_id AND r.plan_id = mine.plan_id AND lower(r.unit) = lower(mine.unit)
ORDER BY r.id;
