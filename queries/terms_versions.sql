-- name: TermsVersionGetCurrent :one
-- The newest terms of a location in this language, else in the location's own.
SELECT t.* FROM terms_versions t
JOIN locations l ON l.id = t.location_id
WHERE t.location_id = @location_id AND t.language IN (@language::message_language, l.language)
ORDER BY (t.language = @language::message_language) DESC, t.version DESC
LIMIT 1;

-- name: TermsVersionListByIDs :many
SELECT * FROM terms_versions WHERE id = ANY (@ids::uuid[]) ORDER BY id;

-- name: TermsVersionInsertIfChanged :execrows
-- Adds a version unless the newest one already has this text.
INSERT INTO terms_versions (id, location_id, language, version, body, body_sha256, created_at)
SELECT @id::uuid, @location_id::uuid, @language::message_language,
    coalesce(max(t.version), 0) + 1, @body::text, sha256(convert_to(@body::text, 'UTF8')), @now::timestamptz
FROM terms_versions t
WHERE t.location_id = @location_id::uuid AND t.language = @language::message_language
HAVING (array_agg(t.body ORDER BY t.version DESC))[1] IS DISTINCT FROM @body::text;
