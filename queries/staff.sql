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

-- name: StaffInsert :one
-- No row: the email is taken.
INSERT INTO staff (id, email, name, role, password_hash, created_at) VALUES (@id, @email, @name, @role, '', @now)
ON CONFLICT (email) DO NOTHING RETURNING *;

-- name: StaffLock :one
-- Held until the transaction ends: what is decided about a member is decided about the member as they are.
SELECT * FROM staff WHERE id = @id FOR UPDATE;

-- name: StaffLockActiveAdmins :many
-- Those who can come in, in one order, so that two who demote each other do so one after the other.
SELECT id FROM staff
WHERE role = 'admin' AND deactivated_at IS NULL
    AND (password_hash <> '' OR EXISTS (SELECT FROM sign_ins i WHERE i.staff_id = staff.id))
ORDER BY id FOR UPDATE;

-- name: StaffUpdate :one
UPDATE staff SET name = @name, role = @role WHERE id = @id RETURNING *;

-- name: StaffSetDeactivated :one
-- No row: it is so already.
UPDATE staff SET deactivated_at = sqlc.narg(deactivated_at)::timestamptz
WHERE id = @id AND (deactivated_at IS NULL) <> (sqlc.narg(deactivated_at)::timestamptz IS NULL) RETURNING *;

-- name: StaffSetPassword :exec
UPDATE staff SET password_hash = @password_hash WHERE id = @id;

-- name: StaffLocationList :many
SELECT sl.location_id, l.name FROM staff_locations sl JOIN locations l ON l.id = sl.location_id
WHERE sl.staff_id = @staff_id ORDER BY l.name, sl.location_id;

-- name: StaffLocationDelete :exec
DELETE FROM staff_locations WHERE staff_id = @staff_id AND location_id = ANY (@location_ids::uuid[]);

-- name: StaffList :many
-- Everybody who works here or did, by name; a page starts after (@after_name, @after_id). No rows unless the caller manages everything.
SELECT s.* FROM staff s
WHERE EXISTS (SELECT FROM manages_everything a WHERE a.staff_id = @staff_id)
    AND (sqlc.narg(after_id)::uuid IS NULL OR (lower(s.name), s.id) > (lower(sqlc.narg(after_name)::text), sqlc.narg(after_id)::uuid))
    AND (@search::text = '' OR strpos(lower(s.name), lower(@search::text)) > 0 OR strpos(s.email, lower(@search::text)) > 0)
    AND (cardinality(@roles::text[]) = 0 OR s.role::text = ANY (@roles::text[]))
    AND (cardinality(@location_ids::uuid[]) = 0 OR EXISTS (
        SELECT FROM staff_locations sl WHERE sl.staff_id = s.id AND sl.location_id = ANY (@location_ids::uuid[])))
    AND (sqlc.narg(active)::boolean IS NULL OR (s.deactivated_at IS NULL) = sqlc.narg(active)::boolean)
ORDER BY lower(s.name), s.id LIMIT @row_limit::integer;

-- name: StaffGetManaged :one
-- Anybody, to whoever manages everything.
SELECT s.* FROM staff s WHERE s.id = @id AND EXISTS (SELECT FROM manages_everything a WHERE a.staff_id = @staff_id);

-- name: StaffLocationListOf :many
SELECT sl.staff_id, sqlc.embed(l) FROM staff_locations sl JOIN locations l ON l.id = sl.location_id
WHERE sl.staff_id = ANY (@ids::uuid[]) ORDER BY sl.staff_id, l.name, l.id;

-- name: StaffListLastSeen :many
SELECT i.staff_id, max(i.last_used_at)::timestamptz AS last_used_at FROM sign_ins i
WHERE i.staff_id = ANY (@ids::uuid[]) GROUP BY i.staff_id ORDER BY i.staff_id;

-- name: StaffListLocations :many
-- The locations that this staff member manages.
SELECT location_id FROM managed_locations WHERE staff_id = @staff_id ORDER BY location_id;
