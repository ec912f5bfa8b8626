-- Money that went back and came back again, subscriptions that Stripe does not know, and reservations whose subscription has ended.

-- +goose Up

ALTER TYPE billing_alarm_kind ADD VALUE 'dispute_inquiry';
ALTER TYPE billing_alarm_kind ADD VALUE 'refund_failed';
ALTER TYPE undo_act ADD VALUE 'credited';

-- One invoice may have gone back in two ways: a part by the bank's own doing, the rest as a refund.
ALTER TABLE undo_invoices DROP CONSTRAINT undo_invoices_pkey, ADD PRIMARY KEY (undo_id, stripe_invoice_id, act);

-- Stripe answers as if it had never had the subscription. That proves nothing: a key of another account is told the same.
ALTER TABLE subscriptions ADD COLUMN unknown_since timestamptz;
CREATE INDEX subscriptions_unknown_idx ON subscriptions (unknown_since) WHERE unknown_since IS NOT NULL;

-- A reservation ends with its subscription from now on. The next look ends those that should have, with their events.
UPDATE subscriptions s SET next_look_at = coalesce(s.ended_at, s.created_at)
FROM reservations r, submissions b
WHERE r.id = s.reservation_id AND b.id = s.submission_id AND r.live AND NOT s.live AND b.status = 'approved';
