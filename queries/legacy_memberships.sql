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

-- name: LegacyMembershipListMatching :many
-- Whom a location's list has under any of some keys; @wanted is the keys as a text search has them. Those that can be migrated come
-- first, then by name.
SELECT sqlc.embed(l),
    EXISTS (SELECT FROM reservations r WHERE r.legacy_membership_id = l.id AND r.live) AS migrated
FROM legacy_memberships l
WHERE l.location_id = @location_id AND array_to_tsvector(l.keys) @@ CAST(@wanted::text AS tsquery)
ORDER BY (EXISTS (SELECT FROM reservations r WHERE r.legacy_membership_id = l.id AND r.live)), l.state IN ('cancelled', 'recorded'), l.name_key, l.id
LIMIT @row_limit;
