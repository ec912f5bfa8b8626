-- What a number was texted at counters is counted before it is texted again, and a session is forgotten by its last use.

-- +goose Up

CREATE INDEX deliveries_email_request_idx ON deliveries (address, created_at) WHERE purpose = 'email_request';

ALTER TABLE sessions ADD COLUMN read_again_at timestamptz;
COMMENT ON COLUMN sessions.read_again_at IS 'When its plate or tag was last read again; NULL where it was not';
