package stripefake

import "slices"

// Books shows the state as it stands; it does not move the clock first (see Advance).
func (s *Server) Books() Books {
	s.mu.Lock()
	defer s.mu.Unlock()
	return Books{
		Now:           s.now(),
		Customers:     booked(s.store.customers, s.store.bookCustomer),
		Subscriptions: booked(s.store.subscriptions, bookSubscription),
		Invoices:      booked(s.store.invoices, bookInvoice),
		Charges:       booked(s.store.charges, bookCharge),
	}
}

func booked[T row, B any](t *table[T], book func(T) B) []B {
	all := make([]B, 0, len(t.order))
	for _, id := range slices.Backward(t.order) {
		all = append(all, book(t.rows[id]))
	}
	return all
}

func (s *store) bookCustomer(c customer) BookCustomer {
	b := BookCustomer{
		ID: c.ID, Email: string(c.Email), Name: string(c.Name), Metadata: c.Metadata, Created: c.Created,
		DefaultPaymentMethod: string(c.InvoiceSettings.DefaultPaymentMethod), PaymentMethods: []BookPaymentMethod{},
	}
	for _, pm := range s.paymentMethods.of(c.ID) {
		entry := BookPaymentMethod{ID: pm.ID, Type: pm.Type}
		switch {
		case pm.Card != nil:
			entry.Brand, entry.Last4 = pm.Card.Brand, pm.Card.Last4
		case pm.USBankAccount != nil:
			entry.Brand, entry.Last4 = pm.USBankAccount.BankName, pm.USBankAccount.Last4
		}
		for _, m := range s.mandates.of(pm.ID) {
			entry.Mandates = append(entry.Mandates, BookMandate{m.ID, m.Status})
		}
		b.PaymentMethods = append(b.PaymentMethods, entry)
	}
	return b
}

func bookSubscription(s subscription) BookSubscription {
	b := BookSubscription{
		ID: s.ID, Customer: s.Customer, Status: s.Status, Metadata: s.Metadata, Currency: s.Currency,
		DefaultPaymentMethod: string(s.DefaultPaymentMethod), StartDate: s.StartDate, BillingCycleAnchor: s.BillingCycleAnchor,
		CurrentPeriodStart: s.CurrentPeriodStart, CurrentPeriodEnd: s.CurrentPeriodEnd, TrialEnd: int64(s.TrialEnd),
		CancelAtPeriodEnd: s.CancelAtPeriodEnd, CanceledAt: int64(s.CanceledAt), NextChargeAt: s.nextChargeAt(),
		LatestInvoice: string(s.LatestInvoice), PendingSetupIntent: string(s.PendingSetupIntent), Created: s.Created,
	}
	for _, item := range s.Items.Data {
		b.Items = append(b.Items, BookItem{
			ID: item.ID, Product: item.Price.Product, UnitAmount: item.Price.UnitAmount,
			Quantity: item.Quantity, Interval: item.Price.Recurring.Interval,
		})
	}
	if b.NextChargeAt > 0 {
		b.NextAmount = totalOf(s.lines(s.nextSpan(b.NextChargeAt)))
	}
	return b
}

func bookInvoice(i invoice) BookInvoice {
	b := BookInvoice{
		ID: i.ID, Customer: i.Customer, Subscription: string(i.Subscription), Status: i.Status, BillingReason: i.BillingReason,
		Currency: i.Currency, Total: i.Total, AmountDue: i.AmountDue, AmountPaid: i.AmountPaid, PeriodStart: i.PeriodStart,
		PeriodEnd: i.PeriodEnd, PaidAt: int64(i.StatusTransitions.PaidAt), Created: i.Created, Lines: []BookLine{},
	}
	for _, l := range i.Lines.Data {
		b.Lines = append(b.Lines, BookLine{
			Description: l.Description, Product: l.Price.Product, Amount: l.Amount, Proration: l.Proration,
			PeriodStart: l.Period.Start, PeriodEnd: l.Period.End,
		})
	}
	return b
}

func bookCharge(c charge) BookCharge {
	return BookCharge{
		ID: c.ID, Customer: c.Customer, Invoice: string(c.Invoice), Status: c.Status, Currency: c.Currency, Amount: c.Amount,
		AmountRefunded: c.AmountRefunded, Disputed: c.Disputed, FailureCode: string(c.FailureCode),
		PaymentMethod: c.PaymentMethod, Created: c.Created,
	}
}
