package stripefake

import (
	"encoding/json"
	"net/http"
)

// sandboxRoutes are the buttons for what happens outside the API. They ask for
// no key: whoever mounts the handler decides who reaches them.
func (s *Server) sandboxRoutes(mux *http.ServeMux) {
	outcome := spec{"outcome": oneOf("succeed", "fail").must()}
	link := spec{"account_number": text(), "name": text(), "email": email()}
	for _, b := range append(append(afterwardsButtons(), disputeButtons()...), []endpoint{
		{pattern: "POST /sandbox/setup_intents/{id}/authenticate", spec: outcome, act: authenticate},
		{pattern: "POST /sandbox/payment_intents/{id}/authenticate", spec: outcome, act: authenticatePayment},
		{pattern: "POST /sandbox/setup_intents/{id}/verify_bank", spec: link, act: linkBank},
		{pattern: "POST /sandbox/refunds/{id}/fail", spec: spec{}, act: failRefund},
		{pattern: "POST /sandbox/payment_methods/{id}/update_card", spec: spec{"exp_month": between(1, 12).must(), "exp_year": integer().must()}, act: updateCard},
		{pattern: "POST /sandbox/payment_methods/{id}/lose", spec: spec{}, act: detachPaymentMethod},
		{pattern: "POST /sandbox/readers/{id}/present", spec: spec{"card": text(), "wallet": boolean()}, act: presentCard},
		{pattern: "POST /sandbox/readers/{id}/decline", spec: spec{}, act: declineAtReader},
		{pattern: "POST /sandbox/readers/{id}/cancel", spec: spec{}, act: cancelAtReader},
		{pattern: "POST /sandbox/readers/{id}/unplug", spec: spec{}, act: plug("offline")},
		{pattern: "POST /sandbox/readers/{id}/plug", spec: spec{}, act: plug("online")},
	}...) {
		b.button = true
		mux.HandleFunc(b.pattern, s.serve(b))
	}
	mux.HandleFunc("GET /sandbox/books", s.showBooks)
	mux.HandleFunc("GET /sandbox/requests", func(w http.ResponseWriter, _ *http.Request) { writeJSON(w, http.StatusOK, s.Requests()) })
	mux.HandleFunc("GET /sandbox/faults", func(w http.ResponseWriter, _ *http.Request) { writeJSON(w, http.StatusOK, s.Faults.List()) })
	mux.HandleFunc("POST /sandbox/faults", s.orderFault)
	mux.HandleFunc("DELETE /sandbox/faults", s.clearFaults)
	mux.HandleFunc("POST /sandbox/release", func(w http.ResponseWriter, _ *http.Request) {
		s.Faults.Release()
		w.WriteHeader(http.StatusNoContent)
	})
	s.bankRoutes(mux)
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v) // a reader that went away misses nothing that is kept
}

func (s *Server) showBooks(w http.ResponseWriter, _ *http.Request) {
	if err := s.Advance(); err != nil {
		writeJSON(w, http.StatusInternalServerError, map[string]string{"error": err.Error()})
		return
	}
	writeJSON(w, http.StatusOK, s.Books())
}

// orderFault takes one Fault as JSON and answers it with its id.
func (s *Server) orderFault(w http.ResponseWriter, r *http.Request) {
	var order Fault
	decoder := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<16))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&order); err != nil {
		writeJSON(w, http.StatusBadRequest, map[string]string{"error": "decode fault: " + err.Error()})
		return
	}
	if !order.Kind.known() {
		writeJSON(w, http.StatusBadRequest, map[string]string{"error": "unknown kind " + string(order.Kind) + "; use one of the FaultKind constants, such as error_after"})
		return
	}
	order.ID = s.Faults.Add(order)
	writeJSON(w, http.StatusCreated, order)
}

func (k FaultKind) known() bool {
	switch k {
	case Delay, RateLimit, RateLimitDate, LockTimeout, Unavailable, ErrorBefore, ErrorAfter, DropAfter,
		CutBefore, Hold, HoldBefore, WebhookTwice, WebhookLate, WebhookSwap:
		return true
	}
	return false
}

func (s *Server) clearFaults(w http.ResponseWriter, _ *http.Request) {
	s.Faults.Clear()
	w.WriteHeader(http.StatusNoContent)
}

// updateCard is the card network telling of a renewed card, which a merchant
// only learns from the event.
func updateCard(c *call) (any, error) {
	pm, err := c.paymentMethods.path(c.id, "payment_method")
	if err != nil {
		return nil, err
	}
	if pm.Card == nil {
		return nil, badRequest("", "Only cards are renewed; this payment method is a %s.", pm.Type)
	}
	before, renewed := pm, *pm.Card
	renewed.ExpMonth, renewed.ExpYear = c.p.int("exp_month"), fullYear(c.p.int("exp_year"))
	pm.Card = &renewed
	c.paymentMethods.put(pm)
	c.emitChange("payment_method.automatically_updated", before, pm)
	return pm, nil
}
