// Package twiliofake is a stateful stand-in of Twilio's Messages API, version
// 2010-04-01, as twilio-go v1.31 speaks it.
//
// It owns what Twilio and the telephones would own: messages and their
// statuses, opt-outs, the queue of a number, callbacks, and the people who
// answer. It does not own anything of the service under test and imports
// nothing of it. No text ever leaves it.
//
// What it imitates is taken from https://www.twilio.com/docs/messaging/api and
// from the SDK's source. Like the vendor it has no idempotency: the same call
// made twice is two texts. TwiML in the answer to an incoming message is not
// played.
package twiliofake

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

// Options configure a Server. AccountSID and AuthToken are required, because
// without the token nothing could be signed.
type Options struct {
	AccountSID string
	AuthToken  string
	Now        func() time.Time // the clock of the books; time.Now if nil
	Journal    string           // file that keeps the state over restart and kill -9; "" is memory only
	Numbers    []string         // the account's own numbers; empty lets every valid number send

	// Wall is what limits and queues go by, so that they go on where Now
	// stands still; time.Now if nil.
	Wall func() time.Time

	RateLimit         int // requests per second of wall time; 0 is no limit
	SegmentsPerSecond int // how fast each number sends, in wall time; 0 is at once
	QueueLimit        int // segments that may wait behind one number; ten hours' worth if 0

	InboundURL string       // where incoming messages are posted; "" posts none
	Logger     *slog.Logger // slog.Default if nil

	// Reach answers where a callback's address is reached from here, as a
	// proxy would lead there; nil goes straight to it. The signature is over
	// the address itself.
	Reach func(address string) string
}

// Server is the stand-in. Make one with New and hand the SDK an HTTP client
// that rewrites the host, since it has no base URL.
type Server struct {
	// Faults orders bad days; the same orders can be given over HTTP at
	// /sandbox/faults.
	Faults *faults.Set

	options Options
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
	messages map[string]*Message
	order    []string             // sids in order of arrival
	waiting  []queued             // messages whose statuses are still to happen
	free     map[string]time.Time // when each number has sent what waits behind it
	optOuts  map[string]bool
	outcomes map[string]Outcome

	queuedSegments map[string]int
}

// New opens the journal, takes up what an earlier run left undone, and starts
// the background work, which Close ends.
func New(options Options) (*Server, error) {
	if options.AccountSID == "" || options.AuthToken == "" {
		return nil, fmt.Errorf("twiliofake needs an AccountSID and an AuthToken")
	}
	options = withDefaults(options)
	book, entries, err := journal.Open(options.Journal)
	if err != nil {
		return nil, err
	}
	s := &Server{
		Faults: &faults.Set{}, options: options, journal: book,
		limit: traffic.Limiter{PerSecond: options.RateLimit}, wake: make(chan struct{}, 1),
		messages: map[string]*Message{}, free: map[string]time.Time{},
		optOuts: map[string]bool{}, outcomes: map[string]Outcome{}, queuedSegments: map[string]int{},
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
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	if o.QueueLimit == 0 {
		o.QueueLimit = 36_000 * max(1, o.SegmentsPerSecond)
	}
	return o
}

func (s *Server) start(left []hooks.Hook) {
	s.sender = hooks.New(hooks.Options{
		Sign: s.sign, Keep: s.keepHook, Forget: s.forgetHook,
		// Unless told otherwise Twilio tries again once, and only where it
		// could not connect: https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides
		Retries: []time.Duration{time.Second}, OnlyUnreachable: true,
		Reach: s.options.Reach, Faults: s.Faults, Logger: s.options.Logger,
	}, left...)
	ctx, stop := context.WithCancel(context.Background())
	s.stop = stop
	s.done.Go(func() { s.run(ctx) })
}

// Close ends the background work and gives up the journal. Held answers are
// let go. What was not called back yet is called back by the next run.
func (s *Server) Close() error {
	s.Faults.Clear()
	s.stop()
	s.done.Wait()
	s.sender.Close()
	return s.journal.Close()
}

func (s *Server) routes() {
	const messages = "/2010-04-01/Accounts/{account}/Messages"
	s.api = http.NewServeMux()
	s.api.HandleFunc("POST "+messages+".json", answering(http.StatusCreated, s.create))
	s.api.HandleFunc("GET "+messages+".json", answering(http.StatusOK, s.list))
	s.api.HandleFunc("GET "+messages+"/{file}", answering(http.StatusOK, s.fetch))
	s.api.HandleFunc("/", answering(0, func(r *http.Request) (any, error) { return nil, errNotFound(r.URL.Path) }))
	s.sandbox = http.NewServeMux()
	s.Faults.Register(s.sandbox, "/sandbox/faults")
	s.sandboxRoutes()
}

// ServeHTTP answers Twilio's paths and, without a password, those under
// /sandbox/.
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
	if ok, _, _ := s.limit.Allow(s.options.Wall()); !ok {
		writeError(w, errTooMany)
		return
	}
	// The whole form is read before anything is delayed or held, because
	// net/http notices a caller who leaves only once the body is read.
	r.Body = http.MaxBytesReader(w, r.Body, 1<<20)
	if err := r.ParseForm(); err != nil {
		writeError(w, bad(20001, "The form could not be read: %v", err))
		return
	}
	s.Faults.Serve(w, r, refuse, s.api.ServeHTTP)
}
