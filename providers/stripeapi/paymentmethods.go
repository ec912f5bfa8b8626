package stripeapi

import (
	"context"

	"github.com/stripe/stripe-go/v76"

	"carryover/migration"
	"carryover/queries"
)

// PaymentMethod reads one back. One that was detached is answered without a customer.
func (c *Client) PaymentMethod(ctx context.Context, id string) (migration.PaymentMethod, error) {
	const op = "read payment method"
	if id == "" {
		return migration.PaymentMethod{}, missing(op, "PaymentMethod", id)
	}
	return call(ctx, op, func() (migration.PaymentMethod, error) {
		method, err := c.api.PaymentMethods.Get(id, &stripe.PaymentMethodParams{Params: stripe.Params{Context: ctx}})
		if err != nil {
			return migration.PaymentMethod{}, err
		}
		return paymentMethod(method), nil
	})
}

// paymentMethod answers a zero one for nil, which is what an intent without a method has.
func paymentMethod(m *stripe.PaymentMethod) migration.PaymentMethod {
	if m == nil {
		return migration.PaymentMethod{}
	}
	return migration.PaymentMethod{
		ID:         m.ID,
		CustomerID: customerID(m.Customer),
		Type:       queries.PaymentMethodType(m.Type),
		Label:      label(m),
		Blocked:    blocked(m),
	}
}

// blocked is why Stripe debits an account no more, after a bank's answer that is final.
func blocked(m *stripe.PaymentMethod) string {
	if m.USBankAccount == nil || m.USBankAccount.StatusDetails == nil || m.USBankAccount.StatusDetails.Blocked == nil {
		return ""
	}
	switch m.USBankAccount.StatusDetails.Blocked.Reason {
	case stripe.PaymentMethodUSBankAccountStatusDetailsBlockedReasonBankAccountClosed:
		return "The bank account was closed."
	case stripe.PaymentMethodUSBankAccountStatusDetailsBlockedReasonDebitNotAuthorized:
		return "The bank was told to stop debits from this account."
	case stripe.PaymentMethodUSBankAccountStatusDetailsBlockedReasonBankAccountInvalidDetails:
		return "The bank account's numbers are wrong."
	}
	return "The bank does not allow this account to be debited any more."
}

func customerID(c *stripe.Customer) string {
	if c == nil {
		return ""
	}
	return c.ID
}

// label is how people know the method again: "Visa ending 4242".
func label(m *stripe.PaymentMethod) string {
	switch {
	case m.Card != nil:
		return cardBrand(m.Card.Brand) + ending(m.Card.Last4)
	case m.USBankAccount != nil && m.USBankAccount.BankName != "":
		return m.USBankAccount.BankName + " account" + ending(m.USBankAccount.Last4)
	case m.USBankAccount != nil:
		return "Bank account" + ending(m.USBankAccount.Last4)
	}
	return "Payment method"
}

func ending(last4 string) string {
	if last4 == "" {
		return ""
	}
	return " ending " + last4
}

// cardBrand writes https://docs.stripe.com/api/payment_methods/object#payment_method_object-card-brand for people.
func cardBrand(brand stripe.PaymentMethodCardBrand) string {
	switch brand {
	case "visa":
		return "Visa"
	case "mastercard":
		return "Mastercard"
	case "amex":
		return "American Express"
	case "discover":
		return "Discover"
	case "diners":
		return "Diners Club"
	case "jcb":
		return "JCB"
	case "unionpay":
		return "UnionPay"
	case "eftpos_au":
		return "Eftpos Australia"
	case "link":
		return "Link"
	}
	return "Card"
}
