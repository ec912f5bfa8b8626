-- What is sold, where, by whom, to whom.
--
-- Times are always written by the program (its clock can be moved in a demo), so no column defaults to now().
-- Amounts are integers in the minor unit of the currency that stands beside them.

-- +goose Up

CREATE DOMAIN currency_code AS text CONSTRAINT currency_code_is_iso4217 CHECK (VALUE ~ '^[A-Z]{3}$');
CREATE DOMAIN minor_amount AS bigint CONSTRAINT minor_amount_is_sane CHECK (VALUE >= 0 AND VALUE <= 99999999);
COMMENT ON DOMAIN minor_amount IS 'An amount in the minor unit. 99999999 is the most that Stripe charges at once.';

CREATE TYPE plan_kind AS ENUM ('studio', 'membership');
CREATE TYPE plan_cadence AS ENUM ('monthly', 'hourly');
CREATE TYPE staff_role AS ENUM ('admin', 'manager', 'attendant');
CREATE TYPE message_language AS ENUM ('en', 'es');

CREATE TABLE staff (
    id             uuid PRIMARY KEY,
    email          text NOT NULL CONSTRAINT staff_email_is_lower CHECK (email = lower(email) AND email LIKE '%_@_%'),
    name           text NOT NULL CONSTRAINT staff_name_is_set CHECK (btrim(name) <> ''),
    role           staff_role NOT NULL,
    password_hash  text NOT NULL,
    created_at     timestamptz NOT NULL,
    deactivated_at timestamptz,
    CONSTRAINT staff_email_key UNIQUE (email)
);

CREATE TABLE sign_ins (
    id         uuid PRIMARY KEY,
    staff_id   uuid NOT NULL REFERENCES staff,
    token_hash bytea NOT NULL CONSTRAINT sign_ins_token_hash_is_sha256 CHECK (length(token_hash) = 32),
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz,
    ip         inet,
    user_agent text NOT NULL DEFAULT '',
    CONSTRAINT sign_ins_token_hash_key UNIQUE (token_hash)
);
CREATE INDEX sign_ins_staff_id_idx ON sign_ins (staff_id);

CREATE TABLE locations (
    id               uuid PRIMARY KEY,
    slug             text NOT NULL CONSTRAINT locations_slug_is_plain CHECK (slug ~ '^[a-z0-9][a-z0-9-]*$'),
    name             text NOT NULL CONSTRAINT locations_name_is_set CHECK (btrim(name) <> ''),
    time_zone        text NOT NULL,
    currency         currency_code NOT NULL,
    language         message_language NOT NULL DEFAULT 'en',
    sender_name      text NOT NULL,
    reply_to         text,
    staff_contact_id uuid REFERENCES staff,
    created_at       timestamptz NOT NULL,
    CONSTRAINT locations_slug_key UNIQUE (slug),
    CONSTRAINT locations_id_currency_key UNIQUE (id, currency)
);

CREATE TABLE staff_locations (
    staff_id    uuid NOT NULL REFERENCES staff,
    location_id uuid NOT NULL REFERENCES locations,
    PRIMARY KEY (staff_id, location_id)
);

-- The one place that says whose people a staff member may see and touch. Every query of a staff member joins it, so a
-- change of role or a deactivation holds from the next statement on.
CREATE VIEW managed_locations AS
SELECT s.id AS staff_id, l.id AS location_id
FROM staff s
JOIN locations l ON s.role = 'admin'
    OR (s.role = 'manager' AND EXISTS (
        SELECT FROM staff_locations sl WHERE sl.staff_id = s.id AND sl.location_id = l.id))
WHERE s.deactivated_at IS NULL;

CREATE TABLE plans (
    id               uuid PRIMARY KEY,
    location_id      uuid NOT NULL,
    kind             plan_kind NOT NULL,
    cadence          plan_cadence NOT NULL,
    name             text NOT NULL CONSTRAINT plans_name_is_set CHECK (btrim(name) <> ''),
    currency         currency_code NOT NULL,
    card_price_minor minor_amount NOT NULL,
    ach_price_minor  minor_amount,
    created_at       timestamptz NOT NULL,
    archived_at      timestamptz,
    CONSTRAINT plans_location_name_key UNIQUE (location_id, name),
    CONSTRAINT plans_currency_is_the_locations FOREIGN KEY (location_id, currency) REFERENCES locations (id, currency),
    CONSTRAINT plans_ach_is_usd CHECK (ach_price_minor IS NULL OR currency = 'USD'),
    CONSTRAINT plans_id_location_currency_key UNIQUE (id, location_id, currency)
);

CREATE TABLE insurance_plans (
    id          uuid PRIMARY KEY,
    name        text NOT NULL CONSTRAINT insurance_plans_name_key UNIQUE CHECK (btrim(name) <> ''),
    currency    currency_code NOT NULL,
    price_minor minor_amount NOT NULL,
    created_at  timestamptz NOT NULL,
    archived_at timestamptz,
    CONSTRAINT insurance_plans_id_currency_key UNIQUE (id, currency)
);

CREATE TABLE insurance_plan_locations (
    insurance_plan_id uuid NOT NULL,
    location_id       uuid NOT NULL,
    currency          currency_code NOT NULL,
    PRIMARY KEY (insurance_plan_id, location_id),
    CONSTRAINT insurance_plan_locations_full_key UNIQUE (insurance_plan_id, location_id, currency),
    FOREIGN KEY (insurance_plan_id, currency) REFERENCES insurance_plans (id, currency),
    FOREIGN KEY (location_id, currency) REFERENCES locations (id, currency)
);

CREATE TABLE terms_versions (
    id          uuid PRIMARY KEY,
    location_id uuid NOT NULL REFERENCES locations,
    language    message_language NOT NULL,
    version     integer NOT NULL CHECK (version > 0),
    body        text NOT NULL CHECK (btrim(body) <> ''),
    body_sha256 bytea NOT NULL,
    created_at  timestamptz NOT NULL,
    CONSTRAINT terms_versions_location_language_version_key UNIQUE (location_id, language, version),
    CONSTRAINT terms_versions_hash_is_the_bodys CHECK (body_sha256 = sha256(convert_to(body, 'UTF8')))
);

CREATE TABLE tenants (
    id                   uuid PRIMARY KEY,
    email                text CONSTRAINT tenants_email_is_lower CHECK (email = lower(email) AND email LIKE '%_@_%'),
    name                 text NOT NULL CONSTRAINT tenants_name_is_set CHECK (btrim(name) <> ''),
    phone                text CONSTRAINT tenants_phone_is_e164 CHECK (phone ~ '^\+[1-9][0-9]{6,14}$'),
    phone_consent_at     timestamptz,
    phone_consent_source text,
    language             message_language,
    activated_at         timestamptz,
    created_at           timestamptz NOT NULL,
    CONSTRAINT tenants_email_key UNIQUE (email),
    CONSTRAINT tenants_consent_has_a_phone CHECK (phone_consent_at IS NULL OR phone IS NOT NULL)
);

-- Where a tenant is known. Staff find a tenant through it and through nothing else. known_as is the name that the location's
-- staff typed for somebody whom only another location knew: until the tenant submits here they see it in place of the record.
CREATE TABLE tenant_locations (
    tenant_id   uuid NOT NULL REFERENCES tenants,
    location_id uuid NOT NULL REFERENCES locations,
    known_as    text CONSTRAINT tenant_locations_known_as_is_set CHECK (btrim(known_as) <> ''),
    PRIMARY KEY (location_id, tenant_id)
);
CREATE INDEX tenant_locations_tenant_id_idx ON tenant_locations (tenant_id);

CREATE TABLE stripe_customers (
    tenant_id   uuid NOT NULL REFERENCES tenants,
    currency    currency_code NOT NULL,
    customer_id text NOT NULL CONSTRAINT stripe_customers_customer_id_key UNIQUE,
    created_at  timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, currency)
);

-- A person of the old system. Importing and matching fill it; an invitation or a counter migration points to it.
CREATE TABLE legacy_memberships (
    id                uuid PRIMARY KEY,
    location_id       uuid NOT NULL REFERENCES locations,
    source            text NOT NULL,
    source_id         text NOT NULL,
    name              text NOT NULL,
    email             text,
    phone             text,
    plate             text,
    rfid              text,
    member_number     text,
    plan_name         text NOT NULL DEFAULT '',
    price_minor       minor_amount,
    currency          currency_code NOT NULL,
    next_billing_on   date,
    paid_through      date,
    cancelled_there_at timestamptz,
    created_at        timestamptz NOT NULL,
    updated_at        timestamptz NOT NULL,
    CONSTRAINT legacy_memberships_source_key UNIQUE (source, source_id)
);
CREATE INDEX legacy_memberships_location_id_idx ON legacy_memberships (location_id);
