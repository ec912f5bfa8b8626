-- What became of messages, where two sources tell of it.

-- +goose Up

-- A message is FAILED by what the provider answered, or because a look-up or a person concluded that it was not sent. The provider's
-- own word may still prove the latter wrong, and nothing else.
ALTER TABLE deliveries ADD COLUMN not_sent boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN deliveries.not_sent IS 'FAILED by a look-up or by a person''s word; only then may the provider''s word follow';
INSERT INTO allowed_steps (subject, from_status, to_status) VALUES
    ('delivery', 'failed', 'accepted'),
    ('delivery', 'failed', 'delivered'),
    ('delivery', 'failed', 'undelivered');
