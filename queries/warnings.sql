-- What a careful person would want to know before sending. Of people of other locations these say that there is one, and
-- nothing else: whatever is asked, the same rows are read.

-- name: TenantIsKnownElsewhere :one
SELECT EXISTS (
    SELECT FROM tenant_locations tl
    WHERE tl.tenant_id = @tenant_id
        AND NOT EXISTS (SELECT FROM managed_locations m WHERE m.location_id = tl.location_id AND m.staff_id = @staff_id))::boolean;

-- name: InvitationListOpenOfTenant :many
-- What else this tenant is offered at locations of this staff member.
SELECT p.name AS plan_name, i.unit, l.name AS location_name
FROM invitations i
JOIN plans p ON p.id = i.plan_id
JOIN locations l ON l.id = i.location_id
JOIN managed_locations m ON m.location_id = i.location_id AND m.staff_id = @staff_id
WHERE i.tenant_id = @tenant_id AND i.status IN ('pending', 'sent') AND i.id <> @but
ORDER BY i.id
LIMIT @row_limit;

-- name: TenantListNamesByPhone :many
-- Who else has this number, each by the name under which this staff member knows them with it. '', which comes first, stands
-- for all of whom they do not.
SELECT DISTINCT coalesce(owner.name, '')::text AS name FROM (
    SELECT had.tenant_id, min(had.name) FILTER (WHERE m.location_id IS NOT NULL) AS name
    FROM (
        SELECT t.id AS tenant_id, t.name, tl.location_id
        FROM tenants t
        LEFT JOIN tenant_locations tl ON tl.tenant_id = t.id AND tl.known_as IS NULL
        WHERE t.phone = @phone::text
        UNION ALL
        SELECT k.tenant_id, k.known_as, k.location_id FROM tenant_locations k WHERE k.known_phone = @phone::text
    ) had
    LEFT JOIN managed_locations m ON m.location_id = had.location_id AND m.staff_id = @staff_id
    WHERE had.tenant_id <> @but::uuid
    GROUP BY had.tenant_id
) owner
ORDER BY name
LIMIT @row_limit;

-- name: AddressGetNews :one
-- An empty address has none.
SELECT EXISTS (SELECT FROM phone_claims c WHERE c.phone = @phone::text)::boolean AS texted,
    EXISTS (SELECT FROM deliveries d WHERE d.tenant_id = @tenant_id AND d.channel = 'sms' AND d.purpose = 'invitation'
                AND d.status IN ('queued', 'sending', 'accepted', 'delivered', 'unknown'))::boolean AS tenant_texted,
    EXISTS (SELECT FROM suppressions s WHERE s.live AND s.channel = 'sms' AND s.address = @phone::text)::boolean AS phone_suppressed,
    EXISTS (SELECT FROM suppressions s WHERE s.live AND s.channel = 'email' AND s.address = @email::text)::boolean AS email_suppressed;
