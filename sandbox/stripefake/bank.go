package stripefake

type bankDetails struct {
	AccountHolderType           string   `json:"account_holder_type"`
	AccountType                 string   `json:"account_type"`
	BankName                    string   `json:"bank_name"`
	FinancialConnectionsAccount maybe    `json:"financial_connections_account"`
	Fingerprint                 string   `json:"fingerprint"`
	Last4                       string   `json:"last4"`
	Networks                    networks `json:"networks"`
	RoutingNumber               string   `json:"routing_number"`

	StatusDetails *statusDetails `json:"status_details"`
}

type networks struct {
	Preferred string   `json:"preferred"`
	Supported []string `json:"supported"`
}

// fillBank reads us_bank_account of payment_method_data. The holder's name is
// required; an account linked through Financial Connections is verified.
func (t *tx) fillBank(pm paymentMethod, p params, at string) (paymentMethod, error) {
	if pm.BillingDetails.Name == "" {
		return pm, invalidParam("parameter_missing", "billing_details[name]", "Missing required param: billing_details[name].")
	}
	number, linked := p.text("account_number"), p.text("financial_connections_account")
	if linked != "" {
		return pm.filledFrom(p, testAccounts()[0]), nil
	}
	for _, name := range []string{"account_number", "routing_number"} {
		if p.text(name) == "" {
			return pm, invalidParam("parameter_missing", join(at, name), "Missing required param: %s.", join(at, name))
		}
	}
	if p.text("routing_number") != testRouting {
		return pm, badRequest("routing_number_invalid", "Invalid routing number: %s. You must use a test bank account routing number such as %s in test mode.", p.text("routing_number"), testRouting).withParam(join(at, "routing_number"))
	}
	account, ok := accountByNumber(number)
	if !ok {
		return pm, badRequest("account_number_invalid", "Invalid account number. You must use a test bank account number in test mode.").withParam(join(at, "account_number"))
	}
	return pm.filledFrom(p, account), nil
}

func (m paymentMethod) filledFrom(p params, account testAccount) paymentMethod {
	m = m.withAccount(account)
	m.USBankAccount.AccountHolderType = p.or("account_holder_type", "individual")
	m.USBankAccount.AccountType = p.or("account_type", "checking")
	m.USBankAccount.FinancialConnectionsAccount = maybe(p.text("financial_connections_account"))
	m.hidden.Verified = p.has("financial_connections_account")
	return m
}

// withAccount makes the method one of the test accounts, verified.
func (m paymentMethod) withAccount(account testAccount) paymentMethod {
	m.Type = "us_bank_account"
	m.hidden.Number, m.hidden.Verified = account.number, true
	if m.BillingDetails.Name == "" {
		m.BillingDetails.Name = "Jenny Rosen"
	}
	m.USBankAccount = &bankDetails{
		AccountHolderType: "individual", AccountType: "checking", BankName: "STRIPE TEST BANK",
		Fingerprint: fingerprintOf(account.number), Last4: account.number[len(account.number)-4:],
		Networks: networks{"ach", []string{"ach"}}, RoutingNumber: testRouting,
	}
	return m
}

// verification is how an account is proven; automatic is also the default.
func (i setupIntent) verification() string {
	if i.hidden.Verification == "" {
		return "automatic"
	}
	return i.hidden.Verification
}

// confirmBank succeeds at once for a verified account and otherwise sends
// micro-deposits. Without an accepted mandate nothing happens.
func (c *call) confirmBank(si setupIntent, pm paymentMethod) (any, error) {
	accepted, err := c.acceptance(pm)
	if err != nil {
		return nil, err
	}
	linked := pm.USBankAccount.FinancialConnectionsAccount != ""
	if si.verification() == "instant" && !pm.hidden.Verified {
		return nil, badRequest("", "The account has to be linked with Financial Connections because verification_method is instant.").withParam("payment_method_options[us_bank_account][verification_method]")
	}
	c.paymentMethods.put(pm)
	m := c.grant(accepted, pm, pm.hidden.Verified)
	si.Mandate = maybe(m.ID)
	if pm.hidden.Verified || linked {
		return c.succeedSetup(si, pm), nil
	}
	if account, _ := accountByNumber(pm.hidden.Number); account.noDeposits {
		return nil, c.failSetup(si, pm, badRequest("payment_method_microdeposit_failed", "Microdeposit transfers failed. Please check the account, institution and transit numbers provided."))
	}
	return c.sendDeposits(si, pm), nil
}

// linkBank is the tenant signing in at the bank (Financial Connections): an
// open intent gets a verified account and waits for the mandate; one that waits
// for micro-deposits is verified on the spot.
func linkBank(c *call) (any, error) {
	si, err := c.setupIntents.path(c.id, "intent")
	if err != nil {
		return nil, err
	}
	if si.hidden.Deadline > 0 && si.Status == "requires_action" {
		return c.deposited(si)
	}
	if !si.open() {
		return nil, si.wrongState("link a bank account to")
	}
	account, ok := accountByNumber(c.p.or("account_number", testAccounts()[0].number))
	if !ok {
		return nil, badRequest("account_number_invalid", "Invalid account number. You must use a test bank account number in test mode.")
	}
	pm := paymentMethod{ID: newID("pm"), Object: "payment_method", AllowRedisplay: "unspecified", Created: c.now, Metadata: map[string]string{}}
	pm.BillingDetails.Name, pm.BillingDetails.Email = maybe(c.p.text("name")), maybe(c.p.text("email"))
	pm = pm.withAccount(account)
	pm.USBankAccount.FinancialConnectionsAccount = maybe(newID("fca"))
	if err := si.admits(pm); err != nil {
		return nil, err
	}
	c.paymentMethods.put(pm)
	si.PaymentMethod, si.Status = maybe(pm.ID), "requires_confirmation"
	c.setupIntents.put(si)
	return si, nil
}
