-- What staff end or mend where nobody else can, the list of tenants by name, and notices of what happened to a submission.

-- +goose Up

-- A submission is turned down once at most, and closed once at most: with another offer in its place, or without.
ALTER TABLE rejections ADD COLUMN closes boolean NOT NULL DEFAULT false;
UPDATE rejections SET closes = true WHERE successor_id IS NOT NULL;
ALTER TABLE rejections
    DROP CONSTRAINT rejections_pkey,
    ADD CONSTRAINT rejections_pkey PRIMARY KEY (submission_id, closes),
    ADD CONSTRAINT rejections_successor_closes CHECK (closes OR successor_id IS NULL);
COMMENT ON COLUMN rejections.closes IS 'The reservation ended with it; the tenant cannot try again under it';

-- A tenant's bank waits for the tenant, and staff wait no more. The job that asks Stripe next carries it out.
CREATE TABLE confirmation_ends (
    submission_id uuid PRIMARY KEY REFERENCES submissions,
    staff_id      uuid NOT NULL REFERENCES staff,
    reason        text NOT NULL CHECK (btrim(reason) <> ''),
    requested_at  timestamptz NOT NULL
);
GRANT SELECT, INSERT ON confirmation_ends TO carryover_app;

ALTER TABLE email_corrections ADD COLUMN entered_by uuid REFERENCES staff;
COMMENT ON COLUMN email_corrections.entered_by IS 'Who wrote down what the tenant told them; NULL where the tenant gave the address themselves';

-- The list of tenants by name: what a location sees of a tenant stands beside the link, kept by triggers, as in the list of
-- invitations (0007).
ALTER TABLE tenant_locations
    ADD COLUMN name_key text COLLATE "C" NOT NULL DEFAULT '',
    ADD COLUMN search_text text COLLATE "C" NOT NULL DEFAULT '';
COMMENT ON COLUMN tenant_locations.search_text IS 'A blank before every word: one or two letters are searched as the beginning of one';
-- +goose StatementBegin
CREATE FUNCTION copy_tenant_for_list() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT left(fold(coalesce(NEW.known_as, t.name)), 120),
           ' ' || left(fold(concat_ws(' ', coalesce(NEW.known_as, t.name), t.email,
               CASE WHEN NEW.known_as IS NULL THEN t.phone ELSE NEW.known_phone END)), 600)
    INTO STRICT NEW.name_key, NEW.search_text
    FROM tenants t WHERE t.id = NEW.tenant_id;
    RETURN NEW;
END $$;
CREATE FUNCTION refresh_tenant_copies() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE tenant_locations SET known_as = known_as WHERE tenant_id = NEW.id;
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER tenant_locations_copy_for_list BEFORE INSERT OR UPDATE OF known_as, known_phone ON tenant_locations
    FOR EACH ROW EXECUTE FUNCTION copy_tenant_for_list();
CREATE TRIGGER tenants_refresh_copies AFTER UPDATE OF name, email, phone ON tenants FOR EACH ROW
    WHEN ((OLD.name, OLD.email, OLD.phone) IS DISTINCT FROM (NEW.name, NEW.email, NEW.phone)) EXECUTE FUNCTION refresh_tenant_copies();
UPDATE tenant_locations SET known_as = known_as;
CREATE INDEX tenant_locations_name_key_idx ON tenant_locations (name_key, tenant_id, location_id);
CREATE INDEX tenant_locations_location_name_idx ON tenant_locations (location_id, name_key, tenant_id);
CREATE INDEX tenant_locations_search_idx ON tenant_locations USING gin (search_text gin_trgm_ops);

-- Whoever watches a submission hears of whatever is written down of it, from whichever process.
-- +goose StatementBegin
CREATE FUNCTION tell_of_submission() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('carryover_batch', NEW.subject_id::text);
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER events_tell_of_submission AFTER INSERT ON events FOR EACH ROW
    WHEN (NEW.subject_kind = 'submission') EXECUTE FUNCTION tell_of_submission();
