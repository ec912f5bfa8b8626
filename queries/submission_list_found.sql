-- Written by queries/listgen from list_found.sql.tmpl: change it there, then make generate/sqlc.
--
-- Finds all that match (OFFSET 0 keeps the order from the planner's sight) and sorts them, so that it does not matter where in the
-- order they stand. Planned each time with the values at hand; SubmissionListInOrder then reads the page's rows.

-- name: SubmissionListFoundTenantAsc :many
SELECT x.id FROM (
    SELECT x.id, x.tenant_key AS key FROM submissions x WHERE 
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
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.tenant_key, x.id) > (CAST(sqlc.narg(after_key)::text AS text), sqlc.narg(after_id)::uuid))
    OFFSET 0) x
ORDER BY x.key ASC, x.id ASC
LIMIT @row_limit::integer;

-- name: SubmissionListFoundTenantDesc :many
SELECT x.id FROM (
    SELECT x.id, x.tenant_key AS key FROM submissions x WHERE 
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
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.tenant_key, x.id) < (CAST(sqlc.narg(after_key)::text AS text), sqlc.narg(after_id)::uuid))
    OFFSET 0) x
ORDER BY x.key DESC, x.id DESC
LIMIT @row_limit::integer;

-- name: SubmissionListFoundPlanAsc :many
SELECT x.id FROM (
    SELECT x.id, x.plan_key AS key FROM submissions x WHERE 
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
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.plan_key, x.id) > (CAST(sqlc.narg(after_key)::text AS text), sqlc.narg(after_id)::uuid))
    OFFSET 0) x
ORDER BY x.key ASC, x.id ASC
LIMIT @row_limit::integer;

-- name: SubmissionListFoundPlanDesc :many
SELECT x.id FROM (
    SELECT x.id, x.plan_key AS key FROM submissions x WHERE 
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
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.plan_key, x.id) < (CAST(sqlc.narg(after_key)::text AS text), sqlc.narg(after_id)::uuid))
    OFFSET 0) x
ORDER BY x.key DESC, x.id DESC
LIMIT @row_limit::integer;

-- name: SubmissionListFoundLocationAsc :many
SELECT x.id FROM (
    SELECT x.id, x.location_key AS key FROM submissions x WHERE 
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
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.location_key, x.id) > (CAST(sqlc.narg(after_key)::text AS text), sqlc.narg(after_id)::uuid))
    OFFSET 0) x
ORDER BY x.key ASC, x.id ASC
LIMIT @row_limit::integer;

-- name: SubmissionListFoundLocationDesc :many
SELECT x.id FROM (
    SELECT x.id, x.location_key AS key FROM submissions x WHERE 
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
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.location_key, x.id) < (CAST(sqlc.narg(after_key)::text AS text), sqlc.narg(after_id)::uuid))
    OFFSET 0) x
ORDER BY x.key DESC, x.id DESC
LIMIT @row_limit::integer;

-- name: SubmissionListFoundCardPriceAsc :many
SELECT x.id FROM (
    SELECT x.id, x.card_key AS key FROM submissions x WHERE 
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
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.card_key, x.id) > (CAST(sqlc.narg(after_key)::text AS bigint), sqlc.narg(after_id)::uuid))
    OFFSET 0) x
ORDER BY x.key ASC, x.id ASC
LIMIT @row_limit::integer;

-- name: SubmissionListFoundCardPriceDesc :many
SELECT x.id FROM (
    SELECT x.id, x.card_key AS key FROM submissions x WHERE 
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
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.card_key, x.id) < (CAST(sqlc.narg(after_key)::text AS bigint), sqlc.narg(after_id)::uuid))
    OFFSET 0) x
ORDER BY x.key DESC, x.id DESC
LIMIT @row_limit::integer;

-- name: SubmissionListFoundAchPriceAsc :many
SELECT x.id FROM (
    SELECT x.id, x.ach_key AS key FROM submissions x WHERE 
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
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.ach_key, x.id) > (CAST(sqlc.narg(after_key)::text AS bigint), sqlc.narg(after_id)::uuid))
    OFFSET 0) x
ORDER BY x.key ASC, x.id ASC
LIMIT @row_limit::integer;

-- name: SubmissionListFoundAchPriceDesc :many
SELECT x.id FROM (
    SELECT x.id, x.ach_key AS key FROM submissions x WHERE 
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
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.ach_key, x.id) < (CAST(sqlc.narg(after_key)::text AS bigint), sqlc.narg(after_id)::uuid))
    OFFSET 0) x
ORDER BY x.key DESC, x.id DESC
LIMIT @row_limit::integer;

-- name: SubmissionListFoundInsuranceAsc :many
SELECT x.id FROM (
    SELECT x.id, x.insurance_key AS key FROM submissions x WHERE 
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
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.insurance_key, x.id) > (CAST(sqlc.narg(after_key)::text AS bigint), sqlc.narg(after_id)::uuid))
    OFFSET 0) x
ORDER BY x.key ASC, x.id ASC
LIMIT @row_limit::integer;

-- name: SubmissionListFoundInsuranceDesc :many
SELECT x.id FROM (
    SELECT x.id, x.insurance_key AS key FROM submissions x WHERE 
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
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.insurance_key, x.id) < (CAST(sqlc.narg(after_key)::text AS bigint), sqlc.narg(after_id)::uuid))
    OFFSET 0) x
ORDER BY x.key DESC, x.id DESC
LIMIT @row_limit::integer;

-- name: SubmissionListFoundAnchorDayAsc :many
SELECT x.id FROM (
    SELECT x.id, x.anchor_day AS key FROM submissions x WHERE 
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
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.anchor_day, x.id) > (CAST(sqlc.narg(after_key)::text AS smallint), sqlc.narg(after_id)::uuid))
    OFFSET 0) x
ORDER BY x.key ASC, x.id ASC
LIMIT @row_limit::integer;

-- name: SubmissionListFoundAnchorDayDesc :many
SELECT x.id FROM (
    SELECT x.id, x.anchor_day AS key FROM submissions x WHERE 
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
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.anchor_day, x.id) < (CAST(sqlc.narg(after_key)::text AS smallint), sqlc.narg(after_id)::uuid))
    OFFSET 0) x
ORDER BY x.key DESC, x.id DESC
LIMIT @row_limit::integer;

-- name: SubmissionListFoundStatusAsc :many
SELECT x.id FROM (
    SELECT x.id, x.status AS key FROM submissions x WHERE 
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
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.status, x.id) > (CAST(sqlc.narg(after_key)::text AS submission_status), sqlc.narg(after_id)::uuid))
    OFFSET 0) x
ORDER BY x.key ASC, x.id ASC
LIMIT @row_limit::integer;

-- name: SubmissionListFoundStatusDesc :many
SELECT x.id FROM (
    SELECT x.id, x.status AS key FROM submissions x WHERE 
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
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.status, x.id) < (CAST(sqlc.narg(after_key)::text AS submission_status), sqlc.narg(after_id)::uuid))
    OFFSET 0) x
ORDER BY x.key DESC, x.id DESC
LIMIT @row_limit::integer;

-- name: SubmissionListFoundSubmittedAtAsc :many
SELECT x.id FROM (
    SELECT x.id, x.submitted_at AS key FROM submissions x WHERE 
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
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.submitted_at, x.id) > (CAST(sqlc.narg(after_key)::text AS timestamptz), sqlc.narg(after_id)::uuid))
    OFFSET 0) x
ORDER BY x.key ASC, x.id ASC
LIMIT @row_limit::integer;

-- name: SubmissionListFoundSubmittedAtDesc :many
SELECT x.id FROM (
    SELECT x.id, x.submitted_at AS key FROM submissions x WHERE 
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
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.submitted_at, x.id) < (CAST(sqlc.narg(after_key)::text AS timestamptz), sqlc.narg(after_id)::uuid))
    OFFSET 0) x
ORDER BY x.key DESC, x.id DESC
LIMIT @row_limit::integer;

-- name: SubmissionListFoundMonthlyTotalAsc :many
SELECT x.id FROM (
    SELECT x.id, x.monthly_total_minor AS key FROM submissions x WHERE 
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
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.monthly_total_minor, x.id) > (CAST(sqlc.narg(after_key)::text AS bigint), sqlc.narg(after_id)::uuid))
    OFFSET 0) x
ORDER BY x.key ASC, x.id ASC
LIMIT @row_limit::integer;

-- name: SubmissionListFoundMonthlyTotalDesc :many
SELECT x.id FROM (
    SELECT x.id, x.monthly_total_minor AS key FROM submissions x WHERE 
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
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.monthly_total_minor, x.id) < (CAST(sqlc.narg(after_key)::text AS bigint), sqlc.narg(after_id)::uuid))
    OFFSET 0) x
ORDER BY x.key DESC, x.id DESC
LIMIT @row_limit::integer;

-- name: SubmissionListFoundWaitingSinceAsc :many
SELECT x.id FROM (
    SELECT x.id, x.waiting_key AS key FROM submissions x WHERE 
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
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.waiting_key, x.id) > (CAST(sqlc.narg(after_key)::text AS timestamptz), sqlc.narg(after_id)::uuid))
    OFFSET 0) x
ORDER BY x.key ASC, x.id ASC
LIMIT @row_limit::integer;

-- name: SubmissionListFoundWaitingSinceDesc :many
SELECT x.id FROM (
    SELECT x.id, x.waiting_key AS key FROM submissions x WHERE 
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
    AND (sqlc.narg(after_id)::uuid IS NULL
        OR (x.waiting_key, x.id) < (CAST(sqlc.narg(after_key)::text AS timestamptz), sqlc.narg(after_id)::uuid))
    OFFSET 0) x
ORDER BY x.key DESC, x.id DESC
LIMIT @row_limit::integer;
