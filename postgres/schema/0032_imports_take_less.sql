-- What an import costs that is not the list itself: a check of every row's place and batch, and writing again what a file only repeats.

-- +goose Up

-- The rows of one statement have one place and one batch, or few: they are looked up once for the statement, not once for each row. What
-- holds is what a foreign key holds: no row without its place and batch, whoever deletes or inserts at the same moment.
-- +goose StatementBegin
CREATE FUNCTION refuse_legacy_of_nothing() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    one uuid;
BEGIN
    FOR one IN SELECT DISTINCT w.location_id FROM written w LOOP
        PERFORM FROM locations l WHERE l.id = one FOR KEY SHARE;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'there is no location % of a legacy membership', one
                USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'legacy_memberships_location_id_fkey', TABLE = 'legacy_memberships';
        END IF;
    END LOOP;
    FOR one IN SELECT DISTINCT w.batch_id FROM written w WHERE w.batch_id IS NOT NULL LOOP
        PERFORM FROM batches b WHERE b.id = one FOR KEY SHARE;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'there is no batch % of a legacy membership', one
                USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'legacy_memberships_batch_id_fkey', TABLE = 'legacy_memberships';
        END IF;
    END LOOP;
    RETURN NULL;
END $$;
CREATE FUNCTION refuse_deletion_of_legacy() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    CASE TG_TABLE_NAME -- after the deletion: who inserted before it has been waited for, and is seen
        WHEN 'locations' THEN PERFORM FROM public.legacy_memberships l WHERE l.location_id = OLD.id LIMIT 1;
        WHEN 'batches' THEN PERFORM FROM public.legacy_memberships l WHERE l.batch_id = OLD.id LIMIT 1;
    END CASE;
    IF FOUND THEN
        RAISE EXCEPTION '% % has legacy memberships', TG_TABLE_NAME, OLD.id
            USING ERRCODE = 'foreign_key_violation', TABLE = 'legacy_memberships',
                CONSTRAINT = CASE TG_TABLE_NAME WHEN 'locations' THEN 'legacy_memberships_location_id_fkey' ELSE 'legacy_memberships_batch_id_fkey' END;
    END IF;
    RETURN NULL;
END $$;
-- +goose StatementEnd
ALTER TABLE legacy_memberships DROP CONSTRAINT legacy_memberships_location_id_fkey, DROP CONSTRAINT legacy_memberships_batch_id_fkey;
CREATE TRIGGER legacy_memberships_inserted AFTER INSERT ON legacy_memberships REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_legacy_of_nothing();
CREATE TRIGGER legacy_memberships_updated AFTER UPDATE ON legacy_memberships REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_legacy_of_nothing();
CREATE TRIGGER locations_legacy AFTER DELETE OR UPDATE OF id ON locations FOR EACH ROW EXECUTE FUNCTION refuse_deletion_of_legacy();
CREATE TRIGGER batches_legacy AFTER DELETE OR UPDATE OF id ON batches FOR EACH ROW EXECUTE FUNCTION refuse_deletion_of_legacy();

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
