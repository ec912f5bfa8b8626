-- Written by queries/listgen from list_within.sql.tmpl: change it there, then make generate/sqlc.
--
-- Of several locations: the page is found within an index, where the location stands too, and then its rows are read.

-- name: InvitationListWithinTenantAsc :many
SELECT i.* FROM (
    SELECT x.id, x.tenant_key AS key FROM invitations x WHERE 
    CASE WHEN cardinality(@location_ids::uuid[]) = 0
        THEN EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        ELSE (SELECT count(*) FROM managed_locations m WHERE m.staff_id = @staff_id AND m.location_id = ANY (@location_ids::uuid[]))
            = cardinality(@location_ids::uuid[]) END
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
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
        OR (x.tenant_key, x.id) > (CAST(sqlc.narg(after_key)::text AS text), sqlc.narg(after_id)::uuid))
    ORDER BY x.tenant_key ASC, x.id ASC
    LIMIT @row_limit::integer) p
JOIN invitations i ON i.id = p.id
ORDER BY p.key ASC, p.id ASC;

-- name: InvitationListWithinTenantDesc :many
SELECT i.* FROM (
    SELECT x.id, x.tenant_key AS key FROM invitations x WHERE 
    CASE WHEN cardinality(@location_ids::uuid[]) = 0
        THEN EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        ELSE (SELECT count(*) FROM managed_locations m WHERE m.staff_id = @staff_id AND m.location_id = ANY (@location_ids::uuid[]))
            = cardinality(@location_ids::uuid[]) END
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
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
        OR (x.tenant_key, x.id) < (CAST(sqlc.narg(after_key)::text AS text), sqlc.narg(after_id)::uuid))
    ORDER BY x.tenant_key DESC, x.id DESC
    LIMIT @row_limit::integer) p
JOIN invitations i ON i.id = p.id
ORDER BY p.key DESC, p.id DESC;

-- name: InvitationListWithinPlanAsc :many
SELECT i.* FROM (
    SELECT x.id, x.plan_key AS key FROM invitations x WHERE 
    CASE WHEN cardinality(@location_ids::uuid[]) = 0
        THEN EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        ELSE (SELECT count(*) FROM managed_locations m WHERE m.staff_id = @staff_id AND m.location_id = ANY (@location_ids::uuid[]))
            = cardinality(@location_ids::uuid[]) END
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
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
        OR (x.plan_key, x.id) > (CAST(sqlc.narg(after_key)::text AS text), sqlc.narg(after_id)::uuid))
    ORDER BY x.plan_key ASC, x.id ASC
    LIMIT @row_limit::integer) p
JOIN invitations i ON i.id = p.id
ORDER BY p.key ASC, p.id ASC;

-- name: InvitationListWithinPlanDesc :many
SELECT i.* FROM (
    SELECT x.id, x.plan_key AS key FROM invitations x WHERE 
    CASE WHEN cardinality(@location_ids::uuid[]) = 0
        THEN EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        ELSE (SELECT count(*) FROM managed_locations m WHERE m.staff_id = @staff_id AND m.location_id = ANY (@location_ids::uuid[]))
            = cardinality(@location_ids::uuid[]) END
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
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
        OR (x.plan_key, x.id) < (CAST(sqlc.narg(after_key)::text AS text), sqlc.narg(after_id)::uuid))
    ORDER BY x.plan_key DESC, x.id DESC
    LIMIT @row_limit::integer) p
JOIN invitations i ON i.id = p.id
ORDER BY p.key DESC, p.id DESC;

-- name: InvitationListWithinLocationAsc :many
SELECT i.* FROM (
    SELECT x.id, x.location_key AS key FROM invitations x WHERE 
    CASE WHEN cardinality(@location_ids::uuid[]) = 0
        THEN EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        ELSE (SELECT count(*) FROM managed_locations m WHERE m.staff_id = @staff_id AND m.location_id = ANY (@location_ids::uuid[]))
            = cardinality(@location_ids::uuid[]) END
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
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
    LIMIT @row_limit::integer) p
JOIN invitations i ON i.id = p.id
ORDER BY p.key ASC, p.id ASC;

-- name: InvitationListWithinLocationDesc :many
SELECT i.* FROM (
    SELECT x.id, x.location_key AS key FROM invitations x WHERE 
    CASE WHEN cardinality(@location_ids::uuid[]) = 0
        THEN EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        ELSE (SELECT count(*) FROM managed_locations m WHERE m.staff_id = @staff_id AND m.location_id = ANY (@location_ids::uuid[]))
            = cardinality(@location_ids::uuid[]) END
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
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
    LIMIT @row_limit::integer) p
JOIN invitations i ON i.id = p.id
ORDER BY p.key DESC, p.id DESC;

-- name: InvitationListWithinCardPriceAsc :many
SELECT i.* FROM (
    SELECT x.id, x.card_key AS key FROM invitations x WHERE 
    CASE WHEN cardinality(@location_ids::uuid[]) = 0
        THEN EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        ELSE (SELECT count(*) FROM managed_locations m WHERE m.staff_id = @staff_id AND m.location_id = ANY (@location_ids::uuid[]))
            = cardinality(@location_ids::uuid[]) END
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
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
        OR (x.card_key, x.id) > (CAST(sqlc.narg(after_key)::text AS bigint), sqlc.narg(after_id)::uuid))
    ORDER BY x.card_key ASC, x.id ASC
    LIMIT @row_limit::integer) p
JOIN invitations i ON i.id = p.id
ORDER BY p.key ASC, p.id ASC;

-- name: InvitationListWithinCardPriceDesc :many
SELECT i.* FROM (
    SELECT x.id, x.card_key AS key FROM invitations x WHERE 
    CASE WHEN cardinality(@location_ids::uuid[]) = 0
        THEN EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        ELSE (SELECT count(*) FROM managed_locations m WHERE m.staff_id = @staff_id AND m.location_id = ANY (@location_ids::uuid[]))
            = cardinality(@location_ids::uuid[]) END
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
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
        OR (x.card_key, x.id) < (CAST(sqlc.narg(after_key)::text AS bigint), sqlc.narg(after_id)::uuid))
    ORDER BY x.card_key DESC, x.id DESC
    LIMIT @row_limit::integer) p
JOIN invitations i ON i.id = p.id
ORDER BY p.key DESC, p.id DESC;

-- name: InvitationListWithinAchPriceAsc :many
SELECT i.* FROM (
    SELECT x.id, x.ach_key AS key FROM invitations x WHERE 
    CASE WHEN cardinality(@location_ids::uuid[]) = 0
        THEN EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        ELSE (SELECT count(*) FROM managed_locations m WHERE m.staff_id = @staff_id AND m.location_id = ANY (@location_ids::uuid[]))
            = cardinality(@location_ids::uuid[]) END
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
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
        OR (x.ach_key, x.id) > (CAST(sqlc.narg(after_key)::text AS bigint), sqlc.narg(after_id)::uuid))
    ORDER BY x.ach_key ASC, x.id ASC
    LIMIT @row_limit::integer) p
JOIN invitations i ON i.id = p.id
ORDER BY p.key ASC, p.id ASC;

-- name: InvitationListWithinAchPriceDesc :many
SELECT i.* FROM (
    SELECT x.id, x.ach_key AS key FROM invitations x WHERE 
    CASE WHEN cardinality(@location_ids::uuid[]) = 0
        THEN EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        ELSE (SELECT count(*) FROM managed_locations m WHERE m.staff_id = @staff_id AND m.location_id = ANY (@location_ids::uuid[]))
            = cardinality(@location_ids::uuid[]) END
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
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
        OR (x.ach_key, x.id) < (CAST(sqlc.narg(after_key)::text AS bigint), sqlc.narg(after_id)::uuid))
    ORDER BY x.ach_key DESC, x.id DESC
    LIMIT @row_limit::integer) p
JOIN invitations i ON i.id = p.id
ORDER BY p.key DESC, p.id DESC;

-- name: InvitationListWithinInsuranceAsc :many
SELECT i.* FROM (
    SELECT x.id, x.insurance_key AS key FROM invitations x WHERE 
    CASE WHEN cardinality(@location_ids::uuid[]) = 0
        THEN EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        ELSE (SELECT count(*) FROM managed_locations m WHERE m.staff_id = @staff_id AND m.location_id = ANY (@location_ids::uuid[]))
            = cardinality(@location_ids::uuid[]) END
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
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
        OR (x.insurance_key, x.id) > (CAST(sqlc.narg(after_key)::text AS bigint), sqlc.narg(after_id)::uuid))
    ORDER BY x.insurance_key ASC, x.id ASC
    LIMIT @row_limit::integer) p
JOIN invitations i ON i.id = p.id
ORDER BY p.key ASC, p.id ASC;

-- name: InvitationListWithinInsuranceDesc :many
SELECT i.* FROM (
    SELECT x.id, x.insurance_key AS key FROM invitations x WHERE 
    CASE WHEN cardinality(@location_ids::uuid[]) = 0
        THEN EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        ELSE (SELECT count(*) FROM managed_locations m WHERE m.staff_id = @staff_id AND m.location_id = ANY (@location_ids::uuid[]))
            = cardinality(@location_ids::uuid[]) END
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
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
        OR (x.insurance_key, x.id) < (CAST(sqlc.narg(after_key)::text AS bigint), sqlc.narg(after_id)::uuid))
    ORDER BY x.insurance_key DESC, x.id DESC
    LIMIT @row_limit::integer) p
JOIN invitations i ON i.id = p.id
ORDER BY p.key DESC, p.id DESC;

-- name: InvitationListWithinAnchorDayAsc :many
SELECT i.* FROM (
    SELECT x.id, x.anchor_day AS key FROM invitations x WHERE 
    CASE WHEN cardinality(@location_ids::uuid[]) = 0
        THEN EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        ELSE (SELECT count(*) FROM managed_locations m WHERE m.staff_id = @staff_id AND m.location_id = ANY (@location_ids::uuid[]))
            = cardinality(@location_ids::uuid[]) END
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
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
        OR (x.anchor_day, x.id) > (CAST(sqlc.narg(after_key)::text AS smallint), sqlc.narg(after_id)::uuid))
    ORDER BY x.anchor_day ASC, x.id ASC
    LIMIT @row_limit::integer) p
JOIN invitations i ON i.id = p.id
ORDER BY p.key ASC, p.id ASC;

-- name: InvitationListWithinAnchorDayDesc :many
SELECT i.* FROM (
    SELECT x.id, x.anchor_day AS key FROM invitations x WHERE 
    CASE WHEN cardinality(@location_ids::uuid[]) = 0
        THEN EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        ELSE (SELECT count(*) FROM managed_locations m WHERE m.staff_id = @staff_id AND m.location_id = ANY (@location_ids::uuid[]))
            = cardinality(@location_ids::uuid[]) END
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
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
        OR (x.anchor_day, x.id) < (CAST(sqlc.narg(after_key)::text AS smallint), sqlc.narg(after_id)::uuid))
    ORDER BY x.anchor_day DESC, x.id DESC
    LIMIT @row_limit::integer) p
JOIN invitations i ON i.id = p.id
ORDER BY p.key DESC, p.id DESC;

-- name: InvitationListWithinStatusAsc :many
SELECT i.* FROM (
    SELECT x.id, x.status AS key FROM invitations x WHERE 
    CASE WHEN cardinality(@location_ids::uuid[]) = 0
        THEN EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        ELSE (SELECT count(*) FROM managed_locations m WHERE m.staff_id = @staff_id AND m.location_id = ANY (@location_ids::uuid[]))
            = cardinality(@location_ids::uuid[]) END
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
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
        OR (x.status, x.id) > (CAST(sqlc.narg(after_key)::text AS invitation_status), sqlc.narg(after_id)::uuid))
    ORDER BY x.status ASC, x.id ASC
    LIMIT @row_limit::integer) p
JOIN invitations i ON i.id = p.id
ORDER BY p.key ASC, p.id ASC;

-- name: InvitationListWithinStatusDesc :many
SELECT i.* FROM (
    SELECT x.id, x.status AS key FROM invitations x WHERE 
    CASE WHEN cardinality(@location_ids::uuid[]) = 0
        THEN EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        ELSE (SELECT count(*) FROM managed_locations m WHERE m.staff_id = @staff_id AND m.location_id = ANY (@location_ids::uuid[]))
            = cardinality(@location_ids::uuid[]) END
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
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
        OR (x.status, x.id) < (CAST(sqlc.narg(after_key)::text AS invitation_status), sqlc.narg(after_id)::uuid))
    ORDER BY x.status DESC, x.id DESC
    LIMIT @row_limit::integer) p
JOIN invitations i ON i.id = p.id
ORDER BY p.key DESC, p.id DESC;

-- name: InvitationListWithinCreatedAtAsc :many
SELECT i.* FROM (
    SELECT x.id, x.created_at AS key FROM invitations x WHERE 
    CASE WHEN cardinality(@location_ids::uuid[]) = 0
        THEN EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        ELSE (SELECT count(*) FROM managed_locations m WHERE m.staff_id = @staff_id AND m.location_id = ANY (@location_ids::uuid[]))
            = cardinality(@location_ids::uuid[]) END
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
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
        OR (x.created_at, x.id) > (CAST(sqlc.narg(after_key)::text AS timestamptz), sqlc.narg(after_id)::uuid))
    ORDER BY x.created_at ASC, x.id ASC
    LIMIT @row_limit::integer) p
JOIN invitations i ON i.id = p.id
ORDER BY p.key ASC, p.id ASC;

-- name: InvitationListWithinCreatedAtDesc :many
SELECT i.* FROM (
    SELECT x.id, x.created_at AS key FROM invitations x WHERE 
    CASE WHEN cardinality(@location_ids::uuid[]) = 0
        THEN EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        ELSE (SELECT count(*) FROM managed_locations m WHERE m.staff_id = @staff_id AND m.location_id = ANY (@location_ids::uuid[]))
            = cardinality(@location_ids::uuid[]) END
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
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
        OR (x.created_at, x.id) < (CAST(sqlc.narg(after_key)::text AS timestamptz), sqlc.narg(after_id)::uuid))
    ORDER BY x.created_at DESC, x.id DESC
    LIMIT @row_limit::integer) p
JOIN invitations i ON i.id = p.id
ORDER BY p.key DESC, p.id DESC;
