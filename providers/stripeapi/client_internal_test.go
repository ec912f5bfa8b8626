package stripeapi

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestWithin: the time of a call is over while the SDK sleeps between its retries and looks at no context.
func TestWithin(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithDeadline(t.Context(), time.Unix(0, 0))
	defer cancel()
	asleep := make(chan struct{})
	defer close(asleep)
	_, err := within(ctx, func() (int, error) { <-asleep; return 1, nil })
	require.ErrorIs(t, err, context.DeadlineExceeded)
}
