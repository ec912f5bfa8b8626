package migration

import "carryover/queries"

// BatchReason is how many rows of a batch had one outcome for one reason.
type BatchReason struct {
	Outcome queries.BatchOutcome
	Reason  string
	Count   int
}
