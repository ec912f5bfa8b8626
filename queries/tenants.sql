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

-- name: TenantListManaged :many
SELECT t.* FROM tenants t
WHERE EXISTS (SELECT FROM tenant_locations tl
              JOIN managed_locations m ON m.location_id = tl.location_id AND m.staff_id = @staff_id
              WHERE tl.tenant_id = t.id)
    AND (sqlc.narg(email)::text IS NULL OR t.email = lower(sqlc.narg(email)::text))
    AND (sqlc.narg(after_id)::uuid IS NULL OR t.id < sqlc.narg(after_id)::uuid)
ORDER BY t.id DESC
LIMIT @row_limit;

-- name: TenantInsertOrGet :one
-- The tenant with this email: the one that is there, untouched, or the new one. The no-op update locks the row, so that
-- two staff who invite one person at once agree on who that is.
INSERT INTO tenants (id, email, name, phone, phone_consent_at, phone_consent_source, language, created_at)
VALUES (@id, lower(@email::text), @name, @phone, @phone_consent_at, @phone_consent_source, @language, @now)
ON CONFLICT (email) DO UPDATE SET email = tenants.email
RETURNING *;

-- name: TenantLocationInsert :exec
-- Where the location knows the tenant already, it goes on knowing them as it did.
INSERT INTO tenant_locations (tenant_id, location_id, known_as) VALUES (@tenant_id, @location_id, sqlc.narg(known_as))
ON CONFLICT DO NOTHING;

-- name: TenantLocationShowRecord :execrows
-- From now on the location's staff see the tenant's own record.
UPDATE tenant_locations
SET known_as = NULL, known_phone = NULL, known_phone_consent_at = NULL, known_phone_consent_source = NULL
WHERE tenant_id = @tenant_id AND location_id = @location_id AND known_as IS NOT NULL;

-- name: TenantListKnownAs :many
-- How this staff member knows each of these tenants: NULL, by the record, where one managed location does; otherwise by the
-- name that was typed at one. No row for whom no managed location knows.
SELECT DISTINCT ON (tl.tenant_id) tl.tenant_id, tl.known_as
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
