package journal_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"carryover/sandbox/internal/journal"
)

func put(t require.TestingT, key string, v any) journal.Entry {
	entry, err := journal.Put("thing", key, v)
	require.NoError(t, err)
	return entry
}

func reopen(t *testing.T, path string) []journal.Entry {
	t.Helper()
	j, entries, err := journal.Open(path)
	require.NoError(t, err)
	require.NoError(t, j.Close())
	return entries
}

func TestOpen(t *testing.T) {
	t.Parallel()

	t.Run("LastValueInOrderOfFirstAppearance", func(t *testing.T) {
		t.Parallel()
		path := filepath.Join(t.TempDir(), "j")
		j, entries, err := journal.Open(path)
		require.NoError(t, err)
		require.Empty(t, entries)
		require.NoError(t, j.Append(put(t, "a", 1), put(t, "b", 2), put(t, "c", 3)))
		require.NoError(t, j.Append(put(t, "a", 4), journal.Delete("thing", "b")))
		require.NoError(t, j.Close())
		require.Equal(t, []journal.Entry{put(t, "a", 4), put(t, "c", 3)}, reopen(t, path))
	})

	t.Run("CompactsTheFile", func(t *testing.T) {
		t.Parallel()
		path := filepath.Join(t.TempDir(), "j")
		j, _, err := journal.Open(path)
		require.NoError(t, err)
		for i := range 1000 {
			require.NoError(t, j.Append(put(t, "same", i)))
		}
		require.NoError(t, j.Close())
		reopen(t, path)
		raw, err := os.ReadFile(path)
		require.NoError(t, err)
		require.Equal(t, `[{"k":"thing","id":"same","v":999}]`+"\n", string(raw))
	})

	t.Run("DropsATornLastLineWhole", func(t *testing.T) {
		t.Parallel()
		path := filepath.Join(t.TempDir(), "j")
		whole := `[{"k":"thing","id":"a","v":1}]` + "\n"
		torn := `[{"k":"thing","id":"b","v":2},{"k":"thing","id"`
		require.NoError(t, os.WriteFile(path, []byte(whole+torn), 0o600))
		require.Equal(t, []journal.Entry{put(t, "a", 1)}, reopen(t, path))
	})

	t.Run("ErrDamagedInTheMiddle", func(t *testing.T) {
		t.Parallel()
		path := filepath.Join(t.TempDir(), "j")
		require.NoError(t, os.WriteFile(path, []byte("[{\"k\"\n[]\n"), 0o600))
		_, _, err := journal.Open(path)
		require.ErrorContains(t, err, "line 1")
	})

	t.Run("ErrHeldByAnother", func(t *testing.T) {
		t.Parallel()
		path := filepath.Join(t.TempDir(), "j")
		j, _, err := journal.Open(path)
		require.NoError(t, err)
		_, _, err = journal.Open(path)
		require.ErrorContains(t, err, "one process at a time")
		require.NoError(t, j.Close())
		reopen(t, path)
	})

	t.Run("EmptyPathKeepsNothing", func(t *testing.T) {
		t.Parallel()
		j, entries, err := journal.Open("")
		require.NoError(t, err)
		require.Empty(t, entries)
		require.NoError(t, j.Append(put(t, "a", 1)))
		require.NoError(t, j.Close())
	})
}

// A kill may come after any byte. Whatever was appended before that line is
// there afterwards, and the cut line leaves nothing behind.
func TestKilledAtAnyByte(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "j")
	j, _, err := journal.Open(path)
	require.NoError(t, err)
	for i := range 20 {
		require.NoError(t, j.Append(put(t, string(rune('a'+i)), i), put(t, "last", i)))
	}
	require.NoError(t, j.Close())
	raw, err := os.ReadFile(path)
	require.NoError(t, err)

	rapid.Check(t, func(rt *rapid.T) {
		cut := rapid.IntRange(0, len(raw)).Draw(rt, "cut")
		lines := 0
		for _, c := range raw[:cut] {
			if c == '\n' {
				lines++
			}
		}
		copied := filepath.Join(t.TempDir(), "copy")
		require.NoError(rt, os.WriteFile(copied, raw[:cut], 0o600))
		j, entries, err := journal.Open(copied)
		require.NoError(rt, err)
		require.NoError(rt, j.Close())
		if lines == 0 {
			require.Empty(rt, entries)
			return
		}
		require.Len(rt, entries, lines+1)
		require.Equal(rt, put(rt, "last", lines-1), entries[1])
	})
}
