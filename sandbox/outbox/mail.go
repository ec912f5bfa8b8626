package outbox

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"carryover/sandbox/resendfake"
)

const mailsAtOnce = 100

type mailPage struct {
	Query string
	List  []mailRow
	More  string // where to find older ones, "" where there are none
	Open  *openMail
}

type mailRow struct {
	resendfake.Email
	Path    string
	Snippet string
	Since   string // as short as a list wants it
	Open    bool
}

type openMail struct {
	resendfake.Email
	View     string // html, text or details
	Views    []view
	BodyPath string
	Headers  []header
	Customer string // the page of the recipient's Stripe customer
	Events   []string
}

type view struct{ Name, Label, Path string }

type header struct{ Name, Value string }

func (o *Outbox) serveMail(w http.ResponseWriter, r *http.Request) {
	query, id := strings.TrimSpace(r.URL.Query().Get("q")), r.PathValue("id")
	limit := mailsAtOnce
	if r.URL.Query().Has("all") {
		limit = 0
	}
	page := mailPage{Query: query}
	for _, e := range o.options.Mail.Search(query, limit) {
		page.List = append(page.List, o.mailRow(e, mailPath(e.ID, "", query), e.ID == id))
	}
	if limit > 0 && len(page.List) == limit {
		page.More = r.URL.Path + "?" + url.Values{"q": {query}, "all": {""}}.Encode()
	}
	if id != "" {
		e, ok := o.options.Mail.Email(id)
		if !ok {
			o.fail(w, http.StatusNotFound, "There is no such email.")
			return
		}
		page.Open = o.opened(e, r.URL.Query().Get("view"), query)
	}
	o.render(w, r, "mail", "Mail", page)
}

func (o *Outbox) opened(e resendfake.Email, chosen, query string) *openMail {
	m := &openMail{Email: e, BodyPath: mailPath(e.ID, "", "") + "/body", Customer: o.customerOf(e.To)}
	if e.HTML != "" {
		m.Views = append(m.Views, view{"html", "Message", mailPath(e.ID, "html", query)})
	}
	if e.Text != "" {
		m.Views = append(m.Views, view{"text", "Plain text", mailPath(e.ID, "text", query)})
	}
	m.Views = append(m.Views, view{"details", "Details", mailPath(e.ID, "details", query)})
	m.View = m.Views[0].Name
	if slices.ContainsFunc(m.Views, func(v view) bool { return v.Name == chosen }) {
		m.View = chosen
	}
	for name, value := range e.Headers {
		m.Headers = append(m.Headers, header{name, value})
	}
	slices.SortFunc(m.Headers, func(a, b header) int { return strings.Compare(a.Name, b.Name) })
	if e.LastEvent != "scheduled" && e.LastEvent != "canceled" {
		m.Events = []string{"opened", "clicked", "bounced", "complained"}
	}
	return m
}

func mailPath(id, view, query string) string {
	path := "/sandbox/mail/" + url.PathEscape(id)
	q := url.Values{}
	if view != "" {
		q.Set("view", view)
	}
	if query != "" {
		q.Set("q", query)
	}
	if len(q) > 0 {
		path += "?" + q.Encode()
	}
	return path
}

// snippet is the beginning of an email's text in one line.
func snippet(e resendfake.Email) string {
	const most = 140
	text := strings.Join(strings.Fields(e.Text), " ")
	if utf8.RuneCountInString(text) > most {
		text = string([]rune(text)[:most]) + "…"
	}
	return text
}

// postEvent is the recipient or their mail server doing something.
func (o *Outbox) postEvent(w http.ResponseWriter, r *http.Request) {
	event := "email." + r.PostFormValue("event")
	if err := o.options.Mail.Happen(r.PathValue("id"), event); err != nil {
		o.fail(w, http.StatusUnprocessableEntity, fmt.Sprintf("That cannot happen to this email: %v.", err))
		return
	}
	o.back(w, r)
}
