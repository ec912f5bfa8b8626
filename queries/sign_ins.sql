-- name: SignInInsert :exec
INSERT INTO sign_ins (id, staff_id, token_hash, created_at, expires_at, ip, user_agent)
VALUES (@id, @staff_id, @token_hash, @now, @expires_at, @ip, @user_agent);

-- name: SignInGetLive :one
-- The staff member behind a token, unless the sign-in was revoked, has ended, or the member was deactivated.
SELECT i.id AS sign_in_id, sqlc.embed(s)
FROM sign_ins i
JOIN staff s ON s.id = i.staff_id
WHERE i.token_hash = @token_hash AND i.revoked_at IS NULL AND i.expires_at > @now::timestamptz AND s.deactivated_at IS NULL;

-- name: SignInGetLiveByID :one
-- For whoever was let in a while ago and is still connected.
SELECT i.id AS sign_in_id, sqlc.embed(s)
FROM sign_ins i
JOIN staff s ON s.id = i.staff_id
WHERE i.id = @id AND i.revoked_at IS NULL AND i.expires_at > @now::timestamptz AND s.deactivated_at IS NULL;

-- name: SignInRevoke :exec
UPDATE sign_ins SET revoked_at = @now WHERE id = @id AND revoked_at IS NULL;
