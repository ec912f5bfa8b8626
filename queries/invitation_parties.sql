-- name: InvitationListParties :many
-- What a list shows of whom and what its rows are about, in one statement. by_record: the invitation's own location knows the
-- tenant by the record, so whoever manages it sees the record.
SELECT i.id AS invitation_id,
    t.id AS tenant_id, t.name AS tenant_name, t.email AS tenant_email, t.phone AS tenant_phone, t.activated_at AS tenant_activated_at,
    p.id AS plan_id, p.name AS plan_name, p.currency, p.card_price_minor, p.ach_price_minor, p.archived_at AS plan_archived_at,
    l.id AS location_id, l.name AS location_name, l.time_zone,
    ip.id AS insurance_id, ip.name AS insurance_name, ip.price_minor AS insurance_price_minor, ip.archived_at AS insurance_archived_at,
    EXISTS (SELECT FROM tenant_locations tl
            WHERE tl.location_id = i.location_id AND tl.tenant_id = i.tenant_id AND tl.known_as IS NULL)::boolean AS by_record
FROM invitations i
JOIN tenants t ON t.id = i.tenant_id
JOIN plans p ON p.id = i.plan_id
JOIN locations l ON l.id = i.location_id
LEFT JOIN insurance_plans ip ON ip.id = i.insurance_plan_id
WHERE i.id = ANY (@ids::uuid[])
ORDER BY i.id;
