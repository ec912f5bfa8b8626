-- name: EmailCorrectionInsert :one
INSERT INTO email_corrections (id, tenant_id, location_id, submission_id, email, state, requested_at)
VALUES (@id, @tenant_id, @location_id, @submission_id, @email, 'pending', @now)
RETURNING *;

-- name: EmailCorrectionReplacePending :execrows
-- The tenant has said another word since.
UPDATE email_corrections SET state = 'replaced', decided_at = @now WHERE tenant_id = @tenant_id AND state = 'pending';

-- name: EmailCorrectionGetPending :one
SELECT * FROM email_corrections WHERE tenant_id = @tenant_id AND state = 'pending';

-- name: EmailCorrectionGetManaged :one
-- For staff who know the tenant by the record; where a name was typed the record is another location's.
SELECT c.* FROM email_corrections c
WHERE c.id = @id
    AND EXISTS (SELECT FROM tenant_locations tl
                JOIN managed_locations m ON m.location_id = tl.location_id AND m.staff_id = @staff_id
                WHERE tl.tenant_id = c.tenant_id AND tl.known_as IS NULL);

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
