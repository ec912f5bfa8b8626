-- name: ConfirmationEndInsertIfAwaited :one
-- No row: nothing is awaited any more, it is not the caller's, or somebody has given it up already.
INSERT INTO confirmation_ends (submission_id, staff_id, reason, requested_at)
SELECT s.id, @staff_id::uuid, @reason::text, @now::timestamptz
FROM submissions s
JOIN managed_locations m ON m.location_id = s.location_id AND m.staff_id = @staff_id
WHERE s.id = @submission_id AND s.status = 'tenant_action_required'
ON CONFLICT (submission_id) DO NOTHING
RETURNING *;

-- name: ConfirmationEndGet :one
SELECT * FROM confirmation_ends WHERE submission_id = @submission_id;

-- name: ConfirmationEndListBySubmissions :many
SELECT * FROM confirmation_ends WHERE submission_id = ANY (@submission_ids::uuid[]) ORDER BY submission_id;
