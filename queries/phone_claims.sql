-- name: PhoneClaimRelease :exec
-- Only for a text that surely never reached the provider.
DELETE FROM phone_claims WHERE delivery_id = @delivery_id;
