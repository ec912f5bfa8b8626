-- Written by queries/listgen from batch_matching.sql.tmpl: change it there, then make generate/sqlc.
--
-- Whom an act of sending is about: by ids where there are any, else by the filter, which is the list's. Planned anew each time (see
-- PlanEachTime): a general plan would read every row.

-- name: BatchPartInsertMatching :one
-- Settles who is meant, in parts of a thousand in the order of their age, and answers how many.
WITH chosen AS (
    SELECT x.id, row_number() OVER (ORDER BY x.id) - 1 AS n
    FROM invitations x
    WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) <> 1 OR x.status = CAST((@statuses::text[])[1] AS invitation_status))
    AND (cardinality(@statuses::text[]) < 2 OR x.status = ANY (CAST(@statuses::text[] AS invitation_status[])))
    AND (cardinality(@anchor_days::integer[]) <> 1 OR x.anchor_day = (@anchor_days::integer[])[1])
    AND (cardinality(@anchor_days::integer[]) < 2 OR x.anchor_day = ANY (@anchor_days::integer[]))
    AND (sqlc.narg(has_phone)::boolean IS NULL OR x.has_phone = sqlc.narg(has_phone)::boolean)
    AND (sqlc.narg(texted)::boolean IS NULL OR x.texted = sqlc.narg(texted)::boolean)
    AND (sqlc.narg(delivery_failed)::boolean IS NULL OR x.delivery_failed = sqlc.narg(delivery_failed)::boolean)
    AND (cardinality(@plan_ids::uuid[]) = 0 OR x.plan_id = ANY (@plan_ids::uuid[]))
    AND (sqlc.narg(link_expired)::boolean IS NULL
        OR (x.status IN ('pending', 'sent') AND x.link_expires_at <= @now::timestamptz) = sqlc.narg(link_expired)::boolean)
    AND (sqlc.narg(created_from)::timestamptz IS NULL OR x.created_at >= sqlc.narg(created_from)::timestamptz)
    AND (sqlc.narg(created_before)::timestamptz IS NULL OR x.created_at < sqlc.narg(created_before)::timestamptz)
    AND (cardinality(@words::text[]) < 1 OR x.search_text LIKE (@words::text[])[1])
    AND (cardinality(@words::text[]) < 2 OR x.search_text LIKE (@words::text[])[2])
    AND (cardinality(@words::text[]) < 3 OR x.search_text LIKE (@words::text[])[3])
    AND (cardinality(@words::text[]) < 4 OR x.search_text LIKE (@words::text[])[4])
    AND (cardinality(@words::text[]) < 5 OR x.search_text LIKE (@words::text[])[5])
    AND (cardinality(@words::text[]) < 6 OR x.search_text LIKE (@words::text[])[6])
    AND (cardinality(@ids::uuid[]) = 0 OR x.id = ANY (@ids::uuid[]))
), parts AS (
    INSERT INTO batch_parts (batch_id, part, first_position, invitation_ids)
    SELECT @batch_id, (c.n / 1000)::integer, min(c.n)::integer, array_agg(c.id ORDER BY c.n)
    FROM chosen c
    GROUP BY c.n / 1000
    RETURNING cardinality(invitation_ids) AS size
)
SELECT coalesce(sum(parts.size), 0)::integer AS total FROM parts;

-- name: SendingCountMatching :many
-- What BatchPartInsertMatching would choose, by location and by what would become of it. Of several with one phone number, or of one
-- person, one gets the text.
SELECT c.location_id, (CASE WHEN c.skip = '' AND c.turn > 1 THEN 'TEXT_ON_ITS_WAY' ELSE c.skip END)::text AS skip, count(*)::integer AS count
FROM (
    SELECT s.location_id, s.skip,
        CASE WHEN s.skip = '' AND @channel::text = 'sms' THEN greatest(row_number() OVER (PARTITION BY s.skip, s.phone ORDER BY s.invitation_id),
            row_number() OVER (PARTITION BY s.skip, s.tenant_id ORDER BY s.invitation_id)) ELSE 1 END AS turn
    FROM (
        SELECT v.invitation_id, v.location_id, v.tenant_id, v.phone, CASE @channel::text WHEN 'email' THEN v.email_skip ELSE v.text_skip END AS skip
        FROM invitations x
        JOIN sendings v ON v.invitation_id = x.id
        WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) <> 1 OR x.status = CAST((@statuses::text[])[1] AS invitation_status))
    AND (cardinality(@statuses::text[]) < 2 OR x.status = ANY (CAST(@statuses::text[] AS invitation_status[])))
    AND (cardinality(@anchor_days::integer[]) <> 1 OR x.anchor_day = (@anchor_days::integer[])[1])
    AND (cardinality(@anchor_days::integer[]) < 2 OR x.anchor_day = ANY (@anchor_days::integer[]))
    AND (sqlc.narg(has_phone)::boolean IS NULL OR x.has_phone = sqlc.narg(has_phone)::boolean)
    AND (sqlc.narg(texted)::boolean IS NULL OR x.texted = sqlc.narg(texted)::boolean)
    AND (sqlc.narg(delivery_failed)::boolean IS NULL OR x.delivery_failed = sqlc.narg(delivery_failed)::boolean)
    AND (cardinality(@plan_ids::uuid[]) = 0 OR x.plan_id = ANY (@plan_ids::uuid[]))
    AND (sqlc.narg(link_expired)::boolean IS NULL
        OR (x.status IN ('pending', 'sent') AND x.link_expires_at <= @now::timestamptz) = sqlc.narg(link_expired)::boolean)
    AND (sqlc.narg(created_from)::timestamptz IS NULL OR x.created_at >= sqlc.narg(created_from)::timestamptz)
    AND (sqlc.narg(created_before)::timestamptz IS NULL OR x.created_at < sqlc.narg(created_before)::timestamptz)
    AND (cardinality(@words::text[]) < 1 OR x.search_text LIKE (@words::text[])[1])
    AND (cardinality(@words::text[]) < 2 OR x.search_text LIKE (@words::text[])[2])
    AND (cardinality(@words::text[]) < 3 OR x.search_text LIKE (@words::text[])[3])
    AND (cardinality(@words::text[]) < 4 OR x.search_text LIKE (@words::text[])[4])
    AND (cardinality(@words::text[]) < 5 OR x.search_text LIKE (@words::text[])[5])
    AND (cardinality(@words::text[]) < 6 OR x.search_text LIKE (@words::text[])[6])
        AND (cardinality(@ids::uuid[]) = 0 OR x.id = ANY (@ids::uuid[]))
    ) s
) c
GROUP BY 1, 2
ORDER BY 1, 2;
