-- name: LegacyImportInsert :exec
INSERT INTO legacy_imports (batch_id, source_id, location_id, upload_id, dry_run, partial, canary, reading, next_byte, next_line)
VALUES (@batch_id, @source_id, @location_id, @upload_id, @dry_run, @partial, @canary, @reading, @next_byte, @next_line);

-- name: LegacyImportGet :one
SELECT * FROM legacy_imports WHERE batch_id = @batch_id;

-- name: LegacyImportGetManaged :one
-- To whoever started it, and to every ADMIN, as long as they manage its location.
SELECT i.* FROM legacy_imports i
JOIN batches b ON b.id = i.batch_id
JOIN managed_locations m ON m.location_id = i.location_id AND m.staff_id = @staff_id
JOIN staff s ON s.id = m.staff_id
WHERE i.batch_id = @batch_id AND (b.staff_id = s.id OR s.role = 'admin');

-- name: LegacyImportGetUnderWay :one
-- The import of a source that is not over. No row: there is none.
SELECT sqlc.embed(i), u.name AS file_name, s.name AS started_by, b.created_at AS started_at
FROM legacy_imports i
JOIN batches b ON b.id = i.batch_id
JOIN uploads u ON u.id = i.upload_id
JOIN staff s ON s.id = b.staff_id
WHERE i.source_id = @source_id AND NOT i.dry_run AND b.finished_at IS NULL
ORDER BY i.batch_id
LIMIT 1;

-- name: LegacyImportListByBatches :many
SELECT * FROM legacy_imports WHERE batch_id = ANY (@batch_ids::uuid[]) ORDER BY batch_id;

-- name: LegacyImportLockAt :one
-- No row: another worker has gone on from there. Held until the transaction ends. It does not wait for rows that name the import: the next
-- piece has some, and waits for this one.
SELECT sqlc.embed(i), sqlc.embed(b) FROM legacy_imports i
JOIN batches b ON b.id = i.batch_id
WHERE i.batch_id = @batch_id AND i.next_byte = @next_byte
FOR NO KEY UPDATE OF i, b;

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

-- name: LegacyMembershipListThere :many
-- Which ids are on a source's list already; more than were asked for where that is short.
SELECT t.source_id::text AS source_id FROM legacy_ids_there(@location_id::uuid, @source::text, @source_ids::text[]) t (source_id)
ORDER BY t.source_id;

-- name: LegacyMembershipCopy :copyfrom
-- For ids that are not on the list: where another transaction brings one meanwhile, none is copied.
INSERT INTO legacy_memberships (id, location_id, source, source_id, name, email, phone, emails, phones, plate, rfid, member_number, unit,
    plan_name, price_minor, currency, discount_minor, discount_ends_on, next_billing_on, billing_day, paid_through, ends_on, period, state,
    state_said, cancelled_there_at, batch_id, line, name_key, keys, created_at, updated_at)
VALUES (@id, @location_id, @source, @source_id, @name, @email, @phone, @emails, @phones, @plate, @rfid, @member_number, @unit,
    @plan_name, @price_minor, @currency, @discount_minor, @discount_ends_on, @next_billing_on, @billing_day, @paid_through, @ends_on, @period, @state,
    @state_said, @cancelled_there_at, @batch_id, @line, @name_key, @keys, @created_at, @updated_at);

-- name: LegacyStagingMeet :exec
-- Finds for each staged row the membership that has its id already, each by a look into the index: of a plan that goes through the whole
-- list each piece would cost more than the one before. What staff have mended or recorded no row changes.
INSERT INTO legacy_meetings (line, met_id, met_line, met_state, changes, writes, mended, still_billed)
SELECT m.line, m.met_id, coalesce(m.met_line, (SELECT r.line FROM legacy_repeated r WHERE r.batch_id = @batch_id::uuid AND r.legacy_membership_id = m.met_id)),
    m.met_state, m.changes, m.changes OR m.rewords OR m.still_billed, m.mended, m.still_billed
FROM (SELECT s.line, l.id AS met_id, CASE WHEN l.batch_id = @batch_id::uuid THEN l.line END AS met_line, l.state::text AS met_state,
        (('name' <> ALL (l.mended) AND l.name IS DISTINCT FROM s.name)
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
            OR (l.state <> 'recorded' AND l.state::text <> s.state)) AS changes,
        (l.state_said <> s.state_said OR l.missing_from IS NOT NULL OR (l.state = 'recorded' AND l.listed_state::text <> s.state)
            OR (l.still_billed_on IS NOT NULL AND s.state = 'cancelled') OR (l.mended = '{}' AND (l.keys <> s.keys OR l.name_key <> s.name_key))
            OR (l.state = 'cancelled' AND s.cancelled_on IS NOT NULL AND (l.cancelled_there_at AT TIME ZONE @time_zone::text)::date IS DISTINCT FROM s.cancelled_on)) AS rewords,
        l.mended <> '{}' AS mended,
        coalesce(l.state = 'recorded' AND s.state <> 'cancelled' AND s.next_billing_on > (l.cancelled_there_at AT TIME ZONE @time_zone::text)::date
            AND s.next_billing_on > coalesce(l.next_billing_on, (l.cancelled_there_at AT TIME ZONE @time_zone::text)::date)
            AND l.still_billed_on IS DISTINCT FROM s.next_billing_on, false) AS still_billed
    FROM legacy_staging s
    CROSS JOIN LATERAL (SELECT * FROM legacy_memberships x WHERE x.location_id = @location_id AND x.source = @source AND x.source_id = s.source_id OFFSET 0) l
) m;

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
SELECT s.line, coalesce(s.met_line, m.met_line)::integer AS first_line, s.source_id
FROM legacy_staging s LEFT JOIN legacy_meetings m ON m.line = s.line
WHERE s.met_line IS NOT NULL OR m.met_line IS NOT NULL
ORDER BY s.line;

-- name: LegacyStagingCount :one
-- What the staged rows do, and whose state they change.
SELECT count(*) FILTER (WHERE m.line IS NULL)::integer AS created,
    count(*) FILTER (WHERE m.changes)::integer AS updated,
    count(*) FILTER (WHERE m.writes)::integer AS written,
    count(*)::integer AS total,
    coalesce(array_agg(m.met_id ORDER BY s.line) FILTER (WHERE m.met_state <> 'recorded' AND m.met_state <> s.state), '{}')::uuid[] AS changed_ids,
    coalesce(array_agg(m.met_state ORDER BY s.line) FILTER (WHERE m.met_state <> 'recorded' AND m.met_state <> s.state), '{}')::text[] AS changed_befores,
    coalesce(array_agg(s.state ORDER BY s.line) FILTER (WHERE m.met_state <> 'recorded' AND m.met_state <> s.state), '{}')::text[] AS changed_afters,
    coalesce(array_agg(m.met_id ORDER BY s.line) FILTER (WHERE m.still_billed), '{}')::uuid[] AS still_billed_ids
FROM legacy_staging s LEFT JOIN legacy_meetings m ON m.line = s.line
WHERE s.met_line IS NULL AND m.met_line IS NULL;

-- name: LegacyRepeatedNote :exec
-- The memberships that the piece leaves as they are.
INSERT INTO legacy_repeated (batch_id, legacy_membership_id, line)
SELECT @batch_id::uuid, m.met_id, m.line FROM legacy_meetings m WHERE m.met_line IS NULL AND NOT m.writes;

-- name: LegacyStagingUpdate :exec
-- A membership becomes what the file says. What staff have mended stays mended, a cancellation that they recorded stays recorded, and what
-- became of it here stands in other tables. What one is found by that staff have mended is looked at afterwards.
UPDATE legacy_memberships l SET
    name = CASE WHEN 'name' = ANY (l.mended) THEN l.name ELSE s.name END,
    email = CASE WHEN 'emails' = ANY (l.mended) THEN l.email ELSE s.emails[1] END,
    emails = CASE WHEN 'emails' = ANY (l.mended) THEN l.emails ELSE s.emails END,
    phone = CASE WHEN 'phones' = ANY (l.mended) THEN l.phone ELSE s.phones[1] END,
    phones = CASE WHEN 'phones' = ANY (l.mended) THEN l.phones ELSE s.phones END,
    plate = CASE WHEN 'plate' = ANY (l.mended) THEN l.plate ELSE s.plate END,
    rfid = CASE WHEN 'rfid' = ANY (l.mended) THEN l.rfid ELSE s.rfid END,
    member_number = CASE WHEN 'memberNumber' = ANY (l.mended) THEN l.member_number ELSE s.member_number END,
    unit = CASE WHEN 'unit' = ANY (l.mended) THEN l.unit ELSE s.unit END,
    plan_name = CASE WHEN 'planName' = ANY (l.mended) THEN l.plan_name ELSE s.plan_name END,
    price_minor = CASE WHEN 'price' = ANY (l.mended) THEN l.price_minor ELSE s.price_minor END,
    discount_minor = CASE WHEN 'discount' = ANY (l.mended) THEN l.discount_minor ELSE s.discount_minor END,
    discount_ends_on = CASE WHEN 'discount' = ANY (l.mended) THEN l.discount_ends_on ELSE s.discount_ends_on END,
    next_billing_on = CASE WHEN 'nextBillingOn' = ANY (l.mended) THEN l.next_billing_on ELSE s.next_billing_on END,
    billing_day = CASE WHEN 'billingDay' = ANY (l.mended) THEN l.billing_day ELSE s.billing_day END,
    paid_through = CASE WHEN 'paidThrough' = ANY (l.mended) THEN l.paid_through ELSE s.paid_through END,
    ends_on = CASE WHEN 'endsOn' = ANY (l.mended) THEN l.ends_on ELSE s.ends_on END,
    period = CASE WHEN 'period' = ANY (l.mended) THEN l.period ELSE s.period::legacy_period END,
    state = CASE WHEN l.state = 'recorded' THEN l.state ELSE s.state::legacy_state END,
    listed_state = CASE WHEN l.state = 'recorded' THEN s.state::legacy_state END,
    still_billed_on = CASE WHEN m.still_billed THEN s.next_billing_on WHEN l.state = 'recorded' AND s.state <> 'cancelled' THEN l.still_billed_on END,
    missing_from = NULL,
    state_said = s.state_said,
    cancelled_there_at = CASE WHEN l.state = 'recorded' THEN l.cancelled_there_at
        WHEN s.state <> 'cancelled' THEN NULL
        WHEN s.cancelled_on IS NOT NULL THEN least((s.cancelled_on + time '12:00') AT TIME ZONE @time_zone::text, @now::timestamptz)
        WHEN l.state = 'cancelled' THEN l.cancelled_there_at ELSE @now::timestamptz END,
    name_key = CASE WHEN 'name' = ANY (l.mended) THEN l.name_key ELSE s.name_key END,
    keys = CASE WHEN l.mended = '{}' THEN s.keys ELSE l.keys END,
    batch_id = @batch_id, line = s.line,
    updated_at = @now
FROM legacy_meetings m JOIN legacy_staging s ON s.line = m.line
WHERE l.id = m.met_id AND m.met_line IS NULL AND m.writes;

-- name: LegacyMembershipListMendedMet :many
-- Those that the piece has met and that staff have mended, as they are now.
SELECT l.* FROM legacy_memberships l
WHERE l.id IN (SELECT m.met_id FROM legacy_meetings m WHERE m.met_line IS NULL AND m.mended)
ORDER BY l.id;

-- name: LegacyMembershipSetKeys :exec
UPDATE legacy_memberships SET name_key = @name_key, keys = @keys WHERE id = @id;

-- name: LegacyMembershipMarkMissing :execrows
-- Marks some of the live memberships of a source that a whole file did not hold, in a row or among the refused. What an earlier file did not
-- hold either keeps that one. They are held in the order in which whoever invites many holds them.
UPDATE legacy_memberships l SET missing_from = @batch_id::uuid, updated_at = @now
FROM (
    SELECT m.id FROM legacy_memberships m
    WHERE m.location_id = @location_id AND m.source = @source AND m.state NOT IN ('cancelled', 'recorded') AND m.batch_id IS DISTINCT FROM @batch_id::uuid
        AND m.missing_from IS NULL
        AND NOT EXISTS (SELECT FROM legacy_repeated r WHERE r.batch_id = @batch_id::uuid AND r.legacy_membership_id = m.id)
        AND NOT EXISTS (SELECT FROM legacy_refusals f WHERE f.batch_id = @batch_id::uuid AND f.source_id = m.source_id AND f.source_id <> '')
    ORDER BY m.id LIMIT @row_limit FOR NO KEY UPDATE) missing
WHERE l.id = missing.id;

-- name: LegacyMembershipCountMissing :one
-- How many a whole file did not hold, the ones included that an earlier file did not hold either.
SELECT count(*)::integer FROM legacy_memberships l
WHERE l.location_id = @location_id AND l.source = @source AND l.state NOT IN ('cancelled', 'recorded') AND l.missing_from IS NOT NULL
    AND l.batch_id IS DISTINCT FROM @batch_id::uuid
    AND NOT EXISTS (SELECT FROM legacy_repeated r WHERE r.batch_id = @batch_id::uuid AND r.legacy_membership_id = l.id)
    AND NOT EXISTS (SELECT FROM legacy_refusals f WHERE f.batch_id = @batch_id::uuid AND f.source_id = l.source_id AND f.source_id <> '');

-- name: LegacyTrialCountMissing :one
-- The same, of a trial, which marks none.
SELECT count(*)::integer FROM legacy_memberships l
WHERE l.location_id = @location_id AND l.source = @source AND l.state NOT IN ('cancelled', 'recorded')
    AND NOT EXISTS (SELECT FROM legacy_trial_ids t WHERE t.batch_id = @batch_id::uuid AND t.source_id = l.source_id)
    AND NOT EXISTS (SELECT FROM legacy_refusals f WHERE f.batch_id = @batch_id::uuid AND f.source_id = l.source_id AND f.source_id <> '');

-- name: LegacyImportSetMissing :exec
UPDATE legacy_imports SET missing_rows = @missing_rows WHERE batch_id = @batch_id;

-- name: LegacyRepeatedForget :exec
DELETE FROM legacy_repeated WHERE batch_id = @batch_id;

-- name: LegacyTrialForget :exec
DELETE FROM legacy_trial_ids WHERE batch_id = @batch_id;

-- name: LegacyRefusalCopy :copyfrom
INSERT INTO legacy_refusals (batch_id, line, source_id, record, columns, found, wants)
VALUES (@batch_id, @line, @source_id, @record, @columns, @found, @wants);

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
