-- What follows a change of a tenant, a plan, a location or an insurance: a part of its invitations at a time, by their ids.

-- name: InvitationIDsOfTenant :many
SELECT id FROM invitations WHERE tenant_id = @id AND id > @after ORDER BY id LIMIT @row_limit;

-- name: InvitationIDsOfPlan :many
SELECT id FROM invitations WHERE plan_id = @id AND id > @after ORDER BY id LIMIT @row_limit;

-- name: InvitationIDsOfLocation :many
SELECT id FROM invitations WHERE location_id = @id AND id > @after ORDER BY id LIMIT @row_limit;

-- name: InvitationIDsOfInsurance :many
SELECT id FROM invitations WHERE insurance_plan_id = @id::uuid AND id > @after ORDER BY id LIMIT @row_limit;

-- name: TenantLockSharedOfInvitations :many
-- Before the invitations themselves, as everywhere, so that no two transactions wait for each other.
SELECT t.id FROM tenants t WHERE t.id IN (SELECT i.tenant_id FROM invitations i WHERE i.id = ANY (@ids::uuid[])) ORDER BY t.id FOR SHARE OF t;

-- name: InvitationLockByIDs :many
SELECT id FROM invitations WHERE id = ANY (@ids::uuid[]) ORDER BY id FOR UPDATE;

-- name: InvitationCopyAgain :exec
-- Has the trigger copy_for_list read everything again; a row that is as it should be is not written.
UPDATE invitations SET tenant_id = tenant_id WHERE id = ANY (@ids::uuid[]);
