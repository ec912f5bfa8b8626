-- name: MethodChangeInsert :one
INSERT INTO method_changes (id, tenant_id, reservation_id, subscription_id, location_id, stripe_customer_id, stripe_setup_intent_id,
    stripe_payment_method_id, stripe_mandate_id, payment_method_type, method_label, mandate_text, accepted_ip, accepted_user_agent,
    state, requested_at, deadline_at)
VALUES (@id, @tenant_id, @reservation_id, @subscription_id, @location_id, @stripe_customer_id, @stripe_setup_intent_id,
    @stripe_payment_method_id, @stripe_mandate_id, @payment_method_type, @method_label, @mandate_text, @accepted_ip, @accepted_user_agent,
    'pending', @now, @deadline_at)
RETURNING *;

-- name: MethodChangeGet :one
SELECT * FROM method_changes WHERE id = @id;

-- name: MethodChangeGetBySetupIntent :one
SELECT * FROM method_changes WHERE stripe_setup_intent_id = @stripe_setup_intent_id;

-- name: MethodChangeReplacePending :one
-- The tenant has given another method since. No row: none was pending; there is never more than one.
UPDATE method_changes SET state = 'failed', state_reason = @state_reason, settled_at = @now
WHERE reservation_id = @reservation_id AND state = 'pending'
RETURNING *;

-- name: MethodChangeGetNewestKept :one
-- What the subscription is to be paid with, of all that were asked for: the newest that has not failed.
SELECT * FROM method_changes WHERE reservation_id = @reservation_id AND state <> 'failed' ORDER BY id DESC LIMIT 1;

-- name: MethodChangeSettleIfPending :one
-- No row: it was settled before, or replaced.
UPDATE method_changes SET state = @state, state_reason = @state_reason, settled_at = @now,
    stripe_mandate_id = coalesce(sqlc.narg(stripe_mandate_id), stripe_mandate_id)
WHERE id = @id AND state = 'pending'
RETURNING *;

-- name: MethodChangeListByReservations :many
-- Newest first for each reservation.
SELECT * FROM method_changes WHERE reservation_id = ANY (@ids::uuid[]) ORDER BY reservation_id, id DESC;
