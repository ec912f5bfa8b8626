-- name: BatchInsertOrNothing :one
-- No row: the client key was used before.
INSERT INTO batches (id, kind, channel, staff_id, client_key, request, total, created_at)
VALUES (@id, @kind, @channel, @staff_id, @client_key, @request, @total, @now)
ON CONFLICT (staff_id, kind, client_key) DO NOTHING
RETURNING *;

-- name: BatchGetByClientKey :one
SELECT * FROM batches WHERE staff_id = @staff_id AND kind = @kind AND client_key = @client_key;

-- name: BatchGetVisible :one
-- To whoever started it, and to every ADMIN.
SELECT b.* FROM batches b
JOIN staff s ON s.id = @staff_id AND s.deactivated_at IS NULL
WHERE b.id = @id AND (b.staff_id = s.id OR s.role = 'admin');

-- name: BatchFinishIfDone :execrows
UPDATE batches SET finished_at = @now, state = CASE state WHEN 'running' THEN 'finished' ELSE state END
WHERE id = @id AND finished_at IS NULL
    AND NOT EXISTS (SELECT FROM batch_items i WHERE i.batch_id = @id AND i.outcome = 'pending');

-- name: BatchLock :exec
SELECT FROM batches WHERE id = @id FOR UPDATE;
