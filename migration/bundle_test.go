package migration_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
)

// bundle is one installation, with what only the tests of the rules ask of it.
type bundle struct{ *testkit.Bundle }

func setup(t *testing.T) *bundle {
	t.Helper()
	return &bundle{testkit.New(t)}
}

// requireRefused wants exactly these codes with their fields, in their order: "TAKEN planId".
func requireRefused(t *testing.T, err error, want ...string) {
	t.Helper()
	refusals, ok := migration.RefusalsIn(err)
	require.True(t, ok, "%v", err)
	got := make([]string, len(refusals))
	for i, r := range refusals {
		got[i] = string(r.Code)
		for j, f := range r.Field {
			got[i] += map[bool]string{true: " ", false: "."}[j == 0] + f
		}
		require.NotEmpty(t, r.Message)
	}
	require.Equal(t, want, got, "%v", err)
}

// requireLater wants a job to wait, without fault.
func requireLater(t *testing.T, err error) *migration.Later {
	t.Helper()
	var later *migration.Later
	require.ErrorAs(t, err, &later)
	require.Positive(t, later.After)
	return later
}
