package workers

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"carryover/ids"
	"carryover/migration"
)

// Hurry lets everything that waits look at the clock again, and looks for work at once. It is for a clock that was moved: jobs
// are scheduled by wall time and would not notice.
func Hurry(ctx context.Context, client *river.Client[pgx.Tx]) error {
	waiting := river.NewJobListParams().States(rivertype.JobStateScheduled, rivertype.JobStateRetryable).First(10_000)
	list, err := client.JobList(ctx, waiting)
	if err != nil {
		return fmt.Errorf("list waiting jobs: %w", err)
	}
	for _, job := range list.Jobs {
		if _, err := client.JobRetry(ctx, job.ID); err != nil {
			return fmt.Errorf("hurry job %d: %w", job.ID, err)
		}
	}
	cause := ids.New().String()
	for _, look := range []river.JobArgs{migration.LookForBankVerificationsArgs{Cause: cause}, migration.LookForLostTextsArgs{Cause: cause},
		migration.LookForUndosArgs{Cause: cause}, migration.LookForSubscriptionsArgs{Cause: cause}} {
		if _, err := client.Insert(ctx, look, nil); err != nil {
			return fmt.Errorf("%s: %w", look.Kind(), err)
		}
	}
	return nil
}
