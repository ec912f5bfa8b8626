package graph

import (
	"math"
	"strconv"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"carryover/civil"
)

// MarshalTime writes the scalar Time in UTC, as the schema promises, in whatever zone the machine is.
func MarshalTime(t time.Time) graphql.Marshaler { return graphql.MarshalTime(t.UTC()) }

// UnmarshalTime reads the scalar Time. What is none is the client's mistake, also "", which gqlgen would take for the year 1.
func UnmarshalTime(v any) (time.Time, error) {
	text, _ := v.(string)
	t, err := graphql.UnmarshalTime(v)
	if err != nil || text == "" {
		return t, Coded("BAD_REQUEST", "Write a time like 2026-03-15T12:00:00Z.")
	}
	return t, nil
}

// MarshalDate writes the scalar Date; a date that does not exist becomes null, which a non-null field then reports.
func MarshalDate(d civil.Date) graphql.Marshaler {
	if !d.Valid() {
		return graphql.Null
	}
	return graphql.MarshalString(d.String())
}

// UnmarshalDate reads the scalar Date from a string and nothing else. What is none is the client's mistake.
func UnmarshalDate(v any) (civil.Date, error) {
	text, _ := v.(string)
	d, err := civil.Parse(text)
	if err != nil {
		return d, Coded("BAD_REQUEST", "Write an existing day as YYYY-MM-DD, like 2026-03-15.")
	}
	return d, nil
}

// MarshalInt writes the scalar Int.
func MarshalInt(n int) graphql.Marshaler { return graphql.MarshalInt(n) }

// UnmarshalInt reads the scalar Int, which has 32 bits, as its columns have; gqlgen would let 64 through to them.
func UnmarshalInt(v any) (int, error) {
	n, err := graphql.UnmarshalInt(v)
	if err != nil || !fits(n) {
		return 0, Coded("BAD_REQUEST", "Write a whole number from "+strconv.Itoa(math.MinInt32)+" to "+strconv.Itoa(math.MaxInt32)+".")
	}
	return n, nil
}

func fits(n int) bool { return n >= math.MinInt32 && n <= math.MaxInt32 }
