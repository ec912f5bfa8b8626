-- name: InvitationListSkips :many
-- Why each of these would be skipped by an email and by a text, '' where it would go out: the first reason that holds.
SELECT s.invitation_id AS id, s.email_skip::text AS email_skip, s.text_skip::text AS text_skip
FROM sendings s WHERE s.invitation_id = ANY (@ids::uuid[])
ORDER BY s.invitation_id;
