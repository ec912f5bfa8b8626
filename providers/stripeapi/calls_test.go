package stripeapi_test

import (
	"context"
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"

	"carryover/migration"
	"carryover/providers/stripeapi"
	"carryover/queries"
)

// account is what has to be there before our calls make sense.
type account struct {
	customer, paymentMethod, setupIntent string
	subscription, charge, mandate        string
	draft, open, payment, refunded       string
	place, reader, atReader              string
}

// nobodys is the account of a server that has no state and takes every id.
func nobodys() account {
	return account{customer: "cus_1", paymentMethod: "pm_1", setupIntent: "seti_1", subscription: "sub_1", charge: "ch_1", mandate: "mandate_1",
		draft: "in_1", open: "in_2", payment: "pi_1", refunded: "pi_2", place: "tml_1", reader: "tmr_1", atReader: "seti_2"}
}

// furnish gives the stand-in one of everything, so that every list has a row.
func furnish(t *testing.T, b *sandbox) account {
	t.Helper()
	r := b.saved(t, cardGood, nextMonth())
	_, err := b.CreateSubscription(t.Context(), "furnish", r)
	require.NoError(t, err)
	paid := currentMonth()
	paid.CustomerID, paid.PaymentMethodID = r.CustomerID, r.PaymentMethodID
	sub, err := b.CreateSubscription(t.Context(), "furnish-paid", paid)
	require.NoError(t, err)
	charge := b.Books().Charges[0].ID
	status, _ := b.browse(t, "/sandbox/charges/"+charge+"/dispute", url.Values{})
	require.Equal(t, http.StatusOK, status)
	open := b.open(t, r.CustomerID, queries.PaymentMethodTypeUsBankAccount)
	b.confirm(t, open, accountForm("000123456789"))
	read, err := b.SetupIntent(t.Context(), open.ID)
	require.NoError(t, err)
	a := account{customer: r.CustomerID, paymentMethod: r.PaymentMethodID, setupIntent: open.ID, subscription: sub.ID, charge: charge, mandate: read.MandateID}
	a.refunded, a.payment = b.paid(t, "furnish-first", a), b.paid(t, "furnish-second", a)
	_, err = b.Refund(t.Context(), "furnish-refund", a.refunded, tenantID) // so that the list of refunds has a row
	require.NoError(t, err)
	a.draft = b.ask(t, "/v1/invoices", url.Values{"customer": {a.customer}, "subscription": {a.subscription}})["id"].(string)
	a.open = b.ask(t, "/v1/subscriptions", url.Values{"customer": {a.customer}, "default_payment_method": {a.paymentMethod}, "payment_behavior": {"default_incomplete"},
		"items[0][price_data][currency]": {"usd"}, "items[0][price_data][product]": {currentMonth().Items[0].ProductID},
		"items[0][price_data][unit_amount]": {"100"}, "items[0][price_data][recurring][interval]": {"month"}})["latest_invoice"].(string)
	a.place, a.reader = b.newReader(t)
	atReader, err := b.OpenReaderIntent(t.Context(), readerRequest(a.customer))
	require.NoError(t, err)
	a.atReader = atReader.ID
	return a
}

// paid is the payment of one more subscription's first invoice.
func (b *sandbox) paid(t *testing.T, key string, a account) (payment string) {
	t.Helper()
	made, err := b.CreateSubscription(t.Context(), key, a.of(currentMonth()))
	require.NoError(t, err)
	invoices, err := b.Invoices(t.Context(), made.ID)
	require.NoError(t, err)
	return invoices[0].PaymentIntentID
}

func (a account) of(r migration.SubscriptionRequest) migration.SubscriptionRequest {
	r.CustomerID, r.PaymentMethodID = a.customer, a.paymentMethod
	return r
}

// call is one way to use the client, such that its requests reach the server.
type call struct {
	name string
	make func(ctx context.Context, c *stripeapi.Client, a account) error
}

// calls are all methods of [migration.Payments], each in every shape that its requests can take.
func calls() []call {
	all := []call{
		{"FindCustomer", func(ctx context.Context, c *stripeapi.Client, _ account) error {
			_, err := c.FindCustomer(ctx, customer())
			return err
		}},
		createCustomer("CreateCustomer", customer()),
		createCustomer("CreateCustomerWithoutNameAndEmail", migration.Customer{TenantID: tenantID, Currency: "USD"}),
		{"UpdateCustomer", func(ctx context.Context, c *stripeapi.Client, a account) error {
			return c.UpdateCustomer(ctx, a.customer, customer())
		}},
		{"SetSubscriptionMethod", func(ctx context.Context, c *stripeapi.Client, a account) error {
			return c.SetSubscriptionMethod(ctx, a.subscription, a.paymentMethod)
		}},
		openSetupIntent("OpenSetupIntentCard", queries.PaymentMethodTypeCard),
		{"OpenSetupIntentForAChange", func(ctx context.Context, c *stripeapi.Client, a account) error {
			_, err := c.OpenSetupIntent(ctx, changeRequest(a.customer))
			return err
		}},
		openSetupIntent("OpenSetupIntentBank", queries.PaymentMethodTypeUsBankAccount),
		{"OpenReaderIntent", func(ctx context.Context, c *stripeapi.Client, a account) error {
			r := readerRequest(a.customer)
			r.LinkVersion++ // another link than furnish has opened one for
			_, err := c.OpenReaderIntent(ctx, r)
			return err
		}},
		{"Readers", func(ctx context.Context, c *stripeapi.Client, a account) error {
			_, err := c.Readers(ctx, a.place)
			return err
		}},
		{"ReaderByID", func(ctx context.Context, c *stripeapi.Client, a account) error {
			_, err := c.ReaderByID(ctx, a.reader)
			return err
		}},
		{"AskReader", func(ctx context.Context, c *stripeapi.Client, a account) error {
			return c.AskReader(ctx, a.reader, a.atReader)
		}},
		{"StopReader", func(ctx context.Context, c *stripeapi.Client, a account) error { return c.StopReader(ctx, a.reader) }},
		{"SetupIntent", func(ctx context.Context, c *stripeapi.Client, a account) error {
			_, err := c.SetupIntent(ctx, a.setupIntent)
			return err
		}},
		{"PaymentMethod", func(ctx context.Context, c *stripeapi.Client, a account) error {
			_, err := c.PaymentMethod(ctx, a.paymentMethod)
			return err
		}},
		{"EnsureProduct", func(ctx context.Context, c *stripeapi.Client, _ account) error {
			return c.EnsureProduct(ctx, "plan_2", "Monthly parking")
		}},
		{"SetCustomerMethod", func(ctx context.Context, c *stripeapi.Client, a account) error {
			return c.SetCustomerMethod(ctx, a.customer, a.paymentMethod)
		}},
		{"CustomerDeleted", func(ctx context.Context, c *stripeapi.Client, a account) error {
			_, err := c.CustomerDeleted(ctx, a.customer)
			return err
		}},
		{"Subscription", func(ctx context.Context, c *stripeapi.Client, a account) error {
			_, err := c.Subscription(ctx, a.subscription)
			return err
		}},
		{"Invoices", func(ctx context.Context, c *stripeapi.Client, a account) error {
			_, err := c.Invoices(ctx, a.subscription)
			return err
		}},
		{"Refunds", func(ctx context.Context, c *stripeapi.Client, a account) error {
			_, err := c.Refunds(ctx, a.refunded)
			return err
		}},
		{"Refund", func(ctx context.Context, c *stripeapi.Client, a account) error {
			_, err := c.Refund(ctx, "key-refund", a.payment, tenantID)
			return err
		}},
		{"FinalizeInvoice", func(ctx context.Context, c *stripeapi.Client, a account) error {
			return c.FinalizeInvoice(ctx, a.draft)
		}},
		{"VoidInvoice", func(ctx context.Context, c *stripeapi.Client, a account) error { return c.VoidInvoice(ctx, a.open) }},
		{"EndSubscription", func(ctx context.Context, c *stripeapi.Client, a account) error {
			return c.EndSubscription(ctx, a.subscription)
		}},
		{"Subscriptions", func(ctx context.Context, c *stripeapi.Client, a account) error {
			_, err := c.Subscriptions(ctx, a.customer)
			return err
		}},
		{"Invoices", func(ctx context.Context, c *stripeapi.Client, a account) error {
			_, err := c.Invoices(ctx, a.subscription)
			return err
		}},
		{"Disputes", func(ctx context.Context, c *stripeapi.Client, a account) error {
			_, err := c.Disputes(ctx, a.charge)
			return err
		}},
		{"MandateEnded", func(ctx context.Context, c *stripeapi.Client, a account) error {
			_, err := c.MandateEnded(ctx, a.mandate)
			return err
		}},
		{"Confirmation", func(ctx context.Context, c *stripeapi.Client, a account) error {
			_, err := c.Confirmation(ctx, a.subscription)
			return err
		}},
		{"InvoiceConfirmation", func(ctx context.Context, c *stripeapi.Client, a account) error {
			_, err := c.InvoiceConfirmation(ctx, a.open)
			return err
		}},
		{"EndSubscription", func(ctx context.Context, c *stripeapi.Client, a account) error {
			return c.EndSubscription(ctx, a.subscription)
		}},
	}
	for _, s := range shapes() {
		all = append(all, upcomingInvoice(s), createSubscription(s))
	}
	return all
}

func createCustomer(name string, wanted migration.Customer) call {
	return call{name, func(ctx context.Context, c *stripeapi.Client, _ account) error {
		_, err := c.CreateCustomer(ctx, "key-"+name, wanted)
		return err
	}}
}

// openSetupIntent asks for another link than furnish has opened one for, so that one is made.
func openSetupIntent(name string, method queries.PaymentMethodType) call {
	return call{name, func(ctx context.Context, c *stripeapi.Client, a account) error {
		r := setupRequest(method)
		r.CustomerID, r.LinkVersion = a.customer, r.LinkVersion+1
		_, err := c.OpenSetupIntent(ctx, r)
		return err
	}}
}

func upcomingInvoice(s shape) call {
	return call{"UpcomingInvoice" + s.name, func(ctx context.Context, c *stripeapi.Client, a account) error {
		_, err := c.UpcomingInvoice(ctx, a.of(s.request))
		return err
	}}
}

func createSubscription(s shape) call {
	return call{"CreateSubscription" + s.name, func(ctx context.Context, c *stripeapi.Client, a account) error {
		_, err := c.CreateSubscription(ctx, "key-"+s.name, a.of(s.request))
		return err
	}}
}

type shape struct {
	name    string
	request migration.SubscriptionRequest
}

// shapes are the subscriptions that staff can approve, and what else the request's fields allow.
func shapes() []shape {
	shaped := func(name string, change func(*migration.SubscriptionRequest)) shape {
		r := currentMonth()
		change(&r)
		return shape{name, r}
	}
	return []shape{
		shaped("CurrentMonth", func(*migration.SubscriptionRequest) {}),
		shaped("CurrentMonthFromABank", func(r *migration.SubscriptionRequest) { r.Method = queries.PaymentMethodTypeUsBankAccount }),
		shaped("CurrentMonthWithoutInsurance", func(r *migration.SubscriptionRequest) { r.Items = r.Items[:1] }),
		shaped("CurrentMonthForFree", func(r *migration.SubscriptionRequest) { r.Prorate = false }),
		shaped("NextMonth", func(r *migration.SubscriptionRequest) { r.Backdate, r.Prorate = nil, false }),
		shaped("AfterATrial", func(r *migration.SubscriptionRequest) {
			r.Backdate, r.Anchor, r.Prorate = nil, nil, false
			r.TrialEnd = new(anchor.AddDate(0, 2, 0))
		}),
		shaped("ForTheTenantToConfirm", func(r *migration.SubscriptionRequest) { r.TenantConfirms = true }),
		shaped("Now", func(r *migration.SubscriptionRequest) { r.Backdate, r.Anchor, r.Prorate = nil, nil, false }),
	}
}

// changeRequest asks for another method of a reservation.
func changeRequest(customer string) migration.SetupIntentRequest {
	return migration.SetupIntentRequest{CustomerID: customer, TenantID: tenantID, ReservationID: reservationID, Method: queries.PaymentMethodTypeCard}
}
