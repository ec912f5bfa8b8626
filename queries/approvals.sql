-- name: ApprovalInsert :one
INSERT INTO approvals (id, submission_id, staff_id, option, due_today_minor, next_charge_on, monthly_total_minor, currency,
    decided_at, not_before, deadline_at, backdate_at, anchor_at, trial_end_at, outcome)
VALUES (@id, @submission_id, @staff_id, @option, @due_today_minor, @next_charge_on, @monthly_total_minor, @currency,
    @now, @not_before, @deadline_at, @backdate_at, @anchor_at, @trial_end_at, 'pending')
RETURNING *;

-- name: ApprovalGet :one
SELECT * FROM approvals WHERE id = @id;

-- name: ApprovalListBySubmission :many
SELECT * FROM approvals WHERE submission_id = @submission_id ORDER BY id DESC;

-- name: ApprovalListBySubmissions :many
SELECT * FROM approvals WHERE submission_id = ANY (@submission_ids::uuid[]) ORDER BY id DESC;

-- name: ApprovalGetManaged :one
SELECT a.* FROM approvals a
JOIN submissions s ON s.id = a.submission_id
JOIN managed_locations m ON m.location_id = s.location_id AND m.staff_id = @staff_id
WHERE a.id = @id;

-- name: ApprovalMarkCalled :one
-- Committed before Stripe is asked. The first call of a try leaves its time: Stripe keeps the key for 24 hours from then.
-- Answers when Stripe was asked before this, if ever. No row: the approval was settled, another worker has gone on to a later
-- try, or its batch was canceled or stopped before its turn.
UPDATE approvals a SET called_at = coalesce(a.called_at, @now), last_called_at = @now
FROM (SELECT p.id, p.last_called_at FROM approvals p WHERE p.id = @id FOR UPDATE) before
WHERE a.id = before.id AND a.outcome = 'pending' AND a.try_number = @try_number
    AND (a.last_called_at IS NOT NULL OR a.batch_id IS NULL
        OR EXISTS (SELECT FROM batches b WHERE b.id = a.batch_id AND b.state = 'running'))
RETURNING sqlc.embed(a), before.last_called_at AS called_before;

-- name: ApprovalListLeft :many
-- Those of which nothing was heard since a moment, the longest first: a job of each is alive, or was lost.
SELECT id FROM approvals
WHERE outcome = 'pending' AND not_before <= @before::timestamptz AND coalesce(last_called_at, not_before) <= @before::timestamptz
ORDER BY not_before, id
LIMIT @row_limit;

-- name: ApprovalStartNextTry :one
-- A new key. Only after Stripe was read back and holds no subscription of this reservation. No row: another worker did it.
UPDATE approvals SET try_number = try_number + 1, called_at = NULL
WHERE id = @id AND outcome = 'pending' AND try_number = @try_number
RETURNING *;

-- name: ApprovalSettleIfPending :one
-- No row: it was settled before; or it was to be given back, and Stripe was called since the caller read it.
UPDATE approvals SET outcome = @outcome, outcome_reason = @outcome_reason, outcome_at = @now
WHERE id = @id AND outcome = 'pending'
    AND (CAST(@outcome AS approval_outcome) <> 'returned' OR last_called_at IS NOT DISTINCT FROM sqlc.narg(seen)::timestamptz)
RETURNING *;

-- name: ApprovalInsertMany :exec
-- Decisions of one batch; the epoch stands for no moment.
INSERT INTO approvals (id, submission_id, staff_id, option, due_today_minor, next_charge_on, monthly_total_minor, currency,
    decided_at, not_before, deadline_at, backdate_at, anchor_at, trial_end_at, outcome, batch_id, batch_position)
SELECT u.id, u.submission_id, @staff_id, @option, u.due_today_minor, u.next_charge_on::date, u.monthly_total_minor, u.currency,
    @decided_at, u.not_before, u.deadline_at, nullif(u.backdate_at, 'epoch'), nullif(u.anchor_at, 'epoch'),
    nullif(u.trial_end_at, 'epoch'), 'pending', @batch_id, u.position
FROM (SELECT unnest(@ids::uuid[]) AS id, unnest(@submission_ids::uuid[]) AS submission_id, unnest(@dues_today_minor::bigint[]) AS due_today_minor,
          unnest(@next_charges_on::text[]) AS next_charge_on, unnest(@monthly_totals_minor::bigint[]) AS monthly_total_minor,
          unnest(@currencies::text[]) AS currency, unnest(@not_befores::timestamptz[]) AS not_before,
          unnest(@deadlines_at::timestamptz[]) AS deadline_at, unnest(@backdates_at::timestamptz[]) AS backdate_at,
          unnest(@anchors_at::timestamptz[]) AS anchor_at, unnest(@trial_ends_at::timestamptz[]) AS trial_end_at,
          unnest(@positions::integer[]) AS position) u;

-- name: ApprovalReturnUncalled :many
-- Some of a batch that was canceled or stopped, of which Stripe was surely never asked. What a worker has in hand is left alone.
UPDATE approvals SET outcome = 'returned', outcome_reason = @outcome_reason, outcome_at = @now
WHERE id IN (SELECT p.id FROM approvals p
             WHERE p.batch_id = @batch_id AND p.outcome = 'pending' AND p.last_called_at IS NULL
             ORDER BY p.id LIMIT @row_limit FOR UPDATE SKIP LOCKED)
RETURNING *;

-- name: ApprovalWithdrawIfUncalled :one
-- The open decision on one submission, as long as Stripe was surely never asked. No row: Stripe was, nothing is open, or it is not the
-- caller's.
UPDATE approvals a SET outcome = 'returned', outcome_reason = @outcome_reason, outcome_at = @now
FROM submissions s
WHERE a.submission_id = @submission_id AND a.outcome = 'pending' AND a.last_called_at IS NULL AND s.id = a.submission_id
    AND EXISTS (SELECT FROM managed_locations m WHERE m.location_id = s.location_id AND m.staff_id = @staff_id)
RETURNING a.*;

-- name: ApprovalLetTenantConfirm :one
-- A new key, for another question: the bank's answer to the old one was that nothing is charged without the tenant. No row: another
-- worker did it.
UPDATE approvals SET tenant_confirms = true, try_number = try_number + 1, called_at = NULL
WHERE id = @id AND outcome = 'pending' AND try_number = @try_number AND NOT tenant_confirms
RETURNING *;

-- name: ApprovalSettleIfAwaited :one
-- No row: it does not wait for the tenant's bank.
UPDATE approvals SET outcome = @outcome, outcome_reason = @outcome_reason, outcome_at = @now
WHERE id = @id AND outcome = 'tenant_action_required'
RETURNING *;
