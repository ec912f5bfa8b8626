-- name: InvitationListBetween :many
-- The invitations that the shortened id in a text's link can mean: those of one millisecond and a few random bits.
SELECT i.id, i.link_version FROM invitations i WHERE i.id BETWEEN @first AND @last ORDER BY i.id;
