package stripeapi

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/stripe/stripe-go/v76"

	"carryover/migration"
	"carryover/queries"
)

// SetupIntent reads one back with its payment method. An id that cannot be a SetupIntent's is refused without a call: it
// comes from a browser, and it may be a client secret, which then would stand in logs as part of a URL.
func (c *Client) SetupIntent(ctx context.Context, id string) (migration.SetupIntent, error) {
	const op = "read setup intent"
	if !strings.HasPrefix(id, "seti_") || strings.Contains(id, "_secret_") {
		return migration.SetupIntent{}, missing(op, "setupintent", id)
	}
	return call(ctx, op, func() (migration.SetupIntent, error) {
		intent, err := c.api.SetupIntents.Get(id, &stripe.SetupIntentParams{
			Params: stripe.Params{Context: ctx},
			Expand: []*string{new("payment_method"), new("latest_attempt")},
		})
		if err != nil {
			return migration.SetupIntent{}, err
		}
		read := setupIntent(intent)
		if card := generatedCard(intent); card != "" {
			method, err := c.api.PaymentMethods.Get(card, &stripe.PaymentMethodParams{Params: stripe.Params{Context: ctx}})
			if err != nil {
				return migration.SetupIntent{}, err
			}
			read.PaymentMethod = paymentMethod(method)
		}
		return read, nil
	})
}

// generatedCard is the card that was made of one held to a reader, "" where none was: some cards and wallets allow none
// (https://docs.stripe.com/terminal/features/saving-payment-details/save-directly). The latest attempt was expanded.
func generatedCard(i *stripe.SetupIntent) string {
	a := i.LatestAttempt
	if !isForReader(i) || i.Status != stripe.SetupIntentStatusSucceeded || a == nil || a.PaymentMethodDetails == nil ||
		a.PaymentMethodDetails.CardPresent == nil || a.PaymentMethodDetails.CardPresent.GeneratedCard == nil {
		return ""
	}
	return a.PaymentMethodDetails.CardPresent.GeneratedCard.ID
}

func isForReader(i *stripe.SetupIntent) bool {
	return slices.Equal(i.PaymentMethodTypes, []string{typeCardPresent})
}

// setupIntent reads an intent whose payment method was expanded. A reader's has none of its own to charge.
func setupIntent(i *stripe.SetupIntent) migration.SetupIntent {
	read := migration.SetupIntent{
		ID:            i.ID,
		ClientSecret:  i.ClientSecret,
		State:         setupState(i),
		CustomerID:    customerID(i.Customer),
		InvitationID:  idIn(i.Metadata, keyInvitation),
		ReservationID: idIn(i.Metadata, keyReservation),
		Method:        setupMethod(i),
		Deposit:       deposit(i),
		Failure:       setupFailure(i),
	}
	if !isForReader(i) {
		read.PaymentMethod = paymentMethod(i.PaymentMethod)
	}
	if i.Mandate != nil {
		read.MandateID = i.Mandate.ID
	}
	return read
}

// deposit is the micro-deposit that is under way, if one is.
func deposit(i *stripe.SetupIntent) *migration.Deposit {
	if i.NextAction == nil || i.NextAction.VerifyWithMicrodeposits == nil {
		return nil
	}
	d := i.NextAction.VerifyWithMicrodeposits
	return &migration.Deposit{ArrivesAt: time.Unix(d.ArrivalDate, 0).UTC(), URL: d.HostedVerificationURL}
}

// setupFailure is why the last attempt failed, in plain words.
func setupFailure(i *stripe.SetupIntent) string {
	if i.LastSetupError == nil {
		return ""
	}
	return setupFailed(i.LastSetupError)
}

// setupMethod is the method that was given or, before that, the first one the intent was made for; ours are made for one.
func setupMethod(i *stripe.SetupIntent) queries.PaymentMethodType {
	switch {
	case isForReader(i):
		return queries.PaymentMethodTypeCard
	case i.PaymentMethod != nil && i.PaymentMethod.Type != "":
		return queries.PaymentMethodType(i.PaymentMethod.Type)
	case len(i.PaymentMethodTypes) > 0:
		return queries.PaymentMethodType(i.PaymentMethodTypes[0])
	}
	return ""
}

// setupState follows https://docs.stripe.com/payments/paymentintents/lifecycle. Only micro-deposits make requires_action
// a wait of days; every other action, 3-D Secure for one, is the tenant's, at once and in the browser.
func setupState(i *stripe.SetupIntent) migration.SetupIntentState {
	switch i.Status {
	case stripe.SetupIntentStatusSucceeded:
		return migration.SetupSucceeded
	case stripe.SetupIntentStatusCanceled:
		return migration.SetupCanceled
	case stripe.SetupIntentStatusProcessing:
		return migration.SetupVerifying
	case stripe.SetupIntentStatusRequiresAction:
		if i.NextAction != nil && i.NextAction.Type == stripe.SetupIntentNextActionTypeVerifyWithMicrodeposits {
			return migration.SetupVerifying
		}
	}
	return migration.SetupOpen
}

// setupFailed covers the codes of a bank account's verification (https://docs.stripe.com/error-codes); every other reason is
// a decline's.
func setupFailed(e *stripe.Error) string {
	switch e.Code {
	case "payment_method_microdeposit_failed":
		return "The deposit of one cent could not be made. The account's numbers may be wrong, or it takes no deposits."
	case "payment_method_microdeposit_verification_attempts_exceeded":
		return "A wrong code was entered too many times."
	case "payment_method_microdeposit_verification_timeout":
		return "The code of the one-cent deposit was not entered within ten days."
	case "payment_method_microdeposit_verification_amounts_mismatch", "payment_method_microdeposit_verification_descriptor_code_mismatch":
		return "The code that was entered is not the deposit's."
	}
	return declined(e)
}

// isFor is true for the intents that were made for this very request. Its customer is what they were listed by.
func isFor(i *stripe.SetupIntent, r intentRequest) bool {
	return slices.Equal(i.PaymentMethodTypes, []string{r.kind}) && holds(i.Metadata, setupMetadata(r.SetupIntentRequest))
}
