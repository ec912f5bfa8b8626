package graph_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/queries"
)

// writtenFields is everything that a list writes itself.
const writtenFields = `__typename id recipientName recipientPhone unit status revision anchorDay hasPriceOverride cardPrice{__typename amount currency} achPrice{amount currency}
	emailSentAt smsSentAt openedAt claimedAt revokedAt revokedReason deliveryFailed linkExpiresAt isExpired createdAt
	tenant{__typename id name email phone activatedAt} location{__typename id name timeZone currency} plan{__typename id name isOffered}
	insurancePlan{__typename id name price{amount currency} isOffered}`

// What a list writes itself is what gqlgen would have written. A field that it does not write makes it take the ordinary way for
// all of a row, and the two answers are put beside each other.
func TestWrittenRows(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.Claimed(t, testkit.Visa) // activated, with everything that a claim leaves
	invite := func(by *queries.Staff, input vars) {
		t.Helper()
		made := b.data(t, by, `mutation($in:CreateInvitationInput!){createInvitation(input:$in){userErrors{field message}}}`, vars{"in": input})
		require.Empty(t, at(made, "createInvitation", "userErrors"))
	}
	people := []map[string]any{
		{"name": "Zoë \"Quote\" \\ Back", "email": "zoe@example.com", "phone": "+1 303 555 0111"},
		{"name": "Nguyễn Thị Hương 🎹", "email": "huong@example.com"},
		{"name": "<b>&amp;</b>", "email": "line@example.com"},
	}
	for i, person := range people {
		input := vars{"planId": id("pln", b.Studio.ID), "newTenant": person, "anchorDay": 1 + i, "unit": fmt.Sprintf("No. %d", i)}
		if i == 0 {
			input["insurancePlanId"], input["cardPrice"] = id("ins", b.Insurance.ID), vars{"amount": "99.50", "currency": "USD"}
		}
		invite(b.Manager, input)
	}
	invite(b.Manager, vars{"planId": id("pln", b.Maple.ID), "newTenant": people[1], "anchorDay": 5}) // no bank accounts there
	// Boston sees this one by the name typed there.
	invite(b.Stranger, vars{"planId": id("pln", b.Loft.ID), "newTenant": vars{"name": "Typed in Boston", "email": "zoe@example.com", "phone": "+1 617 555 0122"}, "anchorDay": 5})

	for name, query := range map[string]string{
		"EveryField":       `{invitations{nodes{` + writtenFields + ` EXTRA} pageInfo{endCursor}}}`,
		"Edges":            `{invitations{edges{__typename cursor node{` + writtenFields + ` EXTRA}}}}`,
		"Aliases":          `{invitations{nodes{key:id id who:tenant{called:name name} EXTRA}}}`,
		"SameFieldTwice":   `{invitations{nodes{id tenant{id} id tenant{name} EXTRA}}}`,
		"Fragments":        `{invitations{nodes{...row ... on Node{id} ... on Invitation{plan{...named}} EXTRA}}} fragment row on Invitation{status tenant{name}} fragment named on Plan{name}`,
		"SkippedAndForced": `query($yes:Boolean=true){invitations{nodes{id status @skip(if:$yes) unit @include(if:false) anchorDay @include(if:$yes) EXTRA}}}`,
	} {
		t.Run(name, func(t *testing.T) {
			written, ordinary := b.ways(t, b.Admin, "invitations", query)
			require.Len(t, rowsOf(t, written), 6)
			require.Equal(t, ordinary, written)
			written, ordinary = b.ways(t, b.Stranger, "invitations", query)
			require.Len(t, rowsOf(t, written), 1)
			require.Equal(t, ordinary, written)
		})
	}

	t.Run("NothingFound", func(t *testing.T) {
		raw := b.ask(t, b.Admin, `{invitations(filter:{search:"nobody is called this"}){nodes{id} edges{cursor}}}`, nil).raw
		require.JSONEq(t, `{"data":{"invitations":{"nodes":[],"edges":[]}}}`, raw)
	})
}

// ways answers the same rows of a list written and in the ordinary way; `history` is what no list writes itself.
func (b *bundle) ways(t *testing.T, by *queries.Staff, list, query string) (written, ordinary any) {
	t.Helper()
	ask := func(extra string) any {
		return at(b.data(t, by, strings.ReplaceAll(query, "EXTRA", extra), nil), list)
	}
	written, ordinary = ask(""), ask("history{id}")
	for _, node := range rowsOf(t, ordinary) {
		require.NotEmpty(t, node["history"], "the ordinary way was not taken")
		delete(node, "history")
	}
	return written, ordinary
}

// rowsOf are the rows of a list, of its nodes or in its edges.
func rowsOf(t *testing.T, list any) (rows []map[string]any) {
	t.Helper()
	page, ok := list.(map[string]any)
	require.True(t, ok)
	nodes, _ := page["nodes"].([]any)
	edges, _ := page["edges"].([]any)
	for _, edge := range edges {
		nodes = append(nodes, at(edge, "node"))
	}
	for _, node := range nodes {
		row, ok := node.(map[string]any)
		require.True(t, ok)
		rows = append(rows, row)
	}
	return rows
}
