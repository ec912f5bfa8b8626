-- Emails that are frozen anew are known to the provider by another key.

-- +goose Up

ALTER TABLE email_chunks ADD COLUMN freezings integer NOT NULL DEFAULT 0;
COMMENT ON COLUMN email_chunks.freezings IS 'How often it was frozen. The first has the key of the chunk, as all had before this step; each further one has its own';
