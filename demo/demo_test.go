package demo

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"carryover/access"
	"carryover/clock"
	"carryover/migration"
	"carryover/postgres"
	"carryover/postgres/postgrestest"
)

// testBundle is a folder in which demos run, one after the other.
type testBundle struct {
	*testing.T
	options Options
}

// setup's folder is one that the database's user can enter, which those of t.TempDir are not.
func setup(t *testing.T, databaseURL string) *testBundle {
	t.Helper()
	dir, err := os.MkdirTemp("", "carryover-demo-test-")
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, os.RemoveAll(dir)) })
	require.NoError(t, os.Chmod(dir, 0o755))
	said := &notes{}
	t.Cleanup(func() {
		if t.Failed() {
			t.Log(said.String())
		}
	})
	return &testBundle{t, Options{Dir: dir, Addr: "127.0.0.1:0", DatabaseURL: databaseURL, Log: slog.New(slog.NewTextHandler(said, nil))}}
}

// notes are what demos said, to be read where a test fails.
type notes struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (n *notes) Write(p []byte) (int, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.text.Write(p)
}

func (n *notes) String() string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.text.String()
}

// start answers a running demo, and what stops it.
func (b *testBundle) start() (d *Demo, stop func()) {
	b.Helper()
	d, err := Start(b.Context(), b.options)
	require.NoError(b, err)
	return d, func() {
		ended, end := context.WithCancel(context.Background())
		end()
		require.NoError(b, d.Wait(ended))
	}
}

func (b *testBundle) waitFilled(d *Demo) {
	b.Helper()
	select {
	case <-d.Filled():
	case <-time.After(10 * time.Minute):
		b.Fatal("the data set is not complete")
	}
}

func (b *testBundle) get(url string) []byte {
	b.Helper()
	r, err := http.NewRequestWithContext(b.Context(), http.MethodGet, url, http.NoBody)
	require.NoError(b, err)
	answer, err := http.DefaultClient.Do(r)
	require.NoError(b, err)
	body, err := io.ReadAll(answer.Body)
	require.NoError(b, err)
	require.NoError(b, answer.Body.Close())
	require.Equal(b, http.StatusOK, answer.StatusCode, string(body))
	return body
}

// counts are the invitations and submissions by state, once no approval is under way.
func (b *testBundle) counts(d *Demo) map[string]int {
	b.Helper()
	counts := map[string]int{}
	require.Eventually(b, func() bool {
		clear(counts)
		for _, table := range []string{"invitations", "submissions"} {
			rows, err := d.app.Pool.Query(b.Context(), "SELECT status::text, count(*) FROM "+table+" GROUP BY 1")
			require.NoError(b, err)
			for rows.Next() {
				var status string
				var n int
				require.NoError(b, rows.Scan(&status, &n))
				counts[status] = n
			}
			require.NoError(b, rows.Err())
		}
		return counts["approving"] == 0
	}, 5*time.Minute, 50*time.Millisecond)
	return counts
}

// books are how many of each thing Stripe's stand-in holds.
func (b *testBundle) books(d *Demo) map[string]int {
	b.Helper()
	var books map[string]json.RawMessage
	require.NoError(b, json.Unmarshal(b.get(d.URL+"/sandbox/api/books"), &books))
	counts := map[string]int{}
	for name, raw := range books {
		var list []any
		if json.Unmarshal(raw, &list) == nil {
			counts[name] = len(list)
		}
	}
	return counts
}

// readers are the card readers at each location that has any.
func (b *testBundle) readers(d *Demo) map[string][]migration.CardReader {
	b.Helper()
	all := map[string][]migration.CardReader{}
	rows, err := d.app.Pool.Query(b.Context(), "SELECT slug, terminal_location FROM locations WHERE terminal_location IS NOT NULL")
	require.NoError(b, err)
	var slug, place string
	_, err = pgx.ForEachRow(rows, []any{&slug, &place}, func() (err error) {
		all[slug], err = d.app.Rules.Payments.Readers(b.Context(), place)
		return err
	})
	require.NoError(b, err)
	return all
}

// scripted is what the script leads to.
func scripted(t *testing.T) map[string]int {
	t.Helper()
	scenes, err := script()
	require.NoError(t, err)
	counts := map[string]int{}
	for _, s := range scenes {
		switch s.Stage {
		case stagePending:
			counts["pending"]++
		case stageSent:
			counts["sent"]++
		default:
			counts["claimed"]++
			counts[map[stage]string{
				stageWaitingForBank: "waiting_for_bank_verification", stageReady: "ready_for_approval", stagePaymentFailed: "payment_failed",
				stageApprovedCurrentMonth: "approved", stageApprovedNextMonth: "approved"}[s.Stage]]++
		}
	}
	return counts
}

func TestDemo(t *testing.T) {
	t.Parallel()

	t.Run("GoesOnWhereItWas", func(t *testing.T) {
		t.Parallel()
		b := setup(t, "")
		d, stop := b.start()
		b.get(d.URL + "/readyz")
		b.get(d.URL + "/graphiql")
		b.get(d.URL + "/sandbox/")
		b.waitFilled(d)
		counts, books := b.counts(d), b.books(d)
		require.Equal(t, scripted(t), counts)
		require.Equal(t, counts["approved"], books["subscriptions"])
		require.Equal(t, counts["claimed"], books["customers"])
		readers := b.readers(d)
		require.Len(t, readers, 2)
		for _, slug := range []string{"larimer", "roosevelt"} {
			require.Len(t, readers[slug], 2)
			require.Equal(t, "Counter 1", readers[slug][0].Label)
			require.Equal(t, "Gate", readers[slug][1].Label)
		}
		require.Contains(t, string(b.get(d.URL+"/sandbox/readers")), "Counter 1")
		stop()

		d, stop = b.start()
		defer stop()
		select {
		case <-d.Filled():
		default:
			t.Fatal("a complete data set is filled again")
		}
		require.Equal(t, counts, b.counts(d))
		require.Equal(t, books, b.books(d))
		require.Equal(t, readers, b.readers(d), "made once")

		_, err := d.app.Pool.Exec(t.Context(), "UPDATE locations SET terminal_location = 'tml_ofAnotherFolder' WHERE slug = 'larimer'")
		require.NoError(t, err)
		require.NoError(t, d.openCounters(t.Context(), d.URL))
		require.Len(t, b.readers(d)["larimer"], 2, "books that were lost are begun anew")
	})

	t.Run("InterruptedInAGivenDatabase", func(t *testing.T) {
		t.Parallel()
		b := setup(t, postgrestest.EmptyDatabase(t))
		for _, after := range []time.Duration{300 * time.Millisecond, time.Second} {
			_, stop := b.start()
			time.Sleep(after)
			stop()
		}
		d, stop := b.start()
		defer stop()
		b.letsStaffIn(d)
		b.waitFilled(d)
		require.Equal(t, scripted(t), b.counts(d))
		require.NoDirExists(t, d.folder.database())
	})

	t.Run("ErrFolderInUse", func(t *testing.T) {
		t.Parallel()
		b := setup(t, "")
		other, err := openFolder(b.options.Dir)
		require.NoError(t, err)
		_, err = Start(t.Context(), b.options)
		require.ErrorContains(t, err, fmt.Sprintf("another demo (process %d) runs in", os.Getpid()))
		require.NoError(t, other.close())
	})

	t.Run("ErrNoDatabase", func(t *testing.T) {
		t.Parallel()
		b := setup(t, "postgres://u:secret@127.0.0.1:1/x")
		_, err := Start(t.Context(), b.options)
		require.ErrorIs(t, err, postgres.ErrUnreachable)
		require.NotContains(t, err.Error(), "secret")
		next, err := openFolder(b.options.Dir)
		require.NoError(t, err, "the folder is let go")
		require.NoError(t, next.close())
	})

	t.Run("ErrKeys", func(t *testing.T) {
		t.Parallel()
		b := setup(t, "")
		require.NoError(t, os.WriteFile(filepath.Join(b.options.Dir, "keys.json"), []byte("{"), 0o600))
		_, err := Start(t.Context(), b.options)
		require.ErrorContains(t, err, "remove the folder to begin anew")
	})
}

// letsStaffIn tries the sign-ins that the welcome prints.
func (b *testBundle) letsStaffIn(d *Demo) {
	b.Helper()
	in, err := access.New(d.app.Pool, clock.System)
	require.NoError(b, err)
	data, err := files()
	require.NoError(b, err)
	staff, err := readTable(data, "staff.csv")
	require.NoError(b, err)
	require.Equal(b, AdminEmail, staff[0]["email"])
	welcome, err := d.Welcome(1800 * time.Millisecond)
	require.NoError(b, err)
	require.Contains(b, welcome, "ready in 1.8 s")
	for _, one := range staff {
		_, err := in.SignIn(b.Context(), one["email"], Password, access.Origin{})
		require.NoError(b, err)
		require.Regexp(b, one["email"]+` +`+one["role"], welcome)
	}
}
