package outbox

import (
	"fmt"
	"net/http"
	"net/url"
)

// happening is a button for what the bank, the account's owner or somebody at
// Stripe's dashboard does. Stripe tells of it by webhook.
type happening struct {
	Name, Label string
	of          string // the kind of thing at the stand-in: "charges"
	act         string // its button there
	form        url.Values
}

// happenings are all buttons by the thing that they are pressed for.
func happenings() map[string][]happening {
	charging := func(answer string) url.Values { return url.Values{"answer": {answer}} }
	return map[string][]happening{
		"card": {
			{"decline", "Decline its charges", "payment_methods", "charging", charging("decline")},
			{"authenticate", "Ask for the tenant at each charge", "payment_methods", "charging", charging("authenticate")},
			{"approve", "Take its charges", "payment_methods", "charging", charging("approve")},
			{"lose", "Remove it", "payment_methods", "lose", nil},
		},
		"us_bank_account": {
			{"return", "Return its debits", "payment_methods", "charging", charging("decline")},
			{"approve", "Take its debits", "payment_methods", "charging", charging("approve")},
			{"block", "Close the account", "payment_methods", "block", url.Values{"reason": {"bank_account_closed"}}},
			{"lose", "Remove it", "payment_methods", "lose", nil},
		},
		"mandate": {{"revoke", "Withdraw it", "mandates", "revoke", nil}},
		"subscription": {
			{"cancel", "Cancel it at the dashboard", "subscriptions", "cancel", nil},
			{"spoil", "Spoil the next invoice", "subscriptions", "spoil_next_invoice", nil},
		},
		"charge": {{"dispute", "Take it back (dispute)", "charges", "dispute", url.Values{"reason": {"fraudulent"}}}},
	}
}

// postHappening presses one of them.
func (o *Outbox) postHappening(w http.ResponseWriter, r *http.Request) {
	for _, h := range happenings()[r.PathValue("kind")] {
		if h.Name != r.PostFormValue("what") {
			continue
		}
		path := "/sandbox/" + h.of + "/" + url.PathEscape(r.PathValue("id")) + "/" + h.act
		if err := o.askStripe(r, http.MethodPost, path, h.form, nil); err != nil {
			o.fail(w, http.StatusUnprocessableEntity, fmt.Sprintf("Stripe’s stand-in did not take it: %v.", err))
			return
		}
		o.back(w, r)
		return
	}
	o.fail(w, http.StatusNotFound, "There is no such button.")
}
