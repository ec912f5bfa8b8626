-- name: FunnelCount :many
-- How many invitations of a period came how far, at each managed location (or those of them that are named), by name. A stage
-- contains those that came further. An offer that another took the place of counts as that one: as made when the first of them
-- was, and as submitted, since its tenant had sent that.
WITH RECURSIVE replaced AS (
    SELECT n.successor_id AS id, s.invitation_id AS before
    FROM rejections n JOIN submissions s ON s.id = n.submission_id
    WHERE n.successor_id IS NOT NULL
), earlier AS (
    SELECT n.id, n.before FROM replaced n
    UNION ALL
    SELECT e.id, n.before FROM earlier e JOIN replaced n ON n.id = e.before
), first_made AS (
    SELECT e.id, min(i.created_at) AS created_at FROM earlier e JOIN invitations i ON i.id = e.before GROUP BY e.id
), places AS (
    SELECT l.id, l.name FROM locations l
    JOIN managed_locations m ON m.location_id = l.id AND m.staff_id = @staff_id
    WHERE cardinality(@location_ids::uuid[]) = 0 OR l.id = ANY (@location_ids::uuid[])
), made AS (
    SELECT i.id, i.location_id, i.reservation_id, i.opened_at, i.started_at, false AS follows
    FROM invitations i
    WHERE i.created_at >= @created_from::timestamptz AND i.created_at < @created_before::timestamptz AND i.successor_id IS NULL
        AND i.location_id IN (SELECT p.id FROM places p) AND NOT EXISTS (SELECT FROM rejections n WHERE n.successor_id = i.id)
    UNION ALL
    SELECT i.id, i.location_id, i.reservation_id, i.opened_at, i.started_at, true
    FROM first_made f JOIN invitations i ON i.id = f.id
    WHERE f.created_at >= @created_from::timestamptz AND f.created_at < @created_before::timestamptz AND i.successor_id IS NULL
        AND i.location_id IN (SELECT p.id FROM places p)
), cohort AS (
    SELECT i.location_id, (i.follows OR i.reservation_id IS NOT NULL) AS submitted,
        (i.follows OR i.started_at IS NOT NULL OR i.reservation_id IS NOT NULL) AS started,
        (i.follows OR i.opened_at IS NOT NULL OR i.started_at IS NOT NULL OR i.reservation_id IS NOT NULL) AS opened,
        (i.follows OR i.opened_at IS NOT NULL OR i.started_at IS NOT NULL OR i.reservation_id IS NOT NULL
            OR EXISTS (SELECT FROM deliveries d WHERE d.invitation_id = i.id AND d.status = 'delivered')) AS delivered,
        came.verified, came.approved, came.paid
    FROM made i
    LEFT JOIN LATERAL (
        -- What was rejected may have been so before or after its bank account was verified.
        SELECT bool_or(s.status NOT IN ('waiting_for_bank_verification', 'bank_verification_failed')
                AND (s.status <> 'rejected' OR EXISTS (SELECT FROM events e
                    WHERE e.subject_kind = 'submission' AND e.subject_id = s.id AND e.after = 'ready_for_approval'))) AS verified,
            bool_or(EXISTS (SELECT FROM approvals a WHERE a.submission_id = s.id AND a.outcome = 'approved')) AS approved,
            bool_or(EXISTS (SELECT FROM subscriptions u JOIN subscription_invoices v ON v.subscription_id = u.id
                WHERE u.submission_id = s.id AND v.first AND v.status = 'paid')) AS paid
        FROM submissions s WHERE s.reservation_id = i.reservation_id
    ) came ON i.reservation_id IS NOT NULL
)
SELECT p.id AS location_id,
    count(c.location_id)::integer AS invited,
    count(*) FILTER (WHERE c.delivered)::integer AS delivered,
    count(*) FILTER (WHERE c.opened)::integer AS opened,
    count(*) FILTER (WHERE c.started)::integer AS started,
    count(*) FILTER (WHERE c.submitted)::integer AS submitted,
    count(*) FILTER (WHERE c.verified OR c.approved OR c.paid)::integer AS verified,
    count(*) FILTER (WHERE c.approved OR c.paid)::integer AS approved,
    count(*) FILTER (WHERE c.paid)::integer AS first_charge_paid
FROM places p LEFT JOIN cohort c ON c.location_id = p.id
GROUP BY p.id, p.name
ORDER BY p.name, p.id;
