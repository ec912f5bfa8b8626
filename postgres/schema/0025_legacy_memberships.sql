-- The old system's list: where it comes from, the files that bring it, and what stands in it.

-- +goose Up

ALTER TYPE event_subject ADD VALUE 'legacy_membership';
CREATE TYPE legacy_state AS ENUM ('active', 'paused', 'past_due', 'cancelled', 'recorded');
CREATE TYPE legacy_period AS ENUM ('monthly', 'weekly', 'quarterly', 'yearly', 'other');

-- One old system at one location: how its files are read and what its plans are called here, said once.
CREATE TABLE legacy_sources (
    id            uuid PRIMARY KEY,
    location_id   uuid NOT NULL REFERENCES locations,
    name          text NOT NULL CONSTRAINT legacy_sources_name_is_set CHECK (btrim(name) <> ''),
    headers       text[] NOT NULL DEFAULT '{}',
    fields        text[] NOT NULL DEFAULT '{}',
    date_order    text NOT NULL DEFAULT '' CONSTRAINT legacy_sources_date_order_is_known CHECK (date_order IN ('', 'day_first', 'month_first')),
    decimal_mark  text NOT NULL DEFAULT '' CONSTRAINT legacy_sources_decimal_mark_is_known CHECK (decimal_mark IN ('', '.', ',')),
    region        text NOT NULL DEFAULT '' CONSTRAINT legacy_sources_region_is_iso3166 CHECK (region = '' OR region ~ '^[A-Z]{2}$'),
    created_at    timestamptz NOT NULL,
    updated_at    timestamptz NOT NULL,
    CONSTRAINT legacy_sources_name_key UNIQUE (location_id, name),
    CONSTRAINT legacy_sources_headers_have_fields CHECK (cardinality(headers) = cardinality(fields))
);
COMMENT ON COLUMN legacy_sources.headers IS 'Headings as they stand in the file, each with what its column holds in fields, or with nothing for one that is not taken';

-- What an old plan is called here. Every name that a file brought has a row; staff say once which plan it becomes.
CREATE TABLE legacy_plans (
    source_id            uuid NOT NULL REFERENCES legacy_sources,
    name                 text NOT NULL,
    plan_id              uuid REFERENCES plans,
    price_override_minor minor_amount,
    mapped_by            uuid REFERENCES staff,
    mapped_at            timestamptz,
    PRIMARY KEY (source_id, name),
    CONSTRAINT legacy_plans_mapped_is_said CHECK ((plan_id IS NULL) = (mapped_at IS NULL)),
    CONSTRAINT legacy_plans_price_is_of_a_plan CHECK (price_override_minor IS NULL OR plan_id IS NOT NULL)
);

ALTER TABLE legacy_memberships
    ADD COLUMN unit                     text NOT NULL DEFAULT '',
    ADD COLUMN emails                   text[] NOT NULL DEFAULT '{}',
    ADD COLUMN phones                   text[] NOT NULL DEFAULT '{}',
    ADD COLUMN discount_minor           minor_amount,
    ADD COLUMN discount_ends_on         date,
    ADD COLUMN billing_day              smallint CONSTRAINT legacy_memberships_billing_day_is_a_day CHECK (billing_day BETWEEN 1 AND 31),
    ADD COLUMN period                   legacy_period NOT NULL DEFAULT 'monthly',
    ADD COLUMN ends_on                  date,
    ADD COLUMN state                    legacy_state NOT NULL DEFAULT 'active',
    ADD COLUMN state_said               text NOT NULL DEFAULT '',
    ADD COLUMN cancellation_by          uuid REFERENCES staff,
    ADD COLUMN cancellation_recorded_at timestamptz,
    ADD COLUMN cancellation_evidence    text NOT NULL DEFAULT '',
    ADD COLUMN mended                   text[] NOT NULL DEFAULT '{}',
    ADD COLUMN batch_id                 uuid REFERENCES batches,
    ADD COLUMN line                     integer,
    ADD COLUMN name_key                 text COLLATE "C" NOT NULL DEFAULT '',
    ADD COLUMN keys                     text[] NOT NULL DEFAULT '{}',
    ADD COLUMN next_billing_key         date NOT NULL GENERATED ALWAYS AS (coalesce(next_billing_on, date '9999-12-31')) STORED,
    DROP CONSTRAINT legacy_memberships_source_key,
    ADD CONSTRAINT legacy_memberships_source_key UNIQUE (location_id, source, source_id),
    ADD CONSTRAINT legacy_memberships_cancelled_has_a_day CHECK (state NOT IN ('cancelled', 'recorded') OR cancelled_there_at IS NOT NULL),
    ADD CONSTRAINT legacy_memberships_recorded_is_evidenced CHECK (
        (state = 'recorded') = (cancellation_recorded_at IS NOT NULL AND cancellation_by IS NOT NULL AND cancellation_evidence <> ''));
UPDATE legacy_memberships SET state = 'cancelled' WHERE cancelled_there_at IS NOT NULL;
COMMENT ON COLUMN legacy_memberships.email IS 'The first of emails, as phone is of phones';
COMMENT ON COLUMN legacy_memberships.mended IS 'Columns that staff have mended by hand: a file does not change them any more';
COMMENT ON COLUMN legacy_memberships.batch_id IS 'The import that held it last, in this line: what the newest file does not hold has an older one';
COMMENT ON COLUMN legacy_memberships.keys IS 'What it is found by, each with its kind before it: p:8ABC123 of a plate, r: of an RFID, m: of a member number, t: of a phone, e: of an email, n: of each word of the name';

-- A name comes before the unique key's index where whole locations are listed.
DROP INDEX legacy_memberships_location_id_idx;
CREATE INDEX legacy_memberships_keys_idx ON legacy_memberships USING gin (array_to_tsvector(keys));
CREATE INDEX legacy_memberships_next_billing_idx ON legacy_memberships (next_billing_key, id);
CREATE INDEX legacy_memberships_name_idx ON legacy_memberships (name_key, id);
CREATE INDEX reservations_legacy_membership_id_idx ON reservations (legacy_membership_id) WHERE legacy_membership_id IS NOT NULL;
CREATE INDEX invitations_legacy_membership_id_idx ON invitations (legacy_membership_id) WHERE legacy_membership_id IS NOT NULL;

-- A file on its way in, as it came. It is kept in pieces so that neither side ever holds the whole of it.
CREATE TABLE uploads (
    id           uuid PRIMARY KEY,
    staff_id     uuid NOT NULL REFERENCES staff,
    name         text NOT NULL,
    size         bigint NOT NULL DEFAULT 0 CHECK (size >= 0),
    sha256       bytea CONSTRAINT uploads_sha256_is_one CHECK (length(sha256) = 32),
    encoding     text NOT NULL DEFAULT '',
    created_at   timestamptz NOT NULL,
    completed_at timestamptz,
    CONSTRAINT uploads_complete_is_summed CHECK ((completed_at IS NULL) = (sha256 IS NULL))
);
CREATE TABLE upload_pieces (
    upload_id uuid NOT NULL REFERENCES uploads ON DELETE CASCADE,
    piece     integer NOT NULL CHECK (piece >= 0),
    data      bytea NOT NULL,
    PRIMARY KEY (upload_id, piece)
);
ALTER TABLE upload_pieces ALTER COLUMN data SET STORAGE EXTERNAL;

-- One import and how far it is. A piece of rows and the place where the next one begins are written in one transaction, so that
-- whoever goes on with it begins where the last commit ended.
CREATE TABLE legacy_imports (
    batch_id      uuid PRIMARY KEY REFERENCES batches,
    source_id     uuid NOT NULL REFERENCES legacy_sources,
    location_id   uuid NOT NULL REFERENCES locations,
    upload_id     uuid NOT NULL REFERENCES uploads,
    dry_run       boolean NOT NULL,
    canary        integer CHECK (canary > 0),
    reading       jsonb NOT NULL DEFAULT '{}',
    surveyed_at   timestamptz,
    next_byte     bigint NOT NULL DEFAULT 0,
    next_line     integer NOT NULL DEFAULT 0,
    created_rows  integer NOT NULL DEFAULT 0,
    updated_rows  integer NOT NULL DEFAULT 0,
    same_rows     integer NOT NULL DEFAULT 0,
    refused_rows  integer NOT NULL DEFAULT 0,
    looked_at_by  uuid REFERENCES staff,
    looked_at     timestamptz
);
CREATE INDEX legacy_imports_source_idx ON legacy_imports (source_id, batch_id DESC);
CREATE INDEX legacy_imports_upload_idx ON legacy_imports (upload_id);
COMMENT ON COLUMN legacy_imports.reading IS 'How the file is read, as found out or said: encoding, separator, headings, fields, order of dates, decimal marks';
COMMENT ON COLUMN legacy_imports.canary IS 'After so many rows it waits until somebody has looked at them (looked_at)';

-- The rows of a file that were not taken, whole, with what is wrong in each.
CREATE TABLE legacy_refusals (
    batch_id  uuid NOT NULL REFERENCES legacy_imports,
    line      integer NOT NULL,
    record    text[] NOT NULL,
    columns   text[] NOT NULL,
    found     text[] NOT NULL,
    wants     text[] NOT NULL CHECK (cardinality(wants) > 0),
    PRIMARY KEY (batch_id, line),
    CONSTRAINT legacy_refusals_are_parallel CHECK (cardinality(columns) = cardinality(wants) AND cardinality(found) = cardinality(wants))
);

-- The ids that a trial has met, since it leaves no memberships by which a second one would be known.
CREATE TABLE legacy_trial_ids (
    batch_id  uuid NOT NULL REFERENCES legacy_imports,
    source_id text NOT NULL,
    line      integer NOT NULL,
    PRIMARY KEY (batch_id, source_id)
);

-- The shape of a piece of rows on its way from the file. It stays empty: each transaction has one of its own in its place.
CREATE TABLE legacy_staging (
    line             integer NOT NULL,
    id               uuid NOT NULL,
    source_id        text NOT NULL,
    name             text NOT NULL,
    emails           text[] NOT NULL,
    phones           text[] NOT NULL,
    plate            text,
    rfid             text,
    member_number    text,
    unit             text NOT NULL,
    plan_name        text NOT NULL,
    price_minor      bigint,
    discount_minor   bigint,
    discount_ends_on date,
    next_billing_on  date,
    billing_day      smallint,
    paid_through     date,
    ends_on          date,
    period           text NOT NULL,
    state            text NOT NULL,
    state_said       text NOT NULL,
    cancelled_on     date,
    name_key         text NOT NULL,
    keys             text[] NOT NULL,
    -- of the membership that has this id already: the file's own line if an earlier line has it, and whether this row changes it
    met_id           uuid,
    met_line         integer,
    met_state        text,
    changes          boolean NOT NULL DEFAULT false
);
-- +goose StatementBegin
CREATE FUNCTION stage_legacy() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    CREATE TEMPORARY TABLE legacy_staging (LIKE public.legacy_staging INCLUDING DEFAULTS) ON COMMIT DROP;
END $$;
-- +goose StatementEnd

GRANT SELECT, INSERT, UPDATE ON legacy_sources, legacy_plans, legacy_imports TO carryover_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON uploads TO carryover_app;
GRANT SELECT, INSERT, DELETE ON upload_pieces, legacy_trial_ids TO carryover_app;
GRANT SELECT, INSERT ON legacy_refusals TO carryover_app;
GRANT SELECT ON legacy_staging TO carryover_app;
