-- name: SignInInsert :exec
INSERT INTO sign_ins (id, staff_id, token_hash, way, created_at, last_used_at, rotated_at, expires_at, ip, user_agent)
VALUES (@id, @staff_id, @token_hash, @way, @now, @now, @now, @expires_at, @ip, @user_agent);

-- name: SignInGetLive :one
-- The staff member behind a token, unless the sign-in was revoked, has ended or was not used for long, or the member was deactivated.
-- is_current is false for the token before the last exchange.
SELECT i.id AS sign_in_id, (i.token_hash = @token_hash)::boolean AS is_current, i.last_used_at, i.rotated_at,
    (i.previous_hash IS NOT NULL AND i.previous_until IS NULL)::boolean AS is_unseen, sqlc.embed(s)
FROM sign_ins i
JOIN staff s ON s.id = i.staff_id
WHERE (i.token_hash = @token_hash OR (i.previous_hash = @token_hash AND (i.previous_until IS NULL OR i.previous_until > @now::timestamptz)))
    AND i.revoked_at IS NULL AND i.expires_at > @now::timestamptz AND i.last_used_at > @idle_since::timestamptz AND s.deactivated_at IS NULL;

-- name: SignInGetLiveByID :one
-- For whoever was let in a while ago and is still connected.
SELECT i.id AS sign_in_id, sqlc.embed(s)
FROM sign_ins i
JOIN staff s ON s.id = i.staff_id
WHERE i.id = @id AND i.revoked_at IS NULL AND i.expires_at > @now::timestamptz AND i.last_used_at > @idle_since::timestamptz
    AND s.deactivated_at IS NULL;

-- name: SignInTouch :exec
-- Written once a minute at most, and when a new token is first seen.
UPDATE sign_ins SET last_used_at = greatest(last_used_at, @now),
    previous_until = CASE WHEN @is_seen::boolean AND previous_hash IS NOT NULL THEN coalesce(previous_until, @previous_until) ELSE previous_until END
WHERE id = @id AND revoked_at IS NULL;

-- name: SignInRotate :execrows
-- A new token for the one that was handed in. No row: another request of the same browser was first, and has the new one.
UPDATE sign_ins SET token_hash = @token_hash, previous_hash = @handed_in, previous_until = NULL, rotated_at = @now
WHERE id = @id AND revoked_at IS NULL AND rotated_at = @rotated_at AND (token_hash = @handed_in OR previous_hash = @handed_in);

-- name: SignInRevoke :execrows
UPDATE sign_ins SET revoked_at = @now WHERE id = @id AND staff_id = @staff_id AND revoked_at IS NULL;

-- name: SignInRevokeAllBut :execrows
-- Of one staff member, but for one; the zero id is none.
UPDATE sign_ins SET revoked_at = @now WHERE staff_id = @staff_id AND id <> @but AND revoked_at IS NULL;

-- name: SignInList :many
-- Those of a staff member that still let in, the newest first.
SELECT * FROM sign_ins
WHERE staff_id = @staff_id AND revoked_at IS NULL AND expires_at > @now::timestamptz AND last_used_at > @idle_since::timestamptz
    AND (sqlc.narg(after_id)::uuid IS NULL OR id < sqlc.narg(after_id)::uuid)
ORDER BY id DESC LIMIT @row_limit::integer;

-- name: SignInGet :one
SELECT * FROM sign_ins WHERE id = @id;

-- name: SignInPurge :execrows
-- Those that ended long ago, some at a time. The newest of each member stays: it tells when they were here last, and that they can come in.
DELETE FROM sign_ins WHERE id IN (
    SELECT i.id FROM sign_ins i
    WHERE i.expires_at < @before AND EXISTS (SELECT FROM sign_ins n WHERE n.staff_id = i.staff_id AND n.id > i.id)
    ORDER BY i.expires_at LIMIT @row_limit::integer);
