package stripefake

import (
	"slices"
	"strconv"
)

// microdeposits is next_action.verify_with_microdeposits.
type microdeposits struct {
	ArrivalDate           int64  `json:"arrival_date"`
	HostedVerificationURL string `json:"hosted_verification_url"`
	MicrodepositType      string `json:"microdeposit_type"`
}

// The limits of a verification (https://stripe.com/docs/payments/ach-debit/set-up-payment).
const (
	depositDays      = 10
	wrongCodesLimit  = 10
	wrongAmountLimit = 3
)

func microdepositSpec() spec {
	return spec{
		"descriptor_code": text(), "amounts": list(integer()), "client_secret": text(), "expand": list(text()),
	}
}

func (t *tx) sendDeposits(si setupIntent, pm paymentMethod) setupIntent {
	t.attempt(&si, pm, "requires_action", nil)
	si.hidden.WrongCodes, si.hidden.WrongAmounts, si.hidden.ReturnURL = 0, 0, ""
	si.hidden.Deadline = t.now + depositDays*day
	si.Status, si.PaymentMethod, si.LastSetupError = "requires_action", maybe(pm.ID), nil
	si.NextAction = &nextAction{Type: "verify_with_microdeposits", VerifyWithMicrodeposits: &microdeposits{
		ArrivalDate:           addBusinessDays(t.now, 2),
		HostedVerificationURL: t.opts.PublicURL + "/sandbox/setup_intents/" + si.ID + "/bank",
		MicrodepositType:      "descriptor_code",
	}}
	t.setupIntents.put(si)
	t.emit("setup_intent.requires_action", si)
	return si
}

// verifyMicrodeposits takes the code or the two amounts the tenant read on the
// statement. Wrong ones are counted and the last one fails the intent.
func verifyMicrodeposits(c *call) (any, error) {
	si, err := c.setupIntents.path(c.id, "intent")
	if err != nil {
		return nil, err
	}
	if si.Status != "requires_action" || si.hidden.Deadline == 0 {
		return nil, si.wrongState("verify")
	}
	code, amounts := c.p.text("descriptor_code"), c.p.texts("amounts")
	switch {
	case code == "" && len(amounts) == 0:
		return nil, invalidParam("parameter_missing", "descriptor_code", "You must provide one of: descriptor_code, amounts.")
	case code != "":
		return c.judgeCode(si, code)
	}
	slices.SortFunc(amounts, compareNumbers)
	return c.judgeAmounts(si, amounts)
}

// judgeCode plays Stripe's test codes: SM11AA is right, SM33CC uses up all
// tries, SM44DD has timed out. Any other is wrong.
func (c *call) judgeCode(si setupIntent, code string) (any, error) {
	switch code {
	case "SM11AA":
		return c.deposited(si)
	case "SM33CC":
		return nil, c.verificationFailed(si, attemptsExceeded())
	case "SM44DD":
		return nil, c.verificationFailed(si, depositTimeout())
	}
	si.hidden.WrongCodes++
	if si.hidden.WrongCodes >= wrongCodesLimit {
		return nil, c.verificationFailed(si, attemptsExceeded())
	}
	c.setupIntents.put(si)
	e := badRequest("payment_method_microdeposit_verification_descriptor_code_mismatch", "The descriptor code you provided does not match the code that was sent to the bank account. You have limited attempts remaining.")
	e.SetupIntent = si
	return nil, e
}

// judgeAmounts plays 32 and 45 as right, 10 and 11 as too many tries, 40 and 41 as too late.
func (c *call) judgeAmounts(si setupIntent, amounts []string) (any, error) {
	switch {
	case slices.Equal(amounts, []string{"32", "45"}):
		return c.deposited(si)
	case slices.Equal(amounts, []string{"10", "11"}):
		return nil, c.verificationFailed(si, attemptsExceeded())
	case slices.Equal(amounts, []string{"40", "41"}):
		return nil, c.verificationFailed(si, depositTimeout())
	}
	si.hidden.WrongAmounts++
	if si.hidden.WrongAmounts >= wrongAmountLimit {
		return nil, c.verificationFailed(si, attemptsExceeded())
	}
	c.setupIntents.put(si)
	e := badRequest("payment_method_microdeposit_verification_amounts_mismatch", "The amounts provided do not match the amounts that were sent to the bank account. You have limited attempts remaining.")
	e.SetupIntent = si
	return nil, e
}

func attemptsExceeded() *apiError {
	return badRequest("payment_method_microdeposit_verification_attempts_exceeded", "You have exceeded the number of allowed verification attempts.")
}

func depositTimeout() *apiError {
	return badRequest("payment_method_microdeposit_verification_timeout", "Microdeposit verification timed out. The customer has not verified the bank account within the required %d day period.", depositDays)
}

// deposited ends a verification well: the account is theirs, the mandate holds.
func (t *tx) deposited(si setupIntent) (any, error) {
	pm, err := t.paymentMethods.param(string(si.PaymentMethod), "payment_method")
	if err != nil {
		return nil, err
	}
	pm.hidden.Verified = true
	t.paymentMethods.put(pm)
	t.setMandate(string(si.Mandate), "active")
	return t.succeedSetup(si, pm), nil
}

func (t *tx) verificationFailed(si setupIntent, e *apiError) error {
	pm, _ := t.paymentMethods.get(string(si.PaymentMethod))
	t.setMandate(string(si.Mandate), "inactive")
	return t.failSetup(si, pm, e)
}

func compareNumbers(a, b string) int {
	x, _ := strconv.Atoi(a) // the spec has let only integers through
	y, _ := strconv.Atoi(b)
	return x - y
}
