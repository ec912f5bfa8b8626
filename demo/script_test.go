package demo

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestScript: what a slip in the file would break is found here and not in a run.
func TestScript(t *testing.T) {
	t.Parallel()
	scenes, err := script()
	require.NoError(t, err)
	data, err := files()
	require.NoError(t, err)
	tenants, err := readTable(data, "tenants.csv")
	require.NoError(t, err)
	emails := map[string]string{}
	for _, one := range tenants {
		require.NotContains(t, emails, one["name"], "scenes find tenants by name")
		emails[one["name"]] = one["email"]
	}

	stages := map[stage]int{}
	offers := map[[3]string]bool{}
	for _, s := range scenes {
		stages[s.Stage]++
		require.Contains(t, emails, s.Tenant)
		offer := [3]string{s.Tenant, s.Plan, s.Unit}
		require.False(t, offers[offer], "%v twice", offer)
		offers[offer] = true
		if s.Stage != stagePending {
			require.NotEmpty(t, emails[s.Tenant], "%s is mailed", s.Tenant)
		}
		require.Equal(t, s.Stage == stageWaitingForBank, s.PaysWith == paysByBankDeposit, s.Tenant)
		require.Equal(t, s.Stage == stagePaymentFailed, s.PaysWith == paysByDecliningCard, s.Tenant)
	}
	require.Len(t, stages, 7)
	require.InDelta(t, 200, len(scenes), 20)
	require.Less(t, len(emails)-len(scenes), 20)
}
