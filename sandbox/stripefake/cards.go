package stripefake

import (
	"strconv"
	"strings"
)

// ruling is what the bank says to being asked.
type ruling int

const (
	approved ruling = iota
	refused
	challenged // the person has to prove who they are
	underway   // a debit: the answer takes days
)

// verdict is a ruling and, where it is a refusal, its reason in Stripe's words.
type verdict struct {
	ruling                 ruling
	code, decline, message string
}

func declined(reason string) verdict {
	return verdict{refused, "card_declined", reason, "Your card was declined."}
}

// testCard is one of Stripe's test numbers (https://stripe.com/docs/testing)
// with what happens when it is saved and when it is charged afterwards without
// the person being there.
type testCard struct {
	number, brand string
	aliases       []string
	saving        verdict
	charging      verdict
}

var (
	insufficient = verdict{refused, "card_declined", "insufficient_funds", "Your card has insufficient funds."}
	mustProve    = verdict{challenged, "authentication_required", "authentication_required", "Your card was declined. This transaction requires authentication."}
)

func testCards() []testCard {
	generic := declined("generic_decline")
	expired := verdict{refused, "expired_card", "expired_card", "Your card has expired."}
	cvc := verdict{refused, "incorrect_cvc", "incorrect_cvc", "Your card's security code is incorrect."}
	processing := verdict{refused, "processing_error", "processing_error", "An error occurred while processing your card. Try again in a little bit."}
	return []testCard{
		{number: "4242424242424242", brand: "visa", aliases: []string{"visa"}},
		{number: "4000056655665556", brand: "visa", aliases: []string{"visa_debit"}},
		{number: "5555555555554444", brand: "mastercard", aliases: []string{"mastercard"}},
		{number: "378282246310005", brand: "amex", aliases: []string{"amex"}},
		{number: "6011111111111117", brand: "discover", aliases: []string{"discover"}},
		{number: "4000000000000002", brand: "visa", aliases: []string{"chargeDeclined", "visa_chargeDeclined"}, saving: generic, charging: generic},
		{number: "4000000000009995", brand: "visa", aliases: []string{"chargeDeclinedInsufficientFunds", "visa_chargeDeclinedInsufficientFunds"}, charging: insufficient},
		{number: "4000000000009987", brand: "visa", aliases: []string{"chargeDeclinedLostCard", "visa_chargeDeclinedLostCard"}, saving: declined("lost_card"), charging: declined("lost_card")},
		{number: "4000000000009979", brand: "visa", aliases: []string{"chargeDeclinedStolenCard", "visa_chargeDeclinedStolenCard"}, saving: declined("stolen_card"), charging: declined("stolen_card")},
		{number: "4000000000000069", brand: "visa", aliases: []string{"chargeDeclinedExpiredCard"}, saving: expired, charging: expired},
		{number: "4000000000000127", brand: "visa", aliases: []string{"chargeDeclinedIncorrectCvc"}, saving: cvc, charging: cvc},
		{number: "4000000000000119", brand: "visa", aliases: []string{"chargeDeclinedProcessingError"}, saving: processing, charging: processing},
		{number: "4000000000000341", brand: "visa", aliases: []string{"chargeCustomerFail", "visa_chargeCustomerFail"}, charging: generic},
		{number: "4000002500003155", brand: "visa", aliases: []string{"authenticationRequiredOnSetup"}, saving: mustProve},
		{number: "4000002760003184", brand: "visa", aliases: []string{"authenticationRequired"}, saving: mustProve, charging: mustProve},
		{number: "4000000000003220", brand: "visa", aliases: []string{"threeDSecure2Required"}, saving: mustProve, charging: mustProve},
		{number: "4000008260003178", brand: "visa", aliases: []string{"authenticationRequiredChargeDeclinedInsufficientFunds"}, saving: mustProve, charging: insufficient},
		{number: "4000003800000446", brand: "visa", aliases: []string{"authenticationRequiredSetupForOffSession"}},
	}
}

func cardByNumber(number string) (testCard, bool) {
	for _, card := range testCards() {
		if card.number == number {
			return card, true
		}
	}
	return testCard{}, false
}

// cardByAlias finds pm_card_visa and tok_visa alike.
func cardByAlias(id string) (testCard, bool) {
	name, isMethod := strings.CutPrefix(id, "pm_card_")
	if !isMethod {
		name, _ = strings.CutPrefix(id, "tok_")
	}
	for _, card := range testCards() {
		for _, alias := range card.aliases {
			if alias == name && name != id {
				return card, true
			}
		}
	}
	return testCard{}, false
}

// typedCard judges a number as it was typed. A real card in test mode is
// declined, which also keeps real numbers out of any stand-in.
func typedCard(p params, at string, now int64) (testCard, error) {
	number := strings.NewReplacer(" ", "", "-", "").Replace(p.text("number"))
	if !luhn(number) {
		return testCard{}, cardError(verdict{refused, "incorrect_number", "", "Your card number is incorrect."}).withParam(join(at, "number"))
	}
	if month := p.int("exp_month"); month < 1 || month > 12 {
		return testCard{}, cardError(verdict{refused, "invalid_expiry_month", "", "Your card's expiration month is invalid."}).withParam(join(at, "exp_month"))
	}
	if monthIndex(fullYear(p.int("exp_year")), p.int("exp_month")) < monthOf(now) {
		return testCard{}, cardError(verdict{refused, "invalid_expiry_year", "", "Your card's expiration year is invalid."}).withParam(join(at, "exp_year"))
	}
	card, ok := cardByNumber(number)
	if !ok {
		return card, cardError(verdict{refused, "card_declined", "test_mode_live_card", "Your card was declined. Your request was in test mode, but used a non test (live) card. For a list of valid test cards, visit: https://stripe.com/docs/testing."})
	}
	return card, nil
}

// luhn checks the digit that catches a mistyped number.
func luhn(number string) bool {
	if len(number) < 13 || len(number) > 19 {
		return false
	}
	sum := 0
	for i := range len(number) {
		digit, err := strconv.Atoi(number[len(number)-1-i : len(number)-i])
		if err != nil {
			return false
		}
		if i%2 == 1 {
			digit = digit*2/10 + digit*2%10
		}
		sum += digit
	}
	return sum%10 == 0
}

func fullYear(y int64) int64 {
	if y < 100 {
		return 2000 + y
	}
	return y
}

func monthIndex(year, month int64) int64 { return year*12 + month - 1 }
