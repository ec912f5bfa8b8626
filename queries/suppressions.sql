-- name: SuppressionPut :one
-- A new entry has the id that was given; an older one that reached less far is widened. No row: one stands that reaches as far.
INSERT INTO suppressions (id, channel, address, scope, reason, note, staff_id, delivery_id, created_at)
VALUES (@id, @channel, @address, @scope, @reason, @note, @staff_id, @delivery_id, @now)
ON CONFLICT (channel, address, reason, staff_id) WHERE live
DO UPDATE SET scope = EXCLUDED.scope, note = EXCLUDED.note WHERE suppressions.scope < EXCLUDED.scope
RETURNING *;

-- name: SuppressionGetLive :one
SELECT * FROM suppressions
WHERE channel = @channel AND address = @address AND reason = @reason AND staff_id IS NOT DISTINCT FROM sqlc.narg(staff_id)::uuid AND live;

-- name: SuppressionLiftOwn :one
-- By the person themselves. No row: there is nothing to lift.
UPDATE suppressions SET lifted_at = @now WHERE channel = @channel AND address = @address AND reason = @reason AND live
RETURNING *;

-- name: SuppressionLiftIfAllowed :one
-- A staff entry by whoever made it or an ADMIN; a bounce by whoever knows whose address it is, and may have heard that it works
-- again. What a person asked for is lifted by that person alone.
UPDATE suppressions s SET lifted_at = @now, lifted_by = v.id
FROM staff v
WHERE s.id = @id AND s.live AND v.id = @staff_id::uuid AND v.deactivated_at IS NULL
    AND CASE s.reason
        WHEN 'do_not_contact' THEN s.staff_id = v.id OR v.role = 'admin'
        WHEN 'bounce' THEN v.role = 'admin' OR EXISTS (
            SELECT FROM known_addresses k WHERE k.staff_id = v.id AND k.channel = s.channel AND k.address = s.address)
        ELSE false END
RETURNING s.*;

-- name: SuppressionGetVisible :one
-- Also one that was lifted. Told is false where the entry's author and words are another location's.
SELECT sqlc.embed(s), coalesce(works_with(v.id, s.staff_id), true)::boolean AS told
FROM suppressions s
JOIN staff v ON v.id = @staff_id AND v.deactivated_at IS NULL
WHERE s.id = @id
    AND (v.role = 'admin' OR s.staff_id = v.id
        OR EXISTS (SELECT FROM known_addresses k WHERE k.staff_id = v.id AND k.channel = s.channel AND k.address = s.address));

-- name: SuppressionListVisible :many
SELECT sqlc.embed(s), coalesce(works_with(v.id, s.staff_id), true)::boolean AS told
FROM suppressions s
JOIN staff v ON v.id = @staff_id AND v.deactivated_at IS NULL
WHERE s.live
    AND (v.role = 'admin' OR s.staff_id = v.id
        OR EXISTS (SELECT FROM known_addresses k WHERE k.staff_id = v.id AND k.channel = s.channel AND k.address = s.address))
    AND (sqlc.narg(channel)::message_channel IS NULL OR s.channel = sqlc.narg(channel)::message_channel)
    AND (sqlc.narg(address)::text IS NULL OR s.address = sqlc.narg(address)::text)
    AND (sqlc.narg(after_id)::uuid IS NULL OR s.id < sqlc.narg(after_id)::uuid)
ORDER BY s.id DESC
LIMIT @row_limit;

-- name: SuppressionCountVisible :one
-- How many SuppressionListVisible finds, up to @most.
SELECT count(*)::integer FROM (
    SELECT FROM suppressions s
    JOIN staff v ON v.id = @staff_id AND v.deactivated_at IS NULL
    WHERE s.live
        AND (v.role = 'admin' OR s.staff_id = v.id
            OR EXISTS (SELECT FROM known_addresses k WHERE k.staff_id = v.id AND k.channel = s.channel AND k.address = s.address))
        AND (sqlc.narg(channel)::message_channel IS NULL OR s.channel = sqlc.narg(channel)::message_channel)
        AND (sqlc.narg(address)::text IS NULL OR s.address = sqlc.narg(address)::text)
    LIMIT @most::integer) n;

-- name: SuppressionListByTenants :many
-- Of the addresses by which this staff member knows each of these tenants.
SELECT k.tenant_id, sqlc.embed(s), coalesce(works_with(@staff_id, s.staff_id), true)::boolean AS told
FROM (SELECT DISTINCT tenant_id, channel, address FROM known_addresses
      WHERE staff_id = @staff_id AND tenant_id = ANY (@tenant_ids::uuid[])) k
JOIN suppressions s ON s.channel = k.channel AND s.address = k.address AND s.live
ORDER BY k.tenant_id, s.id DESC;

-- name: KnownAddressList :many
-- The addresses by which this staff member knows a tenant.
SELECT DISTINCT channel, address::text AS address FROM known_addresses
WHERE staff_id = @staff_id AND tenant_id = @tenant_id
ORDER BY channel, address;

-- name: SuppressionListLive :many
-- Which of these addresses are not written to on a channel: for all purposes, or for invitations alone.
SELECT s.address, bool_or(s.scope = 'all')::boolean AS for_all FROM suppressions s
WHERE s.live AND s.channel = @channel AND s.address = ANY (@addresses::text[])
GROUP BY s.address
ORDER BY s.address;
