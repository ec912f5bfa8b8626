-- name: ListScope :one
-- What a list of @listed (a table) is looked for in: the managed locations among those asked for (or all, where none is), and the patterns of the
-- words searched for.
SELECT ARRAY(SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id
        AND (cardinality(@location_ids::uuid[]) = 0 OR m.location_id = ANY (@location_ids::uuid[])) ORDER BY m.location_id)::uuid[] AS location_ids,
    EXISTS (SELECT FROM manages_everything e WHERE e.staff_id = @staff_id)::boolean AS everything,
    coalesce(like_words(@search::text), '{}')::text[] AS words,
    coalesce(estimate_found(@listed::text, ARRAY(SELECT m.location_id FROM managed_locations m WHERE m.staff_id = @staff_id
        AND (cardinality(@location_ids::uuid[]) = 0 OR m.location_id = ANY (@location_ids::uuid[]))), like_words(@search::text)), 0)::bigint AS found;
