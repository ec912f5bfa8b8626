package migration_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
)

func TestSendInvitations(t *testing.T) {
	t.Parallel()

	t.Run("OK", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Invited(t)
		b.Clock.Move(testkit.LinkLife / 2)
		batch := b.Send(t, inv)
		require.Equal(t, 1, batch.Total)
		require.Nil(t, batch.FinishedAt, "it is answered before anything is sent")
		require.Empty(t, b.Resend.Emails())
		require.Equal(t, queries.InvitationStatusPending, b.Invitation(t, inv.ID).Status)
		b.MustWork(t)

		sent := b.Invitation(t, inv.ID)
		require.Equal(t, queries.InvitationStatusSent, sent.Status)
		require.NotNil(t, sent.EmailSentAt)
		require.True(t, sent.LinkExpiresAt.Equal(b.Clock.Now().Add(testkit.LinkLife)), "the link lives from its sending on")
		require.Len(t, b.Resend.Emails(), 1)
		email := b.Resend.Emails()[0]
		require.Equal(t, `"Denver Studios" <hello@studios.test>`, email.From)
		require.Equal(t, []string{"office@denver.test"}, email.ReplyTo)
		d := b.Deliveries(t, inv.ID)[0]
		require.Equal(t, queries.DeliveryStatusAccepted, d.Status)
		require.Equal(t, email.ID, *d.ProviderID)
		require.Equal(t, d.ID.String(), email.Tag("delivery_id"))
		require.Equal(t, "succeeded ", outcomes(t, b, batch))
		require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM batches WHERE finished_at IS NOT NULL`))
		b.RequireStories(t)
	})

	t.Run("SameClientKeyIsTheSameAct", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Invited(t)
		req := testkit.SendRequest("once", inv)
		first, err := b.Rules.SendInvitations(t.Context(), testkit.By(b.Manager), req)
		require.NoError(t, err)
		b.MustWork(t)
		again, err := b.Rules.SendInvitations(t.Context(), testkit.By(b.Manager), req)
		require.NoError(t, err)
		require.Equal(t, first.ID, again.ID)
		require.NotNil(t, again.FinishedAt)
		require.Empty(t, b.Work(t))
		require.Len(t, b.Resend.Emails(), 1)
		other, err := b.Rules.SendInvitations(t.Context(), testkit.By(b.Colleague), req)
		require.NoError(t, err, "another person's keys are that person's own")
		require.NotEqual(t, first.ID, other.ID)
	})

	t.Run("SameClientKeyFromTwoTabsAtOnce", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		for round := range 10 {
			inv := b.Invited(t)
			var batches [2]uuid.UUID
			tab := func(i int) func() error {
				return func() error {
					batch, err := b.Rules.SendInvitations(t.Context(), testkit.By(b.Manager), testkit.SendRequest(fmt.Sprint(round), inv))
					if err == nil {
						batches[i] = batch.ID
					}
					return err
				}
			}
			require.Equal(t, []error{nil, nil}, atOnce(tab(0), tab(1)))
			require.Equal(t, batches[0], batches[1])
		}
		b.MustWork(t)
		require.Len(t, b.Resend.Emails(), 10)
	})

	t.Run("ErrKeyReused", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		one, two := b.Invited(t), b.Invited(t)
		_, err := b.Rules.SendInvitations(t.Context(), testkit.By(b.Manager), testkit.SendRequest("once", one))
		require.NoError(t, err)
		_, err = b.Rules.SendInvitations(t.Context(), testkit.By(b.Manager), testkit.SendRequest("once", two))
		requireRefused(t, err, "KEY_REUSED clientKey")
		b.MustWork(t)
		require.Len(t, b.Resend.Emails(), 1)
	})

	t.Run("SkipsWhomThereIsNothingToSend", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		revoked, claimed, mute, fine := b.Invited(t), b.Invited(t), b.Invited(t), b.Invited(t)
		b.Exec(t, `UPDATE invitations SET status = 'revoked', revoked_at = created_at WHERE id = $1`, revoked.ID)
		b.Submit(t, claimed, b.Acceptance(t, claimed, testkit.Visa))
		b.Exec(t, `UPDATE tenants SET email = NULL WHERE id = $1`, mute.TenantID)
		batch := b.Send(t, revoked, claimed, mute, fine)
		b.MustWork(t)
		require.Equal(t, "skipped REVOKED, skipped CLAIMED, skipped NO_EMAIL, succeeded ", outcomes(t, b, batch))
		require.Len(t, b.Resend.Emails(), 1)
		nobody := b.Send(t, revoked)
		require.Equal(t, "skipped REVOKED", outcomes(t, b, nobody))
		require.Equal(t, 2, b.Count(t, `SELECT count(*) FROM batches WHERE finished_at IS NOT NULL`), "also one with nothing to do")
	})

	t.Run("TwoActsAreTwoEmails", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Sent(t)
		b.Clock.Move(testkit.LinkLife + 1)
		require.Equal(t, migration.SetupStateExpired, b.Open(t, inv).State)
		b.Send(t, inv)
		b.MustWork(t)
		require.Len(t, b.Resend.Emails(), 2)
		require.Equal(t, migration.SetupStateOpen, b.Open(t, inv).State, "the old link opens again, it is the same")
		require.Equal(t, []string{"created", "sent", "opened"}, b.Told(t, queries.EventSubjectInvitation, inv.ID))
		b.RequireStories(t)
	})

	t.Run("ManyInChunks", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		many := make([]*queries.Invitation, 250)
		for i := range many {
			many[i] = b.Invited(t)
		}
		batch := b.Send(t, many...)
		ran := b.Work(t)
		require.Len(t, ran, 3)
		require.ElementsMatch(t, b.Strings(t, `SELECT email FROM tenants`), b.Resend.Addresses(), "each once")
		require.Equal(t, 250, b.Count(t, `SELECT count(*) FROM batch_items WHERE batch_id = $1 AND outcome = 'succeeded'`, batch.ID))
		require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM batches WHERE finished_at IS NOT NULL`))
		require.Equal(t, []string{"started", "finished"}, b.Told(t, queries.EventSubjectBatch, batch.ID))
	})
}

func TestSendInvitationsRefuses(t *testing.T) {
	t.Parallel()
	b := setup(t)
	mine := b.Invited(t)
	theirs := b.Invited(t, testkit.At(b.Loft))
	cases := map[string]struct {
		change func(r *migration.SendRequest)
		want   []string
	}{
		"OtherCount":       {func(r *migration.SendRequest) { r.ExpectedCount = 2 }, []string{"COUNT_CHANGED expectedCount"}},
		"ForeignAmongThem": {func(r *migration.SendRequest) { r.IDs, r.ExpectedCount = append(r.IDs, theirs.ID), 2 }, []string{"NOT_FOUND ids"}},
		"MissingAmongThem": {func(r *migration.SendRequest) { r.IDs, r.ExpectedCount = append(r.IDs, testkit.Missing()), 2 }, []string{"NOT_FOUND ids"}},
		"Twice":            {func(r *migration.SendRequest) { r.IDs, r.ExpectedCount = append(r.IDs, mine.ID), 2 }, []string{"INVALID ids"}},
		"None":             {func(r *migration.SendRequest) { r.IDs, r.ExpectedCount = nil, 0 }, []string{"INVALID ids"}},
		"TooMany":          {func(r *migration.SendRequest) { r.IDs, r.ExpectedCount = fresh(1001), 1001 }, []string{"INVALID ids"}},
		"NoKey":            {func(r *migration.SendRequest) { r.ClientKey = "" }, []string{"REQUIRED clientKey"}},
		"KeyWithNUL":       {func(r *migration.SendRequest) { r.ClientKey = "a\x00b" }, []string{"INVALID clientKey"}},
		"IDsAndAFilter":    {func(r *migration.SendRequest) { r.Filter = &migration.SelectionFilter{} }, []string{"INVALID ids"}},
		"NoneConfirmed": {func(r *migration.SendRequest) {
			r.IDs, r.Filter, r.ExpectedCount = nil, &migration.SelectionFilter{}, 0
		}, []string{"INVALID expectedCount"}},
		"SearchTooLong": {func(r *migration.SendRequest) {
			r.IDs, r.Filter = nil, &migration.SelectionFilter{Search: strings.Repeat("x", 101)}
		}, []string{"INVALID filter.search"}},
		"SearchWithNUL": {func(r *migration.SendRequest) {
			r.IDs, r.Filter = nil, &migration.SelectionFilter{Search: "a\x00b"}
		}, []string{"INVALID filter.search"}},
		"SearchOfBrokenText": {func(r *migration.SendRequest) {
			r.IDs, r.Filter = nil, &migration.SelectionFilter{Search: "a\xff"}
		}, []string{"INVALID filter.search"}},
		"MoreMatch": {func(r *migration.SendRequest) {
			r.IDs, r.Filter, r.ExpectedCount = nil, &migration.SelectionFilter{}, 2
		}, []string{"COUNT_CHANGED expectedCount"}},
		"NoneMatches": {func(r *migration.SendRequest) {
			r.IDs, r.Filter = nil, &migration.SelectionFilter{Search: "nobody"}
		}, []string{"COUNT_CHANGED expectedCount"}},
		"AllAtOnce": {func(r *migration.SendRequest) { *r = migration.SendRequest{Channel: "sms", ExpectedCount: 3} },
			[]string{"INVALID ids", "COUNT_CHANGED expectedCount", "REQUIRED clientKey"}},
	}
	t.Run("TheRequest", func(t *testing.T) {
		for name, tt := range cases {
			t.Run("Err"+name, func(t *testing.T) {
				t.Parallel()
				req := testkit.SendRequest(name, mine)
				tt.change(&req)
				batch, err := b.Rules.SendInvitations(t.Context(), testkit.By(b.Manager), req)
				requireRefused(t, err, tt.want...)
				require.Nil(t, batch, "a batch that was undone is not answered")
			})
		}
	})
	for name, s := range map[string]*queries.Staff{"Attendant": b.Attendant, "Deactivated": b.Gone, "ManagerElsewhere": b.Stranger} {
		t.Run("Err"+name, func(t *testing.T) {
			_, err := b.Rules.SendInvitations(t.Context(), testkit.By(s), testkit.SendRequest("k", mine))
			requireRefused(t, err, "NOT_FOUND ids")
		})
	}
	require.Empty(t, b.Strings(t, `SELECT id::text FROM batches UNION ALL SELECT id::text FROM deliveries UNION ALL SELECT id::text FROM river_job`))
}

// outcomes are a batch's, in its order: "succeeded , skipped CLAIMED".
func outcomes(t *testing.T, b *bundle, batch *queries.Batch) string {
	t.Helper()
	all := ""
	for i, item := range b.Items(t, batch) {
		if i > 0 {
			all += ", "
		}
		all += string(item.Outcome) + " " + item.Reason
		if item.Reason != "" {
			require.NotEmpty(t, migration.OutcomeMessage(item.Reason, item.Detail))
		}
	}
	return all
}

func fresh(n int) []uuid.UUID {
	all := make([]uuid.UUID, n)
	for i := range all {
		all[i] = testkit.Missing()
	}
	return all
}
