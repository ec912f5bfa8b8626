-- name: LegacySourceInsertOrNothing :exec
INSERT INTO legacy_sources (id, location_id, name, created_at, updated_at) VALUES (@id, @location_id, @name, @now, @now)
ON CONFLICT (location_id, name) DO NOTHING;

-- name: LegacySourceGetByName :one
SELECT * FROM legacy_sources WHERE location_id = @location_id AND name = @name;

-- name: LegacySourceGet :one
SELECT * FROM legacy_sources WHERE id = @id;

-- name: LegacySourceListByIDs :many
SELECT * FROM legacy_sources WHERE id = ANY (@ids::uuid[]) ORDER BY id;

-- name: LegacySourceGetManaged :one
SELECT s.* FROM legacy_sources s
WHERE s.id = @id AND EXISTS (SELECT FROM managed_locations m WHERE m.location_id = s.location_id AND m.staff_id = @staff_id);

-- name: LegacySourceListManaged :many
-- By name; a page starts after (@after_name, @after_id).
SELECT s.* FROM legacy_sources s
WHERE EXISTS (SELECT FROM managed_locations m WHERE m.location_id = s.location_id AND m.staff_id = @staff_id)
    AND (cardinality(@location_ids::uuid[]) = 0 OR s.location_id = ANY (@location_ids::uuid[]))
    AND (sqlc.narg(after_id)::uuid IS NULL OR (s.name, s.id) > (sqlc.narg(after_name)::text, sqlc.narg(after_id)::uuid))
ORDER BY s.name, s.id
LIMIT @row_limit;

-- name: LegacySourceRemember :exec
-- What staff have said of the columns, for the next file.
UPDATE legacy_sources SET headers = @headers, fields = @fields, date_order = @date_order, decimal_mark = @decimal_mark, region = @region, sights = @sights, updated_at = @now
WHERE id = @id;

-- name: LegacySourceSee :exec
-- What a file has shown of its columns, beside what others have shown of theirs.
UPDATE legacy_sources SET sights = sights || @sights::jsonb WHERE id = @id;

-- name: LegacySourceLock :exec
-- Two imports of one source come one after the other, piece by piece.
SELECT FROM legacy_sources WHERE id = @id FOR NO KEY UPDATE;

-- name: LegacyPlanInsertMany :exec
-- The names of plans that a piece brings. Those that are there stay as they are.
INSERT INTO legacy_plans (source_id, name) SELECT @source_id::uuid, n FROM unnest(@names::text[]) n
ON CONFLICT DO NOTHING;

-- name: LegacyPlanInsertOrNothing :exec
INSERT INTO legacy_plans (source_id, name) VALUES (@source_id, @name) ON CONFLICT DO NOTHING;

-- name: LegacyPlanMap :one
UPDATE legacy_plans SET plan_id = @plan_id, price_override_minor = @price_override_minor, mapped_by = @mapped_by, mapped_at = @mapped_at
WHERE source_id = @source_id AND name = @name
RETURNING *;

-- name: LegacyPlanListBySource :many
-- How many memberships are on each old plan, most first.
SELECT sqlc.embed(p), (SELECT count(*) FROM legacy_memberships l
    WHERE l.location_id = s.location_id AND l.source = s.name AND l.plan_name = p.name)::integer AS memberships
FROM legacy_plans p
JOIN legacy_sources s ON s.id = p.source_id
WHERE p.source_id = @source_id
ORDER BY 7 DESC, p.name;

-- name: LegacyPlanListByMemberships :many
-- Which plan each becomes: no row where nobody has said so yet.
SELECT l.id AS legacy_membership_id, p.plan_id::uuid AS plan_id, p.price_override_minor
FROM legacy_memberships l
JOIN legacy_sources s ON s.location_id = l.location_id AND s.name = l.source
JOIN legacy_plans p ON p.source_id = s.id AND p.name = l.plan_name AND p.plan_id IS NOT NULL
WHERE l.id = ANY (@ids::uuid[])
ORDER BY l.id;
