package graph_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
)

// TestDecisions is the review as the console does it: look at the amounts, turn one down with another offer, approve many, take one back.
func TestDecisions(t *testing.T) {
	t.Parallel()
	b := setup(t)
	wrong, first, second := b.Claimed(t, testkit.Visa), b.Claimed(t, testkit.Visa), b.Claimed(t, testkit.NoFunds)

	preview := at(b.data(t, b.Manager, `query($id:ID!){billingPreview(submissionId:$id){option source dueToday{amount} nextChargeOn nextCharge{amount}
		lines{kind description amount{amount} from until} nextLines{from} warnings{code message}}}`, vars{"id": id("sbm", first.ID)}), "billingPreview", 0)
	require.Equal(t, map[string]any{"option": "CURRENT_MONTH", "source": "STRIPE", "dueToday": map[string]any{"amount": "129.00"}, "nextChargeOn": "2026-03-15",
		"nextCharge": map[string]any{"amount": "129.00"}, "lines": []any{map[string]any{"kind": "PLAN", "description": "Studio 12",
			"amount": map[string]any{"amount": "129.00"}, "from": "2026-02-15", "until": "2026-03-15"}},
		"nextLines": []any{map[string]any{"from": "2026-03-15"}}, "warnings": []any{}}, preview)

	rejected := at(b.data(t, b.Manager, `mutation($i:RejectSubmissionInput!){rejectSubmission(input:$i){submission{status statusReason canReject canApprove
		rejection{staff{name} reason successor{plan{name}}} invitation{status successor{status}}} successor{anchorDay} userErrors{code field}}}`,
		vars{"i": vars{"submissionId": id("sbm", wrong.ID), "reason": "The wrong plan.", "newOffer": vars{"planId": id("pln", b.Wash.ID), "anchorDay": 20}}}), "rejectSubmission")
	require.Equal(t, map[string]any{"submission": map[string]any{"status": "REJECTED", "statusReason": "The wrong plan.", "canReject": false, "canApprove": false,
		"rejection":  map[string]any{"staff": map[string]any{"name": "Max Manager"}, "reason": "The wrong plan.", "successor": map[string]any{"plan": map[string]any{"name": "Unlimited Wash"}}},
		"invitation": map[string]any{"status": "CLAIMED", "successor": map[string]any{"status": "PENDING"}}},
		"successor": map[string]any{"anchorDay": 20.0}, "userErrors": []any{}}, rejected)

	filter := vars{"statuses": []string{"READY_FOR_APPROVAL", "REJECTED"}}
	many := at(b.data(t, b.Manager, `query($i:PreviewApprovalsInput!){previewApprovals(input:$i){total approvable skips{reason count} dueToday{amount currency} userErrors{code}}}`,
		vars{"i": vars{"filter": filter, "option": "CURRENT_MONTH"}}), "previewApprovals")
	require.Equal(t, map[string]any{"total": 3.0, "approvable": 2.0, "skips": []any{map[string]any{"reason": "ALREADY_DECIDED", "count": 1.0}},
		"dueToday": []any{map[string]any{"amount": "258.00", "currency": "USD"}}, "userErrors": []any{}}, many)
	approve := `mutation($i:ApproveSubmissionsInput!){approveSubmissions(input:$i){batch{id kind option channel canCancel} userErrors{code}}}`
	input := vars{"filter": filter, "option": "CURRENT_MONTH", "expectedCount": 3, "expectedDueToday": []any{}, "clientKey": "k"}
	require.Equal(t, "TOTAL_CHANGED", at(b.data(t, b.Manager, approve, vars{"i": input}), "approveSubmissions", "userErrors", 0, "code"))
	input["expectedDueToday"] = at(many, "dueToday")
	batch := at(b.data(t, b.Manager, approve, vars{"i": input}), "approveSubmissions", "batch")
	require.Equal(t, map[string]any{"id": at(batch, "id"), "kind": "APPROVE", "option": "CURRENT_MONTH", "channel": nil, "canCancel": true}, batch)
	b.MustWork(t)
	done := at(b.data(t, b.Manager, `query($id:ID!){batch(id:$id){state succeeded skipped failed canRetry outcomes{nodes{submission{id status} reason}}}}`, vars{"id": at(batch, "id")}), "batch")
	require.Equal(t, map[string]any{"state": "FINISHED", "succeeded": 1.0, "skipped": 1.0, "failed": 1.0, "canRetry": false, "outcomes": map[string]any{"nodes": []any{
		map[string]any{"submission": map[string]any{"id": id("sbm", wrong.ID), "status": "REJECTED"}, "reason": "ALREADY_DECIDED"},
		map[string]any{"submission": map[string]any{"id": id("sbm", first.ID), "status": "APPROVED"}, "reason": ""},
		map[string]any{"submission": map[string]any{"id": id("sbm", second.ID), "status": "PAYMENT_FAILED"}, "reason": "PAYMENT_FAILED"}}}}, done)

	look := `query($id:ID!){submission(id:$id){status canUndo undoUntil undo{state reason staff{name} waitsFor invoices{act amount{amount}}}}}`
	require.Equal(t, map[string]any{"status": "APPROVED", "canUndo": true, "undoUntil": "2026-03-13T15:00:00Z", "undo": nil},
		at(b.data(t, b.Manager, look, vars{"id": id("sbm", first.ID)}), "submission"))
	undone := at(b.data(t, b.Manager, `mutation($i:UndoApprovalInput!){undoApproval(input:$i){submission{status canUndo} undo{state} userErrors{code}}}`,
		vars{"i": vars{"submissionId": id("sbm", first.ID), "reason": "Not that one."}}), "undoApproval")
	require.Equal(t, map[string]any{"submission": map[string]any{"status": "APPROVED", "canUndo": false}, "undo": map[string]any{"state": "PENDING"}, "userErrors": []any{}}, undone)
	b.MustWork(t)
	require.Equal(t, map[string]any{"status": "UNDONE", "canUndo": false, "undoUntil": nil, "undo": map[string]any{"state": "DONE", "reason": "Not that one.",
		"staff": map[string]any{"name": "Max Manager"}, "waitsFor": "", "invoices": []any{map[string]any{"act": "REFUNDED", "amount": map[string]any{"amount": "129.00"}}}}},
		at(b.data(t, b.Manager, look, vars{"id": id("sbm", first.ID)}), "submission"))
}

// TestABatchesSubmissionsAreBounded: whoever manages a location no more sees its rows without what they are about.
func TestABatchesSubmissionsAreBounded(t *testing.T) {
	t.Parallel()
	b := setup(t)
	sub := b.Claimed(t, testkit.Visa)
	batch, err := b.Rules.ApproveSubmissions(t.Context(), testkit.By(b.Colleague), migration.ApproveManyRequest{
		SubmissionSelection: migration.SubmissionSelection{IDs: []uuid.UUID{sub.ID}}, Option: migration.NextMonth, ExpectedCount: 1, ClientKey: "k"})
	require.NoError(t, err)
	b.MustWork(t)
	b.Exec(t, `DELETE FROM staff_locations WHERE staff_id = $1`, b.Colleague.ID)
	seen := at(b.data(t, b.Colleague, `query($id:ID!){batch(id:$id){outcomes{nodes{outcome submission{id}}}}}`, vars{"id": id("bat", batch.ID)}), "batch", "outcomes", "nodes", 0)
	require.Equal(t, map[string]any{"outcome": "SUCCEEDED", "submission": nil}, seen)
}

// Whatever narrows the list narrows what is approved: a field that the batch left out would approve people who were not meant.
func TestApprovalsGoByTheFilterOfTheList(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.Claimed(t, testkit.Visa)
	b.Clock.Move(time.Hour)
	turn := b.Clock.Now()
	b.Clock.Move(time.Hour)
	b.Claimed(t, testkit.Visa, testkit.At(b.Wash))
	inv := b.Sent(t)
	a, _ := b.BankAcceptance(t, inv)
	b.Submit(t, inv, a)
	for name, filter := range map[string]vars{
		"everything": {}, "a search": {"search": b.Wash.Name}, "a search without a hit": {"search": "nobody"}, "a method": {"methods": []string{"US_BANK_ACCOUNT"}},
		"submitted from": {"submittedFrom": turn}, "submitted before": {"submittedBefore": turn}, "waiting for long": {"waitingSinceBefore": turn},
		"a state": {"statuses": []string{"READY_FOR_APPROVAL"}}, "a location": {"locationIds": []string{id("loc", b.Toronto.ID)}},
		"much at once": {"statuses": []string{"READY_FOR_APPROVAL"}, "search": b.Wash.Name, "methods": []string{"CARD"}, "submittedFrom": turn},
	} {
		listed := at(b.data(t, b.Manager, `query($f:SubmissionFilter){submissions(filter:$f){totalCount}}`, vars{"f": filter}), "submissions", "totalCount")
		shown := b.data(t, b.Manager, `query($i:PreviewApprovalsInput!){previewApprovals(input:$i){total approvable userErrors{code}}}`,
			vars{"i": vars{"filter": filter, "option": "NEXT_MONTH"}})
		require.Equal(t, listed, at(shown, "previewApprovals", "total"), name)
		if name != "everything" {
			require.Less(t, listed, 3.0, name)
		}
	}
	approve := `mutation($i:ApproveSubmissionsInput!){approveSubmissions(input:$i){batch{total} userErrors{code}}}`
	input := vars{"filter": vars{"statuses": []string{"READY_FOR_APPROVAL"}, "search": b.Wash.Name}, "option": "NEXT_MONTH", "expectedCount": 2, "expectedDueToday": []any{}, "clientKey": "k"}
	require.Equal(t, "COUNT_CHANGED", at(b.data(t, b.Manager, approve, vars{"i": input}), "approveSubmissions", "userErrors", 0, "code"), "two are ready, one of them is meant")
	input["expectedCount"] = 1
	require.Equal(t, 1.0, at(b.data(t, b.Manager, approve, vars{"i": input}), "approveSubmissions", "batch", "total"))
	b.MustWork(t)
	require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM submissions WHERE status = 'approved'`))
	require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM submissions s JOIN reservations r ON r.id = s.reservation_id WHERE s.status = 'approved' AND r.plan_id = $1`, b.Wash.ID))
}
