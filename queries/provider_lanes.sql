-- name: ProviderLaneGet :one
SELECT * FROM provider_lanes WHERE lane = @lane;

-- name: ProviderLaneReserve :one
-- The next turns, one every step; the last of them is where next_call_at then stands, less one step. No row: the lane is
-- paused or shut, or its next turn is too late; nothing was reserved then.
UPDATE provider_lanes
SET next_call_at = greatest(next_call_at, @earliest::timestamptz) + @span::interval
WHERE lane = @lane AND failures < @shut_at::integer AND next_call_at <= @latest::timestamptz
    AND (paused_until IS NULL OR paused_until <= @now::timestamptz)
RETURNING *;

-- name: ProviderLaneProbe :execrows
-- The one call that a shut lane lets through once its pause is over. No row: somebody else makes it.
UPDATE provider_lanes SET probing = true, paused_until = @probe_until
WHERE lane = @lane AND failures >= @shut_at::integer AND paused_until <= @now::timestamptz;

-- name: ProviderLaneEndProbe :exec
-- It was not made after all: the next call is it.
UPDATE provider_lanes SET probing = false, paused_until = @now WHERE lane = @lane AND probing;

-- name: ProviderLaneNoteAnswer :exec
-- The provider answered: a shut lane opens. A pause that the provider asked for itself stays.
UPDATE provider_lanes SET failures = 0, probing = false,
    paused_until = CASE WHEN failures >= @shut_at::integer THEN NULL ELSE paused_until END,
    paused_why = CASE WHEN failures >= @shut_at::integer THEN '' ELSE paused_why END
WHERE lane = @lane AND failures > 0;

-- name: ProviderLaneNoteThrottled :exec
-- Being told to wait is an answer too.
UPDATE provider_lanes SET failures = 0, probing = false, paused_why = @why,
    paused_until = CASE WHEN failures < @shut_at::integer AND paused_until > @until::timestamptz THEN paused_until ELSE @until::timestamptz END
WHERE lane = @lane;

-- name: ProviderLaneLock :one
SELECT * FROM provider_lanes WHERE lane = @lane FOR UPDATE;

-- name: ProviderLaneNoteFailure :exec
UPDATE provider_lanes SET failures = @failures, probing = false, paused_until = sqlc.narg(paused_until), paused_why = @why
WHERE lane = @lane;

-- name: ProviderLaneInsertOrNothing :exec
INSERT INTO provider_lanes (lane, next_call_at) VALUES (@lane, 'epoch') ON CONFLICT (lane) DO NOTHING;
