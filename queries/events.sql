-- name: EventInsertMany :exec
-- The zero id stands for no location, and for no person.
INSERT INTO events (id, at, actor_kind, actor_id, subject_kind, subject_id, location_id, action, before, after, detail, request_id)
SELECT u.id, @at, u.actor_kind::actor_kind, nullif(u.actor_id, '00000000-0000-0000-0000-000000000000'), u.subject_kind::event_subject, u.subject_id,
    nullif(u.location_id, '00000000-0000-0000-0000-000000000000'), u.action, u.before, u.after, u.detail::jsonb, u.request_id
FROM (SELECT unnest(@ids::uuid[]) AS id, unnest(@actor_kinds::text[]) AS actor_kind, unnest(@actor_ids::uuid[]) AS actor_id,
          unnest(@request_ids::text[]) AS request_id, unnest(@subject_kinds::text[]) AS subject_kind, unnest(@subject_ids::uuid[]) AS subject_id,
          unnest(@location_ids::uuid[]) AS location_id, unnest(@actions::text[]) AS action, unnest(@befores::text[]) AS before,
          unnest(@afters::text[]) AS after, unnest(@details::text[]) AS detail) u;

-- name: EventListBySubject :many
SELECT * FROM events WHERE subject_kind = @subject_kind AND subject_id = @subject_id ORDER BY id;
