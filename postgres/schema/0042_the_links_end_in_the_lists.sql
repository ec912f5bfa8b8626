-- A list of invitations asks for the end of links within its indexes as for everything else, and an import looks for ids within one.

-- +goose Up

-- Only the plan is in none of them now. What renews a link changes every index; the first email does so anyway, since it changes the state.
DROP INDEX invitations_created_idx, invitations_tenant_key_idx, invitations_plan_key_idx, invitations_location_key_idx,
    invitations_card_key_idx, invitations_ach_key_idx, invitations_insurance_key_idx, invitations_anchor_day_idx, invitations_status_idx,
    invitations_location_id_idx, invitations_failed_idx, invitations_place_idx;
CREATE INDEX invitations_created_idx ON invitations (created_at, id, location_id, status, anchor_day, has_phone, texted, delivery_failed)
    INCLUDE (link_expires_at, search_text);
CREATE INDEX invitations_tenant_key_idx ON invitations (tenant_key, id, location_id, status, anchor_day, has_phone, texted, delivery_failed)
    INCLUDE (created_at, link_expires_at, search_text);
CREATE INDEX invitations_plan_key_idx ON invitations (plan_key, id, location_id, status, anchor_day, has_phone, texted, delivery_failed)
    INCLUDE (created_at, link_expires_at, search_text);
CREATE INDEX invitations_location_key_idx ON invitations (location_key, id, location_id, status, anchor_day, has_phone, texted, delivery_failed)
    INCLUDE (created_at, link_expires_at, search_text);
CREATE INDEX invitations_card_key_idx ON invitations (card_key, id, location_id, status, anchor_day, has_phone, texted, delivery_failed)
    INCLUDE (created_at, link_expires_at, search_text);
CREATE INDEX invitations_ach_key_idx ON invitations (ach_key, id, location_id, status, anchor_day, has_phone, texted, delivery_failed)
    INCLUDE (created_at, link_expires_at, search_text);
CREATE INDEX invitations_insurance_key_idx ON invitations (insurance_key, id, location_id, status, anchor_day, has_phone, texted, delivery_failed)
    INCLUDE (created_at, link_expires_at, search_text);
CREATE INDEX invitations_anchor_day_idx ON invitations (anchor_day, id, location_id, status, has_phone, texted, delivery_failed)
    INCLUDE (created_at, link_expires_at, search_text);
CREATE INDEX invitations_status_idx ON invitations (status, id, location_id, anchor_day, has_phone, texted, delivery_failed)
    INCLUDE (created_at, link_expires_at, search_text);
CREATE INDEX invitations_location_id_idx ON invitations (location_id, status, created_at, id, anchor_day, has_phone, texted, delivery_failed)
    INCLUDE (tenant_key, plan_key, location_key, card_key, ach_key, insurance_key, link_expires_at, search_text);
CREATE INDEX invitations_place_idx ON invitations (location_id, location_key, id, status, anchor_day, has_phone, texted, delivery_failed)
    INCLUDE (link_expires_at);
CREATE INDEX invitations_failed_idx ON invitations (created_at, id, location_id, status, anchor_day, has_phone, texted)
    INCLUDE (tenant_key, plan_key, location_key, card_key, ach_key, insurance_key, link_expires_at, search_text) WHERE delivery_failed;

DROP FUNCTION estimate_matching(uuid[], text[], uuid[], integer[], boolean, boolean, boolean, timestamptz, timestamptz, text[]);
-- As before, with the link's end: of open invitations alone it is a condition that the planner knows much of.
-- +goose StatementBegin
CREATE FUNCTION estimate_matching(location_ids uuid[], statuses text[], plan_ids uuid[], anchor_days integer[], has_phone boolean, texted boolean,
    delivery_failed boolean, created_from timestamptz, created_before timestamptz, link_expired boolean, now timestamptz, words text[])
    RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    plan json;
BEGIN
    EXECUTE 'EXPLAIN (FORMAT JSON) SELECT FROM invitations WHERE ' || concat_ws(' AND ', 'true',
        CASE WHEN location_ids <> '{}' THEN format('location_id = ANY (%L::uuid[])', location_ids) END,
        CASE WHEN statuses <> '{}' THEN format('status = ANY (%L::invitation_status[])', statuses) END,
        CASE WHEN plan_ids <> '{}' THEN format('plan_id = ANY (%L::uuid[])', plan_ids) END,
        CASE WHEN anchor_days <> '{}' THEN format('anchor_day = ANY (%L::smallint[])', anchor_days) END,
        'has_phone = ' || quote_literal(has_phone), 'texted = ' || quote_literal(texted), 'delivery_failed = ' || quote_literal(delivery_failed),
        'created_at >= ' || quote_literal(created_from), 'created_at < ' || quote_literal(created_before),
        CASE WHEN link_expired THEN format('status IN (''pending'', ''sent'') AND link_expires_at <= %L', now)
            WHEN NOT link_expired AND statuses <> '{}' AND statuses <@ '{pending,sent}' THEN format('link_expires_at > %L', now) END,
        CASE WHEN words <> '{}' THEN format('search_text LIKE ALL (%L::text[])', words) END) INTO plan;
    RETURN plan #>> '{0,Plan,Plan Rows}';
END $$;
-- +goose StatementEnd

-- Of some ids those that are on a source's list; of a short list all that it has, wanted or not. A look into the index for each id is planned
-- right only where the list is there already: planned on an empty one it would go through the rows that other pieces bring meanwhile.
-- +goose StatementBegin
CREATE FUNCTION legacy_ids_there(at uuid, list text, wanted text[]) RETURNS SETOF text LANGUAGE plpgsql STABLE
    SET enable_seqscan = off SET jit = off AS $$
DECLARE
    short CONSTANT integer := 10000;
    there CONSTANT text[] := ARRAY(SELECT x.source_id FROM legacy_memberships x WHERE x.location_id = at AND x.source = list LIMIT short);
BEGIN
    IF cardinality(there) < short THEN
        RETURN QUERY SELECT unnest(there);
    ELSE
        RETURN QUERY SELECT l.source_id FROM unnest(wanted) u
            CROSS JOIN LATERAL (SELECT x.source_id FROM legacy_memberships x WHERE x.location_id = at AND x.source = list AND x.source_id = u OFFSET 0) l;
    END IF;
END $$;
-- +goose StatementEnd
