-- name: BankVerificationInsert :exec
INSERT INTO bank_verifications (submission_id, began_at, deadline_at, deposit_arrives_at, next_look_at)
VALUES (@submission_id, @now, @deadline_at, @deposit_arrives_at, @next_look_at);

-- name: BankVerificationGet :one
SELECT * FROM bank_verifications WHERE submission_id = @submission_id;

-- name: BankVerificationListBySubmissions :many
SELECT * FROM bank_verifications WHERE submission_id = ANY (@submission_ids::uuid[]) ORDER BY submission_id;

-- name: BankVerificationListDue :many
-- What is to be looked at again, the longest overdue first.
SELECT * FROM bank_verifications
WHERE ended_at IS NULL AND next_look_at <= @now::timestamptz
ORDER BY next_look_at, submission_id
LIMIT @row_limit;

-- name: BankVerificationNoteLook :exec
-- A look that was asked for while this one was under way stays due: what it was asked for may have come after this read.
UPDATE bank_verifications SET looks = looks + 1, deposit_arrives_at = coalesce(sqlc.narg(deposit_arrives_at), deposit_arrives_at),
    next_look_at = CASE WHEN next_look_at = @seen_next_look_at THEN @next_look_at ELSE next_look_at END
WHERE submission_id = @submission_id AND ended_at IS NULL;

-- name: BankVerificationLookNow :execrows
UPDATE bank_verifications SET next_look_at = @now WHERE submission_id = @submission_id AND ended_at IS NULL;

-- name: BankVerificationTellDeposit :execrows
-- Once: no row where the tenant was told before.
UPDATE bank_verifications SET deposit_told_at = @now
WHERE submission_id = @submission_id AND deposit_told_at IS NULL AND ended_at IS NULL;

-- name: BankVerificationRemind :execrows
-- Once: no row where the tenant was reminded before.
UPDATE bank_verifications SET reminded_at = @now
WHERE submission_id = @submission_id AND reminded_at IS NULL AND ended_at IS NULL;

-- name: BankVerificationEnd :execrows
UPDATE bank_verifications SET ended_at = @now WHERE submission_id = @submission_id AND ended_at IS NULL;
