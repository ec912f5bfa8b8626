-- name: SuppressionListLive :many
-- Which of these addresses are not written to on a channel: for all purposes, or for invitations alone.
SELECT s.address, bool_or(s.scope = 'all')::boolean AS for_all FROM suppressions s
WHERE s.live AND s.channel = @channel AND s.address = ANY (@addresses::text[])
GROUP BY s.address
ORDER BY s.address;
