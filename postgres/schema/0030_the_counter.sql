-- The counter: sessions of customers who stand at a location, and the migration of one, step by step.

-- +goose Up

ALTER TYPE event_subject ADD VALUE 'session';
ALTER TYPE event_subject ADD VALUE 'counter_migration';
CREATE TYPE session_stage AS ENUM ('pre_gate', 'migrating', 'migrated', 'closed');
CREATE TYPE counter_step AS ENUM ('match', 'contact', 'card', 'checkout', 'terms', 'done', 'discarded');
CREATE TYPE counter_card AS ENUM ('none', 'typing', 'reader_waits', 'on_file');
CREATE TYPE email_source AS ENUM ('legacy', 'text', 'typed');

-- At whose counter a staff member works: those of managed_locations, and where an attendant stands.
CREATE VIEW counter_locations AS
SELECT s.id AS staff_id, l.id AS location_id
FROM staff s
JOIN locations l ON s.role = 'admin'
    OR EXISTS (SELECT FROM staff_locations sl WHERE sl.staff_id = s.id AND sl.location_id = l.id)
WHERE s.deactivated_at IS NULL;

CREATE TABLE sessions (
    id               uuid PRIMARY KEY,
    location_id      uuid NOT NULL REFERENCES locations,
    stage            session_stage NOT NULL,
    stage_changed_at timestamptz NOT NULL,
    opened_by        uuid NOT NULL REFERENCES staff,
    gate             text NOT NULL DEFAULT '',
    visit_key        text CONSTRAINT sessions_visit_key_is_set CHECK (visit_key <> ''),
    plate            text NOT NULL DEFAULT '',
    rfid             text NOT NULL DEFAULT '',
    plate_key        text NOT NULL DEFAULT '',
    rfid_key         text NOT NULL DEFAULT '',
    closed_reason    text NOT NULL DEFAULT '',
    opened_at        timestamptz NOT NULL,
    open             boolean NOT NULL GENERATED ALWAYS AS (stage IN ('pre_gate', 'migrating')) STORED,
    CONSTRAINT sessions_visit_key_key UNIQUE (location_id, visit_key),
    CONSTRAINT sessions_a_gate_has_a_key CHECK (gate = '' OR visit_key IS NOT NULL),
    CONSTRAINT sessions_closed_says_why CHECK (closed_reason = '' OR stage = 'closed')
);
COMMENT ON COLUMN sessions.gate IS 'The name of the API token of a gate that opened it, in which case opened_by is its owner';
COMMENT ON COLUMN sessions.plate_key IS 'The plate in the one spelling that legacy_memberships.keys has, without its kind';
-- The same car is not at a location twice.
CREATE UNIQUE INDEX sessions_one_open_plate ON sessions (location_id, plate_key) WHERE open AND plate_key <> '';
CREATE UNIQUE INDEX sessions_one_open_rfid ON sessions (location_id, rfid_key) WHERE open AND rfid_key <> '' AND plate_key = '';
CREATE INDEX sessions_location_idx ON sessions (location_id, id DESC);
CREATE INDEX sessions_open_idx ON sessions (location_id, id DESC) WHERE open;
CREATE INDEX sessions_open_since_idx ON sessions (opened_at) WHERE open;

CREATE TABLE counter_migrations (
    id                     uuid PRIMARY KEY,
    session_id             uuid NOT NULL REFERENCES sessions,
    location_id            uuid NOT NULL REFERENCES locations,
    started_by             uuid NOT NULL REFERENCES staff,
    started_at             timestamptz NOT NULL,
    step                   counter_step NOT NULL,
    step_changed_at        timestamptz NOT NULL,
    touched_at             timestamptz NOT NULL,
    legacy_membership_id   uuid REFERENCES legacy_memberships,
    plan_id                uuid REFERENCES plans,
    phone                  text NOT NULL DEFAULT '' CONSTRAINT counter_migrations_phone_is_e164 CHECK (phone = '' OR phone ~ '^\+[1-9][0-9]{6,14}$'),
    email                  text NOT NULL DEFAULT '' CONSTRAINT counter_migrations_email_is_lower CHECK (email = '' OR (email = lower(email) AND email LIKE '%_@_%')),
    email_source           email_source,
    text_asked_at          timestamptz,
    text_delivery_id       uuid REFERENCES deliveries,
    texts                  smallint NOT NULL DEFAULT 0,
    text_reply             text NOT NULL DEFAULT '',
    tenant_id              uuid REFERENCES tenants,
    card                   counter_card NOT NULL DEFAULT 'none',
    reader_id              text,
    stripe_setup_intent_id text,
    card_label             text NOT NULL DEFAULT '',
    card_problem           text NOT NULL DEFAULT '',
    type_card              boolean NOT NULL DEFAULT false,
    next_billing_on        date,
    language               message_language NOT NULL DEFAULT 'en',
    submission_id          uuid REFERENCES submissions,
    receipt_by_email       boolean NOT NULL DEFAULT false,
    receipt_by_text        boolean NOT NULL DEFAULT false,
    live                   boolean NOT NULL GENERATED ALWAYS AS (step NOT IN ('done', 'discarded')) STORED,
    CONSTRAINT counter_migrations_match_comes_first CHECK (step IN ('match', 'discarded') OR legacy_membership_id IS NOT NULL),
    CONSTRAINT counter_migrations_contact_comes_second CHECK (step IN ('match', 'contact', 'discarded') OR tenant_id IS NOT NULL),
    CONSTRAINT counter_migrations_card_comes_third CHECK (step IN ('match', 'contact', 'card', 'discarded') OR card = 'on_file'),
    CONSTRAINT counter_migrations_done_has_a_submission CHECK ((step = 'done') = (submission_id IS NOT NULL)),
    CONSTRAINT counter_migrations_email_has_a_source CHECK ((email = '') = (email_source IS NULL)),
    CONSTRAINT counter_migrations_asked_has_a_phone CHECK (text_asked_at IS NULL OR phone <> ''),
    CONSTRAINT counter_migrations_waits_at_a_reader CHECK (card <> 'reader_waits' OR reader_id IS NOT NULL),
    CONSTRAINT counter_migrations_card_has_an_intent CHECK (card = 'none' OR stripe_setup_intent_id IS NOT NULL)
);
COMMENT ON COLUMN counter_migrations.id IS 'It becomes the id of the invitation that agreeing makes and claims, so that what Stripe holds names one thing from the start';
COMMENT ON COLUMN counter_migrations.plan_id IS 'What the attendant chose where the old plan is not mapped';
COMMENT ON COLUMN counter_migrations.next_billing_on IS 'The old system''s next billing date as its screen showed it at checkout, where the list''s was over';
COMMENT ON COLUMN counter_migrations.type_card IS 'A reader gave no card that can be charged later';
CREATE UNIQUE INDEX counter_migrations_one_of_a_session ON counter_migrations (session_id) WHERE live;
CREATE INDEX counter_migrations_session_idx ON counter_migrations (session_id, id DESC);
-- Two attendants do not migrate one membership, a reader asks for one customer's card, and an answer belongs to one customer.
CREATE UNIQUE INDEX counter_migrations_one_of_a_membership ON counter_migrations (legacy_membership_id) WHERE live AND legacy_membership_id IS NOT NULL;
CREATE UNIQUE INDEX counter_migrations_one_at_a_reader ON counter_migrations (reader_id) WHERE live AND card = 'reader_waits';
CREATE UNIQUE INDEX counter_migrations_one_asks_a_phone ON counter_migrations (phone) WHERE live AND text_asked_at IS NOT NULL;

ALTER TABLE deliveries
    ADD COLUMN counter_migration_id uuid REFERENCES counter_migrations,
    DROP CONSTRAINT deliveries_has_a_recipient,
    ADD CONSTRAINT deliveries_has_a_recipient CHECK (
        num_nonnulls(tenant_id, staff_id, counter_migration_id) = 1 AND (counter_migration_id IS NOT NULL) = (purpose = 'email_request'));
COMMENT ON COLUMN deliveries.counter_migration_id IS 'Whom an EMAIL_REQUEST is to: a customer who has no account yet';

-- Whoever watches a session, or a location's sessions, hears of each change, from whichever process.
-- +goose StatementBegin
CREATE FUNCTION tell_of_session() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('carryover_batch', NEW.id::text), pg_notify('carryover_batch', NEW.location_id::text);
    RETURN NULL;
END $$;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE FUNCTION tell_of_counter_migration() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('carryover_batch', NEW.session_id::text), pg_notify('carryover_batch', NEW.location_id::text);
    RETURN NULL;
END $$;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE FUNCTION tell_of_counter_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('carryover_batch', c.session_id::text) FROM counter_migrations c WHERE c.id = NEW.counter_migration_id;
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER sessions_tell AFTER INSERT OR UPDATE ON sessions FOR EACH ROW EXECUTE FUNCTION tell_of_session();
CREATE TRIGGER counter_migrations_tell AFTER INSERT OR UPDATE ON counter_migrations FOR EACH ROW EXECUTE FUNCTION tell_of_counter_migration();
CREATE TRIGGER deliveries_tell_the_counter AFTER UPDATE OF status ON deliveries FOR EACH ROW
    WHEN (NEW.counter_migration_id IS NOT NULL) EXECUTE FUNCTION tell_of_counter_text();

GRANT SELECT ON counter_locations TO carryover_app;
GRANT SELECT, INSERT, UPDATE ON sessions, counter_migrations TO carryover_app;
