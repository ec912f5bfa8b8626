-- name: StaffLinkReplace :exec
-- The mails before this one open nothing any more.
UPDATE staff_links SET replaced_at = @now WHERE staff_id = @staff_id AND purpose = @purpose AND used_at IS NULL AND replaced_at IS NULL;

-- name: StaffLinkInsert :exec
INSERT INTO staff_links (id, staff_id, purpose, address, content, key_id, token_hash, created_at, expires_at)
VALUES (@id, @staff_id, @purpose, @address, @content, @key_id, @token_hash, @now, @expires_at);

-- name: StaffLinkUse :one
-- Opens a link, once. No row: unknown, of another purpose, used, replaced or over, or its member was deactivated or has another address.
UPDATE staff_links l SET used_at = @now
FROM staff s
WHERE l.token_hash = @token_hash AND l.purpose = @purpose AND l.used_at IS NULL AND l.replaced_at IS NULL AND l.expires_at > @now
    AND s.id = l.staff_id AND s.deactivated_at IS NULL AND s.email = l.address
RETURNING l.staff_id;

-- name: StaffGetByLink :one
-- Whose link it is, if it would open.
SELECT s.* FROM staff_links l JOIN staff s ON s.id = l.staff_id
WHERE l.token_hash = @token_hash AND l.purpose = @purpose AND l.used_at IS NULL AND l.replaced_at IS NULL AND l.expires_at > @now::timestamptz
    AND s.deactivated_at IS NULL AND s.email = l.address;

-- name: StaffLinkMarkCalled :one
-- No row: the link opens nothing any more, or its mail was taken or refused; there is nothing to hand over.
UPDATE staff_links SET first_called_at = coalesce(first_called_at, @now)
WHERE id = @id AND used_at IS NULL AND replaced_at IS NULL AND expires_at > @now AND mailed_at IS NULL AND refused = ''
RETURNING *;

-- name: StaffLinkSettle :one
-- No row: another run of the job was first.
UPDATE staff_links SET mailed_at = @mailed_at, refused = @refused WHERE id = @id AND mailed_at IS NULL AND refused = '' RETURNING *;

-- name: PasswordResetRequestInsert :exec
INSERT INTO password_reset_requests (id, email, requested_at) VALUES (@id, @email, @now);

-- name: PasswordResetRequestTake :one
-- No row: the request was handled before, or was deleted.
UPDATE password_reset_requests SET handled_at = @now WHERE id = @id AND handled_at IS NULL RETURNING *;

-- name: PasswordResetRequestPurge :execrows
-- Some at a time. Addresses of strangers are not kept.
DELETE FROM password_reset_requests WHERE id IN (
    SELECT r.id FROM password_reset_requests r WHERE r.requested_at < @before ORDER BY r.requested_at LIMIT @row_limit::integer);

-- name: StaffLinkListInvitations :many
-- The invitations of some members that were not taken up yet.
SELECT * FROM staff_links WHERE staff_id = ANY (@ids::uuid[]) AND purpose = 'invitation' AND used_at IS NULL AND replaced_at IS NULL ORDER BY staff_id;

-- name: StaffLinkPurge :execrows
-- Those that ended long ago, some at a time. An invitation that nobody took up stays where no other one took its place: it stands beside
-- its member.
DELETE FROM staff_links WHERE id IN (
    SELECT l.id FROM staff_links l
    WHERE l.expires_at < @before AND (l.purpose <> 'invitation' OR l.used_at IS NOT NULL OR l.replaced_at IS NOT NULL)
    ORDER BY l.expires_at LIMIT @row_limit::integer);
