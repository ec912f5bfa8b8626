package stripeapi

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"
	"github.com/stripe/stripe-go/v76"

	"carryover/ids"
	"carryover/migration"
	"carryover/queries"
)

const opOpenSetupIntent = "open setup intent"

// OpenSetupIntent answers the newest intent of this customer, purpose (an invitation's link or a reservation) and method that still waits for
// the tenant, or makes one. Two calls at once make one: both derive the same idempotency key. After a 500, which Stripe
// would repeat under that key for a day, one more is made under a new key; an intent nobody uses costs nothing.
func (c *Client) OpenSetupIntent(ctx context.Context, r migration.SetupIntentRequest) (migration.SetupIntent, error) {
	return c.openIntent(ctx, intentRequest{r, string(r.Method)})
}

// OpenReaderIntent makes an intent that a card reader processes, another one each time: a reader that was asked before and was not heard to
// stop may still take a card, and that card is then of an intent which nobody waits for. It is never one of the browser's.
func (c *Client) OpenReaderIntent(ctx context.Context, r migration.SetupIntentRequest) (migration.SetupIntent, error) {
	if r.CustomerID == "" {
		return migration.SetupIntent{}, missing(opOpenSetupIntent, "customer", r.CustomerID)
	}
	r.Method = queries.PaymentMethodTypeCard
	return c.createSetupIntent(ctx, "reader_"+ids.New().String(), intentRequest{r, typeCardPresent})
}

// typeCardPresent is Stripe's type of a card that is held to a reader. It cannot be charged again; the card that is
// generated of it can.
const typeCardPresent = string(stripe.PaymentMethodTypeCardPresent)

// intentRequest is a request with Stripe's word for the one type of method that the intent is for.
type intentRequest struct {
	migration.SetupIntentRequest
	kind string
}

func (c *Client) openIntent(ctx context.Context, r intentRequest) (migration.SetupIntent, error) {
	if r.CustomerID == "" {
		return migration.SetupIntent{}, missing(opOpenSetupIntent, "customer", r.CustomerID)
	}
	earlier, err := c.setupIntents(ctx, r)
	if err != nil {
		return migration.SetupIntent{}, err
	}
	finished := ""
	for _, intent := range earlier { // newest first
		if intent.State == migration.SetupOpen {
			return intent, nil
		}
		if finished == "" {
			finished = intent.ID
		}
	}
	key := setupKey(r, finished)
	made, err := c.createSetupIntent(ctx, key, r)
	if err != nil && migration.ProviderErrorAs(err).Replays {
		return c.createSetupIntent(ctx, key+"_"+ids.New().String(), r)
	}
	return made, err
}

// setupKey has the newest finished intent in it, so that a method which failed or was lost is followed by a new intent
// and not by Stripe's memory of the old one.
func setupKey(r intentRequest, finished string) string {
	if finished == "" {
		finished = "first"
	}
	if r.ReservationID != uuid.Nil {
		return fmt.Sprintf("change_%s_%s_%s_%s_%s", r.CustomerID, r.TenantID, r.ReservationID, r.kind, finished)
	}
	return fmt.Sprintf("setup_%s_%s_%s_%d_%s_%s", r.CustomerID, r.TenantID, r.InvitationID, r.LinkVersion, r.kind, finished)
}

// setupIntents lists the ones made for this request, newest first.
func (c *Client) setupIntents(ctx context.Context, r intentRequest) ([]migration.SetupIntent, error) {
	return call(ctx, opOpenSetupIntent, func() ([]migration.SetupIntent, error) {
		intents := c.api.SetupIntents.List(&stripe.SetupIntentListParams{
			ListParams: stripe.ListParams{Context: ctx, Limit: new(int64(pageSize))},
			Customer:   &r.CustomerID,
			Expand:     []*string{new("data.payment_method")},
		})
		var found []migration.SetupIntent
		for intents.Next() {
			if i := intents.SetupIntent(); isFor(i, r) {
				found = append(found, reusable(setupIntent(i), i))
			}
		}
		return found, intents.Err()
	})
}

// reusable takes an intent whose micro-deposits failed for finished: it may belong to a submission that came to nothing, and
// another attempt needs an intent of its own.
func reusable(read migration.SetupIntent, i *stripe.SetupIntent) migration.SetupIntent {
	if i.LastSetupError != nil && strings.HasPrefix(string(i.LastSetupError.Code), "payment_method_microdeposit") {
		read.State = migration.SetupCanceled
	}
	return read
}

func (c *Client) createSetupIntent(ctx context.Context, key string, r intentRequest) (migration.SetupIntent, error) {
	return callOnce(ctx, opOpenSetupIntent, key, func() (migration.SetupIntent, error) {
		made, err := c.api.SetupIntents.New(&stripe.SetupIntentParams{
			Params:               stripe.Params{Context: ctx, IdempotencyKey: &key},
			Customer:             &r.CustomerID,
			PaymentMethodTypes:   []*string{&r.kind},
			PaymentMethodOptions: setupOptions(r.Method),
			Usage:                new(string(stripe.SetupIntentUsageOffSession)),
			Metadata:             setupMetadata(r.SetupIntentRequest),
		})
		if err != nil {
			return migration.SetupIntent{}, err
		}
		return setupIntent(made), nil
	})
}

// setupOptions ask for a bank account's instant verification, and for micro-deposits where the bank has none
// (https://docs.stripe.com/payments/ach-direct-debit/set-up-payment). The permission is the least that can be asked for.
func setupOptions(method queries.PaymentMethodType) *stripe.SetupIntentPaymentMethodOptionsParams {
	if method != queries.PaymentMethodTypeUsBankAccount {
		return nil
	}
	return &stripe.SetupIntentPaymentMethodOptionsParams{
		USBankAccount: &stripe.SetupIntentPaymentMethodOptionsUSBankAccountParams{
			VerificationMethod: new("automatic"),
			FinancialConnections: &stripe.SetupIntentPaymentMethodOptionsUSBankAccountFinancialConnectionsParams{
				Permissions: []*string{new("payment_method")},
			},
		},
	}
}
