-- name: EmailChunkInsert :exec
INSERT INTO email_chunks (id, created_at) VALUES (@id, @now);

-- name: EmailChunkLock :one
SELECT * FROM email_chunks WHERE id = @id FOR UPDATE;

-- name: EmailChunkFreeze :exec
UPDATE email_chunks SET frozen_at = @now WHERE id = @id AND frozen_at IS NULL;

-- name: EmailChunkMarkCalled :one
-- Committed before the provider is asked; the first call's time stays. No row: settled before.
UPDATE email_chunks SET first_called_at = coalesce(first_called_at, @now), calls = calls + 1
WHERE id = @id AND settled_at IS NULL
RETURNING *;

-- name: EmailChunkSettle :execrows
UPDATE email_chunks SET settled_at = @now WHERE id = @id AND settled_at IS NULL;

-- name: EmailChunkForgetCall :exec
-- The only call so far was surely not taken, so the provider's memory of the key starts with the next one.
UPDATE email_chunks SET first_called_at = NULL, calls = 0 WHERE id = @id AND calls = 1 AND settled_at IS NULL;
