-- A page of the list of invitations is one look: at an index that holds everything that most filters and the search ask for, and
-- at the page's own rows.

-- +goose Up

-- What a list shows a staff member in a row; whether the row is theirs to see is for the statement to ask. The prices are those of
-- the offer as it stands: an open one follows its plan and insurance, a closed one keeps what it had; -1 stands for one that is not
-- there. known_as is set for a guest, whom the staff member knows only by a name that was typed: neither the invitation's location nor
-- another one that they manage has the record.
CREATE VIEW listed_invitations AS
SELECT s.id AS staff_id, i.id, i.unit, i.currency, i.status, i.revision, i.anchor_day, i.email_sent_at, i.sms_sent_at, i.opened_at,
    i.claimed_at, i.revoked_at, i.revoked_reason, i.delivery_failed, i.link_expires_at, i.created_at,
    i.tenant_key, i.plan_key, i.location_key, i.card_key, i.ach_key, i.insurance_key,
    (i.card_price_override_minor IS NOT NULL OR i.ach_price_override_minor IS NOT NULL)::boolean AS has_price_override,
    (CASE WHEN i.status IN ('pending', 'sent') THEN coalesce(i.card_price_override_minor, p.card_price_minor) ELSE i.card_key END)::bigint AS card_price,
    (CASE WHEN i.status IN ('pending', 'sent') THEN coalesce(i.ach_price_override_minor, p.ach_price_minor, -1) ELSE i.ach_key END)::bigint AS ach_price,
    t.id AS tenant_id, t.name AS tenant_name, t.email AS tenant_email, t.phone AS tenant_phone, t.activated_at AS tenant_activated_at,
    coalesce(CASE WHEN o.tenant_id IS NULL OR o.known_as IS NOT NULL THEN (
        SELECT (array_agg(tl.known_as ORDER BY tl.known_as IS NOT NULL, tl.location_id))[1]
        FROM tenant_locations tl JOIN managed_locations m ON m.location_id = tl.location_id
        WHERE tl.tenant_id = i.tenant_id AND m.staff_id = s.id) END, '')::text AS known_as,
    coalesce(CASE WHEN o.tenant_id IS NULL OR o.known_as IS NOT NULL THEN (
        SELECT (array_agg(tl.known_phone ORDER BY tl.known_as IS NOT NULL, tl.location_id))[1]
        FROM tenant_locations tl JOIN managed_locations m ON m.location_id = tl.location_id
        WHERE tl.tenant_id = i.tenant_id AND m.staff_id = s.id) END, '')::text AS known_phone,
    p.id AS plan_id, p.name AS plan_name, p.archived_at AS plan_archived_at,
    l.id AS location_id, l.name AS location_name, l.time_zone,
    n.id AS insurance_id, n.name AS insurance_name, n.archived_at AS insurance_archived_at,
    (CASE WHEN i.status IN ('pending', 'sent') THEN coalesce(n.price_minor, -1) ELSE i.insurance_key END)::bigint AS insurance_price
FROM invitations i
CROSS JOIN staff s
JOIN tenants t ON t.id = i.tenant_id
JOIN plans p ON p.id = i.plan_id
JOIN locations l ON l.id = i.location_id
LEFT JOIN insurance_plans n ON n.id = i.insurance_plan_id
LEFT JOIN tenant_locations o ON o.location_id = i.location_id AND o.tenant_id = i.tenant_id;
GRANT SELECT ON listed_invitations TO carryover_app;

-- The text that is searched and the time stand in the index of each order, so that a filter and a search are answered from within
-- it; only the plan and the link's end are not. A change of state is no slower for it, and writes a fifth more of the log.
DROP INDEX invitations_created_idx, invitations_tenant_key_idx, invitations_plan_key_idx, invitations_location_key_idx,
    invitations_card_key_idx, invitations_ach_key_idx, invitations_insurance_key_idx, invitations_anchor_day_idx, invitations_status_idx,
    invitations_location_id_idx;
CREATE INDEX invitations_created_idx ON invitations (created_at, id, location_id, status, anchor_day, has_phone, texted, delivery_failed)
    INCLUDE (search_text);
CREATE INDEX invitations_tenant_key_idx ON invitations (tenant_key, id, location_id, status, anchor_day, has_phone, texted, delivery_failed)
    INCLUDE (created_at, search_text);
CREATE INDEX invitations_plan_key_idx ON invitations (plan_key, id, location_id, status, anchor_day, has_phone, texted, delivery_failed)
    INCLUDE (created_at, search_text);
CREATE INDEX invitations_location_key_idx ON invitations (location_key, id, location_id, status, anchor_day, has_phone, texted, delivery_failed)
    INCLUDE (created_at, search_text);
CREATE INDEX invitations_card_key_idx ON invitations (card_key, id, location_id, status, anchor_day, has_phone, texted, delivery_failed)
    INCLUDE (created_at, search_text);
CREATE INDEX invitations_ach_key_idx ON invitations (ach_key, id, location_id, status, anchor_day, has_phone, texted, delivery_failed)
    INCLUDE (created_at, search_text);
CREATE INDEX invitations_insurance_key_idx ON invitations (insurance_key, id, location_id, status, anchor_day, has_phone, texted, delivery_failed)
    INCLUDE (created_at, search_text);
CREATE INDEX invitations_anchor_day_idx ON invitations (anchor_day, id, location_id, status, has_phone, texted, delivery_failed)
    INCLUDE (created_at, search_text);
CREATE INDEX invitations_status_idx ON invitations (status, id, location_id, anchor_day, has_phone, texted, delivery_failed)
    INCLUDE (created_at, search_text);
-- Of a location's invitations whatever the list filters and orders by.
CREATE INDEX invitations_location_id_idx ON invitations (location_id, status, created_at, id, anchor_day, has_phone, texted, delivery_failed)
    INCLUDE (tenant_key, plan_key, location_key, card_key, ach_key, insurance_key, search_text);
-- Those that could not be delivered are few, and what staff look for first.
CREATE INDEX invitations_failed_idx ON invitations (created_at, id, location_id, status, anchor_day, has_phone, texted)
    INCLUDE (tenant_key, plan_key, location_key, card_key, ach_key, insurance_key, search_text) WHERE delivery_failed;

-- About how many invitations match a filter, as the planner sees it: whether to find and sort them, or to go on through the list.
DROP FUNCTION estimate_found(uuid[], text[]);
-- +goose StatementBegin
CREATE FUNCTION estimate_matching(location_ids uuid[], statuses text[], plan_ids uuid[], anchor_days integer[], has_phone boolean, texted boolean,
    delivery_failed boolean, created_from timestamptz, created_before timestamptz, words text[]) RETURNS bigint LANGUAGE plpgsql AS $$
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
        CASE WHEN words <> '{}' THEN format('search_text LIKE ALL (%L::text[])', words) END) INTO plan;
    RETURN plan #>> '{0,Plan,Plan Rows}';
END $$;
-- +goose StatementEnd

-- As before, with a plan that is kept: a page of a search asks for it each time.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION like_words(text) RETURNS text[] LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT AS $$
BEGIN
    RETURN (SELECT coalesce(array_agg(CASE WHEN length(word) > 2 THEN '%' ELSE '% ' END || regexp_replace(word, '([\\%_])', '\\\1', 'g') || '%' ORDER BY n), '{}')
        FROM regexp_split_to_table(fold($1), ' ') WITH ORDINALITY w (word, n)
        WHERE n <= 6 AND word <> '');
END $$;
-- +goose StatementEnd
