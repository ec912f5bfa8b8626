package stripefake

import "strings"

// row is anything the store keeps. The group is what its list is mostly asked
// by (the customer, or a customer's email) and empty where there is none.
type row interface {
	ident() (id, group string)
}

// timed is a row that something will happen to by itself: a period ends, a
// debit settles, a code expires. 0 means nothing will.
type timed interface {
	dueAt() int64
}

// secretive is a row with state that Stripe knows and does not tell, such as
// how a test card behaves. It is journalled and never answered.
type secretive interface {
	secret() any
}

// store is every object there is. The server's mutex guards all of it.
type store struct {
	customers      *table[customer]
	products       *table[product]
	prices         *table[price]
	paymentMethods *table[paymentMethod]
	setupIntents   *table[setupIntent]
	setupAttempts  *table[setupAttempt]
	mandates       *table[mandate]
	subscriptions  *table[subscription]
	invoices       *table[invoice]
	paymentIntents *table[paymentIntent]
	charges        *table[charge]
	refunds        *table[refund]
	disputes       *table[dispute]
	readers        *table[reader]
	places         *table[terminalLocation]
	events         *table[event]
	keys           *table[idempotencyKey]

	shelves map[string]shelf
	dirty   []ref
	marked  map[ref]bool
	agenda  agenda
}

// shelf is a table without its type: what the journal and expand need.
type shelf interface {
	object(id string) (any, bool)
	pack(id string) (record, error)
	unpack(r record) error
	ids() []string
}

type ref struct{ shelf, id string }

func newStore() *store {
	s := &store{shelves: map[string]shelf{}, marked: map[ref]bool{}}
	s.customers = newTable[customer](s, "customer", "customer")
	s.products = newTable[product](s, "product", "product")
	s.prices = newTable[price](s, "price", "price")
	s.paymentMethods = newTable[paymentMethod](s, "payment_method", "PaymentMethod")
	s.setupIntents = newTable[setupIntent](s, "setup_intent", "setupintent")
	s.setupAttempts = newTable[setupAttempt](s, "setup_attempt", "setupattempt")
	s.mandates = newTable[mandate](s, "mandate", "mandate")
	s.subscriptions = newTable[subscription](s, "subscription", "subscription")
	s.invoices = newTable[invoice](s, "invoice", "invoice")
	s.paymentIntents = newTable[paymentIntent](s, "payment_intent", "payment_intent")
	s.charges = newTable[charge](s, "charge", "charge")
	s.refunds = newTable[refund](s, "refund", "refund")
	s.disputes = newTable[dispute](s, "dispute", "dispute")
	s.readers = newTable[reader](s, "terminal.reader", "terminal.reader")
	s.places = newTable[terminalLocation](s, "terminal.location", "terminal.location")
	s.events = newTable[event](s, "event", "event")
	s.keys = newTable[idempotencyKey](s, "idempotency_key", "idempotency key")
	return s
}

// lookup finds any object by the kind a reference to it has.
func (s *store) lookup(kind, id string) (any, bool) {
	shelf, ok := s.shelves[kind]
	if !ok || !strings.Contains(id, "_") && kind != "product" {
		return nil, false
	}
	return shelf.object(id)
}
