-- name: ApprovableGet :one
-- Why a submission cannot be approved now; see the view.
SELECT * FROM approvables WHERE submission_id = @submission_id;

-- name: ApprovableListForPart :many
-- One part of a batch, with who may not approve what any more.
SELECT v.submission_id, v.location_id, v.anchor_day, v.currency, v.monthly_total_minor, l.time_zone,
    (CASE WHEN m.location_id IS NULL THEN 'NOT_MANAGED' ELSE v.skip END)::text AS skip
FROM approvables v
JOIN locations l ON l.id = v.location_id
LEFT JOIN managed_locations m ON m.location_id = v.location_id AND m.staff_id = @staff_id
WHERE v.submission_id = ANY (@ids::uuid[])
ORDER BY v.submission_id;

-- name: ApprovableCountMatching :many
-- What BatchPartInsertSubmissions would choose, by what would become of it and by what its first charge depends on.
SELECT v.location_id, v.anchor_day, v.currency, v.skip::text AS skip, count(*)::integer AS count, sum(v.monthly_total_minor)::bigint AS monthly_minor
FROM submissions s
JOIN approvables v ON v.submission_id = s.id
WHERE EXISTS (SELECT FROM managed_locations m WHERE m.location_id = s.location_id AND m.staff_id = @staff_id)
    AND (cardinality(@ids::uuid[]) = 0 OR s.id = ANY (@ids::uuid[]))
    AND (cardinality(@statuses::text[]) = 0 OR s.status = ANY (CAST(@statuses::text[] AS submission_status[])))
    AND (cardinality(@location_ids::uuid[]) = 0 OR s.location_id = ANY (@location_ids::uuid[]))
GROUP BY 1, 2, 3, 4
ORDER BY 1, 2, 3, 4;
