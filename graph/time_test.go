package graph_test

import (
	"bytes"
	"encoding/json"
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/civil"
	"carryover/graph"
)

func TestTimesAreInUTC(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	graph.MarshalTime(time.Date(2026, 3, 15, 14, 0, 0, 0, time.FixedZone("office", 2*3600))).MarshalGQL(&out)
	require.Equal(t, `"2026-03-15T12:00:00Z"`, out.String())
	read, err := graph.UnmarshalTime("2026-03-15T14:00:00+02:00")
	require.NoError(t, err)
	require.True(t, read.Equal(time.Date(2026, 3, 15, 12, 0, 0, 0, time.UTC)))
}

func TestErrNoTime(t *testing.T) {
	t.Parallel()
	for _, wrong := range []any{"", "x", "2026-03-15", 5, nil, true} {
		_, err := graph.UnmarshalTime(wrong)
		require.ErrorContains(t, err, "Write a time like")
	}
}

func TestErrNoDate(t *testing.T) {
	t.Parallel()
	for _, wrong := range []any{"", "x", "2026-02-30", "2026-3-15", "2026-03-15T12:00:00Z", 20260315, nil, true} {
		_, err := graph.UnmarshalDate(wrong)
		require.ErrorContains(t, err, "Write an existing day", "%v", wrong)
	}
	day, err := graph.UnmarshalDate("2028-02-29")
	require.NoError(t, err)
	var out bytes.Buffer
	graph.MarshalDate(day).MarshalGQL(&out)
	graph.MarshalDate(civil.Date{}).MarshalGQL(&out)
	require.Equal(t, `"2028-02-29"null`, out.String())
}

func TestErrNoInt(t *testing.T) {
	t.Parallel()
	for _, wrong := range []any{"x", 1.5, true, int64(1 << 31), int64(-1<<31 - 1), json.Number("2147483648"), json.Number("99999999999999999999")} {
		_, err := graph.UnmarshalInt(wrong)
		require.ErrorContains(t, err, "Write a whole number from -2147483648 to 2147483647.", "%v", wrong)
	}
	for _, right := range []any{math.MaxInt32, int64(math.MinInt32), json.Number("7")} {
		_, err := graph.UnmarshalInt(right)
		require.NoError(t, err)
	}
}

// TestErrNoScalar: what is none of a scalar's values is the client's mistake, in a document and beside it.
func TestErrNoScalar(t *testing.T) {
	t.Parallel()
	b := setup(t)
	listed := `query($d:Date){legacyMemberships(filter:{nextBillingFrom:$d}){totalCount}}`
	billed := `query($n:Int!){invitations(filter:{anchorDays:[$n]}){totalCount}}`
	created := `mutation($n:Int!){createInvitation(input:{planId:"` + id("pln", b.Studio.ID) + `",anchorDay:$n,newTenant:{name:"A",email:"a@b.test"}}){userErrors{code}}}`
	for _, one := range []struct {
		query string
		vars
	}{
		{listed, vars{"d": "2026-02-30"}}, {listed, vars{"d": "tomorrow"}}, {listed, vars{"d": 7}}, {billed, vars{"n": 1 << 31}}, {created, vars{"n": -1 << 40}},
		{`{legacyMemberships(filter:{nextBillingFrom:"2026-02-30"}){totalCount}}`, nil}, {`{invitations(filter:{anchorDays:[99999999999]}){totalCount}}`, nil},
	} {
		a := b.ask(t, b.Manager, one.query, one.vars)
		require.Equal(t, []string{"BAD_REQUEST"}, codes(a), "%v: %s", one, a.raw)
	}
	require.NotContains(t, b.Log.Text(), "level=ERROR", "nobody is woken for it")
}
