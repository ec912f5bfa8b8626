-- name: PhoneClaimInsertMany :many
-- Whose delivery is answered has the claim; the others' numbers had theirs. In the order of the numbers, so that two who claim the same
-- ones wait for each other and not in a ring.
INSERT INTO phone_claims (phone, delivery_id, claimed_at)
SELECT u.phone, u.delivery_id, @now
FROM (SELECT unnest(@phones::text[]) AS phone, unnest(@delivery_ids::uuid[]) AS delivery_id, unnest(@positions::integer[]) AS position) u
ORDER BY u.phone, u.position
ON CONFLICT (phone) DO NOTHING
RETURNING delivery_id;

-- name: PhoneClaimReleaseMany :exec
DELETE FROM phone_claims WHERE delivery_id = ANY (@delivery_ids::uuid[]);

-- name: PhoneClaimRelease :exec
-- Only for a text that surely never reached the provider.
DELETE FROM phone_claims WHERE delivery_id = @delivery_id;
