-- name: UnsubscribeGet :one
-- What the page of an email's unsubscribe link shows. Only invitations have such a link.
SELECT sqlc.embed(d), sqlc.embed(l), EXISTS (
    SELECT FROM suppressions s
    WHERE s.channel = 'email' AND s.address = lower(d.address) AND s.reason = 'unsubscribe' AND s.live)::boolean AS unsubscribed
FROM deliveries d JOIN locations l ON l.id = d.location_id
WHERE d.id = @id AND d.channel = 'email' AND d.purpose = 'invitation';
