-- What staff decide: turning down, with or without another offer; approving many at once; taking an approval back. And the pace
-- that Stripe allows.

-- +goose Up

-- One no. The reason is the tenant's to read.
CREATE TABLE rejections (
    submission_id uuid PRIMARY KEY REFERENCES submissions,
    staff_id      uuid NOT NULL REFERENCES staff,
    reason        text NOT NULL CHECK (btrim(reason) <> ''),
    successor_id  uuid CONSTRAINT rejections_successor_key UNIQUE REFERENCES invitations,
    rejected_at   timestamptz NOT NULL
);
COMMENT ON COLUMN rejections.successor_id IS 'The offer that was made with the no; the old link leads to it';
ALTER TABLE invitations ADD CONSTRAINT invitations_only_claimed_has_successor CHECK (successor_id IS NULL OR status = 'claimed');

-- Why each submission cannot be approved now ('' where it can): skip by its state and by what stands in the way, obstacle by the
-- latter alone. Both are words of migration/approvable.go.
CREATE VIEW approvables AS
SELECT s.id AS submission_id, s.location_id, s.anchor_day, s.currency, s.monthly_total_minor, o.obstacle,
    CASE WHEN s.status IN ('approving', 'tenant_action_required', 'approved', 'rejected', 'undone') THEN 'ALREADY_DECIDED'
         WHEN s.status <> 'ready_for_approval' THEN 'NOT_READY'
         ELSE o.obstacle END AS skip
FROM submissions s
JOIN reservations r ON r.id = s.reservation_id
CROSS JOIN LATERAL (
    SELECT CASE
        WHEN NOT r.live THEN 'RESERVATION_ENDED'
        WHEN EXISTS (SELECT FROM reservations x
                     WHERE x.tenant_id = r.tenant_id AND x.plan_id = r.plan_id AND lower(x.unit) = lower(r.unit) AND x.id <> r.id
                         AND (x.live OR EXISTS (SELECT FROM subscriptions b WHERE b.reservation_id = x.id AND b.live)))
            THEN 'RESERVED_TWICE'
        WHEN EXISTS (SELECT FROM quote_lines q JOIN plans p ON p.id = q.plan_id
                     WHERE q.submission_id = s.id AND (p.archived_at IS NOT NULL OR p.cadence <> 'monthly')) THEN 'PLAN_WITHDRAWN'
        WHEN EXISTS (SELECT FROM quote_lines q JOIN insurance_plans p ON p.id = q.insurance_plan_id
                     WHERE q.submission_id = s.id AND p.archived_at IS NOT NULL) THEN 'INSURANCE_WITHDRAWN'
        WHEN s.monthly_total_minor IS DISTINCT FROM (SELECT sum(q.amount_minor) FROM quote_lines q WHERE q.submission_id = s.id AND q.currency = s.currency)
            THEN 'QUOTE_CHANGED'
        ELSE '' END AS obstacle
) o;
CREATE INDEX reservations_claim_idx ON reservations (tenant_id, plan_id);

-- Many approvals as one act. A part names submissions where its batch approves, and an approval knows its row.
ALTER TABLE batches
    ADD COLUMN option start_option,
    ADD CONSTRAINT batches_approve_has_option CHECK ((kind = 'approve') = (option IS NOT NULL));
ALTER TABLE batch_parts
    ALTER COLUMN invitation_ids DROP NOT NULL,
    ADD COLUMN submission_ids uuid[] CHECK (cardinality(submission_ids) BETWEEN 1 AND 1000),
    ADD CONSTRAINT batch_parts_are_of_one_kind CHECK (num_nonnulls(invitation_ids, submission_ids) = 1);
ALTER TABLE approvals
    ADD COLUMN batch_id uuid,
    ADD COLUMN batch_position integer,
    ADD CONSTRAINT approvals_batch_item_fkey FOREIGN KEY (batch_id, batch_position) REFERENCES batch_items (batch_id, position),
    ADD CONSTRAINT approvals_batch_item_is_whole CHECK ((batch_id IS NULL) = (batch_position IS NULL));
CREATE UNIQUE INDEX approvals_one_per_batch_item ON approvals (batch_id, batch_position) WHERE batch_id IS NOT NULL;
CREATE UNIQUE INDEX batch_items_one_per_submission ON batch_items (batch_id, submission_id) WHERE submission_id IS NOT NULL;

-- One taking back of one approval. The row is the decision: the keys of its refunds are made of its id.
CREATE TYPE undo_state AS ENUM ('pending', 'done');
CREATE TYPE undo_act AS ENUM ('refunded', 'voided', 'disputed');
CREATE TABLE undos (
    id            uuid PRIMARY KEY,
    submission_id uuid NOT NULL CONSTRAINT undos_one_per_submission UNIQUE REFERENCES submissions,
    staff_id      uuid NOT NULL REFERENCES staff,
    reason        text NOT NULL CHECK (btrim(reason) <> ''),
    state         undo_state NOT NULL,
    waits_for     text NOT NULL DEFAULT '',
    try_number    integer NOT NULL DEFAULT 1 CHECK (try_number > 0),
    requested_at  timestamptz NOT NULL,
    next_look_at  timestamptz NOT NULL,
    done_at       timestamptz,
    CONSTRAINT undos_done_at_is_set CHECK ((state = 'done') = (done_at IS NOT NULL))
);
CREATE INDEX undos_due_idx ON undos (next_look_at) WHERE state = 'pending';
COMMENT ON COLUMN undos.waits_for IS 'Why it is not done yet, for staff: a bank debit that is under way, a refund that Stripe refused';
CREATE TABLE undo_invoices (
    undo_id           uuid NOT NULL REFERENCES undos,
    stripe_invoice_id text NOT NULL,
    act               undo_act NOT NULL,
    amount_minor      minor_amount NOT NULL,
    currency          currency_code NOT NULL,
    stripe_refund_id  text,
    at                timestamptz NOT NULL,
    PRIMARY KEY (undo_id, stripe_invoice_id),
    CONSTRAINT undo_invoices_refund_is_named CHECK ((act = 'refunded') = (stripe_refund_id IS NOT NULL))
);

-- A lane is of whatever has a limit of its own: a channel's provider, an account, one endpoint.
ALTER TABLE provider_lanes RENAME COLUMN channel TO lane;
ALTER TABLE provider_lanes ALTER COLUMN lane TYPE text USING lane::text;

GRANT SELECT ON approvables TO carryover_app;
GRANT SELECT, INSERT ON rejections, undo_invoices TO carryover_app;
GRANT SELECT, INSERT, UPDATE ON undos TO carryover_app;
GRANT INSERT ON provider_lanes TO carryover_app;
