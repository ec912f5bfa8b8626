-- name: PhoneClaimRelease :exec
-- Only for a text that surely never reached the provider.
DELETE FROM phone_claims WHERE delivery_id = @delivery_id;

-- name: PhoneClaimReleaseMany :execrows
-- For texts that were withdrawn before their turn.
DELETE FROM phone_claims WHERE delivery_id = ANY (@delivery_ids::uuid[]);
