-- name: ApiTokenInsert :one
INSERT INTO api_tokens (id, staff_id, name, scope, token_hash, created_at, expires_at)
VALUES (@id, @staff_id, @name, @scope, @token_hash, @now, @expires_at) RETURNING *;

-- name: ApiTokenLocationInsert :exec
INSERT INTO api_token_locations (token_id, location_id) VALUES (@token_id, @location_id);

-- name: ApiTokenGetLive :one
-- The token and its owner, unless it was revoked or has ended, or the owner was deactivated.
SELECT sqlc.embed(t), sqlc.embed(s) FROM api_tokens t JOIN staff s ON s.id = t.staff_id
WHERE t.token_hash = @token_hash AND t.revoked_at IS NULL AND t.expires_at > @now::timestamptz AND s.deactivated_at IS NULL;

-- name: ApiTokenGetLiveByID :one
SELECT sqlc.embed(t), sqlc.embed(s) FROM api_tokens t JOIN staff s ON s.id = t.staff_id
WHERE t.id = @id AND t.revoked_at IS NULL AND t.expires_at > @now::timestamptz AND s.deactivated_at IS NULL;

-- name: ApiTokenTouch :exec
-- Written once a minute at most.
UPDATE api_tokens SET last_used_at = @now WHERE id = @id AND (last_used_at IS NULL OR last_used_at < @now);

-- name: ApiTokenList :many
-- Those of a staff member that were not revoked, the newest first; also ones whose time is over.
SELECT * FROM api_tokens
WHERE staff_id = @staff_id AND revoked_at IS NULL AND (sqlc.narg(after_id)::uuid IS NULL OR id < sqlc.narg(after_id)::uuid)
ORDER BY id DESC LIMIT @row_limit::integer;

-- name: ApiTokenListManagedLocations :many
-- Of the token's locations those that its owner still manages.
SELECT l.* FROM api_token_locations tl
JOIN api_tokens t ON t.id = tl.token_id
JOIN managed_locations m ON m.location_id = tl.location_id AND m.staff_id = t.staff_id
JOIN locations l ON l.id = tl.location_id
WHERE tl.token_id = @token_id ORDER BY l.name, l.id;

-- name: ApiTokenListLocations :many
SELECT l.* FROM api_token_locations tl JOIN locations l ON l.id = tl.location_id WHERE tl.token_id = @token_id ORDER BY l.name, l.id;

-- name: ApiTokenGet :one
SELECT * FROM api_tokens WHERE id = @id;

-- name: ApiTokenRevoke :execrows
UPDATE api_tokens SET revoked_at = @now WHERE id = @id AND revoked_at IS NULL;

-- name: ApiTokenRevokeAll :execrows
UPDATE api_tokens SET revoked_at = @now WHERE staff_id = @staff_id AND revoked_at IS NULL;

-- name: ApiTokenPurge :execrows
-- Those that were revoked or over long ago, some at a time, and where they opened sessions.
WITH gone AS (
    SELECT t.id FROM api_tokens t WHERE t.expires_at < @before::timestamptz OR t.revoked_at < @before::timestamptz ORDER BY t.id LIMIT @row_limit::integer),
places AS (DELETE FROM api_token_locations WHERE token_id IN (SELECT g.id FROM gone g))
DELETE FROM api_tokens WHERE id IN (SELECT g.id FROM gone g);
