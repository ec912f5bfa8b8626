package graph_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
)

// writtenOfSubmissions is everything that their list writes itself.
const writtenOfSubmissions = `__typename id unit status statusReason statusChangedAt submittedAt waitingSince daysWaiting anchorDay
	cardPrice{__typename amount currency} achPrice{amount currency} insurancePrice{amount currency} monthlyTotal{amount currency}
	paymentMethodType paymentMethod tenant{__typename id name email phone activatedAt} location{__typename id name timeZone currency}
	plan{__typename id name isOffered}`

// TestWrittenSubmissions: as TestWrittenRows, of the other list.
func TestWrittenSubmissions(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.Claimed(t, testkit.Visa, testkit.Insured(b.Insurance), func(d *migration.InvitationDraft) { d.NewTenant.Name, d.Unit = `Zoë "Quote" \\ Back`, "No. 1" })
	b.Claimed(t, testkit.Visa, testkit.At(b.Maple)) // no bank accounts there
	bank := b.Sent(t)
	a, _ := b.BankAcceptance(t, bank)
	b.Submit(t, bank, a)
	rejected := b.Claimed(t, testkit.Visa, testkit.At(b.Loft))
	_, err := b.Rules.RejectSubmission(t.Context(), testkit.By(b.Stranger), migration.RejectRequest{SubmissionID: rejected.ID, Reason: "<b>&amp;</b> \\ \"No\"."})
	require.NoError(t, err)
	b.Approved(t, migration.NextMonth)
	// Boston sees this one by the name typed there, since its own record of them is not the one that submitted.
	typed := b.Claimed(t, testkit.Visa, testkit.At(b.Loft))
	b.Exec(t, `UPDATE tenant_locations SET known_as = 'Typed in Boston', known_phone = '+16175550122' WHERE tenant_id = $1`, typed.TenantID)
	b.Clock.Move(50 * time.Hour)
	b.Exec(t, `UPDATE sign_ins SET last_used_at = $1, expires_at = $2`, b.Clock.Now(), b.Clock.Now().Add(time.Hour))

	for name, query := range map[string]string{
		"EveryField": `{submissions{nodes{` + writtenOfSubmissions + ` EXTRA} pageInfo{endCursor} totalCount}}`,
		"Edges":      `{submissions{edges{__typename cursor node{` + writtenOfSubmissions + ` EXTRA}}}}`,
		"Fragments":  `{submissions(orderBy:{by:TENANT,direction:ASC}){nodes{...row ... on Node{id} EXTRA}}} fragment row on Submission{status who:tenant{name} plan{name}}`,
	} {
		t.Run(name, func(t *testing.T) {
			for by, n := range map[*queries.Staff]int{b.Admin: 6, b.Stranger: 2} {
				written, ordinary := b.ways(t, by, "submissions", query)
				require.Len(t, rowsOf(t, written), n)
				require.Equal(t, ordinary, written)
			}
		})
	}
}
