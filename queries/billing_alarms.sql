-- name: BillingAlarmInsertOrNothing :one
-- No row: it was raised before, and whoever handled it has handled it.
INSERT INTO billing_alarms (id, kind, subscription_id, location_id, about, since, currency, expected_minor, actual_minor,
    expected_on, actual_on, detail)
VALUES (@id, @kind, @subscription_id, @location_id, @about, @now, @currency, @expected_minor, @actual_minor,
    @expected_on, @actual_on, @detail)
ON CONFLICT (kind, about) DO NOTHING
RETURNING *;

-- name: BillingAlarmListManaged :many
SELECT a.* FROM billing_alarms a
WHERE EXISTS (SELECT FROM managed_locations m WHERE m.location_id = a.location_id AND m.staff_id = @staff_id)
    AND (cardinality(@kinds::text[]) = 0 OR a.kind = ANY (CAST(@kinds::text[] AS billing_alarm_kind[])))
    AND (cardinality(@location_ids::uuid[]) = 0 OR a.location_id = ANY (@location_ids::uuid[]))
    AND (sqlc.narg(open)::boolean IS NULL OR (a.handled_at IS NULL) = sqlc.narg(open)::boolean)
    AND (sqlc.narg(after_id)::uuid IS NULL OR a.id < sqlc.narg(after_id)::uuid)
ORDER BY a.id DESC
LIMIT @row_limit;

-- name: BillingAlarmGetManaged :one
SELECT a.* FROM billing_alarms a
WHERE a.id = @id
    AND EXISTS (SELECT FROM managed_locations m WHERE m.location_id = a.location_id AND m.staff_id = @staff_id);

-- name: BillingAlarmHandleIfOpen :one
-- No row: it is not this staff member's, or somebody was first.
UPDATE billing_alarms a SET handled_at = @now, handled_by = @staff_id, handled_note = @handled_note
WHERE a.id = @id AND a.handled_at IS NULL
    AND EXISTS (SELECT FROM managed_locations m WHERE m.location_id = a.location_id AND m.staff_id = @staff_id)
RETURNING *;

-- name: BillingAlarmListByIDs :many
SELECT * FROM billing_alarms WHERE id = ANY (@ids::uuid[]) ORDER BY id;

-- name: BillingAlarmListOpenOfSubscription :many
SELECT * FROM billing_alarms WHERE subscription_id = @subscription_id AND kind = @kind AND handled_at IS NULL ORDER BY id;

-- name: BillingAlarmCloseIfOpen :one
-- It came right by itself. No row: a staff member has handled it since.
UPDATE billing_alarms SET handled_at = @now, handled_note = @handled_note
WHERE id = @id AND handled_at IS NULL
RETURNING *;
