package graph_test

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/png"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
)

// TestCanApprove: what approving would refuse is not offered.
func TestCanApprove(t *testing.T) {
	t.Parallel()
	b := setup(t)
	sub := b.Claimed(t, testkit.Visa)
	can := func() any {
		return at(b.data(t, b.Manager, `query($i:ID!){submission(id:$i){canApprove}}`, vars{"i": id("sbm", sub.ID)}), "submission", "canApprove")
	}
	require.Equal(t, true, can())
	b.Exec(t, `UPDATE plans SET archived_at = $2 WHERE id = $1`, b.Studio.ID, testkit.Start)
	require.Equal(t, false, can(), "the plan was withdrawn")
}

func TestEvidenceShowsTheDrawing(t *testing.T) {
	t.Parallel()
	b := setup(t)
	var drawing bytes.Buffer
	require.NoError(t, png.Encode(&drawing, image.NewGray(image.Rect(0, 0, 3, 2))))
	inv := b.Invited(t)
	a := b.Acceptance(t, inv, testkit.Visa)
	a.Signature = migration.Signature{Kind: queries.SignatureKindDrawn, Name: "Tess Tenant", ImageBase64: base64.StdEncoding.EncodeToString(drawing.Bytes())}
	drawn, typed := b.Submit(t, inv, a), b.Claimed(t, testkit.Visa)
	const look = `query($i:ID!){submission(id:$i){evidence{signatureKind signatureImage}}}`
	require.Equal(t, map[string]any{"signatureKind": "DRAWN", "signatureImage": a.Signature.ImageBase64},
		at(b.data(t, b.Manager, look, vars{"i": id("sbm", drawn.ID)}), "submission", "evidence"))
	require.Equal(t, map[string]any{"signatureKind": "TYPED", "signatureImage": nil},
		at(b.data(t, b.Manager, look, vars{"i": id("sbm", typed.ID)}), "submission", "evidence"))
}

// TestWithdrawApprovalOverTheAPI: whoever manages the location may, until Stripe was asked.
func TestWithdrawApprovalOverTheAPI(t *testing.T) {
	t.Parallel()
	b := setup(t)
	sub := b.Claimed(t, testkit.Visa)
	look := func() any {
		return at(b.data(t, b.Manager, `query($i:ID!){submission(id:$i){status statusReason canWithdrawApproval approvals{outcome notBefore}}}`,
			vars{"i": id("sbm", sub.ID)}), "submission")
	}
	require.Equal(t, false, at(look(), "canWithdrawApproval"))
	b.Decided(t, sub, migration.NextMonth)
	require.Equal(t, true, at(look(), "canWithdrawApproval"))
	require.Equal(t, "2026-03-10T15:00:00Z", at(look(), "approvals", 0, "notBefore"))
	const withdraw = `mutation($i:ID!,$r:String){withdrawApproval(input:{submissionId:$i,reason:$r}){submission{status canWithdrawApproval canApprove} userErrors{code field message}}}`
	require.Equal(t, "NOT_FOUND", at(b.data(t, b.Stranger, withdraw, vars{"i": id("sbm", sub.ID)}), "withdrawApproval", "userErrors", 0, "code"))
	require.Equal(t, []any{"reason"}, at(b.data(t, b.Manager, withdraw, vars{"i": id("sbm", sub.ID), "r": strings.Repeat("x", 501)}),
		"withdrawApproval", "userErrors", 0, "field"))
	require.Equal(t, map[string]any{"submission": map[string]any{"status": "READY_FOR_APPROVAL", "canWithdrawApproval": false, "canApprove": true}, "userErrors": []any{}},
		at(b.data(t, b.Manager, withdraw, vars{"i": id("sbm", sub.ID), "r": "The wrong start."}), "withdrawApproval"))
	require.Equal(t, "RETURNED", at(look(), "approvals", 0, "outcome"))
	require.Equal(t, "The approval was withdrawn before Stripe was asked. The wrong start.", at(look(), "statusReason"))
	late := at(b.data(t, b.Manager, withdraw, vars{"i": id("sbm", sub.ID)}), "withdrawApproval")
	require.Equal(t, "WRONG_STATE", at(late, "userErrors", 0, "code"))
	require.Equal(t, "READY_FOR_APPROVAL", at(late, "submission", "status"))
}

// TestEndConfirmationOverTheAPI: it can be asked for once, by whoever manages the location.
func TestEndConfirmationOverTheAPI(t *testing.T) {
	t.Parallel()
	b := setup(t)
	sub := b.Claimed(t, testkit.Visa)
	can := func() any {
		return at(b.data(t, b.Manager, `query($i:ID!){submission(id:$i){canEndConfirmation}}`, vars{"i": id("sbm", sub.ID)}), "submission", "canEndConfirmation")
	}
	require.Equal(t, false, can())
	b.Stripe.Browse(t, "/sandbox/payment_methods/"+sub.StripePaymentMethodID+"/charging", url.Values{"answer": {"authenticate"}})
	b.Decided(t, sub, migration.CurrentMonth)
	for range 3 {
		b.Work(t)
	}
	require.Equal(t, true, can())
	const end = `mutation($i:ID!){endConfirmation(input:{submissionId:$i,reason:"Nobody answered."}){submission{status canEndConfirmation} userErrors{code}}}`
	require.Equal(t, "NOT_FOUND", at(b.data(t, b.Stranger, end, vars{"i": id("sbm", sub.ID)}), "endConfirmation", "userErrors", 0, "code"))
	require.Equal(t, map[string]any{"submission": map[string]any{"status": "TENANT_ACTION_REQUIRED", "canEndConfirmation": false}, "userErrors": []any{}},
		at(b.data(t, b.Manager, end, vars{"i": id("sbm", sub.ID)}), "endConfirmation"))
	require.Equal(t, "ALREADY_DECIDED", at(b.data(t, b.Admin, end, vars{"i": id("sbm", sub.ID)}), "endConfirmation", "userErrors", 0, "code"))
	for range 3 {
		b.Work(t)
	}
	require.Equal(t, "Nobody answered.", b.Submission(t, sub.ID).StatusReason)
	require.Equal(t, false, can())
}
