-- name: TextGetDue :one
-- What a look without locks needs to tell whether a text's turn has come.
SELECT d.status, d.called_at, d.not_before, sqlc.embed(l) FROM deliveries d
JOIN locations l ON l.id = d.location_id
WHERE d.id = @id;

-- name: TextLockMany :exec
-- Before TextListLocked, and in the order of their ids: two who take the same ones wait for each other and not in a ring. What else
-- waits for the same tenants is held with them: of two texts to one person, at two numbers, the later one sees what became of the other.
-- Each is looked up by itself, whatever the planner takes the table for: it has seen nothing yet of what a batch has just written, and would
-- go through all that waits.
SELECT FROM deliveries WHERE id = ANY (ARRAY(
    SELECT unnest(@ids::uuid[])
    UNION ALL
    SELECT o.id FROM unnest(@ids::uuid[]) u (id)
    CROSS JOIN LATERAL (SELECT d.tenant_id FROM deliveries d WHERE d.id = u.id OFFSET 0) d
    CROSS JOIN LATERAL (SELECT x.id, x.waits, x.channel, x.purpose FROM deliveries x WHERE x.tenant_id = d.tenant_id OFFSET 0) o
    WHERE o.id <> u.id AND o.waits AND o.channel = 'sms' AND o.purpose = 'invitation'))
ORDER BY id FOR UPDATE;

-- name: TextListLocked :many
-- Invitations' texts, held by TextLockMany, with everything that decides whether and what they say, as it stands now. The phone is
-- the one by which this location knows the tenant. The invitations are held too.
SELECT sqlc.embed(d), sqlc.embed(i), sqlc.embed(l), sqlc.embed(p), t.language AS tenant_language,
    coalesce(tl.known_as, t.name)::text AS recipient,
    coalesce(CASE WHEN tl.known_as IS NULL THEN t.phone ELSE tl.known_phone END, '')::text AS phone,
    EXISTS (SELECT FROM suppressions s WHERE s.channel = 'sms' AND s.address = d.address AND s.live)::boolean AS suppressed,
    EXISTS (SELECT FROM phone_claims c WHERE c.phone = d.address AND c.delivery_id = d.id)::boolean AS claimed,
    EXISTS (SELECT FROM deliveries o WHERE o.tenant_id = i.tenant_id AND o.channel = 'sms' AND o.purpose = 'invitation' AND o.id <> d.id
                AND o.status IN ('accepted', 'delivered', 'unknown'))::boolean AS texted,
    EXISTS (SELECT FROM deliveries o WHERE o.tenant_id = i.tenant_id AND o.channel = 'sms' AND o.purpose = 'invitation' AND o.id <> d.id
                AND o.status = 'sending' AND o.called_at IS NOT NULL)::boolean AS being_texted,
    coalesce((SELECT b.state FROM batches b WHERE b.id = d.batch_id), 'running')::batch_state AS batch_state
FROM deliveries d
JOIN invitations i ON i.id = d.invitation_id
JOIN locations l ON l.id = i.location_id
JOIN plans p ON p.id = i.plan_id
JOIN tenants t ON t.id = i.tenant_id
LEFT JOIN tenant_locations tl ON tl.tenant_id = i.tenant_id AND tl.location_id = i.location_id
WHERE d.id = ANY (@ids::uuid[]) AND d.channel = 'sms' AND d.purpose = 'invitation'
ORDER BY i.id, d.id
FOR UPDATE OF i;

-- name: TextBeginMany :many
-- Committed before the one call of each. Who is not answered: the number's one invitation is another delivery's, or this one was
-- called for.
UPDATE deliveries d SET status = 'sending', content = u.content::jsonb, template_version = @template_version, called_at = @now,
    status_reason = '', status_changed_at = CASE d.status WHEN 'queued' THEN @now ELSE d.status_changed_at END
FROM (SELECT unnest(@ids::uuid[]) AS id, unnest(@contents::text[]) AS content ORDER BY 1) u
WHERE d.id = u.id AND d.status IN ('queued', 'sending') AND d.called_at IS NULL
    AND EXISTS (SELECT FROM phone_claims c WHERE c.phone = d.address AND c.delivery_id = d.id)
RETURNING d.id;

-- name: TextHandBack :execrows
-- The call was surely not taken, so there may be another. Only who made the call can know.
UPDATE deliveries SET called_at = NULL, status_reason = @status_reason WHERE id = @id AND status = 'sending' AND called_at IS NOT NULL;

-- name: TextPostpone :exec
UPDATE deliveries SET not_before = @not_before WHERE id = @id AND status IN ('queued', 'sending') AND called_at IS NULL;

-- name: TextWithdraw :execrows
UPDATE deliveries SET status = 'canceled', status_reason = @status_reason, status_changed_at = @now
WHERE id = @id AND status IN ('queued', 'sending') AND called_at IS NULL;

-- name: TextNoteAnswer :exec
-- The answer to a call of which the provider's own report came first.
UPDATE deliveries SET provider_id = coalesce(provider_id, @provider_id), segments = coalesce(segments, @segments) WHERE id = @id;

-- name: TextListDueForLook :many
-- What nobody knows the end of and is to be looked up again, the longest overdue first.
SELECT id FROM deliveries
WHERE lost AND next_look_at <= @now::timestamptz
ORDER BY next_look_at, id
LIMIT @row_limit;

-- name: TextNoteLook :execrows
-- No next look: from then on only the provider's own report or a person can tell.
UPDATE deliveries SET looks = @looks, next_look_at = sqlc.narg(next_look_at), status_reason = coalesce(sqlc.narg(status_reason), status_reason)
WHERE id = @id AND status = 'unknown' AND looks <= @looks;

-- name: TextListOthersByProviderIDs :many
-- Those of the provider's ids that belong to other deliveries of ours.
SELECT provider_id::text FROM deliveries
WHERE channel = 'sms' AND provider_id = ANY (@provider_ids::text[]) AND id <> @id
ORDER BY 1;
