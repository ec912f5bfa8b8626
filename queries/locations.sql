-- name: LocationGet :one
SELECT * FROM locations WHERE id = @id;

-- name: LocationListByIDs :many
SELECT * FROM locations WHERE id = ANY (@ids::uuid[]) ORDER BY id;

-- name: LocationListManaged :many
-- By name; a page starts after (@after_name, @after_id), or at the top where @after_id is null.
SELECT l.* FROM locations l
WHERE EXISTS (SELECT FROM managed_locations m WHERE m.location_id = l.id AND m.staff_id = @staff_id)
    AND (sqlc.narg(after_id)::uuid IS NULL OR (l.name, l.id) > (sqlc.narg(after_name)::text, sqlc.narg(after_id)::uuid))
ORDER BY l.name, l.id
LIMIT @row_limit;

-- name: LocationUpsert :one
INSERT INTO locations (id, slug, name, time_zone, currency, language, sender_name, reply_to, created_at)
VALUES (@id, @slug, @name, @time_zone, @currency, @language, @sender_name, @reply_to, @now)
ON CONFLICT (slug) DO UPDATE SET name = EXCLUDED.name, time_zone = EXCLUDED.time_zone, language = EXCLUDED.language,
    sender_name = EXCLUDED.sender_name, reply_to = EXCLUDED.reply_to
RETURNING *;

-- name: LocationSetStaffContact :exec
UPDATE locations SET staff_contact_id = @staff_id WHERE id = @id;

-- name: LocationSetTerminal :exec
UPDATE locations SET terminal_location = @terminal_location WHERE id = @id;

-- name: LocationGetBySlug :one
SELECT * FROM locations WHERE slug = @slug;
