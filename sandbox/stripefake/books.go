package stripefake

// Books is what the stand-in believes to be true, in one piece, for a test
// that compares our records with the vendor's and for a page that people
// look at. Everything is newest first and a copy: changing it changes nothing.
type Books struct {
	Now           int64              `json:"now"`
	Customers     []BookCustomer     `json:"customers"`
	Subscriptions []BookSubscription `json:"subscriptions"`
	Invoices      []BookInvoice      `json:"invoices"`
	Charges       []BookCharge       `json:"charges"`
}

// BookCustomer is a customer with the payment methods attached to it.
type BookCustomer struct {
	ID                   string              `json:"id"`
	Email                string              `json:"email"`
	Name                 string              `json:"name"`
	Metadata             map[string]string   `json:"metadata"`
	DefaultPaymentMethod string              `json:"default_payment_method"`
	PaymentMethods       []BookPaymentMethod `json:"payment_methods"`
	Created              int64               `json:"created"`
}

// BookPaymentMethod names a card or an account as a person would: by its kind
// and last four digits. The full number is never shown.
type BookPaymentMethod struct {
	ID    string `json:"id"`
	Type  string `json:"type"`
	Brand string `json:"brand"`
	Last4 string `json:"last4"`
	// Mandates are a bank account's, oldest first.
	Mandates []BookMandate `json:"mandates,omitempty"`
}

// BookMandate is a permission to debit a bank account.
type BookMandate struct {
	ID     string `json:"id"`
	Status string `json:"status"`
}

// BookSubscription is a subscription with what it will charge next.
// NextChargeAt is 0 and NextAmount is 0 where nothing will be charged any more.
type BookSubscription struct {
	ID                   string            `json:"id"`
	Customer             string            `json:"customer"`
	Status               string            `json:"status"`
	Metadata             map[string]string `json:"metadata"`
	Currency             string            `json:"currency"`
	DefaultPaymentMethod string            `json:"default_payment_method"`
	Items                []BookItem        `json:"items"`
	StartDate            int64             `json:"start_date"`
	BillingCycleAnchor   int64             `json:"billing_cycle_anchor"`
	CurrentPeriodStart   int64             `json:"current_period_start"`
	CurrentPeriodEnd     int64             `json:"current_period_end"`
	TrialEnd             int64             `json:"trial_end"`
	CancelAtPeriodEnd    bool              `json:"cancel_at_period_end"`
	CanceledAt           int64             `json:"canceled_at"`
	NextChargeAt         int64             `json:"next_charge_at"`
	NextAmount           int64             `json:"next_amount"`
	LatestInvoice        string            `json:"latest_invoice"`
	PendingSetupIntent   string            `json:"pending_setup_intent"`
	Created              int64             `json:"created"`
}

// BookItem is one thing a subscription charges for, in the currency's minor unit.
type BookItem struct {
	ID         string `json:"id"`
	Product    string `json:"product"`
	UnitAmount int64  `json:"unit_amount"`
	Quantity   int64  `json:"quantity"`
	Interval   string `json:"interval"`
}

// BookInvoice is an invoice; PaidAt is 0 until it is paid.
type BookInvoice struct {
	ID            string     `json:"id"`
	Customer      string     `json:"customer"`
	Subscription  string     `json:"subscription"`
	Status        string     `json:"status"`
	BillingReason string     `json:"billing_reason"`
	Currency      string     `json:"currency"`
	Total         int64      `json:"total"`
	AmountDue     int64      `json:"amount_due"`
	AmountPaid    int64      `json:"amount_paid"`
	Lines         []BookLine `json:"lines"`
	PeriodStart   int64      `json:"period_start"`
	PeriodEnd     int64      `json:"period_end"`
	PaidAt        int64      `json:"paid_at"`
	Created       int64      `json:"created"`
}

// BookLine is one line of an invoice and the time it pays for.
type BookLine struct {
	Description string `json:"description"`
	Product     string `json:"product"`
	Amount      int64  `json:"amount"`
	Proration   bool   `json:"proration"`
	PeriodStart int64  `json:"period_start"`
	PeriodEnd   int64  `json:"period_end"`
}

// BookCharge is one movement of money, or the attempt at one.
type BookCharge struct {
	ID             string `json:"id"`
	Customer       string `json:"customer"`
	Invoice        string `json:"invoice"`
	Status         string `json:"status"`
	Currency       string `json:"currency"`
	Amount         int64  `json:"amount"`
	AmountRefunded int64  `json:"amount_refunded"`
	Disputed       bool   `json:"disputed"`
	FailureCode    string `json:"failure_code"`
	PaymentMethod  string `json:"payment_method"`
	Created        int64  `json:"created"`
}
