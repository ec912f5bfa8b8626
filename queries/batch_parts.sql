-- name: BatchPartInsertRetry :one
-- Settles who is tried again, and answers how many: those who failed and surely got nothing, at locations that the caller manages
-- now; nobody who is in an earlier retry, and nobody to whom another act has sent since. What came back counts as sent.
WITH chosen AS (
    SELECT i.invitation_id AS id, row_number() OVER (ORDER BY i.position) - 1 AS n
    FROM batch_items i
    JOIN batches b ON b.id = i.batch_id
    JOIN invitations o ON o.id = i.invitation_id
    WHERE i.batch_id = @retry_of AND i.outcome = 'failed' AND i.reason IN ('REFUSED', 'NOT_SENT', 'TEMPLATE', 'STOPPED')
        AND EXISTS (SELECT FROM managed_locations m WHERE m.location_id = o.location_id AND m.staff_id = @staff_id)
        AND i.invitation_id NOT IN (SELECT unnest(p.invitation_ids) FROM batch_parts p JOIN batches r ON r.id = p.batch_id WHERE r.retry_of = b.id)
        AND NOT EXISTS (SELECT FROM deliveries d
                        WHERE d.invitation_id = i.invitation_id AND d.purpose = 'invitation' AND d.channel = b.channel
                            AND d.created_at >= b.created_at AND d.batch_id IS DISTINCT FROM b.id
                            AND d.status NOT IN ('failed', 'canceled'))
), parts AS (
    INSERT INTO batch_parts (batch_id, part, first_position, invitation_ids)
    SELECT @batch_id, (c.n / 1000)::integer, min(c.n)::integer, array_agg(c.id ORDER BY c.n)
    FROM chosen c
    GROUP BY c.n / 1000
    RETURNING cardinality(invitation_ids) AS size
)
SELECT coalesce(sum(parts.size), 0)::integer AS total FROM parts;

-- name: BatchPartInsertApprovalRetry :one
-- Settles what is approved again, and answers how many: what came back without anything made, at locations that the caller manages
-- now; nothing that is in an earlier retry.
WITH chosen AS (
    SELECT i.submission_id AS id, row_number() OVER (ORDER BY i.position) - 1 AS n
    FROM batch_items i
    JOIN submissions s ON s.id = i.submission_id
    WHERE i.batch_id = @retry_of AND i.outcome = 'failed' AND i.reason IN ('RETURNED', 'STOPPED')
        AND EXISTS (SELECT FROM managed_locations m WHERE m.location_id = s.location_id AND m.staff_id = @staff_id)
        AND i.submission_id NOT IN (SELECT unnest(p.submission_ids) FROM batch_parts p JOIN batches r ON r.id = p.batch_id WHERE r.retry_of = @retry_of)
), parts AS (
    INSERT INTO batch_parts (batch_id, part, first_position, submission_ids)
    SELECT @batch_id, (c.n / 1000)::integer, min(c.n)::integer, array_agg(c.id ORDER BY c.n)
    FROM chosen c
    GROUP BY c.n / 1000
    RETURNING cardinality(submission_ids) AS size
)
SELECT coalesce(sum(parts.size), 0)::integer AS total FROM parts;

-- name: BatchPartCount :one
SELECT count(*)::integer FROM batch_parts WHERE batch_id = @batch_id;

-- name: BatchPartLock :one
-- Of two who plan one part at once, the later one waits and finds it planned.
SELECT sqlc.embed(p), sqlc.embed(b) FROM batch_parts p
JOIN batches b ON b.id = p.batch_id
WHERE p.batch_id = @batch_id AND p.part = @part
FOR UPDATE OF p;

-- name: BatchPartMarkPlanned :exec
UPDATE batch_parts SET planned_at = @now WHERE batch_id = @batch_id AND part = @part AND planned_at IS NULL;

-- name: PlanEachTime :exec
-- For the rest of the transaction every statement is planned with its values.
SELECT set_config('plan_cache_mode', 'force_custom_plan', true);

-- name: SearchWords :one
-- What each word of a search has to look like in search_text.
SELECT coalesce(like_words(@search::text), '{}')::text[] AS words;

-- name: SendingListByInvitations :many
-- Where each would be sent now, and why it would not be.
SELECT s.invitation_id, s.location_id, s.tenant_id,
    coalesce(CASE @channel::text WHEN 'email' THEN s.email ELSE s.phone END, '')::text AS address,
    (CASE @channel::text WHEN 'email' THEN s.email_skip ELSE s.text_skip END)::text AS skip
FROM sendings s WHERE s.invitation_id = ANY (@ids::uuid[])
ORDER BY s.invitation_id;
