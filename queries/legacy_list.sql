-- Written by queries/listgen from legacy_list.sql.tmpl: change it there, then make generate/sqlc.
--
-- The list of legacy memberships: one statement for each order, planned anew each time, and what is done with all that match.

-- name: LegacyMembershipListByNewest :many
-- A page starts after (@after_key, @after_id).
SELECT x.* FROM legacy_memberships x
WHERE 
    EXISTS (SELECT FROM managed_locations m WHERE m.location_id = x.location_id AND m.staff_id = @staff_id)
    AND (cardinality(@location_ids::uuid[]) = 0 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@sources::text[]) = 0 OR x.source = ANY (@sources::text[]))
    AND (cardinality(@states::text[]) = 0 OR x.state = ANY (CAST(@states::text[] AS legacy_state[])))
    AND (sqlc.narg(cancelled)::boolean IS NULL OR (x.state IN ('cancelled', 'recorded')) = sqlc.narg(cancelled)::boolean)
    AND (sqlc.narg(migrated)::boolean IS NULL OR x.migrated = sqlc.narg(migrated)::boolean)
    AND (sqlc.narg(bills_from)::date IS NULL OR x.next_billing_on >= sqlc.narg(bills_from)::date)
    AND (sqlc.narg(bills_before)::date IS NULL OR x.next_billing_on < sqlc.narg(bills_before)::date)
    AND (sqlc.narg(missing)::boolean IS NULL OR (x.missing_from IS NOT NULL) = sqlc.narg(missing)::boolean)
    AND (sqlc.narg(still_billed)::boolean IS NULL OR (x.still_billed_on IS NOT NULL) = sqlc.narg(still_billed)::boolean)
    AND (@wanted::text = '' OR array_to_tsvector(x.keys) @@ CAST(nullif(@wanted::text, '') AS tsquery))
    AND (cardinality(@ids::uuid[]) = 0 OR x.id = ANY (@ids::uuid[]))
    AND (sqlc.narg(after_id)::uuid IS NULL OR (x.id) < (sqlc.narg(after_id)::uuid))
ORDER BY x.id DESC
LIMIT @row_limit;

-- name: LegacyMembershipListByName :many
-- A page starts after (@after_key, @after_id).
SELECT x.* FROM legacy_memberships x
WHERE 
    EXISTS (SELECT FROM managed_locations m WHERE m.location_id = x.location_id AND m.staff_id = @staff_id)
    AND (cardinality(@location_ids::uuid[]) = 0 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@sources::text[]) = 0 OR x.source = ANY (@sources::text[]))
    AND (cardinality(@states::text[]) = 0 OR x.state = ANY (CAST(@states::text[] AS legacy_state[])))
    AND (sqlc.narg(cancelled)::boolean IS NULL OR (x.state IN ('cancelled', 'recorded')) = sqlc.narg(cancelled)::boolean)
    AND (sqlc.narg(migrated)::boolean IS NULL OR x.migrated = sqlc.narg(migrated)::boolean)
    AND (sqlc.narg(bills_from)::date IS NULL OR x.next_billing_on >= sqlc.narg(bills_from)::date)
    AND (sqlc.narg(bills_before)::date IS NULL OR x.next_billing_on < sqlc.narg(bills_before)::date)
    AND (sqlc.narg(missing)::boolean IS NULL OR (x.missing_from IS NOT NULL) = sqlc.narg(missing)::boolean)
    AND (sqlc.narg(still_billed)::boolean IS NULL OR (x.still_billed_on IS NOT NULL) = sqlc.narg(still_billed)::boolean)
    AND (@wanted::text = '' OR array_to_tsvector(x.keys) @@ CAST(nullif(@wanted::text, '') AS tsquery))
    AND (cardinality(@ids::uuid[]) = 0 OR x.id = ANY (@ids::uuid[]))
    AND (sqlc.narg(after_id)::uuid IS NULL OR (x.name_key, x.id) > (sqlc.narg(after_key)::text, sqlc.narg(after_id)::uuid))
ORDER BY x.name_key, x.id
LIMIT @row_limit;

-- name: LegacyMembershipListByNextBilling :many
-- A page starts after (@after_key, @after_id).
SELECT x.* FROM legacy_memberships x
WHERE 
    EXISTS (SELECT FROM managed_locations m WHERE m.location_id = x.location_id AND m.staff_id = @staff_id)
    AND (cardinality(@location_ids::uuid[]) = 0 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@sources::text[]) = 0 OR x.source = ANY (@sources::text[]))
    AND (cardinality(@states::text[]) = 0 OR x.state = ANY (CAST(@states::text[] AS legacy_state[])))
    AND (sqlc.narg(cancelled)::boolean IS NULL OR (x.state IN ('cancelled', 'recorded')) = sqlc.narg(cancelled)::boolean)
    AND (sqlc.narg(migrated)::boolean IS NULL OR x.migrated = sqlc.narg(migrated)::boolean)
    AND (sqlc.narg(bills_from)::date IS NULL OR x.next_billing_on >= sqlc.narg(bills_from)::date)
    AND (sqlc.narg(bills_before)::date IS NULL OR x.next_billing_on < sqlc.narg(bills_before)::date)
    AND (sqlc.narg(missing)::boolean IS NULL OR (x.missing_from IS NOT NULL) = sqlc.narg(missing)::boolean)
    AND (sqlc.narg(still_billed)::boolean IS NULL OR (x.still_billed_on IS NOT NULL) = sqlc.narg(still_billed)::boolean)
    AND (@wanted::text = '' OR array_to_tsvector(x.keys) @@ CAST(nullif(@wanted::text, '') AS tsquery))
    AND (cardinality(@ids::uuid[]) = 0 OR x.id = ANY (@ids::uuid[]))
    AND (sqlc.narg(after_id)::uuid IS NULL OR (x.next_billing_key, x.id) > (CAST(sqlc.narg(after_key)::text AS date), sqlc.narg(after_id)::uuid))
ORDER BY x.next_billing_key, x.id
LIMIT @row_limit;

-- name: LegacyMembershipCountMatching :one
-- Up to @most, within an index where nothing is searched for.
SELECT count(*)::integer FROM (SELECT FROM legacy_memberships x
WHERE
    x.location_id = ANY (ARRAY(SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) = 0 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@sources::text[]) = 0 OR x.source = ANY (@sources::text[]))
    AND (cardinality(@states::text[]) = 0 OR x.state = ANY (CAST(@states::text[] AS legacy_state[])))
    AND (sqlc.narg(cancelled)::boolean IS NULL OR (x.state IN ('cancelled', 'recorded')) = sqlc.narg(cancelled)::boolean)
    AND (sqlc.narg(migrated)::boolean IS NULL OR x.migrated = sqlc.narg(migrated)::boolean)
    AND (sqlc.narg(bills_from)::date IS NULL OR x.next_billing_on >= sqlc.narg(bills_from)::date)
    AND (sqlc.narg(bills_before)::date IS NULL OR x.next_billing_on < sqlc.narg(bills_before)::date)
    AND (sqlc.narg(missing)::boolean IS NULL OR (x.missing_from IS NOT NULL) = sqlc.narg(missing)::boolean)
    AND (sqlc.narg(still_billed)::boolean IS NULL OR (x.still_billed_on IS NOT NULL) = sqlc.narg(still_billed)::boolean)
    AND (@wanted::text = '' OR array_to_tsvector(x.keys) @@ CAST(nullif(@wanted::text, '') AS tsquery))
    AND (cardinality(@ids::uuid[]) = 0 OR x.id = ANY (@ids::uuid[]))
LIMIT @most) found;

-- name: BatchPartInsertLegacy :one
-- Settles which are meant, in parts of a hundred in the order of their age, and answers how many.
WITH chosen AS (
    SELECT x.id, row_number() OVER (ORDER BY x.id) - 1 AS n
    FROM legacy_memberships x
    WHERE 
    EXISTS (SELECT FROM managed_locations m WHERE m.location_id = x.location_id AND m.staff_id = @staff_id)
    AND (cardinality(@location_ids::uuid[]) = 0 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@sources::text[]) = 0 OR x.source = ANY (@sources::text[]))
    AND (cardinality(@states::text[]) = 0 OR x.state = ANY (CAST(@states::text[] AS legacy_state[])))
    AND (sqlc.narg(cancelled)::boolean IS NULL OR (x.state IN ('cancelled', 'recorded')) = sqlc.narg(cancelled)::boolean)
    AND (sqlc.narg(migrated)::boolean IS NULL OR x.migrated = sqlc.narg(migrated)::boolean)
    AND (sqlc.narg(bills_from)::date IS NULL OR x.next_billing_on >= sqlc.narg(bills_from)::date)
    AND (sqlc.narg(bills_before)::date IS NULL OR x.next_billing_on < sqlc.narg(bills_before)::date)
    AND (sqlc.narg(missing)::boolean IS NULL OR (x.missing_from IS NOT NULL) = sqlc.narg(missing)::boolean)
    AND (sqlc.narg(still_billed)::boolean IS NULL OR (x.still_billed_on IS NOT NULL) = sqlc.narg(still_billed)::boolean)
    AND (@wanted::text = '' OR array_to_tsvector(x.keys) @@ CAST(nullif(@wanted::text, '') AS tsquery))
    AND (cardinality(@ids::uuid[]) = 0 OR x.id = ANY (@ids::uuid[]))
), parts AS (
    INSERT INTO batch_parts (batch_id, part, first_position, legacy_ids)
    SELECT @batch_id, (c.n / 100)::integer, min(c.n)::integer, array_agg(c.id ORDER BY c.n)
    FROM chosen c
    GROUP BY c.n / 100
    RETURNING cardinality(legacy_ids) AS size
)
SELECT coalesce(sum(parts.size), 0)::integer AS total FROM parts;

-- name: LegacyInvitableCountMatching :many
-- What would become of those that match.
WITH chosen AS MATERIALIZED (
    SELECT x.id, (row_number() OVER () - 1) / 100 AS part
    FROM legacy_memberships x
    WHERE 
    EXISTS (SELECT FROM managed_locations m WHERE m.location_id = x.location_id AND m.staff_id = @staff_id)
    AND (cardinality(@location_ids::uuid[]) = 0 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@sources::text[]) = 0 OR x.source = ANY (@sources::text[]))
    AND (cardinality(@states::text[]) = 0 OR x.state = ANY (CAST(@states::text[] AS legacy_state[])))
    AND (sqlc.narg(cancelled)::boolean IS NULL OR (x.state IN ('cancelled', 'recorded')) = sqlc.narg(cancelled)::boolean)
    AND (sqlc.narg(migrated)::boolean IS NULL OR x.migrated = sqlc.narg(migrated)::boolean)
    AND (sqlc.narg(bills_from)::date IS NULL OR x.next_billing_on >= sqlc.narg(bills_from)::date)
    AND (sqlc.narg(bills_before)::date IS NULL OR x.next_billing_on < sqlc.narg(bills_before)::date)
    AND (sqlc.narg(missing)::boolean IS NULL OR (x.missing_from IS NOT NULL) = sqlc.narg(missing)::boolean)
    AND (sqlc.narg(still_billed)::boolean IS NULL OR (x.still_billed_on IS NOT NULL) = sqlc.narg(still_billed)::boolean)
    AND (@wanted::text = '' OR array_to_tsvector(x.keys) @@ CAST(nullif(@wanted::text, '') AS tsquery))
    AND (cardinality(@ids::uuid[]) = 0 OR x.id = ANY (@ids::uuid[]))
), parts AS MATERIALIZED (
    SELECT c.part, legacy_duplicates(array_agg(c.id)) AS duplicates FROM chosen c GROUP BY c.part
)
SELECT legacy_skip(v.skip, v.discount_until, @now::timestamptz, v.time_zone)::text AS skip, coalesce(p.duplicates ->> c.id::text, '')::text AS duplicate, count(*)::integer AS count
FROM chosen c
JOIN parts p ON p.part = c.part
JOIN legacy_invitables v ON v.legacy_membership_id = c.id
GROUP BY 1, 2
ORDER BY 1, 2;
