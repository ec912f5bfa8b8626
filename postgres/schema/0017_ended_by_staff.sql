-- What staff end where nobody else can: a reservation whose last attempt came to nothing.

-- +goose Up

-- A submission is turned down once at most, and closed once at most: with another offer in its place, or without.
ALTER TABLE rejections ADD COLUMN closes boolean NOT NULL DEFAULT false;
UPDATE rejections SET closes = true WHERE successor_id IS NOT NULL;
ALTER TABLE rejections
    DROP CONSTRAINT rejections_pkey,
    ADD CONSTRAINT rejections_pkey PRIMARY KEY (submission_id, closes),
    ADD CONSTRAINT rejections_successor_closes CHECK (closes OR successor_id IS NULL);
COMMENT ON COLUMN rejections.closes IS 'The reservation ended with it; the tenant cannot try again under it';
