-- name: TextReplyInsertOrNothing :one
-- No row: this text came before. Only what a person has to read is left open.
INSERT INTO text_replies (id, provider_id, phone, sent_to, body, kind, received_at, handled_at)
VALUES (@id, @provider_id, @phone, @sent_to, @body, @kind::text_reply_kind, @now, CASE WHEN @kind::text_reply_kind <> 'other' THEN @now::timestamptz END)
ON CONFLICT (provider_id) DO NOTHING
RETURNING *;

-- name: TextReplyGetVisible :one
-- Told is false where somebody at another location has dealt with it.
SELECT sqlc.embed(r), coalesce(works_with(v.id, r.handled_by), true)::boolean AS told
FROM text_replies r
JOIN staff v ON v.id = @staff_id AND v.deactivated_at IS NULL
WHERE r.id = @id
    AND (v.role = 'admin'
        OR EXISTS (SELECT FROM known_addresses k WHERE k.staff_id = v.id AND k.channel = 'sms' AND k.address = r.phone));

-- name: TextReplyListVisible :many
SELECT sqlc.embed(r), coalesce(works_with(v.id, r.handled_by), true)::boolean AS told
FROM text_replies r
JOIN staff v ON v.id = @staff_id AND v.deactivated_at IS NULL
WHERE (v.role = 'admin'
        OR EXISTS (SELECT FROM known_addresses k WHERE k.staff_id = v.id AND k.channel = 'sms' AND k.address = r.phone))
    AND (sqlc.narg(handled)::boolean IS NULL OR (r.handled_at IS NOT NULL) = sqlc.narg(handled)::boolean)
    AND (cardinality(@kinds::text[]) = 0 OR r.kind = ANY (CAST(@kinds::text[] AS text_reply_kind[])))
    AND (sqlc.narg(after_id)::uuid IS NULL OR r.id < sqlc.narg(after_id)::uuid)
ORDER BY r.id DESC
LIMIT @row_limit;

-- name: TextReplyHandleIfOpen :one
-- No row: it is not this staff member's, or somebody was first.
UPDATE text_replies r SET handled_at = @now, handled_by = v.id
FROM staff v
WHERE r.id = @id AND r.handled_at IS NULL AND v.id = @staff_id::uuid AND v.deactivated_at IS NULL
    AND (v.role = 'admin'
        OR EXISTS (SELECT FROM known_addresses k WHERE k.staff_id = v.id AND k.channel = 'sms' AND k.address = r.phone))
RETURNING r.*;

-- name: TenantListByReplies :many
-- Whom this staff member knows with the number that each of these texts came from.
SELECT r.id AS reply_id, sqlc.embed(t)
FROM text_replies r
JOIN tenants t ON t.id IN (SELECT k.tenant_id FROM known_addresses k
                           WHERE k.staff_id = @staff_id AND k.channel = 'sms' AND k.address = r.phone)
WHERE r.id = ANY (@reply_ids::uuid[])
ORDER BY r.id, t.id;
