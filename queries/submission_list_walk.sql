-- Written by queries/listgen from list_walk.sql.tmpl: change it there, then make generate/sqlc.
--
-- For a search that finds many: goes through the order for @reach rows at most and then gives up, since what is searched for may
-- stand anywhere in it. Fewer rows than asked for do not mean that there are no more.

-- name: SubmissionListWalkTenantAsc :many
SELECT i.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.*, x.tenant_key AS key FROM submissions x WHERE 
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
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.tenant_key, x.id) > (CAST(sqlc.narg(after_key)::text AS text), sqlc.narg(after_id)::uuid))
        ORDER BY x.tenant_key ASC, x.id ASC
        LIMIT @reach::integer) x
    WHERE true
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (cardinality(@words::text[]) < 1 OR x.search_text LIKE (@words::text[])[1])
    AND (cardinality(@words::text[]) < 2 OR x.search_text LIKE (@words::text[])[2])
    AND (cardinality(@words::text[]) < 3 OR x.search_text LIKE (@words::text[])[3])
    AND (cardinality(@words::text[]) < 4 OR x.search_text LIKE (@words::text[])[4])
    AND (cardinality(@words::text[]) < 5 OR x.search_text LIKE (@words::text[])[5])
    AND (cardinality(@words::text[]) < 6 OR x.search_text LIKE (@words::text[])[6])
    ORDER BY x.key ASC, x.id ASC
    LIMIT @row_limit::integer) p
JOIN submissions i ON i.id = p.id
ORDER BY p.key ASC, p.id ASC;

-- name: SubmissionListWalkTenantDesc :many
SELECT i.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.*, x.tenant_key AS key FROM submissions x WHERE 
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
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.tenant_key, x.id) < (CAST(sqlc.narg(after_key)::text AS text), sqlc.narg(after_id)::uuid))
        ORDER BY x.tenant_key DESC, x.id DESC
        LIMIT @reach::integer) x
    WHERE true
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (cardinality(@words::text[]) < 1 OR x.search_text LIKE (@words::text[])[1])
    AND (cardinality(@words::text[]) < 2 OR x.search_text LIKE (@words::text[])[2])
    AND (cardinality(@words::text[]) < 3 OR x.search_text LIKE (@words::text[])[3])
    AND (cardinality(@words::text[]) < 4 OR x.search_text LIKE (@words::text[])[4])
    AND (cardinality(@words::text[]) < 5 OR x.search_text LIKE (@words::text[])[5])
    AND (cardinality(@words::text[]) < 6 OR x.search_text LIKE (@words::text[])[6])
    ORDER BY x.key DESC, x.id DESC
    LIMIT @row_limit::integer) p
JOIN submissions i ON i.id = p.id
ORDER BY p.key DESC, p.id DESC;

-- name: SubmissionListWalkPlanAsc :many
SELECT i.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.*, x.plan_key AS key FROM submissions x WHERE 
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
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.plan_key, x.id) > (CAST(sqlc.narg(after_key)::text AS text), sqlc.narg(after_id)::uuid))
        ORDER BY x.plan_key ASC, x.id ASC
        LIMIT @reach::integer) x
    WHERE true
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (cardinality(@words::text[]) < 1 OR x.search_text LIKE (@words::text[])[1])
    AND (cardinality(@words::text[]) < 2 OR x.search_text LIKE (@words::text[])[2])
    AND (cardinality(@words::text[]) < 3 OR x.search_text LIKE (@words::text[])[3])
    AND (cardinality(@words::text[]) < 4 OR x.search_text LIKE (@words::text[])[4])
    AND (cardinality(@words::text[]) < 5 OR x.search_text LIKE (@words::text[])[5])
    AND (cardinality(@words::text[]) < 6 OR x.search_text LIKE (@words::text[])[6])
    ORDER BY x.key ASC, x.id ASC
    LIMIT @row_limit::integer) p
JOIN submissions i ON i.id = p.id
ORDER BY p.key ASC, p.id ASC;

-- name: SubmissionListWalkPlanDesc :many
SELECT i.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.*, x.plan_key AS key FROM submissions x WHERE 
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
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.plan_key, x.id) < (CAST(sqlc.narg(after_key)::text AS text), sqlc.narg(after_id)::uuid))
        ORDER BY x.plan_key DESC, x.id DESC
        LIMIT @reach::integer) x
    WHERE true
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (cardinality(@words::text[]) < 1 OR x.search_text LIKE (@words::text[])[1])
    AND (cardinality(@words::text[]) < 2 OR x.search_text LIKE (@words::text[])[2])
    AND (cardinality(@words::text[]) < 3 OR x.search_text LIKE (@words::text[])[3])
    AND (cardinality(@words::text[]) < 4 OR x.search_text LIKE (@words::text[])[4])
    AND (cardinality(@words::text[]) < 5 OR x.search_text LIKE (@words::text[])[5])
    AND (cardinality(@words::text[]) < 6 OR x.search_text LIKE (@words::text[])[6])
    ORDER BY x.key DESC, x.id DESC
    LIMIT @row_limit::integer) p
JOIN submissions i ON i.id = p.id
ORDER BY p.key DESC, p.id DESC;

-- name: SubmissionListWalkLocationAsc :many
SELECT i.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.*, x.location_key AS key FROM submissions x WHERE 
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
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.location_key, x.id) > (CAST(sqlc.narg(after_key)::text AS text), sqlc.narg(after_id)::uuid))
        ORDER BY x.location_key ASC, x.id ASC
        LIMIT @reach::integer) x
    WHERE true
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (cardinality(@words::text[]) < 1 OR x.search_text LIKE (@words::text[])[1])
    AND (cardinality(@words::text[]) < 2 OR x.search_text LIKE (@words::text[])[2])
    AND (cardinality(@words::text[]) < 3 OR x.search_text LIKE (@words::text[])[3])
    AND (cardinality(@words::text[]) < 4 OR x.search_text LIKE (@words::text[])[4])
    AND (cardinality(@words::text[]) < 5 OR x.search_text LIKE (@words::text[])[5])
    AND (cardinality(@words::text[]) < 6 OR x.search_text LIKE (@words::text[])[6])
    ORDER BY x.key ASC, x.id ASC
    LIMIT @row_limit::integer) p
JOIN submissions i ON i.id = p.id
ORDER BY p.key ASC, p.id ASC;

-- name: SubmissionListWalkLocationDesc :many
SELECT i.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.*, x.location_key AS key FROM submissions x WHERE 
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
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.location_key, x.id) < (CAST(sqlc.narg(after_key)::text AS text), sqlc.narg(after_id)::uuid))
        ORDER BY x.location_key DESC, x.id DESC
        LIMIT @reach::integer) x
    WHERE true
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (cardinality(@words::text[]) < 1 OR x.search_text LIKE (@words::text[])[1])
    AND (cardinality(@words::text[]) < 2 OR x.search_text LIKE (@words::text[])[2])
    AND (cardinality(@words::text[]) < 3 OR x.search_text LIKE (@words::text[])[3])
    AND (cardinality(@words::text[]) < 4 OR x.search_text LIKE (@words::text[])[4])
    AND (cardinality(@words::text[]) < 5 OR x.search_text LIKE (@words::text[])[5])
    AND (cardinality(@words::text[]) < 6 OR x.search_text LIKE (@words::text[])[6])
    ORDER BY x.key DESC, x.id DESC
    LIMIT @row_limit::integer) p
JOIN submissions i ON i.id = p.id
ORDER BY p.key DESC, p.id DESC;

-- name: SubmissionListWalkCardPriceAsc :many
SELECT i.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.*, x.card_key AS key FROM submissions x WHERE 
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
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.card_key, x.id) > (CAST(sqlc.narg(after_key)::text AS bigint), sqlc.narg(after_id)::uuid))
        ORDER BY x.card_key ASC, x.id ASC
        LIMIT @reach::integer) x
    WHERE true
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (cardinality(@words::text[]) < 1 OR x.search_text LIKE (@words::text[])[1])
    AND (cardinality(@words::text[]) < 2 OR x.search_text LIKE (@words::text[])[2])
    AND (cardinality(@words::text[]) < 3 OR x.search_text LIKE (@words::text[])[3])
    AND (cardinality(@words::text[]) < 4 OR x.search_text LIKE (@words::text[])[4])
    AND (cardinality(@words::text[]) < 5 OR x.search_text LIKE (@words::text[])[5])
    AND (cardinality(@words::text[]) < 6 OR x.search_text LIKE (@words::text[])[6])
    ORDER BY x.key ASC, x.id ASC
    LIMIT @row_limit::integer) p
JOIN submissions i ON i.id = p.id
ORDER BY p.key ASC, p.id ASC;

-- name: SubmissionListWalkCardPriceDesc :many
SELECT i.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.*, x.card_key AS key FROM submissions x WHERE 
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
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.card_key, x.id) < (CAST(sqlc.narg(after_key)::text AS bigint), sqlc.narg(after_id)::uuid))
        ORDER BY x.card_key DESC, x.id DESC
        LIMIT @reach::integer) x
    WHERE true
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (cardinality(@words::text[]) < 1 OR x.search_text LIKE (@words::text[])[1])
    AND (cardinality(@words::text[]) < 2 OR x.search_text LIKE (@words::text[])[2])
    AND (cardinality(@words::text[]) < 3 OR x.search_text LIKE (@words::text[])[3])
    AND (cardinality(@words::text[]) < 4 OR x.search_text LIKE (@words::text[])[4])
    AND (cardinality(@words::text[]) < 5 OR x.search_text LIKE (@words::text[])[5])
    AND (cardinality(@words::text[]) < 6 OR x.search_text LIKE (@words::text[])[6])
    ORDER BY x.key DESC, x.id DESC
    LIMIT @row_limit::integer) p
JOIN submissions i ON i.id = p.id
ORDER BY p.key DESC, p.id DESC;

-- name: SubmissionListWalkAchPriceAsc :many
SELECT i.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.*, x.ach_key AS key FROM submissions x WHERE 
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
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.ach_key, x.id) > (CAST(sqlc.narg(after_key)::text AS bigint), sqlc.narg(after_id)::uuid))
        ORDER BY x.ach_key ASC, x.id ASC
        LIMIT @reach::integer) x
    WHERE true
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (cardinality(@words::text[]) < 1 OR x.search_text LIKE (@words::text[])[1])
    AND (cardinality(@words::text[]) < 2 OR x.search_text LIKE (@words::text[])[2])
    AND (cardinality(@words::text[]) < 3 OR x.search_text LIKE (@words::text[])[3])
    AND (cardinality(@words::text[]) < 4 OR x.search_text LIKE (@words::text[])[4])
    AND (cardinality(@words::text[]) < 5 OR x.search_text LIKE (@words::text[])[5])
    AND (cardinality(@words::text[]) < 6 OR x.search_text LIKE (@words::text[])[6])
    ORDER BY x.key ASC, x.id ASC
    LIMIT @row_limit::integer) p
JOIN submissions i ON i.id = p.id
ORDER BY p.key ASC, p.id ASC;

-- name: SubmissionListWalkAchPriceDesc :many
SELECT i.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.*, x.ach_key AS key FROM submissions x WHERE 
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
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.ach_key, x.id) < (CAST(sqlc.narg(after_key)::text AS bigint), sqlc.narg(after_id)::uuid))
        ORDER BY x.ach_key DESC, x.id DESC
        LIMIT @reach::integer) x
    WHERE true
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (cardinality(@words::text[]) < 1 OR x.search_text LIKE (@words::text[])[1])
    AND (cardinality(@words::text[]) < 2 OR x.search_text LIKE (@words::text[])[2])
    AND (cardinality(@words::text[]) < 3 OR x.search_text LIKE (@words::text[])[3])
    AND (cardinality(@words::text[]) < 4 OR x.search_text LIKE (@words::text[])[4])
    AND (cardinality(@words::text[]) < 5 OR x.search_text LIKE (@words::text[])[5])
    AND (cardinality(@words::text[]) < 6 OR x.search_text LIKE (@words::text[])[6])
    ORDER BY x.key DESC, x.id DESC
    LIMIT @row_limit::integer) p
JOIN submissions i ON i.id = p.id
ORDER BY p.key DESC, p.id DESC;

-- name: SubmissionListWalkInsuranceAsc :many
SELECT i.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.*, x.insurance_key AS key FROM submissions x WHERE 
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
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.insurance_key, x.id) > (CAST(sqlc.narg(after_key)::text AS bigint), sqlc.narg(after_id)::uuid))
        ORDER BY x.insurance_key ASC, x.id ASC
        LIMIT @reach::integer) x
    WHERE true
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (cardinality(@words::text[]) < 1 OR x.search_text LIKE (@words::text[])[1])
    AND (cardinality(@words::text[]) < 2 OR x.search_text LIKE (@words::text[])[2])
    AND (cardinality(@words::text[]) < 3 OR x.search_text LIKE (@words::text[])[3])
    AND (cardinality(@words::text[]) < 4 OR x.search_text LIKE (@words::text[])[4])
    AND (cardinality(@words::text[]) < 5 OR x.search_text LIKE (@words::text[])[5])
    AND (cardinality(@words::text[]) < 6 OR x.search_text LIKE (@words::text[])[6])
    ORDER BY x.key ASC, x.id ASC
    LIMIT @row_limit::integer) p
JOIN submissions i ON i.id = p.id
ORDER BY p.key ASC, p.id ASC;

-- name: SubmissionListWalkInsuranceDesc :many
SELECT i.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.*, x.insurance_key AS key FROM submissions x WHERE 
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
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.insurance_key, x.id) < (CAST(sqlc.narg(after_key)::text AS bigint), sqlc.narg(after_id)::uuid))
        ORDER BY x.insurance_key DESC, x.id DESC
        LIMIT @reach::integer) x
    WHERE true
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (cardinality(@words::text[]) < 1 OR x.search_text LIKE (@words::text[])[1])
    AND (cardinality(@words::text[]) < 2 OR x.search_text LIKE (@words::text[])[2])
    AND (cardinality(@words::text[]) < 3 OR x.search_text LIKE (@words::text[])[3])
    AND (cardinality(@words::text[]) < 4 OR x.search_text LIKE (@words::text[])[4])
    AND (cardinality(@words::text[]) < 5 OR x.search_text LIKE (@words::text[])[5])
    AND (cardinality(@words::text[]) < 6 OR x.search_text LIKE (@words::text[])[6])
    ORDER BY x.key DESC, x.id DESC
    LIMIT @row_limit::integer) p
JOIN submissions i ON i.id = p.id
ORDER BY p.key DESC, p.id DESC;

-- name: SubmissionListWalkAnchorDayAsc :many
SELECT i.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.*, x.anchor_day AS key FROM submissions x WHERE 
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
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.anchor_day, x.id) > (CAST(sqlc.narg(after_key)::text AS smallint), sqlc.narg(after_id)::uuid))
        ORDER BY x.anchor_day ASC, x.id ASC
        LIMIT @reach::integer) x
    WHERE true
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (cardinality(@words::text[]) < 1 OR x.search_text LIKE (@words::text[])[1])
    AND (cardinality(@words::text[]) < 2 OR x.search_text LIKE (@words::text[])[2])
    AND (cardinality(@words::text[]) < 3 OR x.search_text LIKE (@words::text[])[3])
    AND (cardinality(@words::text[]) < 4 OR x.search_text LIKE (@words::text[])[4])
    AND (cardinality(@words::text[]) < 5 OR x.search_text LIKE (@words::text[])[5])
    AND (cardinality(@words::text[]) < 6 OR x.search_text LIKE (@words::text[])[6])
    ORDER BY x.key ASC, x.id ASC
    LIMIT @row_limit::integer) p
JOIN submissions i ON i.id = p.id
ORDER BY p.key ASC, p.id ASC;

-- name: SubmissionListWalkAnchorDayDesc :many
SELECT i.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.*, x.anchor_day AS key FROM submissions x WHERE 
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
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.anchor_day, x.id) < (CAST(sqlc.narg(after_key)::text AS smallint), sqlc.narg(after_id)::uuid))
        ORDER BY x.anchor_day DESC, x.id DESC
        LIMIT @reach::integer) x
    WHERE true
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (cardinality(@words::text[]) < 1 OR x.search_text LIKE (@words::text[])[1])
    AND (cardinality(@words::text[]) < 2 OR x.search_text LIKE (@words::text[])[2])
    AND (cardinality(@words::text[]) < 3 OR x.search_text LIKE (@words::text[])[3])
    AND (cardinality(@words::text[]) < 4 OR x.search_text LIKE (@words::text[])[4])
    AND (cardinality(@words::text[]) < 5 OR x.search_text LIKE (@words::text[])[5])
    AND (cardinality(@words::text[]) < 6 OR x.search_text LIKE (@words::text[])[6])
    ORDER BY x.key DESC, x.id DESC
    LIMIT @row_limit::integer) p
JOIN submissions i ON i.id = p.id
ORDER BY p.key DESC, p.id DESC;

-- name: SubmissionListWalkStatusAsc :many
SELECT i.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.*, x.status AS key FROM submissions x WHERE 
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
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.status, x.id) > (CAST(sqlc.narg(after_key)::text AS submission_status), sqlc.narg(after_id)::uuid))
        ORDER BY x.status ASC, x.id ASC
        LIMIT @reach::integer) x
    WHERE true
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (cardinality(@words::text[]) < 1 OR x.search_text LIKE (@words::text[])[1])
    AND (cardinality(@words::text[]) < 2 OR x.search_text LIKE (@words::text[])[2])
    AND (cardinality(@words::text[]) < 3 OR x.search_text LIKE (@words::text[])[3])
    AND (cardinality(@words::text[]) < 4 OR x.search_text LIKE (@words::text[])[4])
    AND (cardinality(@words::text[]) < 5 OR x.search_text LIKE (@words::text[])[5])
    AND (cardinality(@words::text[]) < 6 OR x.search_text LIKE (@words::text[])[6])
    ORDER BY x.key ASC, x.id ASC
    LIMIT @row_limit::integer) p
JOIN submissions i ON i.id = p.id
ORDER BY p.key ASC, p.id ASC;

-- name: SubmissionListWalkStatusDesc :many
SELECT i.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.*, x.status AS key FROM submissions x WHERE 
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
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.status, x.id) < (CAST(sqlc.narg(after_key)::text AS submission_status), sqlc.narg(after_id)::uuid))
        ORDER BY x.status DESC, x.id DESC
        LIMIT @reach::integer) x
    WHERE true
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (cardinality(@words::text[]) < 1 OR x.search_text LIKE (@words::text[])[1])
    AND (cardinality(@words::text[]) < 2 OR x.search_text LIKE (@words::text[])[2])
    AND (cardinality(@words::text[]) < 3 OR x.search_text LIKE (@words::text[])[3])
    AND (cardinality(@words::text[]) < 4 OR x.search_text LIKE (@words::text[])[4])
    AND (cardinality(@words::text[]) < 5 OR x.search_text LIKE (@words::text[])[5])
    AND (cardinality(@words::text[]) < 6 OR x.search_text LIKE (@words::text[])[6])
    ORDER BY x.key DESC, x.id DESC
    LIMIT @row_limit::integer) p
JOIN submissions i ON i.id = p.id
ORDER BY p.key DESC, p.id DESC;

-- name: SubmissionListWalkSubmittedAtAsc :many
SELECT i.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.*, x.submitted_at AS key FROM submissions x WHERE 
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
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.submitted_at, x.id) > (CAST(sqlc.narg(after_key)::text AS timestamptz), sqlc.narg(after_id)::uuid))
        ORDER BY x.submitted_at ASC, x.id ASC
        LIMIT @reach::integer) x
    WHERE true
    AND (cardinality(@words::text[]) < 1 OR x.search_text LIKE (@words::text[])[1])
    AND (cardinality(@words::text[]) < 2 OR x.search_text LIKE (@words::text[])[2])
    AND (cardinality(@words::text[]) < 3 OR x.search_text LIKE (@words::text[])[3])
    AND (cardinality(@words::text[]) < 4 OR x.search_text LIKE (@words::text[])[4])
    AND (cardinality(@words::text[]) < 5 OR x.search_text LIKE (@words::text[])[5])
    AND (cardinality(@words::text[]) < 6 OR x.search_text LIKE (@words::text[])[6])
    ORDER BY x.key ASC, x.id ASC
    LIMIT @row_limit::integer) p
JOIN submissions i ON i.id = p.id
ORDER BY p.key ASC, p.id ASC;

-- name: SubmissionListWalkSubmittedAtDesc :many
SELECT i.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.*, x.submitted_at AS key FROM submissions x WHERE 
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
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.submitted_at, x.id) < (CAST(sqlc.narg(after_key)::text AS timestamptz), sqlc.narg(after_id)::uuid))
        ORDER BY x.submitted_at DESC, x.id DESC
        LIMIT @reach::integer) x
    WHERE true
    AND (cardinality(@words::text[]) < 1 OR x.search_text LIKE (@words::text[])[1])
    AND (cardinality(@words::text[]) < 2 OR x.search_text LIKE (@words::text[])[2])
    AND (cardinality(@words::text[]) < 3 OR x.search_text LIKE (@words::text[])[3])
    AND (cardinality(@words::text[]) < 4 OR x.search_text LIKE (@words::text[])[4])
    AND (cardinality(@words::text[]) < 5 OR x.search_text LIKE (@words::text[])[5])
    AND (cardinality(@words::text[]) < 6 OR x.search_text LIKE (@words::text[])[6])
    ORDER BY x.key DESC, x.id DESC
    LIMIT @row_limit::integer) p
JOIN submissions i ON i.id = p.id
ORDER BY p.key DESC, p.id DESC;

-- name: SubmissionListWalkMonthlyTotalAsc :many
SELECT i.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.*, x.monthly_total_minor AS key FROM submissions x WHERE 
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
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.monthly_total_minor, x.id) > (CAST(sqlc.narg(after_key)::text AS bigint), sqlc.narg(after_id)::uuid))
        ORDER BY x.monthly_total_minor ASC, x.id ASC
        LIMIT @reach::integer) x
    WHERE true
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (cardinality(@words::text[]) < 1 OR x.search_text LIKE (@words::text[])[1])
    AND (cardinality(@words::text[]) < 2 OR x.search_text LIKE (@words::text[])[2])
    AND (cardinality(@words::text[]) < 3 OR x.search_text LIKE (@words::text[])[3])
    AND (cardinality(@words::text[]) < 4 OR x.search_text LIKE (@words::text[])[4])
    AND (cardinality(@words::text[]) < 5 OR x.search_text LIKE (@words::text[])[5])
    AND (cardinality(@words::text[]) < 6 OR x.search_text LIKE (@words::text[])[6])
    ORDER BY x.key ASC, x.id ASC
    LIMIT @row_limit::integer) p
JOIN submissions i ON i.id = p.id
ORDER BY p.key ASC, p.id ASC;

-- name: SubmissionListWalkMonthlyTotalDesc :many
SELECT i.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.*, x.monthly_total_minor AS key FROM submissions x WHERE 
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
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.monthly_total_minor, x.id) < (CAST(sqlc.narg(after_key)::text AS bigint), sqlc.narg(after_id)::uuid))
        ORDER BY x.monthly_total_minor DESC, x.id DESC
        LIMIT @reach::integer) x
    WHERE true
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (cardinality(@words::text[]) < 1 OR x.search_text LIKE (@words::text[])[1])
    AND (cardinality(@words::text[]) < 2 OR x.search_text LIKE (@words::text[])[2])
    AND (cardinality(@words::text[]) < 3 OR x.search_text LIKE (@words::text[])[3])
    AND (cardinality(@words::text[]) < 4 OR x.search_text LIKE (@words::text[])[4])
    AND (cardinality(@words::text[]) < 5 OR x.search_text LIKE (@words::text[])[5])
    AND (cardinality(@words::text[]) < 6 OR x.search_text LIKE (@words::text[])[6])
    ORDER BY x.key DESC, x.id DESC
    LIMIT @row_limit::integer) p
JOIN submissions i ON i.id = p.id
ORDER BY p.key DESC, p.id DESC;

-- name: SubmissionListWalkWaitingSinceAsc :many
SELECT i.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.*, x.waiting_key AS key FROM submissions x WHERE 
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
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.waiting_key, x.id) > (CAST(sqlc.narg(after_key)::text AS timestamptz), sqlc.narg(after_id)::uuid))
        ORDER BY x.waiting_key ASC, x.id ASC
        LIMIT @reach::integer) x
    WHERE true
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (cardinality(@words::text[]) < 1 OR x.search_text LIKE (@words::text[])[1])
    AND (cardinality(@words::text[]) < 2 OR x.search_text LIKE (@words::text[])[2])
    AND (cardinality(@words::text[]) < 3 OR x.search_text LIKE (@words::text[])[3])
    AND (cardinality(@words::text[]) < 4 OR x.search_text LIKE (@words::text[])[4])
    AND (cardinality(@words::text[]) < 5 OR x.search_text LIKE (@words::text[])[5])
    AND (cardinality(@words::text[]) < 6 OR x.search_text LIKE (@words::text[])[6])
    ORDER BY x.key ASC, x.id ASC
    LIMIT @row_limit::integer) p
JOIN submissions i ON i.id = p.id
ORDER BY p.key ASC, p.id ASC;

-- name: SubmissionListWalkWaitingSinceDesc :many
SELECT i.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.*, x.waiting_key AS key FROM submissions x WHERE 
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
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.waiting_key, x.id) < (CAST(sqlc.narg(after_key)::text AS timestamptz), sqlc.narg(after_id)::uuid))
        ORDER BY x.waiting_key DESC, x.id DESC
        LIMIT @reach::integer) x
    WHERE true
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (cardinality(@words::text[]) < 1 OR x.search_text LIKE (@words::text[])[1])
    AND (cardinality(@words::text[]) < 2 OR x.search_text LIKE (@words::text[])[2])
    AND (cardinality(@words::text[]) < 3 OR x.search_text LIKE (@words::text[])[3])
    AND (cardinality(@words::text[]) < 4 OR x.search_text LIKE (@words::text[])[4])
    AND (cardinality(@words::text[]) < 5 OR x.search_text LIKE (@words::text[])[5])
    AND (cardinality(@words::text[]) < 6 OR x.search_text LIKE (@words::text[])[6])
    ORDER BY x.key DESC, x.id DESC
    LIMIT @row_limit::integer) p
JOIN submissions i ON i.id = p.id
ORDER BY p.key DESC, p.id DESC;
