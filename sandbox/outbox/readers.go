package outbox

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
)

// reader is a card reader as Stripe's API shows it.
type reader struct {
	ID     string `json:"id"`
	Label  string `json:"label"`
	Status string `json:"status"`
	Serial string `json:"serial_number"`
	Place  *struct {
		Name string `json:"display_name"`
	} `json:"location"`
	Action *struct {
		Status  string `json:"status"`
		Failure string `json:"failure_message"`
	} `json:"action"`
}

// Waiting tells whether the reader asks for a card.
func (r reader) Waiting() bool { return r.Action != nil && r.Action.Status == "in_progress" }

type readersPage struct {
	Readers []reader
	Cards   []card
}

// card is one that a person may hold to a reader.
type card struct{ Label, ID string }

func cards() []card {
	return []card{
		{"Visa •• 4242", "pm_card_visa"},
		{"Mastercard •• 4444", "pm_card_mastercard"},
		{"Declined when saved •• 0002", "pm_card_chargeDeclined"},
		{"Fails when charged •• 9995", "pm_card_chargeDeclinedInsufficientFunds"},
	}
}

func (o *Outbox) hasReaders() bool { return o.options.Stripe != nil && o.options.StripeKey != "" }

func (o *Outbox) serveReaders(w http.ResponseWriter, r *http.Request) {
	var listed struct {
		Data []reader `json:"data"`
	}
	if err := o.askStripe(r, http.MethodGet, "/v1/terminal/readers?limit=100&expand[]=data.location", nil, &listed); err != nil {
		o.fail(w, http.StatusBadGateway, fmt.Sprintf("The readers could not be listed: %v.", err))
		return
	}
	o.render(w, r, "readers", "Card readers", readersPage{listed.Data, cards()})
}

// postReader is somebody at the reader: a card is held to it, the bank says
// no, the person walks off, the plug is pulled.
func (o *Outbox) postReader(w http.ResponseWriter, r *http.Request) {
	form := url.Values{}
	switch act := r.PathValue("act"); act {
	case "present":
		form.Set("card", r.PostFormValue("card"))
		if r.PostFormValue("wallet") != "" {
			form.Set("wallet", "true")
		}
	case "decline", "cancel", "plug", "unplug":
	default:
		o.fail(w, http.StatusNotFound, "A reader has no such button.")
		return
	}
	path := "/sandbox/readers/" + url.PathEscape(r.PathValue("id")) + "/" + r.PathValue("act")
	if err := o.askStripe(r, http.MethodPost, path, form, nil); err != nil {
		o.fail(w, http.StatusUnprocessableEntity, fmt.Sprintf("The reader did not take it: %v.", err))
		return
	}
	o.back(w, r)
}

// askStripe calls the stand-in without a network between.
func (o *Outbox) askStripe(r *http.Request, method, path string, form url.Values, into any) error {
	req, err := http.NewRequestWithContext(r.Context(), method, path, strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Bearer "+o.options.StripeKey)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer := httptest.NewRecorder()
	o.options.Stripe.ServeHTTP(answer, req)
	if answer.Code != http.StatusOK {
		var refused struct {
			Error struct {
				Message string `json:"message"`
			} `json:"error"`
		}
		_ = json.Unmarshal(answer.Body.Bytes(), &refused) // an empty message is told as the status alone
		return fmt.Errorf("%d %s", answer.Code, refused.Error.Message)
	}
	if into == nil {
		return nil
	}
	return json.Unmarshal(answer.Body.Bytes(), into)
}
