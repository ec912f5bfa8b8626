-- What staff look through after an invitation: reservations, what waits too long, and what was done by whom.

-- +goose Up

CREATE INDEX reservations_tenant_id_idx ON reservations (tenant_id);
CREATE INDEX reservations_current_submission_idx ON reservations (current_submission_id);

-- When a batch got on last, so that one which stands still shows.
ALTER TABLE batches ADD COLUMN settled_at timestamptz;
COMMENT ON COLUMN batches.settled_at IS 'When its counts were seen to change last; NULL before that';
CREATE INDEX batches_unfinished_idx ON batches (created_at) WHERE finished_at IS NULL;

-- What waits is found by how long it does, whatever else there is.
CREATE INDEX submissions_waiting_idx ON submissions (status, status_changed_at) WHERE status NOT IN ('approved', 'undone');
CREATE INDEX deliveries_standing_idx ON deliveries (created_at) WHERE status IN ('queued', 'sending') AND batch_id IS NULL;

-- The newest first, of a location, of everything, and of one who did it. `at` goes before the id: a demo's clock moves the one
-- and not the other.
DROP INDEX events_location_idx;
CREATE INDEX events_location_idx ON events (location_id, at DESC, id DESC);
CREATE INDEX events_at_idx ON events (at DESC, id DESC);
CREATE INDEX events_actor_idx ON events (actor_id, at DESC, id DESC) WHERE actor_id IS NOT NULL;
