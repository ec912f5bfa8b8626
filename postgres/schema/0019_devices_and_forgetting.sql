-- Browsers that their owners signed in from, so that nobody who guesses locks an owner out of them; and what let somebody in is forgotten a
-- while after it has ended.

-- +goose Up

-- A browser is told apart from strangers by a token that it got when its owner came in, and only for that owner's account. The token lets
-- nobody in: it says in whose count a wrong password is counted.
CREATE TABLE staff_devices (
    id           uuid PRIMARY KEY,
    staff_id     uuid NOT NULL REFERENCES staff,
    token_hash   bytea NOT NULL CONSTRAINT staff_devices_token_hash_is_sha256 CHECK (length(token_hash) = 32),
    created_at   timestamptz NOT NULL,
    last_used_at timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    CONSTRAINT staff_devices_token_hash_key UNIQUE (token_hash),
    CONSTRAINT staff_devices_expiry_follows CHECK (expires_at > created_at)
);
COMMENT ON COLUMN staff_devices.last_used_at IS 'When its owner last signed in from it, and the token was exchanged';
CREATE INDEX staff_devices_staff_id_idx ON staff_devices (staff_id);

GRANT SELECT, INSERT, UPDATE, DELETE ON staff_devices TO carryover_app;

-- By these what ended long ago is found without reading what did not.
CREATE INDEX sign_ins_expires_at_idx ON sign_ins (expires_at);
CREATE INDEX tenant_sign_ins_expires_at_idx ON tenant_sign_ins (expires_at);
GRANT DELETE ON tenant_sign_ins, staff_links, api_tokens, api_token_locations TO carryover_app;
