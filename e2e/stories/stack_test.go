// Package stories tells what people do, from the first click to what Stripe's books hold, over HTTP alone.
package stories

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"carryover/access"
	"carryover/app"
	"carryover/clock"
	"carryover/config"
	"carryover/e2e/play"
	"carryover/ids"
	"carryover/postgres/postgrestest"
	"carryover/queries"
	"carryover/sandbox/outbox"
	"carryover/sandbox/resendfake"
	"carryover/sandbox/stripefake"
	"carryover/sandbox/twiliofake"
)

const (
	password   = "correct horse battery staple"
	twilioSID  = "AC00000000000000000000000000000001"
	textNumber = "+15005550006" // what the service's texts come from
)

// stack is a whole Carryover of its own: database, stand-ins, API and workers.
type stack struct {
	url    string
	db     *postgrestest.DB
	stripe *stripefake.Server
	resend *resendfake.Server
	phone  *twiliofake.Server
	clock  *clock.Moved
	config config.Config
	apart  app.Options // of the API alone
}

func start(t *testing.T) *stack {
	t.Helper()
	ctx := context.Background()
	s := &stack{db: postgrestest.Database(t)}
	var err error
	listener, err := app.Listen(ctx, "127.0.0.1:0")
	require.NoError(t, err)
	s.url = "http://" + listener.Addr().String()
	s.clock, err = clock.NewMoved(ctx, s.db.Pool)
	require.NoError(t, err)
	s.stripe, err = stripefake.New(stripefake.Options{SecretKey: "sk_test_story", PublishableKey: "pk_test_story", Now: s.clock.Now,
		WebhookURL: s.url + "/webhooks/stripe", WebhookSecrets: []string{"whsec_story"}, WebhookRetry: 50 * time.Millisecond,
		PublicURL: s.url + "/sandbox/stripe", Logger: slog.New(slog.DiscardHandler)})
	require.NoError(t, err)
	s.resend, err = resendfake.New(resendfake.Options{APIKey: "re_story", Now: s.clock.Now, Logger: slog.New(slog.DiscardHandler)})
	require.NoError(t, err)
	s.phone, err = twiliofake.New(twiliofake.Options{AccountSID: twilioSID, AuthToken: "story", Now: s.clock.Now, Numbers: []string{textNumber},
		InboundURL: s.url + "/webhooks/twilio/inbound", Logger: slog.New(slog.DiscardHandler)})
	require.NoError(t, err)
	hand := &clockHand{clock: s.clock}
	pages, err := outbox.New(outbox.Options{Mail: s.resend, Stripe: s.stripe, Phone: s.phone, Title: "Story", Clock: hand,
		StripeKey: "sk_test_story", Console: "/", SignIn: "sign in with your own address"})
	require.NoError(t, err)

	sandbox := http.NewServeMux()
	for _, path := range []string{"/sandbox/stripe/v1/", "/sandbox/stripe/sandbox/"} {
		sandbox.Handle(path, http.StripPrefix("/sandbox/stripe", s.stripe))
	}
	sandbox.Handle("/sandbox/resend/", http.StripPrefix("/sandbox/resend", s.resend))
	sandbox.Handle("/sandbox/twilio/", http.StripPrefix("/sandbox/twilio", s.phone))
	sandbox.Handle("/sandbox/", pages)
	s.config = config.Config{
		DatabaseURL: s.db.URL, PublicURL: s.url, Development: true, LinkLife: 30 * 24 * time.Hour,
		LinkKeys:        config.Keys{{ID: "k1", Secret: make([]byte, 32)}},
		StripeSecretKey: "sk_test_story", StripePublishableKey: "pk_test_story", StripeBaseURL: s.url + "/sandbox/stripe",
		StripeWebhookSecrets: []string{"whsec_before", "whsec_story"},
		ResendAPIKey:         "re_story", ResendBaseURL: s.url + "/sandbox/resend", EmailFrom: "hello@example.com",
		TwilioAccountSID: twilioSID, TwilioAuthToken: "story", TwilioFrom: textNumber, TwilioBaseURL: s.url + "/sandbox/twilio", UploadMB: 16,
	}
	s.apart = app.Options{API: true, Clock: s.clock.Now, Sandbox: sandbox, Log: slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))}
	whole := s.apart
	whole.Workers = true
	hand.hurry = s.run(t, whole, listener).Hurry
	t.Cleanup(func() {
		require.NoError(t, s.stripe.Close())
		require.NoError(t, s.resend.Close())
		require.NoError(t, s.phone.Close())
	})
	s.furnish(t)
	return s
}

// run starts one more Carryover on the same database, which stops with the test.
func (s *stack) run(t *testing.T, o app.Options, listener net.Listener) *app.App {
	t.Helper()
	ctx := context.Background()
	a, err := app.New(ctx, s.config, o)
	require.NoError(t, err)
	running, stop := context.WithCancel(ctx)
	stopped := make(chan error, 1)
	go func() { stopped <- a.Run(running, listener) }()
	t.Cleanup(func() {
		stop()
		require.NoError(t, <-stopped)
		a.Close()
	})
	return a
}

// inTurn is an address behind which two Carryovers answer, one request each in turn. They share the database and nothing else.
func (s *stack) inTurn(t *testing.T) string {
	t.Helper()
	listener, err := app.Listen(context.Background(), "127.0.0.1:0")
	require.NoError(t, err)
	s.run(t, s.apart, listener)
	var turn atomic.Int64
	both := []string{s.url, "http://" + listener.Addr().String()}
	front := httptest.NewServer(&httputil.ReverseProxy{FlushInterval: -1, Rewrite: func(r *httputil.ProxyRequest) {
		to, err := url.Parse(both[turn.Add(1)%2])
		if err != nil {
			panic(err) // they are ours
		}
		r.SetURL(to)
		r.Out.Host = r.In.Host
	}})
	t.Cleanup(front.CloseClientConnections)
	t.Cleanup(front.Close)
	return front.URL
}

// clockHand is the outbox's button: it moves the clock, and what waits looks at it again.
type clockHand struct {
	clock *clock.Moved
	hurry func(context.Context) error
}

func (h *clockHand) Now() time.Time { return h.clock.Now() }

func (h *clockHand) Advance(by time.Duration) error {
	return errors.Join(h.clock.Advance(context.Background(), by), h.hurry(context.Background()))
}

// furnish makes two locations, each with a manager, one administrator for both, and something to sell.
func (s *stack) furnish(t *testing.T) {
	t.Helper()
	ctx, q, now := context.Background(), queries.New(), time.Now().UTC()
	hash, err := access.HashPassword(password)
	require.NoError(t, err)
	s.staff(t, hash, "admin@example.com", queries.StaffRoleAdmin)
	s.staff(t, hash, "desk@example.com", queries.StaffRoleAttendant)
	ach := int64(44_000)
	for _, place := range []struct {
		slug, name, zone, currency string
		ach                        *int64
	}{
		{"denver", "Denver Art Yard", "America/Denver", "USD", &ach}, {"toronto", "Toronto Sound Works", "America/Toronto", "CAD", nil},
	} {
		l, err := q.LocationUpsert(ctx, s.db.Owner, queries.LocationUpsertParams{ID: ids.New(), Slug: place.slug, Name: place.name,
			TimeZone: place.zone, Currency: place.currency, Language: queries.MessageLanguageEn, SenderName: place.name, Now: now})
		require.NoError(t, err)
		manager := s.staff(t, hash, place.slug+"@example.com", queries.StaffRoleManager)
		require.NoError(t, q.StaffLocationInsert(ctx, s.db.Owner, queries.StaffLocationInsertParams{StaffID: manager, LocationID: l.ID}))
		require.NoError(t, q.LocationSetStaffContact(ctx, s.db.Owner, queries.LocationSetStaffContactParams{ID: l.ID, StaffID: &manager}))
		for _, cadence := range []queries.PlanCadence{queries.PlanCadenceMonthly, queries.PlanCadenceHourly} {
			_, err = q.PlanUpsert(ctx, s.db.Owner, queries.PlanUpsertParams{ID: ids.New(), LocationID: l.ID, Kind: queries.PlanKindStudio,
				Cadence: cadence, Name: "Studio " + string(cadence), Currency: place.currency, CardPriceMinor: 45_000, AchPriceMinor: place.ach, Now: now})
			require.NoError(t, err)
		}
		_, err = q.TermsVersionInsertIfChanged(ctx, s.db.Owner, queries.TermsVersionInsertIfChangedParams{
			ID: ids.New(), LocationID: l.ID, Language: queries.MessageLanguageEn, Body: "You pay each month. You may leave at any time.", Now: now})
		require.NoError(t, err)
	}
}

func (s *stack) staff(t *testing.T, hash, email string, role queries.StaffRole) uuid.UUID {
	t.Helper()
	row, err := queries.New().StaffUpsert(context.Background(), s.db.Owner, queries.StaffUpsertParams{
		ID: ids.New(), Email: email, Name: "Staff " + email, Role: role, PasswordHash: hash, Now: time.Now().UTC()})
	require.NoError(t, err)
	return row.ID
}

// as signs a staff member in.
func (s *stack) as(t *testing.T, email string) *play.Player {
	t.Helper()
	p := play.New(s.url)
	require.NoError(t, p.SignIn(context.Background(), email, password))
	return p
}

// stranger is somebody who did not sign in: a tenant with a link, or anybody.
func (s *stack) stranger() *play.Player { return play.New(s.url) }
