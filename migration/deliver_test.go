package migration_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
	"carryover/sandbox/resendfake"
)

// queued is an invitation whose email waits in its chunk.
func (b *bundle) queued(t *testing.T) (*queries.Invitation, *queries.Batch) {
	t.Helper()
	inv := b.Invited(t)
	return inv, b.Send(t, inv)
}

// workOne runs the only job that waits and answers what it answered.
func (b *bundle) workOne(t *testing.T) error {
	t.Helper()
	ran := b.Work(t)
	require.Len(t, ran, 1)
	return ran[0].Err
}

func TestSendEmailBatch(t *testing.T) {
	t.Parallel()

	t.Run("RunAgainItMailsNobody", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.queued(t)
		job := b.Waiting(t)[0]
		for range 3 {
			require.NoError(t, testkit.Run(t.Context(), b.Rules, job))
		}
		require.Len(t, b.Resend.Emails(), 1)
		require.Len(t, b.Resend.Requests(), 1)
		b.RequireStories(t)
	})

	t.Run("RunTwiceAtOnceItMailsOnce", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		for range 20 {
			inv, _ := b.queued(t)
			waiting := b.Waiting(t)
			job := waiting[len(waiting)-1]
			run := func() error { return testkit.Run(t.Context(), b.Rules, job) }
			for _, err := range atOnce(run, run) {
				if err != nil {
					requireLater(t, err)
				}
			}
			require.NoError(t, run())
			require.Equal(t, queries.InvitationStatusSent, b.Invitation(t, inv.ID).Status)
		}
		require.Len(t, b.Resend.Emails(), 20)
		b.RequireStories(t)
	})

	t.Run("ThrottledWaitsAsLongAsItIsTold", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		_, batch := b.queued(t)
		b.Resend.Order(resendfake.Fault{Kind: resendfake.RateLimit, Times: 2, RetryAfter: 40 * time.Second})
		require.Equal(t, 40*time.Second, requireLater(t, b.workOne(t)).After)
		b.Clock.Move(25 * time.Hour) // a throttled call began no memory of the key that could end
		requireLater(t, b.workOne(t))
		require.Empty(t, b.Resend.Emails())
		b.Clock.Move(time.Minute)
		require.NoError(t, b.workOne(t))
		require.Len(t, b.Resend.Emails(), 1)
		require.Equal(t, "succeeded ", outcomes(t, b, batch))
	})

	// What was surely not taken is not promised to anybody: the next call asks everything anew.
	for name, meanwhile := range map[string]struct {
		do   func(b *bundle, inv *queries.Invitation, batch *queries.Batch)
		want string
	}{
		"Revoked": {func(b *bundle, inv *queries.Invitation, _ *queries.Batch) {
			b.Exec(t, `UPDATE invitations SET status = 'revoked', revoked_at = created_at WHERE id = $1`, inv.ID)
		}, "skipped REVOKED, succeeded "},
		"Suppressed": {func(b *bundle, inv *queries.Invitation, _ *queries.Batch) { b.entry(t, inv, "all", "bounce") }, "skipped SUPPRESSED, succeeded "},
		"Canceled": {func(b *bundle, _ *queries.Invitation, batch *queries.Batch) {
			b.Exec(t, `UPDATE batches SET state = 'canceled' WHERE id = $1`, batch.ID) // and its watch has not come round
		}, "skipped CANCELED, skipped CANCELED"},
		"LinkReplaced": {func(b *bundle, inv *queries.Invitation, _ *queries.Batch) {
			b.Exec(t, `UPDATE invitations SET link_version = link_version + 1 WHERE id = $1`, inv.ID)
		}, "succeeded , succeeded "},
	} {
		t.Run("ThrottledAndThen"+name, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			inv, other := b.Invited(t), b.Invited(t)
			batch := b.Send(t, inv, other)
			b.Resend.Order(resendfake.Fault{Kind: resendfake.RateLimit, Times: 1, RetryAfter: time.Second})
			requireLater(t, b.workOne(t))
			before := string(b.Deliveries(t, inv.ID)[0].Content)
			meanwhile.do(b, inv, batch)
			b.Clock.Move(2 * time.Second)
			require.NoError(t, b.workOne(t))
			require.Equal(t, meanwhile.want, outcomes(t, b, batch))
			require.Len(t, b.Resend.Emails(), strings.Count(meanwhile.want, "succeeded"))
			d := b.Deliveries(t, inv.ID)[0]
			require.NotEqual(t, before, string(d.Content))
			for i, request := range b.Resend.Requests()[1:] {
				require.NotEqual(t, b.Resend.Requests()[i].IdempotencyKey, request.IdempotencyKey, "other bytes have another key")
			}
			end := map[queries.DeliveryStatus]string{queries.DeliveryStatusCanceled: "withdrawn", queries.DeliveryStatusAccepted: "accepted"}[d.Status]
			require.Equal(t, []string{"queued", "frozen", end}, b.Told(t, queries.EventSubjectDelivery, d.ID))
		})
	}

	t.Run("FrozenAnewByASecondCopyTheFirstCallsNobody", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv, _ := b.queued(t)
		job := b.Waiting(t)[0]
		first := b.Service(t, func(o *migration.Options) {
			o.Step = func(name string) {
				if name == "email_frozen" {
					b.Exec(t, `UPDATE invitations SET link_version = link_version + 1 WHERE id = $1`, inv.ID)
					require.NoError(t, testkit.Run(t.Context(), b.Rules, job))
				}
			}
		})
		require.NoError(t, testkit.Run(t.Context(), first, job))
		require.Len(t, b.Resend.Requests(), 1)
		require.Contains(t, string(b.Deliveries(t, inv.ID)[0].Content), `"linkVersion": 2`)
	})

	for name, kind := range map[string]resendfake.Fault{
		"FailedAfterActing":       {Kind: resendfake.ErrorAfter, Times: 2},
		"AnswerDropped":           {Kind: resendfake.DropAfter, Times: 2},
		"FailedBeforeActing":      {Kind: resendfake.ErrorBefore, Times: 2},
		"ConnectionCut":           {Kind: resendfake.CutBefore, Times: 2},
		"BusyInFrontOfTheService": {Kind: resendfake.ErrorBefore, Times: 2, Status: 503},
	} {
		t.Run(name+"IsAskedAgainUnderTheSameKey", func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			inv, batch := b.queued(t)
			b.Resend.Order(kind)
			for range 2 {
				require.Equal(t, migration.ProviderUncertain, migration.ProviderErrorAs(b.workOne(t)).Kind)
				require.Equal(t, "pending ", outcomes(t, b, batch))
				require.Equal(t, queries.DeliveryStatusSending, b.Deliveries(t, inv.ID)[0].Status)
			}
			require.NoError(t, b.workOne(t))
			require.Len(t, b.Resend.Emails(), 1)
			require.Len(t, b.Resend.Requests(), 3)
			require.Equal(t, queries.InvitationStatusSent, b.Invitation(t, inv.ID).Status)
			b.RequireStories(t)
		})
	}

	t.Run("SaysTheSameWordsAgainWhateverChanged", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv, _ := b.queued(t)
		b.Resend.Order(resendfake.Fault{Kind: resendfake.DropAfter, Times: 1})
		require.Error(t, b.workOne(t))
		b.Exec(t, `UPDATE tenants SET name = 'Renamed', email = 'renamed@home.test' WHERE id = $1`, inv.TenantID)
		b.Exec(t, `UPDATE plans SET name = 'Renamed' WHERE id = $1`, b.Studio.ID)
		b.Exec(t, `UPDATE locations SET sender_name = 'Renamed' WHERE id = $1`, b.Denver.ID)
		b.Exec(t, `UPDATE invitations SET link_version = link_version + 1 WHERE id = $1`, inv.ID)
		require.NoError(t, b.workOne(t), "another body under this key would be refused")
		require.Len(t, b.Resend.Emails(), 1)
	})

	t.Run("RotatedKeysKeepTheFrozenLink", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.queued(t)
		b.Resend.Order(resendfake.Fault{Kind: resendfake.DropAfter, Times: 1})
		require.Error(t, b.workOne(t))
		rotated := b.Service(t, func(o *migration.Options) { o.Links = testkit.Links(t, "k2", "k1") })
		require.NoError(t, testkit.Run(t.Context(), rotated, b.Waiting(t)[0]))
		require.Len(t, b.Resend.Emails(), 1)
	})

	t.Run("OneBadAddressFailsAlone", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		fine, bad, alsoFine := b.Invited(t), b.Invited(t), b.Invited(t)
		b.Exec(t, `UPDATE tenants SET email = 'bad..dots@home.test' WHERE id = $1`, bad.TenantID)
		batch := b.Send(t, fine, bad, alsoFine)
		b.MustWork(t)
		require.Equal(t, "succeeded , failed REFUSED, succeeded ", outcomes(t, b, batch))
		require.Len(t, b.Resend.Emails(), 2)
		require.Equal(t, queries.InvitationStatusPending, b.Invitation(t, bad.ID).Status)
		d := b.Deliveries(t, bad.ID)[0]
		require.Equal(t, queries.DeliveryStatusFailed, d.Status)
		require.Contains(t, d.StatusReason, "email address")
		require.Equal(t, queries.InvitationStatusSent, b.Invitation(t, alsoFine.ID).Status)
		b.RequireStories(t)
	})

	t.Run("UnknownAfterADayIsNeverSentAgain", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv, batch := b.queued(t)
		b.Resend.Order(resendfake.Fault{Kind: resendfake.DropAfter, Times: 1})
		require.Error(t, b.workOne(t))
		b.Clock.Move(23*time.Hour + time.Second)
		job := b.Waiting(t)[0]
		require.NoError(t, b.workOne(t))
		require.Equal(t, queries.DeliveryStatusUnknown, b.Deliveries(t, inv.ID)[0].Status)
		require.Equal(t, "failed UNKNOWN", outcomes(t, b, batch))
		require.Equal(t, queries.InvitationStatusPending, b.Invitation(t, inv.ID).Status)
		b.Clock.Move(48 * time.Hour)
		require.NoError(t, testkit.Run(t.Context(), b.Rules, job))
		require.Len(t, b.Resend.Requests(), 1, "the provider has forgotten the key")
		require.Len(t, b.Resend.Emails(), 1)
		b.RequireStories(t)
	})

	t.Run("RefusedAfterAnUncertainCallIsUnknown", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv, _ := b.queued(t)
		b.Resend.Order(resendfake.Fault{Kind: resendfake.DropAfter, Times: 1})
		require.Error(t, b.workOne(t))
		broken := b.Service(t, func(o *migration.Options) { o.Mailer = refusing{} })
		require.NoError(t, testkit.Run(t.Context(), broken, b.Waiting(t)[0]))
		require.Equal(t, queries.DeliveryStatusUnknown, b.Deliveries(t, inv.ID)[0].Status, "the first call may have been taken")
	})

	t.Run("RefusedAsAWholeIsFailed", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv, batch := b.queued(t)
		broken := b.Service(t, func(o *migration.Options) { o.Mailer = refusing{} })
		require.NoError(t, testkit.Run(t.Context(), broken, b.Waiting(t)[0]))
		require.Equal(t, queries.DeliveryStatusFailed, b.Deliveries(t, inv.ID)[0].Status)
		require.Equal(t, "failed REFUSED", outcomes(t, b, batch))
		require.Contains(t, migration.OutcomeMessage("REFUSED", b.Items(t, batch)[0].Detail), "has no such sender")
	})

	t.Run("RevokedOnTheWayIsWithdrawn", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		gone, fine := b.Invited(t), b.Invited(t)
		batch := b.Send(t, gone, fine)
		b.Exec(t, `UPDATE invitations SET status = 'revoked', revoked_at = created_at WHERE id = $1`, gone.ID)
		b.MustWork(t)
		require.Equal(t, "skipped REVOKED, succeeded ", outcomes(t, b, batch))
		require.Equal(t, queries.DeliveryStatusCanceled, b.Deliveries(t, gone.ID)[0].Status)
		require.Len(t, b.Resend.Emails(), 1)
		require.Equal(t, []string{"started", "finished"}, b.Told(t, queries.EventSubjectBatch, batch.ID))
	})

	t.Run("AllRevokedOnTheWayCallsNobody", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv, batch := b.queued(t)
		b.Exec(t, `UPDATE invitations SET status = 'revoked', revoked_at = created_at WHERE id = $1`, inv.ID)
		require.NoError(t, b.workOne(t))
		require.Empty(t, b.Resend.Requests())
		require.Equal(t, "skipped REVOKED", outcomes(t, b, batch))
		require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM email_chunks WHERE settled_at IS NOT NULL`))
	})

	t.Run("ClaimedAfterTheCallStaysClaimed", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv, _ := b.queued(t)
		b.Resend.Order(resendfake.Fault{Kind: resendfake.DropAfter, Times: 1})
		require.Error(t, b.workOne(t))
		b.Submit(t, inv, b.Acceptance(t, inv, testkit.Visa))
		require.NoError(t, b.workOne(t))
		after := b.Invitation(t, inv.ID)
		require.Equal(t, queries.InvitationStatusClaimed, after.Status)
		require.NotNil(t, after.EmailSentAt)
		b.RequireStories(t)
	})

	t.Run("WhatCannotBeWrittenFailsAlone", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		bad, fine := b.Invited(t), b.Invited(t)
		b.Exec(t, `UPDATE tenants SET name = E'\u200b' WHERE id = $1`, bad.TenantID)
		batch := b.Send(t, bad, fine)
		b.MustWork(t)
		require.Equal(t, "failed TEMPLATE, succeeded ", outcomes(t, b, batch))
		require.Contains(t, b.Log.Text(), "message cannot be rendered")
	})

	t.Run("ItsCallIsOnRecordBeforeItIsMade", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.queued(t)
		calls := -1
		watched := b.Service(t, func(o *migration.Options) {
			o.Mailer = watching{o.Mailer, func() { calls = b.Count(t, `SELECT calls FROM email_chunks`) }}
		})
		require.NoError(t, testkit.Run(t.Context(), watched, b.Waiting(t)[0]))
		require.Equal(t, 1, calls, "a kill in the call leaves evidence of it")
	})
}

// refusing is a provider that takes nothing.
type refusing struct{ migration.Mailer }

func (refusing) SendBatch(context.Context, string, []migration.Email) ([]migration.EmailResult, error) {
	return nil, &migration.ProviderError{Provider: "resend", Op: "send", Kind: migration.ProviderRefused, Message: "The account has no such sender."}
}

// watching looks at the world while the provider is asked.
type watching struct {
	migration.Mailer
	look func()
}

func (w watching) SendBatch(ctx context.Context, key string, emails []migration.Email) ([]migration.EmailResult, error) {
	w.look()
	return w.Mailer.SendBatch(ctx, key, emails)
}

func TestSendEmailBatchKeys(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.queued(t)
	b.queued(t)
	b.MustWork(t)
	keys := map[string]bool{}
	for _, e := range b.Resend.Emails() {
		id, ok := strings.CutPrefix(e.IdempotencyKey, "chunk-")
		require.True(t, ok)
		_, err := uuid.Parse(id)
		require.NoError(t, err)
		keys[id] = true
	}
	require.Len(t, keys, 2)
}
