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
    ADD COLUMN texted boolean NOT NULL GENERATED ALWAYS AS (sms_sent_at IS NOT NULL) STORED,
    ADD COLUMN delivery_failed boolean NOT NULL DEFAULT false,
    ADD COLUMN revoked_reason text NOT NULL DEFAULT '',
    ADD COLUMN link_copied_at timestamptz;
COMMENT ON COLUMN invitations.link_copied_at IS 'When staff first took the link to hand it over by another way: from then on the tenant counts as told';
ALTER TABLE invitations ALTER COLUMN search_text SET STATISTICS 1000;
COMMENT ON COLUMN invitations.search_text IS 'A blank before every word: one or two letters are searched as the beginning of one';

-- The words of what somebody searches for, as patterns over search_text: of one or two letters at the beginning of a word
-- there, of more anywhere. LIKE's own signs are escaped after folding, which can make them out of others. The first six count.
-- +goose StatementBegin
CREATE FUNCTION like_words(text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT RETURN (
    SELECT coalesce(array_agg(CASE WHEN length(word) > 2 THEN '%' ELSE '% ' END || regexp_replace(word, '([\\%_])', '\\\1', 'g') || '%' ORDER BY n), '{}')
    FROM regexp_split_to_table(fold($1), ' ') WITH ORDINALITY w (word, n)
    WHERE n <= 6 AND word <> '');
-- +goose StatementEnd

-- About how many invitations are at some locations (none named: at any) and hold all of some words, as the planner sees it:
-- whether to find and sort them, or to go through a list in its order until a page is full.
-- +goose StatementBegin
CREATE FUNCTION estimate_found(location_ids uuid[], words text[]) RETURNS bigint LANGUAGE plpgsql STRICT AS $$
DECLARE
    plan json;
BEGIN
    EXECUTE 'EXPLAIN (FORMAT JSON) SELECT FROM invitations WHERE true'
        || CASE WHEN location_ids = '{}' THEN '' ELSE format(' AND location_id = ANY (%L::uuid[])', location_ids) END
        || CASE WHEN words = '{}' THEN '' ELSE format(' AND search_text LIKE ALL (%L::text[])', words) END INTO plan;
    RETURN plan #>> '{0,Plan,Plan Rows}';
END $$;
-- +goose StatementEnd

-- Who sees every location's people, so that a list need not look at locations at all. managed_locations says the same.
CREATE VIEW manages_everything AS SELECT id AS staff_id FROM staff WHERE role = 'admin' AND deactivated_at IS NULL;
GRANT SELECT ON manages_everything TO carryover_app;

-- What the list shows of an invitation's tenant, plan, location and insurance, as they are now; the prices of a closed
-- invitation stay as they were when it was closed.
-- +goose StatementBegin
CREATE FUNCTION copy_for_list() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    was_open boolean := TG_OP = 'INSERT' OR OLD.status IN ('pending', 'sent');
    card bigint;
    ach bigint;
    insurance bigint;
BEGIN
    SELECT left(fold(coalesce(tl.known_as, t.name)), 120),
           CASE WHEN tl.known_as IS NULL THEN t.phone IS NOT NULL ELSE tl.known_phone IS NOT NULL END,
           ' ' || left(fold(concat_ws(' ', coalesce(tl.known_as, t.name), t.email, p.name, l.name)), 600),
           left(fold(p.name), 120), left(fold(l.name), 120),
           coalesce(NEW.card_price_override_minor, p.card_price_minor),
           coalesce(NEW.ach_price_override_minor, p.ach_price_minor, -1),
           coalesce(ip.price_minor, -1)
    INTO STRICT NEW.tenant_key, NEW.has_phone, NEW.search_text, NEW.plan_key, NEW.location_key, card, ach, insurance
    FROM tenants t
    JOIN plans p ON p.id = NEW.plan_id
    JOIN locations l ON l.id = NEW.location_id
    LEFT JOIN tenant_locations tl ON tl.tenant_id = t.id AND tl.location_id = NEW.location_id
    LEFT JOIN insurance_plans ip ON ip.id = NEW.insurance_plan_id
    WHERE t.id = NEW.tenant_id;
    IF was_open OR OLD.search_text = '' THEN -- the first copy of one that was closed before there were any
        NEW.card_key := card;
        NEW.ach_key := ach;
        NEW.insurance_key := insurance;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        NEW.texted := OLD.texted; -- generated only afterwards
        IF NEW IS NOT DISTINCT FROM OLD THEN
            RETURN NULL; -- a refresh that found nothing to change writes nothing
        END IF;
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER invitations_copy_for_list BEFORE INSERT OR UPDATE OF tenant_id, plan_id, location_id, insurance_plan_id,
    card_price_override_minor, ach_price_override_minor ON invitations FOR EACH ROW EXECUTE FUNCTION copy_for_list();
CREATE TRIGGER invitations_copy_when_closed BEFORE UPDATE OF status ON invitations FOR EACH ROW
    WHEN (OLD.status IN ('pending', 'sent') AND NEW.status NOT IN ('pending', 'sent')) EXECUTE FUNCTION copy_for_list();
UPDATE invitations SET tenant_id = tenant_id;

-- One index for each order; the id makes it stable. Behind the id stands what the filters ask for and seldom changes, so that
-- a row that does not match is passed over within the index. What each sending changes (the link's end, when it went out)
-- is in no index: such a change then touches none, where the page has room for the row as it becomes. By tenant or plan whatever is searched for lies together, far from where a
-- page begins, so those two hold the text as well.
CREATE INDEX invitations_created_idx ON invitations (created_at, id, location_id, status, anchor_day, has_phone, texted, delivery_failed);
CREATE INDEX invitations_tenant_key_idx ON invitations (tenant_key, id, location_id, status, anchor_day, has_phone, texted, delivery_failed) INCLUDE (search_text);
CREATE INDEX invitations_plan_key_idx ON invitations (plan_key, id, location_id, status, anchor_day, has_phone, texted, delivery_failed) INCLUDE (search_text);
CREATE INDEX invitations_location_key_idx ON invitations (location_key, id, location_id, status, anchor_day, has_phone, texted, delivery_failed);
CREATE INDEX invitations_card_key_idx ON invitations (card_key, id, location_id, status, anchor_day, has_phone, texted, delivery_failed);
CREATE INDEX invitations_ach_key_idx ON invitations (ach_key, id, location_id, status, anchor_day, has_phone, texted, delivery_failed);
CREATE INDEX invitations_insurance_key_idx ON invitations (insurance_key, id, location_id, status, anchor_day, has_phone, texted, delivery_failed);
CREATE INDEX invitations_anchor_day_idx ON invitations (anchor_day, id, location_id, status, has_phone, texted, delivery_failed);
CREATE INDEX invitations_status_idx ON invitations (status, id, location_id, anchor_day, has_phone, texted, delivery_failed);
CREATE INDEX invitations_search_idx ON invitations USING gin (search_text gin_trgm_ops);
CREATE INDEX invitations_tenant_id_idx ON invitations (tenant_id);
CREATE INDEX invitations_plan_id_idx ON invitations (plan_id);
CREATE INDEX invitations_successor_id_idx ON invitations (successor_id) WHERE successor_id IS NOT NULL;
-- All that the list needs of a location's invitations to find and order a page of them, so that only the page's rows are read.
DROP INDEX invitations_location_id_idx;
CREATE INDEX invitations_location_id_idx ON invitations (location_id, status, created_at, id, anchor_day, has_phone, texted, delivery_failed)
    INCLUDE (tenant_key, plan_key, card_key, ach_key, insurance_key);
CREATE INDEX invitations_place_idx ON invitations (location_id, location_key, id, status, anchor_day, has_phone, texted, delivery_failed);
-- Room on a page for the next state of its rows, and index-only reading of pages that vacuum has seen.
ALTER TABLE invitations SET (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);

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
