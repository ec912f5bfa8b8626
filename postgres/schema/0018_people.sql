-- Who works here and how they come in: invitations and resets by mail, sign-ins that rotate, API tokens, OpenID Connect, and the counting
-- of tries.

-- +goose Up

CREATE TYPE staff_link_purpose AS ENUM ('invitation', 'password_reset');
CREATE TYPE token_scope AS ENUM ('gate', 'read_only', 'staff');
CREATE TYPE sign_in_way AS ENUM ('password', 'invitation', 'oidc');

COMMENT ON COLUMN staff.password_hash IS 'Empty: nobody has chosen a password yet, and none signs in';
CREATE INDEX staff_active_admins_idx ON staff (id) WHERE role = 'admin' AND deactivated_at IS NULL;

-- A link opens once. Every mail of one purpose to one member takes the place of those before it.
CREATE TABLE staff_links (
    id               uuid PRIMARY KEY,
    staff_id         uuid NOT NULL REFERENCES staff,
    purpose          staff_link_purpose NOT NULL,
    address          text NOT NULL,
    content          jsonb NOT NULL,
    key_id           text NOT NULL,
    token_hash       bytea NOT NULL CONSTRAINT staff_links_token_hash_is_sha256 CHECK (length(token_hash) = 32),
    created_at       timestamptz NOT NULL,
    expires_at       timestamptz NOT NULL,
    used_at          timestamptz,
    replaced_at      timestamptz,
    first_called_at  timestamptz,
    mailed_at        timestamptz,
    refused          text NOT NULL DEFAULT '',
    CONSTRAINT staff_links_token_hash_key UNIQUE (token_hash),
    CONSTRAINT staff_links_expiry_follows CHECK (expires_at > created_at),
    CONSTRAINT staff_links_end_one_way CHECK (num_nonnulls(used_at, replaced_at) <= 1)
);
COMMENT ON COLUMN staff_links.content IS 'What the template is filled with, frozen, so that a mail handed over again is the same to the byte. Never the token';
COMMENT ON COLUMN staff_links.refused IS 'Why the email provider did not take the mail. Empty: it did, or has not been asked';
CREATE UNIQUE INDEX staff_links_one_open ON staff_links (staff_id, purpose) WHERE used_at IS NULL AND replaced_at IS NULL;

-- Whoever asks for a new password, known here or not: both leave the same row and the same job. Rows are deleted after a day.
CREATE TABLE password_reset_requests (
    id           uuid PRIMARY KEY,
    email        text NOT NULL CONSTRAINT password_reset_requests_email_is_lower CHECK (email = lower(email) AND email LIKE '%_@_%'),
    requested_at timestamptz NOT NULL,
    handled_at   timestamptz
);
CREATE INDEX password_reset_requests_requested_at_idx ON password_reset_requests (requested_at);

-- The token of a browser is exchanged from time to time. The one before opens until the new one was seen, and a minute longer: requests
-- under way are not cut off, and a browser that never got the new one is given another.
ALTER TABLE sign_ins
    ADD COLUMN way            sign_in_way NOT NULL DEFAULT 'password',
    ADD COLUMN last_used_at   timestamptz,
    ADD COLUMN rotated_at     timestamptz,
    ADD COLUMN previous_hash  bytea CONSTRAINT sign_ins_previous_hash_is_sha256 CHECK (length(previous_hash) = 32),
    ADD COLUMN previous_until timestamptz;
UPDATE sign_ins SET last_used_at = created_at, rotated_at = created_at;
ALTER TABLE sign_ins
    ALTER COLUMN last_used_at SET NOT NULL,
    ALTER COLUMN rotated_at SET NOT NULL,
    ALTER COLUMN way DROP DEFAULT,
    ADD CONSTRAINT sign_ins_previous_hash_key UNIQUE (previous_hash);

-- What another program comes in with. It is its owner, within its scope, and ends with its owner's account.
CREATE TABLE api_tokens (
    id           uuid PRIMARY KEY,
    staff_id     uuid NOT NULL REFERENCES staff,
    name         text NOT NULL CONSTRAINT api_tokens_name_is_set CHECK (btrim(name) <> ''),
    scope        token_scope NOT NULL,
    token_hash   bytea NOT NULL CONSTRAINT api_tokens_token_hash_is_sha256 CHECK (length(token_hash) = 32),
    created_at   timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    revoked_at   timestamptz,
    last_used_at timestamptz,
    CONSTRAINT api_tokens_token_hash_key UNIQUE (token_hash),
    CONSTRAINT api_tokens_expiry_follows CHECK (expires_at > created_at)
);
CREATE INDEX api_tokens_staff_id_idx ON api_tokens (staff_id, id);

-- Where a gate's token opens sessions. Tokens of the other scopes have their owner's locations, and no rows here.
CREATE TABLE api_token_locations (
    token_id    uuid NOT NULL REFERENCES api_tokens,
    location_id uuid NOT NULL REFERENCES locations,
    PRIMARY KEY (token_id, location_id)
);

-- A browser that was sent to the identity provider. The row is taken away when it comes back: an answer is looked at once.
CREATE TABLE oidc_attempts (
    state_hash bytea PRIMARY KEY CONSTRAINT oidc_attempts_state_hash_is_sha256 CHECK (length(state_hash) = 32),
    nonce      text NOT NULL,
    verifier   text NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX oidc_attempts_expires_at_idx ON oidc_attempts (expires_at);

-- How often something was tried in the period that runs. Unlogged: a try that is refused must cost next to nothing, and a crash of
-- the server forgives what was tried in the last minutes, no more.
CREATE UNLOGGED TABLE throttles (
    key     bytea PRIMARY KEY CONSTRAINT throttles_key_is_sha256 CHECK (length(key) = 32),
    name    text NOT NULL,
    taken   integer NOT NULL CHECK (taken >= 0),
    most    integer NOT NULL CHECK (most > 0),
    ends_at timestamptz NOT NULL
);
COMMENT ON COLUMN throttles.key IS 'SHA-256 of the name and of whom it is about: addresses of strangers are not kept';
CREATE INDEX throttles_ends_at_idx ON throttles (ends_at);

-- Whoever has come in for longer than one request is told at once that it is over, or that the role is another one.
-- +goose StatementBegin
CREATE FUNCTION tell_who_is_in() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('carryover_batch', NEW.id::text);
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER sign_ins_end AFTER UPDATE OF revoked_at ON sign_ins FOR EACH ROW
    WHEN (OLD.revoked_at IS DISTINCT FROM NEW.revoked_at) EXECUTE FUNCTION tell_who_is_in();
CREATE TRIGGER api_tokens_end AFTER UPDATE OF revoked_at ON api_tokens FOR EACH ROW
    WHEN (OLD.revoked_at IS DISTINCT FROM NEW.revoked_at) EXECUTE FUNCTION tell_who_is_in();
CREATE TRIGGER staff_change AFTER UPDATE ON staff FOR EACH ROW
    WHEN (OLD.role <> NEW.role OR OLD.deactivated_at IS DISTINCT FROM NEW.deactivated_at) EXECUTE FUNCTION tell_who_is_in();

GRANT SELECT, INSERT, UPDATE ON staff_links, api_tokens TO carryover_app;
GRANT SELECT, INSERT ON api_token_locations TO carryover_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON password_reset_requests, oidc_attempts, throttles TO carryover_app;
