-- name: BatchItemInsertMany :exec
-- The zero id stands for an invitation that is no more.
INSERT INTO batch_items (batch_id, position, invitation_id, outcome, reason)
SELECT @batch_id, u.position, nullif(u.invitation_id, '00000000-0000-0000-0000-000000000000'), u.outcome::batch_outcome, u.reason
FROM (SELECT unnest(@positions::integer[]) AS position, unnest(@invitation_ids::uuid[]) AS invitation_id,
          unnest(@outcomes::text[]) AS outcome, unnest(@reasons::text[]) AS reason) u;

-- name: BatchItemCount :one
-- How many and why, of one look; see BatchFold.
SELECT coalesce(sum(g.n) FILTER (WHERE g.outcome = 'succeeded'), 0)::integer AS succeeded,
    coalesce(sum(g.n) FILTER (WHERE g.outcome = 'skipped'), 0)::integer AS skipped,
    coalesce(sum(g.n) FILTER (WHERE g.outcome = 'failed'), 0)::integer AS failed,
    coalesce(jsonb_agg(jsonb_build_object('outcome', g.outcome, 'reason', g.reason, 'count', g.n) ORDER BY g.n DESC, g.outcome, g.reason)
        FILTER (WHERE g.reason <> ''), '[]')::jsonb AS reasons
FROM (SELECT i.outcome, i.reason, count(*) AS n FROM batch_items i WHERE i.batch_id = @batch_id GROUP BY i.outcome, i.reason) g;

-- name: BatchItemCountUnknown :one
-- The rows of which nobody knows what became, for one reason in words.
SELECT count(*)::integer FROM batch_items
WHERE batch_id = @batch_id AND outcome = 'failed' AND reason = 'UNKNOWN' AND detail = @detail;

-- name: BatchItemCountByReason :many
SELECT outcome, reason, count(*)::integer AS count FROM batch_items
WHERE batch_id = @batch_id AND reason <> ''
GROUP BY outcome, reason
ORDER BY count(*) DESC, outcome, reason;

-- name: BatchItemList :many
SELECT * FROM batch_items
WHERE batch_id = @batch_id AND position > @after_position
    AND (cardinality(@outcomes::text[]) = 0 OR outcome = ANY (CAST(@outcomes::text[] AS batch_outcome[])))
    AND (sqlc.narg(reason)::text IS NULL OR reason = sqlc.narg(reason)::text)
ORDER BY position
LIMIT @row_limit;

-- name: BatchItemSettleIfOpen :one
-- A row of which nobody knew what became, or only by conclusion, is settled anew once somebody does. One that the provider took stays
-- so, and what it tells later is the row's reason; unless it tells that it has sent nothing.
UPDATE batch_items i SET outcome = @outcome::batch_outcome, reason = @reason, detail = @detail
FROM (SELECT o.outcome, o.reason FROM batch_items o WHERE o.batch_id = @batch_id AND o.position = @position FOR UPDATE) before
WHERE i.batch_id = @batch_id AND i.position = @position AND (before.outcome = 'pending'
    OR (before.outcome = 'failed' AND before.reason IN ('UNKNOWN', 'NOT_SENT', 'TENANT_ACTION_REQUIRED'))
    OR (before.outcome = 'succeeded' AND @outcome::batch_outcome = 'succeeded' AND before.reason <> @reason)
    OR (before.outcome = 'succeeded' AND @outcome::batch_outcome = 'failed' AND @reason = 'NOT_SENT'))
RETURNING before.outcome AS before;

-- name: BatchItemSkipMany :execrows
-- The rows whose messages were withdrawn before their turn.
UPDATE batch_items i SET outcome = 'skipped', reason = @reason
FROM deliveries d
WHERE d.id = ANY (@delivery_ids::uuid[]) AND i.batch_id = d.batch_id AND i.position = d.batch_position AND i.outcome = 'pending';

-- name: BatchItemSettleMany :exec
-- Of deliveries that end for the first time.
UPDATE batch_items i SET outcome = u.outcome::batch_outcome, reason = u.reason, detail = u.detail
FROM (SELECT unnest(@batch_ids::uuid[]) AS batch_id, unnest(@positions::integer[]) AS position, unnest(@outcomes::text[]) AS outcome,
          unnest(@reasons::text[]) AS reason, unnest(@details::text[]) AS detail) u
WHERE i.batch_id = u.batch_id AND i.position = u.position AND i.outcome = 'pending';

-- name: BatchItemRetryableExists :one
-- Whether anybody failed whom a retry would try again; see BatchPartInsertRetry.
SELECT EXISTS (SELECT FROM batch_items i
               WHERE i.batch_id = @batch_id AND i.outcome = 'failed' AND i.reason IN ('REFUSED', 'NOT_SENT', 'TEMPLATE', 'STOPPED')
                   AND NOT EXISTS (SELECT FROM batches r JOIN batch_parts p ON p.batch_id = r.id
                                   WHERE r.retry_of = @batch_id AND i.invitation_id = ANY (p.invitation_ids)));

-- name: BatchItemInsertSubmissions :exec
INSERT INTO batch_items (batch_id, position, submission_id, outcome, reason)
SELECT @batch_id, u.position, u.submission_id, u.outcome::batch_outcome, u.reason
FROM (SELECT unnest(@positions::integer[]) AS position, unnest(@submission_ids::uuid[]) AS submission_id,
          unnest(@outcomes::text[]) AS outcome, unnest(@reasons::text[]) AS reason) u;

-- name: BatchItemRetryableApprovalExists :one
-- Whether anything came back that a retry would approve again; see BatchPartInsertApprovalRetry.
SELECT EXISTS (SELECT FROM batch_items i
               WHERE i.batch_id = @batch_id AND i.outcome = 'failed' AND i.reason IN ('RETURNED', 'STOPPED')
                   AND NOT EXISTS (SELECT FROM batches r JOIN batch_parts p ON p.batch_id = r.id
                                   WHERE r.retry_of = @batch_id AND i.submission_id = ANY (p.submission_ids)));
