-- name: InvitationInsert :one
INSERT INTO invitations (id, tenant_id, location_id, plan_id, unit, currency, insurance_plan_id, card_price_override_minor,
    ach_price_override_minor, anchor_day, first_bill_on, legacy_membership_id, status, link_expires_at, created_by, created_at,
    updated_at)
VALUES (@id, @tenant_id, @location_id, @plan_id, @unit, @currency, @insurance_plan_id, @card_price_override_minor,
    @ach_price_override_minor, @anchor_day, @first_bill_on, @legacy_membership_id, 'pending', @link_expires_at, @created_by, @now,
    @now)
RETURNING *;

-- name: InvitationGetManaged :one
SELECT i.* FROM invitations i
WHERE i.id = @id
    AND EXISTS (SELECT FROM managed_locations m WHERE m.location_id = i.location_id AND m.staff_id = @staff_id);

-- name: InvitationGet :one
-- For the tenant's link and for jobs; staff go through InvitationGetManaged.
SELECT * FROM invitations WHERE id = @id;

-- name: InvitationLock :one
-- Held until the transaction ends, so that a second tab waits and then sees what the first one did.
SELECT * FROM invitations WHERE id = @id FOR UPDATE;

-- name: InvitationLockManaged :many
SELECT i.* FROM invitations i
WHERE i.id = ANY (@ids::uuid[])
    AND EXISTS (SELECT FROM managed_locations m WHERE m.location_id = i.location_id AND m.staff_id = @staff_id)
ORDER BY i.id
FOR UPDATE OF i;

-- name: InvitationListManagedByIDs :many
SELECT i.* FROM invitations i
WHERE i.id = ANY (@ids::uuid[])
    AND EXISTS (SELECT FROM managed_locations m WHERE m.location_id = i.location_id AND m.staff_id = @staff_id)
ORDER BY i.id;

-- name: InvitationListManaged :many
SELECT i.* FROM invitations i
WHERE EXISTS (SELECT FROM managed_locations m WHERE m.location_id = i.location_id AND m.staff_id = @staff_id)
    AND (cardinality(@statuses::text[]) = 0 OR i.status = ANY (CAST(@statuses::text[] AS invitation_status[])))
    AND (cardinality(@location_ids::uuid[]) = 0 OR i.location_id = ANY (@location_ids::uuid[]))
    AND (sqlc.narg(after_id)::uuid IS NULL OR i.id < sqlc.narg(after_id)::uuid)
ORDER BY i.id DESC
LIMIT @row_limit;

-- name: InvitationMarkOpened :execrows
UPDATE invitations SET opened_at = @now WHERE id = @id AND opened_at IS NULL;

-- name: InvitationMarkStarted :execrows
UPDATE invitations SET started_at = @now WHERE id = @id AND started_at IS NULL;

-- name: InvitationExtendLink :exec
-- Never shortens: a link that was promised longer keeps its time.
UPDATE invitations SET link_expires_at = greatest(link_expires_at, @link_expires_at), updated_at = @now WHERE id = @id;

-- name: InvitationClaimIfOpen :one
-- No row: somebody was first, or it was revoked.
UPDATE invitations SET status = 'claimed', claimed_at = @now, updated_at = @now, reservation_id = @reservation_id
WHERE id = @id AND status IN ('pending', 'sent')
RETURNING *;

-- name: InvitationNoteText :exec
-- The first one stays: there is one for ever. The link lives from here on.
UPDATE invitations SET sms_sent_at = coalesce(sms_sent_at, @now), updated_at = @now, link_expires_at = greatest(link_expires_at, @link_expires_at)
WHERE id = @id;

-- name: InvitationNoteTexts :exec
-- Those whose text was taken, as InvitationNoteText of each; what failed before is forgotten.
UPDATE invitations i SET sms_sent_at = coalesce(i.sms_sent_at, @now), updated_at = @now, delivery_failed = false,
    link_expires_at = greatest(i.link_expires_at, @link_expires_at)
FROM (SELECT o.id FROM invitations o WHERE o.id = ANY (@ids::uuid[]) ORDER BY o.id FOR UPDATE) u
WHERE i.id = u.id;

-- name: InvitationNoteDeliveryFailed :exec
-- What became of one message about it. Of an earlier one than the last of which that is known, nothing is noted.
UPDATE invitations i SET delivery_failed = @failed
WHERE i.id = @id AND i.delivery_failed <> @failed AND NOT EXISTS (
    SELECT FROM deliveries d WHERE d.invitation_id = i.id AND d.purpose = 'invitation' AND d.id > @delivery_id
        AND d.status IN ('accepted', 'delivered', 'undelivered', 'failed'));

-- name: InvitationUpdateIfOpen :one
-- No row: it was edited, claimed or revoked since it was read. A first bill of the old billing day goes with it.
UPDATE invitations SET tenant_id = @tenant_id, location_id = @location_id, plan_id = @plan_id, unit = @unit, currency = @currency,
    insurance_plan_id = @insurance_plan_id, card_price_override_minor = @card_price_override_minor,
    ach_price_override_minor = @ach_price_override_minor,
    first_bill_on = CASE WHEN anchor_day = @anchor_day THEN first_bill_on END, anchor_day = @anchor_day,
    revision = revision + 1, updated_at = @now
WHERE id = @id AND status IN ('pending', 'sent') AND revision = @revision
RETURNING *;

-- name: InvitationDeleteIfPending :execrows
-- Whether anybody was told is for InvitationListTraces to say, while the row is locked; foreign keys have the last word.
DELETE FROM invitations WHERE id = @id AND status = 'pending';

-- name: InvitationRevokeIfOpen :one
UPDATE invitations SET status = 'revoked', revoked_at = @now, revoked_reason = @revoked_reason, updated_at = @now
WHERE id = @id AND status IN ('pending', 'sent')
RETURNING *;

-- name: InvitationRenewLink :one
-- Never shortens, but where the links given out before are replaced: then the time is the new link's own.
UPDATE invitations SET updated_at = @now,
    link_expires_at = CASE WHEN @replace::boolean THEN @link_expires_at ELSE greatest(link_expires_at, @link_expires_at) END,
    link_version = link_version + CASE WHEN @replace::boolean THEN 1 ELSE 0 END
WHERE id = @id AND status <> 'revoked'
RETURNING *;

-- name: InvitationCopyLink :one
UPDATE invitations SET updated_at = @now, link_expires_at = greatest(link_expires_at, @link_expires_at),
    link_copied_at = coalesce(link_copied_at, @now::timestamptz)
WHERE id = @id AND status <> 'revoked'
RETURNING *;

-- name: InvitationLockByTenant :many
-- In one order everywhere, so that no two transactions wait for each other.
SELECT id FROM invitations WHERE tenant_id = @tenant_id ORDER BY id FOR UPDATE;

-- name: InvitationRefreshByTenant :exec
-- Writes the copies of the tenant's name and phone anew; the trigger of the row does it.
UPDATE invitations SET tenant_id = tenant_id
WHERE tenant_id = @tenant_id AND (sqlc.narg(location_id)::uuid IS NULL OR location_id = sqlc.narg(location_id)::uuid);

-- name: InvitationListTraces :many
-- What each of these has left behind. told: somebody knows of the offer, or may, or is about to. moving: a message of it has not
-- come to an end, or an act of sending is about to queue one. kept: rows refer to it that are never deleted.
SELECT i.id,
    (i.email_sent_at IS NOT NULL OR i.sms_sent_at IS NOT NULL OR i.opened_at IS NOT NULL OR i.started_at IS NOT NULL
        OR i.link_copied_at IS NOT NULL
        OR EXISTS (SELECT FROM invitations o WHERE o.successor_id = i.id)
        OR EXISTS (SELECT FROM telling_deliveries d WHERE d.invitation_id = i.id)
        OR i.id IN (SELECT unnest(p.invitation_ids) FROM batch_parts p WHERE p.planned_at IS NULL))::boolean AS told,
    (EXISTS (SELECT FROM deliveries d WHERE d.invitation_id = i.id AND d.status IN ('queued', 'sending'))
        OR i.id IN (SELECT unnest(p.invitation_ids) FROM batch_parts p WHERE p.planned_at IS NULL))::boolean AS moving,
    (EXISTS (SELECT FROM deliveries d WHERE d.invitation_id = i.id)
        OR EXISTS (SELECT FROM batch_items b WHERE b.invitation_id = i.id)
        OR EXISTS (SELECT FROM invitations o WHERE o.successor_id = i.id)
        OR EXISTS (SELECT FROM invitation_revisions r WHERE r.invitation_id = i.id))::boolean AS kept
FROM invitations i
WHERE i.id = ANY (@ids::uuid[])
ORDER BY i.id;

-- name: InvitationLockForEmail :many
-- What an email says, of many at once, each held until the transaction ends. Greeted as the invitation's location knows them.
SELECT sqlc.embed(i), sqlc.embed(p), coalesce(tl.known_as, t.name)::text AS recipient, t.language AS tenant_language,
    t.email AS tenant_email
FROM invitations i
JOIN plans p ON p.id = i.plan_id
JOIN tenants t ON t.id = i.tenant_id
LEFT JOIN tenant_locations tl ON tl.tenant_id = i.tenant_id AND tl.location_id = i.location_id
WHERE i.id = ANY (@ids::uuid[])
ORDER BY i.id
FOR UPDATE OF i;

-- name: InvitationExtendLinks :exec
-- Those that end before @unless_after. Never shortens: a link that was promised longer keeps its time.
UPDATE invitations SET link_expires_at = greatest(link_expires_at, @link_expires_at), updated_at = @now
WHERE id = ANY (@ids::uuid[]) AND link_expires_at < @unless_after;

-- name: InvitationNoteEmails :many
-- Those whose email was taken: PENDING becomes SENT, whatever moved on since stays where it is. The link lives from here on.
WITH before AS (
    SELECT o.id, o.status FROM invitations o WHERE o.id = ANY (@ids::uuid[]) ORDER BY o.id FOR UPDATE
)
UPDATE invitations i SET email_sent_at = @now, updated_at = @now, delivery_failed = false,
    link_expires_at = greatest(i.link_expires_at, @link_expires_at),
    status = CASE before.status WHEN 'pending' THEN 'sent' ELSE before.status END
FROM before WHERE i.id = before.id
RETURNING i.id, i.location_id, before.status AS before;

-- name: InvitationNoteDeliveriesFailed :exec
UPDATE invitations SET delivery_failed = true WHERE id = ANY (@ids::uuid[]) AND NOT delivery_failed;

-- name: InvitationSetSuccessor :exec
-- Of a claimed invitation whose offer was turned down: its link leads on from now on.
UPDATE invitations SET successor_id = @successor_id, updated_at = @now WHERE id = @id AND status = 'claimed' AND successor_id IS NULL;

-- name: InvitationListRecipients :many
-- Whom each is for, as its location knows them: what its messages go by, and what the list is sorted and searched by.
SELECT i.id, coalesce(tl.known_as, t.name)::text AS name,
    coalesce(CASE WHEN tl.known_as IS NULL THEN t.phone ELSE tl.known_phone END, '')::text AS phone
FROM invitations i
JOIN tenants t ON t.id = i.tenant_id
LEFT JOIN tenant_locations tl ON tl.tenant_id = i.tenant_id AND tl.location_id = i.location_id
WHERE i.id = ANY (@ids::uuid[])
ORDER BY i.id;
