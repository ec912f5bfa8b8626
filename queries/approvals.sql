-- name: ApprovalInsert :one
INSERT INTO approvals (id, submission_id, staff_id, option, due_today_minor, next_charge_on, monthly_total_minor, currency,
    decided_at, not_before, deadline_at, backdate_at, anchor_at, outcome)
VALUES (@id, @submission_id, @staff_id, @option, @due_today_minor, @next_charge_on, @monthly_total_minor, @currency,
    @now, @not_before, @deadline_at, @backdate_at, @anchor_at, 'pending')
RETURNING *;

-- name: ApprovalGet :one
SELECT * FROM approvals WHERE id = @id;

-- name: ApprovalListBySubmission :many
SELECT * FROM approvals WHERE submission_id = @submission_id ORDER BY id DESC;

-- name: ApprovalGetManaged :one
SELECT a.* FROM approvals a
JOIN submissions s ON s.id = a.submission_id
JOIN managed_locations m ON m.location_id = s.location_id AND m.staff_id = @staff_id
WHERE a.id = @id;

-- name: ApprovalMarkCalled :one
-- Committed before Stripe is asked. The first call of a try leaves its time: Stripe keeps the key for 24 hours from then.
-- Answers when Stripe was asked before this, if ever. No row: the approval was settled, or another worker has gone on to a
-- later try.
UPDATE approvals a SET called_at = coalesce(a.called_at, @now), last_called_at = @now
FROM (SELECT p.id, p.last_called_at FROM approvals p WHERE p.id = @id FOR UPDATE) before
WHERE a.id = before.id AND a.outcome = 'pending' AND a.try_number = @try_number
RETURNING sqlc.embed(a), before.last_called_at AS called_before;

-- name: ApprovalStartNextTry :one
-- A new key. Only after Stripe was read back and holds no subscription of this reservation. No row: another worker did it.
UPDATE approvals SET try_number = try_number + 1, called_at = NULL
WHERE id = @id AND outcome = 'pending' AND try_number = @try_number
RETURNING *;

-- name: ApprovalSettleIfPending :one
-- No row: it was settled before.
UPDATE approvals SET outcome = @outcome, outcome_reason = @outcome_reason, outcome_at = @now
WHERE id = @id AND outcome = 'pending'
RETURNING *;

-- name: ApprovalListBySubmissionIDs :many
SELECT * FROM approvals WHERE submission_id = ANY (@submission_ids::uuid[]) ORDER BY submission_id, id DESC;
