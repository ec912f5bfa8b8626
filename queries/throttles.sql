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
-- A try that came out well does not count. Locked in the order in which they are taken.
UPDATE throttles t SET taken = t.taken - 1
FROM (SELECT o.key FROM throttles o WHERE o.key = ANY (@keys::bytea[]) ORDER BY o.key FOR UPDATE) u
WHERE t.key = u.key AND t.taken > 0;

-- name: ThrottleForget :exec
-- One count: nothing else is locked beside it.
DELETE FROM throttles WHERE key = @key;

-- name: ThrottlePurge :execrows
-- Some at a time; one that somebody counts on at this moment is left for the next.
DELETE FROM throttles WHERE key IN (
    SELECT t.key FROM throttles t WHERE t.ends_at <= @now ORDER BY t.ends_at LIMIT @row_limit::integer FOR UPDATE SKIP LOCKED);
