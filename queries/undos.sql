-- name: UndoInsertIfApproved :one
-- No row: it is not approved, its time is over, it is not the caller's, or it is being taken back already.
INSERT INTO undos (id, submission_id, staff_id, reason, state, requested_at, next_look_at)
SELECT @id::uuid, s.id, @staff_id::uuid, @reason::text, 'pending', @now::timestamptz, @now::timestamptz
FROM submissions s
JOIN managed_locations m ON m.location_id = s.location_id AND m.staff_id = @staff_id
WHERE s.id = @submission_id AND s.status = 'approved'
    AND EXISTS (SELECT FROM approvals a WHERE a.submission_id = s.id AND a.outcome = 'approved' AND a.outcome_at > @since::timestamptz)
ON CONFLICT (submission_id) DO NOTHING
RETURNING *;

-- name: UndoGet :one
SELECT * FROM undos WHERE id = @id;

-- name: UndoGetBySubmission :one
SELECT * FROM undos WHERE submission_id = @submission_id;

-- name: UndoListBySubmissions :many
SELECT * FROM undos WHERE submission_id = ANY (@submission_ids::uuid[]) ORDER BY submission_id;

-- name: UndoListDue :many
-- What is to be looked at again, the longest overdue first.
SELECT * FROM undos WHERE state = 'pending' AND next_look_at <= @now::timestamptz ORDER BY next_look_at, id LIMIT @row_limit;

-- name: UndoWait :exec
UPDATE undos SET waits_for = @waits_for, next_look_at = @next_look_at WHERE id = @id AND state = 'pending';

-- name: UndoStartNextTry :exec
-- A new key for the refunds. Only after the payment's refunds were read and there is none. Of two workers one raises it.
UPDATE undos SET try_number = try_number + 1 WHERE id = @id AND state = 'pending' AND try_number = @try_number;

-- name: UndoFinishIfPending :one
-- No row: another worker finished it.
UPDATE undos SET state = 'done', waits_for = '', done_at = @now WHERE id = @id AND state = 'pending'
RETURNING *;

-- name: UndoInvoiceInsertOrNothing :exec
INSERT INTO undo_invoices (undo_id, stripe_invoice_id, act, amount_minor, currency, stripe_refund_id, at)
VALUES (@undo_id, @stripe_invoice_id, @act, @amount_minor, @currency, @stripe_refund_id, @now)
ON CONFLICT (undo_id, stripe_invoice_id, act) DO NOTHING;

-- name: UndoInvoiceListByUndos :many
SELECT * FROM undo_invoices WHERE undo_id = ANY (@undo_ids::uuid[]) ORDER BY undo_id, at, stripe_invoice_id, act;
