-- +goose Up
-- A message is changed at least twice: as it goes, and as it is taken. A change of what stands in any index, also in the condition of
-- one, writes the row into every index again. So its status stands in none: what the indexes ask for are columns that most changes of
-- status leave as they are.
ALTER TABLE deliveries
    ADD COLUMN waits boolean NOT NULL GENERATED ALWAYS AS (status IN ('queued', 'sending')) STORED,
    ADD COLUMN lost boolean NOT NULL GENERATED ALWAYS AS (status = 'unknown') STORED;
COMMENT ON COLUMN deliveries.waits IS 'Queued or sending; for indexes';
COMMENT ON COLUMN deliveries.lost IS 'Unknown; for indexes';

DROP INDEX deliveries_unknown_idx, deliveries_queued_idx, deliveries_standing_idx;
CREATE INDEX deliveries_lost_idx ON deliveries (next_look_at) WHERE lost;
-- What waits for an address that is suppressed is withdrawn at once.
CREATE INDEX deliveries_waiting_idx ON deliveries (address) WHERE waits;
CREATE INDEX deliveries_standing_idx ON deliveries (created_at) WHERE waits AND batch_id IS NULL;

-- Room on a page for its rows as they become when what they say is frozen.
ALTER TABLE deliveries SET (fillfactor = 30);
