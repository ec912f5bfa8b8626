package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
)

func TestImport(t *testing.T) {
	t.Parallel()
	b := testkit.New(t)
	environ := settings(b.DB.URL)
	path := filepath.Join(t.TempDir(), "people.csv")
	require.NoError(t, os.WriteFile(path, []byte("id,name,price\n1,Ana Pérez,39.00\n2,Ben Kim,much\n3,Cleo Ray,39.00\n4,Dan Gone,39.00\n"), 0o600))
	run := func(more ...string) outcome {
		return carryover(t, environ, append([]string{"import", path, "--source", "Rocket", "--location", b.Denver.Slug, "--staff", b.Manager.Email}, more...)...)
	}
	rows := func() int { return b.Count(t, `SELECT count(*) FROM legacy_memberships`) }

	require.Equal(t, outcome{0, "would import: 3 new, 0 changed, 0 unchanged, 1 refused\n" +
		"line 3: price \"much\": the location's currency is USD. Write the price in it, like 129.00\n", ""}, run("--dry-run"))
	require.Zero(t, rows())
	require.Equal(t, outcome{0, "imported: 2 new, 0 changed, 0 unchanged, 1 refused\n" +
		"line 3: price \"much\": the location's currency is USD. Write the price in it, like 129.00\n" +
		"the rest waits until somebody has looked at these: in the console, under Staff, Old system, Imports, people.csv\n", ""}, run("--canary", "2"))
	require.Equal(t, 2, rows())
	refused := run()
	require.Equal(t, 1, refused.code)
	require.Contains(t, refused.errOut, "It waits until somebody has looked at its first rows: let it go on, or cancel it.")
	waiting := b.Strings(t, `SELECT id::text FROM batches WHERE kind = 'import' AND finished_at IS NULL`)
	require.Len(t, waiting, 1)
	_, err := b.Rules.CancelBatch(t.Context(), testkit.By(b.Manager), uuid.MustParse(waiting[0]))
	require.NoError(t, err)
	require.Equal(t, outcome{0, "imported: 1 new, 0 changed, 2 unchanged, 1 refused\n" +
		"line 3: price \"much\": the location's currency is USD. Write the price in it, like 129.00\n", ""}, run())
	require.Equal(t, 3, rows())

	require.Equal(t, 1, run("--canary", "-1").code)
	require.Contains(t, run("--canary", "0").errOut, "Look at 1 to")
	require.NotZero(t, run("--canary", "1", "--dry-run").code)
	b.Exec(t, `UPDATE staff SET email = 'other@home.test' WHERE id = $1`, b.Manager.ID)
	require.Contains(t, run().errOut, "nobody works here with this address")
}
