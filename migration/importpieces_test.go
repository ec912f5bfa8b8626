package migration_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"carryover/ids"
	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
)

// ofPeople is a file of n people in more than one piece, with the ids that are named by their place instead of their own.
func ofPeople(n int, instead map[int]string) string {
	var file strings.Builder
	file.WriteString("id,name,price\n")
	for i := range n {
		id, other := instead[i]
		if !other {
			id = fmt.Sprint(i)
		}
		fmt.Fprintf(&file, "%s,N%d,10\n", id, i)
	}
	return file.String()
}

// Pieces are written at the same time. Of two rows with one id the first of the file is taken all the same.
func TestAnIDInTwoPieces(t *testing.T) {
	t.Parallel()
	b := setup(t)
	file := ofPeople(60_100, map[int]string{19_999: "same", 20_001: "same", 39_998: "same", 45_000: "same"})
	require.Equal(t, 60_100, strings.Count(file, "\n")-1)
	for _, change := range [][]func(*migration.ImportRequest){{dry}, {}, {}} {
		batch, row := b.imported(t, file, change...)
		require.Equal(t, queries.BatchStateFinished, batch.State)
		require.Equal(t, []int{60_097, 3}, []int{batch.Succeeded, row.RefusedRows})
		var lines []int
		for _, r := range b.refusals(t, batch.ID) {
			require.Contains(t, r, "line 20001 has this id already")
			var line int
			_, err := fmt.Sscanf(r, "%d:", &line)
			require.NoError(t, err)
			lines = append(lines, line)
		}
		require.Equal(t, []int{20_003, 40_000, 45_002}, lines)
	}
	require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM legacy_memberships WHERE source_id = 'same' AND name = 'N19999'`))
}

// A piece that is written before its turn is not there before the ones in front of it, and not without them.
func TestPiecesAreCommittedInOrder(t *testing.T) {
	t.Parallel()
	b := setup(t)
	batch, err := b.Rules.ImportLegacyMemberships(t.Context(), testkit.By(b.Manager),
		migration.ImportRequest{LocationID: b.Denver.ID, UploadID: b.uploaded(t, ofPeople(40_000, nil)), Source: "Rocket", ClientKey: "k"})
	require.NoError(t, err)
	ctx, die := context.WithCancel(t.Context())
	ahead := make(chan struct{}, 2)
	b.Rules.Step = func(name string) {
		switch name {
		case "import_ahead":
			ahead <- struct{}{}
		case "import_written":
			for range 2 {
				select {
				case <-ahead:
				case <-time.After(2 * time.Minute):
					t.Error("the second piece waits until the first is committed before it begins")
				}
			}
			die()
		}
	}
	require.ErrorIs(t, b.Rules.RunImport(ctx, migration.SystemActor("job"), batch.ID), context.Canceled)
	require.Zero(t, b.Count(t, `SELECT count(*) FROM legacy_memberships`))
	b.Rules.Step = func(string) {}
	require.NoError(t, b.Rules.RunImport(t.Context(), migration.SystemActor("job"), batch.ID))
	require.Equal(t, 40_000, b.Count(t, `SELECT count(*) FROM legacy_memberships`))
}

// Somebody ends an import while its pieces are on their way: what waits for its turn is not taken.
func TestCancelBetweenPieces(t *testing.T) {
	t.Parallel()
	b := setup(t)
	batch, err := b.Rules.ImportLegacyMemberships(t.Context(), testkit.By(b.Manager),
		migration.ImportRequest{LocationID: b.Denver.ID, UploadID: b.uploaded(t, ofPeople(60_000, nil)), Source: "Rocket", ClientKey: "k"})
	require.NoError(t, err)
	b.Rules.Step = func(name string) {
		if name == "import_committed" {
			_, err := b.Rules.CancelBatch(t.Context(), testkit.By(b.Manager), batch.ID)
			require.NoError(t, err)
		}
	}
	require.NoError(t, b.Rules.RunImport(t.Context(), migration.SystemActor("job"), batch.ID))
	over, row := b.importOf(t, batch.ID)
	require.Equal(t, queries.BatchStateCanceled, over.State)
	require.Equal(t, 20_000, row.CreatedRows)
	require.Equal(t, 20_000, b.Count(t, `SELECT count(*) FROM legacy_memberships`))
}

// Two workers that take one import at once, as after a lost one is thought dead: each row is taken once.
func TestTwoWorkersTakeOneImport(t *testing.T) {
	t.Parallel()
	b := setup(t)
	batch, err := b.Rules.ImportLegacyMemberships(t.Context(), testkit.By(b.Manager),
		migration.ImportRequest{LocationID: b.Denver.ID, UploadID: b.uploaded(t, ofPeople(50_000, nil)), Source: "Rocket", ClientKey: ids.New().String()})
	require.NoError(t, err)
	var g errgroup.Group
	for range 2 {
		g.Go(func() error {
			for {
				var later *migration.Later
				if err := b.Rules.RunImport(t.Context(), migration.SystemActor("job"), batch.ID); !errors.As(err, &later) {
					return err
				}
			}
		})
	}
	require.NoError(t, g.Wait())
	over, row := b.importOf(t, batch.ID)
	require.Equal(t, queries.BatchStateFinished, over.State)
	require.Equal(t, []int{50_000, 50_000, 0, 0}, []int{over.Succeeded, row.CreatedRows, row.SameRows, row.RefusedRows})
	require.Equal(t, 50_000, b.Count(t, `SELECT count(*) FROM legacy_memberships`))
}

// Whoever a new file lacks is marked in parts, none of which holds the list for long. A process that dies in between leaves the rest to the next.
func TestManyAreMissing(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.imported(t, ofPeople(45_000, nil))
	batch, err := b.Rules.ImportLegacyMemberships(t.Context(), testkit.By(b.Manager),
		migration.ImportRequest{LocationID: b.Denver.ID, UploadID: b.uploaded(t, ofPeople(3_000, nil)), Source: "Rocket", ClientKey: "new"})
	require.NoError(t, err)
	marked := func() int {
		return b.Count(t, `SELECT count(*) FROM legacy_memberships WHERE missing_from = $1`, batch.ID)
	}
	ctx, die := context.WithCancel(t.Context())
	b.Rules.Step = func(name string) {
		if name == "import_marked" {
			die()
		}
	}
	require.ErrorIs(t, b.Rules.RunImport(ctx, migration.SystemActor("job"), batch.ID), context.Canceled)
	require.Equal(t, 20_000, marked())
	over, row := b.importOf(t, batch.ID)
	require.Nil(t, over.FinishedAt)
	require.Nil(t, row.MissingRows, "it is not counted yet")
	b.Rules.Step = func(string) {}
	require.NoError(t, b.Rules.RunImport(t.Context(), migration.SystemActor("job"), batch.ID))
	over, row = b.importOf(t, batch.ID)
	require.Equal(t, queries.BatchStateFinished, over.State)
	require.Equal(t, []int{42_000, 42_000, 3_000}, []int{*row.MissingRows, marked(), row.SameRows})
}

// A piece that fails does not take the one before with it.
func TestAPieceFailsAlone(t *testing.T) {
	t.Parallel()
	b := setup(t)
	ddl := func(sql string) {
		_, err := b.DB.Owner.Exec(t.Context(), sql)
		require.NoError(t, err)
	}
	ddl(`CREATE SEQUENCE faults; GRANT SELECT ON faults TO carryover_app;
		CREATE FUNCTION fault() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN PERFORM nextval('faults'); RAISE 'a fault'; END $$;
		CREATE TRIGGER fault BEFORE INSERT ON legacy_memberships FOR EACH ROW WHEN (NEW.source_id = '20001') EXECUTE FUNCTION fault()`)
	batch, err := b.Rules.ImportLegacyMemberships(t.Context(), testkit.By(b.Manager),
		migration.ImportRequest{LocationID: b.Denver.ID, UploadID: b.uploaded(t, ofPeople(45_000, nil)), Source: "Rocket", ClientKey: "k"})
	require.NoError(t, err)
	b.Rules.Step = func(name string) {
		if name == "import_written" {
			for end := time.Now().Add(2 * time.Minute); b.Count(t, `SELECT count(*) FROM faults WHERE is_called`) == 0 && time.Now().Before(end); {
				time.Sleep(time.Millisecond)
			}
		}
	}
	require.ErrorContains(t, b.Rules.RunImport(t.Context(), migration.SystemActor("job"), batch.ID), "a fault")
	_, row := b.importOf(t, batch.ID)
	require.Equal(t, 20_000, row.CreatedRows)
	ddl(`DROP TRIGGER fault ON legacy_memberships`)
	b.Rules.Step = func(string) {}
	require.NoError(t, b.Rules.RunImport(t.Context(), migration.SystemActor("job"), batch.ID))
	require.Equal(t, 45_000, b.Count(t, `SELECT count(*) FROM legacy_memberships`))
}
