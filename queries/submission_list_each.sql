-- Written by queries/listgen from list_each.sql.tmpl: change it there, then make generate/sqlc.
--
-- Of several locations the first rows of each, put together: by location, and by time for few locations and states. For filters
-- that are answered from within an index; the plan is kept.

-- name: SubmissionListEachLocationAsc :many
SELECT v.* FROM (
    SELECT y.id, y.key FROM managed_locations l
    CROSS JOIN LATERAL (
        SELECT x.id, x.location_key AS key FROM submissions x
        WHERE x.location_id = l.location_id AND (x.location_key, x.id) > (CAST(coalesce(sqlc.narg(after_key)::text, '') AS text), coalesce(sqlc.narg(after_id)::uuid, '00000000-0000-0000-0000-000000000000'))
    AND (cardinality(@statuses::text[]) = 0 OR x.status = ANY ((SELECT CAST(@statuses::text[] AS submission_status[]))::submission_status[]))
    AND (cardinality(@methods::text[]) = 0
        OR x.payment_method_type = ANY ((SELECT CAST(@methods::text[] AS payment_method_type[]))::payment_method_type[]))
    AND (sqlc.narg(waiting_since_before)::timestamptz IS NULL
        OR x.waiting_key < least(sqlc.narg(waiting_since_before)::timestamptz, timestamptz '9999-01-01 00:00:00+00'))
        ORDER BY x.location_key ASC, x.id ASC
        LIMIT @row_limit::integer) y
    WHERE l.staff_id = @staff_id AND (cardinality(@location_ids::uuid[]) = 0 OR l.location_id = ANY (@location_ids::uuid[]))
    ORDER BY y.key ASC, y.id ASC
    LIMIT @row_limit::integer) p
JOIN listed_submissions v ON v.id = p.id AND v.staff_id = @staff_id
ORDER BY p.key ASC, p.id ASC;

-- name: SubmissionListEachLocationDesc :many
SELECT v.* FROM (
    SELECT y.id, y.key FROM managed_locations l
    CROSS JOIN LATERAL (
        SELECT x.id, x.location_key AS key FROM submissions x
        WHERE x.location_id = l.location_id AND (x.location_key, x.id) < (CAST(coalesce(sqlc.narg(after_key)::text, U&'\+10FFFF') AS text), coalesce(sqlc.narg(after_id)::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
    AND (cardinality(@statuses::text[]) = 0 OR x.status = ANY ((SELECT CAST(@statuses::text[] AS submission_status[]))::submission_status[]))
    AND (cardinality(@methods::text[]) = 0
        OR x.payment_method_type = ANY ((SELECT CAST(@methods::text[] AS payment_method_type[]))::payment_method_type[]))
    AND (sqlc.narg(waiting_since_before)::timestamptz IS NULL
        OR x.waiting_key < least(sqlc.narg(waiting_since_before)::timestamptz, timestamptz '9999-01-01 00:00:00+00'))
        ORDER BY x.location_key DESC, x.id DESC
        LIMIT @row_limit::integer) y
    WHERE l.staff_id = @staff_id AND (cardinality(@location_ids::uuid[]) = 0 OR l.location_id = ANY (@location_ids::uuid[]))
    ORDER BY y.key DESC, y.id DESC
    LIMIT @row_limit::integer) p
JOIN listed_submissions v ON v.id = p.id AND v.staff_id = @staff_id
ORDER BY p.key DESC, p.id DESC;

-- name: SubmissionListEachSubmittedAtAsc :many
-- @statuses must name at least one.
SELECT v.* FROM (
    SELECT y.id, y.key FROM managed_locations l
    CROSS JOIN unnest(CAST(@statuses::text[] AS submission_status[])) s (status)
    CROSS JOIN LATERAL (
        SELECT x.id, x.submitted_at AS key FROM submissions x
        WHERE x.location_id = l.location_id AND (x.submitted_at, x.id) > (CAST(coalesce(sqlc.narg(after_key)::text, '-infinity') AS timestamptz), coalesce(sqlc.narg(after_id)::uuid, '00000000-0000-0000-0000-000000000000')) AND x.status = s.status
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (cardinality(@methods::text[]) = 0
        OR x.payment_method_type = ANY ((SELECT CAST(@methods::text[] AS payment_method_type[]))::payment_method_type[]))
    AND (sqlc.narg(waiting_since_before)::timestamptz IS NULL
        OR x.waiting_key < least(sqlc.narg(waiting_since_before)::timestamptz, timestamptz '9999-01-01 00:00:00+00'))
        ORDER BY x.submitted_at ASC, x.id ASC
        LIMIT @row_limit::integer) y
    WHERE l.staff_id = @staff_id AND (cardinality(@location_ids::uuid[]) = 0 OR l.location_id = ANY (@location_ids::uuid[]))
    ORDER BY y.key ASC, y.id ASC
    LIMIT @row_limit::integer) p
JOIN listed_submissions v ON v.id = p.id AND v.staff_id = @staff_id
ORDER BY p.key ASC, p.id ASC;

-- name: SubmissionListEachSubmittedAtDesc :many
-- @statuses must name at least one.
SELECT v.* FROM (
    SELECT y.id, y.key FROM managed_locations l
    CROSS JOIN unnest(CAST(@statuses::text[] AS submission_status[])) s (status)
    CROSS JOIN LATERAL (
        SELECT x.id, x.submitted_at AS key FROM submissions x
        WHERE x.location_id = l.location_id AND (x.submitted_at, x.id) < (CAST(coalesce(sqlc.narg(after_key)::text, 'infinity') AS timestamptz), coalesce(sqlc.narg(after_id)::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')) AND x.status = s.status
    AND (sqlc.narg(submitted_from)::timestamptz IS NULL OR x.submitted_at >= sqlc.narg(submitted_from)::timestamptz)
    AND (sqlc.narg(submitted_before)::timestamptz IS NULL OR x.submitted_at < sqlc.narg(submitted_before)::timestamptz)
    AND (cardinality(@methods::text[]) = 0
        OR x.payment_method_type = ANY ((SELECT CAST(@methods::text[] AS payment_method_type[]))::payment_method_type[]))
    AND (sqlc.narg(waiting_since_before)::timestamptz IS NULL
        OR x.waiting_key < least(sqlc.narg(waiting_since_before)::timestamptz, timestamptz '9999-01-01 00:00:00+00'))
        ORDER BY x.submitted_at DESC, x.id DESC
        LIMIT @row_limit::integer) y
    WHERE l.staff_id = @staff_id AND (cardinality(@location_ids::uuid[]) = 0 OR l.location_id = ANY (@location_ids::uuid[]))
    ORDER BY y.key DESC, y.id DESC
    LIMIT @row_limit::integer) p
JOIN listed_submissions v ON v.id = p.id AND v.staff_id = @staff_id
ORDER BY p.key DESC, p.id DESC;
