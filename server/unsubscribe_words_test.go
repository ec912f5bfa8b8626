package server

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"carryover/internal/spanish"
)

func TestUnsubscribeWordsSayUsted(t *testing.T) {
	t.Parallel()
	require.Empty(t, spanish.Familiar(fmt.Sprintf("%+v", unsubscribeWords["es"])))
}
