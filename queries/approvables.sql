-- name: ApprovableGet :one
-- Why a submission cannot be approved now; see the view.
SELECT * FROM approvables WHERE submission_id = @submission_id;
