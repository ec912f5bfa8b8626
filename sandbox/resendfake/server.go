// Package resendfake is a stateful stand-in of Resend's HTTP API as
// resend-go/v2 v2.28 speaks it.
//
// It owns what Resend would own: the emails it accepted, the idempotency keys
// it remembers, the events it reports. It does not own anything of the
// service under test and imports nothing of it, so that the two cannot share
// a mistake. No email ever leaves it.
//
// What it imitates is taken from https://resend.com/docs/api-reference and
// from the SDK's source. Where the documents are silent the doc comments here
// say what was chosen.
package resendfake

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"carryover/sandbox/internal/faults"
	"carryover/sandbox/internal/hooks"
	"carryover/sandbox/internal/journal"
	"carryover/sandbox/internal/traffic"
)

// Options configure a Server. The zero value works: any key is taken, nothing
// is kept over a restart, and no webhooks are sent.
type Options struct {
	APIKey    string           // the only key that is let in; "" lets any key in
	Now       func() time.Time // the clock of the books, schedules and key lives; time.Now if nil
	Wall      func() time.Time // what the rate limit goes by, also where Now stands still; time.Now if nil
	Journal   string           // file that keeps the state over restart and kill -9; "" is memory only
	RateLimit int              // requests per second of wall time; 0 is no limit
	KeyLife   time.Duration    // how long an Idempotency-Key is remembered; 24 h if 0
	Domains   []string         // verified sender domains; empty lets every domain send

	// RefuseTestDomains answers 422 for recipients at example.com, test.com and
	// their like, as Resend does. It is off by default because those are the
	// very addresses that demonstrations are written with.
	RefuseTestDomains bool

	WebhookURL     string          // where events are posted; "" sends none
	WebhookSecret  string          // "whsec_" and base64, as Resend shows it
	WebhookRetries []time.Duration // waits between attempts; svix's own schedule if nil
	Logger         *slog.Logger    // slog.Default if nil
}

// Server is the stand-in. Make one with New and serve it under any base URL.
type Server struct {
	// Faults orders bad days; the same orders can be given over HTTP at
	// /sandbox/faults.
	Faults *faults.Set

	options Options
	secret  []byte
	api     *http.ServeMux
	sandbox *http.ServeMux
	limit   traffic.Limiter
	log     traffic.Log
	sender  *hooks.Sender
	stop    context.CancelFunc
	done    sync.WaitGroup
	wake    chan struct{}

	mu       sync.Mutex
	journal  *journal.Journal
	emails   map[string]*Email
	order    []string // ids in order of acceptance
	waiting  []string // ids whose events are still to happen
	keys     map[string]savedKey
	inFlight map[string]bool
}

// New opens the journal, takes up what an earlier run left undone, and starts
// the background work, which Close ends.
func New(options Options) (*Server, error) {
	options = withDefaults(options)
	secret, err := decodeSecret(options)
	if err != nil {
		return nil, err
	}
	book, entries, err := journal.Open(options.Journal)
	if err != nil {
		return nil, err
	}
	s := &Server{
		Faults: &faults.Set{}, options: options, secret: secret, journal: book,
		limit: traffic.Limiter{PerSecond: options.RateLimit}, wake: make(chan struct{}, 1),
		emails: map[string]*Email{}, keys: map[string]savedKey{}, inFlight: map[string]bool{},
	}
	left, err := s.restore(entries)
	if err != nil {
		_ = book.Close()
		return nil, fmt.Errorf("restore from journal %q: %w", options.Journal, err)
	}
	s.routes()
	s.start(left)
	return s, nil
}

func withDefaults(o Options) Options {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Wall == nil {
		o.Wall = time.Now
	}
	if o.KeyLife == 0 {
		o.KeyLife = 24 * time.Hour
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	if o.WebhookRetries == nil {
		// https://docs.svix.com/retries
		o.WebhookRetries = []time.Duration{
			5 * time.Second, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 5 * time.Hour, 10 * time.Hour, 10 * time.Hour,
		}
	}
	return o
}

func (s *Server) start(left []hooks.Hook) {
	s.sender = hooks.New(hooks.Options{
		Sign: s.sign, Keep: s.keepHook, Forget: s.forgetHook,
		Retries: s.options.WebhookRetries, Faults: s.Faults, Logger: s.options.Logger,
	}, left...)
	ctx, stop := context.WithCancel(context.Background())
	s.stop = stop
	s.done.Go(func() { s.run(ctx) })
}

// Close ends the background work and gives up the journal. Held answers are
// let go. Webhooks that were not taken yet are sent by the next run.
func (s *Server) Close() error {
	s.Faults.Clear()
	s.stop()
	s.done.Wait()
	s.sender.Close()
	return s.journal.Close()
}

func (s *Server) routes() {
	s.api = http.NewServeMux()
	s.api.HandleFunc("POST /emails", s.idempotent(s.readOne))
	s.api.HandleFunc("POST /emails/batch", s.idempotent(s.readBatch))
	s.api.HandleFunc("GET /emails", answering(s.list))
	s.api.HandleFunc("GET /emails/{id}", answering(s.get))
	s.api.HandleFunc("PATCH /emails/{id}", answering(s.reschedule))
	s.api.HandleFunc("POST /emails/{id}/cancel", answering(s.cancel))
	for _, path := range []string{"/emails", "/emails/{id}", "/emails/{id}/cancel"} {
		s.api.HandleFunc(path, answering(func(*http.Request) (any, error) { return nil, errMethod }))
	}
	s.api.HandleFunc("/", answering(func(*http.Request) (any, error) { return nil, errNoEndpoint }))
	s.sandbox = http.NewServeMux()
	s.Faults.Register(s.sandbox, "/sandbox/faults")
	s.sandbox.HandleFunc("GET /sandbox/emails", s.serveEmails)
	s.sandbox.HandleFunc("GET /sandbox/requests", s.serveRequests)
}

// ServeHTTP answers Resend's paths and, without a key, those under /sandbox/.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if strings.HasPrefix(r.URL.Path, "/sandbox/") {
		s.sandbox.ServeHTTP(w, r)
		return
	}
	s.log.Serve(w, r, s.serveAPI)
}

func (s *Server) serveAPI(w http.ResponseWriter, r *http.Request) {
	if err := s.authorize(r); err != nil {
		writeError(w, err)
		return
	}
	if err := s.limited(w.Header()); err != nil {
		writeError(w, err)
		return
	}
	r, err := buffered(w, r)
	if err != nil {
		writeError(w, err)
		return
	}
	free, err := s.claim(r)
	if err != nil {
		writeError(w, err)
		return
	}
	// The key stays claimed while a fault keeps the answer back, because for
	// the vendor too the first request is then still in progress.
	defer free()
	s.Faults.Serve(w, r, s.refuse, s.api.ServeHTTP)
}
