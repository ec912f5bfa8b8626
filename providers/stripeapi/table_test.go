package stripeapi_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write docs/stripe-parameters.md anew")

const tableHead = `# Wrong parameters, and who refuses them

Each line is one request of our Stripe client with one parameter made wrong on its way. It is sent to the stand-in
(` + "`sandbox/stripefake`" + `), with an account in it that the call makes sense for, and to
[stripe-mock](https://github.com/stripe/stripe-mock), which holds it against Stripe's published OpenAPI description of API
version 2023-10-16 and keeps no state: it takes every id. The request as our client makes it is taken by both.

"Refused" is an answer 4xx, "taken" a 200, "breaks" a 5xx, which counts as not refused. What Stripe does not ask for is never
left out here; a list's first element stands for all.

This file is written by ` + "`go test ./providers/stripeapi -run TestWrongParameters -update`" + `, and that test fails where it
is not current.
`

func requireTable(t *testing.T, verdicts []verdict) {
	t.Helper()
	file := filepath.FromSlash("../../docs/stripe-parameters.md")
	got := table(verdicts)
	if *update {
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
		require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, string(want), got, "run this test with -update and read what has changed")
}

func table(verdicts []verdict) string {
	slices.SortStableFunc(verdicts, func(a, b verdict) int { return strings.Compare(a.sortKey(), b.sortKey()) })
	var out strings.Builder
	out.WriteString(tableHead + "\n" + tally(verdicts))
	endpoint := ""
	for _, v := range verdicts {
		if v.endpoint != endpoint {
			endpoint = v.endpoint
			fmt.Fprintf(&out, "\n## %s\n\n| parameter | made wrong | stand-in | stripe-mock |\n|---|---|---|---|\n", endpoint)
		}
		fmt.Fprintf(&out, "| `%s` | %s | %s | %s |\n", v.param, v.kind, word(v.standIn), word(v.stripeMock))
	}
	return out.String() + passed(verdicts)
}

// sortKey puts the path before the verb, and a parameter before what it holds.
func (v verdict) sortKey() string {
	verb, path, _ := strings.Cut(v.endpoint, " ")
	return path + "\x00" + verb + "\x00" + v.param
}

func word(status int) string {
	switch {
	case refuses(status):
		return "refused"
	case status >= 500:
		return "breaks"
	}
	return "taken"
}

func tally(verdicts []verdict) string {
	count := map[[2]bool]int{}
	for _, v := range verdicts {
		count[[2]bool{refuses(v.standIn), refuses(v.stripeMock)}]++
	}
	return fmt.Sprintf("Of %d wrong parameters %d are refused by both, %d by the stand-in alone, %d by stripe-mock alone, and %d by neither.\n",
		len(verdicts), count[[2]bool{true, true}], count[[2]bool{true, false}], count[[2]bool{false, true}], count[[2]bool{false, false}])
}

// passed says why it is right that some are refused by neither.
func passed(verdicts []verdict) string {
	var out strings.Builder
	out.WriteString("\n## Refused by neither\n\n| request | parameter | made wrong | why that is right |\n|---|---|---|---|\n")
	for _, v := range verdicts {
		if !v.refused() {
			fmt.Fprintf(&out, "| %s | `%s` | %s | %s |\n", v.endpoint, v.param, v.kind, freedomOf(v.damage).reason)
		}
	}
	return out.String()
}
