-- The waiting for a bank account, what the providers tell us, and the clock of a demo.

-- +goose Up

ALTER TABLE submissions ADD COLUMN mandate_text text;
ALTER TABLE submissions ADD CONSTRAINT submissions_bank_has_mandate
    CHECK ((payment_method_type = 'us_bank_account') = (mandate_text IS NOT NULL));
COMMENT ON COLUMN submissions.mandate_text IS 'The authorisation that was shown and accepted, word for word, in the language of the terms';

-- A message for one purpose may say one of several things.
ALTER TABLE deliveries ADD COLUMN says text NOT NULL DEFAULT '' CHECK (says ~ '^[a-z_]*$');

-- How the verification of a bank account stands. It changes with every look, so it stands apart from the submission, which
-- is evidence.
CREATE TABLE bank_verifications (
    submission_id      uuid PRIMARY KEY REFERENCES submissions,
    began_at           timestamptz NOT NULL,
    deadline_at        timestamptz NOT NULL,
    deposit_arrives_at timestamptz,
    next_look_at       timestamptz NOT NULL,
    looks              integer NOT NULL DEFAULT 0,
    deposit_told_at    timestamptz,
    reminded_at        timestamptz,
    ended_at           timestamptz,
    CONSTRAINT bank_verifications_deadline_follows CHECK (deadline_at > began_at)
);
CREATE INDEX bank_verifications_due_idx ON bank_verifications (next_look_at) WHERE ended_at IS NULL;

-- Each event of a provider once, in the transaction that enqueues its work. What it says is not believed: the object is read
-- again, so nothing but its name is kept.
CREATE TABLE webhook_events (
    provider    text NOT NULL,
    event_id    text NOT NULL,
    type        text NOT NULL,
    object_id   text NOT NULL,
    received_at timestamptz NOT NULL,
    ours        boolean NOT NULL,
    PRIMARY KEY (provider, event_id)
);
CREATE INDEX webhook_events_object_idx ON webhook_events (object_id);

-- How far the clock was moved on. Only a demo moves it.
CREATE TABLE clock_offset (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    seconds  bigint NOT NULL DEFAULT 0 CHECK (seconds >= 0)
);
INSERT INTO clock_offset DEFAULT VALUES;

GRANT SELECT, INSERT, UPDATE ON bank_verifications TO carryover_app;
GRANT SELECT, INSERT ON webhook_events TO carryover_app;
GRANT SELECT, UPDATE ON clock_offset TO carryover_app;
