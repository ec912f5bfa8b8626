-- name: RejectionInsert :one
INSERT INTO rejections (submission_id, staff_id, reason, successor_id, closes, rejected_at)
VALUES (@submission_id, @staff_id, @reason, @successor_id, @closes, @now)
RETURNING *;

-- name: RejectionGet :one
-- The last word: what was turned down may have been closed since.
SELECT * FROM rejections WHERE submission_id = @submission_id ORDER BY closes DESC LIMIT 1;

-- name: RejectionReasonOfSuccessor :one
-- Why the offer before this one was given up. No row: there was none.
SELECT s.id, s.language, r.reason
FROM rejections r
JOIN submissions s ON s.id = r.submission_id
WHERE r.successor_id = @invitation_id;

-- name: RejectionListBySubmissions :many
-- The last word first.
SELECT * FROM rejections WHERE submission_id = ANY (@submission_ids::uuid[]) ORDER BY submission_id, closes DESC;
