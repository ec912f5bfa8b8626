package migration_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"carryover/ids"
	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
	"carryover/sandbox/resendfake"
)

var provider = migration.IntegrationActor("req-of-provider")

// said is an event of the email provider, new each time.
func said(kind string, d *queries.Delivery) migration.EmailEvent {
	e := migration.EmailEvent{ID: "msg_" + ids.New().String(), Type: kind, DeliveryID: d.ID, ProviderID: "re_" + d.ID.String()}
	if d.ProviderID != nil {
		e.ProviderID = *d.ProviderID
	}
	switch kind {
	case "email.sent":
		e.Status = queries.DeliveryStatusAccepted
	case "email.delivered":
		e.Status = queries.DeliveryStatusDelivered
	case "email.bounced":
		e.Status, e.Permanent, e.Reason = queries.DeliveryStatusUndelivered, true, "No such mailbox."
	case "email.complained":
		e.Status, e.Complaint, e.Reason = queries.DeliveryStatusDelivered, true, "Reported as spam."
	case "email.failed":
		e.Status, e.Reason = queries.DeliveryStatusFailed, "Quota reached."
	}
	return e
}

func (b *bundle) hear(t *testing.T, events ...migration.EmailEvent) {
	t.Helper()
	for _, e := range events {
		require.NoError(t, b.Rules.HearEmail(t.Context(), provider, e))
	}
}

// listed are the live entries of an address: "stop all".
func (b *bundle) listed(t *testing.T, address string) []string {
	t.Helper()
	return b.Strings(t, `SELECT reason || ' ' || scope FROM suppressions WHERE live AND address = $1 ORDER BY reason`, address)
}

// text is a text in a state that only the sending itself brings about, with its claim on the phone.
func (b *bundle) text(t *testing.T, inv *queries.Invitation, phone string, status queries.DeliveryStatus) *queries.Delivery {
	t.Helper()
	id := ids.New()
	b.Exec(t, `INSERT INTO deliveries (id, purpose, channel, address, location_id, tenant_id, invitation_id, status, created_at, status_changed_at)
		VALUES ($1, 'invitation', 'sms', $2, $3, $4, $5, $6, $7, $7)`, id, phone, inv.LocationID, inv.TenantID, inv.ID, status, b.Clock.Now())
	b.Exec(t, `INSERT INTO phone_claims (phone, delivery_id, claimed_at) VALUES ($1, $2, $3)`, phone, id, b.Clock.Now())
	return b.delivery(t, id)
}

func (b *bundle) delivery(t *testing.T, id uuid.UUID) *queries.Delivery {
	t.Helper()
	d, err := b.Q.DeliveryGetManaged(t.Context(), b.DB.Pool, queries.DeliveryGetManagedParams{ID: id, StaffID: b.Admin.ID})
	require.NoError(t, err)
	return d
}

func permutations[T any](all []T) [][]T {
	if len(all) == 0 {
		return [][]T{nil}
	}
	var out [][]T
	for i, first := range all {
		for _, rest := range permutations(slices.Concat(all[:i], all[i+1:])) {
			out = append(out, append([]T{first}, rest...))
		}
	}
	return out
}

func TestHearEmailInAnyOrder(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for _, order := range permutations([]string{"email.sent", "email.delivered", "email.bounced", "email.complained"}) {
		inv := b.Sent(t)
		d := b.Deliveries(t, inv.ID)[0]
		for _, kind := range order {
			e := said(kind, d)
			b.hear(t, e, e) // and each one twice
		}
		d = b.delivery(t, d.ID)
		require.Equal(t, queries.DeliveryStatusUndelivered, d.Status, "%v", order)
		require.Equal(t, "No such mailbox.", d.StatusReason, "%v", order)
		require.NotNil(t, d.ComplainedAt, "%v", order)
		require.Equal(t, []string{"bounce all", "complaint all"}, b.listed(t, d.Address), "%v", order)
		inv = b.Invitation(t, inv.ID)
		require.Equal(t, queries.InvitationStatusSent, inv.Status)
		require.True(t, inv.DeliveryFailed, "%v", order)
	}
	b.RequireStories(t)
}

// TestHearThatNothingWasSentInAnyOrder: that an email arrived, or came back, says that it was sent.
func TestHearThatNothingWasSentInAnyOrder(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for other, want := range map[string]queries.DeliveryStatus{"email.sent": queries.DeliveryStatusFailed,
		"email.delivered": queries.DeliveryStatusDelivered, "email.bounced": queries.DeliveryStatusUndelivered} {
		for _, order := range permutations([]string{"email.failed", "email.sent", other}) {
			inv := b.Invited(t)
			batch := b.Send(t, inv)
			b.MustWork(t)
			d := b.Deliveries(t, inv.ID)[0]
			for _, kind := range order {
				e := said(kind, d)
				b.hear(t, e, e)
			}
			require.Equal(t, want, b.delivery(t, d.ID).Status, "%v", order)
			require.Equal(t, want != queries.DeliveryStatusDelivered, b.Invitation(t, inv.ID).DeliveryFailed, "%v", order)
			if want == queries.DeliveryStatusFailed {
				require.Equal(t, "failed NOT_SENT", outcomes(t, b, batch), "%v", order)
				b.requireCounted(t, batch, 0, 0, 1)
				continue
			}
			require.Equal(t, map[queries.DeliveryStatus]string{"delivered": "succeeded ", "undelivered": "succeeded UNDELIVERED"}[want], outcomes(t, b, batch), "%v", order)
			b.requireCounted(t, batch, 1, 0, 0)
		}
	}
	b.RequireStories(t)
}

// TestTheLastMessageCounts: what is reported late of an earlier message says nothing about the last one.
func TestTheLastMessageCounts(t *testing.T) {
	t.Parallel()
	b := setup(t)
	inv := b.Sent(t)
	first := b.Deliveries(t, inv.ID)[0]
	b.Send(t, inv)
	b.MustWork(t)
	last := b.Deliveries(t, inv.ID)[0]
	require.NotEqual(t, first.ID, last.ID)
	b.hear(t, said("email.failed", first))
	require.False(t, b.Invitation(t, inv.ID).DeliveryFailed)
	b.hear(t, said("email.failed", last))
	require.True(t, b.Invitation(t, inv.ID).DeliveryFailed)
	b.hear(t, said("email.delivered", first))
	require.True(t, b.Invitation(t, inv.ID).DeliveryFailed)
	b.hear(t, said("email.delivered", last))
	require.False(t, b.Invitation(t, inv.ID).DeliveryFailed)
}

func TestHearEmail(t *testing.T) {
	t.Parallel()
	b := setup(t)

	t.Run("DeliveredMendsTheInvitation", func(t *testing.T) {
		d := b.Deliveries(t, b.Sent(t).ID)[0]
		b.hear(t, said("email.delivered", d), said("email.opened", d))
		require.Equal(t, queries.DeliveryStatusDelivered, b.delivery(t, d.ID).Status)
		require.False(t, b.Invitation(t, *d.InvitationID).DeliveryFailed)
		require.Empty(t, b.listed(t, d.Address))
	})
	t.Run("ATransientBounceSuppressesNobody", func(t *testing.T) {
		d := b.Deliveries(t, b.Sent(t).ID)[0]
		e := said("email.bounced", d)
		e.Permanent = false
		b.hear(t, e)
		require.Equal(t, queries.DeliveryStatusUndelivered, b.delivery(t, d.ID).Status)
		require.Empty(t, b.listed(t, d.Address))
	})
	t.Run("FailedAfterAcceptance", func(t *testing.T) {
		d := b.Deliveries(t, b.Sent(t).ID)[0]
		b.hear(t, said("email.failed", d))
		d = b.delivery(t, d.ID)
		require.Equal(t, queries.DeliveryStatusFailed, d.Status)
		require.Equal(t, "Quota reached.", d.StatusReason)
		require.True(t, b.Invitation(t, *d.InvitationID).DeliveryFailed)
		require.Empty(t, b.listed(t, d.Address))
	})
	t.Run("ByTheProvidersIDWhereTheTagIsMissing", func(t *testing.T) {
		d := b.Deliveries(t, b.Sent(t).ID)[0]
		e := said("email.delivered", d)
		e.DeliveryID = uuid.Nil
		b.hear(t, e)
		require.Equal(t, queries.DeliveryStatusDelivered, b.delivery(t, d.ID).Status)
	})
	t.Run("AnotherAccountsIsNotedAndIgnored", func(t *testing.T) {
		before := b.Count(t, `SELECT count(*) FROM events`)
		b.hear(t, said("email.bounced", &queries.Delivery{ID: ids.New()}), migration.EmailEvent{ID: "msg_contact", Type: "contact.created"})
		require.Equal(t, 2, b.Count(t, `SELECT count(*) FROM webhook_events WHERE provider = 'resend' AND NOT ours`))
		require.Equal(t, before, b.Count(t, `SELECT count(*) FROM events`))
	})
	t.Run("OneEventTwiceAtOnce", func(t *testing.T) {
		d := b.Deliveries(t, b.Sent(t).ID)[0]
		e := said("email.complained", d)
		var both sync.WaitGroup
		for range 2 {
			both.Go(func() { require.NoError(t, b.Rules.HearEmail(context.Background(), provider, e)) })
		}
		both.Wait()
		require.Equal(t, []string{"queued", "frozen", "accepted", "delivered", "complained"}, b.Told(t, queries.EventSubjectDelivery, d.ID))
		require.Equal(t, []string{"complaint all"}, b.listed(t, d.Address))
	})
	t.Run("AReplayDoesNotUndoALifting", func(t *testing.T) {
		d := b.Deliveries(t, b.Sent(t).ID)[0]
		e := said("email.bounced", d)
		b.hear(t, e)
		id := uuid.MustParse(b.Strings(t, `SELECT id::text FROM suppressions WHERE address = $1`, d.Address)[0])
		require.NoError(t, b.Rules.Unsuppress(t.Context(), testkit.By(b.Manager), id))
		b.hear(t, e)
		require.Empty(t, b.listed(t, d.Address))
	})
	b.RequireStories(t)
}

// telling hears of its emails before it answers with them.
type telling struct {
	migration.Mailer
	tell   func(delivery uuid.UUID, providerID string)
	answer error
}

func (m telling) SendBatch(ctx context.Context, key string, emails []migration.Email) ([]migration.EmailResult, error) {
	results, err := m.Mailer.SendBatch(ctx, key, emails)
	for i := range results {
		m.tell(emails[i].DeliveryID, results[i].ProviderID)
	}
	if m.answer != nil {
		return nil, m.answer
	}
	return results, err
}

func TestHearEmailBeforeTheAnswer(t *testing.T) {
	t.Parallel()
	lost := &migration.ProviderError{Provider: "resend", Kind: migration.ProviderUncertain, Message: "lost"}
	for name, answer := range map[string]error{"OfTheCallIsWritten": nil, "WhichIsLost": lost} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			inv := b.Invited(t)
			b.Clock.Move(27 * 24 * time.Hour)
			batch := b.Send(t, inv)
			rules := b.Service(t, func(o *migration.Options) {
				o.Mailer = telling{o.Mailer, func(delivery uuid.UUID, providerID string) {
					b.hear(t, migration.EmailEvent{ID: "msg_1", Type: "email.delivered", DeliveryID: delivery, ProviderID: providerID,
						Status: queries.DeliveryStatusDelivered})
				}, answer}
			})
			for _, job := range b.Waiting(t) {
				require.ErrorIs(t, testkit.Run(t.Context(), rules, job), answer)
			}
			d := b.Deliveries(t, inv.ID)[0]
			require.Equal(t, queries.DeliveryStatusDelivered, d.Status)
			require.Equal(t, b.Resend.Emails()[0].ID, *d.ProviderID)
			inv = b.Invitation(t, inv.ID)
			require.Equal(t, queries.InvitationStatusSent, inv.Status)
			require.WithinDuration(t, b.Clock.Now().Add(b.Rules.LinkLife), inv.LinkExpiresAt, time.Minute, "sending extends the link")
			require.Equal(t, queries.BatchOutcomeSucceeded, b.Items(t, batch)[0].Outcome)
			require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM batches WHERE finished_at IS NOT NULL`))
			b.MustWork(t)
			require.Len(t, b.Resend.Emails(), 1)
			require.Equal(t, queries.DeliveryStatusDelivered, b.Deliveries(t, inv.ID)[0].Status)
			b.RequireStories(t)
		})
	}
}

// TestWhatComesBackIsToldAlikeInAnyOrder: the row says that the provider took it and that it came back, or that nothing was sent, whether
// the report of that or the answer to the call was first.
func TestWhatComesBackIsToldAlikeInAnyOrder(t *testing.T) {
	t.Parallel()
	for kind, want := range map[string]string{"email.bounced": "succeeded UNDELIVERED", "email.failed": "failed NOT_SENT"} {
		for name, early := range map[string]bool{"BeforeTheAnswer": true, "AfterIt": false} {
			t.Run(kind+name, func(t *testing.T) {
				t.Parallel()
				b := setup(t)
				inv := b.Invited(t)
				batch := b.Send(t, inv)
				tell := func() { b.hear(t, said(kind, b.Deliveries(t, inv.ID)[0])) }
				rules := b.Service(t, func(o *migration.Options) {
					o.Mailer = telling{o.Mailer, func(uuid.UUID, string) {
						if early {
							tell()
						}
					}, nil}
				})
				for _, job := range b.Waiting(t) {
					if err := testkit.Run(t.Context(), rules, job); err != nil {
						requireLater(t, err)
					}
				}
				if !early {
					tell()
				}
				require.Equal(t, want, outcomes(t, b, batch))
				failed := strings.Count(want, "failed")
				b.requireCounted(t, batch, 1-failed, 0, failed)
				require.True(t, b.Invitation(t, inv.ID).DeliveryFailed)
				b.RequireStories(t)
			})
		}
	}
}

// A webhook tells of one email of a call whose answer was lost. The next call must say the same bytes, or the provider refuses
// its key and the others stay UNKNOWN.
func TestHearOneEmailOfALostAnswer(t *testing.T) {
	t.Parallel()
	b := setup(t)
	one, two := b.Invited(t), b.Invited(t)
	batch := b.Send(t, one, two)
	b.Resend.Order(resendfake.Fault{Kind: resendfake.DropAfter, Times: 1})
	require.Error(t, b.Work(t)[0].Err)
	b.hear(t, said("email.bounced", b.Deliveries(t, one.ID)[0]))
	b.MustWork(t)
	require.Len(t, b.Resend.Emails(), 2)
	require.Equal(t, queries.DeliveryStatusUndelivered, b.Deliveries(t, one.ID)[0].Status)
	require.Equal(t, queries.DeliveryStatusAccepted, b.Deliveries(t, two.ID)[0].Status)
	items := b.Items(t, batch)
	require.Equal(t, migration.ReasonUndelivered, items[0].Reason)
	require.Equal(t, queries.BatchOutcomeSucceeded, items[1].Outcome)
	b.RequireStories(t)
}

func TestHearOfAnUnknownOne(t *testing.T) {
	t.Parallel()
	b := setup(t)
	inv := b.Invited(t)
	batch := b.Send(t, inv)
	b.Resend.Order(resendfake.Fault{Kind: resendfake.DropAfter, Times: 1})
	require.Error(t, b.Work(t)[0].Err)
	b.Clock.Move(24 * 60 * 60 * 1e9)
	b.MustWork(t)
	d := b.Deliveries(t, inv.ID)[0]
	require.Equal(t, queries.DeliveryStatusUnknown, d.Status)
	require.Equal(t, queries.InvitationStatusPending, b.Invitation(t, inv.ID).Status)
	e := said("email.sent", d)
	e.ProviderID = b.Resend.Emails()[0].ID
	b.hear(t, e)
	d = b.delivery(t, d.ID)
	require.Equal(t, queries.DeliveryStatusAccepted, d.Status)
	require.Equal(t, e.ProviderID, *d.ProviderID)
	require.Equal(t, queries.InvitationStatusSent, b.Invitation(t, inv.ID).Status)
	require.Equal(t, queries.BatchOutcomeSucceeded, b.Items(t, batch)[0].Outcome)
	b.RequireStories(t)
}

// called is a status callback as the adapter reads it.
func called(told string, d *queries.Delivery) migration.TextEvent {
	e := migration.TextEvent{ProviderID: "SM" + strings.ReplaceAll(d.ID.String(), "-", ""), DeliveryID: d.ID, Told: told}
	switch told {
	case "queued", "sent":
		e.Status = queries.DeliveryStatusAccepted
	case "delivered":
		e.Status = queries.DeliveryStatusDelivered
	case "undelivered":
		e.Status, e.Code, e.Reason = queries.DeliveryStatusUndelivered, "30003", "The phone cannot be reached."
	}
	return e
}

func TestHearTextInAnyOrder(t *testing.T) {
	t.Parallel()
	b := setup(t)
	phones := 0
	for _, begin := range []queries.DeliveryStatus{queries.DeliveryStatusSending, queries.DeliveryStatusUnknown} {
		for _, order := range permutations([]string{"queued", "sent", "delivered", "undelivered"}) {
			phones++
			d := b.text(t, b.Invited(t), "+1303555"+string(rune('0'+phones/10))+string(rune('0'+phones%10))+"00", begin)
			for _, told := range order {
				for range 2 {
					require.NoError(t, b.Rules.HearText(t.Context(), provider, called(told, d)))
				}
			}
			d = b.delivery(t, d.ID)
			require.Equal(t, queries.DeliveryStatusUndelivered, d.Status, "%s %v", begin, order)
			require.Equal(t, "30003", d.ProviderCode)
			require.NotNil(t, d.ProviderID)
			inv := b.Invitation(t, *d.InvitationID)
			require.Equal(t, queries.InvitationStatusPending, inv.Status, "a text alone is not SENT")
			require.NotNil(t, inv.SmsSentAt)
			require.True(t, inv.DeliveryFailed)
			require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM phone_claims WHERE delivery_id = $1`, d.ID), "what was taken keeps its claim")
			require.Empty(t, b.listed(t, d.Address))
		}
	}
}

func TestHearText(t *testing.T) {
	t.Parallel()
	b := setup(t)
	t.Run("SettlesAnUnknownOne", func(t *testing.T) {
		d := b.text(t, b.Invited(t), "+13035550201", queries.DeliveryStatusUnknown)
		require.NoError(t, b.Rules.HearText(t.Context(), provider, called("sent", d)))
		require.Equal(t, queries.DeliveryStatusAccepted, b.delivery(t, d.ID).Status)
	})
	t.Run("OptedOutAtTheProvider", func(t *testing.T) {
		d := b.text(t, b.Invited(t), "+13035550202", queries.DeliveryStatusSending)
		e := called("undelivered", d)
		e.OptedOut = true
		require.NoError(t, b.Rules.HearText(t.Context(), provider, e))
		require.Equal(t, []string{"stop all"}, b.listed(t, d.Address))
	})
	t.Run("AnUnknownDeliveryIsNotedAndIgnored", func(t *testing.T) {
		require.NoError(t, b.Rules.HearText(t.Context(), provider, called("delivered", &queries.Delivery{ID: ids.New()})))
		require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM webhook_events WHERE provider = 'twilio' AND NOT ours`))
	})
	t.Run("AnEmailsIDIsNoTexts", func(t *testing.T) {
		d := b.Deliveries(t, b.Sent(t).ID)[0]
		require.NoError(t, b.Rules.HearText(t.Context(), provider, called("undelivered", d)))
		require.Equal(t, queries.DeliveryStatusAccepted, b.delivery(t, d.ID).Status)
	})
}
