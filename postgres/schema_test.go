package postgres_test

import (
	"context"
	"fmt"
	"net/url"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"
	"github.com/stretchr/testify/require"

	"carryover/postgres"
	"carryover/postgres/postgrestest"
)

func TestUp(t *testing.T) {
	t.Parallel()

	t.Run("OK", func(t *testing.T) {
		t.Parallel()
		url := postgrestest.EmptyDatabase(t)
		before, err := postgres.Status(t.Context(), url)
		require.NoError(t, err)
		require.NoError(t, postgres.Up(t.Context(), url))
		after, err := postgres.Status(t.Context(), url)
		require.NoError(t, err)
		require.Len(t, after, len(before))
		for i, step := range after {
			require.Nil(t, before[i].AppliedAt)
			require.NotNil(t, step.AppliedAt, "step %d", step.Version)
			require.WithinDuration(t, time.Now(), *step.AppliedAt, time.Minute)
		}
	})

	t.Run("AgainDoesNothing", func(t *testing.T) {
		t.Parallel()
		db := postgrestest.Database(t)
		require.NoError(t, postgres.Up(t.Context(), db.URL))
		require.NoError(t, postgres.CheckSchema(t.Context(), db.Pool))
	})

	t.Run("ManyAtOnce", func(t *testing.T) {
		t.Parallel()
		url := postgrestest.EmptyDatabase(t)
		var all sync.WaitGroup
		failures := make([]error, 6)
		for i := range failures {
			all.Go(func() { failures[i] = postgres.Up(t.Context(), url) })
		}
		all.Wait()
		for _, err := range failures {
			require.NoError(t, err)
		}
	})

	t.Run("LoginThatIsNoSuperuser", func(t *testing.T) {
		t.Parallel()
		// As from PostgreSQL 16 on for a login that has created them: it administers the roles.
		url := asOwnerOfDatabase(t, postgrestest.EmptyDatabase(t), "GRANT carryover_owner, carryover_app TO %s WITH ADMIN OPTION")
		require.NoError(t, postgres.Up(t.Context(), url))
		pool, err := postgres.Open(t.Context(), url, postgres.PoolOptions{})
		require.NoError(t, err)
		defer pool.Close()
		require.NoError(t, postgres.CheckSchema(t.Context(), pool))
	})

	t.Run("StepThatFails", func(t *testing.T) {
		t.Parallel()
		url := postgrestest.EmptyDatabase(t)
		files := fstest.MapFS{
			"0001_good.sql": {Data: []byte("-- +goose Up\nCREATE TABLE good (n int);")},
			"0003_bad.sql":  {Data: []byte("-- +goose Up\nCREATE TABLE half (n int);\nSELECT nonsense;")},
		}
		err := postgres.UpFiles(t.Context(), url, files)
		require.ErrorContains(t, err, `schema step "0003_bad.sql": ERROR: column "nonsense" does not exist`)
		pool, err := postgres.Open(t.Context(), url, postgres.PoolOptions{Role: postgres.OwnerRole})
		require.NoError(t, err)
		defer pool.Close()
		require.True(t, answer(t, pool, "SELECT to_regclass('good') IS NOT NULL"))
		require.False(t, answer(t, pool, "SELECT to_regclass('half') IS NOT NULL"))
		require.ErrorContains(t, postgres.CheckFiles(t.Context(), pool, files), "step 3 (0003_bad) of 3 is missing")

		files["0003_bad.sql"] = &fstest.MapFile{Data: []byte("-- +goose Up\nCREATE TABLE half (n int);")}
		require.NoError(t, postgres.UpFiles(t.Context(), url, files), "a mended step goes on from there")
	})
}

func TestOwner(t *testing.T) {
	t.Parallel()
	db := postgrestest.Database(t)
	rows, err := db.Owner.Query(t.Context(), `
		SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relowner <> 'carryover_owner'::regrole
		   AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e')
		 UNION ALL
		SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND proowner <> 'carryover_owner'::regrole
		   AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')
		 ORDER BY 1`)
	require.NoError(t, err)
	strays, err := pgx.CollectRows(rows, pgx.RowTo[string])
	require.NoError(t, err)
	require.Empty(t, strays, "these belong to another role")
}

func TestAppRoleAltersNothing(t *testing.T) {
	t.Parallel()
	db := postgrestest.Database(t)
	for _, statement := range []string{
		"CREATE TABLE mine (n int)",
		"ALTER TABLE river_job ADD COLUMN mine int",
		"DROP TABLE river_job",
		"TRUNCATE river_job",
		"CREATE INDEX ON river_job (kind)",
		"ALTER TABLE river_job DISABLE TRIGGER ALL",
		"ALTER TABLE river_job OWNER TO carryover_app",
		"INSERT INTO goose_db_version (version_id, is_applied) VALUES (99, true)",
		"DELETE FROM river_migration",
		"CREATE SCHEMA mine",
	} {
		t.Run(statement, func(t *testing.T) {
			t.Parallel()
			_, err := db.Pool.Exec(t.Context(), statement)
			var refusal *pgconn.PgError
			require.ErrorAs(t, err, &refusal)
			require.Equal(t, "42501", refusal.Code, "insufficient privilege, not %s", refusal.Message)
		})
	}
}

func TestRiver(t *testing.T) {
	t.Parallel()

	t.Run("SchemaIsTheNewestOfThisRiver", func(t *testing.T) {
		t.Parallel()
		db := postgrestest.Database(t)
		steps, err := rivermigrate.New(riverpgxv5.New(db.Owner), nil)
		require.NoError(t, err)
		valid, err := steps.Validate(t.Context(), nil)
		require.NoError(t, err)
		require.True(t, valid.OK, "a newer river needs a schema step of ours that goes on from version 8: %v", valid.Messages)
	})

	t.Run("ApplicationWorksJobs", func(t *testing.T) {
		t.Parallel()
		db := postgrestest.Database(t)
		worked := make(chan string, 1)
		workers := river.NewWorkers()
		river.AddWorker(workers, river.WorkFunc(func(_ context.Context, job *river.Job[greeting]) error {
			worked <- job.Args.Name
			return nil
		}))
		client, err := river.NewClient(riverpgxv5.New(db.Pool), &river.Config{
			Queues: map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: 2}}, Workers: workers,
			ReindexerIndexNames: []string{}, TestOnly: true,
		})
		require.NoError(t, err)
		require.NoError(t, client.Start(t.Context()))
		_, err = client.Insert(t.Context(), greeting{Name: "Ada"}, nil)
		require.NoError(t, err)
		select {
		case name := <-worked:
			require.Equal(t, "Ada", name)
		case <-time.After(3 * time.Minute):
			require.Fail(t, "the job was not worked")
		}
		require.NoError(t, client.Stop(t.Context()))
	})
}

type greeting struct {
	Name string `json:"name"`
}

func (greeting) Kind() string { return "greeting" }

func TestSchemaFingerprint(t *testing.T) {
	t.Parallel()
	one, err := postgres.SchemaFingerprint()
	require.NoError(t, err)
	two, err := postgres.SchemaFingerprint()
	require.NoError(t, err)
	require.Equal(t, one, two)
	require.Len(t, one, 16)
}

// asOwnerOfDatabase is what a hosting company gives: a login that owns its database and may create roles.
func asOwnerOfDatabase(t *testing.T, address string, more ...string) string {
	t.Helper()
	u, err := url.Parse(address)
	require.NoError(t, err)
	database := u.Path[1:]
	conn, err := pgx.Connect(t.Context(), address)
	require.NoError(t, err)
	login := "login_of_" + database
	_, err = conn.Exec(t.Context(), "CREATE ROLE "+login+" LOGIN CREATEROLE PASSWORD 'open sesame'; ALTER DATABASE "+database+" OWNER TO "+login)
	require.NoError(t, err)
	for _, statement := range more {
		_, err = conn.Exec(t.Context(), fmt.Sprintf(statement, login))
		require.NoError(t, err)
	}
	t.Cleanup(func() {
		ctx := context.Background()
		_, err := conn.Exec(ctx, "ALTER DATABASE "+database+" OWNER TO CURRENT_USER; REASSIGN OWNED BY "+login+" TO CURRENT_USER; DROP OWNED BY "+login+"; DROP ROLE "+login)
		require.NoError(t, err)
		require.NoError(t, conn.Close(ctx))
	})
	u.User = url.UserPassword(login, "open sesame")
	return u.String()
}

func answer(t *testing.T, pool *pgxpool.Pool, sql string) bool {
	t.Helper()
	var yes bool
	require.NoError(t, pool.QueryRow(t.Context(), sql).Scan(&yes))
	return yes
}
