-- Tenants' sign-ins end without use and exchange their tokens as staff's do, and events tell through which program's token they were done.

-- +goose Up

-- See sign_ins: the token before opens until the new one was seen, and a minute longer.
ALTER TABLE tenant_sign_ins
    ADD COLUMN last_used_at   timestamptz,
    ADD COLUMN rotated_at     timestamptz,
    ADD COLUMN previous_hash  bytea CONSTRAINT tenant_sign_ins_previous_hash_is_sha256 CHECK (length(previous_hash) = 32),
    ADD COLUMN previous_until timestamptz;
UPDATE tenant_sign_ins SET last_used_at = created_at, rotated_at = created_at;
ALTER TABLE tenant_sign_ins
    ALTER COLUMN last_used_at SET NOT NULL,
    ALTER COLUMN rotated_at SET NOT NULL,
    ADD CONSTRAINT tenant_sign_ins_previous_hash_key UNIQUE (previous_hash);

-- The name alone, as it was: a token is deleted a while after its end, and what was done through it stays. A batch keeps it for what its
-- jobs do.
ALTER TABLE events ADD COLUMN token_name text NOT NULL DEFAULT '';
COMMENT ON COLUMN events.token_name IS 'The API token with which a program did it as its owner, who is the actor. Empty: no program did';
ALTER TABLE batches ADD COLUMN token_name text NOT NULL DEFAULT '';
