package outbox

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"carryover/sandbox/twiliofake"
)

type phonePage struct {
	Query   string
	Threads []threadRow
	Open    *openThread
}

type threadRow struct {
	twiliofake.Thread
	Path  string
	Last  twiliofake.Message
	Since string // as short as a list wants it
	Open  bool
}

type openThread struct {
	twiliofake.Thread
	ReplyPath string
	Back      string // where whoever answers goes on
	Quick     []string
}

func (o *Outbox) servePhone(w http.ResponseWriter, r *http.Request) {
	phone := r.PathValue("phone")
	page := phonePage{Query: strings.TrimSpace(r.URL.Query().Get("q"))}
	for _, t := range o.options.Phone.Threads() {
		open := t.Phone == phone && page.Open == nil
		if open {
			page.Open = o.openThread(t, phonePath(phone))
		}
		if strings.Contains(t.Phone, page.Query) {
			page.Threads = append(page.Threads, o.threadRow(t, phonePath(t.Phone), open))
		}
	}
	if phone != "" && page.Open == nil {
		o.fail(w, http.StatusNotFound, "There is no conversation with this phone.")
		return
	}
	o.render(w, r, "phone", "Texts", page)
}

func (o *Outbox) openThread(t twiliofake.Thread, back string) *openThread {
	return &openThread{t, phonePath(t.Phone) + "/replies", back, []string{"STOP", "START"}}
}

func (o *Outbox) threadRow(t twiliofake.Thread, path string, open bool) threadRow {
	return threadRow{t, path, t.Messages[len(t.Messages)-1], since(t.LastAt(), o.options.Clock.Now()), open}
}

func phonePath(phone string) string { return "/sandbox/phone/" + url.PathEscape(phone) }

// postReply is the person at the phone who answers.
func (o *Outbox) postReply(w http.ResponseWriter, r *http.Request) {
	if _, err := o.options.Phone.Reply(r.PathValue("phone"), r.PostFormValue("body")); err != nil {
		o.fail(w, http.StatusUnprocessableEntity, fmt.Sprintf("That text could not be sent: %v.", err))
		return
	}
	o.back(w, r)
}
