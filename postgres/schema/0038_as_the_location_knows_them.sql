-- An invitation shows its tenant as its location knows them, and a running batch says why with the numbers that it says it of.

-- +goose Up

-- recipient_name and recipient_phone are what the location's messages go by and what tenant_key, search_text and has_phone copy: the
-- same for everybody who sees the row. known_as stays what this staff member calls the tenant.
CREATE OR REPLACE VIEW listed_invitations AS
SELECT s.id AS staff_id, i.id, i.unit, i.currency, i.status, i.revision, i.anchor_day, i.email_sent_at, i.sms_sent_at, i.opened_at,
    i.claimed_at, i.revoked_at, i.revoked_reason, i.delivery_failed, i.link_expires_at, i.created_at,
    i.tenant_key, i.plan_key, i.location_key, i.card_key, i.ach_key, i.insurance_key,
    (i.card_price_override_minor IS NOT NULL OR i.ach_price_override_minor IS NOT NULL)::boolean AS has_price_override,
    (CASE WHEN i.status IN ('pending', 'sent') THEN coalesce(i.card_price_override_minor, p.card_price_minor) ELSE i.card_key END)::bigint AS card_price,
    (CASE WHEN i.status IN ('pending', 'sent') THEN coalesce(i.ach_price_override_minor, p.ach_price_minor, -1) ELSE i.ach_key END)::bigint AS ach_price,
    t.id AS tenant_id, t.name AS tenant_name, t.email AS tenant_email, t.phone AS tenant_phone, t.activated_at AS tenant_activated_at,
    coalesce(CASE WHEN o.tenant_id IS NULL OR o.known_as IS NOT NULL THEN (
        SELECT (array_agg(tl.known_as ORDER BY tl.known_as IS NOT NULL, tl.location_id))[1]
        FROM tenant_locations tl JOIN managed_locations m ON m.location_id = tl.location_id
        WHERE tl.tenant_id = i.tenant_id AND m.staff_id = s.id) END, '')::text AS known_as,
    coalesce(CASE WHEN o.tenant_id IS NULL OR o.known_as IS NOT NULL THEN (
        SELECT (array_agg(tl.known_phone ORDER BY tl.known_as IS NOT NULL, tl.location_id))[1]
        FROM tenant_locations tl JOIN managed_locations m ON m.location_id = tl.location_id
        WHERE tl.tenant_id = i.tenant_id AND m.staff_id = s.id) END, '')::text AS known_phone,
    p.id AS plan_id, p.name AS plan_name, p.archived_at AS plan_archived_at,
    l.id AS location_id, l.name AS location_name, l.time_zone,
    n.id AS insurance_id, n.name AS insurance_name, n.archived_at AS insurance_archived_at,
    (CASE WHEN i.status IN ('pending', 'sent') THEN coalesce(n.price_minor, -1) ELSE i.insurance_key END)::bigint AS insurance_price,
    coalesce(o.known_as, t.name)::text AS recipient_name,
    coalesce(CASE WHEN o.known_as IS NULL THEN t.phone ELSE o.known_phone END, '')::text AS recipient_phone
FROM invitations i
CROSS JOIN staff s
JOIN tenants t ON t.id = i.tenant_id
JOIN plans p ON p.id = i.plan_id
JOIN locations l ON l.id = i.location_id
LEFT JOIN insurance_plans n ON n.id = i.insurance_plan_id
LEFT JOIN tenant_locations o ON o.location_id = i.location_id AND o.tenant_id = i.tenant_id;

-- While a batch runs: how many rows had which outcome for which reason, most first, as of the look that gave its counts.
ALTER TABLE batches ADD COLUMN reasons jsonb NOT NULL DEFAULT '[]';
