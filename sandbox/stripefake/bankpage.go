package stripefake

import (
	"html/template"
	"net/http"
	"net/url"
)

// bankTemplate is what a tenant sees at their bank: two buttons for a
// challenge, a field for the code of a micro-deposit.
const bankTemplate = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Test bank</title><style>
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0; }
main { max-width: 28rem; margin: 10vh auto 0; padding: 0 1rem; }
form { display: flex; flex-wrap: wrap; gap: .75rem; align-items: end; }
label { display: grid; gap: .25rem; flex: 1 1 10rem; }
button, input { font: inherit; min-height: 2.75rem; padding: .25rem 1rem; min-width: 0; }
</style></head><body><main>
<h1>Test bank</h1>{{with .Failure}}<p role="alert">{{.}}</p>{{end}}
{{if eq .Kind "challenge"}}<p>Is it you?</p>
<form method="post"><button name="outcome" value="succeed">Yes, it is me</button>
<button name="outcome" value="fail">No</button></form>
{{else if eq .Kind "deposit"}}<p>$0.01 was sent to the account ending in {{.Last4}}. The statement names a code
(in this test bank it is SM11AA).</p>
<form method="post"><label>Code <input name="descriptor_code" required autocomplete="off"></label> <button>Confirm</button></form>
{{else}}<p>Nothing is waiting for you here. The status is {{.Status}}.</p>{{end}}</main></body></html>`

type bankView struct{ Kind, Status, Last4, Failure, back string }

// bankRoutes are the pages that next_action and hosted_invoice_url lead to.
func (s *Server) bankRoutes(mux *http.ServeMux) {
	page := template.Must(template.New("bank").Parse(bankTemplate))
	outcome := spec{"outcome": oneOf("succeed", "fail").must()}
	for _, b := range []struct {
		path string
		view func(id string) (bankView, bool)
		acts map[string]endpoint
	}{
		{"/sandbox/setup_intents/{id}/bank", s.setupView, map[string]endpoint{
			"challenge": {spec: outcome, act: authenticate, button: true},
			"deposit":   {spec: spec{"descriptor_code": text().must()}, act: verifyMicrodeposits, button: true},
		}},
		{"/sandbox/payment_intents/{id}/bank", s.paymentView, map[string]endpoint{
			"challenge": {spec: outcome, act: authenticatePayment, button: true},
		}},
	} {
		h := bankHandler{s, page, b.view, b.acts}
		mux.HandleFunc("GET "+b.path, h.show)
		mux.HandleFunc("POST "+b.path, h.submit)
	}
	mux.HandleFunc("GET /sandbox/invoices/{id}", s.hostedInvoice)
}

type bankHandler struct {
	s    *Server
	page *template.Template
	view func(id string) (bankView, bool)
	acts map[string]endpoint
}

func (h bankHandler) show(w http.ResponseWriter, r *http.Request) {
	view, ok := h.view(r.PathValue("id"))
	if !ok {
		http.NotFound(w, r)
		return
	}
	h.render(w, http.StatusOK, view)
}

func (h bankHandler) render(w http.ResponseWriter, status int, view bankView) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	if err := h.page.Execute(w, view); err != nil {
		h.s.log.Error("show bank page", "error", err)
	}
}

// submit does what the person chose and sends them back to where they came
// from, with the parameters Stripe adds; without such an address they stay.
func (h bankHandler) submit(w http.ResponseWriter, r *http.Request) {
	before, _ := h.view(r.PathValue("id"))
	act, waiting := h.acts[before.Kind]
	if !waiting {
		h.show(w, r)
		return
	}
	x := &exchange{s: h.s, e: act, r: r, id: newID("req")}
	out, err := x.run()
	if err != nil || out.status != http.StatusOK {
		before.Failure = "That did not work. Please look at the code again."
		h.render(w, http.StatusBadRequest, before)
		return
	}
	leadTo(w, h.returnTo(before.back, r.PathValue("id")))
}

// leadTo redirects without making the address absolute: only the browser knows
// the prefix this handler is mounted under.
func leadTo(w http.ResponseWriter, address string) {
	w.Header().Set("Location", address)
	w.WriteHeader(http.StatusSeeOther)
}

func (h bankHandler) returnTo(back, id string) string {
	target, err := url.Parse(back)
	if err != nil || back == "" {
		return "bank"
	}
	h.s.mu.Lock()
	defer h.s.mu.Unlock()
	si, _ := h.s.store.setupIntents.get(id)
	query := target.Query()
	query.Set("setup_intent", si.ID)
	query.Set("setup_intent_client_secret", si.ClientSecret)
	query.Set("redirect_status", map[bool]string{true: "succeeded", false: "failed"}[si.Status == "succeeded"])
	target.RawQuery = query.Encode()
	return target.String()
}

func (s *Server) setupView(id string) (bankView, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	si, ok := s.store.setupIntents.get(id)
	pm, _ := s.store.paymentMethods.get(string(si.PaymentMethod))
	view := bankView{Kind: kindOf(si.Status, si.hidden.Deadline > 0), Status: si.Status, back: si.hidden.ReturnURL}
	if pm.USBankAccount != nil {
		view.Last4 = pm.USBankAccount.Last4
	}
	return view, ok
}

func (s *Server) paymentView(id string) (bankView, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	pi, ok := s.store.paymentIntents.get(id)
	return bankView{Kind: kindOf(pi.Status, false), Status: pi.Status}, ok
}

func kindOf(status string, deposit bool) string {
	switch {
	case status != "requires_action":
		return "nothing"
	case deposit:
		return "deposit"
	}
	return "challenge"
}

// hostedInvoice leads to the bank's page of the invoice's payment.
func (s *Server) hostedInvoice(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	inv, ok := s.store.invoices.get(r.PathValue("id"))
	s.mu.Unlock()
	if !ok || inv.PaymentIntent == "" {
		http.NotFound(w, r)
		return
	}
	leadTo(w, "../payment_intents/"+string(inv.PaymentIntent)+"/bank")
}
