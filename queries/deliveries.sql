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

-- name: DeliveryCountManaged :one
-- How many DeliveryListManaged finds, up to @most.
SELECT count(*)::integer FROM (
    SELECT FROM deliveries d
    WHERE EXISTS (SELECT FROM managed_locations m WHERE m.location_id = d.location_id AND m.staff_id = @staff_id)
        AND (cardinality(@statuses::text[]) = 0 OR d.status = ANY (CAST(@statuses::text[] AS delivery_status[])))
        AND (sqlc.narg(channel)::message_channel IS NULL OR d.channel = sqlc.narg(channel)::message_channel)
        AND (cardinality(@purposes::text[]) = 0 OR d.purpose = ANY (CAST(@purposes::text[] AS delivery_purpose[])))
        AND (cardinality(@location_ids::uuid[]) = 0 OR d.location_id = ANY (@location_ids::uuid[]))
    LIMIT @most::integer) n;

-- name: DeliveryNoteResolved :one
UPDATE deliveries SET resolved_by = @staff_id, next_look_at = NULL WHERE id = @id RETURNING *;

-- name: DeliveryInsertEmails :exec
-- The emails of one part of a batch, each at its place in its chunk.
INSERT INTO deliveries (id, purpose, channel, address, location_id, tenant_id, invitation_id, batch_id, batch_position, chunk_id, chunk_position,
    status, created_at, status_changed_at)
SELECT u.id, 'invitation', 'email', u.address, u.location_id, u.tenant_id, u.invitation_id, @batch_id, u.position, u.chunk_id, u.chunk_position::smallint,
    'queued', @now, @now
FROM (SELECT unnest(@ids::uuid[]) AS id, unnest(@addresses::text[]) AS address, unnest(@location_ids::uuid[]) AS location_id,
          unnest(@tenant_ids::uuid[]) AS tenant_id, unnest(@invitation_ids::uuid[]) AS invitation_id, unnest(@positions::integer[]) AS position,
          unnest(@chunk_ids::uuid[]) AS chunk_id, unnest(@chunk_positions::integer[]) AS chunk_position) u;

-- name: DeliveryInsertTexts :exec
-- The texts of one part of a batch; not_before is set for those that have to wait.
INSERT INTO deliveries (id, purpose, channel, address, location_id, tenant_id, invitation_id, batch_id, batch_position, not_before,
    status, created_at, status_changed_at)
SELECT u.id, 'invitation', 'sms', u.address, u.location_id, u.tenant_id, u.invitation_id, @batch_id, u.position,
    CASE WHEN u.not_before > @now THEN u.not_before END, 'queued', @now, @now
FROM (SELECT unnest(@ids::uuid[]) AS id, unnest(@addresses::text[]) AS address, unnest(@location_ids::uuid[]) AS location_id,
          unnest(@tenant_ids::uuid[]) AS tenant_id, unnest(@invitation_ids::uuid[]) AS invitation_id, unnest(@positions::integer[]) AS position,
          unnest(@not_befores::timestamptz[]) AS not_before) u;

-- name: DeliveryFreezeMany :many
-- What is answered is frozen; what was withdrawn meanwhile is not. SENDING is one that was frozen before and surely not called for.
UPDATE deliveries d SET status = 'sending', content = u.content::jsonb, template_version = @template_version,
    status_changed_at = CASE d.status WHEN 'queued' THEN @now ELSE d.status_changed_at END
FROM (SELECT unnest(@ids::uuid[]) AS id, unnest(@contents::text[]) AS content ORDER BY 1) u
WHERE d.id = u.id AND d.status IN ('queued', 'sending')
RETURNING d.id;

-- name: DeliveryWithdrawMany :many
-- Of a chunk that surely nobody was asked about.
UPDATE deliveries d SET status = 'canceled', status_reason = u.reason, status_changed_at = @now, content = NULL
FROM (SELECT unnest(@ids::uuid[]) AS id, unnest(@reasons::text[]) AS reason ORDER BY 1) u
WHERE d.id = u.id AND d.status IN ('queued', 'sending')
RETURNING d.id;

-- name: DeliveryCancelByChunks :many
-- Of chunks that surely nobody was asked about.
WITH before AS (
    SELECT o.id, o.status FROM deliveries o
    WHERE o.chunk_id = ANY (@chunk_ids::uuid[]) AND o.status IN ('queued', 'sending')
    ORDER BY o.id
    FOR UPDATE
)
UPDATE deliveries d SET status = 'canceled', status_reason = @status_reason, status_changed_at = @now
FROM before WHERE d.id = before.id
RETURNING d.id, d.location_id, d.batch_id, d.batch_position, before.status AS before;

-- name: DeliveryCancelTexts :many
-- Some texts of a batch that surely nobody was asked about: whose turn has not come, or whose only call was not taken. Those that
-- somebody is at work on are left to that one.
WITH before AS (
    SELECT o.id, o.status FROM deliveries o
    WHERE o.batch_id = @batch_id AND o.channel = 'sms' AND (o.status = 'queued' OR (o.status = 'sending' AND o.called_at IS NULL))
    ORDER BY o.batch_position LIMIT @texts::integer
    FOR UPDATE SKIP LOCKED
)
UPDATE deliveries d SET status = 'canceled', status_reason = @status_reason, status_changed_at = @now
FROM before WHERE d.id = before.id
RETURNING d.id, d.location_id, d.batch_id, d.batch_position, before.status AS before;

-- name: DeliverySettleMany :many
-- As DeliverySettleIfAllowed, of many at once: what is answered took the step. No segments, or no provider's id: as it was.
WITH outcomes AS (
    SELECT unnest(@ids::uuid[]) AS id, unnest(@statuses::text[]) AS status, unnest(@reasons::text[]) AS reason,
        unnest(@provider_ids::text[]) AS provider_id, unnest(@segments::integer[]) AS segments
), before AS (
    SELECT o.id, o.status FROM deliveries o WHERE o.id = ANY (@ids::uuid[]) ORDER BY o.id FOR UPDATE
)
UPDATE deliveries d SET status = u.status::delivery_status, status_reason = u.reason, status_changed_at = @now,
    provider_id = coalesce(nullif(u.provider_id, ''), d.provider_id), provider_code = '', not_sent = false,
    segments = coalesce(nullif(u.segments, 0)::smallint, d.segments)
FROM outcomes u JOIN before ON before.id = u.id
WHERE d.id = u.id AND (before.status <> 'failed' OR d.not_sent) AND EXISTS (
    SELECT FROM allowed_steps s WHERE s.subject = 'delivery' AND s.from_status = before.status::text AND s.to_status = u.status)
RETURNING d.id, before.status AS before;

-- name: DeliverySettleIfAllowed :one
-- No row: the life cycle does not allow the step, because somebody else's word came first. FAILED is left where it was not the
-- provider's word; an email that the provider has taken (it has its id) and called failed, where it tells that it went out all the same.
UPDATE deliveries d SET status = @status, status_reason = @status_reason, status_changed_at = @now, not_sent = @not_sent,
    provider_id = coalesce(sqlc.narg(provider_id), d.provider_id), provider_code = @provider_code,
    segments = coalesce(sqlc.narg(segments), d.segments)
FROM (SELECT o.id, o.status FROM deliveries o WHERE o.id = @id FOR UPDATE) before
WHERE d.id = before.id
    AND (before.status <> 'failed' OR d.not_sent
        OR (d.channel = 'email' AND d.provider_id IS NOT NULL AND @status::delivery_status IN ('delivered', 'undelivered')))
    AND EXISTS (
    SELECT FROM allowed_steps s
    WHERE s.subject = 'delivery' AND s.from_status = before.status::text AND s.to_status = (@status::delivery_status)::text)
RETURNING sqlc.embed(d), before.status AS before;

-- name: DeliveryStaffNoticeExists :one
SELECT EXISTS (SELECT FROM deliveries
               WHERE submission_id = @submission_id AND staff_id = @staff_id AND purpose = 'staff_notice')::boolean;

-- name: StaffNoticeGet :one
-- What the location's contact is told of an approved submission; of the tenant, what the location knows.
SELECT sqlc.embed(s), sqlc.embed(r), sqlc.embed(p), sqlc.embed(l), sqlc.embed(a), sqlc.embed(st), t.email AS tenant_email,
    coalesce(tl.known_as, t.name)::text AS known_name,
    coalesce(CASE WHEN tl.known_as IS NULL THEN t.phone ELSE tl.known_phone END, '')::text AS known_phone
FROM submissions s
JOIN reservations r ON r.id = s.reservation_id
JOIN plans p ON p.id = r.plan_id
JOIN locations l ON l.id = s.location_id
JOIN tenants t ON t.id = s.tenant_id
LEFT JOIN tenant_locations tl ON tl.tenant_id = s.tenant_id AND tl.location_id = s.location_id
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
    WHERE w.channel = @channel AND w.address = @address AND w.waits AND w.status = 'queued'
        AND w.purpose = ANY (CAST(@purposes::text[] AS delivery_purpose[]))
    ORDER BY w.id
    FOR UPDATE SKIP LOCKED),
canceled AS (
    UPDATE deliveries d SET status = 'canceled', status_reason = @status_reason, status_changed_at = @now
    FROM waiting WHERE d.id = waiting.id
    RETURNING d.id)
SELECT d.* FROM deliveries d JOIN canceled ON canceled.id = d.id ORDER BY d.id;

-- name: DeliveryListByIDs :many
SELECT * FROM deliveries WHERE id = ANY (@ids::uuid[]) ORDER BY id;

-- name: DeliveryListSentAfterAll :many
-- Those of some emails that belong to a retry, and of which a batch that it tries again has sent the same invitation: whatever had been
-- told of that email before.
WITH RECURSIVE retried AS (
    SELECT d.id, d.invitation_id, b.retry_of FROM deliveries d JOIN batches b ON b.id = d.batch_id
    WHERE d.id = ANY (@ids::uuid[]) AND b.retry_of IS NOT NULL
    UNION ALL
    SELECT r.id, r.invitation_id, b.retry_of FROM retried r JOIN batches b ON b.id = r.retry_of WHERE b.retry_of IS NOT NULL
)
SELECT DISTINCT r.id FROM retried r
JOIN deliveries e ON e.invitation_id = r.invitation_id AND e.batch_id = r.retry_of AND e.channel = 'email'
    AND e.status IN ('accepted', 'delivered', 'undelivered')
ORDER BY r.id;
