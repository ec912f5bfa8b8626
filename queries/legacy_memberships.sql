-- name: LegacyMembershipGetByReservation :one
-- No row: the reservation carries none over.
SELECT l.* FROM legacy_memberships l JOIN reservations r ON r.legacy_membership_id = l.id WHERE r.id = @reservation_id;

-- name: LegacyMembershipGet :one
-- For rules and jobs; staff go through LegacyMembershipGetManaged.
SELECT * FROM legacy_memberships WHERE id = @id;

-- name: LegacyMembershipGetManaged :one
SELECT l.* FROM legacy_memberships l
WHERE l.id = @id AND EXISTS (SELECT FROM managed_locations m WHERE m.location_id = l.location_id AND m.staff_id = @staff_id);

-- name: LegacyMembershipLockManaged :one
-- Held until the transaction ends.
SELECT l.* FROM legacy_memberships l
WHERE l.id = @id AND EXISTS (SELECT FROM managed_locations m WHERE m.location_id = l.location_id AND m.staff_id = @staff_id)
FOR UPDATE OF l;

-- name: LegacyMembershipListByIDs :many
SELECT * FROM legacy_memberships WHERE id = ANY (@ids::uuid[]) ORDER BY id;
