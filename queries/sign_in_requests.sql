-- name: SignInRequestInsert :exec
INSERT INTO sign_in_requests (id, email, language, requested_at) VALUES (@id, @email, @language, @now);

-- name: SignInRequestTake :one
-- No row: the request was handled before, or was deleted.
UPDATE sign_in_requests SET handled_at = @now WHERE id = @id AND handled_at IS NULL RETURNING *;

-- name: SignInRequestPurge :execrows
-- Some at a time. Addresses of strangers are not kept.
DELETE FROM sign_in_requests WHERE id IN (
    SELECT r.id FROM sign_in_requests r WHERE r.requested_at < @before ORDER BY r.requested_at LIMIT @row_limit::integer);
