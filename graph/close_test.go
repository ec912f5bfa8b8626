package graph_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
)

// TestCloseOverTheAPI: what came to nothing is ended by staff who manage it, and what may be done is said beforehand.
func TestCloseOverTheAPI(t *testing.T) {
	t.Parallel()
	b := setup(t)
	sub := b.Claimed(t, testkit.NoFunds)
	const look = `query($id:ID!){submission(id:$id){canReject canClose rejection{reason closes} invitation{canRenewLink} reservation{endedAt}}}`
	may := func() any { return at(b.data(t, b.Manager, look, vars{"id": id("sbm", sub.ID)}), "submission") }
	require.Equal(t, map[string]any{"canReject": true, "canClose": true, "rejection": nil, "invitation": map[string]any{"canRenewLink": false},
		"reservation": map[string]any{"endedAt": nil}}, may())
	b.Decided(t, sub, migration.CurrentMonth)
	require.Equal(t, map[string]any{"canReject": false, "canClose": false, "rejection": nil, "invitation": map[string]any{"canRenewLink": false},
		"reservation": map[string]any{"endedAt": nil}}, may(), "while it is approved")
	b.MustWork(t)
	require.Equal(t, map[string]any{"canReject": false, "canClose": true, "rejection": nil, "invitation": map[string]any{"canRenewLink": true},
		"reservation": map[string]any{"endedAt": nil}}, may(), "the charge was declined")

	done := b.data(t, b.Manager, `mutation($id:ID!){rejectSubmission(input:{submissionId:$id,reason:"You moved out.",close:true}){
		submission{status} successor{id} userErrors{code}}}`, vars{"id": id("sbm", sub.ID)})
	require.Equal(t, map[string]any{"submission": map[string]any{"status": "PAYMENT_FAILED"}, "successor": nil, "userErrors": []any{}}, at(done, "rejectSubmission"))
	require.Equal(t, map[string]any{"canReject": false, "canClose": false, "rejection": map[string]any{"reason": "You moved out.", "closes": true},
		"invitation": map[string]any{"canRenewLink": false}, "reservation": map[string]any{"endedAt": "2026-03-10T15:00:00Z"}}, may())
}
