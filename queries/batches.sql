-- name: BatchInsertOrNothing :one
-- No row: the client key was used before.
INSERT INTO batches (id, kind, channel, option, staff_id, token_name, client_key, request, total, retry_of, created_at)
VALUES (@id, @kind, @channel, @option, @staff_id, @token_name, @client_key, @request, @total, @retry_of, @now)
ON CONFLICT (staff_id, kind, client_key) DO NOTHING
RETURNING *;

-- name: BatchGetByClientKey :one
SELECT * FROM batches WHERE staff_id = @staff_id AND kind = @kind AND client_key = @client_key;

-- name: BatchGet :one
-- For jobs; staff go through BatchGetVisible.
SELECT * FROM batches WHERE id = @id;

-- name: BatchGetVisible :one
-- To whoever started it, and to every ADMIN.
SELECT b.* FROM batches b
JOIN staff s ON s.id = @staff_id AND s.deactivated_at IS NULL
WHERE b.id = @id AND (b.staff_id = s.id OR s.role = 'admin');

-- name: BatchListVisible :many
-- The newest first; a page starts after @after_id. No kinds are no condition.
SELECT b.* FROM batches b
JOIN staff s ON s.id = @staff_id AND s.deactivated_at IS NULL
WHERE (b.staff_id = s.id OR s.role = 'admin')
    AND (cardinality(@kinds::text[]) = 0 OR b.kind = ANY (CAST(@kinds::text[] AS batch_kind[])))
    AND (sqlc.narg(after_id)::uuid IS NULL OR b.id < sqlc.narg(after_id)::uuid)
ORDER BY b.id DESC
LIMIT @row_limit;

-- name: BatchLockVisible :one
-- Held until the transaction ends: of two who retry one batch at once, the later one sees what the earlier one took. It does not wait for rows
-- that name the batch: each of the two has inserted one before, and while a list is imported there are always some on their way.
SELECT b.* FROM batches b
JOIN staff s ON s.id = @staff_id AND s.deactivated_at IS NULL
WHERE b.id = @id AND (b.staff_id = s.id OR s.role = 'admin')
FOR NO KEY UPDATE OF b;

-- name: BatchLock :exec
SELECT FROM batches WHERE id = @id FOR UPDATE;

-- name: BatchSetTotal :one
UPDATE batches SET total = @total WHERE id = @id RETURNING *;

-- name: BatchCancelIfRunning :one
-- No row: it is over already.
UPDATE batches SET state = 'canceled' WHERE id = @id AND state = 'running' AND finished_at IS NULL
RETURNING *;

-- name: BatchStopIfFailing :one
-- By the counts as folded last, without those that failed for a reason of our own: over all of it, or over a full window. No row: it
-- does not fail too often, or is over already.
UPDATE batches b SET state = 'stopped', state_reason = @state_reason
FROM batches was
CROSS JOIN LATERAL (SELECT was.failed - @ours::integer AS failed) total
CROSS JOIN LATERAL (SELECT total.failed - was.window_failed AS failed, was.succeeded - was.window_succeeded AS succeeded) lately
WHERE b.id = @id AND was.id = b.id AND b.state = 'running' AND b.finished_at IS NULL
    AND ((total.failed >= @least::integer AND total.failed > (total.failed + was.succeeded) * @share::float8)
        OR (lately.failed + lately.succeeded >= @latest::integer AND lately.failed >= @least::integer
            AND lately.failed > (lately.failed + lately.succeeded) * @share::float8))
RETURNING b.*;

-- name: BatchBeginWindow :exec
UPDATE batches SET window_failed = failed - @ours::integer, window_succeeded = succeeded WHERE id = @id;

-- name: BatchFold :one
-- Writes down how far a batch is and why, of one look. No row: nothing has changed since the last time, or it is finished.
UPDATE batches b SET succeeded = c.succeeded, skipped = c.skipped, failed = c.failed, reasons = c.reasons,
    state_reason = CASE b.state WHEN 'running' THEN @waits_for ELSE b.state_reason END,
    settled_at = CASE WHEN (b.succeeded, b.skipped, b.failed) IS DISTINCT FROM (c.succeeded, c.skipped, c.failed) THEN @now ELSE b.settled_at END
FROM (SELECT coalesce(sum(g.n) FILTER (WHERE g.outcome = 'succeeded'), 0)::integer AS succeeded,
          coalesce(sum(g.n) FILTER (WHERE g.outcome = 'skipped'), 0)::integer AS skipped,
          coalesce(sum(g.n) FILTER (WHERE g.outcome = 'failed'), 0)::integer AS failed,
          coalesce(jsonb_agg(jsonb_build_object('outcome', g.outcome, 'reason', g.reason, 'count', g.n) ORDER BY g.n DESC, g.outcome, g.reason)
              FILTER (WHERE g.reason <> ''), '[]') AS reasons
      FROM (SELECT i.outcome, i.reason, count(*) AS n FROM batch_items i WHERE i.batch_id = @id GROUP BY i.outcome, i.reason) g) c
WHERE b.id = @id AND b.finished_at IS NULL
    AND ((b.succeeded, b.skipped, b.failed, b.reasons) IS DISTINCT FROM (c.succeeded, c.skipped, c.failed, c.reasons)
        OR (b.state = 'running' AND b.state_reason <> @waits_for))
RETURNING sqlc.embed(b);

-- name: BatchMayBeDone :one
-- A look without a lock, so that a hundred messages that end at once do not queue for the batch's row. From the end: it
-- is done last.
SELECT (EXISTS (SELECT FROM batches b WHERE b.id = @id AND b.finished_at IS NULL)
    AND (SELECT i.position FROM batch_items i WHERE i.batch_id = @id AND i.outcome = 'pending' ORDER BY i.position DESC LIMIT 1) IS NULL
    AND NOT EXISTS (SELECT FROM batch_parts p WHERE p.batch_id = @id AND p.planned_at IS NULL))::boolean AS done;

-- name: BatchFinishIfDone :one
-- No row: something is pending, or somebody was first. The counts are exact from here on.
UPDATE batches b SET finished_at = @now, succeeded = c.succeeded, skipped = c.skipped, failed = c.failed,
    state = CASE b.state WHEN 'running' THEN 'finished' ELSE b.state END,
    state_reason = CASE b.state WHEN 'running' THEN '' ELSE b.state_reason END
FROM (SELECT count(*) FILTER (WHERE i.outcome = 'pending') AS pending,
          count(*) FILTER (WHERE i.outcome = 'succeeded')::integer AS succeeded,
          count(*) FILTER (WHERE i.outcome = 'skipped')::integer AS skipped,
          count(*) FILTER (WHERE i.outcome = 'failed')::integer AS failed
      FROM batch_items i WHERE i.batch_id = @id) c
WHERE b.id = @id AND b.finished_at IS NULL AND c.pending = 0
    AND NOT EXISTS (SELECT FROM batch_parts p WHERE p.batch_id = @id AND p.planned_at IS NULL)
RETURNING sqlc.embed(b);

-- name: BatchCorrectIfFinished :execrows
-- A row that was counted by one outcome has another: what became of it is known only now, or is not what it was taken for.
UPDATE batches SET succeeded = succeeded + (@outcome::batch_outcome = 'succeeded')::integer - (@before::batch_outcome = 'succeeded')::integer,
    skipped = skipped + (@outcome::batch_outcome = 'skipped')::integer - (@before::batch_outcome = 'skipped')::integer,
    failed = failed + (@outcome::batch_outcome = 'failed')::integer - (@before::batch_outcome = 'failed')::integer
WHERE id = @id AND finished_at IS NOT NULL;

-- name: BatchTell :exec
-- Heard by every process when the transaction commits.
SELECT pg_notify('carryover_batch', @id::text);

-- name: BatchWaitsForNight :one
-- When the first of a batch's texts may go, where none may yet, and the zone of the location that it goes from. No row: one may, or
-- none waits. Looks at the rows that are pending, and ends with the first that may go, as most looks do.
WITH night AS (
    SELECT min(d.not_before)::timestamptz AS until
    FROM deliveries d
    WHERE d.batch_id = @id AND d.waits AND d.called_at IS NULL AND NOT EXISTS (
        SELECT FROM batch_items i JOIN deliveries o ON o.batch_id = i.batch_id AND o.batch_position = i.position
        WHERE i.batch_id = @id AND i.outcome = 'pending' AND o.waits AND o.called_at IS NULL
            AND (o.not_before IS NULL OR o.not_before <= @now::timestamptz))
    HAVING count(*) > 0)
SELECT night.until::timestamptz AS until, first.time_zone
FROM night CROSS JOIN LATERAL (
    SELECT l.time_zone FROM deliveries d JOIN locations l ON l.id = d.location_id
    WHERE d.batch_id = @id AND d.waits AND d.called_at IS NULL AND d.not_before = night.until
    ORDER BY d.id LIMIT 1) first;

-- name: ProviderLanePause :one
-- No row: the lane is open. @wall_now is of the wall clock, as the lanes are.
SELECT paused_until, paused_why FROM provider_lanes WHERE lane = @lane AND paused_until > @wall_now::timestamptz;

-- name: BatchListen :exec
-- For the connection that listens; see BatchTell.
LISTEN carryover_batch;

-- name: BatchListByIDs :many
SELECT * FROM batches WHERE id = ANY (@ids::uuid[]) ORDER BY id;
