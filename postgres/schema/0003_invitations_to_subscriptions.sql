-- The life of one migration: invitation, reservation, submission, approval, subscription.

-- +goose Up

CREATE TYPE invitation_status AS ENUM ('pending', 'sent', 'claimed', 'revoked');
CREATE TYPE payment_method_type AS ENUM ('card', 'us_bank_account');
CREATE TYPE submission_status AS ENUM (
    'waiting_for_bank_verification', 'bank_verification_failed', 'ready_for_approval', 'approving',
    'tenant_action_required', 'approved', 'payment_failed', 'rejected', 'method_lost', 'undone');
CREATE TYPE signature_kind AS ENUM ('typed', 'drawn');
CREATE TYPE start_option AS ENUM ('current_month', 'next_month');
CREATE TYPE approval_outcome AS ENUM (
    'pending', 'approved', 'tenant_action_required', 'payment_failed', 'returned');
CREATE TYPE subscription_status AS ENUM (
    'incomplete', 'incomplete_expired', 'trialing', 'active', 'past_due', 'unpaid', 'paused', 'canceled');
CREATE TYPE quote_line_kind AS ENUM ('plan', 'insurance');

-- A reservation is the standing claim on plan and unit; it outlives every attempt to complete it. Its state is that of
-- its current submission and is therefore not written twice.
CREATE TABLE reservations (
    id                    uuid PRIMARY KEY,
    tenant_id             uuid NOT NULL REFERENCES tenants,
    location_id           uuid NOT NULL,
    plan_id               uuid NOT NULL,
    unit                  text NOT NULL DEFAULT '',
    currency              currency_code NOT NULL,
    legacy_membership_id  uuid REFERENCES legacy_memberships,
    current_submission_id uuid,
    created_at            timestamptz NOT NULL,
    ended_at              timestamptz,
    live                  boolean NOT NULL GENERATED ALWAYS AS (ended_at IS NULL) STORED,
    CONSTRAINT reservations_plan_fits_location FOREIGN KEY (plan_id, location_id, currency)
        REFERENCES plans (id, location_id, currency)
);
CREATE UNIQUE INDEX reservations_one_live_claim ON reservations (tenant_id, plan_id, lower(unit)) WHERE live;
CREATE UNIQUE INDEX reservations_one_live_legacy ON reservations (legacy_membership_id) WHERE live;
CREATE INDEX reservations_location_id_idx ON reservations (location_id, id);

CREATE TABLE invitations (
    id                        uuid PRIMARY KEY,
    tenant_id                 uuid NOT NULL REFERENCES tenants,
    location_id               uuid NOT NULL,
    plan_id                   uuid NOT NULL,
    unit                      text NOT NULL DEFAULT '',
    currency                  currency_code NOT NULL,
    insurance_plan_id         uuid,
    card_price_override_minor minor_amount,
    ach_price_override_minor  minor_amount,
    anchor_day                smallint NOT NULL CONSTRAINT invitations_anchor_day_is_a_day CHECK (anchor_day BETWEEN 1 AND 31),
    first_bill_on             date,
    legacy_membership_id      uuid REFERENCES legacy_memberships,
    status                    invitation_status NOT NULL,
    revision                  integer NOT NULL DEFAULT 1 CHECK (revision > 0),
    link_version              integer NOT NULL DEFAULT 1 CHECK (link_version > 0),
    link_expires_at           timestamptz NOT NULL,
    created_by                uuid NOT NULL REFERENCES staff,
    created_at                timestamptz NOT NULL,
    updated_at                timestamptz NOT NULL,
    email_sent_at             timestamptz,
    sms_sent_at               timestamptz,
    opened_at                 timestamptz,
    started_at                timestamptz,
    claimed_at                timestamptz,
    revoked_at                timestamptz,
    reservation_id            uuid REFERENCES reservations,
    successor_id              uuid REFERENCES invitations,
    CONSTRAINT invitations_plan_fits_location FOREIGN KEY (plan_id, location_id, currency)
        REFERENCES plans (id, location_id, currency),
    CONSTRAINT invitations_insurance_fits_location FOREIGN KEY (insurance_plan_id, location_id, currency)
        REFERENCES insurance_plan_locations (insurance_plan_id, location_id, currency),
    CONSTRAINT invitations_late_anchor_needs_legacy CHECK (anchor_day <= 28 OR legacy_membership_id IS NOT NULL),
    CONSTRAINT invitations_ach_is_usd CHECK (ach_price_override_minor IS NULL OR currency = 'USD'),
    CONSTRAINT invitations_sent_means_emailed CHECK (status <> 'sent' OR email_sent_at IS NOT NULL),
    CONSTRAINT invitations_claimed_has_reservation CHECK ((status = 'claimed') = (reservation_id IS NOT NULL)),
    CONSTRAINT invitations_claimed_at_is_set CHECK ((status = 'claimed') = (claimed_at IS NOT NULL)),
    CONSTRAINT invitations_revoked_at_is_set CHECK ((status = 'revoked') = (revoked_at IS NOT NULL))
);
CREATE UNIQUE INDEX invitations_one_live_offer ON invitations (tenant_id, plan_id, lower(unit)) WHERE status IN ('pending', 'sent');
CREATE INDEX invitations_location_id_idx ON invitations (location_id, id DESC);
CREATE INDEX invitations_reservation_id_idx ON invitations (reservation_id) WHERE reservation_id IS NOT NULL;

CREATE TABLE submissions (
    id                       uuid PRIMARY KEY,
    reservation_id           uuid NOT NULL REFERENCES reservations,
    invitation_id            uuid REFERENCES invitations,
    tenant_id                uuid NOT NULL REFERENCES tenants,
    location_id              uuid NOT NULL REFERENCES locations,
    status                   submission_status NOT NULL,
    status_reason            text NOT NULL DEFAULT '',
    status_changed_at        timestamptz NOT NULL,
    submitted_at             timestamptz NOT NULL,
    payment_method_type      payment_method_type NOT NULL,
    stripe_customer_id       text NOT NULL,
    stripe_setup_intent_id   text NOT NULL,
    stripe_payment_method_id text NOT NULL,
    stripe_mandate_id        text,
    method_label             text NOT NULL,
    currency                 currency_code NOT NULL,
    monthly_total_minor      minor_amount NOT NULL,
    anchor_day               smallint NOT NULL CHECK (anchor_day BETWEEN 1 AND 31),
    first_bill_on            date,
    quote_digest             bytea NOT NULL CHECK (length(quote_digest) = 32),
    terms_version_id         uuid NOT NULL REFERENCES terms_versions,
    terms_sha256             bytea NOT NULL,
    language                 message_language NOT NULL,
    signature_kind           signature_kind NOT NULL,
    signature_name           text NOT NULL CHECK (btrim(signature_name) <> ''),
    signature_image          bytea,
    signed_ip                inet,
    signed_user_agent        text NOT NULL DEFAULT '',
    CONSTRAINT submissions_setup_intent_key UNIQUE (stripe_setup_intent_id),
    CONSTRAINT submissions_bank_is_usd CHECK (payment_method_type <> 'us_bank_account' OR currency = 'USD'),
    CONSTRAINT submissions_drawn_has_image CHECK ((signature_kind = 'drawn') = (signature_image IS NOT NULL))
);
CREATE UNIQUE INDEX submissions_one_open ON submissions (reservation_id)
    WHERE status IN ('waiting_for_bank_verification', 'ready_for_approval', 'approving', 'tenant_action_required', 'approved');
CREATE INDEX submissions_location_id_idx ON submissions (location_id, id DESC);
CREATE INDEX submissions_reservation_id_idx ON submissions (reservation_id, id DESC);

ALTER TABLE reservations
    ADD CONSTRAINT reservations_current_submission_fkey FOREIGN KEY (current_submission_id) REFERENCES submissions;

-- What the tenant agreed to pay each month, line by line, frozen with the submission: rows are inserted and never changed.
CREATE TABLE quote_lines (
    submission_id     uuid NOT NULL REFERENCES submissions,
    position          smallint NOT NULL,
    kind              quote_line_kind NOT NULL,
    plan_id           uuid REFERENCES plans,
    insurance_plan_id uuid REFERENCES insurance_plans,
    description       text NOT NULL,
    amount_minor      minor_amount NOT NULL,
    currency          currency_code NOT NULL,
    PRIMARY KEY (submission_id, position),
    CONSTRAINT quote_lines_names_its_subject CHECK (
        (kind = 'plan' AND plan_id IS NOT NULL AND insurance_plan_id IS NULL)
        OR (kind = 'insurance' AND insurance_plan_id IS NOT NULL AND plan_id IS NULL))
);

-- One decision. What is asked of Stripe is frozen here before Stripe is asked, so that a second try says the same words
-- under the same key; `called_at` is the evidence that this try may have
-- reached Stripe, and `last_called_at` tells until when something of ours may still be on its way.
CREATE TABLE approvals (
    id                   uuid PRIMARY KEY,
    submission_id        uuid NOT NULL REFERENCES submissions,
    staff_id             uuid NOT NULL REFERENCES staff,
    option               start_option NOT NULL,
    due_today_minor      minor_amount NOT NULL,
    next_charge_on       date NOT NULL,
    monthly_total_minor  minor_amount NOT NULL,
    currency             currency_code NOT NULL,
    decided_at           timestamptz NOT NULL,
    not_before           timestamptz NOT NULL,
    deadline_at          timestamptz NOT NULL,
    backdate_at          timestamptz,
    anchor_at            timestamptz,
    try_number           integer NOT NULL DEFAULT 1 CHECK (try_number > 0),
    called_at            timestamptz,
    last_called_at       timestamptz,
    outcome              approval_outcome NOT NULL,
    outcome_reason       text NOT NULL DEFAULT '',
    outcome_at           timestamptz,
    CONSTRAINT approvals_outcome_at_is_set CHECK ((outcome = 'pending') = (outcome_at IS NULL)),
    CONSTRAINT approvals_deadline_follows_start CHECK (deadline_at > not_before)
);
CREATE UNIQUE INDEX approvals_one_in_hand ON approvals (submission_id)
    WHERE outcome IN ('pending', 'approved', 'tenant_action_required');
CREATE INDEX approvals_submission_id_idx ON approvals (submission_id, id DESC);
CREATE INDEX approvals_pending_idx ON approvals (not_before) WHERE outcome = 'pending';

CREATE TABLE subscriptions (
    id                     uuid PRIMARY KEY,
    reservation_id         uuid NOT NULL REFERENCES reservations,
    submission_id          uuid NOT NULL REFERENCES submissions,
    approval_id            uuid NOT NULL REFERENCES approvals,
    stripe_subscription_id text NOT NULL CONSTRAINT subscriptions_stripe_subscription_id_key UNIQUE,
    stripe_customer_id     text NOT NULL,
    status                 subscription_status NOT NULL,
    currency               currency_code NOT NULL,
    monthly_total_minor    minor_amount NOT NULL,
    started_at             timestamptz NOT NULL,
    next_charge_at         timestamptz,
    created_at             timestamptz NOT NULL,
    live                   boolean NOT NULL GENERATED ALWAYS AS (status NOT IN ('canceled', 'incomplete_expired')) STORED
);
CREATE UNIQUE INDEX subscriptions_one_live ON subscriptions (reservation_id) WHERE live;
CREATE INDEX subscriptions_submission_id_idx ON subscriptions (submission_id);
