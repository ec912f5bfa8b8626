-- name: EventInsertMany :exec
-- The zero id stands for no location, and for no person.
INSERT INTO events (id, at, actor_kind, actor_id, subject_kind, subject_id, location_id, action, before, after, detail, request_id, token_name)
SELECT u.id, @at, u.actor_kind::actor_kind, nullif(u.actor_id, '00000000-0000-0000-0000-000000000000'), u.subject_kind::event_subject, u.subject_id,
    nullif(u.location_id, '00000000-0000-0000-0000-000000000000'), u.action, u.before, u.after, u.detail::jsonb, u.request_id, u.token_name
FROM (SELECT unnest(@ids::uuid[]) AS id, unnest(@actor_kinds::text[]) AS actor_kind, unnest(@actor_ids::uuid[]) AS actor_id,
          unnest(@request_ids::text[]) AS request_id, unnest(@token_names::text[]) AS token_name, unnest(@subject_kinds::text[]) AS subject_kind, unnest(@subject_ids::uuid[]) AS subject_id,
          unnest(@location_ids::uuid[]) AS location_id, unnest(@actions::text[]) AS action, unnest(@befores::text[]) AS before,
          unnest(@afters::text[]) AS after, unnest(@details::text[]) AS detail) u;

-- name: EventListBySubject :many
SELECT * FROM events WHERE subject_kind = @subject_kind AND subject_id = @subject_id ORDER BY id;

-- name: EventGetNewest :one
-- The last thing that was written down of something.
SELECT id FROM events WHERE subject_kind = @subject_kind AND subject_id = @subject_id ORDER BY id DESC LIMIT 1;

-- name: EventListBySubjects :many
-- The histories of several things, each in the order in which it happened.
SELECT * FROM events
WHERE (subject_kind, subject_id) IN (SELECT u.kind::event_subject, u.id FROM (SELECT unnest(@kinds::text[]) AS kind, unnest(@ids::uuid[]) AS id) u)
ORDER BY id;

-- name: EventListEverywhere :many
-- What was done anywhere, the newest first; a page starts after (@after_at, @after_id). No rows unless the caller manages
-- everything.
SELECT e.* FROM events e
WHERE (sqlc.narg(actor_id)::uuid IS NULL OR e.actor_id = sqlc.narg(actor_id)::uuid)
    AND (cardinality(@actor_kinds::text[]) = 0 OR e.actor_kind = ANY (CAST(@actor_kinds::text[] AS actor_kind[])))
    AND (cardinality(@subject_kinds::text[]) = 0 OR e.subject_kind = ANY (CAST(@subject_kinds::text[] AS event_subject[])))
    AND (sqlc.narg(subject_id)::uuid IS NULL OR e.subject_id = sqlc.narg(subject_id)::uuid)
    AND (cardinality(@actions::text[]) = 0 OR e.action = ANY (@actions::text[]))
    AND (sqlc.narg(at_from)::timestamptz IS NULL OR e.at >= sqlc.narg(at_from)::timestamptz)
    AND (sqlc.narg(at_before)::timestamptz IS NULL OR e.at < sqlc.narg(at_before)::timestamptz)
    AND (sqlc.narg(after_id)::uuid IS NULL OR (e.at, e.id) < (sqlc.narg(after_at)::timestamptz, sqlc.narg(after_id)::uuid))
    AND EXISTS (SELECT FROM manages_everything a WHERE a.staff_id = @staff_id)
ORDER BY e.at DESC, e.id DESC
LIMIT @row_limit::integer;

-- name: EventListManaged :many
-- The same of managed locations, or those of them that are named: the first rows of each, put together.
SELECT y.* FROM (
    SELECT m.location_id FROM managed_locations m
    WHERE m.staff_id = @staff_id AND (cardinality(@location_ids::uuid[]) = 0 OR m.location_id = ANY (@location_ids::uuid[]))) place
CROSS JOIN LATERAL (
    SELECT e.* FROM events e
    WHERE e.location_id = place.location_id
        AND (sqlc.narg(actor_id)::uuid IS NULL OR e.actor_id = sqlc.narg(actor_id)::uuid)
        AND (cardinality(@actor_kinds::text[]) = 0 OR e.actor_kind = ANY (CAST(@actor_kinds::text[] AS actor_kind[])))
        AND (cardinality(@subject_kinds::text[]) = 0 OR e.subject_kind = ANY (CAST(@subject_kinds::text[] AS event_subject[])))
        AND (sqlc.narg(subject_id)::uuid IS NULL OR e.subject_id = sqlc.narg(subject_id)::uuid)
        AND (cardinality(@actions::text[]) = 0 OR e.action = ANY (@actions::text[]))
        AND (sqlc.narg(at_from)::timestamptz IS NULL OR e.at >= sqlc.narg(at_from)::timestamptz)
        AND (sqlc.narg(at_before)::timestamptz IS NULL OR e.at < sqlc.narg(at_before)::timestamptz)
        AND (sqlc.narg(after_id)::uuid IS NULL OR (e.at, e.id) < (sqlc.narg(after_at)::timestamptz, sqlc.narg(after_id)::uuid))
    ORDER BY e.at DESC, e.id DESC
    LIMIT @row_limit::integer) y
ORDER BY y.at DESC, y.id DESC
LIMIT @row_limit::integer;
