-- What the old list says for sure: discounts that end, people whose subscription here is over while the old plan goes on, cancellations that
-- a file contradicts, and rows that a file does not hold any more.

-- +goose Up

-- A discount that ends is never part of a price here, which has no end. discount_until is the first day without it, where that is later than
-- the next bill or nobody knows when that is: until that day nobody can say which price is carried over.
CREATE OR REPLACE VIEW legacy_carried AS
SELECT l.id, p.plan_id, p.price_override_minor, n.id IS NOT NULL AND n.archived_at IS NULL AND n.cadence = 'monthly' AS offered,
    coalesce(l.billing_day, extract(day FROM l.next_billing_on)::smallint) AS anchor_day,
    coalesce(p.price_override_minor::bigint, l.price_minor - CASE WHEN l.discount_ends_on IS NULL THEN coalesce(l.discount_minor, 0) ELSE 0 END) AS price_minor,
    CASE WHEN p.price_override_minor IS NULL AND l.discount_minor > 0 AND NOT coalesce(l.discount_ends_on <= l.next_billing_on, false)
         THEN l.discount_ends_on END AS discount_until
FROM legacy_memberships l
LEFT JOIN legacy_sources s ON s.location_id = l.location_id AND s.name = l.source
LEFT JOIN legacy_plans p ON p.source_id = s.id AND p.name = l.plan_name
LEFT JOIN plans n ON n.id = p.plan_id;

-- Whether a discount goes on past a moment.
-- +goose StatementBegin
CREATE FUNCTION discount_runs(until date, at timestamptz, time_zone text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE RETURN
    coalesce(until > (at AT TIME ZONE time_zone)::date, false);
-- +goose StatementEnd

-- The same, and why a membership would not be invited ('' where it would), but for a discount that ends: whether it has, the clock decides.
-- `duplicate` is a reason that staff can set aside once they have seen it: an address that is another person's as well, or a plate that is
-- there twice.
CREATE OR REPLACE VIEW legacy_invitables AS
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
    CASE WHEN EXISTS (SELECT FROM legacy_memberships x WHERE x.location_id = l.location_id AND x.id <> l.id AND x.state NOT IN ('cancelled', 'recorded')
                          AND array_to_tsvector(x.keys) @@ key_query(l.keys, 'p:')) THEN 'DUPLICATE_PLATE'
         WHEN EXISTS (SELECT FROM legacy_memberships x WHERE x.location_id = l.location_id AND x.id <> l.id AND x.state NOT IN ('cancelled', 'recorded')
                          AND x.name_key <> l.name_key AND array_to_tsvector(x.keys) @@ key_query(l.keys, 'e:')) THEN 'DUPLICATE_EMAIL'
         WHEN EXISTS (SELECT FROM legacy_memberships x WHERE x.location_id = l.location_id AND x.id <> l.id AND x.state NOT IN ('cancelled', 'recorded')
                          AND x.name_key <> l.name_key AND array_to_tsvector(x.keys) @@ key_query(l.keys, 't:')) THEN 'DUPLICATE_PHONE'
         ELSE '' END AS duplicate,
    o.discount_until, z.time_zone
FROM legacy_memberships l
JOIN legacy_carried o ON o.id = l.id
JOIN locations z ON z.id = l.location_id;

-- Why a membership would not be invited at a moment.
-- +goose StatementBegin
CREATE FUNCTION legacy_skip(skip text, discount_until date, at timestamptz, time_zone text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE RETURN
    CASE WHEN skip = '' AND discount_runs(discount_until, at, time_zone) THEN 'DISCOUNT_ENDS' ELSE skip END;
-- +goose StatementEnd

-- Everybody whose subscription here was approved and whose old plan is still live there: two systems would bill. It stays so when the
-- subscription ends: then the old system goes on billing somebody who has left. An approval that was taken back is none.
CREATE OR REPLACE VIEW legacy_worklist AS
SELECT l.id AS legacy_membership_id, l.location_id, l.next_billing_key, r.id AS reservation_id, s.status_changed_at AS approved_at
FROM reservations r
JOIN submissions s ON s.id = r.current_submission_id AND s.status = 'approved'
JOIN legacy_memberships l ON l.id = r.legacy_membership_id
WHERE r.legacy_membership_id IS NOT NULL AND l.state NOT IN ('cancelled', 'recorded')
    AND (r.live OR NOT EXISTS (SELECT FROM reservations o JOIN submissions os ON os.id = o.current_submission_id AND os.status = 'approved'
                               WHERE o.legacy_membership_id = r.legacy_membership_id AND (o.live OR o.id > r.id)));

ALTER TABLE legacy_meetings ADD COLUMN mended boolean NOT NULL; -- by staff, in some column

-- What staff have recorded can be contradicted by a file and taken back by staff. What the list says is known meanwhile.
ALTER TABLE legacy_memberships
    ADD COLUMN listed_state    legacy_state,
    ADD COLUMN still_billed_on date,
    ADD COLUMN missing_from    uuid REFERENCES batches;
UPDATE legacy_memberships l SET listed_state = coalesce((
    SELECT e.before::legacy_state FROM events e
    WHERE e.subject_kind = 'legacy_membership' AND e.subject_id = l.id AND e.action = 'cancellation_recorded' ORDER BY e.id DESC LIMIT 1), 'active')
WHERE l.state = 'recorded';
ALTER TABLE legacy_memberships
    ADD CONSTRAINT legacy_memberships_recorded_was_listed CHECK ((state = 'recorded') = (listed_state IS NOT NULL) AND listed_state <> 'recorded'),
    ADD CONSTRAINT legacy_memberships_still_billed_is_recorded CHECK (still_billed_on IS NULL OR state = 'recorded');
COMMENT ON COLUMN legacy_memberships.listed_state IS 'Of a recorded cancellation: what the list says, which counts again once the recording is taken back';
COMMENT ON COLUMN legacy_memberships.still_billed_on IS 'Of a recorded cancellation: when the old system bills next by a file whose date has moved on since';
COMMENT ON COLUMN legacy_memberships.missing_from IS 'The first whole file of its source in which it stood no more, as an import; NULL once a file has it again';
CREATE INDEX legacy_memberships_missing_idx ON legacy_memberships (location_id, id) WHERE missing_from IS NOT NULL;
CREATE INDEX legacy_memberships_still_billed_idx ON legacy_memberships (location_id, id) WHERE still_billed_on IS NOT NULL;
INSERT INTO allowed_steps (subject, from_status, to_status)
SELECT 'legacy_membership', 'recorded', t FROM unnest(ARRAY['active', 'paused', 'past_due', 'cancelled']) t;
ALTER TABLE legacy_meetings ADD COLUMN still_billed boolean NOT NULL; -- although a cancellation is recorded
ALTER TYPE billing_alarm_kind ADD VALUE 'still_billed_there';

-- A partial file holds some of the list, so that what it does not hold is not missing. A refused row is known by its id, where that could be read.
ALTER TABLE legacy_imports
    ADD COLUMN partial boolean NOT NULL DEFAULT false,
    ADD COLUMN missing_rows integer CHECK (missing_rows >= 0);
COMMENT ON COLUMN legacy_imports.missing_rows IS 'How many of its source''s live memberships a whole file did not hold, once it is over';
ALTER TABLE legacy_refusals ADD COLUMN source_id text NOT NULL DEFAULT '';
CREATE INDEX legacy_refusals_source_id_idx ON legacy_refusals (batch_id, source_id) WHERE source_id <> '';

-- What files have shown of a column's dates and decimals, and how often: a few rows do not overrule what thousands have shown.
ALTER TABLE legacy_sources ADD COLUMN sights jsonb NOT NULL DEFAULT '{}';
COMMENT ON COLUMN legacy_sources.sights IS 'By heading: the way in which its cells are written, as the last file showed it, and how many of them did';
