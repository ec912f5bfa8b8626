-- name: UnsubscribeGet :one
-- What the page of an email's unsubscribe link shows. Only invitations have such a link.
SELECT sqlc.embed(d), sqlc.embed(l), EXISTS (
    SELECT FROM suppressions s
    WHERE s.channel = 'email' AND s.address = lower(d.address) AND s.reason = 'unsubscribe' AND s.live)::boolean AS unsubscribed
FROM deliveries d JOIN locations l ON l.id = d.location_id
WHERE d.id = @id AND d.channel = 'email' AND d.purpose = 'invitation';

-- name: UnsubscribeInsertIfNone :one
-- No row: the address has such an entry.
INSERT INTO suppressions (id, channel, address, scope, reason, delivery_id, created_at)
VALUES (@id, 'email', lower(@address::text), 'invitations', 'unsubscribe', @delivery_id, @now)
ON CONFLICT DO NOTHING
RETURNING *;

-- name: UnsubscribeLift :one
-- The person's own entry, lifted by the person. No row: there is none.
UPDATE suppressions SET lifted_at = @now
WHERE channel = 'email' AND address = lower(@address::text) AND reason = 'unsubscribe' AND live
RETURNING *;
