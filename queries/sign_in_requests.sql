-- name: SignInRequestInsertIfFew :execrows
-- No row: this address was asked for often enough of late. Known addresses and unknown ones are counted alike.
INSERT INTO sign_in_requests (id, email, language, requested_at)
SELECT @id, @email, @language, @now
WHERE (SELECT count(*) FROM sign_in_requests r WHERE r.email = @email AND r.requested_at > @since) < @most::int;

-- name: SignInRequestTake :one
-- No row: the request was handled before, or was deleted.
UPDATE sign_in_requests SET handled_at = @now WHERE id = @id AND handled_at IS NULL RETURNING *;

-- name: SignInRequestPurge :exec
-- Addresses of strangers are not kept.
DELETE FROM sign_in_requests WHERE requested_at < @before;
