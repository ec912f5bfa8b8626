-- name: ApprovableGet :one
-- Why a submission cannot be approved now; see the view.
SELECT * FROM approvables WHERE submission_id = @submission_id;

-- name: ApprovableListForPart :many
-- One part of a batch, with who may not approve what any more.
SELECT v.submission_id, v.location_id, v.anchor_day, s.first_bill_on, v.currency, v.monthly_total_minor, l.time_zone,
    (CASE WHEN m.location_id IS NULL THEN 'NOT_MANAGED' ELSE v.skip END)::text AS skip
FROM approvables v
JOIN submissions s ON s.id = v.submission_id
JOIN locations l ON l.id = v.location_id
LEFT JOIN managed_locations m ON m.location_id = v.location_id AND m.staff_id = @staff_id
WHERE v.submission_id = ANY (@ids::uuid[])
ORDER BY v.submission_id;

-- name: ApprovableListBySubmissions :many
SELECT submission_id, skip FROM approvables WHERE submission_id = ANY (@submission_ids::uuid[]) ORDER BY submission_id;
