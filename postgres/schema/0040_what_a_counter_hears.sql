-- Days of cancellations as the location has them, and what becomes of an approval is told to the counter.

-- +goose Up

-- A cancellation on a day was kept as midnight UTC, which in America is the day before. From now on it is noon at the location, or the moment
-- at which it was recorded where that was earlier. A day that is still ahead is left to the list's next file, which says what it means.
UPDATE legacy_memberships l
SET cancelled_there_at = least(((l.cancelled_there_at AT TIME ZONE 'UTC')::date + time '12:00') AT TIME ZONE z.time_zone, now())
FROM locations z
WHERE z.id = l.location_id AND l.cancelled_there_at = date_trunc('day', l.cancelled_there_at, 'UTC') AND l.cancelled_there_at <= now();
COMMENT ON COLUMN legacy_memberships.cancelled_there_at IS 'A moment of the day on which it was cancelled there, as the location has it';

-- Whoever has a signed session on the screen hears what becomes of its approval.
-- +goose StatementBegin
CREATE FUNCTION tell_the_counter_of_a_submission() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('carryover_batch', c.session_id::text) FROM counter_migrations c WHERE c.id = NEW.invitation_id AND c.submission_id = NEW.id;
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER submissions_tell_the_counter AFTER UPDATE OF status ON submissions FOR EACH ROW
    WHEN (OLD.status IS DISTINCT FROM NEW.status AND NEW.invitation_id IS NOT NULL) EXECUTE FUNCTION tell_the_counter_of_a_submission();
