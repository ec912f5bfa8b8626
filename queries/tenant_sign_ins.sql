-- name: TenantSignInLinkInsert :exec
INSERT INTO tenant_sign_in_links (id, tenant_id, address, language, delivery_id, key_id, token_hash, created_at, expires_at)
VALUES (@id, @tenant_id, @address, @language, @delivery_id, @key_id, @token_hash, @now, @expires_at);

-- name: TenantSignInLinkGetByDelivery :one
SELECT * FROM tenant_sign_in_links WHERE delivery_id = @delivery_id;

-- name: TenantSignInLinkUse :one
-- Once. No row: unknown, used, expired, or mailed to an address that is not the account's any more.
UPDATE tenant_sign_in_links k SET used_at = @now
FROM tenants t
WHERE k.token_hash = @token_hash AND k.used_at IS NULL AND k.expires_at > @now::timestamptz
    AND t.id = k.tenant_id AND t.email = k.address
RETURNING k.id, k.tenant_id;

-- name: TenantSignInInsert :exec
INSERT INTO tenant_sign_ins (id, tenant_id, link_id, token_hash, created_at, last_used_at, rotated_at, expires_at, ip, user_agent)
VALUES (@id, @tenant_id, @link_id, @token_hash, @now, @now, @now, @expires_at, @ip, @user_agent);

-- name: TenantSignInGetLive :one
-- The tenant behind a token, unless the sign-in was revoked, has ended or was not used for long, or began at an address that is not the
-- account's any more. is_current is false for the token before the last exchange.
SELECT i.id AS sign_in_id, (i.token_hash = @token_hash)::boolean AS is_current, i.last_used_at, i.rotated_at,
    (i.previous_hash IS NOT NULL AND i.previous_until IS NULL)::boolean AS is_unseen, sqlc.embed(t)
FROM tenant_sign_ins i
JOIN tenant_sign_in_links k ON k.id = i.link_id
JOIN tenants t ON t.id = i.tenant_id AND t.email = k.address
WHERE (i.token_hash = @token_hash OR (i.previous_hash = @token_hash AND (i.previous_until IS NULL OR i.previous_until > @now::timestamptz)))
    AND i.revoked_at IS NULL AND i.expires_at > @now::timestamptz AND i.last_used_at > @idle_since::timestamptz;

-- name: TenantSignInTouch :exec
-- Written once a minute at most, and when a new token is first seen.
UPDATE tenant_sign_ins SET last_used_at = greatest(last_used_at, @now),
    previous_until = CASE WHEN @is_seen::boolean AND previous_hash IS NOT NULL THEN coalesce(previous_until, @previous_until) ELSE previous_until END
WHERE id = @id AND revoked_at IS NULL;

-- name: TenantSignInRotate :execrows
-- A new token for the one that was handed in. No row: another request of the same browser was first, and has the new one.
UPDATE tenant_sign_ins SET token_hash = @token_hash, previous_hash = @handed_in, previous_until = NULL, rotated_at = @now
WHERE id = @id AND revoked_at IS NULL AND rotated_at = @rotated_at AND (token_hash = @handed_in OR previous_hash = @handed_in);

-- name: TenantSignInRevoke :exec
UPDATE tenant_sign_ins SET revoked_at = @now WHERE id = @id AND revoked_at IS NULL;

-- name: TenantSignInTell :exec
-- In the tenant's history, where whoever looks into a change of address or of payment method finds it.
INSERT INTO events (id, at, actor_kind, actor_id, subject_kind, subject_id, action, request_id)
VALUES (@id, @now, 'tenant', sqlc.arg(tenant_id)::uuid, 'tenant', sqlc.arg(tenant_id)::uuid, 'signed_in', @request_id);

-- name: TenantSignInPurge :execrows
-- Those that ended long ago, some at a time.
DELETE FROM tenant_sign_ins WHERE id IN (SELECT i.id FROM tenant_sign_ins i WHERE i.expires_at < @before ORDER BY i.expires_at LIMIT @row_limit::integer);
