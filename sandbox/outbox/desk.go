package outbox

import (
	"net/http"
	"net/url"

	"carryover/sandbox/resendfake"
)

// deskRows is how much of each list stands on the first page; the rest is one click away.
const deskRows = 8

// deskPage is a tenant's phone and mail program side by side. What is not chosen is the newest, so that whatever arrives opens by
// itself beside the window in which it was sent.
type deskPage struct {
	Phone           *phonePage
	Mail            *mailPage
	Console, SignIn string
}

// choice is what is open on each side; "" is the newest.
type choice struct{ phone, mail string }

func (c choice) path() string {
	q := url.Values{}
	if c.phone != "" {
		q.Set("phone", c.phone)
	}
	if c.mail != "" {
		q.Set("mail", c.mail)
	}
	if len(q) == 0 {
		return "/sandbox/"
	}
	return "/sandbox/?" + q.Encode()
}

func (o *Outbox) serveDesk(w http.ResponseWriter, r *http.Request) {
	chosen := choice{r.URL.Query().Get("phone"), r.URL.Query().Get("mail")}
	page := deskPage{Console: o.options.Console, SignIn: o.options.SignIn}
	if o.options.Mail != nil {
		page.Mail = o.deskMail(chosen)
	}
	if o.options.Phone != nil {
		page.Phone = o.deskPhone(chosen)
	}
	o.render(w, r, "desk", "Phone and mail", page)
}

func (o *Outbox) deskMail(chosen choice) *mailPage {
	page := &mailPage{}
	newest := o.options.Mail.Search("", deskRows)
	open, found := o.options.Mail.Email(chosen.mail)
	if !found && len(newest) > 0 {
		open = newest[0]
	}
	for _, e := range newest {
		page.List = append(page.List, o.mailRow(e, choice{chosen.phone, e.ID}.path(), e.ID == open.ID))
	}
	if open.ID != "" {
		page.Open = o.opened(open, "", "")
	}
	return page
}

func (o *Outbox) deskPhone(chosen choice) *phonePage {
	page := &phonePage{}
	threads := o.options.Phone.Threads()
	for _, t := range threads {
		if t.Phone == chosen.phone {
			page.Open = o.openThread(t, chosen.path())
		}
	}
	if page.Open == nil && len(threads) > 0 {
		page.Open = o.openThread(threads[0], choice{threads[0].Phone, chosen.mail}.path())
	}
	for _, t := range threads[:min(deskRows, len(threads))] {
		page.Threads = append(page.Threads, o.threadRow(t, choice{t.Phone, chosen.mail}.path(), t.Phone == page.Open.Phone))
	}
	return page
}

func (o *Outbox) mailRow(e resendfake.Email, path string, open bool) mailRow {
	return mailRow{Email: e, Path: path, Snippet: snippet(e), Since: since(e.AcceptedAt, o.options.Clock.Now()), Open: open}
}
