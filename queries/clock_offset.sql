-- name: ClockOffsetGet :one
SELECT seconds FROM clock_offset;

-- name: ClockOffsetAdvance :one
-- Only ever on: nothing that has happened can be undone.
UPDATE clock_offset SET seconds = seconds + greatest(@by_seconds::bigint, 0) RETURNING seconds;
