-- What becomes of a subscription: the looks at it in Stripe, its invoices, and what staff have to look into.

-- +goose Up

ALTER TYPE event_subject ADD VALUE 'billing_alarm';
CREATE TYPE invoice_status AS ENUM ('draft', 'open', 'paid', 'uncollectible', 'void');
CREATE TYPE billing_alarm_kind AS ENUM (
    'first_charge_amount', 'first_charge_day', 'first_charge_missing', 'first_payment_failed', 'finalization_failed', 'dispute',
    'two_live_subscriptions', 'subscription_ended');

-- Every look at Stripe and every word from it raises `looks`: what was read before that is not written any more.
ALTER TABLE subscriptions
    ADD COLUMN ended_at timestamptz,
    ADD COLUMN looks bigint NOT NULL DEFAULT 0,
    ADD COLUMN next_look_at timestamptz;
UPDATE subscriptions SET next_look_at = created_at;
CREATE INDEX subscriptions_due_idx ON subscriptions (next_look_at) WHERE next_look_at IS NOT NULL;
CREATE INDEX subscriptions_customer_idx ON subscriptions (stripe_customer_id);

-- The tenant's bank wanted the tenant, so the subscription may be made before it is paid.
ALTER TABLE approvals ADD COLUMN tenant_confirms boolean NOT NULL DEFAULT false;

-- Two looks at a subscription may lie days apart, and it has gone on meanwhile: what Stripe's steps lead to together is a step
-- here. From ended nothing leads anywhere.
INSERT INTO allowed_steps (subject, from_status, to_status)
SELECT 'subscription', f.status, t.status
FROM unnest(ARRAY['incomplete', 'trialing', 'active', 'past_due', 'unpaid', 'paused']) AS f (status)
CROSS JOIN unnest(ARRAY['trialing', 'active', 'past_due', 'unpaid', 'paused', 'canceled']) AS t (status)
WHERE f.status <> t.status
ON CONFLICT DO NOTHING;

-- Stripe's invoices as they were read last. charged_on is the date at the location on which the invoice was made.
CREATE TABLE subscription_invoices (
    id                       uuid PRIMARY KEY,
    subscription_id          uuid NOT NULL REFERENCES subscriptions,
    stripe_invoice_id        text NOT NULL CONSTRAINT subscription_invoices_stripe_invoice_id_key UNIQUE,
    stripe_payment_intent_id text NOT NULL DEFAULT '',
    stripe_charge_id         text NOT NULL DEFAULT '',
    status                   invoice_status NOT NULL,
    currency                 currency_code NOT NULL,
    amount_due_minor         minor_amount NOT NULL,
    amount_paid_minor        minor_amount NOT NULL,
    amount_refunded_minor    minor_amount NOT NULL,
    period_start             timestamptz NOT NULL,
    period_end               timestamptz NOT NULL,
    charged_at               timestamptz NOT NULL,
    charged_on               date NOT NULL,
    paid_at                  timestamptz,
    attempts                 integer NOT NULL,
    failure                  text NOT NULL DEFAULT '',
    first                    boolean NOT NULL DEFAULT false,
    read_at                  timestamptz NOT NULL
);
CREATE INDEX subscription_invoices_subscription_id_idx ON subscription_invoices (subscription_id, charged_at DESC, id);
CREATE INDEX subscription_invoices_first_idx ON subscription_invoices (subscription_id) WHERE first;
CREATE INDEX subscription_invoices_charge_idx ON subscription_invoices (stripe_charge_id) WHERE stripe_charge_id <> '';
CREATE INDEX subscription_invoices_payment_intent_idx ON subscription_invoices (stripe_payment_intent_id) WHERE stripe_payment_intent_id <> '';

-- What is not as it was agreed, each once: about is Stripe's name of the thing that it is about.
CREATE TABLE billing_alarms (
    id              uuid PRIMARY KEY,
    kind            billing_alarm_kind NOT NULL,
    subscription_id uuid NOT NULL REFERENCES subscriptions,
    location_id     uuid NOT NULL REFERENCES locations,
    about           text NOT NULL,
    since           timestamptz NOT NULL,
    currency        currency_code NOT NULL,
    expected_minor  minor_amount,
    actual_minor    minor_amount,
    expected_on     date,
    actual_on       date,
    detail          text NOT NULL DEFAULT '',
    handled_at      timestamptz,
    handled_by      uuid REFERENCES staff,
    handled_note    text NOT NULL DEFAULT '',
    CONSTRAINT billing_alarms_once UNIQUE (kind, about),
    CONSTRAINT billing_alarms_handled_by_somebody CHECK ((handled_at IS NULL) = (handled_by IS NULL))
);
CREATE INDEX billing_alarms_location_id_idx ON billing_alarms (location_id, id DESC);
CREATE INDEX billing_alarms_open_idx ON billing_alarms (location_id, id DESC) WHERE handled_at IS NULL;
CREATE INDEX billing_alarms_subscription_id_idx ON billing_alarms (subscription_id);

-- When a payment method that waits for approval was looked at last. A submission is evidence, so it does not stand there.
CREATE TABLE payment_method_looks (
    submission_id uuid PRIMARY KEY REFERENCES submissions,
    looked_at     timestamptz NOT NULL
);
CREATE INDEX submissions_ready_idx ON submissions (submitted_at, id) WHERE status = 'ready_for_approval';
CREATE INDEX submissions_payment_method_idx ON submissions (stripe_payment_method_id);

GRANT SELECT, INSERT, UPDATE ON subscription_invoices, payment_method_looks TO carryover_app;
GRANT SELECT, INSERT ON billing_alarms TO carryover_app;
GRANT UPDATE (handled_at, handled_by, handled_note) ON billing_alarms TO carryover_app;
