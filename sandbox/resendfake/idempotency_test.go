package resendfake_test

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/resend/resend-go/v2"
	"github.com/stretchr/testify/require"

	"carryover/sandbox/resendfake"
)

func (b testBundle) sendAs(t *testing.T, key, to string) (string, error) {
	t.Helper()
	sent, err := b.client.Emails.SendWithOptions(t.Context(), letter(to), &resend.SendEmailOptions{IdempotencyKey: key})
	if err != nil {
		return "", err
	}
	return sent.Id, nil
}

func TestIdempotency(t *testing.T) {
	t.Parallel()

	t.Run("SameBodySameAnswer", func(t *testing.T) {
		t.Parallel()
		b := setup(t, resendfake.Options{})
		first, err := b.sendAs(t, "k", "a@home.test")
		require.NoError(t, err)
		second, err := b.sendAs(t, "k", "a@home.test")
		require.NoError(t, err)
		require.Equal(t, first, second)
		require.Len(t, b.server.Emails(), 1)
	})

	t.Run("BatchWithErrorsIsReplayedWhole", func(t *testing.T) {
		t.Parallel()
		b := setup(t, resendfake.Options{})
		options := &resend.BatchSendEmailOptions{IdempotencyKey: "k", BatchValidation: resend.BatchValidationPermissive}
		mails := []*resend.SendEmailRequest{letter("a@home.test"), letter("bad")}
		first, err := b.client.Batch.SendWithOptions(t.Context(), mails, options)
		require.NoError(t, err)
		second, err := b.client.Batch.SendWithOptions(t.Context(), mails, options)
		require.NoError(t, err)
		require.Equal(t, first, second)
		require.Len(t, second.Errors, 1)
		require.Len(t, b.server.Emails(), 1)
	})

	t.Run("ErrOtherBody", func(t *testing.T) {
		t.Parallel()
		b := setup(t, resendfake.Options{})
		_, err := b.sendAs(t, "k", "a@home.test")
		require.NoError(t, err)
		raw, err := json.Marshal(letter("b@home.test"))
		require.NoError(t, err)
		status, _, answer := b.post(t, "/emails", string(raw), "Idempotency-Key", "k")
		require.Equal(t, 409, status)
		require.Contains(t, answer, `"invalid_idempotent_request"`)
		require.Len(t, b.server.Emails(), 1)
	})

	t.Run("ErrKeyTooLong", func(t *testing.T) {
		t.Parallel()
		b := setup(t, resendfake.Options{})
		_, err := b.sendAs(t, strings.Repeat("k", 256), "a@home.test")
		require.NoError(t, err)
		status, _, answer := b.post(t, "/emails", "{}", "Idempotency-Key", strings.Repeat("k", 257))
		require.Equal(t, 400, status)
		require.Contains(t, answer, `"invalid_idempotency_key"`)
	})

	t.Run("RefusalsAreNotRemembered", func(t *testing.T) {
		t.Parallel()
		b := setup(t, resendfake.Options{})
		_, err := b.sendAs(t, "k", "bad")
		require.Error(t, err)
		_, err = b.sendAs(t, "k", "a@home.test")
		require.NoError(t, err)
	})

	t.Run("KeyDies", func(t *testing.T) {
		t.Parallel()
		b := setup(t, resendfake.Options{KeyLife: time.Hour})
		first, err := b.sendAs(t, "k", "a@home.test")
		require.NoError(t, err)
		b.clock.Advance(time.Hour - 1)
		second, err := b.sendAs(t, "k", "a@home.test")
		require.NoError(t, err)
		require.Equal(t, first, second)
		b.clock.Advance(1)
		third, err := b.sendAs(t, "k", "a@home.test")
		require.NoError(t, err)
		require.NotEqual(t, first, third, "past its life the key makes a second email")
	})

	t.Run("ErrConcurrentWhileHeld", func(t *testing.T) {
		t.Parallel()
		b := setup(t, resendfake.Options{})
		held := b.server.Faults.Add(resendfake.Fault{Kind: resendfake.Hold, Path: "/emails", Times: 1})
		var first string
		var done sync.WaitGroup
		done.Go(func() { first, _ = b.sendAs(t, "k", "a@home.test") })
		require.NoError(t, held.Wait(t.Context(), 1))
		require.Len(t, b.server.Emails(), 1, "accepted, only the answer is kept back")

		raw, err := json.Marshal(letter("a@home.test"))
		require.NoError(t, err)
		status, _, answer := b.post(t, "/emails", string(raw), "Idempotency-Key", "k")
		require.Equal(t, 409, status)
		require.Contains(t, answer, `"concurrent_idempotent_requests"`)

		held.Release()
		done.Wait()
		again, err := b.sendAs(t, "k", "a@home.test")
		require.NoError(t, err)
		require.Equal(t, first, again)
	})
}

// A lost answer is the case that keys are for: whatever was lost, the retry
// finds the email and makes no second one.
func TestLostAnswers(t *testing.T) {
	t.Parallel()
	for _, kind := range []resendfake.Fault{{Kind: resendfake.DropAfter}, {Kind: resendfake.ErrorAfter}} {
		t.Run(string(kind.Kind), func(t *testing.T) {
			t.Parallel()
			b := setup(t, resendfake.Options{})
			kind.Times = 1
			b.server.Faults.Add(kind)
			_, err := b.sendAs(t, "k", "a@home.test")
			require.Error(t, err)
			emails := b.server.Emails()
			require.Len(t, emails, 1)
			id, err := b.sendAs(t, "k", "a@home.test")
			require.NoError(t, err)
			require.Equal(t, emails[0].ID, id)
			require.Len(t, b.server.Emails(), 1)
		})
	}
	for _, kind := range []resendfake.Fault{{Kind: resendfake.CutBefore}, {Kind: resendfake.ErrorBefore}} {
		t.Run(string(kind.Kind), func(t *testing.T) {
			t.Parallel()
			b := setup(t, resendfake.Options{})
			kind.Times = 1
			b.server.Faults.Add(kind)
			_, err := b.sendAs(t, "k", "a@home.test")
			require.Error(t, err)
			require.Empty(t, b.server.Emails())
			_, err = b.sendAs(t, "k", "a@home.test")
			require.NoError(t, err)
		})
	}
}

func TestRestart(t *testing.T) {
	t.Parallel()

	t.Run("KilledBeforeTheAnswer", func(t *testing.T) {
		t.Parallel()
		path := filepath.Join(t.TempDir(), "journal")
		b := setup(t, resendfake.Options{Journal: path})
		held := b.server.Faults.Add(resendfake.Fault{Kind: resendfake.Hold})
		var done sync.WaitGroup
		done.Go(func() { _, _ = b.sendAs(t, "k", "a@home.test") })
		require.NoError(t, held.Wait(t.Context(), 1))

		after := killed(t, path, resendfake.Options{})
		require.Len(t, after.server.Emails(), 1)
		id, err := after.sendAs(t, "k", "a@home.test")
		require.NoError(t, err)
		require.Equal(t, b.server.Emails()[0].ID, id)
		require.Len(t, after.server.Emails(), 1)
		held.Release()
		done.Wait()
	})

	t.Run("EverythingIsThereAfterAStop", func(t *testing.T) {
		t.Parallel()
		path := filepath.Join(t.TempDir(), "journal")
		b := setup(t, resendfake.Options{Journal: path})
		mail := letter("a@home.test")
		mail.Tags = []resend.Tag{{Name: "delivery", Value: "7"}}
		_, err := b.client.Emails.SendWithContext(t.Context(), mail)
		require.NoError(t, err)
		_, err = b.sendAs(t, "k", "complained@resend.dev")
		require.NoError(t, err)
		scheduled := letter("later@home.test")
		scheduled.ScheduledAt = "2030-01-03T00:00:00Z"
		later, err := b.client.Emails.SendWithContext(t.Context(), scheduled)
		require.NoError(t, err)
		require.Eventually(t, func() bool { return b.server.Emails()[1].LastEvent == "complained" }, time.Minute, time.Millisecond)

		after := killed(t, path, resendfake.Options{})
		require.Equal(t, b.server.Emails(), after.server.Emails())
		after.clock.Advance(48 * time.Hour)
		require.Eventually(t, func() bool { e, _ := after.server.Email(later.Id); return e.LastEvent == "delivered" }, time.Minute, time.Millisecond)
	})
}
