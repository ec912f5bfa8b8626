-- What staff look through after an invitation: submissions at any size, reservations, what waits too long, and what was done by whom.

-- +goose Up

CREATE INDEX reservations_tenant_id_idx ON reservations (tenant_id);
CREATE INDEX reservations_current_submission_idx ON reservations (current_submission_id);

-- When a batch got on last, so that one which stands still shows.
ALTER TABLE batches ADD COLUMN settled_at timestamptz;
COMMENT ON COLUMN batches.settled_at IS 'When its counts were seen to change last; NULL before that';
CREATE INDEX batches_unfinished_idx ON batches (created_at) WHERE finished_at IS NULL;

-- What waits is found by how long it does, whatever else there is.
CREATE INDEX submissions_waiting_idx ON submissions (status, status_changed_at) WHERE status NOT IN ('approved', 'undone');
CREATE INDEX deliveries_standing_idx ON deliveries (created_at) WHERE status IN ('queued', 'sending') AND batch_id IS NULL;

-- The newest first, of a location, of everything, and of one who did it. `at` goes before the id: a demo's clock moves the one
-- and not the other.
DROP INDEX events_location_idx;
CREATE INDEX events_location_idx ON events (location_id, at DESC, id DESC);
CREATE INDEX events_at_idx ON events (at DESC, id DESC);
CREATE INDEX events_actor_idx ON events (actor_id, at DESC, id DESC) WHERE actor_id IS NOT NULL;

-- The list of submissions, as that of invitations (0007): what it sorts and searches by stands in the row. The prices are those
-- that were offered when the tenant submitted; -1 stands for one that was not. The names follow what they are copies of. Whoever
-- has submitted at a location is shown by their record there.
DROP TRIGGER submissions_evidence ON submissions;
ALTER TABLE submissions
    ADD COLUMN tenant_key text COLLATE "C" NOT NULL DEFAULT '',
    ADD COLUMN plan_key text COLLATE "C" NOT NULL DEFAULT '',
    ADD COLUMN location_key text COLLATE "C" NOT NULL DEFAULT '',
    ADD COLUMN search_text text COLLATE "C" NOT NULL DEFAULT '',
    ADD COLUMN card_key bigint NOT NULL DEFAULT -1,
    ADD COLUMN ach_key bigint NOT NULL DEFAULT -1,
    ADD COLUMN insurance_key bigint NOT NULL DEFAULT -1,
    ADD COLUMN waiting_key timestamptz NOT NULL GENERATED ALWAYS AS (
        CASE WHEN status IN ('waiting_for_bank_verification', 'ready_for_approval', 'approving', 'tenant_action_required')
            THEN status_changed_at ELSE timestamptz '9999-01-01 00:00:00+00' END) STORED;
ALTER TABLE submissions ALTER COLUMN search_text SET STATISTICS 1000;
COMMENT ON COLUMN submissions.search_text IS 'A blank before every word: one or two letters are searched as the beginning of one';
COMMENT ON COLUMN submissions.waiting_key IS 'Since when it waits in its state; far ahead where it waits no more';

-- +goose StatementBegin
CREATE FUNCTION copy_submission_for_list() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT left(fold(t.name), 120), left(fold(p.name), 120), left(fold(l.name), 120),
           ' ' || left(fold(concat_ws(' ', t.name, t.email, p.name, l.name)), 600)
    INTO STRICT NEW.tenant_key, NEW.plan_key, NEW.location_key, NEW.search_text
    FROM reservations r
    JOIN plans p ON p.id = r.plan_id
    JOIN tenants t ON t.id = NEW.tenant_id
    JOIN locations l ON l.id = NEW.location_id
    WHERE r.id = NEW.reservation_id;
    IF TG_OP = 'UPDATE' THEN
        NEW.waiting_key := OLD.waiting_key; -- generated only afterwards
        IF NEW IS NOT DISTINCT FROM OLD THEN
            RETURN NULL; -- a refresh that found nothing to change writes nothing
        END IF;
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER submissions_copy_for_list BEFORE INSERT OR UPDATE OF tenant_id ON submissions
    FOR EACH ROW EXECUTE FUNCTION copy_submission_for_list();
-- Of those that are there already: what the tenant agreed to pay is in the lines, the other method's price is the invitation's.
UPDATE submissions s SET tenant_id = s.tenant_id,
    card_key = coalesce(CASE s.payment_method_type WHEN 'card' THEN line.amount_minor END, i.card_key, -1),
    ach_key = coalesce(CASE s.payment_method_type WHEN 'us_bank_account' THEN line.amount_minor END, i.ach_key, -1),
    insurance_key = coalesce(insurance.amount_minor, -1)
FROM submissions o
LEFT JOIN quote_lines line ON line.submission_id = o.id AND line.kind = 'plan'
LEFT JOIN quote_lines insurance ON insurance.submission_id = o.id AND insurance.kind = 'insurance'
LEFT JOIN invitations i ON i.id = o.invitation_id
WHERE o.id = s.id;

-- The same rule as before; the trigger names the columns that may change, and a later step that adds one makes it anew.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION refuse_changed_evidence() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(OLD) - TG_ARGV IS DISTINCT FROM to_jsonb(NEW) - TG_ARGV THEN
        RAISE EXCEPTION 'what was submitted is evidence and is not changed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'submissions_evidence_is_kept';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER submissions_evidence BEFORE UPDATE ON submissions FOR EACH ROW EXECUTE FUNCTION refuse_changed_evidence(
    'status', 'status_reason', 'status_changed_at', 'stripe_mandate_id', 'waiting_key', 'tenant_key', 'plan_key', 'location_key', 'search_text');

-- One index for each order, which holds all that is filtered by and searched, so that a page is one look at it and at the page's rows
-- (0009).
DROP INDEX submissions_location_id_idx;
CREATE INDEX submissions_submitted_idx ON submissions (submitted_at, id, location_id, status, payment_method_type, waiting_key)
    INCLUDE (search_text);
CREATE INDEX submissions_tenant_key_idx ON submissions (tenant_key, id, location_id, status, payment_method_type, waiting_key)
    INCLUDE (submitted_at, search_text);
CREATE INDEX submissions_plan_key_idx ON submissions (plan_key, id, location_id, status, payment_method_type, waiting_key)
    INCLUDE (submitted_at, search_text);
CREATE INDEX submissions_location_key_idx ON submissions (location_key, id, location_id, status, payment_method_type, waiting_key)
    INCLUDE (submitted_at, search_text);
CREATE INDEX submissions_card_key_idx ON submissions (card_key, id, location_id, status, payment_method_type, waiting_key)
    INCLUDE (submitted_at, search_text);
CREATE INDEX submissions_ach_key_idx ON submissions (ach_key, id, location_id, status, payment_method_type, waiting_key)
    INCLUDE (submitted_at, search_text);
CREATE INDEX submissions_insurance_key_idx ON submissions (insurance_key, id, location_id, status, payment_method_type, waiting_key)
    INCLUDE (submitted_at, search_text);
CREATE INDEX submissions_anchor_day_idx ON submissions (anchor_day, id, location_id, status, payment_method_type, waiting_key)
    INCLUDE (submitted_at, search_text);
CREATE INDEX submissions_status_idx ON submissions (status, id, location_id, payment_method_type, waiting_key)
    INCLUDE (submitted_at, search_text);
CREATE INDEX submissions_total_idx ON submissions (monthly_total_minor, id, location_id, status, payment_method_type, waiting_key)
    INCLUDE (submitted_at, search_text);
CREATE INDEX submissions_waiting_key_idx ON submissions (waiting_key, id, location_id, status, payment_method_type)
    INCLUDE (submitted_at, search_text);
CREATE INDEX submissions_location_id_idx ON submissions (location_id, status, submitted_at, id, payment_method_type, waiting_key)
    INCLUDE (tenant_key, plan_key, location_key, card_key, ach_key, insurance_key, anchor_day, monthly_total_minor, search_text);
CREATE INDEX submissions_place_idx ON submissions (location_id, location_key, id, status, payment_method_type, waiting_key);
CREATE INDEX submissions_search_idx ON submissions USING gin (search_text gin_trgm_ops);
CREATE INDEX submissions_tenant_id_idx ON submissions (tenant_id);
CREATE INDEX submissions_invitation_id_idx ON submissions (invitation_id) WHERE invitation_id IS NOT NULL;
CREATE INDEX reservations_plan_id_idx ON reservations (plan_id);
ALTER TABLE submissions SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);

-- How many rows of a list match some conditions, as the planner sees it. Nothing but the functions below makes the conditions.
-- +goose StatementBegin
CREATE FUNCTION estimate_rows(listed text, conditions text) RETURNS bigint LANGUAGE plpgsql STRICT AS $$
DECLARE
    plan json;
BEGIN
    EXECUTE format('EXPLAIN (FORMAT JSON) SELECT FROM %I WHERE ', listed) || conditions INTO plan;
    RETURN plan #>> '{0,Plan,Plan Rows}';
END $$;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE FUNCTION estimate_submissions(location_ids uuid[], statuses text[], methods text[], waiting_since_before timestamptz,
    submitted_from timestamptz, submitted_before timestamptz, words text[]) RETURNS bigint LANGUAGE sql VOLATILE
    RETURN estimate_rows('submissions', concat_ws(' AND ', 'true',
        CASE WHEN location_ids <> '{}' THEN format('location_id = ANY (%L::uuid[])', location_ids) END,
        CASE WHEN statuses <> '{}' THEN format('status = ANY (%L::submission_status[])', statuses) END,
        CASE WHEN methods <> '{}' THEN format('payment_method_type = ANY (%L::payment_method_type[])', methods) END,
        'waiting_key < ' || quote_literal(waiting_since_before),
        'submitted_at >= ' || quote_literal(submitted_from), 'submitted_at < ' || quote_literal(submitted_before),
        CASE WHEN words <> '{}' THEN format('search_text LIKE ALL (%L::text[])', words) END));
-- +goose StatementEnd
