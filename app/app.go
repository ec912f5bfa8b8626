// Package app puts the parts together: configuration in, a running service out.
//
// It owns which part is handed to which and the order of starting and stopping. It does not own any part.
package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"

	"carryover/access"
	"carryover/clock"
	"carryover/config"
	"carryover/graph"
	"carryover/live"
	"carryover/messages"
	"carryover/migration"
	"carryover/postgres"
	"carryover/providers/resendapi"
	"carryover/providers/stripeapi"
	"carryover/providers/twilioapi"
	"carryover/server"
	"carryover/web"
	"carryover/workers"
)

// Options choose what runs.
type Options struct {
	API, Workers bool
	Clock        clock.Clock  // nil: the machine's
	Sandbox      http.Handler // the stand-ins, served below /sandbox/, in the demo only
	Log          *slog.Logger
	WorkerTuning workers.Options
	Step         func(name string) // see migration.Options
}

// App is the service, put together and not yet running.
type App struct {
	Config  config.Config
	Pool    *pgxpool.Pool
	Lists   *pgxpool.Pool // nil where no API runs, as is Pages
	Pages   *pgxpool.Pool
	Rules   *migration.Service
	Handler http.Handler

	options Options
	live    *live.Hub
	jobs    *river.Client[pgx.Tx]
	insert  *river.Client[pgx.Tx]
	startUI func(context.Context) error
}

// New opens the database and puts the parts together. The caller closes what it answers.
func New(ctx context.Context, c config.Config, o Options) (*App, error) {
	if o.Clock == nil {
		o.Clock = clock.System
	}
	pool, err := postgres.Open(ctx, c.DatabaseURL, postgres.PoolOptions{ApplicationName: "carryover", MaxConns: 40})
	if err != nil {
		return nil, err
	}
	if o.API {
		collectLess()
	}
	a := &App{Config: c, Pool: pool, options: o}
	if err := a.assemble(ctx); err != nil {
		a.Close()
		return nil, err
	}
	return a, nil
}

// collectLess lets five times as much lie before garbage is collected, unless GOGC says otherwise: little lives longer than a request,
// so that Go's own choice collects after every few dozen pages of a list.
func collectLess() {
	const usual, less = 100, 400
	if was := debug.SetGCPercent(less); was != usual {
		debug.SetGCPercent(was)
	}
}

func (a *App) assemble(ctx context.Context) error {
	if err := postgres.CheckSchema(ctx, a.Pool); err != nil {
		return err
	}
	if err := a.makeRules(); err != nil {
		return err
	}
	if a.options.API {
		if err := a.openLists(ctx); err != nil {
			return err
		}
		if err := a.makeHandler(); err != nil {
			return err
		}
	}
	if a.options.Workers {
		tuning := a.options.WorkerTuning
		tuning.Log = quiet(a.options.Log)
		jobs, err := workers.NewClient(a.Pool, a.Rules, tuning)
		if err != nil {
			return err
		}
		a.jobs = jobs
	}
	return nil
}

func (a *App) openLists(ctx context.Context) (err error) {
	o := postgres.PoolOptions{ApplicationName: "carryover lists", MaxConns: 10, Lists: postgres.ListsPlannedEachTime}
	if a.Lists, err = postgres.Open(ctx, a.Config.DatabaseURL, o); err != nil {
		return err
	}
	o.ApplicationName, o.Lists = "carryover pages", postgres.ListsPlannedOnce
	a.Pages, err = postgres.Open(ctx, a.Config.DatabaseURL, o)
	return err
}

func (a *App) makeRules() error {
	c, log := a.Config, a.options.Log
	links, err := migration.NewLinks(c.LinkKeys...)
	if err != nil {
		return err
	}
	payments, err := stripeapi.New(stripeapi.Options{SecretKey: c.StripeSecretKey, BaseURL: c.StripeBaseURL, Logger: log, Pace: a.stripePace()})
	if err != nil {
		return err
	}
	mailer, err := resendapi.New(resendapi.Options{APIKey: c.ResendAPIKey, BaseURL: c.ResendBaseURL, FromAddress: c.EmailFrom, Logger: log})
	if err != nil {
		return err
	}
	texter, err := a.texter()
	if err != nil {
		return err
	}
	renderer, err := messages.New()
	if err != nil {
		return err
	}
	jobs, err := workers.NewInserter(a.Pool, quiet(log))
	if err != nil {
		return err
	}
	a.insert = jobs
	a.Rules = migration.New(migration.Options{
		Pool: a.Pool, Clock: a.options.Clock, Jobs: jobs, Payments: payments, Mailer: mailer, Renderer: renderer, Links: links,
		PublicURL: c.PublicURL, PublishableKey: c.StripePublishableKey, LinkLife: c.LinkLife, UndoWindow: c.UndoWindow, Log: log, Step: a.options.Step,
		Texter: texter, EmailRate: c.EmailRate, TextRate: c.TextRate,
	})
	return nil
}

// stripePatience is how long a call to Stripe waits for its turn. Somebody may be looking at the page that it is for.
const stripePatience = 10 * time.Second

// stripePace answers nil where no limit is set.
func (a *App) stripePace() stripeapi.Pace {
	c := a.Config
	if c.StripeRate == 0 && c.StripeEndpointRate == 0 {
		return nil
	}
	return migration.NewStripePace(migration.LaneOptions{Pool: a.Pool, Log: a.options.Log, Patience: stripePatience}, c.StripeRate, c.StripeEndpointRate)
}

// textStatusPath is where Twilio reports what became of a text; the delivery's id follows.
const textStatusPath = "/webhooks/twilio/status/"

// texter answers nil where texts are not configured.
func (a *App) texter() (migration.Texter, error) {
	c := a.Config
	if !c.Texts() {
		return nil, nil
	}
	return twilioapi.New(twilioapi.Options{AccountSID: c.TwilioAccountSID, AuthToken: c.TwilioAuthToken, From: c.TwilioFrom,
		BaseURL: c.TwilioBaseURL, CallbackURL: c.PublicURL + textStatusPath, Logger: a.options.Log})
}

func (a *App) makeHandler() error {
	in, err := access.New(a.Pool, clock.System) // a moved clock signs nobody out
	if err != nil {
		return err
	}
	in.Mail = a.Rules
	if c := a.Config; c.OIDC() {
		in.OIDC = access.NewOIDC(access.OIDCOptions{Issuer: c.OIDCIssuer, ClientID: c.OIDCClientID, ClientSecret: c.OIDCClientSecret,
			RedirectURL: c.PublicURL + server.OIDCCallback})
	}
	var ui http.Handler
	if ui, a.startUI, err = workers.NewUI(a.insert, server.JobsPath, quiet(a.options.Log)); err != nil {
		return err
	}
	texts := twilioapi.Webhooks{AuthToken: a.Config.TwilioAuthToken, PreviousAuthToken: a.Config.TwilioPreviousAuthToken, PublicURL: a.Config.PublicURL}
	a.live = live.New(a.Pool, a.options.Log)
	a.Handler = server.New(server.Options{
		Resolver:     &graph.Resolver{Pool: a.Pool, Lists: a.Lists, Pages: a.Pages, Migration: a.Rules, Access: in, Live: a.live, Log: a.options.Log},
		VerifyStripe: stripeapi.Webhooks{Secrets: a.Config.StripeWebhookSecrets}.Verify,
		VerifyResend: resendapi.Webhooks{Secrets: a.Config.ResendWebhookSecrets}.Verify, VerifyTextStatus: texts.Status, VerifyTextReply: texts.Incoming,
		Access: in, Pool: a.Pool, Documents: web.Documents(), Development: a.Config.Development, Jobs: ui, Sandbox: a.options.Sandbox, Proxies: a.Config.Proxies, UploadMost: a.Config.UploadMB << 20,
		SecureOnly: strings.HasPrefix(a.Config.PublicURL, "https://"), Log: a.options.Log,
	})
	return nil
}

// Listen takes the address; a port in use is one clear sentence.
func Listen(ctx context.Context, addr string) (net.Listener, error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", addr)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("the address %s is in use: stop what runs there (another carryover?), or set CARRYOVER_ADDR to another port", addr)
	case err != nil:
		return nil, fmt.Errorf("cannot listen on %q: set CARRYOVER_ADDR to a host and port of this machine, like 127.0.0.1:8080: %w", addr, err)
	}
	return l, nil
}

// stopTime is how long a stop waits for requests and jobs under way; what is not done by then is handed back and done by the
// next process.
const stopTime = 20 * time.Second

// Run serves and works until ctx ends, then stops in order: no new requests, the jobs under way, the database. l may be nil
// where no API runs.
func (a *App) Run(ctx context.Context, l net.Listener) error {
	var httpServer *http.Server
	failed := make(chan error, 1)
	if a.jobs != nil {
		if err := a.jobs.Start(context.WithoutCancel(ctx)); err != nil {
			return fmt.Errorf("start workers: %w", err)
		}
	}
	if a.Handler != nil && l != nil {
		if err := a.startUI(ctx); err != nil {
			return errors.Join(fmt.Errorf("start the pages of the queues: %w", err), a.stop(nil)) //nolint:contextcheck // see below
		}
		httpServer = &http.Server{Handler: a.Handler, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute, IdleTimeout: 2 * time.Minute}
		httpServer.RegisterOnShutdown(a.live.Close) // a subscription would keep the server from stopping
		go func() { failed <- httpServer.Serve(l) }()
	}
	var err error
	select {
	case <-ctx.Done():
	case err = <-failed:
	}
	return errors.Join(err, a.stop(httpServer)) //nolint:contextcheck // ctx has ended; stopping has its own time
}

func (a *App) stop(httpServer *http.Server) error {
	ctx, cancel := context.WithTimeout(context.Background(), stopTime)
	defer cancel()
	steps := []func(context.Context) error{a.stopServing(httpServer), a.stopJobs}
	if a.options.Sandbox != nil {
		slices.Reverse(steps) // the jobs under way call stand-ins that this very server answers for
	}
	var errs []error
	for _, step := range steps {
		errs = append(errs, step(ctx))
	}
	return errors.Join(errs...)
}

func (a *App) stopServing(httpServer *http.Server) func(context.Context) error {
	return func(ctx context.Context) error {
		if httpServer == nil {
			return nil
		}
		return httpServer.Shutdown(ctx)
	}
}

// stopJobs lets jobs end, and cancels those that take too long: their state is in the database, the next process goes on.
func (a *App) stopJobs(ctx context.Context) error {
	if a.jobs == nil {
		return nil
	}
	soft, cancel := context.WithTimeout(ctx, stopTime/2)
	defer cancel()
	err := a.jobs.Stop(soft)
	if errors.Is(err, context.DeadlineExceeded) {
		return a.jobs.StopAndCancel(ctx)
	}
	return err
}

// Hurry lets waiting jobs look at a clock that was moved.
func (a *App) Hurry(ctx context.Context) error {
	if a.jobs == nil {
		return nil
	}
	return workers.Hurry(ctx, a.jobs)
}

// Close lets go of the database.
func (a *App) Close() {
	for _, pool := range []*pgxpool.Pool{a.Pages, a.Lists, a.Pool} {
		if pool != nil {
			pool.Close()
		}
	}
}

// quiet keeps the job library to warnings: its own notes of every start and stop are not the operator's.
func quiet(log *slog.Logger) *slog.Logger {
	return slog.New(&atLeast{log.Handler(), slog.LevelWarn})
}

type atLeast struct {
	slog.Handler
	level slog.Level
}

func (h *atLeast) WithAttrs(attrs []slog.Attr) slog.Handler {
	return &atLeast{h.Handler.WithAttrs(attrs), h.level}
}

func (h *atLeast) WithGroup(name string) slog.Handler {
	return &atLeast{h.Handler.WithGroup(name), h.level}
}

func (h *atLeast) Enabled(ctx context.Context, l slog.Level) bool {
	return l >= h.level && h.Handler.Enabled(ctx, l)
}
