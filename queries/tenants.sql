-- name: TenantGetManaged :one
-- A tenant who is known at a location that this staff member manages.
SELECT t.* FROM tenants t
WHERE t.id = @id
    AND EXISTS (SELECT FROM tenant_locations tl
                JOIN managed_locations m ON m.location_id = tl.location_id AND m.staff_id = @staff_id
                WHERE tl.tenant_id = t.id);

-- name: TenantGet :one
SELECT * FROM tenants WHERE id = @id;

-- name: TenantListByIDs :many
SELECT * FROM tenants WHERE id = ANY (@ids::uuid[]) ORDER BY id;

-- name: TenantListByName :many
-- By the name by which the caller knows each, in the words of SearchWords; a page starts after (@after_name, @after_id). Of several
-- managed locations the one counts that TenantListKnownAs answers, so that nobody is found by what is not shown of them. The locations
-- are the caller's or none, for one who manages everything: planned with the values at hand, a page of few is found by them.
SELECT sqlc.embed(t), y.name_key
FROM (
    -- In order first, so that which location counts is asked about a page's rows and not about all that match.
    SELECT z.tenant_id, z.name_key FROM (
        SELECT x.tenant_id, x.location_id, x.name_key FROM tenant_locations x WHERE
        (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
            OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
        AND (cardinality(@location_ids::uuid[]) = 0 OR x.location_id = ANY (@location_ids::uuid[]))
        AND (sqlc.narg(email)::text IS NULL OR x.tenant_id = (SELECT f.id FROM tenants f WHERE f.email = lower(sqlc.narg(email)::text)))
        AND (cardinality(@words::text[]) < 1 OR x.search_text LIKE (@words::text[])[1])
        AND (cardinality(@words::text[]) < 2 OR x.search_text LIKE (@words::text[])[2])
        AND (cardinality(@words::text[]) < 3 OR x.search_text LIKE (@words::text[])[3])
        AND (cardinality(@words::text[]) < 4 OR x.search_text LIKE (@words::text[])[4])
        AND (cardinality(@words::text[]) < 5 OR x.search_text LIKE (@words::text[])[5])
        AND (cardinality(@words::text[]) < 6 OR x.search_text LIKE (@words::text[])[6])
        AND (sqlc.narg(after_id)::uuid IS NULL OR (x.name_key, x.tenant_id) > (CAST(sqlc.narg(after_name)::text AS text), sqlc.narg(after_id)::uuid))
        ORDER BY x.name_key, x.tenant_id OFFSET 0) z
    WHERE (SELECT o.location_id FROM tenant_locations o
           WHERE o.tenant_id = z.tenant_id
               AND (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
                   OR o.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
           ORDER BY o.known_as IS NOT NULL, o.location_id LIMIT 1) = z.location_id
    LIMIT @row_limit::integer) y
JOIN tenants t ON t.id = y.tenant_id
ORDER BY y.name_key, y.tenant_id;

-- name: TenantCount :one
-- How many TenantListByName finds, up to @most: each tenant once, wherever they are known.
SELECT count(*)::integer FROM (
    SELECT FROM tenant_locations x WHERE
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) = 0 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (SELECT o.location_id FROM tenant_locations o
         WHERE o.tenant_id = x.tenant_id
            AND (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
                OR o.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
         ORDER BY o.known_as IS NOT NULL, o.location_id LIMIT 1) = x.location_id
    AND (sqlc.narg(email)::text IS NULL OR x.tenant_id = (SELECT t.id FROM tenants t WHERE t.email = lower(sqlc.narg(email)::text)))
    AND (cardinality(@words::text[]) < 1 OR x.search_text LIKE (@words::text[])[1])
    AND (cardinality(@words::text[]) < 2 OR x.search_text LIKE (@words::text[])[2])
    AND (cardinality(@words::text[]) < 3 OR x.search_text LIKE (@words::text[])[3])
    AND (cardinality(@words::text[]) < 4 OR x.search_text LIKE (@words::text[])[4])
    AND (cardinality(@words::text[]) < 5 OR x.search_text LIKE (@words::text[])[5])
    AND (cardinality(@words::text[]) < 6 OR x.search_text LIKE (@words::text[])[6])
    LIMIT @most::integer) n;

-- name: TenantGetHome :one
-- A managed location that knows the tenant by the record, rather where they signed up last. No row: none does.
SELECT tl.location_id FROM tenant_locations tl
JOIN managed_locations m ON m.location_id = tl.location_id AND m.staff_id = @staff_id
WHERE tl.tenant_id = @tenant_id AND tl.known_as IS NULL
ORDER BY (SELECT r.id FROM reservations r WHERE r.tenant_id = tl.tenant_id AND r.location_id = tl.location_id ORDER BY r.id DESC LIMIT 1) DESC NULLS LAST,
    tl.location_id
LIMIT 1;

-- name: TenantInsertOrGet :one
-- The tenant with this email: the one that is there, untouched, or the new one. The no-op update locks the row, so that
-- two staff who invite one person at once agree on who that is.
INSERT INTO tenants (id, email, name, phone, phone_consent_at, phone_consent_source, language, created_at)
VALUES (@id, lower(@email::text), @name, @phone, @phone_consent_at, @phone_consent_source, @language, @now)
ON CONFLICT (email) DO UPDATE SET email = tenants.email
RETURNING *;

-- name: TenantGetByEmail :one
-- Whoever it is, wherever they are known: never answered to anybody, only for what is said of an address.
SELECT * FROM tenants WHERE email = @email;

-- name: TenantLockShared :one
-- Held until the transaction ends: the tenant's name and phone stay as they are while an invitation copies them.
SELECT * FROM tenants WHERE id = @id FOR SHARE;

-- name: TenantLockByEmail :exec
-- Before an old membership of theirs, if there is such a tenant.
SELECT FROM tenants WHERE email = @email FOR UPDATE;

-- name: TenantLockOfLegacy :exec
-- Those who are tenants already, by the addresses on the old system's list, before their memberships are locked.
SELECT FROM tenants t
WHERE t.email IN (SELECT lower(l.email) FROM legacy_memberships l WHERE l.id = ANY (@ids::uuid[]) AND l.email IS NOT NULL)
ORDER BY t.id
FOR UPDATE OF t;

-- name: TenantLock :one
-- Always before the tenant's invitations and old memberships are locked, so that no two of a tenant's transactions wait for each other.
SELECT * FROM tenants WHERE id = @id FOR NO KEY UPDATE;

-- name: TenantUpdate :one
-- What is NULL stays. The consent is the number's: another number without a consent of its own has none. No row: the email was
-- to change although the tenant was written to or has completed a set-up. One that is missing can be given at any time.
UPDATE tenants t SET
    name = coalesce(sqlc.narg(name), t.name),
    email = coalesce(sqlc.narg(email), t.email),
    language = coalesce(sqlc.narg(language), t.language),
    phone = CASE WHEN @set_phone::boolean THEN sqlc.narg(phone) ELSE t.phone END,
    phone_consent_at = CASE
        WHEN NOT @set_phone::boolean THEN t.phone_consent_at
        WHEN sqlc.narg(phone_consent_at)::timestamptz IS NOT NULL THEN sqlc.narg(phone_consent_at)::timestamptz
        WHEN t.phone = sqlc.narg(phone) THEN t.phone_consent_at END,
    phone_consent_source = CASE
        WHEN NOT @set_phone::boolean THEN t.phone_consent_source
        WHEN sqlc.narg(phone_consent_at)::timestamptz IS NOT NULL THEN sqlc.narg(phone_consent_source)::text
        WHEN t.phone = sqlc.narg(phone) THEN t.phone_consent_source END
WHERE t.id = @id
    AND (sqlc.narg(email)::text IS NULL OR t.email IS NULL OR t.email = sqlc.narg(email)::text
        OR (t.activated_at IS NULL AND NOT EXISTS (SELECT FROM telling_deliveries d WHERE d.tenant_id = t.id)))
RETURNING *;

-- name: TenantSetEmail :one
-- By the tenant's own word, which staff have taken: unlike TenantUpdate it may change what was written to.
UPDATE tenants SET email = @email WHERE id = @id RETURNING *;

-- name: TenantLocationInsert :exec
-- Where the location knows the tenant already, it goes on knowing them as it did.
INSERT INTO tenant_locations (tenant_id, location_id, known_as, known_phone, known_phone_consent_at, known_phone_consent_source)
VALUES (@tenant_id, @location_id, sqlc.narg(known_as), sqlc.narg(known_phone), sqlc.narg(known_phone_consent_at),
    sqlc.narg(known_phone_consent_source))
ON CONFLICT DO NOTHING;

-- name: TenantLocationShowRecord :execrows
-- From now on the location's staff see the tenant's own record.
UPDATE tenant_locations
SET known_as = NULL, known_phone = NULL, known_phone_consent_at = NULL, known_phone_consent_source = NULL
WHERE tenant_id = @tenant_id AND location_id = @location_id AND known_as IS NOT NULL;

-- name: TenantLocationUpdate :many
-- What this staff member's locations typed of a tenant whose record is another's. What is NULL stays; the consent is the
-- number's.
WITH changed AS (
    UPDATE tenant_locations tl SET
        known_as = coalesce(sqlc.narg(known_as), known_as),
        known_phone = CASE WHEN @set_phone::boolean THEN sqlc.narg(known_phone) ELSE known_phone END,
        known_phone_consent_at = CASE
            WHEN NOT @set_phone::boolean THEN known_phone_consent_at
            WHEN sqlc.narg(consent_at)::timestamptz IS NOT NULL THEN sqlc.narg(consent_at)::timestamptz
            WHEN known_phone = sqlc.narg(known_phone) THEN known_phone_consent_at END,
        known_phone_consent_source = CASE
            WHEN NOT @set_phone::boolean THEN known_phone_consent_source
            WHEN sqlc.narg(consent_at)::timestamptz IS NOT NULL THEN sqlc.narg(consent_source)::text
            WHEN known_phone = sqlc.narg(known_phone) THEN known_phone_consent_source END
    WHERE tl.tenant_id = @tenant_id AND tl.known_as IS NOT NULL
        AND EXISTS (SELECT FROM managed_locations m WHERE m.location_id = tl.location_id AND m.staff_id = @staff_id)
    RETURNING tl.location_id
)
SELECT changed.location_id FROM changed ORDER BY changed.location_id;

-- name: TenantListKnownAs :many
-- How this staff member knows each of these tenants: NULL, by the record, where one managed location does; otherwise by the
-- name and phone that were typed at one. No row for whom no managed location knows.
SELECT DISTINCT ON (tl.tenant_id) tl.tenant_id, tl.known_as, tl.known_phone, tl.known_phone_consent_at,
    tl.known_phone_consent_source
FROM tenant_locations tl
JOIN managed_locations m ON m.location_id = tl.location_id AND m.staff_id = @staff_id
WHERE tl.tenant_id = ANY (@ids::uuid[])
ORDER BY tl.tenant_id, tl.known_as IS NOT NULL, tl.location_id;

-- name: TenantActivate :execrows
UPDATE tenants SET activated_at = @now WHERE id = @id AND activated_at IS NULL;

-- name: TenantFindWithoutEmail :one
-- Who has this name and phone at one of these locations. No constraint makes that unique: two people may share both.
SELECT t.id FROM tenants t JOIN tenant_locations tl ON tl.tenant_id = t.id
WHERE t.email IS NULL AND t.name = @name AND t.phone IS NOT DISTINCT FROM sqlc.narg(phone)::text
    AND tl.location_id = ANY (@location_ids::uuid[])
ORDER BY t.id
LIMIT 1;

-- name: TenantInsertWithoutEmail :one
INSERT INTO tenants (id, name, phone, language, created_at) VALUES (@id, @name, @phone, @language, @now) RETURNING id;
