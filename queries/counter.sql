-- name: CounterLocationList :many
-- At whose counter a staff member works.
SELECT l.* FROM locations l
WHERE EXISTS (SELECT FROM counter_locations c WHERE c.location_id = l.id AND c.staff_id = @staff_id)
ORDER BY lower(l.name), l.id;

-- name: CounterLocationGet :one
SELECT l.* FROM locations l
WHERE l.id = @id AND EXISTS (SELECT FROM counter_locations c WHERE c.location_id = l.id AND c.staff_id = @staff_id);

-- name: GateLocationGet :one
-- Where a gate's token opens sessions, as long as its owner works there.
SELECT l.* FROM locations l
JOIN api_token_locations t ON t.location_id = l.id AND t.token_id = @token_id
WHERE l.id = @id AND EXISTS (SELECT FROM counter_locations c WHERE c.location_id = l.id AND c.staff_id = @staff_id);

-- name: SessionInsertOrNothing :one
-- No row: the visit, the plate or the tag has its session.
INSERT INTO sessions (id, location_id, stage, stage_changed_at, opened_by, gate, visit_key, plate, rfid, plate_key, rfid_key, opened_at)
VALUES (@id, @location_id, 'pre_gate', @now, @opened_by, @gate, @visit_key, @plate, @rfid, @plate_key, @rfid_key, @now)
ON CONFLICT DO NOTHING
RETURNING *;

-- name: SessionLockTag :exec
-- Until the transaction ends, for a location and a tag.
SELECT pg_advisory_xact_lock(hashtextextended(sqlc.arg(tag)::text, 0));

-- name: SessionLockOfCar :many
-- Those that may be of the car of a visit: the visit's own, be it over, and the open ones of its plate or, where one of the two has no plate, of
-- its tag. They are locked in the order of their ids, so that two gates that read one car do not wait for each other.
SELECT * FROM sessions
WHERE location_id = @location_id
    AND (visit_key = sqlc.narg(visit_key)::text
        OR (open AND ((plate_key <> '' AND plate_key = @plate_key::text)
            OR (rfid_key <> '' AND rfid_key = @rfid_key::text AND (plate_key = '' OR @plate_key::text = '')))))
ORDER BY id FOR UPDATE;

-- name: SessionReadAgain :one
-- The car is there again, or still.
UPDATE sessions SET read_again_at = @now::timestamptz, plate = @plate, plate_key = @plate_key, rfid = @rfid, rfid_key = @rfid_key
WHERE id = @id AND open
RETURNING *;

-- name: SessionGetAtCounter :one
SELECT s.* FROM sessions s
WHERE s.id = @id AND EXISTS (SELECT FROM counter_locations c WHERE c.location_id = s.location_id AND c.staff_id = @staff_id);

-- name: SessionLockAtCounter :one
-- Before anything of its migration: whoever changes a session does so one after the other.
SELECT s.* FROM sessions s
WHERE s.id = @id AND EXISTS (SELECT FROM counter_locations c WHERE c.location_id = s.location_id AND c.staff_id = @staff_id)
FOR UPDATE OF s;

-- name: SessionListAtCounter :many
SELECT s.* FROM sessions s
WHERE EXISTS (SELECT FROM counter_locations c WHERE c.location_id = s.location_id AND c.staff_id = @staff_id)
    AND (cardinality(@location_ids::uuid[]) = 0 OR s.location_id = ANY (@location_ids::uuid[]))
    AND s.stage = ANY (CAST(@stages::text[] AS session_stage[]))
    AND (sqlc.narg(after_id)::uuid IS NULL OR s.id < sqlc.narg(after_id)::uuid)
ORDER BY s.id DESC
LIMIT @row_limit;

-- name: SessionGetMigrating :one
-- Where an old membership is migrated right now.
SELECT s.* FROM sessions s JOIN counter_migrations c ON c.session_id = s.id
WHERE c.legacy_membership_id = @legacy_membership_id AND c.live
    AND EXISTS (SELECT FROM counter_locations w WHERE w.location_id = s.location_id AND w.staff_id = @staff_id);

-- name: SessionSetStage :one
-- No row: it is over.
UPDATE sessions SET stage = @stage, stage_changed_at = @now, closed_reason = @closed_reason
WHERE id = @id AND open AND stage <> @stage
RETURNING *;

-- name: SessionListBegun :many
-- With which of some sessions anybody has ever begun.
SELECT DISTINCT session_id FROM counter_migrations WHERE session_id = ANY (@session_ids::uuid[]) ORDER BY session_id;

-- name: SessionLockUnbegunOf :many
-- With which nobody has ever begun, by plates or tags, where neither another plate nor another tag makes it another car's. One that is held at this
-- moment is left: somebody begins with it or closes it, or a gate tells its visit again.
SELECT s.* FROM sessions s
WHERE s.location_id = @location_id AND s.stage = 'pre_gate' AND s.open
    AND ((s.plate_key <> '' AND s.plate_key = ANY (@plate_keys::text[])) OR (s.rfid_key <> '' AND s.rfid_key = ANY (@rfid_keys::text[])))
    AND (s.plate_key = '' OR cardinality(@plate_keys::text[]) = 0 OR s.plate_key = ANY (@plate_keys::text[]))
    AND (s.rfid_key = '' OR cardinality(@rfid_keys::text[]) = 0 OR s.rfid_key = ANY (@rfid_keys::text[]))
    AND NOT EXISTS (SELECT FROM counter_migrations c WHERE c.session_id = s.id)
ORDER BY s.id FOR UPDATE OF s SKIP LOCKED;

-- name: SessionListForgotten :many
-- Open ones with which nobody has done anything since @before: the car was not read again, and no step was taken. A gate's with which nobody
-- has begun counts since @unbegun_before, which is later.
SELECT s.id FROM sessions s
CROSS JOIN LATERAL (SELECT CASE WHEN s.gate <> '' AND s.stage = 'pre_gate' THEN @unbegun_before::timestamptz ELSE @before::timestamptz END AS at) since
WHERE s.open AND s.opened_at < @unbegun_before::timestamptz
    AND s.opened_at < since.at AND s.stage_changed_at < since.at AND coalesce(s.read_again_at < since.at, true)
    AND (sqlc.narg(session_id)::uuid IS NULL OR s.id = sqlc.narg(session_id)::uuid)
    AND NOT EXISTS (SELECT FROM counter_migrations c WHERE c.session_id = s.id AND c.live AND c.touched_at >= since.at)
ORDER BY s.opened_at LIMIT @row_limit;

-- name: SessionLock :one
SELECT * FROM sessions WHERE id = @id FOR UPDATE;

-- name: CounterMigrationInsert :one
INSERT INTO counter_migrations (id, session_id, location_id, started_by, started_at, step, step_changed_at, touched_at)
VALUES (@id, @session_id, @location_id, @started_by, @now, 'match', @now, @now)
RETURNING *;

-- name: CounterMigrationListShown :many
-- The one that is under way or was carried through, of each of some sessions.
SELECT DISTINCT ON (session_id) * FROM counter_migrations
WHERE session_id = ANY (@session_ids::uuid[]) AND step <> 'discarded'
ORDER BY session_id, id DESC;

-- name: CounterMigrationLockLive :one
SELECT * FROM counter_migrations WHERE session_id = @session_id AND live FOR UPDATE;

-- name: CounterMigrationGet :one
SELECT * FROM counter_migrations WHERE id = @id;

-- name: CounterMigrationGetLive :one
SELECT * FROM counter_migrations WHERE session_id = @session_id AND live;

-- name: CounterMigrationUpdate :one
-- All that a step changes, of the row that its caller holds.
UPDATE counter_migrations SET step = @step, step_changed_at = CASE WHEN step = @step THEN step_changed_at ELSE @now END, touched_at = @now,
    legacy_membership_id = @legacy_membership_id, plan_id = @plan_id, phone = @phone, email = @email, email_source = @email_source,
    text_asked_at = @text_asked_at, text_delivery_id = @text_delivery_id, texts = @texts, text_reply = @text_reply, tenant_id = @tenant_id,
    card = @card, reader_id = @reader_id, stripe_setup_intent_id = @stripe_setup_intent_id, card_label = @card_label, card_problem = @card_problem,
    type_card = @type_card, next_billing_on = @next_billing_on, language = @language, submission_id = @submission_id, receipt_by_email = @receipt_by_email,
    receipt_by_text = @receipt_by_text
WHERE id = @id AND live
RETURNING *;

-- name: CounterMigrationLockAsking :one
-- Which customer at a counter an answer from a number is of.
SELECT * FROM counter_migrations WHERE phone = @phone AND live AND text_asked_at > @since::timestamptz FOR UPDATE;

-- name: CounterMigrationForgetAsking :exec
-- Who was asked so long ago that no answer is waited for any more stands in nobody's way.
UPDATE counter_migrations SET text_asked_at = NULL, text_delivery_id = NULL, touched_at = @now
WHERE phone = @phone AND live AND text_asked_at <= @since::timestamptz AND id <> @id;

-- name: CounterTextExists :one
-- Whether a session has texted a number for the address, and nobody knows yet that it did not arrive. What was queued before queued_after
-- and not called for is never called for.
SELECT EXISTS (SELECT FROM deliveries d JOIN counter_migrations c ON c.id = d.counter_migration_id
    WHERE c.session_id = @session_id AND d.address = @phone
        AND (d.status = 'unknown' OR (d.status IN ('queued', 'sending') AND (d.called_at IS NOT NULL OR d.created_at > @queued_after))))::boolean;

-- name: CounterTextListOf :many
-- The texts that asked a number for an address, by all counters, newest first, with the session of each. One that was never handed to the
-- provider is none.
SELECT sqlc.embed(d), c.session_id FROM deliveries d JOIN counter_migrations c ON c.id = d.counter_migration_id
WHERE d.purpose = 'email_request' AND d.address = @phone AND d.created_at > @since AND d.status <> 'canceled'
ORDER BY d.id DESC;

-- name: CounterTextCountOfSession :one
-- How many numbers a session has asked, over all its migrations.
SELECT coalesce(sum(texts), 0)::integer FROM counter_migrations WHERE session_id = @session_id;

-- name: CounterMigrationListByCard :many
-- Of which migrations a SetupIntent or a reader is that has news.
SELECT * FROM counter_migrations
WHERE live AND card IN ('typing', 'reader_waits') AND (stripe_setup_intent_id = @object_id::text OR reader_id = @object_id::text)
ORDER BY id;

-- name: CounterMigrationTouch :exec
-- Tells whoever watches that something it is shown with has changed.
UPDATE counter_migrations SET touched_at = @now WHERE phone = @phone AND live;

-- name: CounterMigrationGetAtReader :one
-- Whose card a reader asks for.
SELECT * FROM counter_migrations WHERE reader_id = @reader_id AND live AND card = 'reader_waits';

-- name: CounterMigrationListReadersInUse :many
SELECT reader_id::text FROM counter_migrations WHERE reader_id = ANY (@reader_ids::text[]) AND live AND card = 'reader_waits' ORDER BY reader_id;

-- name: CounterCandidateFind :many
-- The first at a location, in the order of CounterCandidateList, with one of some keys (@exact as a text search has them) and with all words of a
-- name (@named, the same) as beginnings, up to @row_limit of each. An empty text is looked for by nobody.
SELECT l.id FROM legacy_memberships l
WHERE l.id = ANY (ARRAY(SELECT x.id FROM legacy_memberships x
        WHERE x.id IN (SELECT legacy_with_keys(@location_id::uuid, CAST(nullif(@exact::text, '') AS tsquery)))
        ORDER BY x.migrated, x.cancelled_there, x.name_key, x.id LIMIT @row_limit::integer)
    || ARRAY(SELECT legacy_named(@location_id::uuid, @words::text[], CAST(nullif(@named::text, '') AS tsquery), @row_limit::integer)))
ORDER BY l.id;

-- name: CounterCandidateList :many
-- Some old memberships of a location, with all that decides what may come of them: those that have one of @surest first.
SELECT sqlc.embed(l), o.plan_id, coalesce(o.offered, false)::boolean AS offered, o.anchor_day,
    coalesce(o.price_minor, -1)::bigint AS price_minor,
    discount_runs(o.discount_until, @now::timestamptz, z.time_zone)::boolean AS discount_ends,
    EXISTS (SELECT FROM reservations r WHERE r.legacy_membership_id = l.id AND r.live) AS migrated,
    coalesce((SELECT s.status::text FROM reservations r JOIN submissions s ON s.id = r.current_submission_id
              WHERE r.legacy_membership_id = l.id AND r.live), '')::text AS attempt,
    EXISTS (SELECT FROM reservations r JOIN submissions s ON s.id = r.current_submission_id
            WHERE r.legacy_membership_id = l.id AND NOT r.live AND s.status = 'approved')::boolean AS ended_here,
    EXISTS (SELECT FROM counter_migrations c WHERE c.legacy_membership_id = l.id AND c.live AND c.id <> @but) AS elsewhere
FROM legacy_memberships l
JOIN legacy_carried o ON o.id = l.id
JOIN locations z ON z.id = l.location_id
WHERE l.location_id = @location_id AND l.id = ANY (@ids::uuid[])
ORDER BY CASE WHEN @surest::text <> '' AND array_to_tsvector(l.keys) @@ CAST(nullif(@surest::text, '') AS tsquery) THEN 0 ELSE 1 END,
    l.migrated, l.cancelled_there, l.name_key, l.id
LIMIT @row_limit;

-- name: InvitationRevokeForCounter :many
-- Open offers that a customer's agreement at the counter takes the place of. They are locked in the order of their ids, as everybody does.
UPDATE invitations SET status = 'revoked', revoked_at = @now, updated_at = @now, revoked_reason = @revoked_reason
WHERE status IN ('pending', 'sent') AND id IN (
    SELECT i.id FROM invitations i
    WHERE i.status IN ('pending', 'sent')
        AND (i.legacy_membership_id = @legacy_membership_id OR (i.tenant_id = @tenant_id AND i.plan_id = @plan_id AND lower(i.unit) = lower(@unit::text)))
    ORDER BY i.id FOR UPDATE)
RETURNING *;

-- name: InvitationSetSuccessorOfMany :exec
UPDATE invitations SET successor_id = @successor_id WHERE id = ANY (@ids::uuid[]);

-- name: CounterTextLock :one
-- A text to a customer at a counter, or one with a receipt: held until its transaction ends.
SELECT sqlc.embed(d), sqlc.embed(l),
    EXISTS (SELECT FROM suppressions s WHERE s.channel = 'sms' AND s.address = d.address AND s.live)::boolean AS suppressed,
    (d.purpose = 'receipt' OR EXISTS (SELECT FROM counter_migrations c
        WHERE c.id = d.counter_migration_id AND c.live AND c.step = 'contact' AND c.text_delivery_id = d.id))::boolean AS wanted
FROM deliveries d
JOIN locations l ON l.id = d.location_id
WHERE d.id = @id AND d.channel = 'sms' AND d.purpose IN ('email_request', 'receipt')
FOR UPDATE OF d;

-- name: CounterTextBegin :execrows
-- Committed before its one call.
UPDATE deliveries SET status = 'sending', content = @content, template_version = @template_version, called_at = @now, status_reason = '',
    status_changed_at = CASE status WHEN 'queued' THEN @now ELSE status_changed_at END
WHERE id = @id AND status IN ('queued', 'sending') AND called_at IS NULL;

-- name: DeliveryInsertCounterText :one
INSERT INTO deliveries (id, purpose, channel, address, location_id, tenant_id, counter_migration_id, submission_id, status, created_at, status_changed_at)
VALUES (@id, @purpose, 'sms', @address, @location_id, @tenant_id, @counter_migration_id, @submission_id, 'queued', @now, @now)
RETURNING *;

-- name: TextReplyHandleByCounter :exec
-- An answer to a customer's own question at a counter needs nobody else to read it.
UPDATE text_replies SET handled_at = @now WHERE id = @id AND handled_at IS NULL;

-- name: SubmissionApproveAtCounter :one
-- The attendant's act by which a customer's agreement is approved. No row: another was first, or it is not at the caller's counter.
UPDATE submissions SET status = 'approving', status_reason = '', status_changed_at = @now
WHERE submissions.id = @id AND status = 'ready_for_approval'
    AND EXISTS (SELECT FROM counter_migrations m
                JOIN counter_locations c ON c.location_id = m.location_id AND c.staff_id = @staff_id
                WHERE m.id = submissions.invitation_id AND m.location_id = submissions.location_id)
RETURNING *;

-- name: PlanListMonthlyAt :many
SELECT * FROM plans WHERE location_id = @location_id AND cadence = 'monthly' AND archived_at IS NULL ORDER BY lower(name), id LIMIT 100;

-- name: SuppressionOfPhone :one
SELECT EXISTS (SELECT FROM suppressions WHERE channel = 'sms' AND address = @phone AND live)::boolean;

-- name: SessionNewestChange :one
-- When one of a location's open sessions, or a migration of one, has changed last: another moment, or another number, is news.
SELECT count(*)::integer AS open_sessions, coalesce(max(greatest(s.stage_changed_at, s.read_again_at, c.touched_at)), timestamptz '1970-01-01')::timestamptz AS changed_at
FROM sessions s
LEFT JOIN counter_migrations c ON c.session_id = s.id AND c.live
WHERE s.location_id = @location_id AND s.open;
