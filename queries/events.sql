-- name: EventInsertMany :exec
-- The zero id stands for no location.
INSERT INTO events (id, at, actor_kind, actor_id, subject_kind, subject_id, location_id, action, before, after, detail, request_id)
SELECT u.id, @at, @actor_kind, @actor_id, u.subject_kind::event_subject, u.subject_id,
    nullif(u.location_id, '00000000-0000-0000-0000-000000000000'), u.action, u.before, u.after, u.detail::jsonb, @request_id
FROM (SELECT unnest(@ids::uuid[]) AS id, unnest(@subject_kinds::text[]) AS subject_kind, unnest(@subject_ids::uuid[]) AS subject_id,
          unnest(@location_ids::uuid[]) AS location_id, unnest(@actions::text[]) AS action, unnest(@befores::text[]) AS before,
          unnest(@afters::text[]) AS after, unnest(@details::text[]) AS detail) u;

-- name: EventListBySubject :many
SELECT * FROM events WHERE subject_kind = @subject_kind AND subject_id = @subject_id ORDER BY id;
