package outbox

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"carryover/sandbox/stripefake"
)

const rowsAtOnce = 200

type customersPage struct {
	Query     string
	Total     int
	Customers []customerRow
}

type customerRow struct {
	stripefake.BookCustomer
	Subscriptions []stripefake.BookSubscription
}

type subscriptionsPage struct {
	Total         int
	Subscriptions []subscriptionRow
}

type subscriptionRow struct {
	stripefake.BookSubscription
	Customer stripefake.BookCustomer
	Method   *stripefake.BookPaymentMethod
}

// Buttons are what may happen to a thing, for the page that goes on at back.
type buttons struct{ Kind, ID, Back string }

// Happen is what may happen to one of the customer's things.
func (p customerPage) Happen(kind, id string) buttons {
	return buttons{kind, id, "/sandbox/stripe/customers/" + url.PathEscape(p.ID)}
}

type invoicesPage struct {
	Total    int
	Invoices []invoiceRow
}

type invoiceRow struct {
	stripefake.BookInvoice
	Customer stripefake.BookCustomer
	Charges  []stripefake.BookCharge
}

// StillDue is what is not paid yet: Stripe's amount_due is what was due when
// the invoice was finalised, and stays.
func (i invoiceRow) StillDue() int64 { return i.AmountDue - i.AmountPaid }

type customerPage struct {
	stripefake.BookCustomer
	MailPath      string
	Subscriptions []subscriptionRow
	Invoices      []invoiceRow
	Charges       []stripefake.BookCharge
}

// books lets happen what is due by the clock and reads the books.
func (o *Outbox) books() ledger {
	if err := o.options.Stripe.Advance(); err != nil {
		o.options.Logger.Error("Stripe's books are behind the clock", "err", err)
	}
	l := ledger{Books: o.options.Stripe.Books(), customers: map[string]stripefake.BookCustomer{}}
	for _, c := range l.Customers {
		l.customers[c.ID] = c
	}
	return l
}

// ledger is the books with what the pages look up in them.
type ledger struct {
	stripefake.Books
	customers map[string]stripefake.BookCustomer
}

func (l ledger) subscriptionRow(s stripefake.BookSubscription) subscriptionRow {
	row := subscriptionRow{BookSubscription: s, Customer: l.customers[s.Customer]}
	method := s.DefaultPaymentMethod
	if method == "" {
		method = row.Customer.DefaultPaymentMethod
	}
	for _, pm := range row.Customer.PaymentMethods {
		if pm.ID == method {
			row.Method = &pm
		}
	}
	return row
}

func (l ledger) invoiceRow(i stripefake.BookInvoice) invoiceRow {
	row := invoiceRow{BookInvoice: i, Customer: l.customers[i.Customer]}
	for _, charge := range l.Charges {
		if charge.Invoice == i.ID {
			row.Charges = append(row.Charges, charge)
		}
	}
	return row
}

func (o *Outbox) serveCustomers(w http.ResponseWriter, r *http.Request) {
	l := o.books()
	of := map[string][]stripefake.BookSubscription{}
	for _, s := range l.Subscriptions {
		of[s.Customer] = append(of[s.Customer], s)
	}
	page := customersPage{Query: strings.TrimSpace(r.URL.Query().Get("q"))}
	for _, c := range l.Customers {
		if !matches(page.Query, c.Email, c.Name, c.ID) {
			continue
		}
		if page.Total++; page.Total <= rowsAtOnce {
			page.Customers = append(page.Customers, customerRow{c, of[c.ID]})
		}
	}
	o.render(w, r, "customers", "Customers", page)
}

func (o *Outbox) serveCustomer(w http.ResponseWriter, r *http.Request) {
	l := o.books()
	c, ok := l.customers[r.PathValue("id")]
	if !ok {
		o.fail(w, http.StatusNotFound, "Stripe's books have no such customer.")
		return
	}
	page := customerPage{BookCustomer: c}
	if o.options.Mail != nil && c.Email != "" {
		page.MailPath = "/sandbox/mail?" + url.Values{"q": {c.Email}}.Encode()
	}
	for _, s := range l.Subscriptions {
		if s.Customer == c.ID {
			page.Subscriptions = append(page.Subscriptions, l.subscriptionRow(s))
		}
	}
	for _, i := range l.Invoices {
		if i.Customer == c.ID {
			page.Invoices = append(page.Invoices, l.invoiceRow(i))
		}
	}
	page.Charges = slices.DeleteFunc(slices.Clone(l.Charges), func(ch stripefake.BookCharge) bool { return ch.Customer != c.ID })
	o.render(w, r, "customer", "Customer", page)
}

func (o *Outbox) serveSubscriptions(w http.ResponseWriter, r *http.Request) {
	l := o.books()
	page := subscriptionsPage{Total: len(l.Subscriptions)}
	for _, s := range l.Subscriptions[:min(rowsAtOnce, len(l.Subscriptions))] {
		page.Subscriptions = append(page.Subscriptions, l.subscriptionRow(s))
	}
	o.render(w, r, "subscriptions", "Subscriptions", page)
}

func (o *Outbox) serveInvoices(w http.ResponseWriter, r *http.Request) {
	l := o.books()
	page := invoicesPage{Total: len(l.Invoices)}
	for _, i := range l.Invoices[:min(rowsAtOnce, len(l.Invoices))] {
		page.Invoices = append(page.Invoices, l.invoiceRow(i))
	}
	o.render(w, r, "invoices", "Invoices", page)
}

func (o *Outbox) serveInvoice(w http.ResponseWriter, r *http.Request) {
	l := o.books()
	for _, i := range l.Invoices {
		if i.ID == r.PathValue("id") {
			o.render(w, r, "invoice", "Invoice", l.invoiceRow(i))
			return
		}
	}
	o.fail(w, http.StatusNotFound, "Stripe's books have no such invoice.")
}

func matches(query string, texts ...string) bool {
	for _, text := range texts {
		if strings.Contains(strings.ToLower(text), strings.ToLower(query)) {
			return true
		}
	}
	return false
}

// customerOf finds the page of the first recipient who is a customer.
func (o *Outbox) customerOf(recipients []string) string {
	if o.options.Stripe == nil {
		return ""
	}
	for _, c := range o.options.Stripe.Books().Customers {
		for _, to := range recipients {
			if c.Email != "" && strings.EqualFold(c.Email, mailbox(to)) {
				return "/sandbox/stripe/customers/" + url.PathEscape(c.ID)
			}
		}
	}
	return ""
}
