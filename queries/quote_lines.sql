-- name: QuoteLineInsert :exec
INSERT INTO quote_lines (submission_id, position, kind, plan_id, insurance_plan_id, description, amount_minor, currency)
VALUES (@submission_id, @position, @kind, @plan_id, @insurance_plan_id, @description, @amount_minor, @currency);

-- name: QuoteLineListBySubmission :many
SELECT * FROM quote_lines WHERE submission_id = @submission_id ORDER BY position;

-- name: QuoteLineListBySubmissionIDs :many
SELECT * FROM quote_lines WHERE submission_id = ANY (@submission_ids::uuid[]) ORDER BY submission_id, position;
