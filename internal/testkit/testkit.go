// Package testkit is one small installation for one test: a database of its own, the rules over it, the real provider
// clients, and behind them the stand-ins with their books.
//
// It owns the catalogue that tests sell from and the verbs that bring a case to where a test begins. It does not own any
// expectation: what must hold stands in the tests. Nothing but tests imports it.
package testkit

import (
	"net/http"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stretchr/testify/require"

	"carryover/clock"
	"carryover/messages"
	"carryover/migration"
	"carryover/postgres/postgrestest"
	"carryover/providers/resendapi"
	"carryover/providers/stripeapi"
	"carryover/providers/twilioapi"
	"carryover/queries"
	"carryover/sandbox/stripefake"
	"carryover/workers"
)

// PublicURL is where this installation's tenants would be.
const PublicURL = "https://move.studios.test"

// LinkLife is how long a link opens after it was sent.
const LinkLife = 30 * 24 * time.Hour

// UndoWindow is how long an approval can be taken back.
const UndoWindow = 72 * time.Hour

// Start is when every test begins: a Tuesday, morning in Denver, evening in London, Wednesday in Auckland.
var Start = time.Date(2026, 3, 10, 15, 0, 0, 0, time.UTC)

// Bundle is one installation.
type Bundle struct {
	*Catalogue
	DB     *postgrestest.DB
	Clock  *Clock
	Stripe *Stripe
	Resend *Resend
	Twilio *Twilio
	Links  *migration.Links
	Rules  *migration.Service
	Log    *Log
	Q      *queries.Queries
}

// New answers an installation that lasts until the test ends.
func New(t testing.TB) *Bundle {
	t.Helper()
	b := &Bundle{DB: postgrestest.Database(t), Clock: NewClock(Start), Log: NewLog(), Q: queries.New()}
	b.Stripe, b.Resend, b.Twilio = startStripe(t, b.Clock, func(*stripefake.Options) {}), startResend(t, b.Clock), startTwilio(t, b.Clock)
	b.Links = Links(t, "k1")
	b.Rules = b.Service(t, func(*migration.Options) {})
	b.Catalogue = fill(t, b.DB.Pool, Start)
	return b
}

// Service answers rules over this installation's parts, with some of them exchanged.
func (b *Bundle) Service(t testing.TB, change func(*migration.Options)) *migration.Service {
	t.Helper()
	o, err := Parts{Pool: b.DB.Pool, StripeURL: b.Stripe.URL, ResendURL: b.Resend.URL, TwilioURL: b.Twilio.URL, Clock: b.Clock.Now, Log: b.Log}.Options()
	require.NoError(t, err)
	o.Links, o.Wall = b.Links, b.Clock.Now
	change(&o)
	return migration.New(o)
}

// Parts are what differs from one process of an installation to the next.
type Parts struct {
	Pool                            *pgxpool.Pool
	StripeURL, ResendURL, TwilioURL string
	Clock                           clock.Clock
	Log                             *Log
	// Retries is how often stripe-go tries again by itself. None, unless a test is about it: a fault is then seen.
	Retries int64
	// ToStripe carries the requests to Stripe. nil: a connection for each.
	ToStripe http.RoundTripper
}

// Options puts the real clients together, as a process of its own does too.
func (p Parts) Options() (o migration.Options, err error) {
	o = migration.Options{Pool: p.Pool, Clock: p.Clock, Log: p.Log.Logger, PublicURL: PublicURL,
		PublishableKey: StripePublishableKey, LinkLife: LinkLife, UndoWindow: UndoWindow, Patience: time.Nanosecond}
	// net/http repeats a request with an idempotency key by itself on a connection that it used before and that turns out to
	// be closed. Without such connections each fault is seen.
	once := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: time.Minute}
	toStripe := *once
	if p.ToStripe != nil {
		toStripe.Transport = p.ToStripe
	}
	if o.Payments, err = stripeapi.New(stripeapi.Options{SecretKey: stripeSecretKey, BaseURL: p.StripeURL,
		HTTPClient: &toStripe, MaxNetworkRetries: &p.Retries, Logger: p.Log.Logger}); err != nil {
		return o, err
	}
	if o.Mailer, err = resendapi.New(resendapi.Options{APIKey: resendKey, BaseURL: p.ResendURL,
		FromAddress: "hello@studios.test", HTTPClient: once, Logger: p.Log.Logger}); err != nil {
		return o, err
	}
	if o.Texter, err = twilioapi.New(twilioapi.Options{AccountSID: twilioAccount, AuthToken: twilioToken, From: twilioNumber,
		BaseURL: p.TwilioURL, Transport: &http.Transport{DisableKeepAlives: true}, Logger: p.Log.Logger}); err != nil {
		return o, err
	}
	if o.Renderer, err = messages.New(); err != nil {
		return o, err
	}
	if o.Links, err = migration.NewLinks(linkKey("k1")); err != nil {
		return o, err
	}
	o.Jobs, err = workers.NewInserter(p.Pool, p.Log.Logger)
	return o, err
}

// Links answers links of the named keys, which are the same in every test.
func Links(t testing.TB, ids ...string) *migration.Links {
	t.Helper()
	keys := make([]migration.LinkKey, len(ids))
	for i, id := range ids {
		keys[i] = linkKey(id)
	}
	links, err := migration.NewLinks(keys...)
	require.NoError(t, err)
	return links
}

func linkKey(id string) migration.LinkKey {
	secret := make([]byte, 32)
	copy(secret, "secret of link key "+id)
	return migration.LinkKey{ID: id, Secret: secret}
}
