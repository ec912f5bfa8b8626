package stories

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/e2e/play"
)

// invited carries a tenant to an email with a link.
func invited(t *testing.T, staff *play.Player, email string, more map[string]any) (play.Invitation, string) {
	t.Helper()
	ctx := context.Background()
	plans, err := staff.Plans(ctx)
	require.NoError(t, err)
	require.NotEmpty(t, plans)
	input := map[string]any{"newTenant": map[string]any{"name": "Ana Pérez", "email": email}, "planId": plans[0].ID, "anchorDay": 10}
	for k, v := range more {
		input[k] = v
	}
	inv, err := staff.Invite(ctx, input)
	require.NoError(t, err)
	require.Equal(t, "PENDING", inv.Status)
	batch, err := staff.SendEmail(ctx, "send-"+inv.ID, inv.ID)
	require.NoError(t, err)
	require.Equal(t, 1, batch.Succeeded)
	inv, err = staff.Invitation(ctx, inv.ID)
	require.NoError(t, err)
	require.Equal(t, "SENT", inv.Status)
	mail, err := staff.AwaitMail(ctx, email, 1)
	require.NoError(t, err)
	token, err := mail.Token()
	require.NoError(t, err)
	return inv, token
}

func TestInvitationToSubscription(t *testing.T) {
	t.Parallel()
	s := start(t)
	for _, option := range []string{"CURRENT_MONTH", "NEXT_MONTH"} {
		t.Run(option, func(t *testing.T) {
			t.Parallel()
			ctx, manager := context.Background(), s.as(t, "denver@example.com")
			email := option + "@example.com"
			inv, token := invited(t, manager, email, map[string]any{"cardPrice": map[string]any{"amount": "431.50", "currency": "USD"}})

			setup, err := s.stranger().Complete(ctx, token, "pm_card_visa", "Ana Pérez")
			require.NoError(t, err)
			require.Equal(t, "SUBMITTED", setup.State)
			sub, err := manager.SubmissionOf(ctx, inv.ID)
			require.NoError(t, err)
			require.Equal(t, "READY_FOR_APPROVAL", sub.Status)
			require.Equal(t, "READY_FOR_APPROVAL", sub.Reservation.Status)
			require.True(t, sub.CanApprove)
			require.Equal(t, play.Money{Amount: "431.50", Currency: "USD"}, sub.Quote.Total)

			previews, err := manager.Previews(ctx, sub.ID)
			require.NoError(t, err)
			preview := previews[option]
			_, err = manager.Approve(ctx, sub.ID, option, preview)
			require.NoError(t, err)
			for preview.NotBefore.After(s.clock.Now()) { // on the billing day itself the job waits for the day's moment
				require.NoError(t, manager.MoveClock(ctx, "hour"))
			}
			sub, err = manager.Settled(ctx, sub.ID)
			require.NoError(t, err)
			require.Equal(t, "APPROVED", sub.Status, sub.StatusReason)
			s.holds(t, sub, option, preview)

			notice, err := manager.AwaitMail(ctx, "denver@example.com", 1)
			require.NoError(t, err)
			require.Contains(t, notice.HTML, "Ana Pérez")
		})
	}
}

// holds compares Stripe's books with what was promised.
func (s *stack) holds(t *testing.T, sub play.Submission, option string, promised play.Preview) {
	t.Helper()
	books := s.stripe.Books()
	var live []string
	for _, one := range books.Subscriptions {
		if one.ID == sub.Reservation.Subscription.StripeSubscriptionID {
			live = append(live, one.ID)
			require.EqualValues(t, 43_150, one.NextAmount)
			require.Equal(t, promised.NextChargeOn, time.Unix(one.NextChargeAt, 0).UTC().Format(time.DateOnly))
		}
	}
	require.Len(t, live, 1)
	var paid int64
	for _, invoice := range books.Invoices {
		if invoice.Subscription == live[0] {
			paid += invoice.AmountPaid
		}
	}
	require.Equal(t, map[string]int64{"CURRENT_MONTH": 43_150, "NEXT_MONTH": 0}[option], paid)
}

func TestDeclinedAndAnotherCard(t *testing.T) {
	t.Parallel()
	s := start(t)
	ctx, manager, tenant := context.Background(), s.as(t, "denver@example.com"), s.stranger()
	inv, token := invited(t, manager, "declined@example.com", farDay())

	_, err := tenant.Complete(ctx, token, "pm_card_chargeCustomerFail", "Ana Pérez")
	require.NoError(t, err)
	sub, err := manager.SubmissionOf(ctx, inv.ID)
	require.NoError(t, err)
	previews, err := manager.Previews(ctx, sub.ID)
	require.NoError(t, err)
	_, err = manager.Approve(ctx, sub.ID, "CURRENT_MONTH", previews["CURRENT_MONTH"])
	require.NoError(t, err)
	sub, err = manager.Settled(ctx, sub.ID)
	require.NoError(t, err)
	require.Equal(t, "PAYMENT_FAILED", sub.Status)
	require.NotEmpty(t, sub.StatusReason)
	require.Empty(t, s.stripe.Books().Subscriptions)

	_, err = tenant.AwaitMail(ctx, "declined@example.com", 2)
	require.NoError(t, err)
	setup, err := tenant.OpenSetup(ctx, token)
	require.NoError(t, err)
	require.Equal(t, "OPEN", setup.State)
	require.Equal(t, sub.StatusReason, setup.ReopenedReason)

	_, err = tenant.Complete(ctx, token, "pm_card_visa", "Ana Pérez")
	require.NoError(t, err)
	second, err := manager.SubmissionOf(ctx, inv.ID)
	require.NoError(t, err)
	require.NotEqual(t, sub.ID, second.ID)
	require.Equal(t, sub.Reservation.ID, second.Reservation.ID)
	_, err = manager.Approve(ctx, second.ID, "CURRENT_MONTH", previews["CURRENT_MONTH"])
	require.NoError(t, err)
	second, err = manager.Settled(ctx, second.ID)
	require.NoError(t, err)
	require.Equal(t, "APPROVED", second.Status, second.StatusReason)
	require.Len(t, s.stripe.Books().Subscriptions, 1)
}

func TestStrangersAndOtherLocations(t *testing.T) {
	t.Parallel()
	s := start(t)
	ctx, denver, toronto := context.Background(), s.as(t, "denver@example.com"), s.as(t, "toronto@example.com")
	inv, token := invited(t, denver, "private@example.com", nil)
	_, err := s.stranger().Complete(ctx, token, "pm_card_visa", "Ana Pérez")
	require.NoError(t, err)
	sub, err := denver.SubmissionOf(ctx, inv.ID)
	require.NoError(t, err)

	t.Run("AnotherLocationsManagerSeesNothing", func(t *testing.T) {
		_, err := toronto.Invitation(ctx, inv.ID)
		require.EqualError(t, err, "no such invitation")
		previews, err := toronto.Previews(ctx, sub.ID)
		require.NoError(t, err)
		require.Empty(t, previews)
		_, err = toronto.ApproveUnseen(ctx, sub.ID, "NEXT_MONTH", play.Money{Amount: "0", Currency: "USD"})
		require.Equal(t, "NOT_FOUND", play.Code(err))
		_, err = toronto.SendEmail(ctx, "steal", inv.ID)
		require.Equal(t, "NOT_FOUND", play.Code(err))
	})
	t.Run("NobodyIsAskedToSignIn", func(t *testing.T) {
		_, err := s.stranger().Plans(ctx)
		require.ErrorContains(t, err, "UNAUTHENTICATED")
	})
	t.Run("AttendantIsForbidden", func(t *testing.T) {
		_, err := s.as(t, "desk@example.com").Plans(ctx)
		require.ErrorContains(t, err, "FORBIDDEN")
	})
	t.Run("AlteredTokenOpensNothing", func(t *testing.T) {
		setup, err := s.stranger().OpenSetup(ctx, token[:len(token)-2]+"AA")
		require.NoError(t, err)
		require.Nil(t, setup)
	})
	t.Run("SignedOutTokenOpensNothing", func(t *testing.T) {
		leaver := s.as(t, "admin@example.com")
		require.NoError(t, leaver.SignOut(ctx))
		_, err := leaver.Plans(ctx)
		require.ErrorContains(t, err, "UNAUTHENTICATED")
	})
	t.Run("WrongPassword", func(t *testing.T) {
		require.Equal(t, "WRONG_CREDENTIALS", play.Code(s.stranger().SignIn(ctx, "denver@example.com", "guess")))
		require.Equal(t, "WRONG_CREDENTIALS", play.Code(s.stranger().SignIn(ctx, "nobody@example.com", "guess")))
	})
}
