-- Written by queries/listgen from list_each.sql.tmpl: change it there, then make generate/sqlc.
--
-- Of several locations the first rows of each, put together: by location, and by time for few locations and states.

-- name: InvitationListEachLocationAsc :many
SELECT i.* FROM (
    SELECT y.id, y.key FROM unnest(CASE WHEN
    CASE WHEN cardinality(@location_ids::uuid[]) = 0
        THEN EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        ELSE (SELECT count(*) FROM managed_locations m WHERE m.staff_id = @staff_id AND m.location_id = ANY (@location_ids::uuid[]))
            = cardinality(@location_ids::uuid[]) END THEN @location_ids::uuid[] END) l (id)
    CROSS JOIN LATERAL (
        SELECT x.id, x.location_key AS key FROM invitations x
        WHERE x.location_id = l.id
    AND (cardinality(@statuses::text[]) <> 1 OR x.status = CAST((@statuses::text[])[1] AS invitation_status))
    AND (cardinality(@statuses::text[]) < 2 OR x.status = ANY (CAST(@statuses::text[] AS invitation_status[])))
    AND (cardinality(@anchor_days::integer[]) <> 1 OR x.anchor_day = (@anchor_days::integer[])[1]::smallint)
    AND (cardinality(@anchor_days::integer[]) < 2 OR x.anchor_day = ANY (CAST(@anchor_days::integer[] AS smallint[])))
    AND (sqlc.narg(has_phone)::boolean IS NULL OR x.has_phone = sqlc.narg(has_phone)::boolean)
    AND (sqlc.narg(texted)::boolean IS NULL OR x.texted = sqlc.narg(texted)::boolean)
    AND (sqlc.narg(delivery_failed)::boolean IS NULL OR x.delivery_failed = sqlc.narg(delivery_failed)::boolean)
    AND (cardinality(@plan_ids::uuid[]) = 0 OR x.plan_id = ANY (@plan_ids::uuid[]))
    AND (sqlc.narg(link_expired)::boolean IS NULL
        OR (x.status IN ('pending', 'sent') AND x.link_expires_at <= @now::timestamptz) = sqlc.narg(link_expired)::boolean)
    AND (sqlc.narg(created_from)::timestamptz IS NULL OR x.created_at >= sqlc.narg(created_from)::timestamptz)
    AND (sqlc.narg(created_before)::timestamptz IS NULL OR x.created_at < sqlc.narg(created_before)::timestamptz)
    AND (cardinality(@words::text[]) < 1 OR x.search_text LIKE (@words::text[])[1])
    AND (cardinality(@words::text[]) < 2 OR x.search_text LIKE (@words::text[])[2])
    AND (cardinality(@words::text[]) < 3 OR x.search_text LIKE (@words::text[])[3])
    AND (cardinality(@words::text[]) < 4 OR x.search_text LIKE (@words::text[])[4])
    AND (cardinality(@words::text[]) < 5 OR x.search_text LIKE (@words::text[])[5])
    AND (cardinality(@words::text[]) < 6 OR x.search_text LIKE (@words::text[])[6])
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.location_key, x.id) > (CAST(sqlc.narg(after_key)::text AS text), sqlc.narg(after_id)::uuid))
        ORDER BY x.location_key ASC, x.id ASC
        LIMIT @row_limit::integer) y
    ORDER BY y.key ASC, y.id ASC
    LIMIT @row_limit::integer) p
JOIN invitations i ON i.id = p.id
ORDER BY p.key ASC, p.id ASC;

-- name: InvitationListEachLocationDesc :many
SELECT i.* FROM (
    SELECT y.id, y.key FROM unnest(CASE WHEN
    CASE WHEN cardinality(@location_ids::uuid[]) = 0
        THEN EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        ELSE (SELECT count(*) FROM managed_locations m WHERE m.staff_id = @staff_id AND m.location_id = ANY (@location_ids::uuid[]))
            = cardinality(@location_ids::uuid[]) END THEN @location_ids::uuid[] END) l (id)
    CROSS JOIN LATERAL (
        SELECT x.id, x.location_key AS key FROM invitations x
        WHERE x.location_id = l.id
    AND (cardinality(@statuses::text[]) <> 1 OR x.status = CAST((@statuses::text[])[1] AS invitation_status))
    AND (cardinality(@statuses::text[]) < 2 OR x.status = ANY (CAST(@statuses::text[] AS invitation_status[])))
    AND (cardinality(@anchor_days::integer[]) <> 1 OR x.anchor_day = (@anchor_days::integer[])[1]::smallint)
    AND (cardinality(@anchor_days::integer[]) < 2 OR x.anchor_day = ANY (CAST(@anchor_days::integer[] AS smallint[])))
    AND (sqlc.narg(has_phone)::boolean IS NULL OR x.has_phone = sqlc.narg(has_phone)::boolean)
    AND (sqlc.narg(texted)::boolean IS NULL OR x.texted = sqlc.narg(texted)::boolean)
    AND (sqlc.narg(delivery_failed)::boolean IS NULL OR x.delivery_failed = sqlc.narg(delivery_failed)::boolean)
    AND (cardinality(@plan_ids::uuid[]) = 0 OR x.plan_id = ANY (@plan_ids::uuid[]))
    AND (sqlc.narg(link_expired)::boolean IS NULL
        OR (x.status IN ('pending', 'sent') AND x.link_expires_at <= @now::timestamptz) = sqlc.narg(link_expired)::boolean)
    AND (sqlc.narg(created_from)::timestamptz IS NULL OR x.created_at >= sqlc.narg(created_from)::timestamptz)
    AND (sqlc.narg(created_before)::timestamptz IS NULL OR x.created_at < sqlc.narg(created_before)::timestamptz)
    AND (cardinality(@words::text[]) < 1 OR x.search_text LIKE (@words::text[])[1])
    AND (cardinality(@words::text[]) < 2 OR x.search_text LIKE (@words::text[])[2])
    AND (cardinality(@words::text[]) < 3 OR x.search_text LIKE (@words::text[])[3])
    AND (cardinality(@words::text[]) < 4 OR x.search_text LIKE (@words::text[])[4])
    AND (cardinality(@words::text[]) < 5 OR x.search_text LIKE (@words::text[])[5])
    AND (cardinality(@words::text[]) < 6 OR x.search_text LIKE (@words::text[])[6])
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.location_key, x.id) < (CAST(sqlc.narg(after_key)::text AS text), sqlc.narg(after_id)::uuid))
        ORDER BY x.location_key DESC, x.id DESC
        LIMIT @row_limit::integer) y
    ORDER BY y.key DESC, y.id DESC
    LIMIT @row_limit::integer) p
JOIN invitations i ON i.id = p.id
ORDER BY p.key DESC, p.id DESC;

-- name: InvitationListEachCreatedAtAsc :many
-- @statuses must name at least one.
SELECT i.* FROM (
    SELECT y.id, y.key FROM unnest(CASE WHEN
    CASE WHEN cardinality(@location_ids::uuid[]) = 0
        THEN EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        ELSE (SELECT count(*) FROM managed_locations m WHERE m.staff_id = @staff_id AND m.location_id = ANY (@location_ids::uuid[]))
            = cardinality(@location_ids::uuid[]) END THEN @location_ids::uuid[] END) l (id)
    CROSS JOIN unnest(CAST(@statuses::text[] AS invitation_status[])) s (status)
    CROSS JOIN LATERAL (
        SELECT x.id, x.created_at AS key FROM invitations x
        WHERE x.location_id = l.id AND x.status = s.status
    AND (cardinality(@anchor_days::integer[]) <> 1 OR x.anchor_day = (@anchor_days::integer[])[1]::smallint)
    AND (cardinality(@anchor_days::integer[]) < 2 OR x.anchor_day = ANY (CAST(@anchor_days::integer[] AS smallint[])))
    AND (sqlc.narg(has_phone)::boolean IS NULL OR x.has_phone = sqlc.narg(has_phone)::boolean)
    AND (sqlc.narg(texted)::boolean IS NULL OR x.texted = sqlc.narg(texted)::boolean)
    AND (sqlc.narg(delivery_failed)::boolean IS NULL OR x.delivery_failed = sqlc.narg(delivery_failed)::boolean)
    AND (cardinality(@plan_ids::uuid[]) = 0 OR x.plan_id = ANY (@plan_ids::uuid[]))
    AND (sqlc.narg(link_expired)::boolean IS NULL
        OR (x.status IN ('pending', 'sent') AND x.link_expires_at <= @now::timestamptz) = sqlc.narg(link_expired)::boolean)
    AND (sqlc.narg(created_from)::timestamptz IS NULL OR x.created_at >= sqlc.narg(created_from)::timestamptz)
    AND (sqlc.narg(created_before)::timestamptz IS NULL OR x.created_at < sqlc.narg(created_before)::timestamptz)
    AND (cardinality(@words::text[]) < 1 OR x.search_text LIKE (@words::text[])[1])
    AND (cardinality(@words::text[]) < 2 OR x.search_text LIKE (@words::text[])[2])
    AND (cardinality(@words::text[]) < 3 OR x.search_text LIKE (@words::text[])[3])
    AND (cardinality(@words::text[]) < 4 OR x.search_text LIKE (@words::text[])[4])
    AND (cardinality(@words::text[]) < 5 OR x.search_text LIKE (@words::text[])[5])
    AND (cardinality(@words::text[]) < 6 OR x.search_text LIKE (@words::text[])[6])
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.created_at, x.id) > (CAST(sqlc.narg(after_key)::text AS timestamptz), sqlc.narg(after_id)::uuid))
        ORDER BY x.created_at ASC, x.id ASC
        LIMIT @row_limit::integer) y
    ORDER BY y.key ASC, y.id ASC
    LIMIT @row_limit::integer) p
JOIN invitations i ON i.id = p.id
ORDER BY p.key ASC, p.id ASC;

-- name: InvitationListEachCreatedAtDesc :many
-- @statuses must name at least one.
SELECT i.* FROM (
    SELECT y.id, y.key FROM unnest(CASE WHEN
    CASE WHEN cardinality(@location_ids::uuid[]) = 0
        THEN EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        ELSE (SELECT count(*) FROM managed_locations m WHERE m.staff_id = @staff_id AND m.location_id = ANY (@location_ids::uuid[]))
            = cardinality(@location_ids::uuid[]) END THEN @location_ids::uuid[] END) l (id)
    CROSS JOIN unnest(CAST(@statuses::text[] AS invitation_status[])) s (status)
    CROSS JOIN LATERAL (
        SELECT x.id, x.created_at AS key FROM invitations x
        WHERE x.location_id = l.id AND x.status = s.status
    AND (cardinality(@anchor_days::integer[]) <> 1 OR x.anchor_day = (@anchor_days::integer[])[1]::smallint)
    AND (cardinality(@anchor_days::integer[]) < 2 OR x.anchor_day = ANY (CAST(@anchor_days::integer[] AS smallint[])))
    AND (sqlc.narg(has_phone)::boolean IS NULL OR x.has_phone = sqlc.narg(has_phone)::boolean)
    AND (sqlc.narg(texted)::boolean IS NULL OR x.texted = sqlc.narg(texted)::boolean)
    AND (sqlc.narg(delivery_failed)::boolean IS NULL OR x.delivery_failed = sqlc.narg(delivery_failed)::boolean)
    AND (cardinality(@plan_ids::uuid[]) = 0 OR x.plan_id = ANY (@plan_ids::uuid[]))
    AND (sqlc.narg(link_expired)::boolean IS NULL
        OR (x.status IN ('pending', 'sent') AND x.link_expires_at <= @now::timestamptz) = sqlc.narg(link_expired)::boolean)
    AND (sqlc.narg(created_from)::timestamptz IS NULL OR x.created_at >= sqlc.narg(created_from)::timestamptz)
    AND (sqlc.narg(created_before)::timestamptz IS NULL OR x.created_at < sqlc.narg(created_before)::timestamptz)
    AND (cardinality(@words::text[]) < 1 OR x.search_text LIKE (@words::text[])[1])
    AND (cardinality(@words::text[]) < 2 OR x.search_text LIKE (@words::text[])[2])
    AND (cardinality(@words::text[]) < 3 OR x.search_text LIKE (@words::text[])[3])
    AND (cardinality(@words::text[]) < 4 OR x.search_text LIKE (@words::text[])[4])
    AND (cardinality(@words::text[]) < 5 OR x.search_text LIKE (@words::text[])[5])
    AND (cardinality(@words::text[]) < 6 OR x.search_text LIKE (@words::text[])[6])
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.created_at, x.id) < (CAST(sqlc.narg(after_key)::text AS timestamptz), sqlc.narg(after_id)::uuid))
        ORDER BY x.created_at DESC, x.id DESC
        LIMIT @row_limit::integer) y
    ORDER BY y.key DESC, y.id DESC
    LIMIT @row_limit::integer) p
JOIN invitations i ON i.id = p.id
ORDER BY p.key DESC, p.id DESC;
