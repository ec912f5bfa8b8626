package stripeapi_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/migration"
	"carryover/money"
)

// upcoming is an invoice with a line for each moment at which a line's period begins.
func upcoming(amountDue int64, begins ...time.Time) answer {
	var lines []string
	for _, at := range begins {
		lines = append(lines, fmt.Sprintf(`{"amount":1,"period":{"start":%d,"end":%d}}`, at.Unix(), at.AddDate(0, 1, 0).Unix()))
	}
	return ok(fmt.Sprintf(`{"currency":"usd","amount_due":%d,"lines":{"data":[%s]}}`, amountDue, strings.Join(lines, ",")))
}

// dueAtOnce is what of the upcoming invoice is charged when the subscription is made.
func dueAtOnce(t *testing.T, c interface {
	UpcomingInvoice(ctx context.Context, r migration.SubscriptionRequest) (*migration.UpcomingInvoice, error)
}, r migration.SubscriptionRequest,
) (money.Money, error) {
	t.Helper()
	invoice, err := c.UpcomingInvoice(t.Context(), r)
	if err != nil || invoice == nil || invoice.Later {
		return money.Money{Currency: r.Currency}, err
	}
	return invoice.Due, nil
}

func TestUpcomingInvoiceDueAtOnce(t *testing.T) {
	t.Parallel()
	made := anchor.AddDate(0, 0, -10)
	fromNowOn := currentMonth()
	fromNowOn.Backdate, fromNowOn.Anchor = nil, nil
	trial := fromNowOn
	trial.TrialEnd = &anchor
	missing := answer{status: http.StatusNotFound, body: `{"error":{"type":"invalid_request_error","code":"invoice_upcoming_none","message":"No upcoming invoices for customer: cus_1"}}`}
	cases := []struct {
		name    string
		request migration.SubscriptionRequest
		given   answer
		want    int64
	}{
		{"CurrentMonth", currentMonth(), upcoming(14400, backdate, backdate), 14400},
		{"CurrentMonthWithCredit", currentMonth(), upcoming(4400, backdate, backdate), 4400},
		{"NextMonthShownAsTheFirstCycle", nextMonth(), upcoming(14400, anchor, anchor), 0},
		{"NextMonthShownAsZero", nextMonth(), upcoming(0, made, made), 0},
		{"NextMonthShownAsNothing", nextMonth(), upcoming(0), 0},
		{"NextMonthNoInvoice", nextMonth(), missing, 0},
		{"NextMonthThatWouldBeChargedToday", nextMonth(), upcoming(9600, made, anchor), 9600},
		{"FromNowOn", fromNowOn, upcoming(14400, made, made), 14400},
		{"TrialShownAsZero", trial, upcoming(0, made), 0},
		{"TrialShownAsTheFirstCycle", trial, upcoming(14400, anchor), 0},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := dueAtOnce(t, record(t, c.given).client(t), c.request)
			require.NoError(t, err)
			require.Equal(t, money.Money{Minor: c.want, Currency: "USD"}, got)
		})
	}

	t.Run("ErrOtherCurrency", func(t *testing.T) {
		t.Parallel()
		rec := record(t, ok(`{"currency":"cad","amount_due":1}`))
		_, err := rec.client(t).UpcomingInvoice(t.Context(), currentMonth())
		require.Equal(t, "currency_mismatch", requireKind(t, migration.ProviderRefused, err).Code)
	})

	t.Run("ErrRefused", func(t *testing.T) {
		t.Parallel()
		rec := record(t, answer{status: 404, body: `{"error":{"type":"invalid_request_error","code":"resource_missing"}}`})
		_, err := rec.client(t).UpcomingInvoice(t.Context(), currentMonth())
		require.Equal(t, "resource_missing", requireKind(t, migration.ProviderRefused, err).Code)
	})
}

func TestUpcomingInvoiceWire(t *testing.T) {
	t.Parallel()
	want := url.Values{
		"customer": {"cus_1"}, "currency": {"usd"},
		"subscription_start_date":           {"1784116800"},
		"subscription_billing_cycle_anchor": {"1786795200"},
		"subscription_proration_behavior":   {"create_prorations"},
	}
	for name, value := range wire() {
		if rest, isItem := strings.CutPrefix(name, "items"); isItem {
			want["subscription_items"+rest] = value
		}
	}
	rec := record(t, upcoming(14400, backdate))
	_, err := rec.client(t).UpcomingInvoice(t.Context(), currentMonth())
	require.NoError(t, err)
	require.Equal(t, "GET /v1/invoices/upcoming", rec.only(t).method+" "+rec.only(t).path)
	require.Equal(t, want, rec.only(t).params)
}
