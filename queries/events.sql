-- name: EventInsert :exec
INSERT INTO events (id, at, actor_kind, actor_id, subject_kind, subject_id, location_id, action, before, after, detail, request_id)
VALUES (@id, @at, @actor_kind, @actor_id, @subject_kind, @subject_id, @location_id, @action, @before, @after, @detail, @request_id);

-- name: EventListBySubject :many
SELECT * FROM events WHERE subject_kind = @subject_kind AND subject_id = @subject_id ORDER BY id;
