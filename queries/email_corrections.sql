-- name: EmailCorrectionInsert :one
INSERT INTO email_corrections (id, tenant_id, location_id, submission_id, email, state, requested_at, entered_by)
VALUES (@id, @tenant_id, @location_id, @submission_id, @email, 'pending', @now, sqlc.narg(entered_by))
RETURNING *;

-- name: EmailCorrectionReplacePending :one
-- The tenant has said another word since. No row: none was pending; there is never more than one.
UPDATE email_corrections SET state = 'replaced', decided_at = @now WHERE tenant_id = @tenant_id AND state = 'pending'
RETURNING *;

-- name: EmailCorrectionGetPending :one
SELECT * FROM email_corrections WHERE tenant_id = @tenant_id AND state = 'pending';

-- name: EmailCorrectionGetManaged :one
-- For staff who know the tenant by the record; where a name was typed the record is another location's.
SELECT c.* FROM email_corrections c
WHERE c.id = @id
    AND EXISTS (SELECT FROM tenant_locations tl
                JOIN managed_locations m ON m.location_id = tl.location_id AND m.staff_id = @staff_id
                WHERE tl.tenant_id = c.tenant_id AND tl.known_as IS NULL);

-- name: EmailCorrectionListManaged :many
-- The newest first, for staff who know the tenant by the record; a page starts after @after_id.
SELECT c.* FROM email_corrections c
WHERE EXISTS (SELECT FROM tenant_locations tl
              JOIN managed_locations m ON m.location_id = tl.location_id AND m.staff_id = @staff_id
              WHERE tl.tenant_id = c.tenant_id AND tl.known_as IS NULL)
    AND (cardinality(@states::text[]) = 0 OR c.state = ANY (CAST(@states::text[] AS email_correction_state[])))
    AND (cardinality(@location_ids::uuid[]) = 0 OR c.location_id = ANY (@location_ids::uuid[]))
    AND (sqlc.narg(after_id)::uuid IS NULL OR c.id < sqlc.narg(after_id)::uuid)
ORDER BY c.id DESC
LIMIT @row_limit::integer;

-- name: EmailCorrectionCountManaged :one
-- How many EmailCorrectionListManaged finds, up to @most.
SELECT count(*)::integer FROM (
    SELECT FROM email_corrections c
    WHERE EXISTS (SELECT FROM tenant_locations tl
                  JOIN managed_locations m ON m.location_id = tl.location_id AND m.staff_id = @staff_id
                  WHERE tl.tenant_id = c.tenant_id AND tl.known_as IS NULL)
        AND (cardinality(@states::text[]) = 0 OR c.state = ANY (CAST(@states::text[] AS email_correction_state[])))
        AND (cardinality(@location_ids::uuid[]) = 0 OR c.location_id = ANY (@location_ids::uuid[]))
    LIMIT @most::integer) n;

-- name: EmailCorrectionDecideIfPending :one
-- No row: somebody was first, or the tenant has said another word since.
UPDATE email_corrections SET state = @state, decided_at = @now, decided_by = @staff_id, reason = @reason
WHERE id = @id AND state = 'pending'
RETURNING *;

-- name: EmailCorrectionGetNewestDeclined :one
SELECT * FROM email_corrections WHERE tenant_id = @tenant_id AND state = 'declined' ORDER BY decided_at DESC, id DESC LIMIT 1;

-- name: EmailCorrectionListPendingByTenants :many
SELECT * FROM email_corrections WHERE tenant_id = ANY (@ids::uuid[]) AND state = 'pending' ORDER BY id;

-- name: EmailCorrectionListBySubmissions :many
SELECT * FROM email_corrections WHERE submission_id = ANY (@ids::uuid[]) ORDER BY id;

-- name: EmailCorrectionListByIDs :many
SELECT * FROM email_corrections WHERE id = ANY (@ids::uuid[]) ORDER BY id;
