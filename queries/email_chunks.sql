-- name: EmailChunkInsert :exec
INSERT INTO email_chunks (id, created_at) VALUES (@id, @now);

-- name: EmailChunkInsertMany :exec
INSERT INTO email_chunks (id, batch_id, created_at) SELECT unnest(@ids::uuid[]), @batch_id, @now;

-- name: EmailChunkLock :one
SELECT * FROM email_chunks WHERE id = @id FOR UPDATE;

-- name: EmailChunkFreeze :one
-- The time tells one freezing from the next, also where the clock stands still.
UPDATE email_chunks SET frozen_at = greatest(@now::timestamptz, frozen_at + interval '1 microsecond'), freezings = freezings + 1
WHERE id = @id AND first_called_at IS NULL
RETURNING frozen_at::timestamptz;

-- name: EmailChunkMarkCalled :one
-- Committed before the provider is asked; the first call's time stays. No row: settled before, or frozen anew since: what this one
-- would say is not what is stored.
UPDATE email_chunks SET first_called_at = coalesce(first_called_at, @now), calls = calls + 1
WHERE id = @id AND settled_at IS NULL AND frozen_at = @frozen_at
RETURNING *;

-- name: EmailChunkUnmarkCalled :exec
-- For whoever marked it and has not called after all.
UPDATE email_chunks SET calls = calls - 1, first_called_at = CASE WHEN calls > 1 THEN first_called_at END
WHERE id = @id AND calls > 0 AND settled_at IS NULL;

-- name: EmailChunkSettle :execrows
UPDATE email_chunks SET settled_at = @now WHERE id = @id AND settled_at IS NULL;

-- name: EmailChunkSettleUncalled :many
-- Some chunks of a batch that surely nobody was asked about, frozen or not; from now on nobody is. Those that somebody is at work
-- on are left to that one.
UPDATE email_chunks SET settled_at = @now
WHERE id IN (SELECT c.id FROM email_chunks c
             WHERE c.batch_id = @batch_id AND c.settled_at IS NULL AND c.first_called_at IS NULL
             ORDER BY c.id LIMIT @chunks::integer FOR UPDATE SKIP LOCKED)
RETURNING id;

-- name: EmailChunkForgetCall :exec
-- The only call so far was surely not taken, so the provider's memory of the key starts with the next one.
UPDATE email_chunks SET first_called_at = NULL, calls = 0 WHERE id = @id AND calls = 1 AND settled_at IS NULL;
