-- The list of invitations at a million rows: what is sorted by and searched stands in the row itself, kept by triggers, so
-- that no page needs a join to find its rows.

-- +goose Up

-- One spelling for what people type and what is on file: lower case, without accents, blanks as one.
-- +goose StatementBegin
CREATE FUNCTION fold(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    RETURN btrim(regexp_replace(lower(public.unaccent('public.unaccent'::regdictionary, $1)), '\s+', ' ', 'g'));
-- +goose StatementEnd

-- A phone that a location's staff typed for somebody whose record is another location's. It goes with known_as.
ALTER TABLE tenant_locations
    ADD COLUMN known_phone text CONSTRAINT tenant_locations_known_phone_is_e164 CHECK (known_phone ~ '^\+[1-9][0-9]{6,14}$'),
    ADD COLUMN known_phone_consent_at timestamptz,
    ADD COLUMN known_phone_consent_source text,
    ADD CONSTRAINT tenant_locations_known_phone_is_of_known_as CHECK (known_phone IS NULL OR known_as IS NOT NULL),
    ADD CONSTRAINT tenant_locations_known_consent_has_a_phone CHECK (known_phone_consent_at IS NULL OR known_phone IS NOT NULL);
GRANT UPDATE (known_phone, known_phone_consent_at, known_phone_consent_source) ON tenant_locations TO carryover_app;
CREATE INDEX tenants_phone_idx ON tenants (phone) WHERE phone IS NOT NULL;
CREATE INDEX tenant_locations_known_phone_idx ON tenant_locations (known_phone) WHERE known_phone IS NOT NULL;

-- Copies for the list. -1 stands for a price that is not there, so that every row has a place in every order.
ALTER TABLE invitations
    ADD COLUMN tenant_key text COLLATE "C" NOT NULL DEFAULT '',
    ADD COLUMN plan_key text COLLATE "C" NOT NULL DEFAULT '',
    ADD COLUMN location_key text COLLATE "C" NOT NULL DEFAULT '',
    ADD COLUMN card_key bigint NOT NULL DEFAULT -1,
    ADD COLUMN ach_key bigint NOT NULL DEFAULT -1,
    ADD COLUMN insurance_key bigint NOT NULL DEFAULT -1,
    ADD COLUMN has_phone boolean NOT NULL DEFAULT false,
    ADD COLUMN search_text text COLLATE "C" NOT NULL DEFAULT '',
    ADD COLUMN delivery_failed boolean NOT NULL DEFAULT false,
    ADD COLUMN revoked_reason text NOT NULL DEFAULT '',
    ADD COLUMN link_copied_at timestamptz;
COMMENT ON COLUMN invitations.link_copied_at IS 'When staff first took the link to hand it over by another way: from then on the tenant counts as told';
ALTER TABLE invitations ALTER COLUMN search_text SET STATISTICS 1000;
COMMENT ON COLUMN invitations.search_text IS 'A blank before every word: one or two letters are searched as the beginning of one';

-- What the list shows of an invitation's tenant, plan, location and insurance, as they are now. An invitation that is closed
-- already keeps its prices, also where its tenant gets another name or phone; only its very first copy takes them.
-- +goose StatementBegin
CREATE FUNCTION copy_for_list() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT fold(coalesce(tl.known_as, t.name)),
           CASE WHEN tl.known_as IS NULL THEN t.phone IS NOT NULL ELSE tl.known_phone IS NOT NULL END,
           ' ' || fold(concat_ws(' ', coalesce(tl.known_as, t.name), t.email, p.name, l.name)),
           fold(p.name), fold(l.name),
           coalesce(NEW.card_price_override_minor, p.card_price_minor),
           coalesce(NEW.ach_price_override_minor, p.ach_price_minor, -1),
           coalesce(ip.price_minor, -1)
    INTO STRICT NEW.tenant_key, NEW.has_phone, NEW.search_text, NEW.plan_key, NEW.location_key, NEW.card_key, NEW.ach_key, NEW.insurance_key
    FROM tenants t
    JOIN plans p ON p.id = NEW.plan_id
    JOIN locations l ON l.id = NEW.location_id
    LEFT JOIN tenant_locations tl ON tl.tenant_id = t.id AND tl.location_id = NEW.location_id
    LEFT JOIN insurance_plans ip ON ip.id = NEW.insurance_plan_id
    WHERE t.id = NEW.tenant_id;
    IF TG_OP = 'UPDATE' AND OLD.search_text <> '' AND OLD.status IN ('claimed', 'revoked') THEN
        NEW.card_key := OLD.card_key;
        NEW.ach_key := OLD.ach_key;
        NEW.insurance_key := OLD.insurance_key;
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER invitations_copy_for_list BEFORE INSERT OR UPDATE OF tenant_id, plan_id, location_id, insurance_plan_id,
    card_price_override_minor, ach_price_override_minor ON invitations FOR EACH ROW EXECUTE FUNCTION copy_for_list();
UPDATE invitations SET tenant_id = tenant_id;

-- One index for each order; the id makes it stable.
CREATE INDEX invitations_created_idx ON invitations (created_at, id);
CREATE INDEX invitations_tenant_key_idx ON invitations (tenant_key, id);
CREATE INDEX invitations_plan_key_idx ON invitations (plan_key, id);
CREATE INDEX invitations_location_key_idx ON invitations (location_key, id);
CREATE INDEX invitations_card_key_idx ON invitations (card_key, id);
CREATE INDEX invitations_ach_key_idx ON invitations (ach_key, id);
CREATE INDEX invitations_insurance_key_idx ON invitations (insurance_key, id);
CREATE INDEX invitations_anchor_day_idx ON invitations (anchor_day, id);
CREATE INDEX invitations_status_idx ON invitations (status, id);
CREATE INDEX invitations_search_idx ON invitations USING gin (search_text gin_trgm_ops);
CREATE INDEX invitations_tenant_id_idx ON invitations (tenant_id);
CREATE INDEX invitations_plan_id_idx ON invitations (plan_id);
CREATE INDEX invitations_successor_id_idx ON invitations (successor_id) WHERE successor_id IS NOT NULL;
DROP INDEX invitations_location_id_idx;
CREATE INDEX invitations_location_id_idx ON invitations (location_id, status, created_at, id);

-- Every state that an edited offer was in after somebody had been told of it.
CREATE TABLE invitation_revisions (
    invitation_id             uuid NOT NULL REFERENCES invitations,
    revision                  integer NOT NULL CHECK (revision > 0),
    plan_id                   uuid NOT NULL REFERENCES plans,
    unit                      text NOT NULL,
    currency                  currency_code NOT NULL,
    insurance_plan_id         uuid REFERENCES insurance_plans,
    card_price_override_minor minor_amount,
    ach_price_override_minor  minor_amount,
    card_price_minor          minor_amount NOT NULL,
    ach_price_minor           minor_amount,
    anchor_day                smallint NOT NULL,
    changed_by                uuid NOT NULL REFERENCES staff,
    changed_at                timestamptz NOT NULL,
    PRIMARY KEY (invitation_id, revision)
);
COMMENT ON TABLE invitation_revisions IS 'What the invitation offered until changed_at, when changed_by made the next revision of it';
GRANT SELECT, INSERT ON invitation_revisions TO carryover_app;
