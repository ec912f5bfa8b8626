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
	Path string
	Last twiliofake.Message
	Open bool
}

type openThread struct {
	twiliofake.Thread
	ReplyPath string
	Quick     []string
}

func (o *Outbox) servePhone(w http.ResponseWriter, r *http.Request) {
	phone := r.PathValue("phone")
	page := phonePage{Query: strings.TrimSpace(r.URL.Query().Get("q"))}
	for _, t := range o.options.Phone.Threads() {
		open := t.Phone == phone && page.Open == nil
		if open {
			page.Open = &openThread{t, phonePath(phone) + "/replies", []string{"STOP", "START"}}
		}
		if strings.Contains(t.Phone, page.Query) {
			page.Threads = append(page.Threads, threadRow{t, phonePath(t.Phone), t.Messages[len(t.Messages)-1], open})
		}
	}
	if phone != "" && page.Open == nil {
		o.fail(w, http.StatusNotFound, "There is no conversation with this phone.")
		return
	}
	o.render(w, r, "phone", "Texts", page)
}

func phonePath(phone string) string { return "/sandbox/phone/" + url.PathEscape(phone) }

// postReply is the person at the phone who answers.
func (o *Outbox) postReply(w http.ResponseWriter, r *http.Request) {
	if _, err := o.options.Phone.Reply(r.PathValue("phone"), r.PostFormValue("body")); err != nil {
		o.fail(w, http.StatusUnprocessableEntity, fmt.Sprintf("That text could not be sent: %v.", err))
		return
	}
	http.Redirect(w, r, phonePath(r.PathValue("phone")), http.StatusSeeOther)
}
