-- What an invitation of each legacy membership would be, and whose old plan is still to be cancelled.

-- +goose Up

-- Any of some keys of one kind, as a text search; NULL where there is none.
-- +goose StatementBegin
CREATE FUNCTION key_query(keys text[], kind text) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT RETURN (
    SELECT string_agg('''' || replace(replace(k, '\', '\\'), '''', '''''') || '''', ' | ')::tsquery FROM unnest(keys) k WHERE starts_with(k, kind));
-- +goose StatementEnd

-- The price and the billing day that are carried over, to the plan that staff said once for its old plan.
CREATE VIEW legacy_carried AS
SELECT l.id, p.plan_id, p.price_override_minor, n.id IS NOT NULL AND n.archived_at IS NULL AND n.cadence = 'monthly' AS offered,
    coalesce(l.billing_day, extract(day FROM l.next_billing_on)::smallint) AS anchor_day,
    coalesce(p.price_override_minor::bigint, l.price_minor - CASE WHEN l.discount_ends_on <= l.next_billing_on THEN 0 ELSE coalesce(l.discount_minor, 0) END) AS price_minor
FROM legacy_memberships l
LEFT JOIN legacy_sources s ON s.location_id = l.location_id AND s.name = l.source
LEFT JOIN legacy_plans p ON p.source_id = s.id AND p.name = l.plan_name
LEFT JOIN plans n ON n.id = p.plan_id;

-- The same, and why a membership would not be invited ('' where it would). `duplicate` is a
-- reason that staff can set aside once they have seen it: an address that is another person's as well, or a plate that is there twice.
CREATE VIEW legacy_invitables AS
SELECT l.id AS legacy_membership_id, l.location_id, o.plan_id, o.price_minor, o.anchor_day,
    CASE WHEN EXISTS (SELECT FROM reservations r WHERE r.legacy_membership_id = l.id AND r.live) THEN 'MIGRATED'
         WHEN l.state IN ('cancelled', 'recorded') THEN 'CANCELLED_THERE'
         WHEN EXISTS (SELECT FROM invitations i WHERE i.legacy_membership_id = l.id AND i.status IN ('pending', 'sent')) THEN 'ALREADY_INVITED'
         WHEN l.email IS NULL THEN 'NO_EMAIL'
         WHEN NOT o.offered THEN 'NO_PLAN'
         WHEN l.period <> 'monthly' THEN 'NOT_MONTHLY'
         WHEN o.anchor_day IS NULL THEN 'NO_BILLING_DATE'
         WHEN l.ends_on <= l.next_billing_on THEN 'ENDS_THERE'
         WHEN o.price_minor IS NULL THEN 'NO_PRICE'
         WHEN o.price_override_minor IS NULL AND l.discount_minor > 0 AND l.discount_ends_on > l.next_billing_on THEN 'DISCOUNT_ENDS'
         ELSE '' END AS skip,
    CASE WHEN EXISTS (SELECT FROM legacy_memberships x WHERE x.location_id = l.location_id AND x.id <> l.id AND x.state NOT IN ('cancelled', 'recorded')
                          AND array_to_tsvector(x.keys) @@ key_query(l.keys, 'p:')) THEN 'DUPLICATE_PLATE'
         WHEN EXISTS (SELECT FROM legacy_memberships x WHERE x.location_id = l.location_id AND x.id <> l.id AND x.state NOT IN ('cancelled', 'recorded')
                          AND x.name_key <> l.name_key AND array_to_tsvector(x.keys) @@ key_query(l.keys, 'e:')) THEN 'DUPLICATE_EMAIL'
         WHEN EXISTS (SELECT FROM legacy_memberships x WHERE x.location_id = l.location_id AND x.id <> l.id AND x.state NOT IN ('cancelled', 'recorded')
                          AND x.name_key <> l.name_key AND array_to_tsvector(x.keys) @@ key_query(l.keys, 't:')) THEN 'DUPLICATE_PHONE'
         ELSE '' END AS duplicate
FROM legacy_memberships l
JOIN legacy_carried o ON o.id = l.id;

-- Everybody whose subscription here was approved and whose old plan is still live there: two systems would bill.
CREATE VIEW legacy_worklist AS
SELECT l.id AS legacy_membership_id, l.location_id, l.next_billing_key, r.id AS reservation_id, s.status_changed_at AS approved_at
FROM reservations r
JOIN submissions s ON s.id = r.current_submission_id AND s.status = 'approved'
JOIN legacy_memberships l ON l.id = r.legacy_membership_id
WHERE r.live AND r.legacy_membership_id IS NOT NULL AND l.state NOT IN ('cancelled', 'recorded');

GRANT SELECT ON legacy_carried, legacy_invitables, legacy_worklist TO carryover_app;
