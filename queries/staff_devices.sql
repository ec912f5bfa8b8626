-- name: StaffDeviceGet :one
-- The device that a token is of, to whoever has this email alone. No row: of another account, unknown, or over; only who holds a token
-- that is right learns anything by it.
SELECT d.id FROM staff_devices d JOIN staff s ON s.id = d.staff_id
WHERE d.token_hash = @token_hash AND d.expires_at > @now::timestamptz AND s.email = lower(@email::text);

-- name: StaffDeviceExchange :execrows
-- A new token for the one that was handed in. No row: it is not this member's device, or not any more.
UPDATE staff_devices SET token_hash = @token_hash, last_used_at = @now, expires_at = @expires_at
WHERE token_hash = @handed_in AND staff_id = @staff_id AND expires_at > @now;

-- name: StaffDeviceInsert :exec
INSERT INTO staff_devices (id, staff_id, token_hash, created_at, last_used_at, expires_at)
VALUES (@id, @staff_id, @token_hash, @now, @now, @expires_at);

-- name: StaffDeviceDeleteAll :exec
DELETE FROM staff_devices WHERE staff_id = @staff_id;

-- name: StaffDevicePurge :execrows
-- Those that ended long ago, some at a time.
DELETE FROM staff_devices WHERE id IN (SELECT d.id FROM staff_devices d WHERE d.expires_at < @before ORDER BY d.expires_at LIMIT @row_limit::integer);
