-- One engine for emails and texts: frozen selections, claims on phone numbers, what came back, whom not to contact, and the
-- pace that a provider allows.

-- +goose Up

ALTER TYPE event_subject ADD VALUE 'suppression';
ALTER TYPE event_subject ADD VALUE 'text_reply';
CREATE TYPE batch_state AS ENUM ('running', 'finished', 'canceled', 'stopped');
CREATE TYPE suppression_scope AS ENUM ('invitations', 'all');
CREATE TYPE suppression_reason AS ENUM ('stop', 'unsubscribe', 'bounce', 'complaint', 'do_not_contact');
CREATE TYPE text_reply_kind AS ENUM ('stop', 'start', 'help', 'other');

-- A batch knows its selection at once and its rows soon: a part is a thousand ids, written with the batch and turned into
-- rows, deliveries and jobs by a job of its own.
ALTER TABLE batches
    ADD COLUMN state batch_state NOT NULL DEFAULT 'running',
    ADD COLUMN state_reason text NOT NULL DEFAULT '',
    ADD COLUMN retry_of uuid REFERENCES batches,
    ADD COLUMN succeeded integer NOT NULL DEFAULT 0,
    ADD COLUMN skipped integer NOT NULL DEFAULT 0,
    ADD COLUMN failed integer NOT NULL DEFAULT 0;
UPDATE batches b SET state = 'finished', succeeded = c.succeeded, skipped = c.skipped, failed = c.failed
FROM (SELECT batch_id, count(*) FILTER (WHERE outcome = 'succeeded') AS succeeded, count(*) FILTER (WHERE outcome = 'skipped') AS skipped,
          count(*) FILTER (WHERE outcome = 'failed') AS failed
      FROM batch_items GROUP BY batch_id) c
WHERE c.batch_id = b.id AND b.finished_at IS NOT NULL;
ALTER TABLE batches ADD CONSTRAINT batches_finished_is_not_running CHECK (finished_at IS NULL OR state <> 'running');
COMMENT ON COLUMN batches.succeeded IS 'As counted last; exact once finished_at is set';
CREATE INDEX batches_staff_id_idx ON batches (staff_id, id DESC);
CREATE INDEX batches_retry_of_idx ON batches (retry_of) WHERE retry_of IS NOT NULL;

CREATE TABLE batch_parts (
    batch_id       uuid NOT NULL REFERENCES batches,
    part           integer NOT NULL CHECK (part >= 0),
    first_position integer NOT NULL CHECK (first_position >= 0),
    invitation_ids uuid[] NOT NULL CHECK (cardinality(invitation_ids) BETWEEN 1 AND 1000),
    planned_at     timestamptz,
    PRIMARY KEY (batch_id, part)
);
-- By position: work goes from the first to the last, so whether anything is left shows at the end of it at once.
CREATE INDEX batch_items_pending_idx ON batch_items (batch_id, position) WHERE outcome = 'pending';
-- An invitation can be deleted between the selection and the planning of its part; its row stays, so that the rows are as many as
-- were confirmed.
ALTER TABLE batch_items
    DROP CONSTRAINT batch_items_has_one_subject,
    ADD CONSTRAINT batch_items_has_one_subject CHECK (num_nonnulls(invitation_id, submission_id) = 1
        OR (num_nonnulls(invitation_id, submission_id) = 0 AND outcome = 'skipped' AND reason = 'DELETED'));

-- Whose chunk it is, so that what has not been called can be found when its batch is canceled.
ALTER TABLE email_chunks ADD COLUMN batch_id uuid REFERENCES batches;
CREATE INDEX email_chunks_batch_open_idx ON email_chunks (batch_id) WHERE settled_at IS NULL;

CREATE INDEX batch_parts_unplanned_idx ON batch_parts (batch_id) WHERE planned_at IS NULL;

ALTER TABLE deliveries
    ADD COLUMN called_at timestamptz,
    ADD COLUMN segments smallint,
    ADD COLUMN provider_code text NOT NULL DEFAULT '',
    ADD COLUMN complained_at timestamptz,
    ADD COLUMN next_look_at timestamptz,
    ADD COLUMN looks integer NOT NULL DEFAULT 0,
    ADD COLUMN resolved_by uuid REFERENCES staff;
COMMENT ON COLUMN deliveries.called_at IS 'Text: committed before the one call; from then on the provider may have it';
CREATE INDEX deliveries_unknown_idx ON deliveries (next_look_at) WHERE status = 'unknown';
CREATE INDEX deliveries_location_idx ON deliveries (location_id, id DESC);
-- What waits for an address that is suppressed is withdrawn at once.
CREATE INDEX deliveries_queued_idx ON deliveries (address) WHERE status = 'queued';
-- One person's turn of one invitation at a time: while a message is on its way no second act queues another.
CREATE INDEX deliveries_tenant_idx ON deliveries (tenant_id) WHERE tenant_id IS NOT NULL;

-- The messages that somebody got, may have got, or is about to get: all but those that were withdrawn, or given up before the
-- provider was ever asked.
CREATE VIEW telling_deliveries AS
SELECT d.id, d.invitation_id, d.tenant_id
FROM deliveries d
WHERE d.status <> 'canceled'
    AND (d.status <> 'failed' OR d.called_at IS NOT NULL
        OR EXISTS (SELECT FROM email_chunks c WHERE c.id = d.chunk_id AND c.first_called_at IS NOT NULL));
GRANT SELECT ON telling_deliveries TO carryover_app;

-- A phone number gets one invitation by text, ever. The claim stands before the call; only what surely never reached the
-- provider (refused, withdrawn) gives it back.
CREATE TABLE phone_claims (
    phone       text PRIMARY KEY CONSTRAINT phone_claims_phone_is_e164 CHECK (phone ~ '^\+[1-9][0-9]{6,14}$'),
    -- deferred: who gets the claim is settled first, and only that one gets a delivery
    delivery_id uuid NOT NULL CONSTRAINT phone_claims_delivery_key UNIQUE REFERENCES deliveries DEFERRABLE INITIALLY DEFERRED,
    claimed_at  timestamptz NOT NULL
);

-- Whom not to contact, on which channel, for what. Lifting keeps the row.
CREATE TABLE suppressions (
    id          uuid PRIMARY KEY,
    channel     message_channel NOT NULL,
    address     text NOT NULL CHECK (address <> ''),
    scope       suppression_scope NOT NULL,
    reason      suppression_reason NOT NULL,
    note        text NOT NULL DEFAULT '',
    staff_id    uuid REFERENCES staff,
    delivery_id uuid REFERENCES deliveries,
    created_at  timestamptz NOT NULL,
    lifted_at   timestamptz,
    lifted_by   uuid REFERENCES staff,
    live        boolean NOT NULL GENERATED ALWAYS AS (lifted_at IS NULL) STORED,
    CONSTRAINT suppressions_staff_make_do_not_contact CHECK ((reason = 'do_not_contact') = (staff_id IS NOT NULL)),
    CONSTRAINT suppressions_address_is_normal CHECK (
        CASE channel WHEN 'email' THEN address = lower(address) ELSE address ~ '^\+[1-9][0-9]{6,14}$' END)
);
-- Each staff member has an entry of their own: nobody learns of another's by making one, or lifts it by lifting one.
CREATE UNIQUE INDEX suppressions_one_live ON suppressions (channel, address, reason, staff_id) NULLS NOT DISTINCT WHERE live;
CREATE INDEX suppressions_id_idx ON suppressions (id DESC) WHERE live;

-- Which addresses a staff member knows, and whose they are: the email of everybody at a managed location, and the phone of
-- the record or, where the location knows the tenant by a name that was typed, the phone that was typed with it.
CREATE VIEW known_addresses AS
SELECT m.staff_id, tl.tenant_id, 'email'::message_channel AS channel, t.email AS address
FROM tenants t
JOIN tenant_locations tl ON tl.tenant_id = t.id
JOIN managed_locations m ON m.location_id = tl.location_id
WHERE t.email IS NOT NULL
UNION ALL
SELECT m.staff_id, tl.tenant_id, 'sms', t.phone
FROM tenants t
JOIN tenant_locations tl ON tl.tenant_id = t.id AND tl.known_as IS NULL
JOIN managed_locations m ON m.location_id = tl.location_id
WHERE t.phone IS NOT NULL
UNION ALL
SELECT m.staff_id, tl.tenant_id, 'sms', tl.known_phone
FROM tenant_locations tl
JOIN managed_locations m ON m.location_id = tl.location_id
WHERE tl.known_phone IS NOT NULL;

-- Whether a staff member may be told what the other one wrote: they are one person, or share a location, or one is an ADMIN.
-- +goose StatementBegin
CREATE FUNCTION works_with(viewer uuid, other uuid) RETURNS boolean LANGUAGE sql STABLE
    RETURN viewer = other
        OR EXISTS (SELECT FROM staff s WHERE s.id IN (viewer, other) AND s.role = 'admin')
        OR EXISTS (SELECT FROM managed_locations m
                   JOIN staff_locations sl ON sl.location_id = m.location_id AND sl.staff_id = other
                   WHERE m.staff_id = viewer);
-- +goose StatementEnd

-- Where each invitation would be sent now, and why it would not be ('' where it would). Whom the location knows only by a name that
-- was typed there is texted at the number that was typed with it, never at that of another location's record.
CREATE VIEW sendings AS
SELECT i.id AS invitation_id, i.location_id, i.tenant_id, t.email, p.phone,
    CASE WHEN i.status = 'claimed' THEN 'CLAIMED'
         WHEN i.status = 'revoked' THEN 'REVOKED'
         WHEN t.email IS NULL THEN 'NO_EMAIL'
         WHEN EXISTS (SELECT FROM suppressions s WHERE s.live AND s.channel = 'email' AND s.address = t.email) THEN 'SUPPRESSED'
         ELSE '' END AS email_skip,
    CASE WHEN i.status = 'claimed' THEN 'CLAIMED'
         WHEN i.status = 'revoked' THEN 'REVOKED'
         WHEN p.phone IS NULL THEN 'NO_PHONE'
         WHEN EXISTS (SELECT FROM phone_claims c WHERE c.phone = p.phone) THEN 'ALREADY_TEXTED'
         WHEN EXISTS (SELECT FROM suppressions s WHERE s.live AND s.channel = 'sms' AND s.address = p.phone) THEN 'SUPPRESSED'
         ELSE '' END AS text_skip
FROM invitations i
JOIN tenants t ON t.id = i.tenant_id
LEFT JOIN tenant_locations tl ON tl.tenant_id = i.tenant_id AND tl.location_id = i.location_id
CROSS JOIN LATERAL (SELECT CASE WHEN tl.known_as IS NULL THEN t.phone ELSE tl.known_phone END AS phone) p;

-- What people texted back. STOP and START are acted on; everything else is for staff to read.
CREATE TABLE text_replies (
    id          uuid PRIMARY KEY,
    provider_id text NOT NULL CONSTRAINT text_replies_provider_id_key UNIQUE,
    phone       text NOT NULL,
    sent_to     text NOT NULL,
    body        text NOT NULL,
    kind        text_reply_kind NOT NULL,
    received_at timestamptz NOT NULL,
    handled_at  timestamptz,
    handled_by  uuid REFERENCES staff
);
CREATE INDEX text_replies_phone_idx ON text_replies (phone, id DESC);
CREATE INDEX text_replies_open_idx ON text_replies (id DESC) WHERE handled_at IS NULL;

-- The pace of a provider, over all processes: when the next call may go, and whether calls are held back at all. Times here
-- are of the wall clock, whatever a demo's clock says.
CREATE TABLE provider_lanes (
    channel      message_channel PRIMARY KEY,
    next_call_at timestamptz NOT NULL,
    failures     integer NOT NULL DEFAULT 0 CHECK (failures >= 0),
    paused_until timestamptz,
    paused_why   text NOT NULL DEFAULT '',
    probing      boolean NOT NULL DEFAULT false
) WITH (fillfactor = 10);
COMMENT ON COLUMN provider_lanes.failures IS 'In a row, of calls that got no answer or were not let in. From the fifth on the lane is shut until paused_until';
COMMENT ON COLUMN provider_lanes.probing IS 'One call was let through a shut lane to see whether the provider is back; paused_until bounds how long it is waited for';
INSERT INTO provider_lanes (channel, next_call_at) VALUES ('email', 'epoch'), ('sms', 'epoch');

-- When a location's people may be texted, in its zone.
ALTER TABLE locations
    ADD COLUMN texts_from time NOT NULL DEFAULT '08:00',
    ADD COLUMN texts_until time NOT NULL DEFAULT '21:00',
    ADD CONSTRAINT locations_texts_until_follows CHECK (texts_until > texts_from);

-- The same rule as before, without writing every changed row down as JSON twice: a hundred thousand messages change four states each.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION refuse_unknown_step() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    old_status text;
    new_status text;
BEGIN
    CASE TG_ARGV[1] -- a branch that is not taken may name a column that this table does not have
        WHEN 'status' THEN old_status := OLD.status; new_status := NEW.status;
        WHEN 'state' THEN old_status := OLD.state; new_status := NEW.state;
        WHEN 'outcome' THEN old_status := OLD.outcome; new_status := NEW.outcome;
    END CASE;
    IF NOT EXISTS (SELECT FROM allowed_steps s
                   WHERE s.subject = TG_ARGV[0]::event_subject AND s.from_status = old_status AND s.to_status = new_status) THEN
        RAISE EXCEPTION '% cannot go from % to %', TG_ARGV[0], old_status, new_status
            USING ERRCODE = 'check_violation', CONSTRAINT = 'allowed_steps';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd

-- A provider's word can come before the answer to the call that caused it.
INSERT INTO allowed_steps (subject, from_status, to_status) VALUES
    ('delivery', 'sending', 'canceled'),
    ('delivery', 'sending', 'delivered'),
    ('delivery', 'sending', 'undelivered'),
    ('batch', 'running', 'finished'),
    ('batch', 'running', 'canceled'),
    ('batch', 'running', 'stopped');
CREATE TRIGGER batches_step BEFORE UPDATE ON batches FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION refuse_unknown_step('batch', 'state');

GRANT SELECT, INSERT, UPDATE ON batch_parts, suppressions, text_replies TO carryover_app;
GRANT SELECT, INSERT, DELETE ON phone_claims TO carryover_app;
GRANT SELECT, UPDATE ON provider_lanes TO carryover_app;
GRANT SELECT ON known_addresses TO carryover_app;
GRANT SELECT ON sendings TO carryover_app;
