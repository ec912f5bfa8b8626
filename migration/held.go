package migration

import (
	"context"
	"fmt"

	"carryover/queries"
)

// "No such customer" and "no such subscription" are also what Stripe says to a key of another account about each of ours. So nothing
// is concluded from them but where Stripe itself says of the customer that somebody deleted them. Everything else is an error, which
// is tried again and seen.

// isMissing tells that Stripe answers as if it never had the thing.
func isMissing(err error) bool {
	pe := ProviderErrorAs(err)
	return pe.Kind == ProviderRefused && pe.Code == "resource_missing"
}

func isLive(status queries.SubscriptionStatus) bool {
	return status != queries.SubscriptionStatusCanceled && status != queries.SubscriptionStatusIncompleteExpired
}

// unlessDeleted answers the error, or nil where it says of a customer that they are missing and somebody deleted them at Stripe.
func (s *Service) unlessDeleted(ctx context.Context, customerID string, err error) error {
	if err == nil || !isMissing(err) {
		return err
	}
	deleted, asked := s.Payments.CustomerDeleted(ctx, customerID)
	switch {
	case asked != nil:
		return asked
	case !deleted:
		return err
	}
	return nil
}

// heldOf lists what Stripe holds of a customer; none of one who was deleted there, whose subscriptions ended with them.
func (s *Service) heldOf(ctx context.Context, customerID string) ([]StripeSubscription, error) {
	all, err := s.Payments.Subscriptions(ctx, customerID)
	return all, s.unlessDeleted(ctx, customerID, err)
}

// heldAs reads one subscription by its name, whatever its metadata say; nil where it is gone with its customer.
func (s *Service) heldAs(ctx context.Context, customerID, id string) (*StripeSubscription, error) {
	sub, err := s.Payments.Subscription(ctx, id)
	if err == nil {
		return &sub, nil
	}
	return nil, s.unlessDeleted(ctx, customerID, err)
}

// invoicesOf lists those of a subscription of ours; none where they are gone with its customer.
func (s *Service) invoicesOf(ctx context.Context, customerID, id string) ([]StripeInvoice, error) {
	all, err := s.Payments.Invoices(ctx, id)
	return all, s.unlessDeleted(ctx, customerID, err)
}

// refuseUnlessDeleted is unlessDeleted where Stripe was not asked about the customer alone.
func (s *Service) refuseUnlessDeleted(ctx context.Context, customerID string) error {
	deleted, err := s.Payments.CustomerDeleted(ctx, customerID)
	if err == nil && !deleted {
		err = fmt.Errorf("customer %s is there", customerID)
	}
	return err
}
