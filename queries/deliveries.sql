-- name: DeliveryInsert :one
INSERT INTO deliveries (id, purpose, channel, address, location_id, tenant_id, staff_id, invitation_id, submission_id,
    batch_id, batch_position, chunk_id, chunk_position, says, status, created_at, status_changed_at)
VALUES (@id, @purpose, @channel, @address, @location_id, @tenant_id, @staff_id, @invitation_id, @submission_id,
    @batch_id, @batch_position, @chunk_id, @chunk_position, @says, 'queued', @now, @now)
RETURNING *;

-- name: DeliveryListByChunk :many
SELECT * FROM deliveries WHERE chunk_id = @chunk_id ORDER BY chunk_position;

-- name: DeliveryListByInvitation :many
SELECT * FROM deliveries WHERE invitation_id = @invitation_id ORDER BY id DESC;

-- name: DeliveryGetManaged :one
SELECT d.* FROM deliveries d
WHERE d.id = @id
    AND EXISTS (SELECT FROM managed_locations m WHERE m.location_id = d.location_id AND m.staff_id = @staff_id);

-- name: DeliveryGet :one
-- For jobs; staff go through DeliveryGetManaged.
SELECT * FROM deliveries WHERE id = @id;

-- name: DeliveryLockManaged :one
SELECT d.* FROM deliveries d
WHERE d.id = @id
    AND EXISTS (SELECT FROM managed_locations m WHERE m.location_id = d.location_id AND m.staff_id = @staff_id)
FOR UPDATE OF d;

-- name: DeliveryListManaged :many
SELECT d.* FROM deliveries d
WHERE EXISTS (SELECT FROM managed_locations m WHERE m.location_id = d.location_id AND m.staff_id = @staff_id)
    AND (cardinality(@statuses::text[]) = 0 OR d.status = ANY (CAST(@statuses::text[] AS delivery_status[])))
    AND (sqlc.narg(channel)::message_channel IS NULL OR d.channel = sqlc.narg(channel)::message_channel)
    AND (cardinality(@purposes::text[]) = 0 OR d.purpose = ANY (CAST(@purposes::text[] AS delivery_purpose[])))
    AND (cardinality(@location_ids::uuid[]) = 0 OR d.location_id = ANY (@location_ids::uuid[]))
    AND (sqlc.narg(after_id)::uuid IS NULL OR d.id < sqlc.narg(after_id)::uuid)
ORDER BY d.id DESC
LIMIT @row_limit;

-- name: DeliveryNoteResolved :one
UPDATE deliveries SET resolved_by = @staff_id, next_look_at = NULL WHERE id = @id RETURNING *;

-- name: DeliveryFreeze :execrows
-- None: it was withdrawn.
UPDATE deliveries SET status = 'sending', content = @content, template_version = @template_version, status_changed_at = @now
WHERE id = @id AND status = 'queued';

-- name: DeliveryCancelIfQueued :execrows
UPDATE deliveries SET status = 'canceled', status_reason = @status_reason, status_changed_at = @now
WHERE id = @id AND status = 'queued';

-- name: DeliverySettleIfAllowed :one
-- No row: the life cycle does not allow the step, because somebody else's word came first.
UPDATE deliveries d SET status = @status, status_reason = @status_reason, status_changed_at = @now,
    provider_id = coalesce(sqlc.narg(provider_id), d.provider_id), provider_code = @provider_code,
    segments = coalesce(sqlc.narg(segments), d.segments)
FROM (SELECT o.id, o.status FROM deliveries o WHERE o.id = @id FOR UPDATE) before
WHERE d.id = before.id AND EXISTS (
    SELECT FROM allowed_steps s
    WHERE s.subject = 'delivery' AND s.from_status = before.status::text AND s.to_status = (@status::delivery_status)::text)
RETURNING sqlc.embed(d), before.status AS before;

-- name: DeliveryStaffNoticeExists :one
SELECT EXISTS (SELECT FROM deliveries
               WHERE submission_id = @submission_id AND staff_id = @staff_id AND purpose = 'staff_notice')::boolean;

-- name: StaffNoticeGet :one
-- What the location's contact is told of an approved submission.
SELECT sqlc.embed(s), sqlc.embed(r), sqlc.embed(p), sqlc.embed(l), sqlc.embed(t), sqlc.embed(a), sqlc.embed(st)
FROM submissions s
JOIN reservations r ON r.id = s.reservation_id
JOIN plans p ON p.id = r.plan_id
JOIN locations l ON l.id = s.location_id
JOIN tenants t ON t.id = s.tenant_id
JOIN approvals a ON a.submission_id = s.id AND a.outcome IN ('approved', 'tenant_action_required')
JOIN staff st ON st.id = @staff_id
WHERE s.id = @submission_id;

-- name: DeliveryLockHeard :one
-- The message that a provider speaks of: the one that it was tagged with, else the one that has the provider's id.
SELECT * FROM deliveries
WHERE channel = @channel AND (id = @id OR provider_id = @provider_id)
ORDER BY id = @id DESC
LIMIT 1
FOR UPDATE;

-- name: DeliveryNoteComplaint :execrows
UPDATE deliveries SET complained_at = @now WHERE id = @id AND complained_at IS NULL;

-- name: DeliveryCancelQueuedTo :many
-- What waited for an address, as it was until now. A row that somebody holds has its turn just now, and the list is asked there.
WITH waiting AS (
    SELECT w.id FROM deliveries w
    WHERE w.channel = @channel AND w.address = @address AND w.status = 'queued'
        AND w.purpose = ANY (CAST(@purposes::text[] AS delivery_purpose[]))
    ORDER BY w.id
    FOR UPDATE SKIP LOCKED),
canceled AS (
    UPDATE deliveries d SET status = 'canceled', status_reason = @status_reason, status_changed_at = @now
    FROM waiting WHERE d.id = waiting.id
    RETURNING d.id)
SELECT d.* FROM deliveries d JOIN canceled ON canceled.id = d.id ORDER BY d.id;
