package migration

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/ids"
	"carryover/queries"
)

// customer answers the tenant's customer in a currency. As which person it is asked for is fixed before the first call, so two
// tabs at once, and a retry after the tenant's name or address was mended, ask for the same under one key and Stripe makes one;
// a customer whose recording was lost is found again by our tenant id.
func (s *Service) customer(ctx context.Context, t *queries.Tenant, currency string) (*queries.StripeCustomer, error) {
	onFile, err := found(s.q.StripeCustomerGet(ctx, s.Pool, queries.StripeCustomerGetParams{TenantID: t.ID, Currency: currency}))
	if err != nil {
		return nil, fmt.Errorf("read customer: %w", err)
	}
	if onFile != nil {
		return onFile, nil
	}
	c, err := s.beginCustomer(ctx, t, currency)
	if err != nil {
		return nil, err
	}
	id, err := s.Payments.FindCustomer(ctx, c)
	if err != nil {
		return nil, fmt.Errorf("find customer: %w", err)
	}
	if id == "" {
		if id, err = s.createCustomer(ctx, c); err != nil {
			return nil, fmt.Errorf("create customer: %w", err)
		}
	}
	row, err := s.q.StripeCustomerInsertOrGet(ctx, s.Pool, queries.StripeCustomerInsertOrGetParams{
		TenantID: t.ID, Currency: currency, CustomerID: id, Now: s.now(), ToldName: &c.Name, ToldEmail: &c.Email})
	if err != nil {
		return nil, fmt.Errorf("insert customer: %w", err)
	}
	return row, nil
}

// beginCustomer commits as whom Stripe is asked for a customer, before it is asked.
func (s *Service) beginCustomer(ctx context.Context, t *queries.Tenant, currency string) (Customer, error) {
	err := s.q.StripeCustomerCallBegin(ctx, s.Pool, queries.StripeCustomerCallBeginParams{
		TenantID: t.ID, Currency: currency, Name: t.Name, Email: orEmpty(t.Email), Now: s.now()})
	if err != nil {
		return Customer{}, fmt.Errorf("begin customer: %w", err)
	}
	call, err := s.q.StripeCustomerCallGet(ctx, s.Pool, queries.StripeCustomerCallGetParams{TenantID: t.ID, Currency: currency})
	if err != nil {
		return Customer{}, fmt.Errorf("read customer's call: %w", err)
	}
	return Customer{TenantID: t.ID, Currency: currency, Name: call.Name, Email: call.Email}, nil
}

// createCustomer asks under one key for each tenant and currency. Where Stripe only repeats a failure under it, the customers
// are read again, since the failed call may have made one, and then a new key is used: a second customer without a
// subscription would cost nothing, a tenant who is locked out for a day would.
func (s *Service) createCustomer(ctx context.Context, c Customer) (string, error) {
	key := fmt.Sprintf("customer-%s-%s", c.TenantID, c.Currency)
	id, err := s.Payments.CreateCustomer(ctx, key, c)
	if err == nil || !ProviderErrorAs(err).Replays {
		return id, err
	}
	if id, err = s.Payments.FindCustomer(ctx, c); err != nil || id != "" {
		return id, err
	}
	return s.Payments.CreateCustomer(ctx, key+"-"+ids.New().String(), c)
}

// replaceCustomer makes another customer for one that somebody deleted at Stripe, under a key of the one that is gone: two tabs
// make one. What the gone one had, subscriptions too, has ended with it.
func (s *Service) replaceCustomer(ctx context.Context, t *queries.Tenant, gone *queries.StripeCustomer) (*queries.StripeCustomer, error) {
	if err := s.refuseUnlessDeleted(ctx, gone.CustomerID); err != nil {
		return nil, fmt.Errorf("replace customer %s: %w", gone.CustomerID, err)
	}
	c := Customer{TenantID: t.ID, Currency: gone.Currency, Name: t.Name, Email: orEmpty(t.Email)}
	id, err := s.Payments.CreateCustomer(ctx, "customer-after-"+gone.CustomerID, c)
	if err != nil {
		return nil, fmt.Errorf("create customer after one that is gone: %w", err)
	}
	row, err := found(s.q.StripeCustomerReplace(ctx, s.Pool, queries.StripeCustomerReplaceParams{TenantID: t.ID, Currency: gone.Currency,
		Gone: gone.CustomerID, CustomerID: id, ToldName: &c.Name, ToldEmail: &c.Email}))
	if err != nil {
		return nil, fmt.Errorf("replace customer: %w", err)
	}
	if row != nil {
		return row, nil
	}
	return s.customer(ctx, t, gone.Currency)
}

// tellCustomersIfStale sees to it that a customer who was made for an earlier name or address becomes the tenant as they are.
func (s *Service) tellCustomersIfStale(ctx context.Context, tx pgx.Tx, t *queries.Tenant, c *queries.StripeCustomer) error {
	if told(c, t) {
		return nil
	}
	return s.enqueue(ctx, tx, TellCustomersArgs{TenantID: t.ID}, nil)
}

// tellCustomers passes a change of name or address on to Stripe, in the transaction of the change.
func (s *Service) tellCustomers(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
	customers, err := s.q.StripeCustomerListByTenant(ctx, tx, tenant)
	if err != nil {
		return fmt.Errorf("list customers: %w", err)
	}
	if len(customers) == 0 {
		return nil
	}
	return s.enqueue(ctx, tx, TellCustomersArgs{TenantID: tenant}, nil)
}

// told tells whether Stripe has heard of the tenant as they are.
func told(c *queries.StripeCustomer, t *queries.Tenant) bool {
	return c.ToldName != nil && *c.ToldName == t.Name && orEmpty(c.ToldEmail) == orEmpty(t.Email)
}

// TellCustomers is the job that tells Stripe a tenant's name and address, for each of the tenant's customers.
func (s *Service) TellCustomers(ctx context.Context, tenantID uuid.UUID) error {
	customers, err := s.q.StripeCustomerListByTenant(ctx, s.Pool, tenantID)
	if err != nil {
		return fmt.Errorf("list customers: %w", err)
	}
	for _, c := range customers {
		if err := s.tellCustomer(ctx, c); err != nil {
			return err
		}
	}
	return nil
}

// tellCustomer reads the tenant again after each call and is done once they are as it said last. So the last word that Stripe hears
// is the tenant's last, whichever of two jobs is slower. What was said is noted also where somebody deleted the customer
// there: there is nobody left to tell.
func (s *Service) tellCustomer(ctx context.Context, c *queries.StripeCustomer) error {
	said := Customer{}
	for {
		t, err := s.q.TenantGet(ctx, s.Pool, c.TenantID)
		if err != nil {
			return fmt.Errorf("read tenant: %w", err)
		}
		now := Customer{TenantID: t.ID, Currency: c.Currency, Name: t.Name, Email: orEmpty(t.Email)}
		if said == now || (said == Customer{} && told(c, t)) {
			return nil
		}
		if err := s.unlessDeleted(ctx, c.CustomerID, s.Payments.UpdateCustomer(ctx, c.CustomerID, now)); err != nil {
			return s.patience(err, "update customer")
		}
		s.Step("customer_told")
		said = now
		err = s.q.StripeCustomerNoteTold(ctx, s.Pool, queries.StripeCustomerNoteToldParams{
			CustomerID: c.CustomerID, Name: &now.Name, Email: &now.Email})
		if err != nil {
			return fmt.Errorf("note what customer %s was told: %w", c.CustomerID, err)
		}
	}
}
