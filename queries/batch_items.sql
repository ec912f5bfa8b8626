-- name: BatchItemInsert :exec
INSERT INTO batch_items (batch_id, position, invitation_id, outcome, reason, detail)
VALUES (@batch_id, @position, @invitation_id, @outcome, @reason, @detail);

-- name: BatchItemCount :one
SELECT count(*) FILTER (WHERE outcome = 'pending')::integer AS pending,
    count(*) FILTER (WHERE outcome = 'succeeded')::integer AS succeeded,
    count(*) FILTER (WHERE outcome = 'skipped')::integer AS skipped,
    count(*) FILTER (WHERE outcome = 'failed')::integer AS failed
FROM batch_items WHERE batch_id = @batch_id;

-- name: BatchItemList :many
SELECT * FROM batch_items
WHERE batch_id = @batch_id AND position > @after_position
ORDER BY position
LIMIT @row_limit;

-- name: BatchItemSettleIfOpen :execrows
-- A row of which nobody knew what became is settled anew once somebody does.
UPDATE batch_items SET outcome = @outcome, reason = @reason, detail = @detail
WHERE batch_id = @batch_id AND position = @position AND (outcome = 'pending' OR (outcome = 'failed' AND reason = 'UNKNOWN'));

-- name: BatchItemSkipMany :execrows
-- The rows whose messages were withdrawn before their turn.
UPDATE batch_items i SET outcome = 'skipped', reason = @reason
FROM deliveries d
WHERE d.id = ANY (@delivery_ids::uuid[]) AND i.batch_id = d.batch_id AND i.position = d.batch_position AND i.outcome = 'pending';

-- name: BatchItemAnyPending :one
-- From the end: it is done last.
SELECT position FROM batch_items WHERE batch_id = @batch_id AND outcome = 'pending' ORDER BY position DESC LIMIT 1;
