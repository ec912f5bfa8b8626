-- name: InvitationRevisionInsert :exec
-- Keeps what is offered now, with the prices of this moment, before an edit changes it.
INSERT INTO invitation_revisions (invitation_id, revision, plan_id, unit, currency, insurance_plan_id, card_price_override_minor,
    ach_price_override_minor, card_price_minor, ach_price_minor, anchor_day, changed_by, changed_at)
SELECT i.id, i.revision, i.plan_id, i.unit, i.currency, i.insurance_plan_id, i.card_price_override_minor,
    i.ach_price_override_minor, coalesce(i.card_price_override_minor, p.card_price_minor),
    coalesce(i.ach_price_override_minor, p.ach_price_minor), i.anchor_day, @changed_by, @now
FROM invitations i
JOIN plans p ON p.id = i.plan_id
WHERE i.id = @invitation_id;

-- name: InvitationRevisionListByInvitationIDs :many
SELECT * FROM invitation_revisions WHERE invitation_id = ANY (@invitation_ids::uuid[]) ORDER BY invitation_id, revision DESC;
