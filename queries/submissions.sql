-- name: SubmissionInsert :one
INSERT INTO submissions (id, reservation_id, invitation_id, tenant_id, location_id, status, status_changed_at, submitted_at,
    payment_method_type, stripe_customer_id, stripe_setup_intent_id, stripe_payment_method_id, stripe_mandate_id, method_label,
    currency, monthly_total_minor, anchor_day, first_bill_on, quote_digest, terms_version_id, terms_sha256, language,
    signature_kind, signature_name, signature_image, signed_ip, signed_user_agent, mandate_text, card_key, ach_key, insurance_key)
VALUES (@id, @reservation_id, @invitation_id, @tenant_id, @location_id, @status, @now, @now,
    @payment_method_type, @stripe_customer_id, @stripe_setup_intent_id, @stripe_payment_method_id, @stripe_mandate_id, @method_label,
    @currency, @monthly_total_minor, @anchor_day, @first_bill_on, @quote_digest, @terms_version_id, @terms_sha256, @language,
    @signature_kind, @signature_name, @signature_image, @signed_ip, @signed_user_agent, @mandate_text, @card_key, @ach_key, @insurance_key)
RETURNING *;

-- name: SubmissionGet :one
SELECT * FROM submissions WHERE id = @id;

-- name: SubmissionGetBySetupIntent :one
SELECT * FROM submissions WHERE stripe_setup_intent_id = @stripe_setup_intent_id;

-- name: SubmissionGetManaged :one
SELECT s.* FROM submissions s
WHERE s.id = @id
    AND EXISTS (SELECT FROM managed_locations m WHERE m.location_id = s.location_id AND m.staff_id = @staff_id);

-- name: SubmissionListByIDs :many
SELECT * FROM submissions WHERE id = ANY (@ids::uuid[]) ORDER BY id;

-- name: SubmissionListByReservations :many
SELECT * FROM submissions WHERE reservation_id = ANY (@reservation_ids::uuid[]) ORDER BY id DESC;

-- name: SubmissionApproveIfReady :one
-- No row: another was first, or it is not the caller's to approve.
UPDATE submissions SET status = 'approving', status_reason = '', status_changed_at = @now
WHERE id = @id AND status = 'ready_for_approval'
    AND EXISTS (SELECT FROM managed_locations m WHERE m.location_id = submissions.location_id AND m.staff_id = @staff_id)
RETURNING *;

-- name: SubmissionSettleIfApproving :one
-- Out of APPROVING, to whatever the approval's job found. No row: it was settled before.
UPDATE submissions SET status = @status, status_reason = @status_reason, status_changed_at = @now
WHERE id = @id AND status = 'approving'
RETURNING *;

-- name: SubmissionGetCurrent :one
-- With whether the reservation was given up: nothing is asked of its tenant then.
SELECT sqlc.embed(s), (r.ended_at IS NOT NULL)::boolean AS ended
FROM submissions s JOIN reservations r ON r.current_submission_id = s.id
WHERE r.id = @reservation_id;

-- name: SubmissionLoseMethodIfReady :one
UPDATE submissions SET status = 'method_lost', status_reason = @status_reason, status_changed_at = @now
WHERE id = @id AND status = 'ready_for_approval'
RETURNING *;

-- name: SubmissionEndVerificationIfWaiting :one
-- Out of WAITING_FOR_BANK_VERIFICATION. No row: webhook or poll was first.
UPDATE submissions SET status = @status, status_reason = @status_reason, status_changed_at = @now,
    stripe_mandate_id = coalesce(sqlc.narg(stripe_mandate_id), stripe_mandate_id)
WHERE id = @id AND status = 'waiting_for_bank_verification'
RETURNING *;

-- name: SubmissionRejectIfUndecided :one
-- No row: another was first, or it is not the caller's to reject.
UPDATE submissions SET status = 'rejected', status_reason = @status_reason, status_changed_at = @now
WHERE id = @id AND status IN ('waiting_for_bank_verification', 'ready_for_approval')
    AND EXISTS (SELECT FROM managed_locations m WHERE m.location_id = submissions.location_id AND m.staff_id = @staff_id)
RETURNING *;

-- name: SubmissionUndoIfApproved :one
-- No row: it was written down before.
UPDATE submissions SET status = 'undone', status_reason = @status_reason, status_changed_at = @now
WHERE id = @id AND status = 'approved'
RETURNING *;

-- name: SubmissionLockMany :exec
-- Held until the transaction ends, in one order: whoever decides on one of them at this moment waits, and is told.
SELECT id FROM submissions WHERE id = ANY (@ids::uuid[]) ORDER BY id FOR UPDATE;

-- name: SubmissionApproveMany :exec
-- Those that were found ready under SubmissionLockMany.
UPDATE submissions SET status = 'approving', status_reason = '', status_changed_at = @now
WHERE id = ANY (@ids::uuid[]) AND status = 'ready_for_approval';

-- name: SubmissionReturnMany :many
-- Out of APPROVING, where Stripe was surely never asked.
WITH returned AS (
    UPDATE submissions SET status = 'ready_for_approval', status_reason = @status_reason, status_changed_at = @now
    WHERE id = ANY (@ids::uuid[]) AND status = 'approving'
    RETURNING id, location_id
)
SELECT id, location_id FROM returned ORDER BY id;

-- name: SubmissionListManagedByIDs :many
SELECT s.* FROM submissions s
WHERE s.id = ANY (@ids::uuid[])
    AND EXISTS (SELECT FROM managed_locations m WHERE m.location_id = s.location_id AND m.staff_id = @staff_id)
ORDER BY s.id;

-- name: SubmissionSettleIfAwaited :one
-- Out of TENANT_ACTION_REQUIRED. No row: it was settled before.
UPDATE submissions SET status = @status, status_reason = @status_reason, status_changed_at = @now
WHERE id = @id AND status = 'tenant_action_required'
RETURNING *;

-- name: SubmissionListByMethod :many
-- Those that wait with this payment method.
SELECT id FROM submissions
WHERE stripe_payment_method_id = @stripe_payment_method_id AND status IN ('waiting_for_bank_verification', 'ready_for_approval')
ORDER BY id;

-- name: SubmissionListMethodsDue :many
-- Those that wait for approval with a payment method that nobody has looked at since @before.
SELECT s.id FROM submissions s
LEFT JOIN payment_method_looks l ON l.submission_id = s.id
WHERE s.status = 'ready_for_approval' AND coalesce(l.looked_at, s.submitted_at) < @before::timestamptz
ORDER BY s.submitted_at, s.id
LIMIT @row_limit;

-- name: SubmissionNoteMethodLook :exec
INSERT INTO payment_method_looks (submission_id, looked_at) VALUES (@submission_id, @now)
ON CONFLICT (submission_id) DO UPDATE SET looked_at = excluded.looked_at;
