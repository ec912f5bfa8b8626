-- name: StaffGetByEmail :one
-- Also answers a deactivated member; the caller decides what to say.
SELECT * FROM staff WHERE email = lower(@email::text);

-- name: StaffListByIDs :many
SELECT * FROM staff WHERE id = ANY (@ids::uuid[]) ORDER BY id;

-- name: StaffUpsert :one
-- By email, so that loading a file twice changes nothing twice. A password that is there is kept.
INSERT INTO staff (id, email, name, role, password_hash, created_at)
VALUES (@id, lower(@email), @name, @role, @password_hash, @now)
ON CONFLICT (email) DO UPDATE SET name = EXCLUDED.name, role = EXCLUDED.role
RETURNING *;

-- name: StaffLocationInsert :exec
INSERT INTO staff_locations (staff_id, location_id) VALUES (@staff_id, @location_id) ON CONFLICT DO NOTHING;

-- name: StaffListManagedLocations :many
-- Those of some locations that a staff member manages.
SELECT location_id FROM managed_locations WHERE staff_id = @staff_id AND location_id = ANY (@location_ids::uuid[]) ORDER BY location_id;

-- name: StaffManagesLocation :one
SELECT EXISTS (SELECT FROM managed_locations WHERE staff_id = @staff_id AND location_id = @location_id)::boolean;

-- name: StaffContactOfLocation :one
-- No row where the location has none, or the contact was deactivated.
SELECT s.* FROM staff s JOIN locations l ON l.staff_contact_id = s.id
WHERE l.id = @location_id AND s.deactivated_at IS NULL;

-- name: StaffListLocations :many
-- The locations that this staff member manages.
SELECT location_id FROM managed_locations WHERE staff_id = @staff_id ORDER BY location_id;
