package stories

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/e2e/play"
)

func TestTenantsAccount(t *testing.T) {
	t.Parallel()
	s := start(t)
	ctx, manager, tenant := context.Background(), s.as(t, "denver@example.com"), s.stranger()
	inv, token := invited(t, manager, "account@example.com", nil)
	_, err := tenant.Complete(ctx, token, "pm_card_visa", "Ana Pérez")
	require.NoError(t, err)
	require.NoError(t, tenant.EnterAccount(ctx, "account@example.com"), "the first submission activates the account")
	account, err := tenant.Account(ctx)
	require.NoError(t, err)
	require.Equal(t, "READY_FOR_APPROVAL", account.Reservations[0].Status)
	require.Nil(t, account.Reservations[0].NextCharge)
	_, err = tenant.Plans(ctx)
	require.ErrorContains(t, err, "FORBIDDEN", "a tenant is nobody among staff")

	sub, err := manager.SubmissionOf(ctx, inv.ID)
	require.NoError(t, err)
	previews, err := manager.Previews(ctx, sub.ID)
	require.NoError(t, err)
	_, err = manager.Approve(ctx, sub.ID, "NEXT_MONTH", previews["NEXT_MONTH"])
	require.NoError(t, err)
	_, err = manager.Settled(ctx, sub.ID)
	require.NoError(t, err)

	account, err = tenant.Account(ctx)
	require.NoError(t, err)
	mine := account.Reservations[0]
	require.Equal(t, "NOTHING", mine.Asked)
	require.Equal(t, previews["NEXT_MONTH"].NextChargeOn, mine.NextCharge.On)
	require.NoError(t, tenant.ChangeCard(ctx, mine.ID, "pm_card_mastercard"))
	account, err = play.Until(ctx, 2*time.Minute, tenant.Account, func(a *play.Account) bool {
		return a.Reservations[0].MethodChange.State == "DONE"
	})
	require.NoError(t, err)
	require.Equal(t, "Mastercard ending 4444", account.Reservations[0].PaymentMethod)
	require.Len(t, s.stripe.Books().Subscriptions, 1)
	require.Empty(t, s.stripe.Books().Charges, "changing the card charges nothing")

	require.NoError(t, tenant.SignOut(ctx))
	account, err = tenant.Account(ctx)
	require.NoError(t, err)
	require.Nil(t, account)
}
