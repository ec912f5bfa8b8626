package stripeapi

import (
	"context"

	"github.com/stripe/stripe-go/v76"

	"carryover/migration"
)

// pageSize is the most that Stripe lists at once.
const pageSize = 100

// FindCustomer reads all customers of this email address and answers the one that carries the tenant and the currency in
// its metadata; of several, the oldest, so that a later double changes nothing. Stripe lists by email only, as it was
// written: for a tenant without one, or with another one since, it answers "". Whoever then creates should do so under a
// key made of the tenant and the currency.
func (c *Client) FindCustomer(ctx context.Context, wanted migration.Customer) (string, error) {
	if wanted.Email == "" {
		return "", nil
	}
	return call(ctx, "find customer", func() (string, error) {
		customers := c.api.Customers.List(&stripe.CustomerListParams{
			ListParams: stripe.ListParams{Context: ctx, Limit: new(int64(pageSize))},
			Email:      &wanted.Email,
		})
		oldest := ""
		for customers.Next() { // newest first
			if found := customers.Customer(); holds(found.Metadata, customerMetadata(wanted)) {
				oldest = found.ID
			}
		}
		return oldest, customers.Err()
	})
}

// CreateCustomer makes a customer. It does not look for an older one.
func (c *Client) CreateCustomer(ctx context.Context, key string, wanted migration.Customer) (string, error) {
	return callOnce(ctx, "create customer", key, func() (string, error) {
		made, err := c.api.Customers.New(&stripe.CustomerParams{
			Params:   stripe.Params{Context: ctx, IdempotencyKey: &key},
			Name:     given(wanted.Name),
			Email:    given(wanted.Email),
			Metadata: customerMetadata(wanted),
		})
		return idOf(made, err)
	})
}

// UpdateCustomer writes name and email as they are now. An empty one is left as it is there: Stripe refuses empty values.
func (c *Client) UpdateCustomer(ctx context.Context, id string, now migration.Customer) error {
	return c.updateCustomer(ctx, "update customer", id, &stripe.CustomerParams{Name: given(now.Name), Email: given(now.Email)})
}

// CustomerDeleted: Stripe keeps the name of a customer who was deleted and says so
// (https://docs.stripe.com/api/customers/retrieve). One that it never had is resource_missing.
func (c *Client) CustomerDeleted(ctx context.Context, id string) (bool, error) {
	const op = "read customer"
	if id == "" {
		return false, missing(op, "customer", id)
	}
	return call(ctx, op, func() (bool, error) {
		read, err := c.api.Customers.Get(id, &stripe.CustomerParams{Params: stripe.Params{Context: ctx}})
		return err == nil && read.Deleted, err
	})
}

// SetCustomerMethod makes a method that the customer has their default for invoices. Whatever is billed to the customer and
// names no method of its own is charged to it from then on.
func (c *Client) SetCustomerMethod(ctx context.Context, id, method string) error {
	return c.updateCustomer(ctx, "set customer's method", id,
		&stripe.CustomerParams{InvoiceSettings: &stripe.CustomerInvoiceSettingsParams{DefaultPaymentMethod: &method}})
}

func (c *Client) updateCustomer(ctx context.Context, op, id string, p *stripe.CustomerParams) error {
	if id == "" {
		return missing(op, "customer", id)
	}
	_, err := call(ctx, op, func() (*stripe.Customer, error) {
		p.Context = ctx
		return c.api.Customers.Update(id, p)
	})
	return err
}

func idOf(c *stripe.Customer, err error) (string, error) {
	if err != nil {
		return "", err
	}
	return c.ID, nil
}

// given leaves an empty text out: Stripe refuses empty values.
func given(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
