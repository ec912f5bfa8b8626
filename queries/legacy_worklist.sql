-- name: LegacyWorkList :many
-- The ones about to renew first; a page starts after (@after_renews, @after_id).
SELECT sqlc.embed(l), w.reservation_id, w.approved_at
FROM legacy_worklist w
JOIN legacy_memberships l ON l.id = w.legacy_membership_id
WHERE EXISTS (SELECT FROM managed_locations m WHERE m.location_id = w.location_id AND m.staff_id = @staff_id)
    AND (cardinality(@location_ids::uuid[]) = 0 OR w.location_id = ANY (@location_ids::uuid[]))
    AND (sqlc.narg(renews_before)::date IS NULL OR w.next_billing_key < sqlc.narg(renews_before)::date)
    AND (sqlc.narg(after_id)::uuid IS NULL OR (w.next_billing_key, w.legacy_membership_id) > (sqlc.narg(after_renews)::date, sqlc.narg(after_id)::uuid))
ORDER BY w.next_billing_key, w.legacy_membership_id
LIMIT @row_limit;

-- name: LegacyWorkCount :one
-- As legacy_worklist has it, within its index.
SELECT count(*)::integer FROM legacy_memberships l
WHERE l.approved_here AND NOT l.cancelled_there
    AND l.location_id = ANY (ARRAY(SELECT m.location_id FROM managed_locations m
        WHERE m.staff_id = @staff_id AND (cardinality(@location_ids::uuid[]) = 0 OR m.location_id = ANY (@location_ids::uuid[]))))
    AND (sqlc.narg(renews_before)::date IS NULL OR l.next_billing_key < sqlc.narg(renews_before)::date);

-- name: LegacyMembershipGetUnbilled :one
-- What a reservation took over from the old system, where that has cancelled it and nothing bills for it here: neither what took it over
-- later, nor what the same tenant has at the location without a word of the old system.
SELECT l.* FROM reservations r
JOIN legacy_memberships l ON l.id = r.legacy_membership_id
WHERE r.id = @reservation_id AND l.state IN ('cancelled', 'recorded')
    AND NOT EXISTS (SELECT FROM reservations o WHERE o.legacy_membership_id = l.id AND (o.live OR o.id > r.id))
    AND NOT EXISTS (SELECT FROM reservations o
        WHERE o.tenant_id = r.tenant_id AND o.location_id = r.location_id AND o.legacy_membership_id IS NULL AND o.live);

-- name: LegacyMembershipLockMany :exec
-- Before LegacyInvitableListForPart, which sees what those have done that this waited for: no cancellation and no migration comes between.
SELECT FROM legacy_memberships WHERE id = ANY (@ids::uuid[]) ORDER BY id FOR NO KEY UPDATE;

-- name: LegacyInvitableListForPart :many
-- What an invitation of each would be, and why some get none, to the staff member who asked: -1 and 0 where there is no price and no day.
-- Those are held by LegacyMembershipLockMany.
SELECT sqlc.embed(l), v.plan_id, coalesce(v.price_minor, -1)::bigint AS price_minor, coalesce(v.anchor_day, 0)::integer AS anchor_day,
    coalesce((SELECT legacy_duplicates(@ids::uuid[])) ->> l.id::text, '')::text AS duplicate,
    (CASE WHEN EXISTS (SELECT FROM managed_locations m WHERE m.location_id = l.location_id AND m.staff_id = @staff_id) THEN legacy_skip(v.skip, v.discount_until, @now::timestamptz, v.time_zone)
        ELSE 'NOT_MANAGED' END)::text AS skip
FROM legacy_memberships l
JOIN legacy_invitables v ON v.legacy_membership_id = l.id
WHERE l.id = ANY (@ids::uuid[])
ORDER BY l.id;

-- name: LegacyMembershipInsertByHand :one
INSERT INTO legacy_memberships (id, location_id, source, source_id, name, email, phone, emails, phones, plate, rfid, member_number, unit, plan_name,
    price_minor, discount_minor, discount_ends_on, currency, next_billing_on, billing_day, paid_through, ends_on, period, state, state_said, mended, name_key, keys, created_at, updated_at)
VALUES (@id, @location_id, @source, @source_id, @name, @email, @phone, @emails, @phones, @plate, @rfid, @member_number, @unit, @plan_name,
    @price_minor, @discount_minor, @discount_ends_on, @currency, @next_billing_on, @billing_day, @paid_through, @ends_on, @period, 'active', '', '{}', @name_key, @keys, @now, @now)
RETURNING *;

-- name: LegacyMembershipMend :one
-- By hand. The columns that change are mended from now on.
UPDATE legacy_memberships SET name = @name, email = @email, phone = @phone, emails = @emails, phones = @phones, plate = @plate, rfid = @rfid,
    member_number = @member_number, unit = @unit, plan_name = @plan_name, price_minor = @price_minor, discount_minor = @discount_minor,
    discount_ends_on = @discount_ends_on, next_billing_on = @next_billing_on, billing_day = @billing_day, paid_through = @paid_through, ends_on = @ends_on, period = @period, mended = @mended, name_key = @name_key,
    keys = @keys, updated_at = @now
WHERE id = @id
RETURNING *;

-- name: LegacyMembershipRecordCancellation :one
-- No row: somebody has recorded it before.
UPDATE legacy_memberships SET state = 'recorded', cancelled_there_at = @cancelled_there_at, cancellation_by = @cancellation_by, cancellation_recorded_at = @now,
    cancellation_evidence = @cancellation_evidence, listed_state = state, missing_from = NULL, updated_at = @now
WHERE id = @id AND state <> 'recorded'
RETURNING *;

-- name: LegacyMembershipTakeBackCancellation :one
-- What the list says counts again. No row: none is recorded.
UPDATE legacy_memberships SET state = listed_state, cancelled_there_at = CASE WHEN listed_state = 'cancelled' THEN cancelled_there_at END,
    cancellation_by = NULL, cancellation_recorded_at = NULL, cancellation_evidence = '', listed_state = NULL, still_billed_on = NULL, updated_at = @now
WHERE id = @id AND state = 'recorded'
RETURNING *;

-- name: LegacyMembershipGetStillBilled :one
-- What a reservation took over, where its cancellation there is recorded and a newer file says that it is billed. No row: it is not.
SELECT l.* FROM reservations r
JOIN legacy_memberships l ON l.id = r.legacy_membership_id
WHERE r.id = @reservation_id AND l.still_billed_on IS NOT NULL;

-- name: BatchItemInsertLegacy :exec
INSERT INTO batch_items (batch_id, position, legacy_membership_id, outcome, reason, detail)
SELECT @batch_id, u.position, u.legacy_id, u.outcome::batch_outcome, u.reason, u.detail
FROM (SELECT unnest(@positions::integer[]) AS position, unnest(@legacy_ids::uuid[]) AS legacy_id,
          unnest(@outcomes::text[]) AS outcome, unnest(@reasons::text[]) AS reason, unnest(@details::text[]) AS detail) u;

-- name: BatchSetWithDuplicates :exec
UPDATE batches SET with_duplicates = true WHERE id = @id;

-- name: LegacyInvitableListByIDs :many
-- What each carries over, and why it would not be invited beside a discount that ends: -1 and 0 where there is no price and no day, and a day
-- long past where no discount stands in the way.
SELECT v.legacy_membership_id, v.plan_id, coalesce(v.price_minor, -1)::bigint AS price_minor, coalesce(v.anchor_day, 0)::integer AS anchor_day,
    coalesce((SELECT legacy_duplicates(@ids::uuid[])) ->> v.legacy_membership_id::text, '')::text AS duplicate, v.skip::text AS skip, coalesce(v.discount_until, date '1900-01-01')::date AS discount_until, v.time_zone
FROM legacy_invitables v
WHERE v.legacy_membership_id = ANY (@ids::uuid[])
ORDER BY v.legacy_membership_id;

-- name: ReservationListByLegacy :many
-- The live one of each membership, or the last.
SELECT DISTINCT ON (r.legacy_membership_id) r.* FROM reservations r WHERE r.legacy_membership_id = ANY (@ids::uuid[])
ORDER BY r.legacy_membership_id, r.live DESC, r.id DESC;

-- name: InvitationListByLegacy :many
SELECT * FROM invitations WHERE legacy_membership_id = ANY (@ids::uuid[]) ORDER BY id DESC;

-- name: LegacyMembershipTakenUp :one
-- Whether a live reservation carries a membership over, or an open offer would.
SELECT EXISTS (SELECT FROM reservations r WHERE r.legacy_membership_id = @id AND r.live)::boolean AS migrated,
    EXISTS (SELECT FROM invitations i WHERE i.legacy_membership_id = @id AND i.status IN ('pending', 'sent'))::boolean AS invited;
