-- The list of submissions in one look, as that of invitations (0009).

-- +goose Up

-- What a list shows a staff member in a row; whether the row is theirs to see is for the statement to ask. known_as is set for a
-- guest, whom the staff member knows only by a name that was typed: neither the submission's location nor another one that they manage
-- has the record.
CREATE VIEW listed_submissions AS
SELECT s.id AS staff_id, b.id, b.status, b.status_reason, b.status_changed_at, b.submitted_at, b.waiting_key, b.payment_method_type,
    b.method_label, b.currency, b.monthly_total_minor, b.anchor_day, b.tenant_key, b.plan_key, b.location_key, b.card_key, b.ach_key,
    b.insurance_key, r.unit,
    t.id AS tenant_id, t.name AS tenant_name, t.email AS tenant_email, t.phone AS tenant_phone, t.activated_at AS tenant_activated_at,
    coalesce(CASE WHEN o.tenant_id IS NULL OR o.known_as IS NOT NULL THEN (
        SELECT (array_agg(tl.known_as ORDER BY tl.known_as IS NOT NULL, tl.location_id))[1]
        FROM tenant_locations tl JOIN managed_locations m ON m.location_id = tl.location_id
        WHERE tl.tenant_id = b.tenant_id AND m.staff_id = s.id) END, '')::text AS known_as,
    coalesce(CASE WHEN o.tenant_id IS NULL OR o.known_as IS NOT NULL THEN (
        SELECT (array_agg(tl.known_phone ORDER BY tl.known_as IS NOT NULL, tl.location_id))[1]
        FROM tenant_locations tl JOIN managed_locations m ON m.location_id = tl.location_id
        WHERE tl.tenant_id = b.tenant_id AND m.staff_id = s.id) END, '')::text AS known_phone,
    p.id AS plan_id, p.name AS plan_name, p.archived_at AS plan_archived_at,
    l.id AS location_id, l.name AS location_name, l.time_zone
FROM submissions b
CROSS JOIN staff s
JOIN reservations r ON r.id = b.reservation_id
JOIN tenants t ON t.id = b.tenant_id
JOIN plans p ON p.id = r.plan_id
JOIN locations l ON l.id = b.location_id
LEFT JOIN tenant_locations o ON o.location_id = b.location_id AND o.tenant_id = b.tenant_id;
GRANT SELECT ON listed_submissions TO carryover_app;
