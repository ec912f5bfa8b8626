-- name: PlanGetManaged :one
SELECT p.* FROM plans p
WHERE p.id = @id
    AND EXISTS (SELECT FROM managed_locations m WHERE m.location_id = p.location_id AND m.staff_id = @staff_id);

-- name: PlanListByIDs :many
SELECT * FROM plans WHERE id = ANY (@ids::uuid[]) ORDER BY id;

-- name: PlanListOffered :many
-- Only what can be migrated to: monthly, not archived, at a managed location. A search of no words finds all.
SELECT p.* FROM plans p
WHERE p.cadence = 'monthly' AND p.archived_at IS NULL
    AND EXISTS (SELECT FROM managed_locations m WHERE m.location_id = p.location_id AND m.staff_id = @staff_id)
    AND (sqlc.narg(location_id)::uuid IS NULL OR p.location_id = sqlc.narg(location_id)::uuid)
    AND ' ' || fold(p.name) LIKE ALL (like_words(@search::text))
    AND (sqlc.narg(after_id)::uuid IS NULL OR (p.name, p.id) > (sqlc.narg(after_name)::text, sqlc.narg(after_id)::uuid))
ORDER BY p.name, p.id
LIMIT @row_limit;

-- name: PlanGetByName :one
SELECT * FROM plans WHERE location_id = @location_id AND name = @name;

-- name: PlanUpsert :one
INSERT INTO plans (id, location_id, kind, cadence, name, currency, card_price_minor, ach_price_minor, created_at)
VALUES (@id, @location_id, @kind, @cadence, @name, @currency, @card_price_minor, @ach_price_minor, @now)
ON CONFLICT (location_id, name) DO UPDATE SET kind = EXCLUDED.kind, cadence = EXCLUDED.cadence,
    card_price_minor = EXCLUDED.card_price_minor, ach_price_minor = EXCLUDED.ach_price_minor
RETURNING *;
