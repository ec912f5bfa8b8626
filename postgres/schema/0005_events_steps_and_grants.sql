-- The record of what happened, the steps that may happen, and what the application's role may do.

-- +goose Up

CREATE TYPE actor_kind AS ENUM ('staff', 'tenant', 'system', 'integration');
CREATE TYPE event_subject AS ENUM (
    'invitation', 'reservation', 'submission', 'approval', 'subscription', 'delivery', 'batch', 'tenant', 'staff');

CREATE TABLE events (
    id           uuid PRIMARY KEY,
    at           timestamptz NOT NULL,
    actor_kind   actor_kind NOT NULL,
    actor_id     uuid,
    subject_kind event_subject NOT NULL,
    subject_id   uuid NOT NULL,
    location_id  uuid REFERENCES locations,
    action       text NOT NULL CHECK (action ~ '^[a-z_]+$'),
    before       text NOT NULL DEFAULT '',
    after        text NOT NULL DEFAULT '',
    detail       jsonb NOT NULL DEFAULT '{}',
    request_id   text NOT NULL DEFAULT '',
    CONSTRAINT events_people_are_named CHECK (actor_kind IN ('system', 'integration') OR actor_id IS NOT NULL)
);
CREATE INDEX events_subject_idx ON events (subject_kind, subject_id, id);
CREATE INDEX events_location_idx ON events (location_id, id DESC);

-- The life cycles as data. `migration/status.go` says the same; a test holds the two together.
CREATE TABLE allowed_steps (
    subject     event_subject NOT NULL,
    from_status text NOT NULL,
    to_status   text NOT NULL,
    PRIMARY KEY (subject, from_status, to_status)
);
INSERT INTO allowed_steps (subject, from_status, to_status) VALUES
    ('invitation', 'pending', 'sent'),
    ('invitation', 'pending', 'claimed'),
    ('invitation', 'pending', 'revoked'),
    ('invitation', 'sent', 'claimed'),
    ('invitation', 'sent', 'revoked'),
    ('submission', 'waiting_for_bank_verification', 'ready_for_approval'),
    ('submission', 'waiting_for_bank_verification', 'bank_verification_failed'),
    ('submission', 'waiting_for_bank_verification', 'rejected'),
    ('submission', 'ready_for_approval', 'approving'),
    ('submission', 'ready_for_approval', 'rejected'),
    ('submission', 'ready_for_approval', 'method_lost'),
    ('submission', 'approving', 'approved'),
    ('submission', 'approving', 'payment_failed'),
    ('submission', 'approving', 'tenant_action_required'),
    ('submission', 'approving', 'ready_for_approval'),
    ('submission', 'tenant_action_required', 'approved'),
    ('submission', 'tenant_action_required', 'payment_failed'),
    ('submission', 'approved', 'undone'),
    ('approval', 'pending', 'approved'),
    ('approval', 'pending', 'tenant_action_required'),
    ('approval', 'pending', 'payment_failed'),
    ('approval', 'pending', 'returned'),
    ('approval', 'tenant_action_required', 'approved'),
    ('approval', 'tenant_action_required', 'payment_failed'),
    ('delivery', 'queued', 'sending'),
    ('delivery', 'queued', 'canceled'),
    ('delivery', 'queued', 'failed'),
    ('delivery', 'sending', 'accepted'),
    ('delivery', 'sending', 'failed'),
    ('delivery', 'sending', 'unknown'),
    ('delivery', 'accepted', 'delivered'),
    ('delivery', 'accepted', 'undelivered'),
    ('delivery', 'accepted', 'failed'),
    ('delivery', 'unknown', 'accepted'),
    ('delivery', 'unknown', 'delivered'),
    ('delivery', 'unknown', 'undelivered'),
    ('delivery', 'unknown', 'failed'),
    ('delivery', 'delivered', 'undelivered'),
    ('subscription', 'incomplete', 'active'),
    ('subscription', 'incomplete', 'trialing'),
    ('subscription', 'incomplete', 'incomplete_expired'),
    ('subscription', 'incomplete', 'canceled'),
    ('subscription', 'trialing', 'active'),
    ('subscription', 'trialing', 'past_due'),
    ('subscription', 'trialing', 'paused'),
    ('subscription', 'trialing', 'canceled'),
    ('subscription', 'active', 'past_due'),
    ('subscription', 'active', 'unpaid'),
    ('subscription', 'active', 'paused'),
    ('subscription', 'active', 'canceled'),
    ('subscription', 'past_due', 'active'),
    ('subscription', 'past_due', 'unpaid'),
    ('subscription', 'past_due', 'canceled'),
    ('subscription', 'unpaid', 'active'),
    ('subscription', 'unpaid', 'canceled'),
    ('subscription', 'paused', 'active'),
    ('subscription', 'paused', 'canceled');

-- The last line behind the guards in the statements: a step that no life cycle knows fails, whoever tries it.
-- +goose StatementBegin
CREATE FUNCTION refuse_unknown_step() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    old_status text := to_jsonb(OLD) ->> TG_ARGV[1];
    new_status text := to_jsonb(NEW) ->> TG_ARGV[1];
BEGIN
    IF NOT EXISTS (SELECT FROM allowed_steps s
                   WHERE s.subject = TG_ARGV[0]::event_subject AND s.from_status = old_status AND s.to_status = new_status) THEN
        RAISE EXCEPTION '% cannot go from % to %', TG_ARGV[0], old_status, new_status
            USING ERRCODE = 'check_violation', CONSTRAINT = 'allowed_steps';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd

CREATE TRIGGER invitations_step BEFORE UPDATE ON invitations FOR EACH ROW
    WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION refuse_unknown_step('invitation', 'status');
CREATE TRIGGER submissions_step BEFORE UPDATE ON submissions FOR EACH ROW
    WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION refuse_unknown_step('submission', 'status');
CREATE TRIGGER approvals_step BEFORE UPDATE ON approvals FOR EACH ROW
    WHEN (OLD.outcome IS DISTINCT FROM NEW.outcome) EXECUTE FUNCTION refuse_unknown_step('approval', 'outcome');
CREATE TRIGGER deliveries_step BEFORE UPDATE ON deliveries FOR EACH ROW
    WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION refuse_unknown_step('delivery', 'status');
CREATE TRIGGER subscriptions_step BEFORE UPDATE ON subscriptions FOR EACH ROW
    WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION refuse_unknown_step('subscription', 'status');

-- A submission's evidence is what the tenant signed. It is written once.
-- +goose StatementBegin
CREATE FUNCTION refuse_changed_evidence() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(OLD) - ARRAY['status', 'status_reason', 'status_changed_at', 'stripe_mandate_id']
        IS DISTINCT FROM to_jsonb(NEW) - ARRAY['status', 'status_reason', 'status_changed_at', 'stripe_mandate_id'] THEN
        RAISE EXCEPTION 'what was submitted is evidence and is not changed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'submissions_evidence_is_kept';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER submissions_evidence BEFORE UPDATE ON submissions FOR EACH ROW EXECUTE FUNCTION refuse_changed_evidence();

-- What the application may do. Nothing that counts as evidence can be deleted or, where it is written once, changed.
GRANT USAGE ON SCHEMA public TO carryover_app;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO carryover_app;
GRANT INSERT, UPDATE ON staff, sign_ins, locations, plans, insurance_plans, tenants, stripe_customers, legacy_memberships,
    invitations, reservations, submissions, approvals, subscriptions, batches, batch_items, email_chunks, deliveries
    TO carryover_app;
GRANT INSERT ON insurance_plan_locations, tenant_locations, terms_versions, quote_lines, events TO carryover_app;
GRANT UPDATE (known_as) ON tenant_locations TO carryover_app;
GRANT INSERT, DELETE ON staff_locations TO carryover_app;
GRANT DELETE ON invitations, sign_ins TO carryover_app;
