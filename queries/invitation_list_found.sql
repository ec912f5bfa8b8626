-- Written by queries/listgen from invitation_list_found.sql.tmpl: change it there, then make generate/sqlc.
--
-- Finds all that match (OFFSET 0 keeps the order from the planner's sight) and sorts them, so that it does not matter where in the
-- order they stand. Planned each time with the values at hand; InvitationListByIDs then reads the page's rows.

-- name: InvitationListFoundTenantAsc :many
SELECT x.id FROM (
    SELECT x.id, x.tenant_key AS key FROM invitations x WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) <> 1 OR x.status = CAST((@statuses::text[])[1] AS invitation_status))
    AND (cardinality(@statuses::text[]) < 2 OR x.status = ANY (CAST(@statuses::text[] AS invitation_status[])))
    AND (cardinality(@anchor_days::integer[]) <> 1 OR x.anchor_day = (@anchor_days::integer[])[1])
    AND (cardinality(@anchor_days::integer[]) < 2 OR x.anchor_day = ANY (@anchor_days::integer[]))
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
    OFFSET 0) x
ORDER BY x.key ASC, x.id ASC
LIMIT @row_limit::integer;

-- name: InvitationListFoundTenantDesc :many
SELECT x.id FROM (
    SELECT x.id, x.tenant_key AS key FROM invitations x WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) <> 1 OR x.status = CAST((@statuses::text[])[1] AS invitation_status))
    AND (cardinality(@statuses::text[]) < 2 OR x.status = ANY (CAST(@statuses::text[] AS invitation_status[])))
    AND (cardinality(@anchor_days::integer[]) <> 1 OR x.anchor_day = (@anchor_days::integer[])[1])
    AND (cardinality(@anchor_days::integer[]) < 2 OR x.anchor_day = ANY (@anchor_days::integer[]))
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
    OFFSET 0) x
ORDER BY x.key DESC, x.id DESC
LIMIT @row_limit::integer;

-- name: InvitationListFoundPlanAsc :many
SELECT x.id FROM (
    SELECT x.id, x.plan_key AS key FROM invitations x WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) <> 1 OR x.status = CAST((@statuses::text[])[1] AS invitation_status))
    AND (cardinality(@statuses::text[]) < 2 OR x.status = ANY (CAST(@statuses::text[] AS invitation_status[])))
    AND (cardinality(@anchor_days::integer[]) <> 1 OR x.anchor_day = (@anchor_days::integer[])[1])
    AND (cardinality(@anchor_days::integer[]) < 2 OR x.anchor_day = ANY (@anchor_days::integer[]))
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
    OFFSET 0) x
ORDER BY x.key ASC, x.id ASC
LIMIT @row_limit::integer;

-- name: InvitationListFoundPlanDesc :many
SELECT x.id FROM (
    SELECT x.id, x.plan_key AS key FROM invitations x WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) <> 1 OR x.status = CAST((@statuses::text[])[1] AS invitation_status))
    AND (cardinality(@statuses::text[]) < 2 OR x.status = ANY (CAST(@statuses::text[] AS invitation_status[])))
    AND (cardinality(@anchor_days::integer[]) <> 1 OR x.anchor_day = (@anchor_days::integer[])[1])
    AND (cardinality(@anchor_days::integer[]) < 2 OR x.anchor_day = ANY (@anchor_days::integer[]))
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
    OFFSET 0) x
ORDER BY x.key DESC, x.id DESC
LIMIT @row_limit::integer;

-- name: InvitationListFoundLocationAsc :many
SELECT x.id FROM (
    SELECT x.id, x.location_key AS key FROM invitations x WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) <> 1 OR x.status = CAST((@statuses::text[])[1] AS invitation_status))
    AND (cardinality(@statuses::text[]) < 2 OR x.status = ANY (CAST(@statuses::text[] AS invitation_status[])))
    AND (cardinality(@anchor_days::integer[]) <> 1 OR x.anchor_day = (@anchor_days::integer[])[1])
    AND (cardinality(@anchor_days::integer[]) < 2 OR x.anchor_day = ANY (@anchor_days::integer[]))
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
    OFFSET 0) x
ORDER BY x.key ASC, x.id ASC
LIMIT @row_limit::integer;

-- name: InvitationListFoundLocationDesc :many
SELECT x.id FROM (
    SELECT x.id, x.location_key AS key FROM invitations x WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) <> 1 OR x.status = CAST((@statuses::text[])[1] AS invitation_status))
    AND (cardinality(@statuses::text[]) < 2 OR x.status = ANY (CAST(@statuses::text[] AS invitation_status[])))
    AND (cardinality(@anchor_days::integer[]) <> 1 OR x.anchor_day = (@anchor_days::integer[])[1])
    AND (cardinality(@anchor_days::integer[]) < 2 OR x.anchor_day = ANY (@anchor_days::integer[]))
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
    OFFSET 0) x
ORDER BY x.key DESC, x.id DESC
LIMIT @row_limit::integer;

-- name: InvitationListFoundCardPriceAsc :many
SELECT x.id FROM (
    SELECT x.id, x.card_key AS key FROM invitations x WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) <> 1 OR x.status = CAST((@statuses::text[])[1] AS invitation_status))
    AND (cardinality(@statuses::text[]) < 2 OR x.status = ANY (CAST(@statuses::text[] AS invitation_status[])))
    AND (cardinality(@anchor_days::integer[]) <> 1 OR x.anchor_day = (@anchor_days::integer[])[1])
    AND (cardinality(@anchor_days::integer[]) < 2 OR x.anchor_day = ANY (@anchor_days::integer[]))
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
    OFFSET 0) x
ORDER BY x.key ASC, x.id ASC
LIMIT @row_limit::integer;

-- name: InvitationListFoundCardPriceDesc :many
SELECT x.id FROM (
    SELECT x.id, x.card_key AS key FROM invitations x WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) <> 1 OR x.status = CAST((@statuses::text[])[1] AS invitation_status))
    AND (cardinality(@statuses::text[]) < 2 OR x.status = ANY (CAST(@statuses::text[] AS invitation_status[])))
    AND (cardinality(@anchor_days::integer[]) <> 1 OR x.anchor_day = (@anchor_days::integer[])[1])
    AND (cardinality(@anchor_days::integer[]) < 2 OR x.anchor_day = ANY (@anchor_days::integer[]))
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
    OFFSET 0) x
ORDER BY x.key DESC, x.id DESC
LIMIT @row_limit::integer;

-- name: InvitationListFoundAchPriceAsc :many
SELECT x.id FROM (
    SELECT x.id, x.ach_key AS key FROM invitations x WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) <> 1 OR x.status = CAST((@statuses::text[])[1] AS invitation_status))
    AND (cardinality(@statuses::text[]) < 2 OR x.status = ANY (CAST(@statuses::text[] AS invitation_status[])))
    AND (cardinality(@anchor_days::integer[]) <> 1 OR x.anchor_day = (@anchor_days::integer[])[1])
    AND (cardinality(@anchor_days::integer[]) < 2 OR x.anchor_day = ANY (@anchor_days::integer[]))
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
    OFFSET 0) x
ORDER BY x.key ASC, x.id ASC
LIMIT @row_limit::integer;

-- name: InvitationListFoundAchPriceDesc :many
SELECT x.id FROM (
    SELECT x.id, x.ach_key AS key FROM invitations x WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) <> 1 OR x.status = CAST((@statuses::text[])[1] AS invitation_status))
    AND (cardinality(@statuses::text[]) < 2 OR x.status = ANY (CAST(@statuses::text[] AS invitation_status[])))
    AND (cardinality(@anchor_days::integer[]) <> 1 OR x.anchor_day = (@anchor_days::integer[])[1])
    AND (cardinality(@anchor_days::integer[]) < 2 OR x.anchor_day = ANY (@anchor_days::integer[]))
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
    OFFSET 0) x
ORDER BY x.key DESC, x.id DESC
LIMIT @row_limit::integer;

-- name: InvitationListFoundInsuranceAsc :many
SELECT x.id FROM (
    SELECT x.id, x.insurance_key AS key FROM invitations x WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) <> 1 OR x.status = CAST((@statuses::text[])[1] AS invitation_status))
    AND (cardinality(@statuses::text[]) < 2 OR x.status = ANY (CAST(@statuses::text[] AS invitation_status[])))
    AND (cardinality(@anchor_days::integer[]) <> 1 OR x.anchor_day = (@anchor_days::integer[])[1])
    AND (cardinality(@anchor_days::integer[]) < 2 OR x.anchor_day = ANY (@anchor_days::integer[]))
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
    OFFSET 0) x
ORDER BY x.key ASC, x.id ASC
LIMIT @row_limit::integer;

-- name: InvitationListFoundInsuranceDesc :many
SELECT x.id FROM (
    SELECT x.id, x.insurance_key AS key FROM invitations x WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) <> 1 OR x.status = CAST((@statuses::text[])[1] AS invitation_status))
    AND (cardinality(@statuses::text[]) < 2 OR x.status = ANY (CAST(@statuses::text[] AS invitation_status[])))
    AND (cardinality(@anchor_days::integer[]) <> 1 OR x.anchor_day = (@anchor_days::integer[])[1])
    AND (cardinality(@anchor_days::integer[]) < 2 OR x.anchor_day = ANY (@anchor_days::integer[]))
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
    OFFSET 0) x
ORDER BY x.key DESC, x.id DESC
LIMIT @row_limit::integer;

-- name: InvitationListFoundAnchorDayAsc :many
SELECT x.id FROM (
    SELECT x.id, x.anchor_day AS key FROM invitations x WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) <> 1 OR x.status = CAST((@statuses::text[])[1] AS invitation_status))
    AND (cardinality(@statuses::text[]) < 2 OR x.status = ANY (CAST(@statuses::text[] AS invitation_status[])))
    AND (cardinality(@anchor_days::integer[]) <> 1 OR x.anchor_day = (@anchor_days::integer[])[1])
    AND (cardinality(@anchor_days::integer[]) < 2 OR x.anchor_day = ANY (@anchor_days::integer[]))
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
    OFFSET 0) x
ORDER BY x.key ASC, x.id ASC
LIMIT @row_limit::integer;

-- name: InvitationListFoundAnchorDayDesc :many
SELECT x.id FROM (
    SELECT x.id, x.anchor_day AS key FROM invitations x WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) <> 1 OR x.status = CAST((@statuses::text[])[1] AS invitation_status))
    AND (cardinality(@statuses::text[]) < 2 OR x.status = ANY (CAST(@statuses::text[] AS invitation_status[])))
    AND (cardinality(@anchor_days::integer[]) <> 1 OR x.anchor_day = (@anchor_days::integer[])[1])
    AND (cardinality(@anchor_days::integer[]) < 2 OR x.anchor_day = ANY (@anchor_days::integer[]))
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
    OFFSET 0) x
ORDER BY x.key DESC, x.id DESC
LIMIT @row_limit::integer;

-- name: InvitationListFoundStatusAsc :many
SELECT x.id FROM (
    SELECT x.id, x.status AS key FROM invitations x WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) <> 1 OR x.status = CAST((@statuses::text[])[1] AS invitation_status))
    AND (cardinality(@statuses::text[]) < 2 OR x.status = ANY (CAST(@statuses::text[] AS invitation_status[])))
    AND (cardinality(@anchor_days::integer[]) <> 1 OR x.anchor_day = (@anchor_days::integer[])[1])
    AND (cardinality(@anchor_days::integer[]) < 2 OR x.anchor_day = ANY (@anchor_days::integer[]))
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
    OFFSET 0) x
ORDER BY x.key ASC, x.id ASC
LIMIT @row_limit::integer;

-- name: InvitationListFoundStatusDesc :many
SELECT x.id FROM (
    SELECT x.id, x.status AS key FROM invitations x WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) <> 1 OR x.status = CAST((@statuses::text[])[1] AS invitation_status))
    AND (cardinality(@statuses::text[]) < 2 OR x.status = ANY (CAST(@statuses::text[] AS invitation_status[])))
    AND (cardinality(@anchor_days::integer[]) <> 1 OR x.anchor_day = (@anchor_days::integer[])[1])
    AND (cardinality(@anchor_days::integer[]) < 2 OR x.anchor_day = ANY (@anchor_days::integer[]))
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
    OFFSET 0) x
ORDER BY x.key DESC, x.id DESC
LIMIT @row_limit::integer;

-- name: InvitationListFoundCreatedAtAsc :many
SELECT x.id FROM (
    SELECT x.id, x.created_at AS key FROM invitations x WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) <> 1 OR x.status = CAST((@statuses::text[])[1] AS invitation_status))
    AND (cardinality(@statuses::text[]) < 2 OR x.status = ANY (CAST(@statuses::text[] AS invitation_status[])))
    AND (cardinality(@anchor_days::integer[]) <> 1 OR x.anchor_day = (@anchor_days::integer[])[1])
    AND (cardinality(@anchor_days::integer[]) < 2 OR x.anchor_day = ANY (@anchor_days::integer[]))
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
    OFFSET 0) x
ORDER BY x.key ASC, x.id ASC
LIMIT @row_limit::integer;

-- name: InvitationListFoundCreatedAtDesc :many
SELECT x.id FROM (
    SELECT x.id, x.created_at AS key FROM invitations x WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) <> 1 OR x.status = CAST((@statuses::text[])[1] AS invitation_status))
    AND (cardinality(@statuses::text[]) < 2 OR x.status = ANY (CAST(@statuses::text[] AS invitation_status[])))
    AND (cardinality(@anchor_days::integer[]) <> 1 OR x.anchor_day = (@anchor_days::integer[])[1])
    AND (cardinality(@anchor_days::integer[]) < 2 OR x.anchor_day = ANY (@anchor_days::integer[]))
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
    OFFSET 0) x
ORDER BY x.key DESC, x.id DESC
LIMIT @row_limit::integer;
