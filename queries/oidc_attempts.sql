-- name: OidcAttemptInsert :exec
INSERT INTO oidc_attempts (state_hash, nonce, verifier, created_at, expires_at) VALUES (@state_hash, @nonce, @verifier, @now, @expires_at);

-- name: OidcAttemptTake :one
-- No row: never begun, looked at before, or over.
DELETE FROM oidc_attempts WHERE state_hash = @state_hash AND expires_at > @now RETURNING *;

-- name: OidcAttemptPurge :execrows
-- Some at a time.
DELETE FROM oidc_attempts WHERE state_hash IN (SELECT a.state_hash FROM oidc_attempts a WHERE a.expires_at <= @now ORDER BY a.expires_at LIMIT @row_limit::integer);
