package load_test

import (
	"log/slog"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/clock"
	"carryover/load"
	"carryover/migration"
	"carryover/postgres/postgrestest"
	"carryover/workers"
)

// testBundle is a database and a folder that is loaded into it.
type testBundle struct {
	*testing.T
	db    *postgrestest.DB
	jobs  migration.Jobs
	files fstest.MapFS
}

// setup's folder has one right row of each kind.
func setup(t *testing.T) *testBundle {
	t.Helper()
	b := &testBundle{T: t, db: postgrestest.Database(t), files: fstest.MapFS{}}
	var err error
	b.jobs, err = workers.NewInserter(b.db.Pool, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	b.put("locations.csv", "slug,name,time_zone,currency,staff_contact\ndenver,Denver Studios,America/Denver,USD,mara@example.com")
	b.put("plans.csv", "location,name,kind,cadence,card_price,ach_price\ndenver,Studio 12,STUDIO,MONTHLY,129.00,125")
	b.put("insurance.csv", "name,currency,price,locations\nInstrument Cover,USD,14,denver")
	b.put("staff.csv", "email,name,role,password,locations\nmara@example.com,Mara Okafor,MANAGER,a long password,denver")
	b.put("tenants.csv", "name,email,phone,language,locations\nAnn Lee,Ann@Example.com,+1 303 555 0123,es,denver")
	b.put("terms.csv", "location,language,file\ndenver,en,terms/denver.txt")
	b.put("terms/denver.txt", "Be kind.\n")
	return b
}

func (b *testBundle) put(name, text string) { b.files[name] = &fstest.MapFile{Data: []byte(text)} }

// only leaves nothing but these files.
func (b *testBundle) only(names ...string) {
	kept := fstest.MapFS{}
	for _, name := range names {
		kept[name] = b.files[name]
	}
	b.files = kept
}

func (b *testBundle) load() (load.Counts, error) {
	return load.Load(b.Context(), b.db.Pool, clock.Fixed(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)), b.jobs, b.files)
}

func (b *testBundle) mustLoad() load.Counts {
	b.Helper()
	counts, err := b.load()
	require.NoError(b, err)
	return counts
}

// mistakes loads what is wrong, sees that nothing was written, and answers what was said, line by line.
func (b *testBundle) mistakes() []string {
	b.Helper()
	before := b.everything()
	_, err := b.load()
	var mistakes load.Mistakes
	require.ErrorAs(b, err, &mistakes)
	require.Equal(b, before, b.everything())
	return strings.Split(err.Error(), "\n")
}

// one answers a single value of the database.
func (b *testBundle) one(sql string, args ...any) (value any) {
	b.Helper()
	require.NoError(b, b.db.Pool.QueryRow(b.Context(), sql, args...).Scan(&value))
	return value
}

// everything is all rows that a load can make, as text.
func (b *testBundle) everything() string {
	b.Helper()
	var all strings.Builder
	for _, table := range []string{"locations", "plans", "insurance_plans", "insurance_plan_locations", "staff", "staff_locations", "tenants", "tenant_locations", "terms_versions"} {
		text, ok := b.one("SELECT coalesce(string_agg(t::text, E'\\n' ORDER BY t::text), '') FROM " + table + " t").(string)
		require.True(b, ok)
		all.WriteString(table + "\n" + text + "\n")
	}
	return all.String()
}
