package main

import (
	"context"
	"fmt"
	"time"

	"carryover/e2e/office"
)

const (
	previewQuery   = `query { previewApprovals(input: {filter: {statuses: [READY_FOR_APPROVAL]}, option: CURRENT_MONTH}) { approvable dueToday { amount currency } userErrors { message } } }`
	approveRequest = `mutation($n: Int!, $due: [MoneyInput!]!) { approveSubmissions(input: {filter: {statuses: [READY_FOR_APPROVAL]}, option: CURRENT_MONTH,
		expectedCount: $n, expectedDueToday: $due, clientKey: "all"}) { batch { id } userErrors { message } } }`
	progressQuery = `query($id: ID!) { batch(id: $id) { succeeded failed skipped stateReason finishedAt } }`
)

// approveAll looks at the amounts and confirms them, as a person does.
func approveAll(ctx context.Context, desk *office.Office, n int) (batch string, err error) {
	var seen struct {
		PreviewApprovals struct {
			Approvable int
			DueToday   []map[string]any
		}
	}
	if err := desk.Ask(ctx, previewQuery, nil, &seen); err != nil {
		return "", err
	}
	if seen.PreviewApprovals.Approvable != n {
		return "", fmt.Errorf("%d can be approved, want %d", seen.PreviewApprovals.Approvable, n)
	}
	var done struct {
		ApproveSubmissions struct {
			Batch      *struct{ ID string }
			UserErrors []struct{ Message string }
		}
	}
	if err := desk.Ask(ctx, approveRequest, map[string]any{"n": n, "due": seen.PreviewApprovals.DueToday}, &done); err != nil {
		return "", err
	}
	if done.ApproveSubmissions.Batch == nil {
		return "", fmt.Errorf("approving was refused: %v", done.ApproveSubmissions.UserErrors)
	}
	return done.ApproveSubmissions.Batch.ID, nil
}

// progress is what somebody saw who looked at the batch all the time.
type progress struct {
	took, longest time.Duration
	steps         int
}

func watch(ctx context.Context, desk *office.Office, id string, began time.Time) (p progress, err error) {
	last, since := -1, time.Now()
	for {
		var out struct {
			Batch struct {
				Succeeded, Failed, Skipped int
				StateReason                string
				FinishedAt                 *time.Time
			}
		}
		if err := desk.Ask(ctx, progressQuery, map[string]any{"id": id}, &out); err != nil {
			return p, err
		}
		b := out.Batch
		if b.Succeeded != last {
			last, p.longest, since, p.steps = b.Succeeded, max(p.longest, time.Since(since)), time.Now(), p.steps+1
		}
		if b.FinishedAt != nil {
			p.took = time.Since(began)
			if b.Failed+b.Skipped > 0 {
				err = fmt.Errorf("%d failed and %d were skipped", b.Failed, b.Skipped)
			}
			return p, err
		}
		select {
		case <-ctx.Done():
			return p, ctx.Err()
		case <-time.After(250 * time.Millisecond):
		}
	}
}
