-- Written by queries/listgen from list_each.sql.tmpl: change it there, then make generate/sqlc.
--
-- Of several locations the first rows of each, put together: by location, and by time for few locations and states. For filters
-- that are answered from within an index; the plan is kept.

-- name: InvitationListEachLocationAsc :many
SELECT v.* FROM (
    SELECT y.id, y.key FROM managed_locations l
    CROSS JOIN LATERAL (
        SELECT x.id, x.location_key AS key FROM invitations x
        WHERE x.location_id = l.location_id AND (x.location_key, x.id) > (CAST(coalesce(sqlc.narg(after_key)::text, '') AS text), coalesce(sqlc.narg(after_id)::uuid, '00000000-0000-0000-0000-000000000000'))
    AND (cardinality(@statuses::text[]) = 0 OR x.status = ANY ((SELECT CAST(@statuses::text[] AS invitation_status[]))::invitation_status[]))
    AND (cardinality(@anchor_days::integer[]) = 0 OR x.anchor_day = ANY (@anchor_days::integer[]))
    AND (sqlc.narg(has_phone)::boolean IS NULL OR x.has_phone = sqlc.narg(has_phone)::boolean)
    AND (sqlc.narg(texted)::boolean IS NULL OR x.texted = sqlc.narg(texted)::boolean)
    AND (sqlc.narg(delivery_failed)::boolean IS NULL OR x.delivery_failed = sqlc.narg(delivery_failed)::boolean)
    AND (sqlc.narg(link_expired)::boolean IS NULL
        OR (x.status IN ('pending', 'sent') AND x.link_expires_at <= @now::timestamptz) = sqlc.narg(link_expired)::boolean)
        ORDER BY x.location_key ASC, x.id ASC
        LIMIT @row_limit::integer) y
    WHERE l.staff_id = @staff_id AND (cardinality(@location_ids::uuid[]) = 0 OR l.location_id = ANY (@location_ids::uuid[]))
    ORDER BY y.key ASC, y.id ASC
    LIMIT @row_limit::integer) p
JOIN listed_invitations v ON v.id = p.id AND v.staff_id = @staff_id
ORDER BY p.key ASC, p.id ASC;

-- name: InvitationListEachLocationDesc :many
SELECT v.* FROM (
    SELECT y.id, y.key FROM managed_locations l
    CROSS JOIN LATERAL (
        SELECT x.id, x.location_key AS key FROM invitations x
        WHERE x.location_id = l.location_id AND (x.location_key, x.id) < (CAST(coalesce(sqlc.narg(after_key)::text, U&'\+10FFFF') AS text), coalesce(sqlc.narg(after_id)::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
    AND (cardinality(@statuses::text[]) = 0 OR x.status = ANY ((SELECT CAST(@statuses::text[] AS invitation_status[]))::invitation_status[]))
    AND (cardinality(@anchor_days::integer[]) = 0 OR x.anchor_day = ANY (@anchor_days::integer[]))
    AND (sqlc.narg(has_phone)::boolean IS NULL OR x.has_phone = sqlc.narg(has_phone)::boolean)
    AND (sqlc.narg(texted)::boolean IS NULL OR x.texted = sqlc.narg(texted)::boolean)
    AND (sqlc.narg(delivery_failed)::boolean IS NULL OR x.delivery_failed = sqlc.narg(delivery_failed)::boolean)
    AND (sqlc.narg(link_expired)::boolean IS NULL
        OR (x.status IN ('pending', 'sent') AND x.link_expires_at <= @now::timestamptz) = sqlc.narg(link_expired)::boolean)
        ORDER BY x.location_key DESC, x.id DESC
        LIMIT @row_limit::integer) y
    WHERE l.staff_id = @staff_id AND (cardinality(@location_ids::uuid[]) = 0 OR l.location_id = ANY (@location_ids::uuid[]))
    ORDER BY y.key DESC, y.id DESC
    LIMIT @row_limit::integer) p
JOIN listed_invitations v ON v.id = p.id AND v.staff_id = @staff_id
ORDER BY p.key DESC, p.id DESC;

-- name: InvitationListEachCreatedAtAsc :many
-- @statuses must name at least one.
SELECT v.* FROM (
    SELECT y.id, y.key FROM managed_locations l
    CROSS JOIN unnest(CAST(@statuses::text[] AS invitation_status[])) s (status)
    CROSS JOIN LATERAL (
        SELECT x.id, x.created_at AS key FROM invitations x
        WHERE x.location_id = l.location_id AND (x.created_at, x.id) > (CAST(coalesce(sqlc.narg(after_key)::text, '-infinity') AS timestamptz), coalesce(sqlc.narg(after_id)::uuid, '00000000-0000-0000-0000-000000000000')) AND x.status = s.status
    AND (sqlc.narg(created_from)::timestamptz IS NULL OR x.created_at >= sqlc.narg(created_from)::timestamptz)
    AND (sqlc.narg(created_before)::timestamptz IS NULL OR x.created_at < sqlc.narg(created_before)::timestamptz)
    AND (cardinality(@anchor_days::integer[]) = 0 OR x.anchor_day = ANY (@anchor_days::integer[]))
    AND (sqlc.narg(has_phone)::boolean IS NULL OR x.has_phone = sqlc.narg(has_phone)::boolean)
    AND (sqlc.narg(texted)::boolean IS NULL OR x.texted = sqlc.narg(texted)::boolean)
    AND (sqlc.narg(delivery_failed)::boolean IS NULL OR x.delivery_failed = sqlc.narg(delivery_failed)::boolean)
    AND (sqlc.narg(link_expired)::boolean IS NULL
        OR (x.status IN ('pending', 'sent') AND x.link_expires_at <= @now::timestamptz) = sqlc.narg(link_expired)::boolean)
        ORDER BY x.created_at ASC, x.id ASC
        LIMIT @row_limit::integer) y
    WHERE l.staff_id = @staff_id AND (cardinality(@location_ids::uuid[]) = 0 OR l.location_id = ANY (@location_ids::uuid[]))
    ORDER BY y.key ASC, y.id ASC
    LIMIT @row_limit::integer) p
JOIN listed_invitations v ON v.id = p.id AND v.staff_id = @staff_id
ORDER BY p.key ASC, p.id ASC;

-- name: InvitationListEachCreatedAtDesc :many
-- @statuses must name at least one.
SELECT v.* FROM (
    SELECT y.id, y.key FROM managed_locations l
    CROSS JOIN unnest(CAST(@statuses::text[] AS invitation_status[])) s (status)
    CROSS JOIN LATERAL (
        SELECT x.id, x.created_at AS key FROM invitations x
        WHERE x.location_id = l.location_id AND (x.created_at, x.id) < (CAST(coalesce(sqlc.narg(after_key)::text, 'infinity') AS timestamptz), coalesce(sqlc.narg(after_id)::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')) AND x.status = s.status
    AND (sqlc.narg(created_from)::timestamptz IS NULL OR x.created_at >= sqlc.narg(created_from)::timestamptz)
    AND (sqlc.narg(created_before)::timestamptz IS NULL OR x.created_at < sqlc.narg(created_before)::timestamptz)
    AND (cardinality(@anchor_days::integer[]) = 0 OR x.anchor_day = ANY (@anchor_days::integer[]))
    AND (sqlc.narg(has_phone)::boolean IS NULL OR x.has_phone = sqlc.narg(has_phone)::boolean)
    AND (sqlc.narg(texted)::boolean IS NULL OR x.texted = sqlc.narg(texted)::boolean)
    AND (sqlc.narg(delivery_failed)::boolean IS NULL OR x.delivery_failed = sqlc.narg(delivery_failed)::boolean)
    AND (sqlc.narg(link_expired)::boolean IS NULL
        OR (x.status IN ('pending', 'sent') AND x.link_expires_at <= @now::timestamptz) = sqlc.narg(link_expired)::boolean)
        ORDER BY x.created_at DESC, x.id DESC
        LIMIT @row_limit::integer) y
    WHERE l.staff_id = @staff_id AND (cardinality(@location_ids::uuid[]) = 0 OR l.location_id = ANY (@location_ids::uuid[]))
    ORDER BY y.key DESC, y.id DESC
    LIMIT @row_limit::integer) p
JOIN listed_invitations v ON v.id = p.id AND v.staff_id = @staff_id
ORDER BY p.key DESC, p.id DESC;
