// Package outbox is the page on which people look at what the stand-ins of
// Resend, Stripe and Twilio believe: the emails as their readers see them,
// the text threads, Stripe's books, and buttons for what happens outside the
// program under test.
//
// It owns the page only. All state is the stand-ins'; the outbox reads it
// through their exported methods and keeps nothing. It asks nobody to sign
// in: whoever mounts it decides who reaches it, and it belongs in no
// installation with real people.
//
// Everything it shows was written by somebody else. Text goes through
// html/template; an email's own HTML is served apart, in a sandbox without
// scripts (see serveBody).
package outbox

import (
	"embed"
	"fmt"
	"html/template"
	"log/slog"
	"net/http"
	"time"

	"carryover/sandbox/resendfake"
	"carryover/sandbox/stripefake"
	"carryover/sandbox/twiliofake"
)

//go:embed pages assets
var files embed.FS

// Clock is the time that the stand-ins go by.
type Clock interface{ Now() time.Time }

// Advancer is a Clock that people may move on. Where the Clock given is one,
// the page offers buttons for it.
type Advancer interface {
	Advance(d time.Duration) error
}

// Options say what the page shows. A stand-in that is nil has no section.
type Options struct {
	Mail   *resendfake.Server
	Stripe *stripefake.Server
	Phone  *twiliofake.Server
	Clock  Clock  // wall time if nil
	Title  string // "Sandbox" if empty

	// StripeKey is the stand-in's secret key, with which the page lists the
	// card readers; where it is empty they are not shown.
	StripeKey string

	// Console is where staff work, for the links that lead a newcomer there,
	// and SignIn is how one gets in. Empty, neither is spoken of.
	Console, SignIn string

	Logger *slog.Logger // slog.Default if nil
}

// Outbox is the page. Mount it at /sandbox/; it answers nothing else.
type Outbox struct {
	options Options
	pages   map[string]*template.Template
	handler http.Handler
}

type wallClock struct{}

func (wallClock) Now() time.Time { return time.Now() }

// New prepares the page.
func New(options Options) (*Outbox, error) {
	if options.Clock == nil {
		options.Clock = wallClock{}
	}
	if options.Title == "" {
		options.Title = "Sandbox"
	}
	if options.Logger == nil {
		options.Logger = slog.Default()
	}
	pages, err := parsePages()
	if err != nil {
		return nil, fmt.Errorf("parse the outbox's pages: %w", err)
	}
	o := &Outbox{options: options, pages: pages}
	mux := http.NewServeMux()
	o.routes(mux)
	// Buttons act for whoever presses them, so a page of another origin must
	// not be able to.
	o.handler = http.NewCrossOriginProtection().Handler(mux)
	return o, nil
}

func (o *Outbox) routes(mux *http.ServeMux) {
	if o.home() == deskPath {
		mux.HandleFunc("GET "+deskPath+"{$}", o.serveDesk)
	} else {
		mux.Handle("GET "+deskPath+"{$}", http.RedirectHandler(o.home(), http.StatusSeeOther))
	}
	mux.HandleFunc("GET /sandbox/assets/{name}", o.serveAsset)
	if o.options.Mail != nil {
		mux.HandleFunc("GET /sandbox/mail", o.serveMail)
		mux.HandleFunc("GET /sandbox/mail/{id}", o.serveMail)
		mux.HandleFunc("GET /sandbox/mail/{id}/body", o.serveBody)
		mux.HandleFunc("POST /sandbox/mail/{id}/events", o.postEvent)
		mux.HandleFunc("GET /sandbox/api/emails", o.apiEmails)
	}
	if o.options.Phone != nil {
		mux.HandleFunc("GET /sandbox/phone", o.servePhone)
		mux.HandleFunc("GET /sandbox/phone/{phone}", o.servePhone)
		mux.HandleFunc("POST /sandbox/phone/{phone}/replies", o.postReply)
		mux.HandleFunc("GET /sandbox/api/threads", o.apiThreads)
	}
	if o.options.Stripe != nil {
		mux.HandleFunc("GET /sandbox/stripe", o.serveCustomers)
		mux.HandleFunc("GET /sandbox/stripe/customers/{id}", o.serveCustomer)
		mux.HandleFunc("GET /sandbox/stripe/subscriptions", o.serveSubscriptions)
		mux.HandleFunc("GET /sandbox/stripe/invoices", o.serveInvoices)
		mux.HandleFunc("GET /sandbox/stripe/invoices/{id}", o.serveInvoice)
		mux.HandleFunc("GET /sandbox/api/books", o.apiBooks)
		mux.HandleFunc("POST /sandbox/stripe/happenings/{kind}/{id}", o.postHappening)
	}
	if o.hasReaders() {
		mux.HandleFunc("GET /sandbox/readers", o.serveReaders)
		mux.HandleFunc("POST /sandbox/readers/{id}/{act}", o.postReader)
	}
	mux.HandleFunc("GET /sandbox/faults", o.serveFaults)
	mux.HandleFunc("POST /sandbox/faults", o.postFault)
	mux.HandleFunc("POST /sandbox/faults/clear", o.clearFaults)
	mux.HandleFunc("POST /sandbox/clock", o.postClock)
	mux.HandleFunc("/sandbox/", func(w http.ResponseWriter, _ *http.Request) {
		o.fail(w, http.StatusNotFound, "There is no such page here.")
	})
}

const deskPath = "/sandbox/"

func (o *Outbox) home() string {
	switch {
	case o.options.Mail != nil || o.options.Phone != nil:
		return deskPath
	case o.options.Stripe != nil:
		return "/sandbox/stripe"
	default:
		return "/sandbox/faults"
	}
}

// policy allows the page its own files and nothing else.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; " +
	"frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// ServeHTTP answers everything under /sandbox/.
func (o *Outbox) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	// Same-origin rather than none: without an Origin a browser's form posts
	// could not be told from those of another page.
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
	o.handler.ServeHTTP(w, r)
}
