package turmoil

import (
	"context"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
)

// desk is one member of staff at the console.
type desk struct {
	by   *queries.Staff
	busy bool
}

// deskOf answers one of the two who look after a tenant, with the newest submission as that one saw it; nil where the desk is busy,
// there is nothing to see, or it is in another state than the wanted one. Now and then they try all the same.
func (w *world) deskOf(tn *tenant, wanted ...queries.SubmissionStatus) (*desk, *queries.Submission) {
	d := tn.staff[w.rng.IntN(len(tn.staff))]
	sub := w.current(tn)
	if d.busy || sub == nil {
		return nil, nil
	}
	for _, status := range wanted {
		if sub.Status == status {
			return d, sub
		}
	}
	if w.rng.IntN(8) > 0 {
		return nil, nil
	}
	return d, sub
}

func (w *world) option() migration.StartOption {
	return []migration.StartOption{migration.CurrentMonth, migration.NextMonth}[w.rng.IntN(2)]
}

// approve is a look at the amount and then the decision. The other one may come between.
func (w *world) approve(tn *tenant) {
	d, sub := w.deskOf(tn, queries.SubmissionStatusReadyForApproval)
	if d == nil {
		return
	}
	option := w.option()
	w.hold(&d.busy, d.by.Name+" approves "+tn.name+" with "+string(option), func(ctx context.Context) error {
		previews, err := w.api.BillingPreviews(ctx, sub)
		if err != nil {
			return err
		}
		r := migration.ApprovalRequest{SubmissionID: sub.ID, Option: option, ExpectedDueToday: migration.Price{Amount: "0", Currency: sub.Currency}}
		for _, p := range previews {
			if p.Option == option {
				r.ExpectedDueToday = testkit.Price(p.DueToday)
			}
		}
		_, err = w.api.ApproveSubmission(ctx, testkit.By(d.by), r)
		return err
	})
}
