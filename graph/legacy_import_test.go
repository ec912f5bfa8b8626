package graph_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"carryover/ids"
	"carryover/internal/testkit"
	"carryover/migration"
)

// What staff said of a source's dates and prices is seen before the next file of it is read, and can be taken back.
func TestWhatIsRememberedOfASource(t *testing.T) {
	t.Parallel()
	b := setup(t)
	remembered := func(said vars) []any {
		t.Helper()
		file, err := b.Rules.Upload(t.Context(), testkit.By(b.Manager), "people.csv", strings.NewReader("id,name\n1,Anna\n"), migration.UploadBounds{File: 1 << 20})
		require.NoError(t, err)
		input := vars{"locationId": id("loc", b.Denver.ID), "source": "Rocket", "uploadId": id("upl", file.ID), "dryRun": true, "clientKey": ids.New().String()}
		for name, value := range said {
			input[name] = value
		}
		done := b.data(t, b.Manager, `mutation($i:ImportLegacyMembershipsInput!){importLegacyMemberships(input:$i){batch{import{source{dateOrder decimalMark}}} userErrors{code field}}}`,
			vars{"i": input})
		require.Empty(t, at(done, "importLegacyMemberships", "userErrors"))
		source := at(b.data(t, b.Manager, `{legacySources{nodes{dateOrder decimalMark}}}`, nil), "legacySources", "nodes", 0)
		require.Equal(t, source, at(done, "importLegacyMemberships", "batch", "import", "source"))
		return []any{at(source, "dateOrder"), at(source, "decimalMark")}
	}
	require.Equal(t, []any{"AS_SHOWN", "AS_SHOWN"}, remembered(nil))
	require.Equal(t, []any{"DAY_FIRST", "COMMA"}, remembered(vars{"dateOrder": "DAY_FIRST", "decimalMark": "COMMA"}))
	require.Equal(t, []any{"MONTH_FIRST", "COMMA"}, remembered(vars{"dateOrder": "MONTH_FIRST"}))
	require.Equal(t, []any{"MONTH_FIRST", "POINT"}, remembered(vars{"dateOrder": nil, "decimalMark": "POINT"}))
	require.Equal(t, []any{"AS_SHOWN", "POINT"}, remembered(vars{"dateOrder": "AS_SHOWN"}))
	require.Equal(t, []any{"AS_SHOWN", "AS_SHOWN"}, remembered(vars{"decimalMark": "AS_SHOWN"}))
}
