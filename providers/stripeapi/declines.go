package stripeapi

import (
	"github.com/stripe/stripe-go/v76"
)

// declined is why the bank said no, in words that staff and tenant may both read. Reasons that Stripe asks not to tell the customer (lost, stolen,
// fraud: https://docs.stripe.com/declines/codes) share one sentence; the code tells
// them apart. Codes that are not listed keep Stripe's own message.
func declined(e *stripe.Error) string {
	if isBankDebit(e) {
		if sentence := declinedDebit(codeOf(e)); sentence != "" {
			return sentence
		}
	}
	if sentence := declinedCard(codeOf(e)); sentence != "" {
		return sentence
	}
	return quoted(e)
}

func declinedCard(code string) string {
	switch code {
	case "insufficient_funds":
		return "The card has insufficient funds."
	case "expired_card", "invalid_expiry_month", "invalid_expiry_year":
		return "The card has expired."
	case "card_velocity_exceeded", "withdrawal_count_limit_exceeded":
		return "The charge is above the card's limit."
	case "incorrect_number", "invalid_number", "incorrect_cvc", "invalid_cvc", "incorrect_zip", "invalid_account", "new_account_information_available":
		return "The card's details are wrong or no longer valid."
	case "card_not_supported", "currency_not_supported":
		return "The card cannot be used for this kind of charge."
	}
	return declinedByBank(code)
}

func declinedByBank(code string) string {
	switch code {
	case "lost_card", "stolen_card", "pickup_card", "restricted_card", "fraudulent", "merchant_blacklist", "pin_try_exceeded":
		return "The bank does not allow this card to be used."
	case "do_not_honor", "generic_decline", "call_issuer", "no_action_taken", "do_not_try_again", "not_permitted",
		"security_violation", "service_not_allowed", "transaction_not_allowed", "testmode_decline":
		return "The bank declined the card without giving a reason."
	case "authentication_required", "payment_intent_authentication_failure", "invoice_payment_intent_requires_action",
		"subscription_payment_intent_requires_action":
		return "The bank wants its customer to confirm this charge."
	case "revocation_of_authorization", "revocation_of_all_authorizations", "stop_payment_order":
		return "The bank was told to stop these charges."
	case "processing_error", "issuer_not_available", "try_again_later", "reenter_transaction", "approve_with_id":
		return "The bank could not process the charge just now. Try again later."
	}
	return ""
}

// declinedDebit covers bank accounts (https://docs.stripe.com/error-codes).
func declinedDebit(code string) string {
	switch code {
	case "insufficient_funds":
		return "The bank account has insufficient funds."
	case "account_closed", "bank_account_unusable", "no_account":
		return "The bank account is closed or cannot be debited."
	case "debit_not_authorized", "bank_account_restricted", "bank_account_declined":
		return "The bank does not allow this account to be debited."
	case "bank_account_unverified":
		return "The bank account is not verified yet."
	}
	return ""
}

func isBankDebit(e *stripe.Error) bool {
	if e.PaymentMethod != nil {
		return e.PaymentMethod.Type == stripe.PaymentMethodTypeUSBankAccount
	}
	return e.PaymentMethodType == stripe.PaymentMethodTypeUSBankAccount
}
