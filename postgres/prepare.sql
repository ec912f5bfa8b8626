-- What must stand before the first schema step, and what the owner's role may not do for itself.
-- Safe to repeat, and to run from several processes: roles belong to the whole cluster, so another
-- database's run can be first; in this database the lock keeps the others out until the end.
SELECT pg_advisory_xact_lock(hashtextextended('carryover prepare', 0));

DO $$
DECLARE
    wanted name;
BEGIN
    FOREACH wanted IN ARRAY ARRAY['carryover_owner', 'carryover_app'] LOOP
        -- Asked first: a login that may not create roles serves if somebody else has created them.
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
            BEGIN
                EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
            EXCEPTION WHEN duplicate_object OR unique_violation THEN
                NULL;
            END;
        END IF;
        -- A superuser enters every role. Others need the membership, and from PostgreSQL 16 on even the
        -- creator of a role does. If it is refused and missing, the next connection says so.
        IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
            BEGIN
                EXECUTE format('GRANT %I TO %I', wanted, current_user);
            EXCEPTION WHEN duplicate_object OR unique_violation OR insufficient_privilege THEN
                NULL;
            END;
        END IF;
    END LOOP;

    -- Since PostgreSQL 15 nobody but the database's owner may create in public.
    IF NOT has_schema_privilege('carryover_owner', 'public', 'CREATE') THEN
        GRANT CREATE ON SCHEMA public TO carryover_owner;
    END IF;
END
$$;

-- Searching people by parts of their names. Both are trusted extensions: CREATE on the database is enough.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;
