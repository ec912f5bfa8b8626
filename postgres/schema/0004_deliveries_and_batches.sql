-- What is said to people, and the bulk acts that say it.

-- +goose Up

CREATE TYPE batch_kind AS ENUM ('send', 'approve', 'import', 'create_from_legacy');
CREATE TYPE message_channel AS ENUM ('email', 'sms');
CREATE TYPE batch_outcome AS ENUM ('pending', 'succeeded', 'skipped', 'failed');
CREATE TYPE delivery_purpose AS ENUM ('invitation', 'email_request', 'action_needed', 'receipt', 'staff_notice');
CREATE TYPE delivery_status AS ENUM (
    'queued', 'sending', 'accepted', 'delivered', 'undelivered', 'failed', 'unknown', 'canceled');

CREATE TABLE batches (
    id          uuid PRIMARY KEY,
    kind        batch_kind NOT NULL,
    channel     message_channel,
    staff_id    uuid NOT NULL REFERENCES staff,
    client_key  text NOT NULL CHECK (client_key <> ''),
    request     bytea NOT NULL CHECK (length(request) = 32),
    total       integer NOT NULL CHECK (total >= 0),
    created_at  timestamptz NOT NULL,
    finished_at timestamptz,
    CONSTRAINT batches_client_key_key UNIQUE (staff_id, kind, client_key),
    CONSTRAINT batches_send_has_channel CHECK ((kind = 'send') = (channel IS NOT NULL))
);
COMMENT ON COLUMN batches.request IS 'SHA-256 of what was asked, so that a client key is not used again for something else';

CREATE TABLE batch_items (
    batch_id      uuid NOT NULL REFERENCES batches,
    position      integer NOT NULL,
    invitation_id uuid REFERENCES invitations,
    submission_id uuid REFERENCES submissions,
    outcome       batch_outcome NOT NULL,
    reason        text NOT NULL DEFAULT '',
    detail        text NOT NULL DEFAULT '',
    PRIMARY KEY (batch_id, position),
    CONSTRAINT batch_items_has_one_subject CHECK (num_nonnulls(invitation_id, submission_id) = 1),
    CONSTRAINT batch_items_says_why CHECK (outcome IN ('pending', 'succeeded') OR reason <> '')
);
CREATE INDEX batch_items_invitation_id_idx ON batch_items (invitation_id) WHERE invitation_id IS NOT NULL;
CREATE UNIQUE INDEX batch_items_one_per_invitation ON batch_items (batch_id, invitation_id) WHERE invitation_id IS NOT NULL;

-- One call to the email provider: up to a hundred deliveries under one idempotency key. What goes into the call is frozen
-- when the chunk is; from `first_called_at` on the same bytes are sent under the same key or nothing is.
CREATE TABLE email_chunks (
    id              uuid PRIMARY KEY,
    created_at      timestamptz NOT NULL,
    frozen_at       timestamptz,
    first_called_at timestamptz,
    calls           integer NOT NULL DEFAULT 0,
    settled_at      timestamptz,
    CONSTRAINT email_chunks_are_frozen_before_a_call CHECK (first_called_at IS NULL OR frozen_at IS NOT NULL),
    CONSTRAINT email_chunks_calls_have_a_first CHECK ((calls = 0) = (first_called_at IS NULL))
);

CREATE TABLE deliveries (
    id               uuid PRIMARY KEY,
    purpose          delivery_purpose NOT NULL,
    channel          message_channel NOT NULL,
    address          text NOT NULL CHECK (address <> ''),
    location_id      uuid NOT NULL REFERENCES locations,
    tenant_id        uuid REFERENCES tenants,
    staff_id         uuid REFERENCES staff,
    invitation_id    uuid REFERENCES invitations,
    submission_id    uuid REFERENCES submissions,
    batch_id         uuid,
    batch_position   integer,
    chunk_id         uuid REFERENCES email_chunks,
    chunk_position   smallint,
    not_before       timestamptz,
    template_version integer,
    content          jsonb,
    status           delivery_status NOT NULL,
    status_reason    text NOT NULL DEFAULT '',
    provider_id      text,
    created_at       timestamptz NOT NULL,
    status_changed_at timestamptz NOT NULL,
    FOREIGN KEY (batch_id, batch_position) REFERENCES batch_items (batch_id, position),
    CONSTRAINT deliveries_has_a_recipient CHECK (num_nonnulls(tenant_id, staff_id) = 1),
    CONSTRAINT deliveries_email_is_in_a_chunk CHECK ((channel = 'email') = (chunk_id IS NOT NULL)),
    CONSTRAINT deliveries_chunk_position_key UNIQUE (chunk_id, chunk_position),
    CONSTRAINT deliveries_provider_id_key UNIQUE (channel, provider_id),
    CONSTRAINT deliveries_invitation_names_one CHECK (purpose <> 'invitation' OR invitation_id IS NOT NULL)
);
COMMENT ON COLUMN deliveries.content IS 'What the template is filled with, frozen before the first call. Never a link token: it is derived when the message is rendered.';
CREATE INDEX deliveries_invitation_id_idx ON deliveries (invitation_id) WHERE invitation_id IS NOT NULL;
CREATE INDEX deliveries_submission_id_idx ON deliveries (submission_id) WHERE submission_id IS NOT NULL;
CREATE UNIQUE INDEX deliveries_one_per_batch_item ON deliveries (batch_id, batch_position) WHERE batch_id IS NOT NULL;
-- A repeated job tells the location's contact about one approval once.
CREATE UNIQUE INDEX deliveries_one_staff_notice ON deliveries (submission_id, staff_id) WHERE purpose = 'staff_notice';
