-- name: BatchPartInsertMatching :one
-- Settles who is meant, in parts of a thousand in the order of their age, and answers how many. By ids where there are any, else by
-- the filter: the same conditions as the list's. Planned anew each time (see PlanEachTime): a general plan would read every row.
WITH chosen AS (
    SELECT i.id, row_number() OVER (ORDER BY i.id) - 1 AS n
    FROM invitations i
    WHERE EXISTS (SELECT FROM managed_locations m WHERE m.location_id = i.location_id AND m.staff_id = @staff_id)
        AND (cardinality(@ids::uuid[]) = 0 OR i.id = ANY (@ids::uuid[]))
        AND (cardinality(@statuses::text[]) = 0 OR i.status = ANY (CAST(@statuses::text[] AS invitation_status[])))
        AND (cardinality(@location_ids::uuid[]) = 0 OR i.location_id = ANY (@location_ids::uuid[]))
        AND (cardinality(@plan_ids::uuid[]) = 0 OR i.plan_id = ANY (@plan_ids::uuid[]))
        AND (cardinality(@anchor_days::integer[]) = 0 OR i.anchor_day = ANY (@anchor_days::integer[]))
        AND (sqlc.narg(has_phone)::boolean IS NULL OR i.has_phone = sqlc.narg(has_phone)::boolean)
        AND (sqlc.narg(texted)::boolean IS NULL OR (i.sms_sent_at IS NOT NULL) = sqlc.narg(texted)::boolean)
        AND (sqlc.narg(delivery_failed)::boolean IS NULL OR i.delivery_failed = sqlc.narg(delivery_failed)::boolean)
        AND (sqlc.narg(link_expired)::boolean IS NULL
            OR (i.status IN ('pending', 'sent') AND i.link_expires_at <= @now::timestamptz) = sqlc.narg(link_expired)::boolean)
        AND (sqlc.narg(created_from)::timestamptz IS NULL OR i.created_at >= sqlc.narg(created_from)::timestamptz)
        AND (sqlc.narg(created_before)::timestamptz IS NULL OR i.created_at < sqlc.narg(created_before)::timestamptz)
        AND (cardinality(@patterns::text[]) = 0 OR (i.search_text LIKE @pattern::text AND i.search_text LIKE ALL (@patterns::text[])))
), parts AS (
    INSERT INTO batch_parts (batch_id, part, first_position, invitation_ids)
    SELECT @batch_id, (c.n / 1000)::integer, min(c.n)::integer, array_agg(c.id ORDER BY c.n)
    FROM chosen c
    GROUP BY c.n / 1000
    RETURNING cardinality(invitation_ids) AS size
)
SELECT coalesce(sum(parts.size), 0)::integer AS total FROM parts;

-- name: BatchPartInsertRetry :one
-- Settles who is tried again, and answers how many: those who failed and surely got nothing, at locations that the caller manages
-- now; nobody who is in an earlier retry, and nobody to whom another act has sent since. An undelivered text counts as sent.
WITH chosen AS (
    SELECT i.invitation_id AS id, row_number() OVER (ORDER BY i.position) - 1 AS n
    FROM batch_items i
    JOIN batches b ON b.id = i.batch_id
    JOIN invitations o ON o.id = i.invitation_id
    WHERE i.batch_id = @retry_of AND i.outcome = 'failed'
        AND (i.reason IN ('REFUSED', 'TEMPLATE', 'STOPPED') OR (i.reason = 'UNDELIVERED' AND b.channel = 'email'))
        AND EXISTS (SELECT FROM managed_locations m WHERE m.location_id = o.location_id AND m.staff_id = @staff_id)
        AND i.invitation_id NOT IN (SELECT unnest(p.invitation_ids) FROM batch_parts p JOIN batches r ON r.id = p.batch_id WHERE r.retry_of = b.id)
        AND NOT EXISTS (SELECT FROM deliveries d
                        WHERE d.invitation_id = i.invitation_id AND d.purpose = 'invitation' AND d.channel = b.channel
                            AND d.created_at >= b.created_at AND d.batch_id IS DISTINCT FROM b.id
                            AND d.status NOT IN ('failed', 'canceled'))
), parts AS (
    INSERT INTO batch_parts (batch_id, part, first_position, invitation_ids)
    SELECT @batch_id, (c.n / 1000)::integer, min(c.n)::integer, array_agg(c.id ORDER BY c.n)
    FROM chosen c
    GROUP BY c.n / 1000
    RETURNING cardinality(invitation_ids) AS size
)
SELECT coalesce(sum(parts.size), 0)::integer AS total FROM parts;

-- name: BatchPartInsertSubmissions :one
-- Settles whose submissions are meant, in parts of a thousand in the order of their age, and answers how many: by ids where there are
-- any, else by the filter, which has the same conditions as the list's.
WITH chosen AS (
    SELECT s.id, row_number() OVER (ORDER BY s.id) - 1 AS n
    FROM submissions s
    WHERE EXISTS (SELECT FROM managed_locations m WHERE m.location_id = s.location_id AND m.staff_id = @staff_id)
        AND (cardinality(@ids::uuid[]) = 0 OR s.id = ANY (@ids::uuid[]))
        AND (cardinality(@statuses::text[]) = 0 OR s.status = ANY (CAST(@statuses::text[] AS submission_status[])))
        AND (cardinality(@location_ids::uuid[]) = 0 OR s.location_id = ANY (@location_ids::uuid[]))
), parts AS (
    INSERT INTO batch_parts (batch_id, part, first_position, submission_ids)
    SELECT @batch_id, (c.n / 1000)::integer, min(c.n)::integer, array_agg(c.id ORDER BY c.n)
    FROM chosen c
    GROUP BY c.n / 1000
    RETURNING cardinality(submission_ids) AS size
)
SELECT coalesce(sum(parts.size), 0)::integer AS total FROM parts;

-- name: BatchPartInsertApprovalRetry :one
-- Settles what is approved again, and answers how many: what came back without anything made, at locations that the caller manages
-- now; nothing that is in an earlier retry.
WITH chosen AS (
    SELECT i.submission_id AS id, row_number() OVER (ORDER BY i.position) - 1 AS n
    FROM batch_items i
    JOIN submissions s ON s.id = i.submission_id
    WHERE i.batch_id = @retry_of AND i.outcome = 'failed' AND i.reason IN ('RETURNED', 'STOPPED')
        AND EXISTS (SELECT FROM managed_locations m WHERE m.location_id = s.location_id AND m.staff_id = @staff_id)
        AND i.submission_id NOT IN (SELECT unnest(p.submission_ids) FROM batch_parts p JOIN batches r ON r.id = p.batch_id WHERE r.retry_of = @retry_of)
), parts AS (
    INSERT INTO batch_parts (batch_id, part, first_position, submission_ids)
    SELECT @batch_id, (c.n / 1000)::integer, min(c.n)::integer, array_agg(c.id ORDER BY c.n)
    FROM chosen c
    GROUP BY c.n / 1000
    RETURNING cardinality(submission_ids) AS size
)
SELECT coalesce(sum(parts.size), 0)::integer AS total FROM parts;

-- name: BatchPartCount :one
SELECT count(*)::integer FROM batch_parts WHERE batch_id = @batch_id;

-- name: BatchPartLock :one
-- Of two who plan one part at once, the later one waits and finds it planned.
SELECT sqlc.embed(p), sqlc.embed(b) FROM batch_parts p
JOIN batches b ON b.id = p.batch_id
WHERE p.batch_id = @batch_id AND p.part = @part
FOR UPDATE OF p;

-- name: BatchPartMarkPlanned :exec
UPDATE batch_parts SET planned_at = @now WHERE batch_id = @batch_id AND part = @part AND planned_at IS NULL;

-- name: PlanEachTime :exec
-- For the rest of the transaction every statement is planned with its values.
SELECT set_config('plan_cache_mode', 'force_custom_plan', true);

-- name: SearchPatterns :one
-- What each word of a search has to look like in search_text: one or two letters begin a word there, more stand anywhere in it. The
-- longest first: it is the rarest, and the index is asked for it.
SELECT coalesce(array_agg(w.pattern ORDER BY length(w.pattern) DESC, w.pattern), '{}')::text[] AS patterns
FROM (SELECT CASE WHEN length(word) <= 2 THEN '% ' ELSE '%' END || regexp_replace(word, '([\\%_])', '\\\1', 'g') || '%' AS pattern
      FROM regexp_split_to_table(fold(@search::text), ' ') AS word WHERE word <> '') w;

-- name: SendingListByInvitations :many
-- Where each would be sent now, and why it would not be.
SELECT s.invitation_id, s.location_id, s.tenant_id,
    coalesce(CASE @channel::text WHEN 'email' THEN s.email ELSE s.phone END, '')::text AS address,
    (CASE @channel::text WHEN 'email' THEN s.email_skip ELSE s.text_skip END)::text AS skip
FROM sendings s WHERE s.invitation_id = ANY (@ids::uuid[])
ORDER BY s.invitation_id;

-- name: SendingCountMatching :many
-- What BatchPartInsertMatching would choose, by location and by what would become of it. Of several with one phone number one gets
-- the text.
SELECT x.location_id, (CASE WHEN x.skip = '' AND x.turn > 1 THEN 'ALREADY_TEXTED' ELSE x.skip END)::text AS skip, count(*)::integer AS count
FROM (
    SELECT s.location_id, s.skip,
        CASE WHEN s.skip = '' AND @channel::text = 'sms' THEN row_number() OVER (PARTITION BY s.skip, s.phone ORDER BY s.invitation_id) ELSE 1 END AS turn
    FROM (
        SELECT v.invitation_id, v.location_id, v.phone, CASE @channel::text WHEN 'email' THEN v.email_skip ELSE v.text_skip END AS skip
        FROM invitations i
        JOIN sendings v ON v.invitation_id = i.id
        WHERE EXISTS (SELECT FROM managed_locations m WHERE m.location_id = i.location_id AND m.staff_id = @staff_id)
            AND (cardinality(@ids::uuid[]) = 0 OR i.id = ANY (@ids::uuid[]))
            AND (cardinality(@statuses::text[]) = 0 OR i.status = ANY (CAST(@statuses::text[] AS invitation_status[])))
            AND (cardinality(@location_ids::uuid[]) = 0 OR i.location_id = ANY (@location_ids::uuid[]))
            AND (cardinality(@plan_ids::uuid[]) = 0 OR i.plan_id = ANY (@plan_ids::uuid[]))
            AND (cardinality(@anchor_days::integer[]) = 0 OR i.anchor_day = ANY (@anchor_days::integer[]))
            AND (sqlc.narg(has_phone)::boolean IS NULL OR i.has_phone = sqlc.narg(has_phone)::boolean)
            AND (sqlc.narg(texted)::boolean IS NULL OR (i.sms_sent_at IS NOT NULL) = sqlc.narg(texted)::boolean)
            AND (sqlc.narg(delivery_failed)::boolean IS NULL OR i.delivery_failed = sqlc.narg(delivery_failed)::boolean)
            AND (sqlc.narg(link_expired)::boolean IS NULL
                OR (i.status IN ('pending', 'sent') AND i.link_expires_at <= @now::timestamptz) = sqlc.narg(link_expired)::boolean)
            AND (sqlc.narg(created_from)::timestamptz IS NULL OR i.created_at >= sqlc.narg(created_from)::timestamptz)
            AND (sqlc.narg(created_before)::timestamptz IS NULL OR i.created_at < sqlc.narg(created_before)::timestamptz)
            AND (cardinality(@patterns::text[]) = 0 OR (i.search_text LIKE @pattern::text AND i.search_text LIKE ALL (@patterns::text[])))
    ) s
) x
GROUP BY 1, 2
ORDER BY 1, 2;
