package stripefake

import (
	"errors"
	"log/slog"
	"net/http"
	"sync"
	"time"
)

// Options is all a stand-in needs to know. Only SecretKey is required.
type Options struct {
	// SecretKey opens everything; PublishableKey opens what Stripe.js may do.
	SecretKey      string
	PublishableKey string
	// Now is the clock of all business dates; the wall clock if nil. Moving it
	// forward makes periods end and debits settle at the next request.
	Now func() time.Time
	// Journal is a file that carries all state over a restart or a kill;
	// empty keeps state in memory only. One process at a time may use it.
	Journal string
	// KeyLife is how long an idempotency key is remembered: 24 hours if zero.
	KeyLife time.Duration
	Logger  *slog.Logger
	// WebhookURL receives the events, signed once per secret as Stripe does
	// while a secret is being rolled. Empty records events without sending.
	WebhookURL     string
	WebhookSecrets []string
	// WebhookRetry is the pause before the second try; it doubles each time.
	// One second if zero, where Stripe takes hours.
	WebhookRetry time.Duration
	// PublicURL is where a browser reaches this handler, for the bank's pages
	// named in next_action. Empty leaves those addresses relative.
	PublicURL string
	// BankStart is what a subscription is while its first bank debit is under
	// way: "active" (also if empty) or "incomplete". Stripe's documents allow both.
	BankStart string
	// AfterRetries is what becomes of a subscription once its invoice was tried
	// for the last time: "past_due" (also if empty), "unpaid" or "cancel", as
	// Stripe's settings for failed payments have it.
	AfterRetries string
	// ReadsPerSecond and WritesPerSecond are limits by the wall clock, as
	// Stripe has them (100 each in live mode, 25 in test mode); 0 is no limit.
	ReadsPerSecond  int
	WritesPerSecond int
	// TotalPerSecond is a limit on all requests together, EachPerSecond one on each endpoint (25 by default); 0 is no limit.
	TotalPerSecond, EachPerSecond int
	// Seed makes shared-out faults fall the same way in every run.
	Seed uint64
}

// Server is the stand-in. Its methods may be called from any goroutine.
type Server struct {
	// Faults orders bad days; see Fault.
	Faults *Faults

	opts    Options
	log     *slog.Logger
	mux     *http.ServeMux
	history history
	reads   *bucket
	writes  *bucket
	total   *bucket
	eachMu  sync.Mutex
	each    map[string]*bucket
	courier *courier

	mu       sync.Mutex
	squeezer *squeezer
	store    *store
	journal  *journal
	busy     map[string]bool // idempotency keys whose first request is under way
}

// New opens the journal, if one is named, and starts the webhook deliveries
// that were still owed. Close it to stop them.
func New(o Options) (*Server, error) {
	if o.SecretKey == "" {
		return nil, errors.New("stripefake: Options.SecretKey is empty; give it the key the client under test uses")
	}
	o = o.withDefaults()
	s := &Server{opts: o, log: o.Logger, store: newStore(), squeezer: newSqueezer(), Faults: newFaults(o.Seed), busy: map[string]bool{}}
	s.reads, s.writes = newBucket(o.ReadsPerSecond), newBucket(o.WritesPerSecond)
	s.total, s.each = newBucket(o.TotalPerSecond), map[string]*bucket{}
	if o.Journal != "" {
		var err error
		if s.journal, err = openJournal(o.Journal, s.store); err != nil {
			return nil, err
		}
	}
	s.mux = s.routes()
	s.courier = startCourier(s)
	return s, nil
}

func (o Options) withDefaults() Options {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.KeyLife == 0 {
		o.KeyLife = 24 * time.Hour
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.WebhookRetry == 0 {
		o.WebhookRetry = time.Second
	}
	return o
}

// Close releases held answers, stops the deliveries and closes the journal.
// Requests that come later are answered from memory and kept nowhere.
func (s *Server) Close() error {
	s.Faults.Clear()
	s.courier.stop()
	s.mu.Lock()
	defer s.mu.Unlock()
	err := s.journal.close()
	s.journal = nil
	return err
}

// ServeHTTP answers as api.stripe.com does, also to a browser of another origin.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Access-Control-Allow-Origin", "*")
	if r.Method == http.MethodOptions {
		w.Header().Set("Access-Control-Allow-Methods", "GET, POST, DELETE")
		w.Header().Set("Access-Control-Allow-Headers", "Authorization, Content-Type, Idempotency-Key, Stripe-Version")
		w.WriteHeader(http.StatusNoContent)
		return
	}
	s.mux.ServeHTTP(w, r)
}

// Advance lets everything happen that is due by the clock: renewals, debits,
// expiries. Each request does the same first, so this is needed only where
// nobody asks.
func (s *Server) Advance() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.advance()
	err := s.store.flush(s.journal)
	s.courier.wake()
	return err
}

func (s *Server) now() int64 { return s.opts.Now().Unix() }

func (s *Server) routes() *http.ServeMux {
	mux := http.NewServeMux()
	for _, family := range [][]endpoint{
		customerRoutes(), productRoutes(), priceRoutes(), paymentMethodRoutes(),
		setupIntentRoutes(), mandateRoutes(), subscriptionRoutes(), invoiceRoutes(), draftRoutes(), upcomingRoutes(),
		paymentRoutes(), refundRoutes(), disputeRoutes(), creditNoteRoutes(), eventRoutes(), readerRoutes(), terminalLocationRoutes(),
	} {
		for _, e := range family {
			mux.HandleFunc(e.pattern, s.serve(e))
		}
	}
	mux.HandleFunc("/", s.serve(endpoint{act: func(c *call) (any, error) {
		return nil, unknownURL(c.method, c.path)
	}, free: true}))
	s.sandboxRoutes(mux)
	return mux
}
