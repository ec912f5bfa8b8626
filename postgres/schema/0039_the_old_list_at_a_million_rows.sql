-- The old system's list at a million rows: who shares an address is looked up for a whole page at once, who stands at a counter is found
-- without reading everybody of that name, and what became of a membership here stands beside it.

-- +goose Up

-- Copies, kept by the triggers below in the transaction of the fact: whether a live reservation carries a membership over, and whether one
-- that was approved, live or ended, did. With the old plan still live the latter makes the worklist.
ALTER TABLE legacy_memberships
    ADD COLUMN migrated boolean NOT NULL DEFAULT false,
    ADD COLUMN approved_here boolean NOT NULL DEFAULT false,
    ADD COLUMN cancelled_there boolean NOT NULL GENERATED ALWAYS AS (state IN ('cancelled', 'recorded')) STORED;
COMMENT ON COLUMN legacy_memberships.migrated IS 'Kept by triggers: a live reservation carries it over';
COMMENT ON COLUMN legacy_memberships.approved_here IS 'Kept by triggers: a reservation whose current submission is approved carries it over, or did until it ended';
UPDATE legacy_memberships l SET migrated = n.migrated, approved_here = n.approved_here
FROM (SELECT r.legacy_membership_id AS id, bool_or(r.live) AS migrated, coalesce(bool_or(s.status = 'approved'), false) AS approved_here
      FROM reservations r LEFT JOIN submissions s ON s.id = r.current_submission_id
      WHERE r.legacy_membership_id IS NOT NULL GROUP BY 1) n
WHERE n.id = l.id AND (n.migrated OR n.approved_here);

-- The row is held before the facts are read, so that of two who change them at once the second sees what the first has done.
-- +goose StatementBegin
CREATE FUNCTION copy_what_became_of(legacy uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM legacy_memberships l WHERE l.id = legacy FOR NO KEY UPDATE;
    UPDATE legacy_memberships l SET migrated = n.migrated, approved_here = n.approved_here
    FROM (SELECT EXISTS (SELECT FROM reservations r WHERE r.legacy_membership_id = legacy AND r.live) AS migrated,
              EXISTS (SELECT FROM reservations r JOIN submissions s ON s.id = r.current_submission_id AND s.status = 'approved'
                      WHERE r.legacy_membership_id = legacy) AS approved_here) n
    WHERE l.id = legacy AND (l.migrated, l.approved_here) IS DISTINCT FROM (n.migrated, n.approved_here);
END $$;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE FUNCTION reservation_of_legacy_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.legacy_membership_id IS NOT NULL THEN
        PERFORM copy_what_became_of(OLD.legacy_membership_id);
    END IF;
    IF TG_OP <> 'DELETE' AND NEW.legacy_membership_id IS NOT NULL AND (TG_OP = 'INSERT' OR NEW.legacy_membership_id IS DISTINCT FROM OLD.legacy_membership_id) THEN
        PERFORM copy_what_became_of(NEW.legacy_membership_id);
    END IF;
    RETURN NULL;
END $$;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE FUNCTION submission_of_legacy_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM copy_what_became_of(r.legacy_membership_id) FROM reservations r
    WHERE r.current_submission_id = NEW.id AND r.legacy_membership_id IS NOT NULL;
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER reservations_of_legacy AFTER INSERT OR DELETE ON reservations FOR EACH ROW EXECUTE FUNCTION reservation_of_legacy_changed();
CREATE TRIGGER reservations_of_legacy_change AFTER UPDATE ON reservations FOR EACH ROW
    WHEN (OLD.ended_at IS DISTINCT FROM NEW.ended_at OR OLD.legacy_membership_id IS DISTINCT FROM NEW.legacy_membership_id
        OR OLD.current_submission_id IS DISTINCT FROM NEW.current_submission_id)
    EXECUTE FUNCTION reservation_of_legacy_changed();
CREATE TRIGGER submissions_of_legacy AFTER UPDATE OF status ON submissions FOR EACH ROW
    WHEN ((OLD.status = 'approved') <> (NEW.status = 'approved')) EXECUTE FUNCTION submission_of_legacy_changed();

-- The worklist is an index, and its total is counted in it.
CREATE INDEX legacy_memberships_work_idx ON legacy_memberships (next_billing_key, id, location_id) WHERE approved_here AND NOT cancelled_there;
-- What totals filter by. Many rows have one entry together, so that the whole of it is looked at in less than reading a tenth of the list.
CREATE INDEX legacy_memberships_count_idx ON legacy_memberships (location_id, state, migrated, source, next_billing_on);
-- In the order in which a counter shows them.
CREATE INDEX legacy_memberships_counter_idx ON legacy_memberships (location_id, migrated, cancelled_there, name_key, id);

CREATE OR REPLACE VIEW legacy_worklist AS
SELECT l.id AS legacy_membership_id, l.location_id, l.next_billing_key, c.reservation_id, c.approved_at
FROM legacy_memberships l
CROSS JOIN LATERAL (
    SELECT r.id AS reservation_id, s.status_changed_at AS approved_at
    FROM reservations r JOIN submissions s ON s.id = r.current_submission_id AND s.status = 'approved'
    WHERE r.legacy_membership_id = l.id
    ORDER BY r.live DESC, r.id DESC LIMIT 1) c
WHERE l.approved_here AND NOT l.cancelled_there;

-- Which of some memberships share a plate, an address or a number with another live one of their location: a reason that staff can set aside
-- once they have seen it, by id. What people of one name share is no reason, unless it is the plate. All their keys are looked up at once.
-- +goose StatementBegin
CREATE FUNCTION legacy_duplicates(ids uuid[]) RETURNS jsonb LANGUAGE sql STABLE
    SET enable_seqscan = off SET jit = off SET work_mem = '32MB' AS $$
    WITH own AS MATERIALIZED (
        SELECT l.id, l.location_id, l.name_key, k.key
        FROM legacy_memberships l CROSS JOIN LATERAL unnest(l.keys) k (key)
        WHERE l.id = ANY (ids) AND left(k.key, 2) IN ('p:', 'e:', 't:')
    ), live AS MATERIALIZED (
        SELECT x.id, x.location_id, x.name_key, x.keys FROM legacy_memberships x
        WHERE array_to_tsvector(x.keys) @@ (SELECT key_query(array_agg(DISTINCT o.key), '') FROM own o) AND NOT x.cancelled_there
    ), shared AS (
        SELECT o.id, (ARRAY['DUPLICATE_PLATE', 'DUPLICATE_EMAIL', 'DUPLICATE_PHONE'])[min(array_position(ARRAY['p:', 'e:', 't:'], left(o.key, 2)))] AS duplicate
        FROM live x CROSS JOIN LATERAL unnest(x.keys) k (key)
        JOIN own o ON o.key = k.key AND o.location_id = x.location_id AND o.id <> x.id AND (left(o.key, 2) = 'p:' OR o.name_key <> x.name_key)
        GROUP BY o.id
    )
    SELECT coalesce(jsonb_object_agg(s.id, s.duplicate), '{}') FROM shared s
$$;
-- +goose StatementEnd

-- Why a membership would not be invited ('' where it would), but for a discount that ends: whether it has, the clock decides.
DROP VIEW legacy_invitables;
CREATE VIEW legacy_invitables AS
SELECT l.id AS legacy_membership_id, l.location_id, o.plan_id, o.price_minor, o.anchor_day,
    CASE WHEN EXISTS (SELECT FROM reservations r WHERE r.legacy_membership_id = l.id AND r.live) THEN 'MIGRATED'
         WHEN l.state IN ('cancelled', 'recorded') THEN 'CANCELLED_THERE'
         WHEN EXISTS (SELECT FROM reservations r JOIN submissions b ON b.id = r.current_submission_id AND b.status = 'approved'
                      WHERE r.legacy_membership_id = l.id) THEN 'ENDED_HERE'
         WHEN EXISTS (SELECT FROM invitations i WHERE i.legacy_membership_id = l.id AND i.status IN ('pending', 'sent')) THEN 'ALREADY_INVITED'
         WHEN l.email IS NULL THEN 'NO_EMAIL'
         WHEN NOT o.offered THEN 'NO_PLAN'
         WHEN l.period <> 'monthly' THEN 'NOT_MONTHLY'
         WHEN o.anchor_day IS NULL THEN 'NO_BILLING_DATE'
         WHEN l.ends_on <= l.next_billing_on THEN 'ENDS_THERE'
         WHEN o.price_minor IS NULL THEN 'NO_PRICE'
         ELSE '' END AS skip,
    o.discount_until, z.time_zone
FROM legacy_memberships l
JOIN legacy_carried o ON o.id = l.id
JOIN locations z ON z.id = l.location_id;
GRANT SELECT ON legacy_invitables TO carryover_app;

-- Who at a location has one of some keys: by the index, whatever the planner takes them for.
-- +goose StatementBegin
CREATE FUNCTION legacy_with_keys(at uuid, wanted tsquery) RETURNS SETOF uuid LANGUAGE sql STABLE ROWS 20
    SET enable_seqscan = off SET jit = off SET work_mem = '32MB' AS $$
    SELECT f.id FROM (SELECT x.id, x.location_id FROM legacy_memberships x WHERE array_to_tsvector(x.keys) @@ wanted OFFSET 0) f WHERE f.location_id = at
$$;
-- +goose StatementEnd

-- The first of a location's memberships in the order of a counter: those with all of some words as beginnings of words of the name. A name
-- that few have is looked up; one that many have is met soon enough on a walk along the names, which reads no rows but those that it finds.
-- +goose StatementBegin
CREATE FUNCTION legacy_named(at uuid, words text[], wanted tsquery, most integer) RETURNS SETOF uuid LANGUAGE plpgsql STABLE ROWS 20
    SET enable_seqscan = off SET enable_sort = off SET jit = off SET work_mem = '32MB' AS $$
DECLARE
    few CONSTANT integer := 3000;
    patterns CONSTANT text[] := ARRAY(SELECT '% ' || word || '%' FROM unnest(words) word);
    found CONSTANT uuid[] := (SELECT coalesce(array_agg(f.id ORDER BY f.migrated, f.cancelled_there, f.name_key, f.id), '{}')
        FROM (SELECT * FROM legacy_memberships x WHERE x.location_id = at AND array_to_tsvector(x.keys) @@ wanted LIMIT few) f);
BEGIN
    IF cardinality(found) < few THEN
        RETURN QUERY SELECT unnest(found[1:most]);
    ELSE
        RETURN QUERY SELECT w.id
            FROM (SELECT x.id FROM legacy_memberships x WHERE x.location_id = at AND ' ' || x.name_key LIKE ALL (patterns)
                  ORDER BY x.migrated, x.cancelled_there, x.name_key, x.id OFFSET 0) w
            WHERE EXISTS (SELECT FROM legacy_memberships y WHERE y.id = w.id AND array_to_tsvector(y.keys) @@ wanted OFFSET 0)
            LIMIT most;
    END IF;
END $$;
-- +goose StatementEnd
