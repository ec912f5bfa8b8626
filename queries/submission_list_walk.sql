-- Written by queries/listgen from list_walk.sql.tmpl: change it there, then make generate/sqlc.
--
-- Goes through the order for @reach rows, whether they match or not, and then gives up, since what is looked for may stand anywhere
-- in it. Fewer rows than asked for do not mean that there are no more. What is filtered by is answered from within the
-- index, so the plan is the same for every filter and is kept.

-- name: SubmissionListWalkTenantAsc :many
SELECT v.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.id, x.tenant_key AS key, x.location_id, x.status, x.payment_method_type, x.waiting_key, x.submitted_at, x.search_text
        FROM submissions x WHERE (x.tenant_key, x.id) > (CAST(coalesce(sqlc.narg(after_key)::text, '') AS text), coalesce(sqlc.narg(after_id)::uuid, '00000000-0000-0000-0000-000000000000'))
        ORDER BY x.tenant_key ASC, x.id ASC
        LIMIT @reach::integer) x
    WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) = 0 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) = 0 OR x.status = ANY ((SELECT CAST(@statuses::text[] AS submission_status[]))::submission_status[]))
    AND (cardinality(@methods::text[]) = 0
        OR x.payment_method_type = ANY ((SELECT CAST(@methods::text[] AS payment_method_type[]))::payment_method_type[]))
    AND (sqlc.narg(waiting_since_before)::timestamptz IS NULL
        OR x.waiting_key < least(sqlc.narg(waiting_since_before)::timestamptz, timestamptz '9999-01-01 00:00:00+00'))
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (@search::text = '' OR x.search_text LIKE ALL ((SELECT like_words(@search::text))::text[]))
    ORDER BY x.key ASC, x.id ASC
    LIMIT @row_limit::integer) p
JOIN listed_submissions v ON v.id = p.id AND v.staff_id = @staff_id
ORDER BY p.key ASC, p.id ASC;

-- name: SubmissionListWalkTenantDesc :many
SELECT v.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.id, x.tenant_key AS key, x.location_id, x.status, x.payment_method_type, x.waiting_key, x.submitted_at, x.search_text
        FROM submissions x WHERE (x.tenant_key, x.id) < (CAST(coalesce(sqlc.narg(after_key)::text, U&'\+10FFFF') AS text), coalesce(sqlc.narg(after_id)::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
        ORDER BY x.tenant_key DESC, x.id DESC
        LIMIT @reach::integer) x
    WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) = 0 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) = 0 OR x.status = ANY ((SELECT CAST(@statuses::text[] AS submission_status[]))::submission_status[]))
    AND (cardinality(@methods::text[]) = 0
        OR x.payment_method_type = ANY ((SELECT CAST(@methods::text[] AS payment_method_type[]))::payment_method_type[]))
    AND (sqlc.narg(waiting_since_before)::timestamptz IS NULL
        OR x.waiting_key < least(sqlc.narg(waiting_since_before)::timestamptz, timestamptz '9999-01-01 00:00:00+00'))
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (@search::text = '' OR x.search_text LIKE ALL ((SELECT like_words(@search::text))::text[]))
    ORDER BY x.key DESC, x.id DESC
    LIMIT @row_limit::integer) p
JOIN listed_submissions v ON v.id = p.id AND v.staff_id = @staff_id
ORDER BY p.key DESC, p.id DESC;

-- name: SubmissionListWalkPlanAsc :many
SELECT v.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.id, x.plan_key AS key, x.location_id, x.status, x.payment_method_type, x.waiting_key, x.submitted_at, x.search_text
        FROM submissions x WHERE (x.plan_key, x.id) > (CAST(coalesce(sqlc.narg(after_key)::text, '') AS text), coalesce(sqlc.narg(after_id)::uuid, '00000000-0000-0000-0000-000000000000'))
        ORDER BY x.plan_key ASC, x.id ASC
        LIMIT @reach::integer) x
    WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) = 0 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) = 0 OR x.status = ANY ((SELECT CAST(@statuses::text[] AS submission_status[]))::submission_status[]))
    AND (cardinality(@methods::text[]) = 0
        OR x.payment_method_type = ANY ((SELECT CAST(@methods::text[] AS payment_method_type[]))::payment_method_type[]))
    AND (sqlc.narg(waiting_since_before)::timestamptz IS NULL
        OR x.waiting_key < least(sqlc.narg(waiting_since_before)::timestamptz, timestamptz '9999-01-01 00:00:00+00'))
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (@search::text = '' OR x.search_text LIKE ALL ((SELECT like_words(@search::text))::text[]))
    ORDER BY x.key ASC, x.id ASC
    LIMIT @row_limit::integer) p
JOIN listed_submissions v ON v.id = p.id AND v.staff_id = @staff_id
ORDER BY p.key ASC, p.id ASC;

-- name: SubmissionListWalkPlanDesc :many
SELECT v.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.id, x.plan_key AS key, x.location_id, x.status, x.payment_method_type, x.waiting_key, x.submitted_at, x.search_text
        FROM submissions x WHERE (x.plan_key, x.id) < (CAST(coalesce(sqlc.narg(after_key)::text, U&'\+10FFFF') AS text), coalesce(sqlc.narg(after_id)::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
        ORDER BY x.plan_key DESC, x.id DESC
        LIMIT @reach::integer) x
    WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) = 0 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) = 0 OR x.status = ANY ((SELECT CAST(@statuses::text[] AS submission_status[]))::submission_status[]))
    AND (cardinality(@methods::text[]) = 0
        OR x.payment_method_type = ANY ((SELECT CAST(@methods::text[] AS payment_method_type[]))::payment_method_type[]))
    AND (sqlc.narg(waiting_since_before)::timestamptz IS NULL
        OR x.waiting_key < least(sqlc.narg(waiting_since_before)::timestamptz, timestamptz '9999-01-01 00:00:00+00'))
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (@search::text = '' OR x.search_text LIKE ALL ((SELECT like_words(@search::text))::text[]))
    ORDER BY x.key DESC, x.id DESC
    LIMIT @row_limit::integer) p
JOIN listed_submissions v ON v.id = p.id AND v.staff_id = @staff_id
ORDER BY p.key DESC, p.id DESC;

-- name: SubmissionListWalkLocationAsc :many
SELECT v.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.id, x.location_key AS key, x.location_id, x.status, x.payment_method_type, x.waiting_key, x.submitted_at, x.search_text
        FROM submissions x WHERE (x.location_key, x.id) > (CAST(coalesce(sqlc.narg(after_key)::text, '') AS text), coalesce(sqlc.narg(after_id)::uuid, '00000000-0000-0000-0000-000000000000'))
        ORDER BY x.location_key ASC, x.id ASC
        LIMIT @reach::integer) x
    WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) = 0 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) = 0 OR x.status = ANY ((SELECT CAST(@statuses::text[] AS submission_status[]))::submission_status[]))
    AND (cardinality(@methods::text[]) = 0
        OR x.payment_method_type = ANY ((SELECT CAST(@methods::text[] AS payment_method_type[]))::payment_method_type[]))
    AND (sqlc.narg(waiting_since_before)::timestamptz IS NULL
        OR x.waiting_key < least(sqlc.narg(waiting_since_before)::timestamptz, timestamptz '9999-01-01 00:00:00+00'))
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (@search::text = '' OR x.search_text LIKE ALL ((SELECT like_words(@search::text))::text[]))
    ORDER BY x.key ASC, x.id ASC
    LIMIT @row_limit::integer) p
JOIN listed_submissions v ON v.id = p.id AND v.staff_id = @staff_id
ORDER BY p.key ASC, p.id ASC;

-- name: SubmissionListWalkLocationDesc :many
SELECT v.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.id, x.location_key AS key, x.location_id, x.status, x.payment_method_type, x.waiting_key, x.submitted_at, x.search_text
        FROM submissions x WHERE (x.location_key, x.id) < (CAST(coalesce(sqlc.narg(after_key)::text, U&'\+10FFFF') AS text), coalesce(sqlc.narg(after_id)::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
        ORDER BY x.location_key DESC, x.id DESC
        LIMIT @reach::integer) x
    WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) = 0 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) = 0 OR x.status = ANY ((SELECT CAST(@statuses::text[] AS submission_status[]))::submission_status[]))
    AND (cardinality(@methods::text[]) = 0
        OR x.payment_method_type = ANY ((SELECT CAST(@methods::text[] AS payment_method_type[]))::payment_method_type[]))
    AND (sqlc.narg(waiting_since_before)::timestamptz IS NULL
        OR x.waiting_key < least(sqlc.narg(waiting_since_before)::timestamptz, timestamptz '9999-01-01 00:00:00+00'))
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (@search::text = '' OR x.search_text LIKE ALL ((SELECT like_words(@search::text))::text[]))
    ORDER BY x.key DESC, x.id DESC
    LIMIT @row_limit::integer) p
JOIN listed_submissions v ON v.id = p.id AND v.staff_id = @staff_id
ORDER BY p.key DESC, p.id DESC;

-- name: SubmissionListWalkCardPriceAsc :many
SELECT v.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.id, x.card_key AS key, x.location_id, x.status, x.payment_method_type, x.waiting_key, x.submitted_at, x.search_text
        FROM submissions x WHERE (x.card_key, x.id) > (CAST(coalesce(sqlc.narg(after_key)::text, '-9223372036854775808') AS bigint), coalesce(sqlc.narg(after_id)::uuid, '00000000-0000-0000-0000-000000000000'))
        ORDER BY x.card_key ASC, x.id ASC
        LIMIT @reach::integer) x
    WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) = 0 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) = 0 OR x.status = ANY ((SELECT CAST(@statuses::text[] AS submission_status[]))::submission_status[]))
    AND (cardinality(@methods::text[]) = 0
        OR x.payment_method_type = ANY ((SELECT CAST(@methods::text[] AS payment_method_type[]))::payment_method_type[]))
    AND (sqlc.narg(waiting_since_before)::timestamptz IS NULL
        OR x.waiting_key < least(sqlc.narg(waiting_since_before)::timestamptz, timestamptz '9999-01-01 00:00:00+00'))
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (@search::text = '' OR x.search_text LIKE ALL ((SELECT like_words(@search::text))::text[]))
    ORDER BY x.key ASC, x.id ASC
    LIMIT @row_limit::integer) p
JOIN listed_submissions v ON v.id = p.id AND v.staff_id = @staff_id
ORDER BY p.key ASC, p.id ASC;

-- name: SubmissionListWalkCardPriceDesc :many
SELECT v.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.id, x.card_key AS key, x.location_id, x.status, x.payment_method_type, x.waiting_key, x.submitted_at, x.search_text
        FROM submissions x WHERE (x.card_key, x.id) < (CAST(coalesce(sqlc.narg(after_key)::text, '9223372036854775807') AS bigint), coalesce(sqlc.narg(after_id)::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
        ORDER BY x.card_key DESC, x.id DESC
        LIMIT @reach::integer) x
    WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) = 0 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) = 0 OR x.status = ANY ((SELECT CAST(@statuses::text[] AS submission_status[]))::submission_status[]))
    AND (cardinality(@methods::text[]) = 0
        OR x.payment_method_type = ANY ((SELECT CAST(@methods::text[] AS payment_method_type[]))::payment_method_type[]))
    AND (sqlc.narg(waiting_since_before)::timestamptz IS NULL
        OR x.waiting_key < least(sqlc.narg(waiting_since_before)::timestamptz, timestamptz '9999-01-01 00:00:00+00'))
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (@search::text = '' OR x.search_text LIKE ALL ((SELECT like_words(@search::text))::text[]))
    ORDER BY x.key DESC, x.id DESC
    LIMIT @row_limit::integer) p
JOIN listed_submissions v ON v.id = p.id AND v.staff_id = @staff_id
ORDER BY p.key DESC, p.id DESC;

-- name: SubmissionListWalkAchPriceAsc :many
SELECT v.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.id, x.ach_key AS key, x.location_id, x.status, x.payment_method_type, x.waiting_key, x.submitted_at, x.search_text
        FROM submissions x WHERE (x.ach_key, x.id) > (CAST(coalesce(sqlc.narg(after_key)::text, '-9223372036854775808') AS bigint), coalesce(sqlc.narg(after_id)::uuid, '00000000-0000-0000-0000-000000000000'))
        ORDER BY x.ach_key ASC, x.id ASC
        LIMIT @reach::integer) x
    WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) = 0 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) = 0 OR x.status = ANY ((SELECT CAST(@statuses::text[] AS submission_status[]))::submission_status[]))
    AND (cardinality(@methods::text[]) = 0
        OR x.payment_method_type = ANY ((SELECT CAST(@methods::text[] AS payment_method_type[]))::payment_method_type[]))
    AND (sqlc.narg(waiting_since_before)::timestamptz IS NULL
        OR x.waiting_key < least(sqlc.narg(waiting_since_before)::timestamptz, timestamptz '9999-01-01 00:00:00+00'))
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (@search::text = '' OR x.search_text LIKE ALL ((SELECT like_words(@search::text))::text[]))
    ORDER BY x.key ASC, x.id ASC
    LIMIT @row_limit::integer) p
JOIN listed_submissions v ON v.id = p.id AND v.staff_id = @staff_id
ORDER BY p.key ASC, p.id ASC;

-- name: SubmissionListWalkAchPriceDesc :many
SELECT v.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.id, x.ach_key AS key, x.location_id, x.status, x.payment_method_type, x.waiting_key, x.submitted_at, x.search_text
        FROM submissions x WHERE (x.ach_key, x.id) < (CAST(coalesce(sqlc.narg(after_key)::text, '9223372036854775807') AS bigint), coalesce(sqlc.narg(after_id)::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
        ORDER BY x.ach_key DESC, x.id DESC
        LIMIT @reach::integer) x
    WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) = 0 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) = 0 OR x.status = ANY ((SELECT CAST(@statuses::text[] AS submission_status[]))::submission_status[]))
    AND (cardinality(@methods::text[]) = 0
        OR x.payment_method_type = ANY ((SELECT CAST(@methods::text[] AS payment_method_type[]))::payment_method_type[]))
    AND (sqlc.narg(waiting_since_before)::timestamptz IS NULL
        OR x.waiting_key < least(sqlc.narg(waiting_since_before)::timestamptz, timestamptz '9999-01-01 00:00:00+00'))
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (@search::text = '' OR x.search_text LIKE ALL ((SELECT like_words(@search::text))::text[]))
    ORDER BY x.key DESC, x.id DESC
    LIMIT @row_limit::integer) p
JOIN listed_submissions v ON v.id = p.id AND v.staff_id = @staff_id
ORDER BY p.key DESC, p.id DESC;

-- name: SubmissionListWalkInsuranceAsc :many
SELECT v.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.id, x.insurance_key AS key, x.location_id, x.status, x.payment_method_type, x.waiting_key, x.submitted_at, x.search_text
        FROM submissions x WHERE (x.insurance_key, x.id) > (CAST(coalesce(sqlc.narg(after_key)::text, '-9223372036854775808') AS bigint), coalesce(sqlc.narg(after_id)::uuid, '00000000-0000-0000-0000-000000000000'))
        ORDER BY x.insurance_key ASC, x.id ASC
        LIMIT @reach::integer) x
    WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) = 0 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) = 0 OR x.status = ANY ((SELECT CAST(@statuses::text[] AS submission_status[]))::submission_status[]))
    AND (cardinality(@methods::text[]) = 0
        OR x.payment_method_type = ANY ((SELECT CAST(@methods::text[] AS payment_method_type[]))::payment_method_type[]))
    AND (sqlc.narg(waiting_since_before)::timestamptz IS NULL
        OR x.waiting_key < least(sqlc.narg(waiting_since_before)::timestamptz, timestamptz '9999-01-01 00:00:00+00'))
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (@search::text = '' OR x.search_text LIKE ALL ((SELECT like_words(@search::text))::text[]))
    ORDER BY x.key ASC, x.id ASC
    LIMIT @row_limit::integer) p
JOIN listed_submissions v ON v.id = p.id AND v.staff_id = @staff_id
ORDER BY p.key ASC, p.id ASC;

-- name: SubmissionListWalkInsuranceDesc :many
SELECT v.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.id, x.insurance_key AS key, x.location_id, x.status, x.payment_method_type, x.waiting_key, x.submitted_at, x.search_text
        FROM submissions x WHERE (x.insurance_key, x.id) < (CAST(coalesce(sqlc.narg(after_key)::text, '9223372036854775807') AS bigint), coalesce(sqlc.narg(after_id)::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
        ORDER BY x.insurance_key DESC, x.id DESC
        LIMIT @reach::integer) x
    WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) = 0 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) = 0 OR x.status = ANY ((SELECT CAST(@statuses::text[] AS submission_status[]))::submission_status[]))
    AND (cardinality(@methods::text[]) = 0
        OR x.payment_method_type = ANY ((SELECT CAST(@methods::text[] AS payment_method_type[]))::payment_method_type[]))
    AND (sqlc.narg(waiting_since_before)::timestamptz IS NULL
        OR x.waiting_key < least(sqlc.narg(waiting_since_before)::timestamptz, timestamptz '9999-01-01 00:00:00+00'))
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (@search::text = '' OR x.search_text LIKE ALL ((SELECT like_words(@search::text))::text[]))
    ORDER BY x.key DESC, x.id DESC
    LIMIT @row_limit::integer) p
JOIN listed_submissions v ON v.id = p.id AND v.staff_id = @staff_id
ORDER BY p.key DESC, p.id DESC;

-- name: SubmissionListWalkAnchorDayAsc :many
SELECT v.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.id, x.anchor_day AS key, x.location_id, x.status, x.payment_method_type, x.waiting_key, x.submitted_at, x.search_text
        FROM submissions x WHERE (x.anchor_day, x.id) > (CAST(coalesce(sqlc.narg(after_key)::text, '-32768') AS smallint), coalesce(sqlc.narg(after_id)::uuid, '00000000-0000-0000-0000-000000000000'))
        ORDER BY x.anchor_day ASC, x.id ASC
        LIMIT @reach::integer) x
    WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) = 0 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) = 0 OR x.status = ANY ((SELECT CAST(@statuses::text[] AS submission_status[]))::submission_status[]))
    AND (cardinality(@methods::text[]) = 0
        OR x.payment_method_type = ANY ((SELECT CAST(@methods::text[] AS payment_method_type[]))::payment_method_type[]))
    AND (sqlc.narg(waiting_since_before)::timestamptz IS NULL
        OR x.waiting_key < least(sqlc.narg(waiting_since_before)::timestamptz, timestamptz '9999-01-01 00:00:00+00'))
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (@search::text = '' OR x.search_text LIKE ALL ((SELECT like_words(@search::text))::text[]))
    ORDER BY x.key ASC, x.id ASC
    LIMIT @row_limit::integer) p
JOIN listed_submissions v ON v.id = p.id AND v.staff_id = @staff_id
ORDER BY p.key ASC, p.id ASC;

-- name: SubmissionListWalkAnchorDayDesc :many
SELECT v.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.id, x.anchor_day AS key, x.location_id, x.status, x.payment_method_type, x.waiting_key, x.submitted_at, x.search_text
        FROM submissions x WHERE (x.anchor_day, x.id) < (CAST(coalesce(sqlc.narg(after_key)::text, '32767') AS smallint), coalesce(sqlc.narg(after_id)::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
        ORDER BY x.anchor_day DESC, x.id DESC
        LIMIT @reach::integer) x
    WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) = 0 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) = 0 OR x.status = ANY ((SELECT CAST(@statuses::text[] AS submission_status[]))::submission_status[]))
    AND (cardinality(@methods::text[]) = 0
        OR x.payment_method_type = ANY ((SELECT CAST(@methods::text[] AS payment_method_type[]))::payment_method_type[]))
    AND (sqlc.narg(waiting_since_before)::timestamptz IS NULL
        OR x.waiting_key < least(sqlc.narg(waiting_since_before)::timestamptz, timestamptz '9999-01-01 00:00:00+00'))
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (@search::text = '' OR x.search_text LIKE ALL ((SELECT like_words(@search::text))::text[]))
    ORDER BY x.key DESC, x.id DESC
    LIMIT @row_limit::integer) p
JOIN listed_submissions v ON v.id = p.id AND v.staff_id = @staff_id
ORDER BY p.key DESC, p.id DESC;

-- name: SubmissionListWalkStatusAsc :many
SELECT v.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.id, x.status AS key, x.location_id, x.status, x.payment_method_type, x.waiting_key, x.submitted_at, x.search_text
        FROM submissions x WHERE (x.status, x.id) > (CAST(coalesce(sqlc.narg(after_key)::text, enum_first(NULL::submission_status)::text) AS submission_status), coalesce(sqlc.narg(after_id)::uuid, '00000000-0000-0000-0000-000000000000'))
        ORDER BY x.status ASC, x.id ASC
        LIMIT @reach::integer) x
    WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) = 0 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) = 0 OR x.status = ANY ((SELECT CAST(@statuses::text[] AS submission_status[]))::submission_status[]))
    AND (cardinality(@methods::text[]) = 0
        OR x.payment_method_type = ANY ((SELECT CAST(@methods::text[] AS payment_method_type[]))::payment_method_type[]))
    AND (sqlc.narg(waiting_since_before)::timestamptz IS NULL
        OR x.waiting_key < least(sqlc.narg(waiting_since_before)::timestamptz, timestamptz '9999-01-01 00:00:00+00'))
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (@search::text = '' OR x.search_text LIKE ALL ((SELECT like_words(@search::text))::text[]))
    ORDER BY x.key ASC, x.id ASC
    LIMIT @row_limit::integer) p
JOIN listed_submissions v ON v.id = p.id AND v.staff_id = @staff_id
ORDER BY p.key ASC, p.id ASC;

-- name: SubmissionListWalkStatusDesc :many
SELECT v.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.id, x.status AS key, x.location_id, x.status, x.payment_method_type, x.waiting_key, x.submitted_at, x.search_text
        FROM submissions x WHERE (x.status, x.id) < (CAST(coalesce(sqlc.narg(after_key)::text, enum_last(NULL::submission_status)::text) AS submission_status), coalesce(sqlc.narg(after_id)::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
        ORDER BY x.status DESC, x.id DESC
        LIMIT @reach::integer) x
    WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) = 0 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) = 0 OR x.status = ANY ((SELECT CAST(@statuses::text[] AS submission_status[]))::submission_status[]))
    AND (cardinality(@methods::text[]) = 0
        OR x.payment_method_type = ANY ((SELECT CAST(@methods::text[] AS payment_method_type[]))::payment_method_type[]))
    AND (sqlc.narg(waiting_since_before)::timestamptz IS NULL
        OR x.waiting_key < least(sqlc.narg(waiting_since_before)::timestamptz, timestamptz '9999-01-01 00:00:00+00'))
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (@search::text = '' OR x.search_text LIKE ALL ((SELECT like_words(@search::text))::text[]))
    ORDER BY x.key DESC, x.id DESC
    LIMIT @row_limit::integer) p
JOIN listed_submissions v ON v.id = p.id AND v.staff_id = @staff_id
ORDER BY p.key DESC, p.id DESC;

-- name: SubmissionListWalkSubmittedAtAsc :many
SELECT v.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.id, x.submitted_at AS key, x.location_id, x.status, x.payment_method_type, x.waiting_key, x.submitted_at, x.search_text
        FROM submissions x WHERE (x.submitted_at, x.id) > (CAST(coalesce(sqlc.narg(after_key)::text, '-infinity') AS timestamptz), coalesce(sqlc.narg(after_id)::uuid, '00000000-0000-0000-0000-000000000000'))
        ORDER BY x.submitted_at ASC, x.id ASC
        LIMIT @reach::integer) x
    WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) = 0 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) = 0 OR x.status = ANY ((SELECT CAST(@statuses::text[] AS submission_status[]))::submission_status[]))
    AND (cardinality(@methods::text[]) = 0
        OR x.payment_method_type = ANY ((SELECT CAST(@methods::text[] AS payment_method_type[]))::payment_method_type[]))
    AND (sqlc.narg(waiting_since_before)::timestamptz IS NULL
        OR x.waiting_key < least(sqlc.narg(waiting_since_before)::timestamptz, timestamptz '9999-01-01 00:00:00+00'))
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (@search::text = '' OR x.search_text LIKE ALL ((SELECT like_words(@search::text))::text[]))
    ORDER BY x.key ASC, x.id ASC
    LIMIT @row_limit::integer) p
JOIN listed_submissions v ON v.id = p.id AND v.staff_id = @staff_id
ORDER BY p.key ASC, p.id ASC;

-- name: SubmissionListWalkSubmittedAtDesc :many
SELECT v.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.id, x.submitted_at AS key, x.location_id, x.status, x.payment_method_type, x.waiting_key, x.submitted_at, x.search_text
        FROM submissions x WHERE (x.submitted_at, x.id) < (CAST(coalesce(sqlc.narg(after_key)::text, 'infinity') AS timestamptz), coalesce(sqlc.narg(after_id)::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
        ORDER BY x.submitted_at DESC, x.id DESC
        LIMIT @reach::integer) x
    WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) = 0 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) = 0 OR x.status = ANY ((SELECT CAST(@statuses::text[] AS submission_status[]))::submission_status[]))
    AND (cardinality(@methods::text[]) = 0
        OR x.payment_method_type = ANY ((SELECT CAST(@methods::text[] AS payment_method_type[]))::payment_method_type[]))
    AND (sqlc.narg(waiting_since_before)::timestamptz IS NULL
        OR x.waiting_key < least(sqlc.narg(waiting_since_before)::timestamptz, timestamptz '9999-01-01 00:00:00+00'))
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (@search::text = '' OR x.search_text LIKE ALL ((SELECT like_words(@search::text))::text[]))
    ORDER BY x.key DESC, x.id DESC
    LIMIT @row_limit::integer) p
JOIN listed_submissions v ON v.id = p.id AND v.staff_id = @staff_id
ORDER BY p.key DESC, p.id DESC;

-- name: SubmissionListWalkMonthlyTotalAsc :many
SELECT v.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.id, x.monthly_total_minor AS key, x.location_id, x.status, x.payment_method_type, x.waiting_key, x.submitted_at, x.search_text
        FROM submissions x WHERE (x.monthly_total_minor, x.id) > (CAST(coalesce(sqlc.narg(after_key)::text, '-9223372036854775808') AS bigint), coalesce(sqlc.narg(after_id)::uuid, '00000000-0000-0000-0000-000000000000'))
        ORDER BY x.monthly_total_minor ASC, x.id ASC
        LIMIT @reach::integer) x
    WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) = 0 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) = 0 OR x.status = ANY ((SELECT CAST(@statuses::text[] AS submission_status[]))::submission_status[]))
    AND (cardinality(@methods::text[]) = 0
        OR x.payment_method_type = ANY ((SELECT CAST(@methods::text[] AS payment_method_type[]))::payment_method_type[]))
    AND (sqlc.narg(waiting_since_before)::timestamptz IS NULL
        OR x.waiting_key < least(sqlc.narg(waiting_since_before)::timestamptz, timestamptz '9999-01-01 00:00:00+00'))
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (@search::text = '' OR x.search_text LIKE ALL ((SELECT like_words(@search::text))::text[]))
    ORDER BY x.key ASC, x.id ASC
    LIMIT @row_limit::integer) p
JOIN listed_submissions v ON v.id = p.id AND v.staff_id = @staff_id
ORDER BY p.key ASC, p.id ASC;

-- name: SubmissionListWalkMonthlyTotalDesc :many
SELECT v.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.id, x.monthly_total_minor AS key, x.location_id, x.status, x.payment_method_type, x.waiting_key, x.submitted_at, x.search_text
        FROM submissions x WHERE (x.monthly_total_minor, x.id) < (CAST(coalesce(sqlc.narg(after_key)::text, '9223372036854775807') AS bigint), coalesce(sqlc.narg(after_id)::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
        ORDER BY x.monthly_total_minor DESC, x.id DESC
        LIMIT @reach::integer) x
    WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) = 0 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) = 0 OR x.status = ANY ((SELECT CAST(@statuses::text[] AS submission_status[]))::submission_status[]))
    AND (cardinality(@methods::text[]) = 0
        OR x.payment_method_type = ANY ((SELECT CAST(@methods::text[] AS payment_method_type[]))::payment_method_type[]))
    AND (sqlc.narg(waiting_since_before)::timestamptz IS NULL
        OR x.waiting_key < least(sqlc.narg(waiting_since_before)::timestamptz, timestamptz '9999-01-01 00:00:00+00'))
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (@search::text = '' OR x.search_text LIKE ALL ((SELECT like_words(@search::text))::text[]))
    ORDER BY x.key DESC, x.id DESC
    LIMIT @row_limit::integer) p
JOIN listed_submissions v ON v.id = p.id AND v.staff_id = @staff_id
ORDER BY p.key DESC, p.id DESC;

-- name: SubmissionListWalkWaitingSinceAsc :many
SELECT v.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.id, x.waiting_key AS key, x.location_id, x.status, x.payment_method_type, x.waiting_key, x.submitted_at, x.search_text
        FROM submissions x WHERE (x.waiting_key, x.id) > (CAST(coalesce(sqlc.narg(after_key)::text, '-infinity') AS timestamptz), coalesce(sqlc.narg(after_id)::uuid, '00000000-0000-0000-0000-000000000000'))
        ORDER BY x.waiting_key ASC, x.id ASC
        LIMIT @reach::integer) x
    WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) = 0 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) = 0 OR x.status = ANY ((SELECT CAST(@statuses::text[] AS submission_status[]))::submission_status[]))
    AND (cardinality(@methods::text[]) = 0
        OR x.payment_method_type = ANY ((SELECT CAST(@methods::text[] AS payment_method_type[]))::payment_method_type[]))
    AND (sqlc.narg(waiting_since_before)::timestamptz IS NULL
        OR x.waiting_key < least(sqlc.narg(waiting_since_before)::timestamptz, timestamptz '9999-01-01 00:00:00+00'))
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (@search::text = '' OR x.search_text LIKE ALL ((SELECT like_words(@search::text))::text[]))
    ORDER BY x.key ASC, x.id ASC
    LIMIT @row_limit::integer) p
JOIN listed_submissions v ON v.id = p.id AND v.staff_id = @staff_id
ORDER BY p.key ASC, p.id ASC;

-- name: SubmissionListWalkWaitingSinceDesc :many
SELECT v.* FROM (
    SELECT x.id, x.key FROM (
        SELECT x.id, x.waiting_key AS key, x.location_id, x.status, x.payment_method_type, x.waiting_key, x.submitted_at, x.search_text
        FROM submissions x WHERE (x.waiting_key, x.id) < (CAST(coalesce(sqlc.narg(after_key)::text, 'infinity') AS timestamptz), coalesce(sqlc.narg(after_id)::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
        ORDER BY x.waiting_key DESC, x.id DESC
        LIMIT @reach::integer) x
    WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) = 0 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) = 0 OR x.status = ANY ((SELECT CAST(@statuses::text[] AS submission_status[]))::submission_status[]))
    AND (cardinality(@methods::text[]) = 0
        OR x.payment_method_type = ANY ((SELECT CAST(@methods::text[] AS payment_method_type[]))::payment_method_type[]))
    AND (sqlc.narg(waiting_since_before)::timestamptz IS NULL
        OR x.waiting_key < least(sqlc.narg(waiting_since_before)::timestamptz, timestamptz '9999-01-01 00:00:00+00'))
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (@search::text = '' OR x.search_text LIKE ALL ((SELECT like_words(@search::text))::text[]))
    ORDER BY x.key DESC, x.id DESC
    LIMIT @row_limit::integer) p
JOIN listed_submissions v ON v.id = p.id AND v.staff_id = @staff_id
ORDER BY p.key DESC, p.id DESC;
