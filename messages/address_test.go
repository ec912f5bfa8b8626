package messages

import (
	"fmt"
	"io/fs"
	"testing"

	"github.com/stretchr/testify/require"

	"carryover/internal/spanish"
)

// The pages behind the links say "usted", and so does whoever sends a bill.
func TestSpanishSaysUsted(t *testing.T) {
	t.Parallel()
	said := func(version int, suffix string) []string {
		data, err := fs.ReadFile(embedded, fmt.Sprintf("templates/v%d/es%s", version, suffix))
		require.NoError(t, err)
		return spanish.Familiar(string(data))
	}
	for _, suffix := range []string{".json", ".texts.json"} {
		require.Empty(t, said(currentVersion, suffix), suffix)
		require.NotEmpty(t, said(2, suffix), "what an earlier version said stays as it was, and shows that the check finds it")
	}
}
