-- Written by queries/listgen from batch_submissions.sql.tmpl: change it there, then make generate/sqlc.
--
-- Which submissions an act of approving is about: by ids where there are any, else by the filter, which is the list's. Planned anew
-- each time (see PlanEachTime): a general plan would read every row.

-- name: BatchPartInsertSubmissions :one
-- Settles which are meant, in parts of a thousand in the order of their age, and answers how many.
WITH chosen AS (
    SELECT x.id, row_number() OVER (ORDER BY x.id) - 1 AS n
    FROM submissions x
    WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) <> 1 OR x.status = CAST((@statuses::text[])[1] AS submission_status))
    AND (cardinality(@statuses::text[]) < 2 OR x.status = ANY (CAST(@statuses::text[] AS submission_status[])))
    AND (cardinality(@methods::text[]) <> 1 OR x.payment_method_type = CAST((@methods::text[])[1] AS payment_method_type))
    AND (cardinality(@methods::text[]) < 2 OR x.payment_method_type = ANY (CAST(@methods::text[] AS payment_method_type[])))
    AND (sqlc.narg(waiting_since_before)::timestamptz IS NULL
        OR x.waiting_key < least(sqlc.narg(waiting_since_before)::timestamptz, timestamptz '9999-01-01 00:00:00+00'))
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (cardinality(@words::text[]) < 1 OR x.search_text LIKE (@words::text[])[1])
    AND (cardinality(@words::text[]) < 2 OR x.search_text LIKE (@words::text[])[2])
    AND (cardinality(@words::text[]) < 3 OR x.search_text LIKE (@words::text[])[3])
    AND (cardinality(@words::text[]) < 4 OR x.search_text LIKE (@words::text[])[4])
    AND (cardinality(@words::text[]) < 5 OR x.search_text LIKE (@words::text[])[5])
    AND (cardinality(@words::text[]) < 6 OR x.search_text LIKE (@words::text[])[6])
    AND (cardinality(@ids::uuid[]) = 0 OR x.id = ANY (@ids::uuid[]))
), parts AS (
    INSERT INTO batch_parts (batch_id, part, first_position, submission_ids)
    SELECT @batch_id, (c.n / 1000)::integer, min(c.n)::integer, array_agg(c.id ORDER BY c.n)
    FROM chosen c
    GROUP BY c.n / 1000
    RETURNING cardinality(submission_ids) AS size
)
SELECT coalesce(sum(parts.size), 0)::integer AS total FROM parts;

-- name: ApprovableCountMatching :many
-- What BatchPartInsertSubmissions would choose, by what would become of it and by what its first charge depends on.
SELECT v.location_id, v.anchor_day, x.first_bill_on, v.currency, v.skip::text AS skip, count(*)::integer AS count,
    sum(v.monthly_total_minor)::bigint AS monthly_minor
FROM submissions x
JOIN approvables v ON v.submission_id = x.id
WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) <> 1 OR x.status = CAST((@statuses::text[])[1] AS submission_status))
    AND (cardinality(@statuses::text[]) < 2 OR x.status = ANY (CAST(@statuses::text[] AS submission_status[])))
    AND (cardinality(@methods::text[]) <> 1 OR x.payment_method_type = CAST((@methods::text[])[1] AS payment_method_type))
    AND (cardinality(@methods::text[]) < 2 OR x.payment_method_type = ANY (CAST(@methods::text[] AS payment_method_type[])))
    AND (sqlc.narg(waiting_since_before)::timestamptz IS NULL
        OR x.waiting_key < least(sqlc.narg(waiting_since_before)::timestamptz, timestamptz '9999-01-01 00:00:00+00'))
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (cardinality(@words::text[]) < 1 OR x.search_text LIKE (@words::text[])[1])
    AND (cardinality(@words::text[]) < 2 OR x.search_text LIKE (@words::text[])[2])
    AND (cardinality(@words::text[]) < 3 OR x.search_text LIKE (@words::text[])[3])
    AND (cardinality(@words::text[]) < 4 OR x.search_text LIKE (@words::text[])[4])
    AND (cardinality(@words::text[]) < 5 OR x.search_text LIKE (@words::text[])[5])
    AND (cardinality(@words::text[]) < 6 OR x.search_text LIKE (@words::text[])[6])
    AND (cardinality(@ids::uuid[]) = 0 OR x.id = ANY (@ids::uuid[]))
GROUP BY 1, 2, 3, 4, 5
ORDER BY 1, 2, 3, 4, 5;
