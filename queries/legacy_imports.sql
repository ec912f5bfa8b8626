-- name: LegacyImportInsert :exec
INSERT INTO legacy_imports (batch_id, source_id, location_id, upload_id, dry_run, canary, reading, next_byte, next_line)
VALUES (@batch_id, @source_id, @location_id, @upload_id, @dry_run, @canary, @reading, @next_byte, @next_line);

-- name: LegacyImportGet :one
SELECT * FROM legacy_imports WHERE batch_id = @batch_id;

-- name: LegacyImportGetManaged :one
-- To whoever started it, and to every ADMIN, as long as they manage its location.
SELECT i.* FROM legacy_imports i
JOIN batches b ON b.id = i.batch_id
JOIN managed_locations m ON m.location_id = i.location_id AND m.staff_id = @staff_id
JOIN staff s ON s.id = m.staff_id
WHERE i.batch_id = @batch_id AND (b.staff_id = s.id OR s.role = 'admin');

-- name: LegacyImportListByBatches :many
SELECT * FROM legacy_imports WHERE batch_id = ANY (@batch_ids::uuid[]) ORDER BY batch_id;

-- name: LegacyImportLockAt :one
-- No row: another worker has gone on from there. Held until the transaction ends.
SELECT sqlc.embed(i), sqlc.embed(b) FROM legacy_imports i
JOIN batches b ON b.id = i.batch_id
WHERE i.batch_id = @batch_id AND i.next_byte = @next_byte
FOR UPDATE OF i;

-- name: LegacyImportSurveyed :execrows
UPDATE legacy_imports SET reading = @reading, surveyed_at = @now WHERE batch_id = @batch_id AND surveyed_at IS NULL;

-- name: LegacyImportAdvance :one
UPDATE legacy_imports SET next_byte = @next_byte, next_line = @next_line, created_rows = created_rows + @created::integer,
    updated_rows = updated_rows + @updated::integer, same_rows = same_rows + @same::integer, refused_rows = refused_rows + @refused::integer
WHERE batch_id = @batch_id
RETURNING *;

-- name: LegacyImportGoOn :one
-- No row: it waits for nobody.
UPDATE legacy_imports i SET looked_at = @now, looked_at_by = @staff_id
FROM batches b
WHERE i.batch_id = @batch_id AND b.id = i.batch_id AND b.state = 'running' AND i.canary IS NOT NULL AND i.looked_at IS NULL
    AND i.created_rows + i.updated_rows + i.same_rows >= i.canary
RETURNING i.*;

-- name: LegacyStage :exec
-- From here to the end of the transaction legacy_staging is a table of its own.
SELECT stage_legacy();

-- name: LegacyStagingCopy :copyfrom
INSERT INTO legacy_staging (line, id, source_id, name, emails, phones, plate, rfid, member_number, unit, plan_name, price_minor,
    discount_minor, discount_ends_on, next_billing_on, billing_day, paid_through, ends_on, period, state, state_said, cancelled_on, name_key, keys)
VALUES (@line, @id, @source_id, @name, @emails, @phones, @plate, @rfid, @member_number, @unit, @plan_name, @price_minor,
    @discount_minor, @discount_ends_on, @next_billing_on, @billing_day, @paid_through, @ends_on, @period, @state, @state_said, @cancelled_on, @name_key, @keys);

-- name: LegacyStagingMeet :exec
-- Finds for each staged row the membership that has its id already. What staff have mended or recorded no row changes.
UPDATE legacy_staging s SET met_id = l.id, met_line = CASE WHEN l.batch_id = @batch_id::uuid THEN l.line END, met_state = l.state::text,
    changes = (('name' <> ALL (l.mended) AND l.name IS DISTINCT FROM s.name)
        OR ('emails' <> ALL (l.mended) AND l.emails IS DISTINCT FROM s.emails)
        OR ('phones' <> ALL (l.mended) AND l.phones IS DISTINCT FROM s.phones)
        OR ('plate' <> ALL (l.mended) AND l.plate IS DISTINCT FROM s.plate)
        OR ('rfid' <> ALL (l.mended) AND l.rfid IS DISTINCT FROM s.rfid)
        OR ('memberNumber' <> ALL (l.mended) AND l.member_number IS DISTINCT FROM s.member_number)
        OR ('unit' <> ALL (l.mended) AND l.unit IS DISTINCT FROM s.unit)
        OR ('planName' <> ALL (l.mended) AND l.plan_name IS DISTINCT FROM s.plan_name)
        OR ('price' <> ALL (l.mended) AND l.price_minor IS DISTINCT FROM s.price_minor)
        OR ('discount' <> ALL (l.mended) AND l.discount_minor IS DISTINCT FROM s.discount_minor)
        OR ('discount' <> ALL (l.mended) AND l.discount_ends_on IS DISTINCT FROM s.discount_ends_on)
        OR ('nextBillingOn' <> ALL (l.mended) AND l.next_billing_on IS DISTINCT FROM s.next_billing_on)
        OR ('billingDay' <> ALL (l.mended) AND l.billing_day IS DISTINCT FROM s.billing_day)
        OR ('paidThrough' <> ALL (l.mended) AND l.paid_through IS DISTINCT FROM s.paid_through)
        OR ('endsOn' <> ALL (l.mended) AND l.ends_on IS DISTINCT FROM s.ends_on)
        OR ('period' <> ALL (l.mended) AND l.period::text <> s.period)
        OR (l.state <> 'recorded' AND l.state::text <> s.state))
FROM legacy_memberships l
WHERE l.location_id = @location_id AND l.source = @source AND l.source_id = s.source_id;

-- name: LegacyTrialMeet :exec
-- For a trial: which staged rows have an id that an earlier line had. The others are noted.
WITH met AS (
    INSERT INTO legacy_trial_ids (batch_id, source_id, line) SELECT @batch_id::uuid, s.source_id, s.line FROM legacy_staging s
    ON CONFLICT DO NOTHING
)
UPDATE legacy_staging s SET met_line = t.line
FROM legacy_trial_ids t
WHERE t.batch_id = @batch_id::uuid AND t.source_id = s.source_id;

-- name: LegacyStagingListTwice :many
-- The staged rows whose id an earlier line of the same file had.
SELECT s.line, s.met_line::integer AS first_line, s.source_id FROM legacy_staging s WHERE s.met_line IS NOT NULL ORDER BY s.line;

-- name: LegacyStagingCount :one
-- What the staged rows do, and whose state they change.
SELECT count(*) FILTER (WHERE s.met_id IS NULL)::integer AS created,
    count(*) FILTER (WHERE s.met_id IS NOT NULL AND s.changes)::integer AS updated,
    count(*)::integer AS total,
    coalesce(array_agg(s.met_id ORDER BY s.line) FILTER (WHERE s.met_state <> 'recorded' AND s.met_state <> s.state), '{}')::uuid[] AS changed_ids,
    coalesce(array_agg(s.met_state ORDER BY s.line) FILTER (WHERE s.met_state <> 'recorded' AND s.met_state <> s.state), '{}')::text[] AS changed_befores,
    coalesce(array_agg(s.state ORDER BY s.line) FILTER (WHERE s.met_state <> 'recorded' AND s.met_state <> s.state), '{}')::text[] AS changed_afters
FROM legacy_staging s WHERE s.met_line IS NULL;

-- name: LegacyStagingUpsert :exec
-- A membership is known by its location, source and id there, and becomes what the file says. What staff have mended stays mended, a
-- cancellation that they recorded stays recorded, and what became of it here stands in other tables.
INSERT INTO legacy_memberships AS l (id, location_id, source, source_id, name, email, phone, emails, phones, plate, rfid, member_number, unit,
    plan_name, price_minor, currency, discount_minor, discount_ends_on, next_billing_on, billing_day, paid_through, ends_on, period, state,
    state_said, cancelled_there_at, batch_id, line, name_key, keys, created_at, updated_at)
SELECT s.id, @location_id, @source, s.source_id, s.name, s.emails[1], s.phones[1], s.emails, s.phones, s.plate, s.rfid, s.member_number, s.unit,
    s.plan_name, s.price_minor, @currency, s.discount_minor, s.discount_ends_on, s.next_billing_on, s.billing_day, s.paid_through, s.ends_on,
    s.period::legacy_period, s.state::legacy_state, s.state_said,
    CASE s.state WHEN 'cancelled' THEN coalesce(s.cancelled_on::timestamp AT TIME ZONE 'UTC', @now::timestamptz) END,
    @batch_id, s.line, s.name_key, s.keys, @now, @now
FROM legacy_staging s WHERE s.met_line IS NULL
ON CONFLICT (location_id, source, source_id) DO UPDATE SET
        name = CASE WHEN 'name' = ANY (l.mended) THEN l.name ELSE EXCLUDED.name END,
        email = CASE WHEN 'emails' = ANY (l.mended) THEN l.email ELSE EXCLUDED.email END,
        emails = CASE WHEN 'emails' = ANY (l.mended) THEN l.emails ELSE EXCLUDED.emails END,
        phone = CASE WHEN 'phones' = ANY (l.mended) THEN l.phone ELSE EXCLUDED.phone END,
        phones = CASE WHEN 'phones' = ANY (l.mended) THEN l.phones ELSE EXCLUDED.phones END,
        plate = CASE WHEN 'plate' = ANY (l.mended) THEN l.plate ELSE EXCLUDED.plate END,
        rfid = CASE WHEN 'rfid' = ANY (l.mended) THEN l.rfid ELSE EXCLUDED.rfid END,
        member_number = CASE WHEN 'memberNumber' = ANY (l.mended) THEN l.member_number ELSE EXCLUDED.member_number END,
        unit = CASE WHEN 'unit' = ANY (l.mended) THEN l.unit ELSE EXCLUDED.unit END,
        plan_name = CASE WHEN 'planName' = ANY (l.mended) THEN l.plan_name ELSE EXCLUDED.plan_name END,
        price_minor = CASE WHEN 'price' = ANY (l.mended) THEN l.price_minor ELSE EXCLUDED.price_minor END,
        discount_minor = CASE WHEN 'discount' = ANY (l.mended) THEN l.discount_minor ELSE EXCLUDED.discount_minor END,
        discount_ends_on = CASE WHEN 'discount' = ANY (l.mended) THEN l.discount_ends_on ELSE EXCLUDED.discount_ends_on END,
        next_billing_on = CASE WHEN 'nextBillingOn' = ANY (l.mended) THEN l.next_billing_on ELSE EXCLUDED.next_billing_on END,
        billing_day = CASE WHEN 'billingDay' = ANY (l.mended) THEN l.billing_day ELSE EXCLUDED.billing_day END,
        paid_through = CASE WHEN 'paidThrough' = ANY (l.mended) THEN l.paid_through ELSE EXCLUDED.paid_through END,
        ends_on = CASE WHEN 'endsOn' = ANY (l.mended) THEN l.ends_on ELSE EXCLUDED.ends_on END,
        period = CASE WHEN 'period' = ANY (l.mended) THEN l.period ELSE EXCLUDED.period END,
        state = CASE WHEN l.state = 'recorded' THEN l.state ELSE EXCLUDED.state END,
        state_said = EXCLUDED.state_said,
        cancelled_there_at = CASE WHEN l.state = 'recorded' THEN l.cancelled_there_at
            WHEN l.state = 'cancelled' AND EXCLUDED.cancelled_there_at = @now THEN l.cancelled_there_at ELSE EXCLUDED.cancelled_there_at END,
        name_key = CASE WHEN 'name' = ANY (l.mended) THEN l.name_key ELSE EXCLUDED.name_key END,
        keys = CASE WHEN l.mended = '{}' THEN EXCLUDED.keys ELSE (SELECT array_agg(DISTINCT k) FROM unnest(l.keys || EXCLUDED.keys) k) END,
        batch_id = EXCLUDED.batch_id, line = EXCLUDED.line,
        updated_at = EXCLUDED.updated_at;

-- name: LegacyTrialForget :exec
DELETE FROM legacy_trial_ids WHERE batch_id = @batch_id;

-- name: LegacyRefusalCopy :copyfrom
INSERT INTO legacy_refusals (batch_id, line, record, columns, found, wants) VALUES (@batch_id, @line, @record, @columns, @found, @wants);

-- name: LegacyRefusalList :many
-- In the order of the file; a page starts after a line.
SELECT * FROM legacy_refusals WHERE batch_id = @batch_id AND line > @after_line ORDER BY line LIMIT @row_limit;

-- name: BatchSetRunning :execrows
-- How far an import is, while it runs.
UPDATE batches SET total = greatest(total, @total::integer), succeeded = @succeeded, skipped = @skipped, failed = @failed, state_reason = @state_reason, settled_at = @now
WHERE id = @id AND finished_at IS NULL;

-- name: BatchEnd :one
-- No row: it is over already. Canceled and stopped ones stay so.
UPDATE batches SET finished_at = @now, state = CASE state WHEN 'running' THEN @state::batch_state ELSE state END,
    state_reason = CASE state WHEN 'running' THEN @state_reason ELSE state_reason END
WHERE id = @id AND finished_at IS NULL
RETURNING *;
