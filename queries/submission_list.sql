-- Written by queries/listgen from list.sql.tmpl: change it there, then make generate/sqlc.
--
-- Every optional part is (parameter is empty OR condition). The list's own connections plan each statement with the values at
-- hand, so that an empty part vanishes, one value is an equality, and the plan is that of the filter which was asked for.
--
-- The bound of staff stands in each statement, once for all rows: either the caller manages every location, or all of
-- @location_ids at this moment. Otherwise there are no rows.

-- name: SubmissionCountMatching :one
-- Counts no further than @most.
SELECT count(*)::integer FROM (SELECT FROM submissions x WHERE 
    CASE WHEN cardinality(@location_ids::uuid[]) = 0
        THEN EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        ELSE (SELECT count(*) FROM managed_locations m WHERE m.staff_id = @staff_id AND m.location_id = ANY (@location_ids::uuid[]))
            = cardinality(@location_ids::uuid[]) END
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) <> 1 OR x.status = CAST((@statuses::text[])[1] AS submission_status))
    AND (cardinality(@statuses::text[]) < 2 OR x.status = ANY (CAST(@statuses::text[] AS submission_status[])))
    AND (cardinality(@methods::text[]) = 0 OR x.payment_method_type = ANY (CAST(@methods::text[] AS payment_method_type[])))
    AND (sqlc.narg(waiting_since_before)::timestamptz IS NULL OR x.waiting_key < least(sqlc.narg(waiting_since_before)::timestamptz, timestamptz '9999-01-01 00:00:00+00'))
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (cardinality(@words::text[]) < 1 OR x.search_text LIKE (@words::text[])[1])
    AND (cardinality(@words::text[]) < 2 OR x.search_text LIKE (@words::text[])[2])
    AND (cardinality(@words::text[]) < 3 OR x.search_text LIKE (@words::text[])[3])
    AND (cardinality(@words::text[]) < 4 OR x.search_text LIKE (@words::text[])[4])
    AND (cardinality(@words::text[]) < 5 OR x.search_text LIKE (@words::text[])[5])
    AND (cardinality(@words::text[]) < 6 OR x.search_text LIKE (@words::text[])[6]) LIMIT @most) counted;

-- name: SubmissionListTenantAsc :many
SELECT x.* FROM submissions x WHERE 
    CASE WHEN cardinality(@location_ids::uuid[]) = 0
        THEN EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        ELSE (SELECT count(*) FROM managed_locations m WHERE m.staff_id = @staff_id AND m.location_id = ANY (@location_ids::uuid[]))
            = cardinality(@location_ids::uuid[]) END
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) <> 1 OR x.status = CAST((@statuses::text[])[1] AS submission_status))
    AND (cardinality(@statuses::text[]) < 2 OR x.status = ANY (CAST(@statuses::text[] AS submission_status[])))
    AND (cardinality(@methods::text[]) = 0 OR x.payment_method_type = ANY (CAST(@methods::text[] AS payment_method_type[])))
    AND (sqlc.narg(waiting_since_before)::timestamptz IS NULL OR x.waiting_key < least(sqlc.narg(waiting_since_before)::timestamptz, timestamptz '9999-01-01 00:00:00+00'))
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (cardinality(@words::text[]) < 1 OR x.search_text LIKE (@words::text[])[1])
    AND (cardinality(@words::text[]) < 2 OR x.search_text LIKE (@words::text[])[2])
    AND (cardinality(@words::text[]) < 3 OR x.search_text LIKE (@words::text[])[3])
    AND (cardinality(@words::text[]) < 4 OR x.search_text LIKE (@words::text[])[4])
    AND (cardinality(@words::text[]) < 5 OR x.search_text LIKE (@words::text[])[5])
    AND (cardinality(@words::text[]) < 6 OR x.search_text LIKE (@words::text[])[6])
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.tenant_key, x.id) > (CAST(sqlc.narg(after_key)::text AS text), sqlc.narg(after_id)::uuid))
ORDER BY x.tenant_key ASC, x.id ASC
LIMIT @row_limit::integer;

-- name: SubmissionListTenantDesc :many
SELECT x.* FROM submissions x WHERE 
    CASE WHEN cardinality(@location_ids::uuid[]) = 0
        THEN EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        ELSE (SELECT count(*) FROM managed_locations m WHERE m.staff_id = @staff_id AND m.location_id = ANY (@location_ids::uuid[]))
            = cardinality(@location_ids::uuid[]) END
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) <> 1 OR x.status = CAST((@statuses::text[])[1] AS submission_status))
    AND (cardinality(@statuses::text[]) < 2 OR x.status = ANY (CAST(@statuses::text[] AS submission_status[])))
    AND (cardinality(@methods::text[]) = 0 OR x.payment_method_type = ANY (CAST(@methods::text[] AS payment_method_type[])))
    AND (sqlc.narg(waiting_since_before)::timestamptz IS NULL OR x.waiting_key < least(sqlc.narg(waiting_since_before)::timestamptz, timestamptz '9999-01-01 00:00:00+00'))
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (cardinality(@words::text[]) < 1 OR x.search_text LIKE (@words::text[])[1])
    AND (cardinality(@words::text[]) < 2 OR x.search_text LIKE (@words::text[])[2])
    AND (cardinality(@words::text[]) < 3 OR x.search_text LIKE (@words::text[])[3])
    AND (cardinality(@words::text[]) < 4 OR x.search_text LIKE (@words::text[])[4])
    AND (cardinality(@words::text[]) < 5 OR x.search_text LIKE (@words::text[])[5])
    AND (cardinality(@words::text[]) < 6 OR x.search_text LIKE (@words::text[])[6])
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.tenant_key, x.id) < (CAST(sqlc.narg(after_key)::text AS text), sqlc.narg(after_id)::uuid))
ORDER BY x.tenant_key DESC, x.id DESC
LIMIT @row_limit::integer;

-- name: SubmissionListPlanAsc :many
SELECT x.* FROM submissions x WHERE 
    CASE WHEN cardinality(@location_ids::uuid[]) = 0
        THEN EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        ELSE (SELECT count(*) FROM managed_locations m WHERE m.staff_id = @staff_id AND m.location_id = ANY (@location_ids::uuid[]))
            = cardinality(@location_ids::uuid[]) END
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) <> 1 OR x.status = CAST((@statuses::text[])[1] AS submission_status))
    AND (cardinality(@statuses::text[]) < 2 OR x.status = ANY (CAST(@statuses::text[] AS submission_status[])))
    AND (cardinality(@methods::text[]) = 0 OR x.payment_method_type = ANY (CAST(@methods::text[] AS payment_method_type[])))
    AND (sqlc.narg(waiting_since_before)::timestamptz IS NULL OR x.waiting_key < least(sqlc.narg(waiting_since_before)::timestamptz, timestamptz '9999-01-01 00:00:00+00'))
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (cardinality(@words::text[]) < 1 OR x.search_text LIKE (@words::text[])[1])
    AND (cardinality(@words::text[]) < 2 OR x.search_text LIKE (@words::text[])[2])
    AND (cardinality(@words::text[]) < 3 OR x.search_text LIKE (@words::text[])[3])
    AND (cardinality(@words::text[]) < 4 OR x.search_text LIKE (@words::text[])[4])
    AND (cardinality(@words::text[]) < 5 OR x.search_text LIKE (@words::text[])[5])
    AND (cardinality(@words::text[]) < 6 OR x.search_text LIKE (@words::text[])[6])
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.plan_key, x.id) > (CAST(sqlc.narg(after_key)::text AS text), sqlc.narg(after_id)::uuid))
ORDER BY x.plan_key ASC, x.id ASC
LIMIT @row_limit::integer;

-- name: SubmissionListPlanDesc :many
SELECT x.* FROM submissions x WHERE 
    CASE WHEN cardinality(@location_ids::uuid[]) = 0
        THEN EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        ELSE (SELECT count(*) FROM managed_locations m WHERE m.staff_id = @staff_id AND m.location_id = ANY (@location_ids::uuid[]))
            = cardinality(@location_ids::uuid[]) END
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) <> 1 OR x.status = CAST((@statuses::text[])[1] AS submission_status))
    AND (cardinality(@statuses::text[]) < 2 OR x.status = ANY (CAST(@statuses::text[] AS submission_status[])))
    AND (cardinality(@methods::text[]) = 0 OR x.payment_method_type = ANY (CAST(@methods::text[] AS payment_method_type[])))
    AND (sqlc.narg(waiting_since_before)::timestamptz IS NULL OR x.waiting_key < least(sqlc.narg(waiting_since_before)::timestamptz, timestamptz '9999-01-01 00:00:00+00'))
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (cardinality(@words::text[]) < 1 OR x.search_text LIKE (@words::text[])[1])
    AND (cardinality(@words::text[]) < 2 OR x.search_text LIKE (@words::text[])[2])
    AND (cardinality(@words::text[]) < 3 OR x.search_text LIKE (@words::text[])[3])
    AND (cardinality(@words::text[]) < 4 OR x.search_text LIKE (@words::text[])[4])
    AND (cardinality(@words::text[]) < 5 OR x.search_text LIKE (@words::text[])[5])
    AND (cardinality(@words::text[]) < 6 OR x.search_text LIKE (@words::text[])[6])
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.plan_key, x.id) < (CAST(sqlc.narg(after_key)::text AS text), sqlc.narg(after_id)::uuid))
ORDER BY x.plan_key DESC, x.id DESC
LIMIT @row_limit::integer;

-- name: SubmissionListLocationAsc :many
SELECT x.* FROM submissions x WHERE 
    CASE WHEN cardinality(@location_ids::uuid[]) = 0
        THEN EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        ELSE (SELECT count(*) FROM managed_locations m WHERE m.staff_id = @staff_id AND m.location_id = ANY (@location_ids::uuid[]))
            = cardinality(@location_ids::uuid[]) END
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) <> 1 OR x.status = CAST((@statuses::text[])[1] AS submission_status))
    AND (cardinality(@statuses::text[]) < 2 OR x.status = ANY (CAST(@statuses::text[] AS submission_status[])))
    AND (cardinality(@methods::text[]) = 0 OR x.payment_method_type = ANY (CAST(@methods::text[] AS payment_method_type[])))
    AND (sqlc.narg(waiting_since_before)::timestamptz IS NULL OR x.waiting_key < least(sqlc.narg(waiting_since_before)::timestamptz, timestamptz '9999-01-01 00:00:00+00'))
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (cardinality(@words::text[]) < 1 OR x.search_text LIKE (@words::text[])[1])
    AND (cardinality(@words::text[]) < 2 OR x.search_text LIKE (@words::text[])[2])
    AND (cardinality(@words::text[]) < 3 OR x.search_text LIKE (@words::text[])[3])
    AND (cardinality(@words::text[]) < 4 OR x.search_text LIKE (@words::text[])[4])
    AND (cardinality(@words::text[]) < 5 OR x.search_text LIKE (@words::text[])[5])
    AND (cardinality(@words::text[]) < 6 OR x.search_text LIKE (@words::text[])[6])
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.location_key, x.id) > (CAST(sqlc.narg(after_key)::text AS text), sqlc.narg(after_id)::uuid))
ORDER BY x.location_key ASC, x.id ASC
LIMIT @row_limit::integer;

-- name: SubmissionListLocationDesc :many
SELECT x.* FROM submissions x WHERE 
    CASE WHEN cardinality(@location_ids::uuid[]) = 0
        THEN EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        ELSE (SELECT count(*) FROM managed_locations m WHERE m.staff_id = @staff_id AND m.location_id = ANY (@location_ids::uuid[]))
            = cardinality(@location_ids::uuid[]) END
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) <> 1 OR x.status = CAST((@statuses::text[])[1] AS submission_status))
    AND (cardinality(@statuses::text[]) < 2 OR x.status = ANY (CAST(@statuses::text[] AS submission_status[])))
    AND (cardinality(@methods::text[]) = 0 OR x.payment_method_type = ANY (CAST(@methods::text[] AS payment_method_type[])))
    AND (sqlc.narg(waiting_since_before)::timestamptz IS NULL OR x.waiting_key < least(sqlc.narg(waiting_since_before)::timestamptz, timestamptz '9999-01-01 00:00:00+00'))
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (cardinality(@words::text[]) < 1 OR x.search_text LIKE (@words::text[])[1])
    AND (cardinality(@words::text[]) < 2 OR x.search_text LIKE (@words::text[])[2])
    AND (cardinality(@words::text[]) < 3 OR x.search_text LIKE (@words::text[])[3])
    AND (cardinality(@words::text[]) < 4 OR x.search_text LIKE (@words::text[])[4])
    AND (cardinality(@words::text[]) < 5 OR x.search_text LIKE (@words::text[])[5])
    AND (cardinality(@words::text[]) < 6 OR x.search_text LIKE (@words::text[])[6])
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.location_key, x.id) < (CAST(sqlc.narg(after_key)::text AS text), sqlc.narg(after_id)::uuid))
ORDER BY x.location_key DESC, x.id DESC
LIMIT @row_limit::integer;

-- name: SubmissionListCardPriceAsc :many
SELECT x.* FROM submissions x WHERE 
    CASE WHEN cardinality(@location_ids::uuid[]) = 0
        THEN EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        ELSE (SELECT count(*) FROM managed_locations m WHERE m.staff_id = @staff_id AND m.location_id = ANY (@location_ids::uuid[]))
            = cardinality(@location_ids::uuid[]) END
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) <> 1 OR x.status = CAST((@statuses::text[])[1] AS submission_status))
    AND (cardinality(@statuses::text[]) < 2 OR x.status = ANY (CAST(@statuses::text[] AS submission_status[])))
    AND (cardinality(@methods::text[]) = 0 OR x.payment_method_type = ANY (CAST(@methods::text[] AS payment_method_type[])))
    AND (sqlc.narg(waiting_since_before)::timestamptz IS NULL OR x.waiting_key < least(sqlc.narg(waiting_since_before)::timestamptz, timestamptz '9999-01-01 00:00:00+00'))
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (cardinality(@words::text[]) < 1 OR x.search_text LIKE (@words::text[])[1])
    AND (cardinality(@words::text[]) < 2 OR x.search_text LIKE (@words::text[])[2])
    AND (cardinality(@words::text[]) < 3 OR x.search_text LIKE (@words::text[])[3])
    AND (cardinality(@words::text[]) < 4 OR x.search_text LIKE (@words::text[])[4])
    AND (cardinality(@words::text[]) < 5 OR x.search_text LIKE (@words::text[])[5])
    AND (cardinality(@words::text[]) < 6 OR x.search_text LIKE (@words::text[])[6])
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.card_key, x.id) > (CAST(sqlc.narg(after_key)::text AS bigint), sqlc.narg(after_id)::uuid))
ORDER BY x.card_key ASC, x.id ASC
LIMIT @row_limit::integer;

-- name: SubmissionListCardPriceDesc :many
SELECT x.* FROM submissions x WHERE 
    CASE WHEN cardinality(@location_ids::uuid[]) = 0
        THEN EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        ELSE (SELECT count(*) FROM managed_locations m WHERE m.staff_id = @staff_id AND m.location_id = ANY (@location_ids::uuid[]))
            = cardinality(@location_ids::uuid[]) END
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) <> 1 OR x.status = CAST((@statuses::text[])[1] AS submission_status))
    AND (cardinality(@statuses::text[]) < 2 OR x.status = ANY (CAST(@statuses::text[] AS submission_status[])))
    AND (cardinality(@methods::text[]) = 0 OR x.payment_method_type = ANY (CAST(@methods::text[] AS payment_method_type[])))
    AND (sqlc.narg(waiting_since_before)::timestamptz IS NULL OR x.waiting_key < least(sqlc.narg(waiting_since_before)::timestamptz, timestamptz '9999-01-01 00:00:00+00'))
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (cardinality(@words::text[]) < 1 OR x.search_text LIKE (@words::text[])[1])
    AND (cardinality(@words::text[]) < 2 OR x.search_text LIKE (@words::text[])[2])
    AND (cardinality(@words::text[]) < 3 OR x.search_text LIKE (@words::text[])[3])
    AND (cardinality(@words::text[]) < 4 OR x.search_text LIKE (@words::text[])[4])
    AND (cardinality(@words::text[]) < 5 OR x.search_text LIKE (@words::text[])[5])
    AND (cardinality(@words::text[]) < 6 OR x.search_text LIKE (@words::text[])[6])
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.card_key, x.id) < (CAST(sqlc.narg(after_key)::text AS bigint), sqlc.narg(after_id)::uuid))
ORDER BY x.card_key DESC, x.id DESC
LIMIT @row_limit::integer;

-- name: SubmissionListAchPriceAsc :many
SELECT x.* FROM submissions x WHERE 
    CASE WHEN cardinality(@location_ids::uuid[]) = 0
        THEN EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        ELSE (SELECT count(*) FROM managed_locations m WHERE m.staff_id = @staff_id AND m.location_id = ANY (@location_ids::uuid[]))
            = cardinality(@location_ids::uuid[]) END
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) <> 1 OR x.status = CAST((@statuses::text[])[1] AS submission_status))
    AND (cardinality(@statuses::text[]) < 2 OR x.status = ANY (CAST(@statuses::text[] AS submission_status[])))
    AND (cardinality(@methods::text[]) = 0 OR x.payment_method_type = ANY (CAST(@methods::text[] AS payment_method_type[])))
    AND (sqlc.narg(waiting_since_before)::timestamptz IS NULL OR x.waiting_key < least(sqlc.narg(waiting_since_before)::timestamptz, timestamptz '9999-01-01 00:00:00+00'))
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (cardinality(@words::text[]) < 1 OR x.search_text LIKE (@words::text[])[1])
    AND (cardinality(@words::text[]) < 2 OR x.search_text LIKE (@words::text[])[2])
    AND (cardinality(@words::text[]) < 3 OR x.search_text LIKE (@words::text[])[3])
    AND (cardinality(@words::text[]) < 4 OR x.search_text LIKE (@words::text[])[4])
    AND (cardinality(@words::text[]) < 5 OR x.search_text LIKE (@words::text[])[5])
    AND (cardinality(@words::text[]) < 6 OR x.search_text LIKE (@words::text[])[6])
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.ach_key, x.id) > (CAST(sqlc.narg(after_key)::text AS bigint), sqlc.narg(after_id)::uuid))
ORDER BY x.ach_key ASC, x.id ASC
LIMIT @row_limit::integer;

-- name: SubmissionListAchPriceDesc :many
SELECT x.* FROM submissions x WHERE 
    CASE WHEN cardinality(@location_ids::uuid[]) = 0
        THEN EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        ELSE (SELECT count(*) FROM managed_locations m WHERE m.staff_id = @staff_id AND m.location_id = ANY (@location_ids::uuid[]))
            = cardinality(@location_ids::uuid[]) END
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) <> 1 OR x.status = CAST((@statuses::text[])[1] AS submission_status))
    AND (cardinality(@statuses::text[]) < 2 OR x.status = ANY (CAST(@statuses::text[] AS submission_status[])))
    AND (cardinality(@methods::text[]) = 0 OR x.payment_method_type = ANY (CAST(@methods::text[] AS payment_method_type[])))
    AND (sqlc.narg(waiting_since_before)::timestamptz IS NULL OR x.waiting_key < least(sqlc.narg(waiting_since_before)::timestamptz, timestamptz '9999-01-01 00:00:00+00'))
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (cardinality(@words::text[]) < 1 OR x.search_text LIKE (@words::text[])[1])
    AND (cardinality(@words::text[]) < 2 OR x.search_text LIKE (@words::text[])[2])
    AND (cardinality(@words::text[]) < 3 OR x.search_text LIKE (@words::text[])[3])
    AND (cardinality(@words::text[]) < 4 OR x.search_text LIKE (@words::text[])[4])
    AND (cardinality(@words::text[]) < 5 OR x.search_text LIKE (@words::text[])[5])
    AND (cardinality(@words::text[]) < 6 OR x.search_text LIKE (@words::text[])[6])
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.ach_key, x.id) < (CAST(sqlc.narg(after_key)::text AS bigint), sqlc.narg(after_id)::uuid))
ORDER BY x.ach_key DESC, x.id DESC
LIMIT @row_limit::integer;

-- name: SubmissionListInsuranceAsc :many
SELECT x.* FROM submissions x WHERE 
    CASE WHEN cardinality(@location_ids::uuid[]) = 0
        THEN EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        ELSE (SELECT count(*) FROM managed_locations m WHERE m.staff_id = @staff_id AND m.location_id = ANY (@location_ids::uuid[]))
            = cardinality(@location_ids::uuid[]) END
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) <> 1 OR x.status = CAST((@statuses::text[])[1] AS submission_status))
    AND (cardinality(@statuses::text[]) < 2 OR x.status = ANY (CAST(@statuses::text[] AS submission_status[])))
    AND (cardinality(@methods::text[]) = 0 OR x.payment_method_type = ANY (CAST(@methods::text[] AS payment_method_type[])))
    AND (sqlc.narg(waiting_since_before)::timestamptz IS NULL OR x.waiting_key < least(sqlc.narg(waiting_since_before)::timestamptz, timestamptz '9999-01-01 00:00:00+00'))
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (cardinality(@words::text[]) < 1 OR x.search_text LIKE (@words::text[])[1])
    AND (cardinality(@words::text[]) < 2 OR x.search_text LIKE (@words::text[])[2])
    AND (cardinality(@words::text[]) < 3 OR x.search_text LIKE (@words::text[])[3])
    AND (cardinality(@words::text[]) < 4 OR x.search_text LIKE (@words::text[])[4])
    AND (cardinality(@words::text[]) < 5 OR x.search_text LIKE (@words::text[])[5])
    AND (cardinality(@words::text[]) < 6 OR x.search_text LIKE (@words::text[])[6])
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.insurance_key, x.id) > (CAST(sqlc.narg(after_key)::text AS bigint), sqlc.narg(after_id)::uuid))
ORDER BY x.insurance_key ASC, x.id ASC
LIMIT @row_limit::integer;

-- name: SubmissionListInsuranceDesc :many
SELECT x.* FROM submissions x WHERE 
    CASE WHEN cardinality(@location_ids::uuid[]) = 0
        THEN EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        ELSE (SELECT count(*) FROM managed_locations m WHERE m.staff_id = @staff_id AND m.location_id = ANY (@location_ids::uuid[]))
            = cardinality(@location_ids::uuid[]) END
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) <> 1 OR x.status = CAST((@statuses::text[])[1] AS submission_status))
    AND (cardinality(@statuses::text[]) < 2 OR x.status = ANY (CAST(@statuses::text[] AS submission_status[])))
    AND (cardinality(@methods::text[]) = 0 OR x.payment_method_type = ANY (CAST(@methods::text[] AS payment_method_type[])))
    AND (sqlc.narg(waiting_since_before)::timestamptz IS NULL OR x.waiting_key < least(sqlc.narg(waiting_since_before)::timestamptz, timestamptz '9999-01-01 00:00:00+00'))
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (cardinality(@words::text[]) < 1 OR x.search_text LIKE (@words::text[])[1])
    AND (cardinality(@words::text[]) < 2 OR x.search_text LIKE (@words::text[])[2])
    AND (cardinality(@words::text[]) < 3 OR x.search_text LIKE (@words::text[])[3])
    AND (cardinality(@words::text[]) < 4 OR x.search_text LIKE (@words::text[])[4])
    AND (cardinality(@words::text[]) < 5 OR x.search_text LIKE (@words::text[])[5])
    AND (cardinality(@words::text[]) < 6 OR x.search_text LIKE (@words::text[])[6])
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.insurance_key, x.id) < (CAST(sqlc.narg(after_key)::text AS bigint), sqlc.narg(after_id)::uuid))
ORDER BY x.insurance_key DESC, x.id DESC
LIMIT @row_limit::integer;

-- name: SubmissionListAnchorDayAsc :many
SELECT x.* FROM submissions x WHERE 
    CASE WHEN cardinality(@location_ids::uuid[]) = 0
        THEN EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        ELSE (SELECT count(*) FROM managed_locations m WHERE m.staff_id = @staff_id AND m.location_id = ANY (@location_ids::uuid[]))
            = cardinality(@location_ids::uuid[]) END
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) <> 1 OR x.status = CAST((@statuses::text[])[1] AS submission_status))
    AND (cardinality(@statuses::text[]) < 2 OR x.status = ANY (CAST(@statuses::text[] AS submission_status[])))
    AND (cardinality(@methods::text[]) = 0 OR x.payment_method_type = ANY (CAST(@methods::text[] AS payment_method_type[])))
    AND (sqlc.narg(waiting_since_before)::timestamptz IS NULL OR x.waiting_key < least(sqlc.narg(waiting_since_before)::timestamptz, timestamptz '9999-01-01 00:00:00+00'))
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (cardinality(@words::text[]) < 1 OR x.search_text LIKE (@words::text[])[1])
    AND (cardinality(@words::text[]) < 2 OR x.search_text LIKE (@words::text[])[2])
    AND (cardinality(@words::text[]) < 3 OR x.search_text LIKE (@words::text[])[3])
    AND (cardinality(@words::text[]) < 4 OR x.search_text LIKE (@words::text[])[4])
    AND (cardinality(@words::text[]) < 5 OR x.search_text LIKE (@words::text[])[5])
    AND (cardinality(@words::text[]) < 6 OR x.search_text LIKE (@words::text[])[6])
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.anchor_day, x.id) > (CAST(sqlc.narg(after_key)::text AS smallint), sqlc.narg(after_id)::uuid))
ORDER BY x.anchor_day ASC, x.id ASC
LIMIT @row_limit::integer;

-- name: SubmissionListAnchorDayDesc :many
SELECT x.* FROM submissions x WHERE 
    CASE WHEN cardinality(@location_ids::uuid[]) = 0
        THEN EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        ELSE (SELECT count(*) FROM managed_locations m WHERE m.staff_id = @staff_id AND m.location_id = ANY (@location_ids::uuid[]))
            = cardinality(@location_ids::uuid[]) END
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) <> 1 OR x.status = CAST((@statuses::text[])[1] AS submission_status))
    AND (cardinality(@statuses::text[]) < 2 OR x.status = ANY (CAST(@statuses::text[] AS submission_status[])))
    AND (cardinality(@methods::text[]) = 0 OR x.payment_method_type = ANY (CAST(@methods::text[] AS payment_method_type[])))
    AND (sqlc.narg(waiting_since_before)::timestamptz IS NULL OR x.waiting_key < least(sqlc.narg(waiting_since_before)::timestamptz, timestamptz '9999-01-01 00:00:00+00'))
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (cardinality(@words::text[]) < 1 OR x.search_text LIKE (@words::text[])[1])
    AND (cardinality(@words::text[]) < 2 OR x.search_text LIKE (@words::text[])[2])
    AND (cardinality(@words::text[]) < 3 OR x.search_text LIKE (@words::text[])[3])
    AND (cardinality(@words::text[]) < 4 OR x.search_text LIKE (@words::text[])[4])
    AND (cardinality(@words::text[]) < 5 OR x.search_text LIKE (@words::text[])[5])
    AND (cardinality(@words::text[]) < 6 OR x.search_text LIKE (@words::text[])[6])
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.anchor_day, x.id) < (CAST(sqlc.narg(after_key)::text AS smallint), sqlc.narg(after_id)::uuid))
ORDER BY x.anchor_day DESC, x.id DESC
LIMIT @row_limit::integer;

-- name: SubmissionListStatusAsc :many
SELECT x.* FROM submissions x WHERE 
    CASE WHEN cardinality(@location_ids::uuid[]) = 0
        THEN EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        ELSE (SELECT count(*) FROM managed_locations m WHERE m.staff_id = @staff_id AND m.location_id = ANY (@location_ids::uuid[]))
            = cardinality(@location_ids::uuid[]) END
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) <> 1 OR x.status = CAST((@statuses::text[])[1] AS submission_status))
    AND (cardinality(@statuses::text[]) < 2 OR x.status = ANY (CAST(@statuses::text[] AS submission_status[])))
    AND (cardinality(@methods::text[]) = 0 OR x.payment_method_type = ANY (CAST(@methods::text[] AS payment_method_type[])))
    AND (sqlc.narg(waiting_since_before)::timestamptz IS NULL OR x.waiting_key < least(sqlc.narg(waiting_since_before)::timestamptz, timestamptz '9999-01-01 00:00:00+00'))
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (cardinality(@words::text[]) < 1 OR x.search_text LIKE (@words::text[])[1])
    AND (cardinality(@words::text[]) < 2 OR x.search_text LIKE (@words::text[])[2])
    AND (cardinality(@words::text[]) < 3 OR x.search_text LIKE (@words::text[])[3])
    AND (cardinality(@words::text[]) < 4 OR x.search_text LIKE (@words::text[])[4])
    AND (cardinality(@words::text[]) < 5 OR x.search_text LIKE (@words::text[])[5])
    AND (cardinality(@words::text[]) < 6 OR x.search_text LIKE (@words::text[])[6])
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.status, x.id) > (CAST(sqlc.narg(after_key)::text AS submission_status), sqlc.narg(after_id)::uuid))
ORDER BY x.status ASC, x.id ASC
LIMIT @row_limit::integer;

-- name: SubmissionListStatusDesc :many
SELECT x.* FROM submissions x WHERE 
    CASE WHEN cardinality(@location_ids::uuid[]) = 0
        THEN EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        ELSE (SELECT count(*) FROM managed_locations m WHERE m.staff_id = @staff_id AND m.location_id = ANY (@location_ids::uuid[]))
            = cardinality(@location_ids::uuid[]) END
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) <> 1 OR x.status = CAST((@statuses::text[])[1] AS submission_status))
    AND (cardinality(@statuses::text[]) < 2 OR x.status = ANY (CAST(@statuses::text[] AS submission_status[])))
    AND (cardinality(@methods::text[]) = 0 OR x.payment_method_type = ANY (CAST(@methods::text[] AS payment_method_type[])))
    AND (sqlc.narg(waiting_since_before)::timestamptz IS NULL OR x.waiting_key < least(sqlc.narg(waiting_since_before)::timestamptz, timestamptz '9999-01-01 00:00:00+00'))
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (cardinality(@words::text[]) < 1 OR x.search_text LIKE (@words::text[])[1])
    AND (cardinality(@words::text[]) < 2 OR x.search_text LIKE (@words::text[])[2])
    AND (cardinality(@words::text[]) < 3 OR x.search_text LIKE (@words::text[])[3])
    AND (cardinality(@words::text[]) < 4 OR x.search_text LIKE (@words::text[])[4])
    AND (cardinality(@words::text[]) < 5 OR x.search_text LIKE (@words::text[])[5])
    AND (cardinality(@words::text[]) < 6 OR x.search_text LIKE (@words::text[])[6])
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.status, x.id) < (CAST(sqlc.narg(after_key)::text AS submission_status), sqlc.narg(after_id)::uuid))
ORDER BY x.status DESC, x.id DESC
LIMIT @row_limit::integer;

-- name: SubmissionListSubmittedAtAsc :many
SELECT x.* FROM submissions x WHERE 
    CASE WHEN cardinality(@location_ids::uuid[]) = 0
        THEN EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        ELSE (SELECT count(*) FROM managed_locations m WHERE m.staff_id = @staff_id AND m.location_id = ANY (@location_ids::uuid[]))
            = cardinality(@location_ids::uuid[]) END
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) <> 1 OR x.status = CAST((@statuses::text[])[1] AS submission_status))
    AND (cardinality(@statuses::text[]) < 2 OR x.status = ANY (CAST(@statuses::text[] AS submission_status[])))
    AND (cardinality(@methods::text[]) = 0 OR x.payment_method_type = ANY (CAST(@methods::text[] AS payment_method_type[])))
    AND (sqlc.narg(waiting_since_before)::timestamptz IS NULL OR x.waiting_key < least(sqlc.narg(waiting_since_before)::timestamptz, timestamptz '9999-01-01 00:00:00+00'))
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (cardinality(@words::text[]) < 1 OR x.search_text LIKE (@words::text[])[1])
    AND (cardinality(@words::text[]) < 2 OR x.search_text LIKE (@words::text[])[2])
    AND (cardinality(@words::text[]) < 3 OR x.search_text LIKE (@words::text[])[3])
    AND (cardinality(@words::text[]) < 4 OR x.search_text LIKE (@words::text[])[4])
    AND (cardinality(@words::text[]) < 5 OR x.search_text LIKE (@words::text[])[5])
    AND (cardinality(@words::text[]) < 6 OR x.search_text LIKE (@words::text[])[6])
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.submitted_at, x.id) > (CAST(sqlc.narg(after_key)::text AS timestamptz), sqlc.narg(after_id)::uuid))
ORDER BY x.submitted_at ASC, x.id ASC
LIMIT @row_limit::integer;

-- name: SubmissionListSubmittedAtDesc :many
SELECT x.* FROM submissions x WHERE 
    CASE WHEN cardinality(@location_ids::uuid[]) = 0
        THEN EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        ELSE (SELECT count(*) FROM managed_locations m WHERE m.staff_id = @staff_id AND m.location_id = ANY (@location_ids::uuid[]))
            = cardinality(@location_ids::uuid[]) END
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) <> 1 OR x.status = CAST((@statuses::text[])[1] AS submission_status))
    AND (cardinality(@statuses::text[]) < 2 OR x.status = ANY (CAST(@statuses::text[] AS submission_status[])))
    AND (cardinality(@methods::text[]) = 0 OR x.payment_method_type = ANY (CAST(@methods::text[] AS payment_method_type[])))
    AND (sqlc.narg(waiting_since_before)::timestamptz IS NULL OR x.waiting_key < least(sqlc.narg(waiting_since_before)::timestamptz, timestamptz '9999-01-01 00:00:00+00'))
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (cardinality(@words::text[]) < 1 OR x.search_text LIKE (@words::text[])[1])
    AND (cardinality(@words::text[]) < 2 OR x.search_text LIKE (@words::text[])[2])
    AND (cardinality(@words::text[]) < 3 OR x.search_text LIKE (@words::text[])[3])
    AND (cardinality(@words::text[]) < 4 OR x.search_text LIKE (@words::text[])[4])
    AND (cardinality(@words::text[]) < 5 OR x.search_text LIKE (@words::text[])[5])
    AND (cardinality(@words::text[]) < 6 OR x.search_text LIKE (@words::text[])[6])
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.submitted_at, x.id) < (CAST(sqlc.narg(after_key)::text AS timestamptz), sqlc.narg(after_id)::uuid))
ORDER BY x.submitted_at DESC, x.id DESC
LIMIT @row_limit::integer;

-- name: SubmissionListMonthlyTotalAsc :many
SELECT x.* FROM submissions x WHERE 
    CASE WHEN cardinality(@location_ids::uuid[]) = 0
        THEN EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        ELSE (SELECT count(*) FROM managed_locations m WHERE m.staff_id = @staff_id AND m.location_id = ANY (@location_ids::uuid[]))
            = cardinality(@location_ids::uuid[]) END
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) <> 1 OR x.status = CAST((@statuses::text[])[1] AS submission_status))
    AND (cardinality(@statuses::text[]) < 2 OR x.status = ANY (CAST(@statuses::text[] AS submission_status[])))
    AND (cardinality(@methods::text[]) = 0 OR x.payment_method_type = ANY (CAST(@methods::text[] AS payment_method_type[])))
    AND (sqlc.narg(waiting_since_before)::timestamptz IS NULL OR x.waiting_key < least(sqlc.narg(waiting_since_before)::timestamptz, timestamptz '9999-01-01 00:00:00+00'))
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (cardinality(@words::text[]) < 1 OR x.search_text LIKE (@words::text[])[1])
    AND (cardinality(@words::text[]) < 2 OR x.search_text LIKE (@words::text[])[2])
    AND (cardinality(@words::text[]) < 3 OR x.search_text LIKE (@words::text[])[3])
    AND (cardinality(@words::text[]) < 4 OR x.search_text LIKE (@words::text[])[4])
    AND (cardinality(@words::text[]) < 5 OR x.search_text LIKE (@words::text[])[5])
    AND (cardinality(@words::text[]) < 6 OR x.search_text LIKE (@words::text[])[6])
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.monthly_total_minor, x.id) > (CAST(sqlc.narg(after_key)::text AS bigint), sqlc.narg(after_id)::uuid))
ORDER BY x.monthly_total_minor ASC, x.id ASC
LIMIT @row_limit::integer;

-- name: SubmissionListMonthlyTotalDesc :many
SELECT x.* FROM submissions x WHERE 
    CASE WHEN cardinality(@location_ids::uuid[]) = 0
        THEN EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        ELSE (SELECT count(*) FROM managed_locations m WHERE m.staff_id = @staff_id AND m.location_id = ANY (@location_ids::uuid[]))
            = cardinality(@location_ids::uuid[]) END
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) <> 1 OR x.status = CAST((@statuses::text[])[1] AS submission_status))
    AND (cardinality(@statuses::text[]) < 2 OR x.status = ANY (CAST(@statuses::text[] AS submission_status[])))
    AND (cardinality(@methods::text[]) = 0 OR x.payment_method_type = ANY (CAST(@methods::text[] AS payment_method_type[])))
    AND (sqlc.narg(waiting_since_before)::timestamptz IS NULL OR x.waiting_key < least(sqlc.narg(waiting_since_before)::timestamptz, timestamptz '9999-01-01 00:00:00+00'))
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (cardinality(@words::text[]) < 1 OR x.search_text LIKE (@words::text[])[1])
    AND (cardinality(@words::text[]) < 2 OR x.search_text LIKE (@words::text[])[2])
    AND (cardinality(@words::text[]) < 3 OR x.search_text LIKE (@words::text[])[3])
    AND (cardinality(@words::text[]) < 4 OR x.search_text LIKE (@words::text[])[4])
    AND (cardinality(@words::text[]) < 5 OR x.search_text LIKE (@words::text[])[5])
    AND (cardinality(@words::text[]) < 6 OR x.search_text LIKE (@words::text[])[6])
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.monthly_total_minor, x.id) < (CAST(sqlc.narg(after_key)::text AS bigint), sqlc.narg(after_id)::uuid))
ORDER BY x.monthly_total_minor DESC, x.id DESC
LIMIT @row_limit::integer;

-- name: SubmissionListWaitingSinceAsc :many
SELECT x.* FROM submissions x WHERE 
    CASE WHEN cardinality(@location_ids::uuid[]) = 0
        THEN EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        ELSE (SELECT count(*) FROM managed_locations m WHERE m.staff_id = @staff_id AND m.location_id = ANY (@location_ids::uuid[]))
            = cardinality(@location_ids::uuid[]) END
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) <> 1 OR x.status = CAST((@statuses::text[])[1] AS submission_status))
    AND (cardinality(@statuses::text[]) < 2 OR x.status = ANY (CAST(@statuses::text[] AS submission_status[])))
    AND (cardinality(@methods::text[]) = 0 OR x.payment_method_type = ANY (CAST(@methods::text[] AS payment_method_type[])))
    AND (sqlc.narg(waiting_since_before)::timestamptz IS NULL OR x.waiting_key < least(sqlc.narg(waiting_since_before)::timestamptz, timestamptz '9999-01-01 00:00:00+00'))
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (cardinality(@words::text[]) < 1 OR x.search_text LIKE (@words::text[])[1])
    AND (cardinality(@words::text[]) < 2 OR x.search_text LIKE (@words::text[])[2])
    AND (cardinality(@words::text[]) < 3 OR x.search_text LIKE (@words::text[])[3])
    AND (cardinality(@words::text[]) < 4 OR x.search_text LIKE (@words::text[])[4])
    AND (cardinality(@words::text[]) < 5 OR x.search_text LIKE (@words::text[])[5])
    AND (cardinality(@words::text[]) < 6 OR x.search_text LIKE (@words::text[])[6])
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.waiting_key, x.id) > (CAST(sqlc.narg(after_key)::text AS timestamptz), sqlc.narg(after_id)::uuid))
ORDER BY x.waiting_key ASC, x.id ASC
LIMIT @row_limit::integer;

-- name: SubmissionListWaitingSinceDesc :many
SELECT x.* FROM submissions x WHERE 
    CASE WHEN cardinality(@location_ids::uuid[]) = 0
        THEN EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        ELSE (SELECT count(*) FROM managed_locations m WHERE m.staff_id = @staff_id AND m.location_id = ANY (@location_ids::uuid[]))
            = cardinality(@location_ids::uuid[]) END
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) <> 1 OR x.status = CAST((@statuses::text[])[1] AS submission_status))
    AND (cardinality(@statuses::text[]) < 2 OR x.status = ANY (CAST(@statuses::text[] AS submission_status[])))
    AND (cardinality(@methods::text[]) = 0 OR x.payment_method_type = ANY (CAST(@methods::text[] AS payment_method_type[])))
    AND (sqlc.narg(waiting_since_before)::timestamptz IS NULL OR x.waiting_key < least(sqlc.narg(waiting_since_before)::timestamptz, timestamptz '9999-01-01 00:00:00+00'))
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (cardinality(@words::text[]) < 1 OR x.search_text LIKE (@words::text[])[1])
    AND (cardinality(@words::text[]) < 2 OR x.search_text LIKE (@words::text[])[2])
    AND (cardinality(@words::text[]) < 3 OR x.search_text LIKE (@words::text[])[3])
    AND (cardinality(@words::text[]) < 4 OR x.search_text LIKE (@words::text[])[4])
    AND (cardinality(@words::text[]) < 5 OR x.search_text LIKE (@words::text[])[5])
    AND (cardinality(@words::text[]) < 6 OR x.search_text LIKE (@words::text[])[6])
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.waiting_key, x.id) < (CAST(sqlc.narg(after_key)::text AS timestamptz), sqlc.narg(after_id)::uuid))
ORDER BY x.waiting_key DESC, x.id DESC
LIMIT @row_limit::integer;

