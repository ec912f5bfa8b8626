package migration_test

import (
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"carryover/ids"
	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
)

const blurred = "The photo of your licence is blurred."

// turnDown is the manager's no; change adds to it.
func (b *bundle) turnDown(t *testing.T, sub *queries.Submission, change ...func(*migration.RejectRequest)) (migration.Rejected, error) {
	t.Helper()
	req := migration.RejectRequest{SubmissionID: sub.ID, Reason: blurred}
	for _, c := range change {
		c(&req)
	}
	return b.Rules.RejectSubmission(t.Context(), testkit.By(b.Manager), req)
}

// instead offers another thing than what was turned down.
func instead(plan *queries.Plan, day int) func(*migration.RejectRequest) {
	return func(r *migration.RejectRequest) {
		r.NewOffer = &migration.InvitationDraft{PlanID: plan.ID, AnchorDay: day}
	}
}

// again is the tenant's next attempt with another card.
func (b *bundle) again(t *testing.T, inv *queries.Invitation) *queries.Submission {
	t.Helper()
	return b.Submit(t, inv, b.Acceptance(t, inv, testkit.Visa))
}

func TestRejectSubmission(t *testing.T) {
	t.Parallel()

	t.Run("OK", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Sent(t)
		sub := b.again(t, inv)
		b.Clock.Move(29 * day)
		done, err := b.turnDown(t, sub)
		require.NoError(t, err)
		require.Nil(t, done.Successor)
		require.Equal(t, queries.SubmissionStatusRejected, done.Submission.Status)
		require.Equal(t, blurred, done.Submission.StatusReason)
		require.Equal(t, []string{"submitted", "rejected"}, b.Told(t, queries.EventSubjectSubmission, sub.ID))
		open := b.Open(t, inv)
		require.Equal(t, migration.SetupStateOpen, open.State)
		require.Equal(t, blurred, open.ReopenedReason)
		require.True(t, b.Invitation(t, inv.ID).LinkExpiresAt.Equal(b.Clock.Now().Add(testkit.LinkLife)), "for its whole life again")
		mails := b.mails(t)
		b.MustWork(t)
		require.Equal(t, mails+1, b.mails(t))
		require.Contains(t, b.Resend.Emails()[mails].HTML, blurred)
		b.RequireStories(t)
	})

	t.Run("WhileTheBankAccountIsVerified", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub, secret := b.waiting(t)
		_, err := b.turnDown(t, sub)
		require.NoError(t, err)
		b.MustWork(t)
		b.EnterCode(t, secret, "SM11AA")
		b.Clock.Move(day)
		b.look(t)
		require.Equal(t, queries.SubmissionStatusRejected, b.Submission(t, sub.ID).Status, "what the bank says of it comes too late")
		require.Zero(t, b.Count(t, `SELECT count(*) FROM bank_verifications WHERE ended_at IS NULL`))
		next := b.again(t, b.Invitation(t, *sub.InvitationID))
		require.Equal(t, queries.SubmissionStatusReadyForApproval, next.Status)
		b.RequireStories(t)
	})

	t.Run("ErrWithoutAReason", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Claimed(t, testkit.Visa)
		for _, reason := range []string{"", "  ", "\n"} {
			_, err := b.turnDown(t, sub, func(r *migration.RejectRequest) { r.Reason = reason })
			requireRefused(t, err, "REQUIRED reason")
		}
		_, err := b.turnDown(t, sub, func(r *migration.RejectRequest) { r.Reason = "one\nline" })
		requireRefused(t, err, "INVALID reason")
		requireUndecided(t, b, sub)
	})

	t.Run("ErrForeignIsLikeMissing", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Claimed(t, testkit.Visa)
		for _, s := range []*queries.Staff{b.Stranger, b.Attendant, b.Gone} {
			done, err := b.Rules.RejectSubmission(t.Context(), testkit.By(s), migration.RejectRequest{SubmissionID: sub.ID, Reason: blurred})
			requireRefused(t, err, "NOT_FOUND submissionId")
			require.Zero(t, done)
			_, err = b.Q.SubmissionRejectIfUndecided(t.Context(), b.DB.Pool, queries.SubmissionRejectIfUndecidedParams{
				ID: sub.ID, StaffID: s.ID, Now: testkit.Start})
			require.Error(t, err, "the statement itself is bounded")
		}
		requireUndecided(t, b, sub)
	})

	t.Run("ErrAlreadyDecided", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Claimed(t, testkit.Visa)
		b.Decided(t, sub, migration.NextMonth)
		_, err := b.turnDown(t, sub)
		requireRefused(t, err, "ALREADY_DECIDED submissionId")
		require.ErrorContains(t, err, "approved already by Ada Admin, with Next Month")
		b.MustWork(t)
		_, err = b.turnDown(t, sub)
		requireRefused(t, err, "ALREADY_DECIDED submissionId")

		sub = b.Claimed(t, testkit.Visa)
		req := b.Decision(t, sub, migration.NextMonth)
		_, err = b.turnDown(t, sub)
		require.NoError(t, err)
		_, err = b.Rules.ApproveSubmission(t.Context(), testkit.By(b.Admin), req)
		requireRefused(t, err, "ALREADY_DECIDED submissionId")
		require.ErrorContains(t, err, "rejected already by Max Manager: "+blurred)
	})

	t.Run("InTheTenantsLanguage", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Invited(t)
		shown, err := b.Rules.OpenSetup(t.Context(), testkit.Browser, b.Token(t, inv), queries.MessageLanguageEs)
		require.NoError(t, err)
		a := b.Acceptance(t, inv, testkit.Visa)
		a.Language, a.Digest = queries.MessageLanguageEs, shown.Digest()
		_, err = b.turnDown(t, b.Submit(t, inv, a))
		require.NoError(t, err)
		require.Equal(t, "La sede no pudo aceptar su solicitud y escribe: "+blurred, b.Open(t, inv).ReopenedReason)
	})
}

func TestRejectWithANewOffer(t *testing.T) {
	t.Parallel()

	t.Run("TheOldLinkLeadsToIt", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Sent(t)
		sub := b.again(t, inv)
		done, err := b.turnDown(t, sub, instead(b.Wash, 20))
		require.NoError(t, err)
		next := done.Successor
		require.Equal(t, queries.InvitationStatusPending, next.Status)
		kept := b.Invitation(t, inv.ID)
		require.Equal(t, queries.InvitationStatusClaimed, kept.Status)
		require.Equal(t, next.ID, *kept.SuccessorID)
		require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM reservations WHERE id = $1 AND NOT live`, sub.ReservationID))

		mails := b.mails(t)
		b.MustWork(t)
		require.Contains(t, b.Resend.Emails()[mails].HTML, "Unlimited Wash")
		require.Contains(t, b.Resend.Emails()[mails].HTML, b.Token(t, next), "its own link")
		for _, link := range []*queries.Invitation{inv, next} {
			open := b.Open(t, link)
			require.Equal(t, migration.SetupStateOpen, open.State)
			require.Equal(t, next.ID, open.Offer.Invitation.ID)
			require.Equal(t, blurred, open.ReopenedReason)
			require.Nil(t, open.Submission)
		}
		second := b.again(t, inv) // by the old link
		require.Equal(t, next.ID, *second.InvitationID)
		require.NotEqual(t, sub.ReservationID, second.ReservationID)
		require.EqualValues(t, 3900, second.MonthlyTotalMinor)
		b.Decided(t, second, migration.CurrentMonth)
		b.MustWork(t)
		require.Equal(t, []int64{3900}, b.Stripe.Charged(t))
		require.Equal(t, migration.SetupStateDone, b.Open(t, inv).State)
		b.RequireStories(t)
	})

	t.Run("AgainAndAgain", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Sent(t)
		for _, plan := range []*queries.Plan{b.Wash, b.Studio, b.Studio} {
			done, err := b.turnDown(t, b.again(t, inv), instead(plan, 9))
			require.NoError(t, err)
			require.Equal(t, done.Successor.ID, b.Open(t, inv).Offer.Invitation.ID)
		}
		require.Len(t, b.Stripe.Books().Customers, 1)
		b.RequireStories(t)
	})

	t.Run("TheOldLinkEndsWhereTheNewOneIsReplaced", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Sent(t)
		done, err := b.turnDown(t, b.again(t, inv), instead(b.Wash, 20))
		require.NoError(t, err)
		_, err = b.renew(t, done.Successor, true)
		require.NoError(t, err)
		require.Equal(t, migration.SetupStateReplaced, b.Open(t, inv).State)
		require.Equal(t, migration.SetupStateOpen, b.Open(t, b.Invitation(t, done.Successor.ID)).State)
	})

	t.Run("AStrangersOldLinkVersionLeadsNowhere", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Sent(t)
		_, err := b.renew(t, inv, true)
		require.NoError(t, err)
		_, err = b.turnDown(t, b.again(t, b.Invitation(t, inv.ID)), instead(b.Wash, 20))
		require.NoError(t, err)
		require.Equal(t, migration.SetupStateReplaced, b.Open(t, inv).State)
	})

	t.Run("ItCountsAsTold", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		done, err := b.turnDown(t, b.again(t, b.Sent(t)), instead(b.Wash, 20))
		require.NoError(t, err)
		b.Exec(t, `DELETE FROM deliveries WHERE invitation_id = $1`, done.Successor.ID) // as of a tenant without an email
		err = b.Rules.DeleteInvitation(t.Context(), testkit.By(b.Manager), done.Successor.ID)
		requireRefused(t, err, "WRONG_STATE id")
	})

	t.Run("ALegacyMembershipGoesWithIt", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Invited(t)
		legacy := b.legacy(t, b.Denver, "2026-03-31", "2026-03-30")
		b.Exec(t, `UPDATE invitations SET legacy_membership_id = $2, anchor_day = 31, first_bill_on = '2026-03-31' WHERE id = $1`, inv.ID, legacy)
		sub := b.again(t, inv)
		done, err := b.turnDown(t, sub, instead(b.Wash, 31))
		require.NoError(t, err)
		require.Equal(t, legacy, *done.Successor.LegacyMembershipID)
		require.Equal(t, "2026-03-31", done.Successor.FirstBillOn.String())
		second := b.again(t, inv)
		require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM reservations WHERE legacy_membership_id = $1 AND live AND id = $2`, legacy, second.ReservationID))
	})

	t.Run("ErrTheOfferItself", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Claimed(t, testkit.Visa)
		for want, offer := range map[string]func(*migration.RejectRequest){
			"NOT_FOUND newOffer.planId":  instead(b.Loft, 9),
			"INVALID newOffer.planId":    instead(b.Archived, 9),
			"INVALID newOffer.anchorDay": instead(b.Wash, 31),
			"NOT_FOUND newOffer.insurancePlanId": func(r *migration.RejectRequest) {
				instead(b.Wash, 9)(r)
				r.NewOffer.InsurancePlanID = &b.BostonInsurance.ID
			},
		} {
			done, err := b.turnDown(t, sub, offer)
			requireRefused(t, err, want)
			require.Nil(t, done.Successor)
			requireUndecided(t, b, sub)
		}
		require.Zero(t, b.Count(t, `SELECT count(*) FROM reservations WHERE NOT live`))
	})

	t.Run("ErrTakenByAnotherOffer", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Claimed(t, testkit.Visa)
		b.Invited(t, testkit.For(sub.TenantID), testkit.At(b.Wash))
		_, err := b.turnDown(t, sub, instead(b.Wash, 9))
		requireRefused(t, err, "TAKEN newOffer.planId")
		requireUndecided(t, b, sub)
	})
}

// legacy is a membership in the old system that was imported.
func (b *bundle) legacy(t *testing.T, l *queries.Location, nextBillingOn, paidThrough any) (id uuid.UUID) {
	t.Helper()
	id = ids.New()
	b.Exec(t, `INSERT INTO legacy_memberships (id, location_id, source, source_id, name, currency, next_billing_on, paid_through, created_at, updated_at)
		VALUES ($1, $2, 'old', $3, 'Tess Tenant', $4, $5, $6, $7, $7)`, id, l.ID, id.String(), l.Currency, nextBillingOn, paidThrough, testkit.Start)
	return id
}

// TestResubmission: every end that reopens the link lets the tenant try again under the same reservation.
func TestResubmission(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(t *testing.T, b *bundle, inv *queries.Invitation) *queries.Submission{
		"REJECTED": func(t *testing.T, b *bundle, inv *queries.Invitation) *queries.Submission {
			sub := b.again(t, inv)
			_, err := b.turnDown(t, sub)
			require.NoError(t, err)
			return sub
		},
		"METHOD_LOST": func(t *testing.T, b *bundle, inv *queries.Invitation) *queries.Submission {
			sub := b.again(t, inv)
			b.Decided(t, sub, migration.CurrentMonth)
			b.Stripe.Ask(t, "POST", "/v1/payment_methods/"+sub.StripePaymentMethodID+"/detach", nil)
			b.MustWork(t)
			return sub
		},
		"PAYMENT_FAILED": func(t *testing.T, b *bundle, inv *queries.Invitation) *queries.Submission {
			sub := b.Submit(t, inv, b.Acceptance(t, inv, testkit.NoFunds))
			b.Decided(t, sub, migration.CurrentMonth)
			b.MustWork(t)
			return sub
		},
		"BANK_VERIFICATION_FAILED": func(t *testing.T, b *bundle, inv *queries.Invitation) *queries.Submission {
			a, _ := b.BankAcceptance(t, inv)
			sub := b.Submit(t, inv, a)
			b.Clock.Move(11 * day)
			b.look(t)
			return sub
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			inv := b.Sent(t)
			first := end(t, b, inv)
			b.MustWork(t)
			require.Equal(t, name, strings.ToUpper(string(b.Submission(t, first.ID).Status)))
			second := b.again(t, inv)
			require.Equal(t, first.ReservationID, second.ReservationID)
			require.NotEqual(t, first.ID, second.ID)
			all, err := b.Q.SubmissionListByReservations(t.Context(), b.DB.Pool, []uuid.UUID{first.ReservationID})
			require.NoError(t, err)
			require.Len(t, all, 2, "the old attempt is kept")
			require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM reservations WHERE current_submission_id = $1`, second.ID))
			b.Decided(t, second, migration.CurrentMonth)
			b.MustWork(t)
			require.Equal(t, []int64{12900}, b.Stripe.Charged(t), "once, whatever came before")
			require.Len(t, b.Stripe.Books().Customers, 1)
			b.RequireStories(t)
		})
	}
}

// TestStaffRejectAndApproveAtOnce: one wins, the other is told, and Stripe holds what was decided.
func TestStaffRejectAndApproveAtOnce(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for i := range 20 {
		sub := b.Claimed(t, testkit.Visa)
		req := b.Decision(t, sub, migration.CurrentMonth)
		no := []func(*migration.RejectRequest){instead(b.Wash, 9)}[:i%2]
		errs := atOnce(
			func() error {
				_, err := b.Rules.ApproveSubmission(t.Context(), testkit.By(b.Colleague), req)
				return err
			},
			func() error { _, err := b.turnDown(t, sub, no...); return err })
		winner := oneWins(t, errs, "ALREADY_DECIDED")
		b.MustWork(t)
		require.Len(t, b.Booked(sub.ReservationID), map[int]int{0: 1, 1: 0}[winner])
	}
	b.RequireStories(t)
}
