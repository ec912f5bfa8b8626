package stripefake

import "strings"

// testRouting is the routing number all of Stripe's test accounts share.
const testRouting = "110000000"

// testAccount is one of Stripe's test accounts
// (https://stripe.com/docs/payments/ach-debit/set-up-payment) and what becomes
// of a debit from it.
type testAccount struct {
	number, alias string
	// bounce is why a debit comes back; a zero verdict means that it does not.
	bounce verdict
	// noDeposits: the micro-deposits cannot be sent. disputed: the debit
	// succeeds and is disputed afterwards. stuck: it is under way for ever.
	noDeposits, disputed, stuck bool
}

func bounced(code, message string) verdict { return verdict{refused, code, "", message} }

func testAccounts() []testAccount {
	return []testAccount{
		{number: "000123456789", alias: "success"},
		{number: "000111111113", alias: "accountClosed", bounce: bounced("account_closed", "The customer's bank account has been closed.")},
		{number: "000111111116", alias: "noAccount", bounce: bounced("no_account", "The customer's bank account could not be located.")},
		{number: "000222222227", alias: "insufficientFunds", bounce: bounced("insufficient_funds", "The customer's account has insufficient funds to cover this payment.")},
		{number: "000333333335", alias: "debitNotAuthorized", bounce: bounced("debit_not_authorized", "The customer has notified their bank that this payment was unauthorized.")},
		{number: "000444444440", alias: "invalidCurrency", bounce: bounced("invalid_currency", "The bank account does not support the currency of this payment.")},
		{number: "000555555559", alias: "dispute", disputed: true},
		{number: "000666666661", alias: "noMicrodeposits", noDeposits: true},
		{number: "000000000009", alias: "processing", stuck: true},
	}
}

func accountByNumber(number string) (testAccount, bool) {
	for _, account := range testAccounts() {
		if account.number == number {
			return account, true
		}
	}
	return testAccount{}, false
}

// bankByAlias finds pm_usBankAccount_success and its kin, which are verified.
func bankByAlias(id string) (testAccount, bool) {
	alias, ok := strings.CutPrefix(id, "pm_usBankAccount_")
	for _, account := range testAccounts() {
		if ok && account.alias == alias {
			return account, true
		}
	}
	return testAccount{}, false
}
