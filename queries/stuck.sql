-- name: StuckList :many
-- What waits for longer than it should at the caller's locations, the longest waiting first; a page starts after (@after_since,
-- @after_id). Another kind is another branch here and its words in migration/stuck.go: a branch says since when it waits, where,
-- what, and in `detail` what is known of it. Bulk acts are of no location and their starter's.
SELECT w.kind::text AS kind, w.since::timestamptz AS since,
    coalesce(w.location_id, '00000000-0000-0000-0000-000000000000')::uuid AS location_id, w.subject::text AS subject, w.subject_id::uuid AS subject_id, w.detail::text AS detail,
    coalesce(CASE WHEN w.kind = 'APPROVAL_OVERDUE' THEN (SELECT a.obstacle FROM approvables a WHERE a.submission_id = w.subject_id) END, '')::text AS obstacle
FROM (
    SELECT 'BANK_VERIFICATION_OVERDUE' AS kind, s.status_changed_at AS since, s.location_id, CAST(NULL AS uuid) AS staff_id,
        'submission' AS subject, s.id AS subject_id, '' AS detail
    FROM submissions s JOIN bank_verifications v ON v.submission_id = s.id
    WHERE s.status = 'waiting_for_bank_verification'
        AND (v.deadline_at <= CAST(@now AS timestamptz) OR v.next_look_at <= CAST(@now AS timestamptz) - interval '1 day'
            OR (v.deposit_arrives_at IS NULL AND v.began_at <= CAST(@now AS timestamptz) - interval '7 days'))
    UNION ALL
    SELECT 'APPROVAL_OVERDUE', s.status_changed_at, s.location_id, NULL, 'submission', s.id, s.status_reason
    FROM submissions s
    WHERE s.status = 'ready_for_approval' AND s.status_changed_at <= CAST(@now AS timestamptz) - interval '3 days'
    UNION ALL
    SELECT 'SUBSCRIPTION_NOT_MADE', a.not_before, s.location_id, NULL, 'submission', s.id, ''
    FROM approvals a JOIN submissions s ON s.id = a.submission_id
    WHERE a.outcome = 'pending' AND a.not_before <= CAST(@now AS timestamptz) - interval '1 hour'
    UNION ALL
    SELECT 'TENANT_ACTION_OVERDUE', s.status_changed_at, s.location_id, NULL, 'submission', s.id, ''
    FROM submissions s
    WHERE s.status = 'tenant_action_required' AND s.status_changed_at <= CAST(@now AS timestamptz) - interval '12 hours'
    UNION ALL
    SELECT 'TENANT_MUST_RETRY', s.status_changed_at, s.location_id, NULL, 'submission', s.id, s.status_reason
    FROM submissions s
    JOIN reservations r ON r.current_submission_id = s.id AND r.live
    LEFT JOIN invitations i ON i.id = s.invitation_id
    WHERE s.status IN ('bank_verification_failed', 'payment_failed', 'rejected', 'method_lost')
        AND (s.status_changed_at <= CAST(@now AS timestamptz) - interval '3 days' OR i.link_expires_at <= CAST(@now AS timestamptz))
    UNION ALL
    SELECT 'NEW_OFFER_UNANSWERED', n.rejected_at, i.location_id, NULL, 'invitation', i.id, n.reason
    FROM rejections n JOIN invitations i ON i.id = n.successor_id
    WHERE i.status IN ('pending', 'sent')
        AND (n.rejected_at <= CAST(@now AS timestamptz) - interval '3 days' OR i.link_expires_at <= CAST(@now AS timestamptz))
    UNION ALL
    SELECT 'UNDO_PENDING', u.requested_at, s.location_id, NULL, 'submission', s.id, u.waits_for
    FROM undos u JOIN submissions s ON s.id = u.submission_id
    WHERE u.state = 'pending' AND u.requested_at <= CAST(@now AS timestamptz) - interval '1 day'
    UNION ALL
    SELECT 'SUBSCRIPTION_UNKNOWN', b.unknown_since, s.location_id, NULL, 'submission', s.id, b.stripe_subscription_id || '.'
    FROM subscriptions b JOIN submissions s ON s.id = b.submission_id
    WHERE b.unknown_since IS NOT NULL
    UNION ALL
    SELECT 'DELIVERY_UNKNOWN', d.status_changed_at, d.location_id, NULL, 'delivery', d.id, d.status_reason
    FROM deliveries d
    WHERE d.lost AND (d.next_look_at IS NULL OR d.next_look_at <= CAST(@now AS timestamptz) - interval '1 day')
        AND (d.called_at IS NULL OR d.called_at <= CAST(@now AS timestamptz) - interval '10 minutes')
    UNION ALL
    SELECT 'DELIVERY_NOT_SENT', coalesce(d.not_before, d.created_at), d.location_id, NULL, 'delivery', d.id, ''
    FROM deliveries d
    WHERE d.waits AND d.batch_id IS NULL
        AND d.created_at <= CAST(@now AS timestamptz) - interval '1 hour'
        AND (d.not_before IS NULL OR d.not_before <= CAST(@now AS timestamptz) - interval '1 hour')
    UNION ALL
    SELECT 'EMAIL_CORRECTION', c.requested_at, c.location_id, NULL, 'email_correction', c.id, ''
    FROM email_corrections c
    WHERE c.state = 'pending' AND c.requested_at <= CAST(@now AS timestamptz) - interval '1 day'
    UNION ALL
    SELECT 'BILLING_ALARM', b.since, b.location_id, NULL, 'billing_alarm', b.id, b.detail
    FROM billing_alarms b
    WHERE b.handled_at IS NULL
    UNION ALL
    -- Texts that wait for the morning and approvals that wait for their billing moment stand still as they should; so does nothing else.
    SELECT 'BATCH_STANDING', coalesce(b.settled_at, b.created_at), NULL, b.staff_id, 'batch', b.id, b.state_reason
    FROM batches b
    WHERE b.finished_at IS NULL AND b.created_at <= CAST(@now AS timestamptz) - interval '1 hour'
        AND (b.settled_at IS NULL OR b.settled_at <= CAST(@now AS timestamptz) - interval '1 hour')
        AND (EXISTS (SELECT FROM batch_parts p WHERE p.batch_id = b.id AND p.planned_at IS NULL)
            OR NOT EXISTS (SELECT FROM batch_items i WHERE i.batch_id = b.id AND i.outcome = 'pending')
            OR EXISTS (SELECT FROM batch_items i LEFT JOIN deliveries o ON o.batch_id = i.batch_id AND o.batch_position = i.position
                       LEFT JOIN approvals a ON a.batch_id = i.batch_id AND a.batch_position = i.position
                       WHERE i.batch_id = b.id AND i.outcome = 'pending'
                           AND coalesce(o.not_before, a.not_before, '-infinity') <= CAST(@now AS timestamptz) - interval '1 hour'))
) w
WHERE (w.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id)
        OR (w.location_id IS NULL
            AND (w.staff_id = @staff_id OR EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id))))
    AND (cardinality(@kinds::text[]) = 0 OR w.kind = ANY (@kinds::text[]))
    AND (cardinality(@location_ids::uuid[]) = 0 OR w.location_id = ANY (@location_ids::uuid[]))
    AND (sqlc.narg(after_id)::uuid IS NULL OR (w.since, w.subject_id) > (sqlc.narg(after_since)::timestamptz, sqlc.narg(after_id)::uuid))
ORDER BY w.since, w.subject_id
LIMIT @row_limit::integer;
