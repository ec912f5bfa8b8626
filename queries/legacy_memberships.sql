-- name: LegacyMembershipGetByReservation :one
-- No row: the reservation carries none over.
SELECT l.* FROM legacy_memberships l JOIN reservations r ON r.legacy_membership_id = l.id WHERE r.id = @reservation_id;
