package turmoil

import (
	"context"
	"fmt"

	"github.com/stretchr/testify/require"

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

// approveMany is one decision on all that wait, after a look at their sum.
func (w *world) approveMany() {
	if w.many.busy {
		return
	}
	w.many.acts++
	option, key := w.option(), fmt.Sprintf("act %d", w.many.acts)
	all := migration.SubmissionSelection{Filter: &migration.SubmissionFilter{Statuses: []queries.SubmissionStatus{queries.SubmissionStatusReadyForApproval}}}
	w.hold(&w.many.busy, "Ada approves all with "+string(option), func(ctx context.Context) error {
		seen, err := w.api.PreviewApprovals(ctx, testkit.By(w.b.Admin), all, option)
		if err != nil || seen.Total == 0 {
			return err
		}
		r := migration.ApproveManyRequest{SubmissionSelection: all, Option: option, ExpectedCount: seen.Total, ClientKey: key}
		for _, due := range seen.DueToday {
			r.ExpectedDueToday = append(r.ExpectedDueToday, testkit.Price(due))
		}
		_, err = w.api.ApproveSubmissions(ctx, testkit.By(w.b.Admin), r)
		return err
	})
}

// reject turns down what waits, and half the time offers something else instead.
func (w *world) reject(tn *tenant) {
	d, sub := w.deskOf(tn, queries.SubmissionStatusReadyForApproval, queries.SubmissionStatusWaitingForBankVerification)
	if d == nil {
		return
	}
	r := migration.RejectRequest{SubmissionID: sub.ID, Reason: "The signature is not yours."}
	if w.rng.IntN(2) == 0 {
		r.NewOffer = &migration.InvitationDraft{PlanID: tn.plan.ID, AnchorDay: 1 + w.rng.IntN(28),
			CardPrice: &migration.Price{Amount: fmt.Sprintf("%d.00", 100+w.rng.IntN(50)), Currency: tn.plan.Currency}}
	}
	w.hold(&d.busy, fmt.Sprintf("%s rejects %s, with another offer: %t", d.by.Name, tn.name, r.NewOffer != nil), func(ctx context.Context) error {
		_, err := w.api.RejectSubmission(ctx, testkit.By(d.by), r)
		return err
	})
}

// undo takes an approval back.
func (w *world) undo(tn *tenant) {
	d, sub := w.deskOf(tn, queries.SubmissionStatusApproved)
	if d == nil {
		return
	}
	w.hold(&d.busy, d.by.Name+" takes the approval of "+tn.name+" back", func(ctx context.Context) error {
		_, err := w.api.UndoApproval(ctx, testkit.By(d.by), migration.UndoRequest{SubmissionID: sub.ID, Reason: "It was the wrong unit."})
		return err
	})
}

// inviteAgain offers the plan once more to a tenant whose approval was taken back.
func (w *world) inviteAgain(tn *tenant) {
	sub := w.current(tn)
	if sub == nil || sub.Status != queries.SubmissionStatusUndone {
		return
	}
	d := migration.InvitationDraft{PlanID: tn.plan.ID, AnchorDay: 1 + w.rng.IntN(28), TenantID: &tn.inv.TenantID}
	made, err := w.b.Rules.CreateInvitation(w.t.Context(), testkit.By(w.b.Admin), d)
	if _, refused := migration.RefusalsIn(err); refused {
		return
	}
	require.NoError(w.t, err)
	tn.inv, tn.tabs = made.Invitation, []*tab{{}, {}}
	w.tell("%s is invited again", tn.name)
}
