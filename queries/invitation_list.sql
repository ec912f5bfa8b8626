-- Written by queries/listgen from list.sql.tmpl: change it there, then make generate/sqlc.
--
-- The bound of staff stands in each statement: either the caller manages every location, or the row's.

-- name: InvitationListScope :one
-- What a list is looked for in: the managed locations among those asked for (or all, where none is), the patterns of the words
-- searched for, and about how many match.
SELECT s.location_ids::uuid[] AS location_ids, s.everything::boolean AS everything, s.words::text[] AS words,
    coalesce(estimate_matching(CASE WHEN s.everything AND cardinality(@location_ids::uuid[]) = 0 THEN '{}' ELSE s.location_ids END,
        @statuses::text[], @plan_ids::uuid[], @anchor_days::integer[], sqlc.narg(has_phone)::boolean, sqlc.narg(texted)::boolean,
        sqlc.narg(delivery_failed)::boolean, sqlc.narg(created_from)::timestamptz, sqlc.narg(created_before)::timestamptz,
        sqlc.narg(link_expired)::boolean, @now::timestamptz, s.words), 0)::bigint AS found
FROM (SELECT ARRAY(SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id
            AND (cardinality(@location_ids::uuid[]) = 0 OR m.location_id = ANY (@location_ids::uuid[])) ORDER BY m.location_id) AS location_ids,
        EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id) AS everything,
        like_words(@search::text) AS words
    OFFSET 0) s;

-- name: InvitationListInOrder :many
-- In the order of @ids.
SELECT v.* FROM unnest(@ids::uuid[]) WITH ORDINALITY p (id, n)
JOIN listed_invitations v ON v.id = p.id AND v.staff_id = @staff_id
WHERE EXISTS (SELECT FROM managed_locations m WHERE m.staff_id = @staff_id AND m.location_id = v.location_id)
ORDER BY p.n;

-- name: InvitationCountAll :one
-- For whoever manages everything, and no filter. Counts no further than @most.
SELECT count(*)::integer FROM (SELECT FROM invitations x
    WHERE EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id) LIMIT @most) counted;

-- name: InvitationCountMatching :one
-- Counts no further than @most.
SELECT count(*)::integer FROM (SELECT FROM invitations x WHERE 
    (EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)
        OR x.location_id IN (SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id))
    AND (cardinality(@location_ids::uuid[]) <> 1 OR x.location_id = (@location_ids::uuid[])[1])
    AND (cardinality(@location_ids::uuid[]) < 2 OR x.location_id = ANY (@location_ids::uuid[]))
    AND (cardinality(@statuses::text[]) <> 1 OR x.status = CAST((@statuses::text[])[1] AS invitation_status))
    AND (cardinality(@statuses::text[]) < 2 OR x.status = ANY (CAST(@statuses::text[] AS invitation_status[])))
    AND (cardinality(@anchor_days::integer[]) <> 1 OR x.anchor_day = (@anchor_days::integer[])[1])
    AND (cardinality(@anchor_days::integer[]) < 2 OR x.anchor_day = ANY (@anchor_days::integer[]))
    AND (sqlc.narg(has_phone)::boolean IS NULL OR x.has_phone = sqlc.narg(has_phone)::boolean)
    AND (sqlc.narg(texted)::boolean IS NULL OR x.texted = sqlc.narg(texted)::boolean)
    AND (sqlc.narg(delivery_failed)::boolean IS NULL OR x.delivery_failed = sqlc.narg(delivery_failed)::boolean)
    AND (cardinality(@plan_ids::uuid[]) = 0 OR x.plan_id = ANY (@plan_ids::uuid[]))
    AND (sqlc.narg(link_expired)::boolean IS NULL
        OR (x.status IN ('pending', 'sent') AND x.link_expires_at <= @now::timestamptz) = sqlc.narg(link_expired)::boolean)
    AND (sqlc.narg(created_from)::timestamptz IS NULL OR x.created_at >= sqlc.narg(created_from)::timestamptz)
    AND (sqlc.narg(created_before)::timestamptz IS NULL OR x.created_at < sqlc.narg(created_before)::timestamptz)
    AND (cardinality(@words::text[]) < 1 OR x.search_text LIKE (@words::text[])[1])
    AND (cardinality(@words::text[]) < 2 OR x.search_text LIKE (@words::text[])[2])
    AND (cardinality(@words::text[]) < 3 OR x.search_text LIKE (@words::text[])[3])
    AND (cardinality(@words::text[]) < 4 OR x.search_text LIKE (@words::text[])[4])
    AND (cardinality(@words::text[]) < 5 OR x.search_text LIKE (@words::text[])[5])
    AND (cardinality(@words::text[]) < 6 OR x.search_text LIKE (@words::text[])[6]) LIMIT @most) counted;
