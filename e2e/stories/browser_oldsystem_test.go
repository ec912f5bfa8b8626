package stories

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/civil"
)

// A list comes in, with one row that is wrong; the others are invited with what they pay there, and whoever migrates is taken off the
// worklist with evidence. Nothing is charged before the old system's next bill.
func TestBrowserOldSystem(t *testing.T) {
	t.Parallel()
	s := start(t)
	zone, err := time.LoadLocation("America/Denver")
	require.NoError(t, err)
	next := civil.In(time.Now().AddDate(0, 0, 12), zone)
	t.Log(s.told(t, "oldsystem", "NEXT="+next.String()))
	s.books(t, 3_900, 0)
	require.Equal(t, next, civil.In(time.Unix(s.stripe.Books().Subscriptions[0].NextChargeAt, 0), time.UTC), "the old cycle goes on")
	var told struct {
		LegacyMemberships struct {
			Nodes []struct {
				Name         string
				IsMigrated   bool
				Cancellation *struct{ Evidence string }
				Invitations  []struct{ Status, Unit string }
			}
		}
	}
	require.NoError(t, s.as(t, "denver@example.com").Do(t.Context(),
		`{legacyMemberships(orderBy:NAME){nodes{name isMigrated cancellation{evidence} invitations{status unit}}}}`, nil, &told))
	people := told.LegacyMemberships.Nodes
	require.Len(t, people, 2, "the row that was wrong is not in")
	require.Equal(t, "Confirmation 4711", people[0].Cancellation.Evidence)
	require.True(t, people[0].IsMigrated)
	require.Equal(t, []struct{ Status, Unit string }{{"CLAIMED", "ABC 123"}}, people[0].Invitations)
	require.Equal(t, []struct{ Status, Unit string }{{"PENDING", "Bay 2"}}, people[1].Invitations)
}
