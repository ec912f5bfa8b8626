package graph

import (
	"time"

	"github.com/99designs/gqlgen/graphql"
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
