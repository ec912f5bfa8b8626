-- name: StaffGetByIdentity :one
-- Whom the identity provider means. No row: nobody was bound to this subject yet.
SELECT s.* FROM staff_identities i JOIN staff s ON s.id = i.staff_id WHERE i.issuer = @issuer AND i.subject = @subject;

-- name: StaffIdentityBind :execrows
-- No row: the member is bound to another subject of this issuer, or the subject to another member.
INSERT INTO staff_identities (issuer, subject, staff_id, bound_at) VALUES (@issuer, @subject, @staff_id, @now) ON CONFLICT DO NOTHING;

-- name: StaffIdentityDeleteAll :exec
DELETE FROM staff_identities WHERE staff_id = @staff_id;
