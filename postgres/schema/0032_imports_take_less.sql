-- What an import costs that is not the list itself: writing again what a file only repeats.

-- +goose Up

-- A row that only repeats what is on the list is not written again: each of its index entries would be.
COMMENT ON COLUMN legacy_memberships.batch_id IS 'The import that brought it or changed it last, in this line';

-- The memberships that an import which is under way has met and left as they were: by this a second line with the same id is known. No
-- foreign keys, which would be looked up for each row: rows are written by the import that holds its batch, of memberships it has just
-- read, neither of which is ever deleted, and are gone when it is over.
CREATE TABLE legacy_repeated (
    batch_id             uuid NOT NULL,
    legacy_membership_id uuid NOT NULL,
    line                 integer NOT NULL,
    PRIMARY KEY (batch_id, legacy_membership_id)
);

-- The shape of what a piece of rows has met on the list. It stays empty, as legacy_staging.
CREATE TABLE legacy_meetings (
    line      integer NOT NULL,
    met_id    uuid NOT NULL,
    met_line  integer,          -- of the same file, where an earlier line of it has the id
    met_state text NOT NULL,
    changes   boolean NOT NULL, -- something that people see, which is told as an update
    writes    boolean NOT NULL  -- that, or the file's own words and what it is found by
);
ALTER TABLE legacy_staging DROP COLUMN met_id, DROP COLUMN met_state, DROP COLUMN changes;
COMMENT ON COLUMN legacy_staging.met_line IS 'Of a trial: the line that had the id before';
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION stage_legacy() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    CREATE TEMPORARY TABLE legacy_staging (LIKE public.legacy_staging INCLUDING DEFAULTS) ON COMMIT DROP;
    CREATE TEMPORARY TABLE legacy_meetings (LIKE public.legacy_meetings) ON COMMIT DROP;
END $$;
-- +goose StatementEnd

GRANT SELECT, INSERT, DELETE ON legacy_repeated TO carryover_app;
GRANT SELECT ON legacy_meetings TO carryover_app;
