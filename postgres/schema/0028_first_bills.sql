-- A legacy cycle that goes on: where its first charge here is beyond Stripe's ceiling for an anchor, the time until then is a trial.

-- +goose Up

ALTER TABLE approvals
    ADD COLUMN trial_end_at timestamptz,
    ADD CONSTRAINT approvals_trial_is_alone CHECK (trial_end_at IS NULL OR (backdate_at IS NULL AND anchor_at IS NULL));
