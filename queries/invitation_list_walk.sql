-- Written by queries/listgen from list_walk.sql.tmpl: change it there, then make generate/sqlc.
--
-- Goes through the order for @reach rows, whether they match or not, and then gives up, since what is looked for may stand anywhere
-- in it. Fewer rows than asked for do not mean that there are no more. What is filtered by is answered from within the
-- index, so the plan is the same for every filter and is kept.

-- name: InvitationListWalkTenantAsc :many
SELECT v.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.id, x.tenant_key AS key, x.location_id, x.status, x.anchor_day, x.has_phone, x.texted, x.delivery_failed, x.link_expires_at, x.created_at, x.search_text
        FROM invitations x WHERE (x.tenant_key, x.id) > (CAST(coalesce(sqlc.narg(after_key)::text, '') AS text), coalesce(sqlc.narg(after_id)::uuid, '00000000-0000-0000-0000-000000000000'))
        ORDER BY x.tenant_key ASC, x.id ASC
        LIMIT @reach::integer) x
    WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) = 0 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) = 0 OR x.status = ANY ((SELECT CAST(@statuses::text[] AS invitation_status[]))::invitation_status[]))
    AND (cardinality(@anchor_days::integer[]) = 0 OR x.anchor_day = ANY (@anchor_days::integer[]))
    AND (sqlc.narg(has_phone)::boolean IS NULL OR x.has_phone = sqlc.narg(has_phone)::boolean)
    AND (sqlc.narg(texted)::boolean IS NULL OR x.texted = sqlc.narg(texted)::boolean)
    AND (sqlc.narg(delivery_failed)::boolean IS NULL OR x.delivery_failed = sqlc.narg(delivery_failed)::boolean)
    AND (sqlc.narg(link_expired)::boolean IS NULL
        OR (x.status IN ('pending', 'sent') AND x.link_expires_at <= @now::timestamptz) = sqlc.narg(link_expired)::boolean)
    AND (sqlc.narg(created_from)::timestamptz IS NULL OR x.created_at >= sqlc.narg(created_from)::timestamptz)
    AND (sqlc.narg(created_before)::timestamptz IS NULL OR x.created_at < sqlc.narg(created_before)::timestamptz)
    AND (@search::text = '' OR x.search_text LIKE ALL ((SELECT like_words(@search::text))::text[]))
    ORDER BY x.key ASC, x.id ASC
    LIMIT @row_limit::integer) p
JOIN listed_invitations v ON v.id = p.id AND v.staff_id = @staff_id
ORDER BY p.key ASC, p.id ASC;

-- name: InvitationListWalkTenantDesc :many
SELECT v.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.id, x.tenant_key AS key, x.location_id, x.status, x.anchor_day, x.has_phone, x.texted, x.delivery_failed, x.link_expires_at, x.created_at, x.search_text
        FROM invitations x WHERE (x.tenant_key, x.id) < (CAST(coalesce(sqlc.narg(after_key)::text, U&'\+10FFFF') AS text), coalesce(sqlc.narg(after_id)::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
        ORDER BY x.tenant_key DESC, x.id DESC
        LIMIT @reach::integer) x
    WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) = 0 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) = 0 OR x.status = ANY ((SELECT CAST(@statuses::text[] AS invitation_status[]))::invitation_status[]))
    AND (cardinality(@anchor_days::integer[]) = 0 OR x.anchor_day = ANY (@anchor_days::integer[]))
    AND (sqlc.narg(has_phone)::boolean IS NULL OR x.has_phone = sqlc.narg(has_phone)::boolean)
    AND (sqlc.narg(texted)::boolean IS NULL OR x.texted = sqlc.narg(texted)::boolean)
    AND (sqlc.narg(delivery_failed)::boolean IS NULL OR x.delivery_failed = sqlc.narg(delivery_failed)::boolean)
    AND (sqlc.narg(link_expired)::boolean IS NULL
        OR (x.status IN ('pending', 'sent') AND x.link_expires_at <= @now::timestamptz) = sqlc.narg(link_expired)::boolean)
    AND (sqlc.narg(created_from)::timestamptz IS NULL OR x.created_at >= sqlc.narg(created_from)::timestamptz)
    AND (sqlc.narg(created_before)::timestamptz IS NULL OR x.created_at < sqlc.narg(created_before)::timestamptz)
    AND (@search::text = '' OR x.search_text LIKE ALL ((SELECT like_words(@search::text))::text[]))
    ORDER BY x.key DESC, x.id DESC
    LIMIT @row_limit::integer) p
JOIN listed_invitations v ON v.id = p.id AND v.staff_id = @staff_id
ORDER BY p.key DESC, p.id DESC;

-- name: InvitationListWalkPlanAsc :many
SELECT v.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.id, x.plan_key AS key, x.location_id, x.status, x.anchor_day, x.has_phone, x.texted, x.delivery_failed, x.link_expires_at, x.created_at, x.search_text
        FROM invitations x WHERE (x.plan_key, x.id) > (CAST(coalesce(sqlc.narg(after_key)::text, '') AS text), coalesce(sqlc.narg(after_id)::uuid, '00000000-0000-0000-0000-000000000000'))
        ORDER BY x.plan_key ASC, x.id ASC
        LIMIT @reach::integer) x
    WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) = 0 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) = 0 OR x.status = ANY ((SELECT CAST(@statuses::text[] AS invitation_status[]))::invitation_status[]))
    AND (cardinality(@anchor_days::integer[]) = 0 OR x.anchor_day = ANY (@anchor_days::integer[]))
    AND (sqlc.narg(has_phone)::boolean IS NULL OR x.has_phone = sqlc.narg(has_phone)::boolean)
    AND (sqlc.narg(texted)::boolean IS NULL OR x.texted = sqlc.narg(texted)::boolean)
    AND (sqlc.narg(delivery_failed)::boolean IS NULL OR x.delivery_failed = sqlc.narg(delivery_failed)::boolean)
    AND (sqlc.narg(link_expired)::boolean IS NULL
        OR (x.status IN ('pending', 'sent') AND x.link_expires_at <= @now::timestamptz) = sqlc.narg(link_expired)::boolean)
    AND (sqlc.narg(created_from)::timestamptz IS NULL OR x.created_at >= sqlc.narg(created_from)::timestamptz)
    AND (sqlc.narg(created_before)::timestamptz IS NULL OR x.created_at < sqlc.narg(created_before)::timestamptz)
    AND (@search::text = '' OR x.search_text LIKE ALL ((SELECT like_words(@search::text))::text[]))
    ORDER BY x.key ASC, x.id ASC
    LIMIT @row_limit::integer) p
JOIN listed_invitations v ON v.id = p.id AND v.staff_id = @staff_id
ORDER BY p.key ASC, p.id ASC;

-- name: InvitationListWalkPlanDesc :many
SELECT v.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.id, x.plan_key AS key, x.location_id, x.status, x.anchor_day, x.has_phone, x.texted, x.delivery_failed, x.link_expires_at, x.created_at, x.search_text
        FROM invitations x WHERE (x.plan_key, x.id) < (CAST(coalesce(sqlc.narg(after_key)::text, U&'\+10FFFF') AS text), coalesce(sqlc.narg(after_id)::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
        ORDER BY x.plan_key DESC, x.id DESC
        LIMIT @reach::integer) x
    WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) = 0 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) = 0 OR x.status = ANY ((SELECT CAST(@statuses::text[] AS invitation_status[]))::invitation_status[]))
    AND (cardinality(@anchor_days::integer[]) = 0 OR x.anchor_day = ANY (@anchor_days::integer[]))
    AND (sqlc.narg(has_phone)::boolean IS NULL OR x.has_phone = sqlc.narg(has_phone)::boolean)
    AND (sqlc.narg(texted)::boolean IS NULL OR x.texted = sqlc.narg(texted)::boolean)
    AND (sqlc.narg(delivery_failed)::boolean IS NULL OR x.delivery_failed = sqlc.narg(delivery_failed)::boolean)
    AND (sqlc.narg(link_expired)::boolean IS NULL
        OR (x.status IN ('pending', 'sent') AND x.link_expires_at <= @now::timestamptz) = sqlc.narg(link_expired)::boolean)
    AND (sqlc.narg(created_from)::timestamptz IS NULL OR x.created_at >= sqlc.narg(created_from)::timestamptz)
    AND (sqlc.narg(created_before)::timestamptz IS NULL OR x.created_at < sqlc.narg(created_before)::timestamptz)
    AND (@search::text = '' OR x.search_text LIKE ALL ((SELECT like_words(@search::text))::text[]))
    ORDER BY x.key DESC, x.id DESC
    LIMIT @row_limit::integer) p
JOIN listed_invitations v ON v.id = p.id AND v.staff_id = @staff_id
ORDER BY p.key DESC, p.id DESC;

-- name: InvitationListWalkLocationAsc :many
SELECT v.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.id, x.location_key AS key, x.location_id, x.status, x.anchor_day, x.has_phone, x.texted, x.delivery_failed, x.link_expires_at, x.created_at, x.search_text
        FROM invitations x WHERE (x.location_key, x.id) > (CAST(coalesce(sqlc.narg(after_key)::text, '') AS text), coalesce(sqlc.narg(after_id)::uuid, '00000000-0000-0000-0000-000000000000'))
        ORDER BY x.location_key ASC, x.id ASC
        LIMIT @reach::integer) x
    WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) = 0 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) = 0 OR x.status = ANY ((SELECT CAST(@statuses::text[] AS invitation_status[]))::invitation_status[]))
    AND (cardinality(@anchor_days::integer[]) = 0 OR x.anchor_day = ANY (@anchor_days::integer[]))
    AND (sqlc.narg(has_phone)::boolean IS NULL OR x.has_phone = sqlc.narg(has_phone)::boolean)
    AND (sqlc.narg(texted)::boolean IS NULL OR x.texted = sqlc.narg(texted)::boolean)
    AND (sqlc.narg(delivery_failed)::boolean IS NULL OR x.delivery_failed = sqlc.narg(delivery_failed)::boolean)
    AND (sqlc.narg(link_expired)::boolean IS NULL
        OR (x.status IN ('pending', 'sent') AND x.link_expires_at <= @now::timestamptz) = sqlc.narg(link_expired)::boolean)
    AND (sqlc.narg(created_from)::timestamptz IS NULL OR x.created_at >= sqlc.narg(created_from)::timestamptz)
    AND (sqlc.narg(created_before)::timestamptz IS NULL OR x.created_at < sqlc.narg(created_before)::timestamptz)
    AND (@search::text = '' OR x.search_text LIKE ALL ((SELECT like_words(@search::text))::text[]))
    ORDER BY x.key ASC, x.id ASC
    LIMIT @row_limit::integer) p
JOIN listed_invitations v ON v.id = p.id AND v.staff_id = @staff_id
ORDER BY p.key ASC, p.id ASC;

-- name: InvitationListWalkLocationDesc :many
SELECT v.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.id, x.location_key AS key, x.location_id, x.status, x.anchor_day, x.has_phone, x.texted, x.delivery_failed, x.link_expires_at, x.created_at, x.search_text
        FROM invitations x WHERE (x.location_key, x.id) < (CAST(coalesce(sqlc.narg(after_key)::text, U&'\+10FFFF') AS text), coalesce(sqlc.narg(after_id)::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
        ORDER BY x.location_key DESC, x.id DESC
        LIMIT @reach::integer) x
    WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) = 0 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) = 0 OR x.status = ANY ((SELECT CAST(@statuses::text[] AS invitation_status[]))::invitation_status[]))
    AND (cardinality(@anchor_days::integer[]) = 0 OR x.anchor_day = ANY (@anchor_days::integer[]))
    AND (sqlc.narg(has_phone)::boolean IS NULL OR x.has_phone = sqlc.narg(has_phone)::boolean)
    AND (sqlc.narg(texted)::boolean IS NULL OR x.texted = sqlc.narg(texted)::boolean)
    AND (sqlc.narg(delivery_failed)::boolean IS NULL OR x.delivery_failed = sqlc.narg(delivery_failed)::boolean)
    AND (sqlc.narg(link_expired)::boolean IS NULL
        OR (x.status IN ('pending', 'sent') AND x.link_expires_at <= @now::timestamptz) = sqlc.narg(link_expired)::boolean)
    AND (sqlc.narg(created_from)::timestamptz IS NULL OR x.created_at >= sqlc.narg(created_from)::timestamptz)
    AND (sqlc.narg(created_before)::timestamptz IS NULL OR x.created_at < sqlc.narg(created_before)::timestamptz)
    AND (@search::text = '' OR x.search_text LIKE ALL ((SELECT like_words(@search::text))::text[]))
    ORDER BY x.key DESC, x.id DESC
    LIMIT @row_limit::integer) p
JOIN listed_invitations v ON v.id = p.id AND v.staff_id = @staff_id
ORDER BY p.key DESC, p.id DESC;

-- name: InvitationListWalkCardPriceAsc :many
SELECT v.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.id, x.card_key AS key, x.location_id, x.status, x.anchor_day, x.has_phone, x.texted, x.delivery_failed, x.link_expires_at, x.created_at, x.search_text
        FROM invitations x WHERE (x.card_key, x.id) > (CAST(coalesce(sqlc.narg(after_key)::text, '-9223372036854775808') AS bigint), coalesce(sqlc.narg(after_id)::uuid, '00000000-0000-0000-0000-000000000000'))
        ORDER BY x.card_key ASC, x.id ASC
        LIMIT @reach::integer) x
    WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) = 0 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) = 0 OR x.status = ANY ((SELECT CAST(@statuses::text[] AS invitation_status[]))::invitation_status[]))
    AND (cardinality(@anchor_days::integer[]) = 0 OR x.anchor_day = ANY (@anchor_days::integer[]))
    AND (sqlc.narg(has_phone)::boolean IS NULL OR x.has_phone = sqlc.narg(has_phone)::boolean)
    AND (sqlc.narg(texted)::boolean IS NULL OR x.texted = sqlc.narg(texted)::boolean)
    AND (sqlc.narg(delivery_failed)::boolean IS NULL OR x.delivery_failed = sqlc.narg(delivery_failed)::boolean)
    AND (sqlc.narg(link_expired)::boolean IS NULL
        OR (x.status IN ('pending', 'sent') AND x.link_expires_at <= @now::timestamptz) = sqlc.narg(link_expired)::boolean)
    AND (sqlc.narg(created_from)::timestamptz IS NULL OR x.created_at >= sqlc.narg(created_from)::timestamptz)
    AND (sqlc.narg(created_before)::timestamptz IS NULL OR x.created_at < sqlc.narg(created_before)::timestamptz)
    AND (@search::text = '' OR x.search_text LIKE ALL ((SELECT like_words(@search::text))::text[]))
    ORDER BY x.key ASC, x.id ASC
    LIMIT @row_limit::integer) p
JOIN listed_invitations v ON v.id = p.id AND v.staff_id = @staff_id
ORDER BY p.key ASC, p.id ASC;

-- name: InvitationListWalkCardPriceDesc :many
SELECT v.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.id, x.card_key AS key, x.location_id, x.status, x.anchor_day, x.has_phone, x.texted, x.delivery_failed, x.link_expires_at, x.created_at, x.search_text
        FROM invitations x WHERE (x.card_key, x.id) < (CAST(coalesce(sqlc.narg(after_key)::text, '9223372036854775807') AS bigint), coalesce(sqlc.narg(after_id)::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
        ORDER BY x.card_key DESC, x.id DESC
        LIMIT @reach::integer) x
    WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) = 0 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) = 0 OR x.status = ANY ((SELECT CAST(@statuses::text[] AS invitation_status[]))::invitation_status[]))
    AND (cardinality(@anchor_days::integer[]) = 0 OR x.anchor_day = ANY (@anchor_days::integer[]))
    AND (sqlc.narg(has_phone)::boolean IS NULL OR x.has_phone = sqlc.narg(has_phone)::boolean)
    AND (sqlc.narg(texted)::boolean IS NULL OR x.texted = sqlc.narg(texted)::boolean)
    AND (sqlc.narg(delivery_failed)::boolean IS NULL OR x.delivery_failed = sqlc.narg(delivery_failed)::boolean)
    AND (sqlc.narg(link_expired)::boolean IS NULL
        OR (x.status IN ('pending', 'sent') AND x.link_expires_at <= @now::timestamptz) = sqlc.narg(link_expired)::boolean)
    AND (sqlc.narg(created_from)::timestamptz IS NULL OR x.created_at >= sqlc.narg(created_from)::timestamptz)
    AND (sqlc.narg(created_before)::timestamptz IS NULL OR x.created_at < sqlc.narg(created_before)::timestamptz)
    AND (@search::text = '' OR x.search_text LIKE ALL ((SELECT like_words(@search::text))::text[]))
    ORDER BY x.key DESC, x.id DESC
    LIMIT @row_limit::integer) p
JOIN listed_invitations v ON v.id = p.id AND v.staff_id = @staff_id
ORDER BY p.key DESC, p.id DESC;

-- name: InvitationListWalkAchPriceAsc :many
SELECT v.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.id, x.ach_key AS key, x.location_id, x.status, x.anchor_day, x.has_phone, x.texted, x.delivery_failed, x.link_expires_at, x.created_at, x.search_text
        FROM invitations x WHERE (x.ach_key, x.id) > (CAST(coalesce(sqlc.narg(after_key)::text, '-9223372036854775808') AS bigint), coalesce(sqlc.narg(after_id)::uuid, '00000000-0000-0000-0000-000000000000'))
        ORDER BY x.ach_key ASC, x.id ASC
        LIMIT @reach::integer) x
    WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) = 0 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) = 0 OR x.status = ANY ((SELECT CAST(@statuses::text[] AS invitation_status[]))::invitation_status[]))
    AND (cardinality(@anchor_days::integer[]) = 0 OR x.anchor_day = ANY (@anchor_days::integer[]))
    AND (sqlc.narg(has_phone)::boolean IS NULL OR x.has_phone = sqlc.narg(has_phone)::boolean)
    AND (sqlc.narg(texted)::boolean IS NULL OR x.texted = sqlc.narg(texted)::boolean)
    AND (sqlc.narg(delivery_failed)::boolean IS NULL OR x.delivery_failed = sqlc.narg(delivery_failed)::boolean)
    AND (sqlc.narg(link_expired)::boolean IS NULL
        OR (x.status IN ('pending', 'sent') AND x.link_expires_at <= @now::timestamptz) = sqlc.narg(link_expired)::boolean)
    AND (sqlc.narg(created_from)::timestamptz IS NULL OR x.created_at >= sqlc.narg(created_from)::timestamptz)
    AND (sqlc.narg(created_before)::timestamptz IS NULL OR x.created_at < sqlc.narg(created_before)::timestamptz)
    AND (@search::text = '' OR x.search_text LIKE ALL ((SELECT like_words(@search::text))::text[]))
    ORDER BY x.key ASC, x.id ASC
    LIMIT @row_limit::integer) p
JOIN listed_invitations v ON v.id = p.id AND v.staff_id = @staff_id
ORDER BY p.key ASC, p.id ASC;

-- name: InvitationListWalkAchPriceDesc :many
SELECT v.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.id, x.ach_key AS key, x.location_id, x.status, x.anchor_day, x.has_phone, x.texted, x.delivery_failed, x.link_expires_at, x.created_at, x.search_text
        FROM invitations x WHERE (x.ach_key, x.id) < (CAST(coalesce(sqlc.narg(after_key)::text, '9223372036854775807') AS bigint), coalesce(sqlc.narg(after_id)::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
        ORDER BY x.ach_key DESC, x.id DESC
        LIMIT @reach::integer) x
    WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) = 0 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) = 0 OR x.status = ANY ((SELECT CAST(@statuses::text[] AS invitation_status[]))::invitation_status[]))
    AND (cardinality(@anchor_days::integer[]) = 0 OR x.anchor_day = ANY (@anchor_days::integer[]))
    AND (sqlc.narg(has_phone)::boolean IS NULL OR x.has_phone = sqlc.narg(has_phone)::boolean)
    AND (sqlc.narg(texted)::boolean IS NULL OR x.texted = sqlc.narg(texted)::boolean)
    AND (sqlc.narg(delivery_failed)::boolean IS NULL OR x.delivery_failed = sqlc.narg(delivery_failed)::boolean)
    AND (sqlc.narg(link_expired)::boolean IS NULL
        OR (x.status IN ('pending', 'sent') AND x.link_expires_at <= @now::timestamptz) = sqlc.narg(link_expired)::boolean)
    AND (sqlc.narg(created_from)::timestamptz IS NULL OR x.created_at >= sqlc.narg(created_from)::timestamptz)
    AND (sqlc.narg(created_before)::timestamptz IS NULL OR x.created_at < sqlc.narg(created_before)::timestamptz)
    AND (@search::text = '' OR x.search_text LIKE ALL ((SELECT like_words(@search::text))::text[]))
    ORDER BY x.key DESC, x.id DESC
    LIMIT @row_limit::integer) p
JOIN listed_invitations v ON v.id = p.id AND v.staff_id = @staff_id
ORDER BY p.key DESC, p.id DESC;

-- name: InvitationListWalkInsuranceAsc :many
SELECT v.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.id, x.insurance_key AS key, x.location_id, x.status, x.anchor_day, x.has_phone, x.texted, x.delivery_failed, x.link_expires_at, x.created_at, x.search_text
        FROM invitations x WHERE (x.insurance_key, x.id) > (CAST(coalesce(sqlc.narg(after_key)::text, '-9223372036854775808') AS bigint), coalesce(sqlc.narg(after_id)::uuid, '00000000-0000-0000-0000-000000000000'))
        ORDER BY x.insurance_key ASC, x.id ASC
        LIMIT @reach::integer) x
    WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) = 0 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) = 0 OR x.status = ANY ((SELECT CAST(@statuses::text[] AS invitation_status[]))::invitation_status[]))
    AND (cardinality(@anchor_days::integer[]) = 0 OR x.anchor_day = ANY (@anchor_days::integer[]))
    AND (sqlc.narg(has_phone)::boolean IS NULL OR x.has_phone = sqlc.narg(has_phone)::boolean)
    AND (sqlc.narg(texted)::boolean IS NULL OR x.texted = sqlc.narg(texted)::boolean)
    AND (sqlc.narg(delivery_failed)::boolean IS NULL OR x.delivery_failed = sqlc.narg(delivery_failed)::boolean)
    AND (sqlc.narg(link_expired)::boolean IS NULL
        OR (x.status IN ('pending', 'sent') AND x.link_expires_at <= @now::timestamptz) = sqlc.narg(link_expired)::boolean)
    AND (sqlc.narg(created_from)::timestamptz IS NULL OR x.created_at >= sqlc.narg(created_from)::timestamptz)
    AND (sqlc.narg(created_before)::timestamptz IS NULL OR x.created_at < sqlc.narg(created_before)::timestamptz)
    AND (@search::text = '' OR x.search_text LIKE ALL ((SELECT like_words(@search::text))::text[]))
    ORDER BY x.key ASC, x.id ASC
    LIMIT @row_limit::integer) p
JOIN listed_invitations v ON v.id = p.id AND v.staff_id = @staff_id
ORDER BY p.key ASC, p.id ASC;

-- name: InvitationListWalkInsuranceDesc :many
SELECT v.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.id, x.insurance_key AS key, x.location_id, x.status, x.anchor_day, x.has_phone, x.texted, x.delivery_failed, x.link_expires_at, x.created_at, x.search_text
        FROM invitations x WHERE (x.insurance_key, x.id) < (CAST(coalesce(sqlc.narg(after_key)::text, '9223372036854775807') AS bigint), coalesce(sqlc.narg(after_id)::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
        ORDER BY x.insurance_key DESC, x.id DESC
        LIMIT @reach::integer) x
    WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) = 0 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) = 0 OR x.status = ANY ((SELECT CAST(@statuses::text[] AS invitation_status[]))::invitation_status[]))
    AND (cardinality(@anchor_days::integer[]) = 0 OR x.anchor_day = ANY (@anchor_days::integer[]))
    AND (sqlc.narg(has_phone)::boolean IS NULL OR x.has_phone = sqlc.narg(has_phone)::boolean)
    AND (sqlc.narg(texted)::boolean IS NULL OR x.texted = sqlc.narg(texted)::boolean)
    AND (sqlc.narg(delivery_failed)::boolean IS NULL OR x.delivery_failed = sqlc.narg(delivery_failed)::boolean)
    AND (sqlc.narg(link_expired)::boolean IS NULL
        OR (x.status IN ('pending', 'sent') AND x.link_expires_at <= @now::timestamptz) = sqlc.narg(link_expired)::boolean)
    AND (sqlc.narg(created_from)::timestamptz IS NULL OR x.created_at >= sqlc.narg(created_from)::timestamptz)
    AND (sqlc.narg(created_before)::timestamptz IS NULL OR x.created_at < sqlc.narg(created_before)::timestamptz)
    AND (@search::text = '' OR x.search_text LIKE ALL ((SELECT like_words(@search::text))::text[]))
    ORDER BY x.key DESC, x.id DESC
    LIMIT @row_limit::integer) p
JOIN listed_invitations v ON v.id = p.id AND v.staff_id = @staff_id
ORDER BY p.key DESC, p.id DESC;

-- name: InvitationListWalkAnchorDayAsc :many
SELECT v.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.id, x.anchor_day AS key, x.location_id, x.status, x.anchor_day, x.has_phone, x.texted, x.delivery_failed, x.link_expires_at, x.created_at, x.search_text
        FROM invitations x WHERE (x.anchor_day, x.id) > (CAST(coalesce(sqlc.narg(after_key)::text, '-32768') AS smallint), coalesce(sqlc.narg(after_id)::uuid, '00000000-0000-0000-0000-000000000000'))
        ORDER BY x.anchor_day ASC, x.id ASC
        LIMIT @reach::integer) x
    WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) = 0 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) = 0 OR x.status = ANY ((SELECT CAST(@statuses::text[] AS invitation_status[]))::invitation_status[]))
    AND (cardinality(@anchor_days::integer[]) = 0 OR x.anchor_day = ANY (@anchor_days::integer[]))
    AND (sqlc.narg(has_phone)::boolean IS NULL OR x.has_phone = sqlc.narg(has_phone)::boolean)
    AND (sqlc.narg(texted)::boolean IS NULL OR x.texted = sqlc.narg(texted)::boolean)
    AND (sqlc.narg(delivery_failed)::boolean IS NULL OR x.delivery_failed = sqlc.narg(delivery_failed)::boolean)
    AND (sqlc.narg(link_expired)::boolean IS NULL
        OR (x.status IN ('pending', 'sent') AND x.link_expires_at <= @now::timestamptz) = sqlc.narg(link_expired)::boolean)
    AND (sqlc.narg(created_from)::timestamptz IS NULL OR x.created_at >= sqlc.narg(created_from)::timestamptz)
    AND (sqlc.narg(created_before)::timestamptz IS NULL OR x.created_at < sqlc.narg(created_before)::timestamptz)
    AND (@search::text = '' OR x.search_text LIKE ALL ((SELECT like_words(@search::text))::text[]))
    ORDER BY x.key ASC, x.id ASC
    LIMIT @row_limit::integer) p
JOIN listed_invitations v ON v.id = p.id AND v.staff_id = @staff_id
ORDER BY p.key ASC, p.id ASC;

-- name: InvitationListWalkAnchorDayDesc :many
SELECT v.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.id, x.anchor_day AS key, x.location_id, x.status, x.anchor_day, x.has_phone, x.texted, x.delivery_failed, x.link_expires_at, x.created_at, x.search_text
        FROM invitations x WHERE (x.anchor_day, x.id) < (CAST(coalesce(sqlc.narg(after_key)::text, '32767') AS smallint), coalesce(sqlc.narg(after_id)::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
        ORDER BY x.anchor_day DESC, x.id DESC
        LIMIT @reach::integer) x
    WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) = 0 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) = 0 OR x.status = ANY ((SELECT CAST(@statuses::text[] AS invitation_status[]))::invitation_status[]))
    AND (cardinality(@anchor_days::integer[]) = 0 OR x.anchor_day = ANY (@anchor_days::integer[]))
    AND (sqlc.narg(has_phone)::boolean IS NULL OR x.has_phone = sqlc.narg(has_phone)::boolean)
    AND (sqlc.narg(texted)::boolean IS NULL OR x.texted = sqlc.narg(texted)::boolean)
    AND (sqlc.narg(delivery_failed)::boolean IS NULL OR x.delivery_failed = sqlc.narg(delivery_failed)::boolean)
    AND (sqlc.narg(link_expired)::boolean IS NULL
        OR (x.status IN ('pending', 'sent') AND x.link_expires_at <= @now::timestamptz) = sqlc.narg(link_expired)::boolean)
    AND (sqlc.narg(created_from)::timestamptz IS NULL OR x.created_at >= sqlc.narg(created_from)::timestamptz)
    AND (sqlc.narg(created_before)::timestamptz IS NULL OR x.created_at < sqlc.narg(created_before)::timestamptz)
    AND (@search::text = '' OR x.search_text LIKE ALL ((SELECT like_words(@search::text))::text[]))
    ORDER BY x.key DESC, x.id DESC
    LIMIT @row_limit::integer) p
JOIN listed_invitations v ON v.id = p.id AND v.staff_id = @staff_id
ORDER BY p.key DESC, p.id DESC;

-- name: InvitationListWalkStatusAsc :many
SELECT v.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.id, x.status AS key, x.location_id, x.status, x.anchor_day, x.has_phone, x.texted, x.delivery_failed, x.link_expires_at, x.created_at, x.search_text
        FROM invitations x WHERE (x.status, x.id) > (CAST(coalesce(sqlc.narg(after_key)::text, enum_first(NULL::invitation_status)::text) AS invitation_status), coalesce(sqlc.narg(after_id)::uuid, '00000000-0000-0000-0000-000000000000'))
        ORDER BY x.status ASC, x.id ASC
        LIMIT @reach::integer) x
    WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) = 0 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) = 0 OR x.status = ANY ((SELECT CAST(@statuses::text[] AS invitation_status[]))::invitation_status[]))
    AND (cardinality(@anchor_days::integer[]) = 0 OR x.anchor_day = ANY (@anchor_days::integer[]))
    AND (sqlc.narg(has_phone)::boolean IS NULL OR x.has_phone = sqlc.narg(has_phone)::boolean)
    AND (sqlc.narg(texted)::boolean IS NULL OR x.texted = sqlc.narg(texted)::boolean)
    AND (sqlc.narg(delivery_failed)::boolean IS NULL OR x.delivery_failed = sqlc.narg(delivery_failed)::boolean)
    AND (sqlc.narg(link_expired)::boolean IS NULL
        OR (x.status IN ('pending', 'sent') AND x.link_expires_at <= @now::timestamptz) = sqlc.narg(link_expired)::boolean)
    AND (sqlc.narg(created_from)::timestamptz IS NULL OR x.created_at >= sqlc.narg(created_from)::timestamptz)
    AND (sqlc.narg(created_before)::timestamptz IS NULL OR x.created_at < sqlc.narg(created_before)::timestamptz)
    AND (@search::text = '' OR x.search_text LIKE ALL ((SELECT like_words(@search::text))::text[]))
    ORDER BY x.key ASC, x.id ASC
    LIMIT @row_limit::integer) p
JOIN listed_invitations v ON v.id = p.id AND v.staff_id = @staff_id
ORDER BY p.key ASC, p.id ASC;

-- name: InvitationListWalkStatusDesc :many
SELECT v.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.id, x.status AS key, x.location_id, x.status, x.anchor_day, x.has_phone, x.texted, x.delivery_failed, x.link_expires_at, x.created_at, x.search_text
        FROM invitations x WHERE (x.status, x.id) < (CAST(coalesce(sqlc.narg(after_key)::text, enum_last(NULL::invitation_status)::text) AS invitation_status), coalesce(sqlc.narg(after_id)::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
        ORDER BY x.status DESC, x.id DESC
        LIMIT @reach::integer) x
    WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) = 0 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) = 0 OR x.status = ANY ((SELECT CAST(@statuses::text[] AS invitation_status[]))::invitation_status[]))
    AND (cardinality(@anchor_days::integer[]) = 0 OR x.anchor_day = ANY (@anchor_days::integer[]))
    AND (sqlc.narg(has_phone)::boolean IS NULL OR x.has_phone = sqlc.narg(has_phone)::boolean)
    AND (sqlc.narg(texted)::boolean IS NULL OR x.texted = sqlc.narg(texted)::boolean)
    AND (sqlc.narg(delivery_failed)::boolean IS NULL OR x.delivery_failed = sqlc.narg(delivery_failed)::boolean)
    AND (sqlc.narg(link_expired)::boolean IS NULL
        OR (x.status IN ('pending', 'sent') AND x.link_expires_at <= @now::timestamptz) = sqlc.narg(link_expired)::boolean)
    AND (sqlc.narg(created_from)::timestamptz IS NULL OR x.created_at >= sqlc.narg(created_from)::timestamptz)
    AND (sqlc.narg(created_before)::timestamptz IS NULL OR x.created_at < sqlc.narg(created_before)::timestamptz)
    AND (@search::text = '' OR x.search_text LIKE ALL ((SELECT like_words(@search::text))::text[]))
    ORDER BY x.key DESC, x.id DESC
    LIMIT @row_limit::integer) p
JOIN listed_invitations v ON v.id = p.id AND v.staff_id = @staff_id
ORDER BY p.key DESC, p.id DESC;

-- name: InvitationListWalkCreatedAtAsc :many
SELECT v.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.id, x.created_at AS key, x.location_id, x.status, x.anchor_day, x.has_phone, x.texted, x.delivery_failed, x.link_expires_at, x.created_at, x.search_text
        FROM invitations x WHERE (x.created_at, x.id) > (CAST(coalesce(sqlc.narg(after_key)::text, '-infinity') AS timestamptz), coalesce(sqlc.narg(after_id)::uuid, '00000000-0000-0000-0000-000000000000'))
        ORDER BY x.created_at ASC, x.id ASC
        LIMIT @reach::integer) x
    WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) = 0 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) = 0 OR x.status = ANY ((SELECT CAST(@statuses::text[] AS invitation_status[]))::invitation_status[]))
    AND (cardinality(@anchor_days::integer[]) = 0 OR x.anchor_day = ANY (@anchor_days::integer[]))
    AND (sqlc.narg(has_phone)::boolean IS NULL OR x.has_phone = sqlc.narg(has_phone)::boolean)
    AND (sqlc.narg(texted)::boolean IS NULL OR x.texted = sqlc.narg(texted)::boolean)
    AND (sqlc.narg(delivery_failed)::boolean IS NULL OR x.delivery_failed = sqlc.narg(delivery_failed)::boolean)
    AND (sqlc.narg(link_expired)::boolean IS NULL
        OR (x.status IN ('pending', 'sent') AND x.link_expires_at <= @now::timestamptz) = sqlc.narg(link_expired)::boolean)
    AND (sqlc.narg(created_from)::timestamptz IS NULL OR x.created_at >= sqlc.narg(created_from)::timestamptz)
    AND (sqlc.narg(created_before)::timestamptz IS NULL OR x.created_at < sqlc.narg(created_before)::timestamptz)
    AND (@search::text = '' OR x.search_text LIKE ALL ((SELECT like_words(@search::text))::text[]))
    ORDER BY x.key ASC, x.id ASC
    LIMIT @row_limit::integer) p
JOIN listed_invitations v ON v.id = p.id AND v.staff_id = @staff_id
ORDER BY p.key ASC, p.id ASC;

-- name: InvitationListWalkCreatedAtDesc :many
SELECT v.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.id, x.created_at AS key, x.location_id, x.status, x.anchor_day, x.has_phone, x.texted, x.delivery_failed, x.link_expires_at, x.created_at, x.search_text
        FROM invitations x WHERE (x.created_at, x.id) < (CAST(coalesce(sqlc.narg(after_key)::text, 'infinity') AS timestamptz), coalesce(sqlc.narg(after_id)::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
        ORDER BY x.created_at DESC, x.id DESC
        LIMIT @reach::integer) x
    WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) = 0 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) = 0 OR x.status = ANY ((SELECT CAST(@statuses::text[] AS invitation_status[]))::invitation_status[]))
    AND (cardinality(@anchor_days::integer[]) = 0 OR x.anchor_day = ANY (@anchor_days::integer[]))
    AND (sqlc.narg(has_phone)::boolean IS NULL OR x.has_phone = sqlc.narg(has_phone)::boolean)
    AND (sqlc.narg(texted)::boolean IS NULL OR x.texted = sqlc.narg(texted)::boolean)
    AND (sqlc.narg(delivery_failed)::boolean IS NULL OR x.delivery_failed = sqlc.narg(delivery_failed)::boolean)
    AND (sqlc.narg(link_expired)::boolean IS NULL
        OR (x.status IN ('pending', 'sent') AND x.link_expires_at <= @now::timestamptz) = sqlc.narg(link_expired)::boolean)
    AND (sqlc.narg(created_from)::timestamptz IS NULL OR x.created_at >= sqlc.narg(created_from)::timestamptz)
    AND (sqlc.narg(created_before)::timestamptz IS NULL OR x.created_at < sqlc.narg(created_before)::timestamptz)
    AND (@search::text = '' OR x.search_text LIKE ALL ((SELECT like_words(@search::text))::text[]))
    ORDER BY x.key DESC, x.id DESC
    LIMIT @row_limit::integer) p
JOIN listed_invitations v ON v.id = p.id AND v.staff_id = @staff_id
ORDER BY p.key DESC, p.id DESC;
