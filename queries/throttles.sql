-- name: ThrottleEndOfFull :one
-- Until when at least one of some things was tried often enough; a moment in the past where none was. It writes and locks nothing, so
-- that a flood that is refused costs a look each.
SELECT coalesce(max(ends_at), 'epoch')::timestamptz FROM throttles
WHERE key = ANY (@keys::bytea[]) AND taken >= most AND ends_at > @now::timestamptz;

-- name: ThrottleTake :many
-- The keys of those that may still be tried; each is then tried once more, whoever else tries at the same moment.
INSERT INTO throttles AS t (key, name, taken, most, ends_at)
SELECT u.key, u.name, 1, u.most, u.ends_at
FROM (SELECT unnest(@keys::bytea[]) AS key, unnest(@names::text[]) AS name, unnest(@mosts::integer[]) AS most,
          unnest(@ends_at::timestamptz[]) AS ends_at) u
ORDER BY u.key
ON CONFLICT (key) DO UPDATE SET
    taken = CASE WHEN t.ends_at <= @now::timestamptz THEN 1 ELSE t.taken + 1 END,
    ends_at = CASE WHEN t.ends_at <= @now::timestamptz THEN EXCLUDED.ends_at ELSE t.ends_at END,
    most = EXCLUDED.most
WHERE t.ends_at <= @now::timestamptz OR t.taken < EXCLUDED.most
RETURNING t.key;

-- name: ThrottleGiveBack :exec
-- A try that came out well does not count.
UPDATE throttles SET taken = taken - 1 WHERE key = ANY (@keys::bytea[]) AND taken > 0;

-- name: ThrottlePurge :exec
DELETE FROM throttles WHERE ends_at <= @now;
