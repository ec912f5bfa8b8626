-- What follows a change of a tenant, a plan, a location or an insurance: a part of its invitations and submissions at a time, by
-- their ids.

-- name: ListedIDsOfTenant :many
SELECT f.id FROM (
    SELECT i.id FROM invitations i WHERE i.tenant_id = @id
    UNION ALL SELECT s.id FROM submissions s WHERE s.tenant_id = @id) f
WHERE f.id > @after::uuid ORDER BY f.id LIMIT @row_limit;

-- name: ListedIDsOfPlan :many
SELECT f.id FROM (
    SELECT i.id FROM invitations i WHERE i.plan_id = @id
    UNION ALL SELECT s.id FROM submissions s JOIN reservations r ON r.id = s.reservation_id WHERE r.plan_id = @id) f
WHERE f.id > @after::uuid ORDER BY f.id LIMIT @row_limit;

-- name: ListedIDsOfLocation :many
SELECT f.id FROM (
    SELECT i.id FROM invitations i WHERE i.location_id = @id
    UNION ALL SELECT s.id FROM submissions s WHERE s.location_id = @id) f
WHERE f.id > @after::uuid ORDER BY f.id LIMIT @row_limit;

-- name: ListedIDsOfInsurance :many
-- A submission keeps the price of then.
SELECT id FROM invitations WHERE insurance_plan_id = @id::uuid AND id > @after ORDER BY id LIMIT @row_limit;

-- name: TenantLockSharedOfListed :many
-- Before the rows themselves, as everywhere, so that no two transactions wait for each other.
SELECT t.id FROM tenants t
WHERE t.id IN (SELECT i.tenant_id FROM invitations i WHERE i.id = ANY (@ids::uuid[])
    UNION ALL SELECT s.tenant_id FROM submissions s WHERE s.id = ANY (@ids::uuid[]))
ORDER BY t.id FOR SHARE OF t;

-- name: InvitationLockByIDs :many
SELECT id FROM invitations WHERE id = ANY (@ids::uuid[]) ORDER BY id FOR UPDATE;

-- name: InvitationCopyAgain :exec
-- Has the trigger copy_for_list read everything again; a row that is as it should be is not written.
UPDATE invitations SET tenant_id = tenant_id WHERE id = ANY (@ids::uuid[]);

-- name: SubmissionLockByIDs :many
SELECT id FROM submissions WHERE id = ANY (@ids::uuid[]) ORDER BY id FOR UPDATE;

-- name: SubmissionCopyAgain :exec
-- The same by copy_submission_for_list.
UPDATE submissions SET tenant_id = tenant_id WHERE id = ANY (@ids::uuid[]);

-- name: SubmissionIDsOfTenant :many
SELECT id FROM submissions WHERE tenant_id = @tenant_id ORDER BY id;
