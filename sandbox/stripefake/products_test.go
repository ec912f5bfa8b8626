package stripefake_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/stripe/stripe-go/v76"
)

func TestProducts(t *testing.T) {
	t.Parallel()
	b := setup(t)
	made, err := b.api.Products.New(&stripe.ProductParams{ID: stripe.String("plan-7"), Name: stripe.String("Covered parking")})
	require.NoError(t, err)
	require.Equal(t, "plan-7", made.ID)
	require.True(t, made.Active)

	_, err = b.api.Products.New(&stripe.ProductParams{ID: stripe.String("plan-7"), Name: stripe.String("Other")})
	e := stripeError(t, err)
	require.Equal(t, http.StatusBadRequest, e.HTTPStatusCode)
	require.Equal(t, stripe.ErrorCodeResourceAlreadyExists, e.Code)

	_, err = b.api.Products.Update("plan-7", &stripe.ProductParams{Active: stripe.Bool(false)})
	require.NoError(t, err)
	got, err := b.api.Products.Get("plan-7", nil)
	require.NoError(t, err)
	require.False(t, got.Active)
	require.Equal(t, "Covered parking", got.Name)

	t.Run("PriceOfInactiveProductRefused", func(t *testing.T) {
		_, err := b.api.Prices.New(&stripe.PriceParams{
			Currency: stripe.String("usd"), Product: stripe.String("plan-7"), UnitAmount: stripe.Int64(5),
			Recurring: &stripe.PriceRecurringParams{Interval: stripe.String("month")},
		})
		require.Contains(t, stripeError(t, err).Msg, "marked as inactive")
	})

	t.Run("PriceListedByProduct", func(t *testing.T) {
		b.products()
		made, err := b.api.Prices.New(&stripe.PriceParams{
			Currency: stripe.String("usd"), Product: stripe.String("parking"), UnitAmount: stripe.Int64(2500),
			Recurring: &stripe.PriceRecurringParams{Interval: stripe.String("month")},
		})
		require.NoError(t, err)
		list := b.api.Prices.List(&stripe.PriceListParams{Product: stripe.String("parking")})
		require.True(t, list.Next())
		require.Equal(t, made.ID, list.Price().ID)
		require.Equal(t, int64(2500), list.Price().UnitAmount)
		require.Equal(t, float64(2500), list.Price().UnitAmountDecimal)
	})
}
