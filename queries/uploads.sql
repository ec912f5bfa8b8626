-- name: UploadInsert :exec
INSERT INTO uploads (id, staff_id, name, created_at) VALUES (@id, @staff_id, @name, @now);

-- name: UploadSumWaiting :one
-- The bytes of a staff member's other files of which no import has taken rows. One that has begun since @since and is on its way may
-- become as large as @most.
SELECT coalesce(sum(CASE WHEN u.completed_at IS NULL AND u.created_at > @since THEN @most::bigint ELSE kept.bytes END), 0)::bigint
FROM uploads u
CROSS JOIN LATERAL (SELECT coalesce(sum(octet_length(p.data)), 0) AS bytes FROM upload_pieces p WHERE p.upload_id = u.id) kept
WHERE u.staff_id = @staff_id AND u.id <> @id
    AND NOT EXISTS (SELECT FROM legacy_imports i WHERE i.upload_id = u.id AND NOT i.dry_run);

-- name: UploadPieceInsert :exec
INSERT INTO upload_pieces (upload_id, piece, data) VALUES (@upload_id, @piece, @data);

-- name: UploadComplete :one
UPDATE uploads SET size = @size, sha256 = @sha256, encoding = @encoding, completed_at = @now
WHERE id = @id AND completed_at IS NULL
RETURNING *;

-- name: UploadDelete :exec
-- Its pieces go with it. One that an import refers to stays.
DELETE FROM uploads WHERE id = @id AND NOT EXISTS (SELECT FROM legacy_imports i WHERE i.upload_id = uploads.id);

-- name: UploadGet :one
SELECT * FROM uploads WHERE id = @id;

-- name: UploadGetOwn :one
-- A whole file, to whoever brought it.
SELECT * FROM uploads WHERE id = @id AND staff_id = @staff_id AND completed_at IS NOT NULL;

-- name: UploadPieceGet :one
-- No row: the file ends before it.
SELECT data FROM upload_pieces WHERE upload_id = @upload_id AND piece = @piece;

-- name: UploadForget :execrows
-- The files that nobody imported, and the pieces of those whose import is over, after a time.
WITH unused AS (
    DELETE FROM uploads u WHERE u.created_at < @before AND NOT EXISTS (SELECT FROM legacy_imports i WHERE i.upload_id = u.id)
)
DELETE FROM upload_pieces p USING uploads u
WHERE u.id = p.upload_id AND u.created_at < @before
    AND NOT EXISTS (SELECT FROM legacy_imports i JOIN batches b ON b.id = i.batch_id WHERE i.upload_id = u.id AND (b.finished_at IS NULL OR b.finished_at > @before));
