package graph

import (
	"time"

	"github.com/99designs/gqlgen/graphql"
)

// MarshalTime writes the scalar Time in UTC, as the schema promises, in whatever zone the machine is.
func MarshalTime(t time.Time) graphql.Marshaler { return graphql.MarshalTime(t.UTC()) }

// UnmarshalTime reads the scalar Time.
func UnmarshalTime(v any) (time.Time, error) { return graphql.UnmarshalTime(v) }
