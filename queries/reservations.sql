-- name: ReservationInsert :one
INSERT INTO reservations (id, tenant_id, location_id, plan_id, unit, currency, legacy_membership_id, created_at)
VALUES (@id, @tenant_id, @location_id, @plan_id, @unit, @currency, @legacy_membership_id, @now)
RETURNING *;

-- name: ReservationGet :one
SELECT * FROM reservations WHERE id = @id;

-- name: ReservationLock :one
SELECT * FROM reservations WHERE id = @id FOR UPDATE;

-- name: ReservationGetManaged :one
SELECT r.* FROM reservations r
WHERE r.id = @id
    AND EXISTS (SELECT FROM managed_locations m WHERE m.location_id = r.location_id AND m.staff_id = @staff_id);

-- name: ReservationListByIDs :many
SELECT * FROM reservations WHERE id = ANY (@ids::uuid[]) ORDER BY id;

-- name: ReservationSetCurrentSubmission :exec
UPDATE reservations SET current_submission_id = @submission_id WHERE id = @id;

-- name: ReservationLiveExists :one
SELECT EXISTS (SELECT FROM reservations WHERE tenant_id = @tenant_id AND plan_id = @plan_id AND lower(unit) = lower(@unit) AND live)::boolean;

-- name: ReservationListManaged :many
-- The newest first; a page starts after @after_id. The state is that of the current submission.
SELECT r.* FROM reservations r
JOIN submissions s ON s.id = r.current_submission_id
WHERE EXISTS (SELECT FROM managed_locations m WHERE m.location_id = r.location_id AND m.staff_id = @staff_id)
    AND (cardinality(@statuses::text[]) = 0 OR s.status = ANY (CAST(@statuses::text[] AS submission_status[])))
    AND (cardinality(@location_ids::uuid[]) = 0 OR r.location_id = ANY (@location_ids::uuid[]))
    AND (sqlc.narg(tenant_id)::uuid IS NULL OR r.tenant_id = sqlc.narg(tenant_id)::uuid)
    AND (sqlc.narg(ended)::boolean IS NULL OR r.live <> sqlc.narg(ended)::boolean)
    AND (sqlc.narg(after_id)::uuid IS NULL OR r.id < sqlc.narg(after_id)::uuid)
ORDER BY r.id DESC
LIMIT @row_limit;

-- name: ReservationCountManaged :one
-- How many ReservationListManaged finds, up to @most.
SELECT count(*)::integer FROM (
    SELECT FROM reservations r
    JOIN submissions s ON s.id = r.current_submission_id
    WHERE EXISTS (SELECT FROM managed_locations m WHERE m.location_id = r.location_id AND m.staff_id = @staff_id)
        AND (cardinality(@statuses::text[]) = 0 OR s.status = ANY (CAST(@statuses::text[] AS submission_status[])))
        AND (cardinality(@location_ids::uuid[]) = 0 OR r.location_id = ANY (@location_ids::uuid[]))
        AND (sqlc.narg(tenant_id)::uuid IS NULL OR r.tenant_id = sqlc.narg(tenant_id)::uuid)
        AND (sqlc.narg(ended)::boolean IS NULL OR r.live <> sqlc.narg(ended)::boolean)
    LIMIT @most::integer) n;

-- name: ReservationEndIfReopened :execrows
-- No row: it ended before, or the tenant has made another attempt since.
UPDATE reservations r SET ended_at = @now
WHERE r.id = @id AND r.ended_at IS NULL AND r.current_submission_id = @submission_id
    AND EXISTS (SELECT FROM submissions s WHERE s.id = r.current_submission_id
                AND s.status IN ('bank_verification_failed', 'payment_failed', 'rejected', 'method_lost'));

-- name: ReservationEnd :execrows
-- No row: it ended before. Its plan and unit are free again.
UPDATE reservations SET ended_at = @now WHERE id = @id AND ended_at IS NULL;
