-- What a signed-in tenant sees of themselves: bounded by the tenant's own id, as staff's queries are by their locations.

-- name: ReservationListByTenant :many
-- Newest first, each with what it is about and its current submission.
SELECT sqlc.embed(r), sqlc.embed(l), sqlc.embed(p), sqlc.embed(s)
FROM reservations r
JOIN locations l ON l.id = r.location_id
JOIN plans p ON p.id = r.plan_id
JOIN submissions s ON s.id = r.current_submission_id
WHERE r.tenant_id = @tenant_id
ORDER BY r.id DESC;

-- name: ReservationGetNewestByTenant :one
-- What a message about an account comes from: the reservation whose submission it names, else the newest one at the location that it
-- names, else where the tenant signed up last.
SELECT sqlc.embed(r), sqlc.embed(l), sqlc.embed(p)
FROM reservations r
JOIN locations l ON l.id = r.location_id
JOIN plans p ON p.id = r.plan_id
WHERE r.tenant_id = @tenant_id
ORDER BY (r.id = (SELECT s.reservation_id FROM submissions s WHERE s.id = sqlc.narg(submission_id)::uuid)) DESC NULLS LAST,
    (r.location_id = sqlc.narg(location_id)::uuid) DESC NULLS LAST, r.id DESC
LIMIT 1;

-- name: ReservationGetOfTenant :one
SELECT * FROM reservations WHERE id = @id AND tenant_id = @tenant_id;

-- name: SubscriptionGetLive :one
SELECT * FROM subscriptions WHERE reservation_id = @reservation_id AND live;

-- name: EventListStepsByReservations :many
-- What became of a tenant's reservations, step by step, without who did it and what staff wrote. APPROVING is the office's.
SELECT s.reservation_id, e.at, e.after
FROM events e
JOIN submissions s ON s.id = e.subject_id
WHERE e.subject_kind = 'submission' AND s.reservation_id = ANY (@ids::uuid[]) AND e.after <> e.before AND e.after <> 'approving'
ORDER BY e.id;
