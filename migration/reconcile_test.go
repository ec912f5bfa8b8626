package migration_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
	"carryover/sandbox/twiliofake"
)

// lost is a text whose answer never came; fault says what the provider did with it.
func lost(t *testing.T, fault twiliofake.Fault) texting {
	t.Helper()
	b := textSetup(t)
	fault.Times = 1
	b.Twilio.Order(fault)
	require.NoError(t, b.send(t))
	b.requireStatus(t, queries.DeliveryStatusUnknown)
	return b
}

var (
	taken    = twiliofake.Fault{Kind: twiliofake.DropAfter}
	notTaken = twiliofake.Fault{Kind: twiliofake.CutBefore}
)

// lookAfter moves the clock on and looks for work as the periodic job does. It answers how many looks there were.
func (b texting) lookAfter(t *testing.T, d time.Duration) int {
	t.Helper()
	before := b.Delivery(t, b.id).Looks
	b.Clock.Move(d)
	require.NoError(t, b.Rules.LookForLostTexts(t.Context()))
	b.MustWork(t)
	return b.Delivery(t, b.id).Looks - before
}

func TestReconcileDelivery(t *testing.T) {
	t.Parallel()

	t.Run("FoundInTheBooks", func(t *testing.T) {
		t.Parallel()
		for name, tt := range map[string]struct {
			became twiliofake.Outcome
			want   queries.DeliveryStatus
			code   string
		}{
			"Delivered":   {twiliofake.Outcome{Status: "delivered"}, queries.DeliveryStatusDelivered, ""},
			"StillQueued": {twiliofake.Outcome{Status: "queued"}, queries.DeliveryStatusAccepted, ""},
			"Undelivered": {twiliofake.Outcome{Status: "undelivered", ErrorCode: 30003}, queries.DeliveryStatusUndelivered, "30003"},
			// Taken and then failed: the number has had its text all the same.
			"Failed": {twiliofake.Outcome{Status: "failed", ErrorCode: 30008}, queries.DeliveryStatusUndelivered, "30008"},
		} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				b := lost(t, taken)
				sent := b.Twilio.Texts(b.phone)[0]
				require.NoError(t, b.Twilio.Become(sent.SID, tt.became))
				require.Zero(t, b.lookAfter(t, 29*time.Second), "too early")
				b.requireStatus(t, queries.DeliveryStatusUnknown)
				b.lookAfter(t, time.Second)
				d := b.requireStatus(t, tt.want)
				require.Equal(t, sent.SID, *d.ProviderID)
				require.Equal(t, sent.Segments, *d.Segments)
				require.Equal(t, tt.code, d.ProviderCode)
				require.NotNil(t, b.Invitation(t, b.inv.ID).SmsSentAt)
				require.Equal(t, 1, b.claims(t))
				require.Equal(t, 1, b.Twilio.Calls())
				b.RequireStories(t)
			})
		}
	})

	t.Run("NotThereForSixHours", func(t *testing.T) {
		t.Parallel()
		b := lost(t, notTaken)
		for _, d := range []time.Duration{30 * time.Second, 90 * time.Second, 8 * time.Minute, 50 * time.Minute} {
			require.Equal(t, 1, b.lookAfter(t, d))
			require.Zero(t, b.lookAfter(t, 0), "not again at once")
			b.requireStatus(t, queries.DeliveryStatusUnknown)
			require.Equal(t, 1, b.claims(t), "absence is no proof yet")
		}
		require.Zero(t, b.lookAfter(t, 5*time.Hour-time.Second))
		b.lookAfter(t, time.Second)
		require.Contains(t, b.requireStatus(t, queries.DeliveryStatusFailed).StatusReason, "have no such text")
		require.Zero(t, b.claims(t))
		require.Nil(t, b.Invitation(t, b.inv.ID).SmsSentAt)
		require.Equal(t, 1, b.Twilio.Calls(), "nothing is sent by itself")
		b.RequireStories(t)
		b.id = b.QueueText(t, b.inv, b.phone)
		require.NoError(t, b.send(t))
		require.Len(t, b.Twilio.Texts(b.phone), 1)
	})

	t.Run("AnotherTextThatCannotBeToldApart", func(t *testing.T) {
		t.Parallel()
		b := lost(t, notTaken)
		b.stranger(t)
		for _, d := range []time.Duration{30 * time.Second, 90 * time.Second, 8 * time.Minute, 50 * time.Minute, 5 * time.Hour} {
			require.Equal(t, 1, b.lookAfter(t, d))
		}
		d := b.requireStatus(t, queries.DeliveryStatusUnknown)
		require.Nil(t, d.NextLookAt, "it is a person's turn")
		require.Contains(t, d.StatusReason, "Somebody has to look")
		require.Equal(t, 1, b.claims(t))
		require.Zero(t, b.lookAfter(t, 100*time.Hour))
	})

	t.Run("ATextOfAnotherDeliveryIsNoStranger", func(t *testing.T) {
		t.Parallel()
		b := lost(t, notTaken)
		sid := b.stranger(t)
		other := b.QueueText(t, b.Invited(t), "+13035550199")
		b.Exec(t, `UPDATE deliveries SET provider_id = $2 WHERE id = $1`, other, sid)
		b.Exec(t, `DELETE FROM river_job WHERE args->>'delivery_id' = $1`, other.String())
		b.lookAfter(t, 7*time.Hour)
		b.requireStatus(t, queries.DeliveryStatusFailed)
	})

	t.Run("WhatThePhoneTextedToUsIsNoSign", func(t *testing.T) {
		t.Parallel()
		b := textSetup(t)
		b.Twilio.Order(twiliofake.Fault{Kind: twiliofake.DropAfter, Times: 1})
		require.NoError(t, b.send(t))
		_, err := b.Twilio.Reply(b.phone, "Who is this?")
		require.NoError(t, err)
		b.lookAfter(t, time.Minute)
		b.requireStatus(t, queries.DeliveryStatusDelivered)
	})

	t.Run("TheProviderCannotBeAsked", func(t *testing.T) {
		t.Parallel()
		b := lost(t, notTaken)
		b.Twilio.Faults.Add(twiliofake.Fault{Kind: twiliofake.ErrorBefore, Method: "GET", Times: 1})
		b.Clock.Move(7 * time.Hour)
		require.Error(t, b.Rules.ReconcileDelivery(t.Context(), migration.SystemActor("job-2"), b.id))
		b.requireStatus(t, queries.DeliveryStatusUnknown)
		require.Equal(t, 0, b.Delivery(t, b.id).Looks, "it stays due")
		b.lookAfter(t, 0)
		b.requireStatus(t, queries.DeliveryStatusFailed)
	})

	t.Run("TwoAtOnce", func(t *testing.T) {
		t.Parallel()
		b := lost(t, taken)
		b.Clock.Move(time.Minute)
		b.atOnce(t, 8, func(int) error { return b.Rules.ReconcileDelivery(t.Context(), migration.SystemActor("job-2"), b.id) })
		b.requireStatus(t, queries.DeliveryStatusDelivered)
		require.Equal(t, []string{"queued", "frozen", "unknown", "delivered"}, b.Told(t, queries.EventSubjectDelivery, b.id))
	})
}

// stranger is a text of another system with the same account, to the same number.
func (b texting) stranger(t *testing.T) (sid string) {
	t.Helper()
	result, err := b.Rules.Texter.SendText(t.Context(), migration.Text{DeliveryID: testkit.Missing(), To: b.phone, Body: "Your code is 1234."})
	require.NoError(t, err)
	return result.ProviderID
}

func TestResolveDelivery(t *testing.T) {
	t.Parallel()

	resolvable := func(t *testing.T) texting {
		t.Helper()
		b := lost(t, notTaken)
		b.Clock.Move(10 * time.Minute)
		return b
	}
	resolve := func(b texting, by *queries.Staff, sent bool) (*queries.Delivery, error) {
		return b.Rules.ResolveDelivery(context.Background(), testkit.By(by), migration.Resolution{DeliveryID: b.id, Sent: sent, Note: "Asked the tenant."})
	}

	t.Run("Sent", func(t *testing.T) {
		t.Parallel()
		b := resolvable(t)
		d, err := resolve(b, b.Manager, true)
		require.NoError(t, err)
		require.Equal(t, queries.DeliveryStatusAccepted, d.Status)
		require.Equal(t, b.Manager.ID, *d.ResolvedBy)
		require.NotNil(t, b.Invitation(t, b.inv.ID).SmsSentAt)
		require.Equal(t, 1, b.claims(t))
		require.Equal(t, []string{"queued", "frozen", "unknown", "accepted", "resolved"}, b.Told(t, queries.EventSubjectDelivery, b.id))
		require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM events WHERE action = 'resolved' AND detail->>'note' = 'Asked the tenant.' AND actor_id = $1`, b.Manager.ID))
		b.RequireStories(t)
		require.Zero(t, b.lookAfter(t, 7*time.Hour))
	})

	t.Run("NotSent", func(t *testing.T) {
		t.Parallel()
		b := resolvable(t)
		d, err := resolve(b, b.Admin, false)
		require.NoError(t, err)
		require.Equal(t, queries.DeliveryStatusFailed, d.Status)
		require.Zero(t, b.claims(t))
		b.RequireStories(t)
		b.id = b.QueueText(t, b.inv, b.phone)
		require.NoError(t, b.send(t))
		require.Len(t, b.Twilio.Texts(b.phone), 1)
	})

	// The provider's own word about that very text holds, however it was given up for unsent.
	for told, want := range map[string]queries.DeliveryStatus{"sent": queries.DeliveryStatusAccepted,
		"delivered": queries.DeliveryStatusDelivered, "undelivered": queries.DeliveryStatusUndelivered} {
		t.Run("NotSentAndThenTheProviderSays"+strings.ToUpper(told[:1])+told[1:], func(t *testing.T) {
			t.Parallel()
			b := texting{bundle: setup(t), phone: testkit.NewPhone()}
			b.inv = b.Invited(t, testkit.WithPhone(b.phone))
			batch := b.Accepted(t, byText(b.inv))
			b.Plan(t)
			b.id = b.Deliveries(t, b.inv.ID)[0].ID
			b.Twilio.Order(twiliofake.Fault{Kind: twiliofake.DropAfter, Times: 1})
			require.NoError(t, b.send(t))
			b.requireStatus(t, queries.DeliveryStatusUnknown)
			b.Clock.Move(10 * time.Minute)
			_, err := resolve(b, b.Manager, false)
			require.NoError(t, err)
			require.Equal(t, "failed NOT_SENT", outcomes(t, b.bundle, batch))
			require.Equal(t, "It was not sent. Asked the tenant.", migration.OutcomeMessage("NOT_SENT", b.Items(t, batch)[0].Detail))
			require.NoError(t, b.Watch(t, batch))
			waiting := b.QueueText(t, b.inv, b.phone)
			b.Exec(t, `INSERT INTO phone_claims (phone, delivery_id, claimed_at) VALUES ($1, $2, $3)`, b.phone, waiting, b.Clock.Now())

			require.NoError(t, b.Rules.HearText(t.Context(), provider, called(told, b.Delivery(t, b.id))))
			d := b.requireStatus(t, want)
			require.NotNil(t, d.ProviderID)
			require.NotNil(t, b.Invitation(t, b.inv.ID).SmsSentAt)
			require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM phone_claims WHERE delivery_id = $1`, b.id))
			b.requireCounted(t, batch, 1, 0, 0)
			require.NoError(t, b.Rules.SendText(t.Context(), migration.SystemActor("job-2"), waiting))
			require.Equal(t, queries.DeliveryStatusCanceled, b.Delivery(t, waiting).Status)
			require.Len(t, b.Twilio.Texts(b.phone), 1)
			b.RequireStories(t)
		})
	}

	t.Run("WhatTheProviderRefusedStaysFailed", func(t *testing.T) {
		t.Parallel()
		b := textSetup(t)
		refused := b.Service(t, func(o *migration.Options) {
			o.Texter = texterFunc(func() error {
				return &migration.ProviderError{Provider: "twilio", Kind: migration.ProviderRefused, Message: "No such number."}
			})
		})
		require.NoError(t, refused.SendText(t.Context(), migration.SystemActor("job-1"), b.id))
		require.NoError(t, b.Rules.HearText(t.Context(), provider, called("delivered", b.Delivery(t, b.id))))
		b.requireStatus(t, queries.DeliveryStatusFailed)
		require.Zero(t, b.claims(t))
	})

	t.Run("TwoPeopleAtOnce", func(t *testing.T) {
		t.Parallel()
		b := resolvable(t)
		refused := make(chan error, 8)
		b.atOnce(t, 8, func(i int) error {
			if _, err := resolve(b, b.Manager, i%2 == 0); err != nil {
				refused <- err
			}
			return nil
		})
		require.Len(t, refused, 7)
		requireRefused(t, <-refused, "WRONG_STATE id")
	})

	t.Run("ErrKnown", func(t *testing.T) {
		t.Parallel()
		b := textSetup(t)
		require.NoError(t, b.send(t))
		_, err := resolve(b, b.Manager, false)
		requireRefused(t, err, "WRONG_STATE id")
		b.requireStatus(t, queries.DeliveryStatusAccepted)
	})

	t.Run("ErrTooEarly", func(t *testing.T) {
		t.Parallel()
		b := lost(t, taken)
		b.Clock.Move(10*time.Minute - time.Second)
		require.False(t, b.Rules.CanResolve(b.Delivery(t, b.id)))
		_, err := resolve(b, b.Manager, false)
		requireRefused(t, err, "WRONG_STATE id")
	})

	for name, who := range map[string]func(*bundle) *queries.Staff{
		"ErrElsewhere": func(b *bundle) *queries.Staff { return b.Stranger },
		"ErrAttendant": func(b *bundle) *queries.Staff { return b.Attendant },
		"ErrGone":      func(b *bundle) *queries.Staff { return b.Gone },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := resolvable(t)
			_, err := resolve(b, who(b.bundle), true)
			requireRefused(t, err, "NOT_FOUND id")
			b.requireStatus(t, queries.DeliveryStatusUnknown)
		})
	}

	t.Run("ErrNote", func(t *testing.T) {
		t.Parallel()
		b := resolvable(t)
		for note, want := range map[string]string{"": "REQUIRED note", " \n": "REQUIRED note", "a\x00b": "INVALID note",
			"\xff": "INVALID note", strings.Repeat("n", 501): "INVALID note"} {
			_, err := b.Rules.ResolveDelivery(t.Context(), testkit.By(b.Manager), migration.Resolution{DeliveryID: b.id, Note: note})
			requireRefused(t, err, want)
		}
		b.requireStatus(t, queries.DeliveryStatusUnknown)
	})
}
