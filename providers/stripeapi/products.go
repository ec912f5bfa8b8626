package stripeapi

import (
	"context"

	"github.com/stripe/stripe-go/v76"
)

// EnsureProduct makes the product, and takes "it exists" for success, whoever made it. It never changes an existing one:
// another name given later is not carried over. It needs no idempotency key, because the id is ours and exists once.
func (c *Client) EnsureProduct(ctx context.Context, id, name string) error {
	const op = "ensure product"
	if id == "" {
		return missing(op, "product", id)
	}
	_, err := call(ctx, op, func() (*stripe.Product, error) {
		return c.api.Products.New(&stripe.ProductParams{
			Params: stripe.Params{Context: ctx},
			ID:     &id,
			Name:   &name,
		})
	})
	if isCode(err, stripe.ErrorCodeResourceAlreadyExists) {
		return nil
	}
	return err
}
