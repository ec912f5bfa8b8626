-- name: RejectionInsert :one
INSERT INTO rejections (submission_id, staff_id, reason, successor_id, rejected_at)
VALUES (@submission_id, @staff_id, @reason, @successor_id, @now)
RETURNING *;

-- name: RejectionGet :one
SELECT * FROM rejections WHERE submission_id = @submission_id;

-- name: RejectionReasonOfSuccessor :one
-- Why the offer before this one was turned down. No row: there was none.
SELECT s.id, s.language, s.status, r.reason
FROM rejections r
JOIN submissions s ON s.id = r.submission_id
WHERE r.successor_id = @invitation_id;

-- name: RejectionListBySubmissions :many
SELECT * FROM rejections WHERE submission_id = ANY (@submission_ids::uuid[]) ORDER BY submission_id;
