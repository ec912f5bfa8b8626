package stripefake

// advance lets everything happen that was due by now, each at its own moment
// and in the order of those moments, so that a clock moved over three months
// leaves three invoices with three dates.
func (s *Server) advance() {
	now := s.now()
	for {
		due, ok := s.store.agenda.next(now)
		if !ok {
			return
		}
		(&tx{store: s.store, opts: s.opts, now: due.at}).keep(due)
	}
}

// keep does what an appointment is for, if its row still wants it.
func (t *tx) keep(a appointment) {
	object, ok := t.shelves[a.shelf].object(a.id)
	if row, is := object.(timed); !ok || !is || row.dueAt() != a.at {
		return
	}
	switch row := object.(type) {
	case subscription:
		t.roll(row)
	case paymentIntent:
		t.settle(row)
	case setupIntent:
		_ = t.verificationFailed(row, depositTimeout()) // nobody asked: the intent shows it
	case invoice:
		if sub, ok := t.subscriptions.get(string(row.Subscription)); ok {
			t.collect(row, sub)
		}
	}
}

// roll ends a subscription's period: it expires, is canceled as planned, or
// is invoiced for the next one.
func (t *tx) roll(sub subscription) {
	switch {
	case sub.Status == "incomplete":
		t.expire(sub)
	case sub.CancelAtPeriodEnd:
		t.end(sub, "canceled")
	default:
		t.renew(sub)
	}
}

// expire gives a first payment up, but not while a bank is deciding about it.
func (t *tx) expire(sub subscription) {
	inv, _ := t.invoices.get(string(sub.LatestInvoice))
	if pi, _ := t.paymentIntents.get(string(inv.PaymentIntent)); pi.Status == "processing" {
		sub.hidden.Expires = max(pi.hidden.SettleAt, t.now) + firstPatience
		t.subscriptions.put(sub)
		return
	}
	t.end(sub, "incomplete_expired")
}

func (t *tx) renew(sub subscription) {
	before := sub
	v := sub.interval()
	sub.CurrentPeriodStart = before.CurrentPeriodEnd
	sub.CurrentPeriodEnd = v.next(sub.BillingCycleAnchor, sub.CurrentPeriodStart)
	if sub.Status == "trialing" {
		sub.Status = "active"
	}
	spoiled := sub.hidden.Spoiled
	sub.hidden.Spoiled = false
	inv := t.draftInvoice(before, sub.lines(sub.nextSpan(before.CurrentPeriodEnd)), "subscription_cycle")
	sub.LatestInvoice = maybe(inv.ID)
	t.subscriptions.put(sub)
	t.emitChange("customer.subscription.updated", before, sub)
	switch {
	case spoiled:
		t.refuseToFinalize(inv)
	case sub.Status == "unpaid": // its invoices stay drafts until somebody takes care of the old ones
		inv.AutoAdvance = false
		t.invoices.put(inv)
	default:
		t.collect(t.finalize(inv), sub)
	}
}

// nextSpan is the full period that begins at start.
func (s subscription) nextSpan(start int64) []span {
	return []span{{start: start, end: s.interval().next(s.BillingCycleAnchor, start)}}
}
