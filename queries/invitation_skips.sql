-- name: InvitationListSkips :many
-- Why each of these would be skipped by an email and by a text, '' where it would go out: the first reason that holds. An
-- address counts as the invitation's location knows it.
SELECT i.id,
    (CASE
        WHEN i.status = 'claimed' THEN 'CLAIMED'
        WHEN i.status = 'revoked' THEN 'REVOKED'
        WHEN t.email IS NULL THEN 'NO_EMAIL'
        WHEN EXISTS (SELECT FROM suppressions s WHERE s.channel = 'email' AND s.address = t.email AND s.live) THEN 'SUPPRESSED'
        ELSE ''
    END)::text AS email_skip,
    (CASE
        WHEN i.status = 'claimed' THEN 'CLAIMED'
        WHEN i.status = 'revoked' THEN 'REVOKED'
        WHEN at.phone IS NULL THEN 'NO_PHONE'
        WHEN EXISTS (SELECT FROM phone_claims c WHERE c.phone = at.phone) THEN 'ALREADY_TEXTED'
        WHEN EXISTS (SELECT FROM suppressions s WHERE s.channel = 'sms' AND s.address = at.phone AND s.live) THEN 'SUPPRESSED'
        ELSE ''
    END)::text AS text_skip
FROM invitations i
JOIN tenants t ON t.id = i.tenant_id
LEFT JOIN tenant_locations tl ON tl.tenant_id = i.tenant_id AND tl.location_id = i.location_id
CROSS JOIN LATERAL (SELECT CASE WHEN tl.known_as IS NULL THEN t.phone ELSE tl.known_phone END AS phone) at
WHERE i.id = ANY (@ids::uuid[])
ORDER BY i.id;
