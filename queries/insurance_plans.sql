-- name: InsurancePlanGetOffered :one
-- The insurance, if it is offered at this location.
SELECT ip.* FROM insurance_plans ip
WHERE ip.id = @id AND ip.archived_at IS NULL
    AND EXISTS (SELECT FROM insurance_plan_locations l WHERE l.insurance_plan_id = ip.id AND l.location_id = @location_id);

-- name: InsurancePlanGetManaged :one
SELECT ip.* FROM insurance_plans ip
WHERE ip.id = @id
    AND EXISTS (SELECT FROM insurance_plan_locations l
                JOIN managed_locations m ON m.location_id = l.location_id AND m.staff_id = @staff_id
                WHERE l.insurance_plan_id = ip.id);

-- name: InsurancePlanListByIDs :many
SELECT * FROM insurance_plans WHERE id = ANY (@ids::uuid[]) ORDER BY id;

-- name: InsurancePlanListOffered :many
SELECT ip.* FROM insurance_plans ip
WHERE ip.archived_at IS NULL
    AND EXISTS (SELECT FROM insurance_plan_locations l
                JOIN managed_locations m ON m.location_id = l.location_id AND m.staff_id = @staff_id
                WHERE l.insurance_plan_id = ip.id
                    AND (sqlc.narg(location_id)::uuid IS NULL OR l.location_id = sqlc.narg(location_id)::uuid))
    AND (sqlc.narg(after_id)::uuid IS NULL OR (ip.name, ip.id) > (sqlc.narg(after_name)::text, sqlc.narg(after_id)::uuid))
ORDER BY ip.name, ip.id
LIMIT @row_limit;

-- name: InsurancePlanGetByName :one
SELECT * FROM insurance_plans WHERE name = @name;

-- name: InsurancePlanUpsert :one
INSERT INTO insurance_plans (id, name, currency, price_minor, created_at)
VALUES (@id, @name, @currency, @price_minor, @now)
ON CONFLICT (name) DO UPDATE SET price_minor = EXCLUDED.price_minor
RETURNING *;

-- name: InsurancePlanLocationInsert :exec
INSERT INTO insurance_plan_locations (insurance_plan_id, location_id, currency)
VALUES (@insurance_plan_id, @location_id, @currency)
ON CONFLICT DO NOTHING;
