package stripefake_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/stripe/stripe-go/v76"

	"carryover/sandbox/stripefake"
)

func TestJournal(t *testing.T) {
	t.Parallel()

	t.Run("EverythingComesBack", func(t *testing.T) {
		t.Parallel()
		b, reopen := journalled(t)
		b.products()
		cus, pm := b.saved("pm_card_authenticationRequiredOnSetup")
		p := order(cus.ID, pm, 2500, 900)
		p.SetIdempotencyKey("approval-1")
		sub, err := b.api.Subscriptions.New(p)
		require.NoError(t, err)
		before := b.server.Books()

		b = reopen()
		require.Equal(t, before, b.server.Books())
		again, err := b.api.Subscriptions.New(p)
		require.NoError(t, err)
		require.Equal(t, sub.ID, again.ID)
		require.Len(t, b.server.Books().Subscriptions, 1)

		b.clock.Set(moment(2024, 2, 15)) // the appointment and the card's hidden state came back too
		require.NoError(t, b.server.Advance())
		require.Len(t, b.server.Books().Charges, 2)
		require.Equal(t, "succeeded", b.server.Books().Charges[0].Status)
		b = reopen()
		require.Len(t, b.server.Books().Charges, 2)
	})

	t.Run("WrittenBeforeTheAnswerLeaves", func(t *testing.T) {
		t.Parallel()
		b, _ := journalled(t)
		cus := b.customer()
		content, err := os.ReadFile(b.journal)
		require.NoError(t, err)
		require.Contains(t, string(content), cus.ID)
		require.Equal(t, byte('\n'), content[len(content)-1])
	})

	t.Run("TornLastLineIsDropped", func(t *testing.T) {
		t.Parallel()
		b, reopen := journalled(t)
		kept, torn := b.customer(), b.customer()
		content, err := os.ReadFile(b.journal)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(b.journal, content[:len(content)-7], 0o600))
		b = reopen()
		_, err = b.api.Customers.Get(kept.ID, nil)
		require.NoError(t, err)
		_, err = b.api.Customers.Get(torn.ID, nil)
		require.Equal(t, stripe.ErrorCodeResourceMissing, stripeError(t, err).Code)
	})

	t.Run("OpeningCompacts", func(t *testing.T) {
		t.Parallel()
		b, reopen := journalled(t)
		cus := b.customer()
		for range 50 {
			_, err := b.api.Customers.Update(cus.ID, &stripe.CustomerParams{Name: stripe.String("Ann")})
			require.NoError(t, err)
		}
		reopen()
		content, err := os.ReadFile(b.journal)
		require.NoError(t, err)
		require.Equal(t, 1, bytes.Count(content, []byte(`"t":"customer"`)))
	})

	t.Run("ErrUnreadable", func(t *testing.T) {
		t.Parallel()
		path := filepath.Join(t.TempDir(), "journal")
		require.NoError(t, os.WriteFile(path, []byte("[]\nnonsense\n"), 0o600))
		_, err := stripefake.New(stripefake.Options{SecretKey: secretKey, Journal: path})
		require.ErrorContains(t, err, "line 2")
	})
}

type journalBundle struct {
	*testBundle
	journal string
}

// journalled opens a stand-in with a journal; reopen opens another from the
// same file without closing the first, as after a kill.
func journalled(t *testing.T) (*journalBundle, func() *journalBundle) {
	path := filepath.Join(t.TempDir(), "journal")
	var now time.Time
	var current *journalBundle
	open := func() *journalBundle {
		if current != nil {
			now = current.clock.Now()
		}
		current = &journalBundle{setupWith(t, func(o *stripefake.Options) { o.Journal = path }), path}
		if !now.IsZero() {
			current.clock.Set(now)
		}
		return current
	}
	return open(), open
}
