-- A bank may want its customer for any charge, not for the first alone.

-- +goose Up

ALTER TYPE billing_alarm_kind ADD VALUE 'renewal_confirmation';
ALTER TYPE event_subject ADD VALUE 'email_correction';
ALTER TYPE event_subject ADD VALUE 'method_change';

ALTER TABLE subscription_invoices
    ADD COLUMN confirming_since timestamptz,
    ADD COLUMN ask_delivery_id  uuid CONSTRAINT subscription_invoices_ask_key UNIQUE REFERENCES deliveries;
COMMENT ON COLUMN subscription_invoices.confirming_since IS 'Since when the tenant''s bank wants the tenant for it; NULL: it does not, or not any more';
COMMENT ON COLUMN subscription_invoices.ask_delivery_id IS 'The message that asks the tenant to confirm it: one for each invoice, ever';
CREATE INDEX subscription_invoices_confirming_idx ON subscription_invoices (subscription_id) WHERE confirming_since IS NOT NULL;

-- An alarm of something that came right by itself is closed by nobody.
ALTER TABLE billing_alarms
    DROP CONSTRAINT billing_alarms_handled_by_somebody,
    ADD CONSTRAINT billing_alarms_handled_when CHECK (handled_at IS NOT NULL OR handled_by IS NULL);

-- What waits for a tenant already is asked for at the next look.
UPDATE subscriptions SET next_look_at = created_at WHERE status IN ('past_due', 'unpaid');
