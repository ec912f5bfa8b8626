package graph_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/queries"
)

const (
	send = `mutation($i:SendInvitationsInput!){sendInvitations(input:$i){batch{id total pending state canCancel canRetry retryOf{id} startedBy{name}}
		userErrors{code field message}}}`
	look = `query($id:ID!){batch(id:$id){total succeeded skipped failed pending state stateReason canCancel canRetry
		reasons{outcome reason message count} outcomes(outcomes:[FAILED,SKIPPED]){nodes{outcome reason invitation{id}}}
		refused:outcomes(reason:"REFUSED"){nodes{invitation{id}}}}}`
)

// TestSending is the bulk send as the console does it: preview, confirm, watch, try the failed ones again.
func TestSending(t *testing.T) {
	t.Parallel()
	b := setup(t)
	fine, bad, claimed := b.Invited(t), b.Invited(t), b.Invited(t)
	b.Submit(t, claimed, b.Acceptance(t, claimed, testkit.Visa))
	b.Exec(t, `UPDATE tenants SET email = 'bad..dots@home.test' WHERE id = $1`, bad.TenantID)
	filter := vars{"search": "tess", "locationIds": []string{id("loc", b.Denver.ID)}}

	preview := at(b.data(t, b.Manager, `query($i:PreviewSendInput!){previewSend(input:$i){total sendable waiting waitsUntil skips{reason message count} userErrors{code}}}`,
		vars{"i": vars{"channel": "EMAIL", "filter": filter}}), "previewSend")
	require.Equal(t, map[string]any{"total": 3.0, "sendable": 2.0, "waiting": 0.0, "waitsUntil": nil, "userErrors": []any{},
		"skips": []any{map[string]any{"reason": "CLAIMED", "message": "The tenant has already completed the form.", "count": 1.0}}}, preview)

	input := vars{"channel": "EMAIL", "filter": filter, "expectedCount": 4, "clientKey": "k"}
	refused := at(b.data(t, b.Manager, send, vars{"i": input}), "sendInvitations")
	require.Nil(t, at(refused, "batch"))
	require.Equal(t, "COUNT_CHANGED", at(refused, "userErrors", 0, "code"))
	require.Equal(t, "4 were confirmed, but 3 match now. Nothing was sent.", at(refused, "userErrors", 0, "message"))
	input["expectedCount"] = 3
	batch := at(b.data(t, b.Manager, send, vars{"i": input}), "sendInvitations", "batch")
	require.Equal(t, map[string]any{"id": at(batch, "id"), "total": 3.0, "pending": 3.0, "state": "RUNNING", "canCancel": true, "canRetry": false,
		"retryOf": nil, "startedBy": map[string]any{"name": "Max Manager"}}, batch)
	b.MustWork(t)
	require.Equal(t, map[string]any{"total": 3.0, "succeeded": 1.0, "skipped": 1.0, "failed": 1.0, "pending": 0.0, "state": "FINISHED", "stateReason": "",
		"canCancel": false, "canRetry": true,
		"reasons": []any{map[string]any{"outcome": "SKIPPED", "reason": "CLAIMED", "message": "The tenant has already completed the form.", "count": 1.0},
			map[string]any{"outcome": "FAILED", "reason": "REFUSED", "message": "The provider refused it.", "count": 1.0}},
		"outcomes": map[string]any{"nodes": []any{
			map[string]any{"outcome": "FAILED", "reason": "REFUSED", "invitation": map[string]any{"id": id("inv", bad.ID)}},
			map[string]any{"outcome": "SKIPPED", "reason": "CLAIMED", "invitation": map[string]any{"id": id("inv", claimed.ID)}}}},
		"refused": map[string]any{"nodes": []any{map[string]any{"invitation": map[string]any{"id": id("inv", bad.ID)}}}},
	}, at(b.data(t, b.Manager, look, vars{"id": at(batch, "id")}), "batch"))

	b.Exec(t, `UPDATE tenants SET email = 'mended@home.test' WHERE id = $1`, bad.TenantID)
	again := at(b.data(t, b.Manager, `mutation($i:RetryBatchInput!){retryBatch(input:$i){batch{id total retryOf{id}} userErrors{code}}}`,
		vars{"i": vars{"id": at(batch, "id"), "clientKey": "r"}}), "retryBatch", "batch")
	require.Equal(t, at(batch, "id"), at(again, "retryOf", "id"))
	b.MustWork(t)
	require.Len(t, b.Resend.Emails(), 2)
	require.Equal(t, queries.InvitationStatusSent, b.Invitation(t, fine.ID).Status)
	require.Equal(t, false, at(b.data(t, b.Manager, look, vars{"id": at(batch, "id")}), "batch", "canRetry"), "they were tried again")

	canceled := at(b.data(t, b.Manager, `mutation($i:CancelBatchInput!){cancelBatch(input:$i){batch{id} userErrors{code field message}}}`,
		vars{"i": vars{"id": at(again, "id")}}), "cancelBatch")
	require.Equal(t, map[string]any{"batch": nil, "userErrors": []any{map[string]any{"code": "WRONG_STATE", "field": []any{"id"},
		"message": "It is over already: nothing is left to cancel."}}}, canceled)
}

// TestBatches: one's own, and everybody's for an ADMIN.
func TestBatches(t *testing.T) {
	t.Parallel()
	b := setup(t)
	first, second := b.Send(t, b.Invited(t)), b.Send(t, b.Invited(t))
	theirs, err := b.Rules.SendInvitations(t.Context(), testkit.By(b.Colleague), testkit.SendRequest("k", b.Invited(t)))
	require.NoError(t, err)
	list := `query($n:Int,$a:String){batches(first:$n,after:$a){nodes{id pending startedBy{name}} pageInfo{hasNextPage endCursor}}}`
	for who, want := range map[*queries.Staff][]string{
		b.Manager: {id("bat", second.ID), id("bat", first.ID)}, b.Colleague: {id("bat", theirs.ID)}, b.Stranger: {},
		b.Admin: {id("bat", theirs.ID), id("bat", second.ID), id("bat", first.ID)},
	} {
		got, after := []string{}, any(nil)
		for {
			page := at(b.data(t, who, list, vars{"n": 1, "a": after}), "batches")
			if node := at(page, "nodes", 0, "id"); node != nil {
				got = append(got, node.(string))
			}
			if after = at(page, "pageInfo", "endCursor"); at(page, "pageInfo", "hasNextPage") == false {
				break
			}
		}
		require.Equal(t, want, got, who.Name)
		for _, m := range []string{`cancelBatch(input:{id:$id}){batch{id} userErrors{code}}`, `retryBatch(input:{id:$id,clientKey:"x"}){batch{id} userErrors{code}}`} {
			if who == b.Stranger {
				a := b.ask(t, who, `mutation($id:ID!){`+m+`}`, vars{"id": id("bat", first.ID)})
				require.Contains(t, a.raw, "NOT_FOUND")
			}
		}
	}
	kinds := `query($k:[BatchKind!]){batches(kinds:$k){nodes{id}}}`
	require.Len(t, at(b.data(t, b.Manager, kinds, vars{"k": []string{"APPROVE", "SEND"}}), "batches", "nodes"), 2)
	require.Empty(t, at(b.data(t, b.Manager, kinds, vars{"k": []string{"IMPORT"}}), "batches", "nodes"))
	require.Equal(t, "INVALID", at(b.data(t, b.Manager, send, vars{"i": vars{"channel": "SMS", "ids": []string{}, "expectedCount": 0, "clientKey": "x"}}),
		"sendInvitations", "userErrors", 0, "code"))
}
