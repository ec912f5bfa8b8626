package migration_test

import (
	"context"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
	"carryover/sandbox/twiliofake"
)

// texting is an installation with one invitation's text in the queue.
type texting struct {
	*bundle
	phone string
	inv   *queries.Invitation
	id    uuid.UUID
}

func textSetup(t *testing.T, change ...func(*migration.InvitationDraft)) texting {
	t.Helper()
	b := texting{bundle: setup(t), phone: testkit.NewPhone()}
	b.inv = b.Invited(t, append([]func(*migration.InvitationDraft){testkit.WithPhone(b.phone)}, change...)...)
	b.id = b.QueueText(t, b.inv, b.phone)
	return b
}

func (b texting) send(t *testing.T) error {
	t.Helper()
	return b.Rules.SendText(t.Context(), migration.SystemActor("job-1"), b.id)
}

func (b texting) requireStatus(t *testing.T, want queries.DeliveryStatus) *queries.Delivery {
	t.Helper()
	d := b.Delivery(t, b.id)
	require.Equal(t, want, d.Status, "%s", d.StatusReason)
	return d
}

func (b texting) claims(t *testing.T) int {
	t.Helper()
	return b.Count(t, `SELECT count(*) FROM phone_claims WHERE phone = $1`, b.phone)
}

// revoke is staff taking the offer back.
func (b texting) revoke(t *testing.T) {
	t.Helper()
	_, err := b.Rules.RevokeInvitation(t.Context(), testkit.By(b.Manager), b.inv.ID, "")
	require.NoError(t, err)
}

func TestSendText(t *testing.T) {
	t.Parallel()

	t.Run("OK", func(t *testing.T) {
		t.Parallel()
		b := textSetup(t)
		b.Clock.Move(time.Hour)
		require.NoError(t, b.send(t))
		d := b.requireStatus(t, queries.DeliveryStatusAccepted)
		sent := b.Twilio.Texts(b.phone)
		require.Len(t, sent, 1)
		require.Equal(t, sent[0].SID, *d.ProviderID)
		require.Equal(t, sent[0].Segments, *d.Segments)
		token, err := b.Links.TextToken(b.Links.PrimaryKey(), b.inv.ID, b.inv.LinkVersion)
		require.NoError(t, err)
		require.Contains(t, sent[0].Body, testkit.PublicURL+"/s/"+token)
		require.NotContains(t, string(d.Content), token, "no token is kept")
		inv := b.Invitation(t, b.inv.ID)
		require.Equal(t, queries.InvitationStatusPending, inv.Status, "SENT means an email")
		require.Equal(t, b.Clock.Now(), *inv.SmsSentAt)
		require.Equal(t, b.Clock.Now().Add(testkit.LinkLife), inv.LinkExpiresAt)
		require.Equal(t, []string{"queued", "frozen", "accepted"}, b.Told(t, queries.EventSubjectDelivery, b.id))
		require.Equal(t, 1, b.claims(t))
		b.RequireStories(t)
	})

	t.Run("AgainAndAgain", func(t *testing.T) {
		t.Parallel()
		b := textSetup(t)
		for range 3 {
			require.NoError(t, b.send(t))
		}
		require.Equal(t, 1, b.Twilio.Calls())
		b.requireStatus(t, queries.DeliveryStatusAccepted)
	})

	t.Run("NotConfigured", func(t *testing.T) {
		t.Parallel()
		b := textSetup(t)
		rules := b.Service(t, func(o *migration.Options) { o.Texter = nil })
		requireLater(t, rules.SendText(t.Context(), migration.SystemActor("job-1"), b.id))
		b.requireStatus(t, queries.DeliveryStatusQueued)
	})

	t.Run("ErrNoText", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		require.Error(t, b.Rules.SendText(t.Context(), migration.SystemActor("job-1"), testkit.Missing()))
	})
}

func TestTextIsWithdrawn(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		arrange func(t *testing.T, b texting)
		says    string
	}{
		"Claimed": {func(t *testing.T, b texting) { b.Submit(t, b.inv, b.Acceptance(t, b.inv, testkit.Visa)) }, "already completed"},
		"Revoked": {func(t *testing.T, b texting) {
			b.revoke(t)
		}, "revoked"},
		"PhoneChanged": {func(t *testing.T, b texting) {
			b.Exec(t, `UPDATE tenants SET phone = $2 WHERE id = $1`, b.inv.TenantID, testkit.NewPhone())
		}, "changed"},
		"PhoneOfAnotherLocationsRecord": {func(t *testing.T, b texting) {
			b.Exec(t, `UPDATE tenant_locations SET known_as = 'Somebody' WHERE tenant_id = $1`, b.inv.TenantID)
		}, "changed"},
		"Suppressed": {func(t *testing.T, b texting) {
			b.Exec(t, `INSERT INTO suppressions (id, channel, address, scope, reason, created_at) VALUES ($1, 'sms', $2, 'all', 'stop', $3)`,
				testkit.Missing(), b.phone, b.Clock.Now())
		}, "suppression list"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := textSetup(t)
			tt.arrange(t, b)
			require.NoError(t, b.send(t))
			require.Contains(t, b.requireStatus(t, queries.DeliveryStatusCanceled).StatusReason, tt.says)
			require.Zero(t, b.Twilio.Calls())
			require.Zero(t, b.claims(t), "the number is free")
			require.Equal(t, []string{"queued", "withdrawn"}, b.Told(t, queries.EventSubjectDelivery, b.id))
		})
	}

	t.Run("LiftedSuppressionDoesNotCount", func(t *testing.T) {
		t.Parallel()
		b := textSetup(t)
		b.Exec(t, `INSERT INTO suppressions (id, channel, address, scope, reason, created_at, lifted_at) VALUES ($1, 'sms', $2, 'all', 'stop', $3, $3)`,
			testkit.Missing(), b.phone, b.Clock.Now())
		require.NoError(t, b.send(t))
		b.requireStatus(t, queries.DeliveryStatusAccepted)
	})
}

func TestTextToAPhoneThatThisLocationTyped(t *testing.T) {
	t.Parallel()
	b := textSetup(t)
	typed := testkit.NewPhone()
	b.Exec(t, `UPDATE tenant_locations SET known_as = 'Typed Name', known_phone = $2 WHERE tenant_id = $1`, b.inv.TenantID, typed)
	id := b.QueueText(t, b.inv, typed)
	require.NoError(t, b.Rules.SendText(t.Context(), migration.SystemActor("job-1"), id))
	sent := b.Twilio.Texts(typed)
	require.Len(t, sent, 1)
	require.Contains(t, sent[0].Body, "Typed,", "the record's name is another location's")
}

// TestTextToSomebodyWhoOptedOut: the provider knows of a STOP that never reached us.
func TestTextToSomebodyWhoOptedOut(t *testing.T) {
	t.Parallel()
	b := setup(t)
	inv, other := b.Invited(t, testkit.WithPhone(testkit.NewPhone())), b.Invited(t, testkit.WithPhone(testkit.NewPhone()))
	b.Exec(t, `UPDATE tenants SET phone = $1 WHERE id = $2`, twiliofake.ToOptedOut, inv.TenantID)
	batch := b.Accepted(t, byText(inv, other))
	b.Plan(t)
	b.MustWork(t)
	require.Equal(t, "skipped SUPPRESSED, succeeded ", outcomes(t, b, batch))
	require.Equal(t, []string{"stop all"}, b.listed(t, twiliofake.ToOptedOut))
	require.Equal(t, queries.DeliveryStatusFailed, b.Deliveries(t, inv.ID)[0].Status)
	require.NotNil(t, b.Batch(t, batch).FinishedAt)
	again := b.Accepted(t, byText(inv))
	b.Plan(t)
	require.Equal(t, "skipped SUPPRESSED", outcomes(t, b, again))
	require.Equal(t, 2, b.Twilio.Calls(), "the provider is not asked again")
	b.RequireStories(t)
}

// TestTextOfTheEvening must have left the provider's queue by the location's closing, whatever is before it there.
func TestTextOfTheEvening(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		now  time.Time
		want time.Duration
	}{
		"InTheMorning": {time.Date(2026, 3, 10, 15, 0, 0, 0, time.UTC), 4 * time.Hour},
		"AtClosing":    {time.Date(2026, 3, 11, 2, 59, 0, 0, time.UTC), time.Minute}, // 20:59 in Denver
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := textSetup(t)
			b.Clock.Set(tt.now)
			require.NoError(t, b.send(t))
			require.Equal(t, int(tt.want/time.Second), b.Twilio.Texts(b.phone)[0].ValidityPeriod)
		})
	}
}

func TestTextWaitsForTheMorning(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ now, opens time.Time }{
		"BeforeDawn": {time.Date(2026, 3, 10, 11, 0, 0, 0, time.UTC), time.Date(2026, 3, 10, 14, 0, 0, 0, time.UTC)},
		"AtNight":    {time.Date(2026, 3, 11, 3, 0, 0, 0, time.UTC), time.Date(2026, 3, 11, 14, 0, 0, 0, time.UTC)},
		// The clocks go back on 1 November 2026: the next morning is an hour further away.
		"OverTheChangeOfClocks": {time.Date(2026, 11, 1, 4, 0, 0, 0, time.UTC), time.Date(2026, 11, 1, 15, 0, 0, 0, time.UTC)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := textSetup(t)
			b.Clock.Set(tt.now)
			later := requireLater(t, b.send(t))
			require.Equal(t, tt.opens.Sub(tt.now), later.After)
			require.Equal(t, tt.opens, *b.requireStatus(t, queries.DeliveryStatusQueued).NotBefore)
			b.Clock.Set(tt.opens)
			require.NoError(t, b.send(t))
			b.requireStatus(t, queries.DeliveryStatusAccepted)
		})
	}

	t.Run("TheDayEndsBetweenItsBeginningAndItsCall", func(t *testing.T) {
		t.Parallel()
		b := textSetup(t)
		b.Clock.Set(time.Date(2026, 3, 11, 2, 59, 59, 0, time.UTC)) // 20:59:59 in Denver
		late := b.Service(t, func(o *migration.Options) {
			o.Step = func(name string) {
				if name == "text_claimed" {
					b.Clock.Move(2 * time.Second)
				}
			}
		})
		requireLater(t, late.SendText(t.Context(), migration.SystemActor("job-1"), b.id))
		require.Zero(t, b.Twilio.Calls())
		opens := time.Date(2026, 3, 11, 14, 0, 0, 0, time.UTC)
		require.Equal(t, opens.Sub(b.Clock.Now()), requireLater(t, b.send(t)).After)
		b.Clock.Set(opens)
		require.NoError(t, b.send(t))
		b.requireStatus(t, queries.DeliveryStatusAccepted)
		require.Equal(t, 1, b.Twilio.Calls())
	})

	t.Run("ItOpensBetweenTheLookAndItsBeginning", func(t *testing.T) {
		t.Parallel()
		b := textSetup(t)
		b.Clock.Set(time.Date(2026, 3, 10, 13, 59, 59, 0, time.UTC)) // 7:59:59 in Denver
		looks := 0
		limited := b.Service(t, func(o *migration.Options) {
			o.TextRate = 1
			o.Clock = func() time.Time {
				if looks++; looks == 2 { // after the look whether it needs a turn
					b.Clock.Move(2 * time.Second)
				}
				return b.Clock.Now()
			}
		})
		requireLater(t, limited.SendText(t.Context(), migration.SystemActor("job-1"), b.id))
		require.Zero(t, b.Twilio.Calls(), "nobody calls without a turn")
		require.NoError(t, limited.SendText(t.Context(), migration.SystemActor("job-1"), b.id))
		b.requireStatus(t, queries.DeliveryStatusAccepted)
	})

	t.Run("NoTurnIsSpentOnIt", func(t *testing.T) {
		t.Parallel()
		b := textSetup(t)
		b.Clock.Set(time.Date(2026, 3, 10, 11, 0, 0, 0, time.UTC))
		rules := b.Service(t, func(o *migration.Options) { o.TextRate = 1 })
		requireLater(t, rules.SendText(t.Context(), migration.SystemActor("job-1"), b.id))
		require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM provider_lanes WHERE lane = 'sms' AND next_call_at = 'epoch'`))
	})
}

// TestOneTextPerPhone attacks rule 2: whoever asks, from wherever, however often and at once, a number gets one.
func TestOneTextPerPhone(t *testing.T) {
	t.Parallel()

	t.Run("FiftyAtOnceOverManyInvitations", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		phone := testkit.NewPhone()
		var deliveries []uuid.UUID
		for range 5 { // a family, each with invitations of their own, all with one number
			inv := b.Invited(t, testkit.WithPhone(phone))
			for range 5 {
				deliveries = append(deliveries, b.QueueText(t, inv, phone))
			}
		}
		other := b.Service(t, func(*migration.Options) {})
		b.atOnce(t, 50, func(i int) error {
			rules := map[bool]*migration.Service{true: b.Rules, false: other}[i%2 == 0]
			return rules.SendText(context.Background(), migration.SystemActor("job-1"), deliveries[i%len(deliveries)])
		})
		require.Len(t, b.Twilio.Texts(phone), 1)
		require.Equal(t, 1, b.Twilio.Calls())
		require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM deliveries WHERE status = 'accepted'`))
		require.Equal(t, 24, b.Count(t, `SELECT count(*) FROM deliveries WHERE status = 'canceled' AND (status_reason LIKE '%one invitation by text%' OR status_reason LIKE '%there is only one.')`))
		b.RequireStories(t)
	})

	t.Run("AcceptedThenUndeliveredCounts", func(t *testing.T) {
		t.Parallel()
		b := textSetup(t)
		require.NoError(t, b.send(t))
		b.Exec(t, `UPDATE deliveries SET status = 'undelivered' WHERE id = $1`, b.id)
		b.id = b.QueueText(t, b.Invited(t, testkit.WithPhone(b.phone)), b.phone)
		require.NoError(t, b.send(t))
		b.requireStatus(t, queries.DeliveryStatusCanceled)
		require.Equal(t, 1, b.Twilio.Calls())
	})

	t.Run("RefusedFrees", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Invited(t, testkit.WithPhone(testkit.NewPhone()))
		b.Exec(t, `UPDATE tenants SET phone = $2 WHERE id = $1`, inv.TenantID, twiliofake.ToLandline)
		w := texting{bundle: b, phone: twiliofake.ToLandline, inv: inv, id: b.QueueText(t, inv, twiliofake.ToLandline)}
		require.NoError(t, w.send(t))
		d := w.requireStatus(t, queries.DeliveryStatusFailed)
		require.Equal(t, "The number is not a mobile number.", d.StatusReason)
		require.Equal(t, "21614", d.ProviderCode)
		require.Zero(t, w.claims(t))
		require.Nil(t, b.Invitation(t, inv.ID).SmsSentAt)
		require.True(t, b.Invitation(t, inv.ID).DeliveryFailed)
		// The number was corrected.
		corrected := testkit.NewPhone()
		b.Exec(t, `UPDATE tenants SET phone = $2 WHERE id = $1`, inv.TenantID, corrected)
		w.id = b.QueueText(t, inv, corrected)
		require.NoError(t, w.send(t))
		w.requireStatus(t, queries.DeliveryStatusAccepted)
	})

	t.Run("TheClaimOfASentOneCannotBeReleased", func(t *testing.T) {
		t.Parallel()
		b := textSetup(t)
		require.NoError(t, b.send(t))
		require.NoError(t, b.Q.PhoneClaimRelease(t.Context(), b.DB.Pool, b.id))
		require.Equal(t, 1, b.claims(t))
	})
}

// TestTextOfWhichTheAnswerWasLost: whatever happened at the provider, nothing is called for twice.
func TestTextOfWhichTheAnswerWasLost(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		fault twiliofake.Fault
		taken int
	}{
		"AnswerDropped": {twiliofake.Fault{Kind: twiliofake.DropAfter}, 1},
		"CutBefore":     {twiliofake.Fault{Kind: twiliofake.CutBefore}, 0},
		"ErrorAfter":    {twiliofake.Fault{Kind: twiliofake.ErrorAfter}, 1},
		"ErrorBefore":   {twiliofake.Fault{Kind: twiliofake.ErrorBefore, Status: http.StatusServiceUnavailable}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := textSetup(t)
			tt.fault.Times = 1
			b.Twilio.Order(tt.fault)
			for range 3 {
				require.NoError(t, b.send(t))
			}
			d := b.requireStatus(t, queries.DeliveryStatusUnknown)
			require.Equal(t, b.Clock.Now().Add(30*time.Second), *d.NextLookAt)
			require.Equal(t, 1, b.Twilio.Calls())
			require.Len(t, b.Twilio.Texts(b.phone), tt.taken)
			require.Equal(t, 1, b.claims(t), "it may be there")
			again := b.QueueText(t, b.inv, b.phone)
			require.NoError(t, b.Rules.SendText(t.Context(), migration.SystemActor("job-1"), again))
			require.Equal(t, queries.DeliveryStatusCanceled, b.Delivery(t, again).Status)
			require.Equal(t, 1, b.Twilio.Calls())
			b.RequireStories(t)
		})
	}

	t.Run("ASecondCopyWhileTheFirstIsInItsCall", func(t *testing.T) {
		t.Parallel()
		b := textSetup(t)
		held := b.Twilio.Order(twiliofake.Fault{Kind: twiliofake.Hold, Times: 1})
		first := make(chan error, 1)
		go func() { first <- b.Rules.SendText(context.Background(), migration.SystemActor("job-1"), b.id) }()
		require.NoError(t, held.Wait(t.Context(), 1))
		require.NoError(t, b.send(t))
		b.requireStatus(t, queries.DeliveryStatusUnknown)
		b.Twilio.Faults.Clear()
		require.NoError(t, <-first)
		d := b.requireStatus(t, queries.DeliveryStatusAccepted)
		require.NotNil(t, d.ProviderID)
		require.Equal(t, 1, b.Twilio.Calls())
		require.Equal(t, []string{"queued", "frozen", "unknown", "accepted"}, b.Told(t, queries.EventSubjectDelivery, b.id))
		b.RequireStories(t)
	})

	t.Run("ASecondCopyAndThenASureRefusal", func(t *testing.T) {
		t.Parallel()
		b := textSetup(t)
		second := make(chan struct{})
		slow := b.Service(t, func(o *migration.Options) { o.Texter = texterFunc(func() error { <-second; return throttled }) })
		first := make(chan error, 1)
		go func() { first <- slow.SendText(context.Background(), migration.SystemActor("job-1"), b.id) }()
		until(t, func() bool { return b.Delivery(t, b.id).CalledAt != nil }, "it is not asked")
		require.NoError(t, b.send(t))
		close(second)
		require.NoError(t, <-first)
		b.requireStatus(t, queries.DeliveryStatusFailed)
		require.Zero(t, b.claims(t), "who called knows that it was not taken")
		b.RequireStories(t)
	})

	t.Run("TheProvidersReportComesBeforeTheAnswer", func(t *testing.T) {
		t.Parallel()
		b := textSetup(t)
		early := b.Service(t, func(o *migration.Options) {
			o.Step = func(name string) {
				if name == "text_after_call" {
					b.Exec(t, `UPDATE deliveries SET status = 'delivered' WHERE id = $1`, b.id)
				}
			}
		})
		require.NoError(t, early.SendText(t.Context(), migration.SystemActor("job-1"), b.id))
		d := b.requireStatus(t, queries.DeliveryStatusDelivered)
		require.NotNil(t, d.ProviderID)
		require.NotNil(t, d.Segments)
	})
}

// TestTextThatWasSurelyNotTaken is called for again, and frees nothing meanwhile.
func TestTextThatWasSurelyNotTaken(t *testing.T) {
	t.Parallel()

	t.Run("Throttled", func(t *testing.T) {
		t.Parallel()
		b := textSetup(t)
		b.Twilio.Order(twiliofake.Fault{Kind: twiliofake.RateLimit, RetryAfter: 40 * time.Second, Times: 1})
		require.Equal(t, 40*time.Second, requireLater(t, b.send(t)).After)
		d := b.requireStatus(t, queries.DeliveryStatusSending)
		require.Nil(t, d.CalledAt)
		require.Equal(t, 1, b.claims(t))
		require.GreaterOrEqual(t, requireLater(t, b.send(t)).After, 40*time.Second)
		require.Equal(t, 1, b.Twilio.Calls(), "the provider asked to be left alone")
		b.Clock.Move(40 * time.Second)
		require.NoError(t, b.send(t))
		require.Len(t, b.Twilio.Texts(b.phone), 1)
		b.requireStatus(t, queries.DeliveryStatusAccepted)
		b.RequireStories(t)
	})

	t.Run("Away", func(t *testing.T) {
		t.Parallel()
		b := textSetup(t)
		away := b.Service(t, func(o *migration.Options) {
			parts, err := testkit.Parts{Pool: b.DB.Pool, StripeURL: b.Stripe.URL, ResendURL: b.Resend.URL, TwilioURL: "http://127.0.0.1:1",
				Clock: b.Clock.Now, Log: b.Log}.Options()
			require.NoError(t, err)
			o.Texter = parts.Texter
		})
		for range 7 {
			requireLater(t, away.SendText(t.Context(), migration.SystemActor("job-1"), b.id))
		}
		require.Nil(t, b.requireStatus(t, queries.DeliveryStatusSending).CalledAt)
		require.Equal(t, []string{"Twilio could not be reached."}, b.Strings(t, `SELECT paused_why FROM provider_lanes WHERE lane = 'sms' AND failures = 5`))
		b.Clock.Move(5 * time.Second)
		require.NoError(t, b.send(t))
		b.requireStatus(t, queries.DeliveryStatusAccepted)
		require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM provider_lanes WHERE lane = 'sms' AND failures = 0 AND paused_until IS NULL`))
	})

	t.Run("StoppedBeforeTheCall", func(t *testing.T) {
		t.Parallel()
		b := textSetup(t)
		ctx, stop := context.WithCancel(t.Context())
		stopping := b.Service(t, func(o *migration.Options) {
			o.Step = func(name string) {
				if name == "text_before_call" {
					stop()
				}
			}
		})
		requireLater(t, stopping.SendText(ctx, migration.SystemActor("job-1"), b.id))
		require.Nil(t, b.requireStatus(t, queries.DeliveryStatusSending).CalledAt)
		require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM provider_lanes WHERE lane = 'sms' AND failures = 0`), "our own stop says nothing about the provider")
		require.NoError(t, b.send(t))
		b.requireStatus(t, queries.DeliveryStatusAccepted)
		require.Equal(t, 1, b.Twilio.Calls())
	})

	t.Run("StoppedInTheCallThatWasToLook", func(t *testing.T) {
		t.Parallel()
		b := textSetup(t)
		b.Exec(t, `UPDATE provider_lanes SET failures = 5, paused_until = $1, paused_why = 'It is away.' WHERE lane = 'sms'`, b.Clock.Now())
		ctx, stop := context.WithCancel(t.Context())
		stopped := b.Service(t, func(o *migration.Options) {
			o.Texter = texterFunc(func() error {
				stop()
				return &migration.ProviderError{Provider: "twilio", Kind: migration.ProviderUncertain, Message: "It gave no answer."}
			})
		})
		require.NoError(t, stopped.SendText(ctx, migration.SystemActor("job-1"), b.id))
		b.requireStatus(t, queries.DeliveryStatusUnknown)
		require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM provider_lanes WHERE lane = 'sms' AND failures = 5 AND NOT probing AND paused_until <= $1`, b.Clock.Now()),
			"the next one looks, and does not wait a minute for this one")
	})

	t.Run("ItsLaneWasPausedWhileItWasBegun", func(t *testing.T) {
		t.Parallel()
		b := textSetup(t)
		limited := b.Service(t, func(o *migration.Options) {
			o.TextRate = 1
			o.Step = func(name string) {
				if name == "text_claimed" {
					b.Clock.Move(time.Second) // what was believed of the lane is old by then
					b.Exec(t, `UPDATE provider_lanes SET paused_until = $1, paused_why = 'Slow down.' WHERE lane = 'sms'`, b.Clock.Now().Add(time.Minute))
				}
			}
		})
		require.GreaterOrEqual(t, requireLater(t, limited.SendText(t.Context(), migration.SystemActor("job-1"), b.id)).After, time.Minute)
		require.Nil(t, b.requireStatus(t, queries.DeliveryStatusSending).CalledAt, "it was begun, and nobody called")
		require.Zero(t, b.Twilio.Calls())
		b.Clock.Move(2 * time.Minute)
		require.NoError(t, b.send(t))
		b.requireStatus(t, queries.DeliveryStatusAccepted)
		require.Equal(t, 1, b.Twilio.Calls())
		b.RequireStories(t)
	})

	t.Run("WithdrawnMeanwhile", func(t *testing.T) {
		t.Parallel()
		b := textSetup(t)
		b.Twilio.Order(twiliofake.Fault{Kind: twiliofake.RateLimit, RetryAfter: time.Second, Times: 1})
		requireLater(t, b.send(t))
		b.revoke(t)
		b.Clock.Move(time.Second)
		require.NoError(t, b.send(t))
		b.requireStatus(t, queries.DeliveryStatusCanceled)
		require.Zero(t, b.claims(t))
		require.Equal(t, []string{"queued", "frozen", "withdrawn"}, b.Told(t, queries.EventSubjectDelivery, b.id))
	})
}

var throttled = &migration.ProviderError{Provider: "twilio", Op: "send text", Kind: migration.ProviderThrottled, Message: "Slow down."}

// texterFunc fails every text with what it answers.
type texterFunc func() error

func (f texterFunc) SendText(context.Context, migration.Text) (migration.TextResult, error) {
	return migration.TextResult{ProviderID: "SM-of-test", Segments: 1}, f()
}

func (f texterFunc) FindTexts(context.Context, string, time.Time) ([]migration.SentText, error) {
	return nil, f()
}

// atOnce lets n goroutines loose at the same moment and wants none of them to fail.
func (b *bundle) atOnce(t *testing.T, n int, do func(i int) error) {
	t.Helper()
	var all sync.WaitGroup
	start, errs := make(chan struct{}), make(chan error, n)
	for i := range n {
		all.Go(func() {
			<-start
			errs <- do(i)
		})
	}
	close(start)
	all.Wait()
	close(errs)
	for err := range errs {
		require.NoError(t, err)
	}
}
