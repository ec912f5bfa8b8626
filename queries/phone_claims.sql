-- name: PhoneClaimInsertMany :many
-- Whose delivery is answered has the claim; the others' numbers had theirs. In the order of the numbers, so that two who claim the same
-- ones wait for each other and not in a ring.
INSERT INTO phone_claims (phone, delivery_id, claimed_at)
SELECT u.phone, u.delivery_id, @now
FROM (SELECT unnest(@phones::text[]) AS phone, unnest(@delivery_ids::uuid[]) AS delivery_id, unnest(@positions::integer[]) AS position) u
ORDER BY u.phone, u.position
ON CONFLICT (phone) DO NOTHING
RETURNING delivery_id;

-- name: PhoneClaimWaits :one
-- Whether the number's one invitation is still on its way: it may yet be withdrawn, or fail.
SELECT EXISTS (SELECT FROM phone_claims c JOIN deliveries d ON d.id = c.delivery_id WHERE c.phone = @phone AND d.waits)::boolean;

-- name: PhoneClaimRelease :exec
-- Only for a text that surely never reached the provider; the claim of one that may be there stays, whoever asks.
DELETE FROM phone_claims c USING deliveries d
WHERE c.delivery_id = @delivery_id AND d.id = c.delivery_id AND (d.called_at IS NULL OR d.status = 'failed');

-- name: PhoneClaimTakeBack :exec
-- For a text that has turned out to be sent after all, before its claim is inserted again: another one that has the number meanwhile
-- and was not called for loses it, and is withdrawn at its turn.
DELETE FROM phone_claims c USING deliveries d
WHERE c.phone = @phone AND d.id = c.delivery_id AND d.id <> @delivery_id AND d.called_at IS NULL;

-- name: PhoneClaimReleaseMany :execrows
-- For texts that were withdrawn before their turn; as above, never for one that may have reached the provider.
DELETE FROM phone_claims c USING deliveries d
WHERE c.delivery_id = ANY (@delivery_ids::uuid[]) AND d.id = c.delivery_id AND (d.called_at IS NULL OR d.status = 'failed');
