-- A tenant's own account: signing in by a mailed link, another payment method, and the word that an address is another one.

-- +goose Up

ALTER TYPE delivery_purpose ADD VALUE 'sign_in';
ALTER TYPE delivery_purpose ADD VALUE 'account_notice';
CREATE TYPE email_correction_state AS ENUM ('pending', 'accepted', 'declined', 'replaced');
CREATE TYPE method_change_state AS ENUM ('pending', 'done', 'failed');

-- Whoever asks for a link, known here or not: both leave the same row and the same job, so that the answer says nothing and takes
-- as long. Rows are deleted after a day.
CREATE TABLE sign_in_requests (
    id           uuid PRIMARY KEY,
    email        text NOT NULL CONSTRAINT sign_in_requests_email_is_lower CHECK (email = lower(email) AND email LIKE '%_@_%'),
    language     message_language NOT NULL,
    requested_at timestamptz NOT NULL,
    handled_at   timestamptz
);
CREATE INDEX sign_in_requests_email_idx ON sign_in_requests (email, requested_at);
CREATE INDEX sign_in_requests_requested_at_idx ON sign_in_requests (requested_at);

-- A link opens the account once, and only while the account's address is still the one that it was mailed to.
CREATE TABLE tenant_sign_in_links (
    id          uuid PRIMARY KEY,
    tenant_id   uuid NOT NULL REFERENCES tenants,
    address     text NOT NULL,
    language    message_language NOT NULL,
    delivery_id uuid NOT NULL CONSTRAINT tenant_sign_in_links_delivery_key UNIQUE REFERENCES deliveries,
    key_id      text NOT NULL,
    token_hash  bytea NOT NULL CONSTRAINT tenant_sign_in_links_token_hash_is_sha256 CHECK (length(token_hash) = 32),
    created_at  timestamptz NOT NULL,
    expires_at  timestamptz NOT NULL,
    used_at     timestamptz,
    CONSTRAINT tenant_sign_in_links_token_hash_key UNIQUE (token_hash),
    CONSTRAINT tenant_sign_in_links_expiry_follows CHECK (expires_at > created_at)
);
COMMENT ON COLUMN tenant_sign_in_links.key_id IS 'The name of the secret that the token is derived with when the email is rendered; the token itself is stored nowhere';
CREATE INDEX tenant_sign_in_links_tenant_id_idx ON tenant_sign_in_links (tenant_id, created_at);

-- Apart from the staff's sign_ins, so that no statement can take the one for the other.
CREATE TABLE tenant_sign_ins (
    id         uuid PRIMARY KEY,
    tenant_id  uuid NOT NULL REFERENCES tenants,
    link_id    uuid NOT NULL CONSTRAINT tenant_sign_ins_link_key UNIQUE REFERENCES tenant_sign_in_links,
    token_hash bytea NOT NULL CONSTRAINT tenant_sign_ins_token_hash_is_sha256 CHECK (length(token_hash) = 32),
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz,
    ip         inet,
    user_agent text NOT NULL DEFAULT '',
    CONSTRAINT tenant_sign_ins_token_hash_key UNIQUE (token_hash)
);
CREATE INDEX tenant_sign_ins_tenant_id_idx ON tenant_sign_ins (tenant_id);

-- The address that a tenant says is theirs. It changes nothing until staff take it.
CREATE TABLE email_corrections (
    id            uuid PRIMARY KEY,
    tenant_id     uuid NOT NULL REFERENCES tenants,
    location_id   uuid NOT NULL REFERENCES locations,
    submission_id uuid CONSTRAINT email_corrections_submission_key UNIQUE REFERENCES submissions,
    email         text NOT NULL CONSTRAINT email_corrections_email_is_lower CHECK (email = lower(email) AND email LIKE '%_@_%'),
    state         email_correction_state NOT NULL,
    requested_at  timestamptz NOT NULL,
    decided_at    timestamptz,
    decided_by    uuid REFERENCES staff,
    reason        text NOT NULL DEFAULT '',
    CONSTRAINT email_corrections_decided_at_is_set CHECK ((state = 'pending') = (decided_at IS NULL)),
    CONSTRAINT email_corrections_staff_decide CHECK ((state IN ('accepted', 'declined')) = (decided_by IS NOT NULL)),
    CONSTRAINT email_corrections_declined_says_why CHECK (state <> 'declined' OR btrim(reason) <> '')
);
CREATE UNIQUE INDEX email_corrections_one_pending ON email_corrections (tenant_id) WHERE state = 'pending';
CREATE INDEX email_corrections_tenant_id_idx ON email_corrections (tenant_id, id DESC);

-- Another method for a live subscription, with what was accepted for it. Kept, since a mandate is evidence.
CREATE TABLE method_changes (
    id                       uuid PRIMARY KEY,
    tenant_id                uuid NOT NULL REFERENCES tenants,
    reservation_id           uuid NOT NULL REFERENCES reservations,
    subscription_id          uuid NOT NULL REFERENCES subscriptions,
    location_id              uuid NOT NULL REFERENCES locations,
    stripe_customer_id       text NOT NULL,
    stripe_setup_intent_id   text NOT NULL CONSTRAINT method_changes_setup_intent_key UNIQUE,
    stripe_payment_method_id text NOT NULL,
    stripe_mandate_id        text,
    payment_method_type      payment_method_type NOT NULL,
    method_label             text NOT NULL,
    mandate_text             text,
    accepted_ip              inet,
    accepted_user_agent      text NOT NULL DEFAULT '',
    state                    method_change_state NOT NULL,
    state_reason             text NOT NULL DEFAULT '',
    requested_at             timestamptz NOT NULL,
    deadline_at              timestamptz NOT NULL,
    settled_at               timestamptz,
    CONSTRAINT method_changes_bank_has_mandate CHECK ((payment_method_type = 'us_bank_account') = (mandate_text IS NOT NULL)),
    CONSTRAINT method_changes_settled_at_is_set CHECK ((state = 'pending') = (settled_at IS NULL)),
    CONSTRAINT method_changes_failed_says_why CHECK (state <> 'failed' OR state_reason <> '')
);
CREATE UNIQUE INDEX method_changes_one_pending ON method_changes (reservation_id) WHERE state = 'pending';
CREATE INDEX method_changes_reservation_id_idx ON method_changes (reservation_id, id DESC);

-- Both lives have one beginning and many ends: what has ended stays as it ended. migration/status.go says the same.
-- +goose StatementBegin
CREATE FUNCTION refuse_second_end() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% % has ended as % and cannot become %', TG_TABLE_NAME, OLD.id, OLD.state, NEW.state
        USING ERRCODE = 'check_violation', CONSTRAINT = 'ended_once';
END $$;
-- +goose StatementEnd
CREATE TRIGGER email_corrections_step BEFORE UPDATE ON email_corrections FOR EACH ROW
    WHEN (OLD.state <> 'pending' AND NEW.state IS DISTINCT FROM OLD.state) EXECUTE FUNCTION refuse_second_end();
CREATE TRIGGER method_changes_step BEFORE UPDATE ON method_changes FOR EACH ROW
    WHEN (OLD.state <> 'pending' AND NEW.state IS DISTINCT FROM OLD.state) EXECUTE FUNCTION refuse_second_end();

-- As which person Stripe last heard of the customer. NULL: from before this was kept.
ALTER TABLE stripe_customers ADD COLUMN told_name text, ADD COLUMN told_email text;

-- As which person a customer is asked for, fixed before the first call: a retry after a lost answer says the same under the same
-- key, whatever was mended of the tenant meanwhile, and finds what the lost call made.
CREATE TABLE stripe_customer_calls (
    tenant_id uuid NOT NULL REFERENCES tenants,
    currency  currency_code NOT NULL,
    name      text NOT NULL,
    email     text NOT NULL,
    called_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, currency)
);

GRANT SELECT, INSERT, UPDATE ON tenant_sign_in_links, tenant_sign_ins, email_corrections, method_changes TO carryover_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON sign_in_requests TO carryover_app;
GRANT SELECT, INSERT ON stripe_customer_calls TO carryover_app;
