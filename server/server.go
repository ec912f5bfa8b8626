// Package server is HTTP: the routes on one screen, who is asking, and what every answer carries.
//
// It owns methods, headers, cookies, limits and logs of requests. It does not own what is answered: /graphql is package
// graph's, the pages are package web's.
package server

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"runtime/debug"
	"time"

	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/vektah/gqlparser/v2/ast"

	"carryover/access"
	"carryover/graph"
	"carryover/limits"
	"carryover/web"
)

// Options is what the routes stand on.
type Options struct {
	Resolver         *graph.Resolver
	Access           *access.Service
	Pool             *pgxpool.Pool
	VerifyStripe     VerifyStripe
	VerifyResend     VerifyResend
	VerifyTextStatus VerifyTextStatus
	VerifyTextReply  VerifyTextReply
	Documents        map[string]string // what our pages ask, by the ids that they ask for it with; nil: strangers may ask anything
	Development      bool              // serves GraphiQL, answers introspection, and carries out anybody's documents
	SecureOnly       bool              // cookies travel over https alone
	Proxies          []netip.Prefix    // of ours; what they say of who connected to them is believed
	Jobs             http.Handler      // the pages of the queues, below JobsPath; nil: there are none
	Sandbox          http.Handler      // the stand-ins' pages, in the demo only
	UploadMost       int64             // bytes of a file of the old system
	WritePatience    time.Duration     // how long a client may take to read what is written at once; zero: writePatience
	Log              *slog.Logger
}

const (
	maxBody        = 1 << 20
	requestTimeout = 30 * time.Second
)

// New answers the whole of HTTP.
func New(o Options) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/graphql", packedByPOST(limitBody(o.readable(o.identify(o.graphql())))))
	mux.Handle(uploadRoute, o.identify(onlyStaff(o.upload, (*access.Viewer).MayChange)))
	mux.Handle("GET /imports/{batch}/refused.csv", packed(o.identify(onlyStaff(o.refusedRows, (*access.Viewer).MayRead))))
	mux.Handle("GET /exports/legacy-worklist.csv", packed(o.identify(onlyStaff(o.worklist, (*access.Viewer).MayRead))))
	mux.Handle("POST /webhooks/stripe", limitBody(o.stripeWebhook()))
	mux.Handle("POST /webhooks/resend", limitBody(o.resendWebhook()))
	mux.Handle("POST /webhooks/twilio/status/{delivery}", limitBody(o.textStatusWebhook()))
	mux.Handle("POST /webhooks/twilio/inbound", limitBody(o.textReplyWebhook()))
	mux.Handle("GET /setup/{token}", o.setupPage())
	mux.Handle("GET /setup/{$}", o.setupPage()) // what is left of the address once the page has taken the token
	mux.Handle("GET /account", o.accountPage())
	console := o.consolePage()
	for _, path := range web.ConsolePaths() {
		mux.Handle("GET "+path, console)
	}
	counter := o.counterPage()
	for _, path := range web.CounterPaths() {
		mux.Handle("GET "+path, counter)
	}
	mux.HandleFunc("GET /s/{token}", o.textLink)
	mux.HandleFunc("GET /unsubscribe/{token}", o.unsubscribePage)
	mux.Handle("POST /unsubscribe/{token}", limitBody(http.HandlerFunc(o.unsubscribe)))
	if o.Access.OIDC != nil {
		mux.HandleFunc("GET /oidc/start", o.startOIDC)
		mux.HandleFunc("GET "+OIDCCallback, o.finishOIDC)
	}
	mux.Handle("GET /assets/", web.Assets())
	mux.HandleFunc("GET /healthz", alive)
	mux.HandleFunc("GET /readyz", o.ready)
	if o.Jobs != nil {
		mux.Handle(JobsPath, limitBody(o.jobs()))
		mux.Handle(JobsPath+"/", limitBody(o.jobs()))
	}
	if o.Development {
		mux.Handle("GET /graphiql", web.GraphiQL())
	}
	if o.Sandbox != nil {
		mux.Handle("/sandbox/", ownPolicy(o.Sandbox))
	}
	sameSite := http.NewCrossOriginProtection()
	sameSite.AddInsecureBypassPattern("/webhooks/")                // signed instead
	sameSite.AddInsecureBypassPattern("/sandbox/")                 // vendors' SDKs and browsers of the demo
	sameSite.AddInsecureBypassPattern("POST /unsubscribe/{token}") // mail services, with one click and no cookie; the token is the right
	return o.observe(o.headers(sameSite.Handler(mux)))
}

// setupPage and accountPage lead the tenant's card to Stripe, or in the demo to the stand-in.
func (o Options) setupPage() http.Handler { return web.Setup(o.standIn()) }

func (o Options) accountPage() http.Handler { return web.Account(o.standIn()) }

func (o Options) consolePage() http.Handler { return web.Console(o.signIn()) }

func (o Options) counterPage() http.Handler { return web.Counter(o.signIn(), o.standIn()) }

// signIn is where the identity provider lets staff in; empty where there is none.
func (o Options) signIn() string {
	if o.Access.OIDC != nil {
		return "/oidc/start"
	}
	return ""
}

func (o Options) standIn() string {
	if o.Sandbox != nil {
		return "/sandbox/stripe"
	}
	return ""
}

func (o Options) graphql() http.Handler {
	srv := handler.New(graph.NewExecutableSchema(graph.Config{Resolvers: o.Resolver, Directives: graph.Directives()}))
	o.addLive(srv)
	srv.AddTransport(overHTTP{})
	documents := lru.New[*ast.QueryDocument](1000)
	most := limits.Default(documents)
	srv.SetQueryCache(documents)
	srv.SetParserTokenLimit(most.Tokens)
	if !o.Development && o.Documents != nil {
		srv.Use(newPagesAlone(o.Documents)) // first: what is not carried out is not looked at
	}
	srv.Use(most)
	srv.SetErrorPresenter(graph.Presenter(o.Log))
	srv.SetRecoverFunc(func(_ context.Context, p any) error { return fmt.Errorf("panic: %v\n%s", p, debug.Stack()) })
	if o.Development {
		srv.Use(extension.Introspection{})
	} else {
		srv.SetDisableSuggestion(true) // without it gqlgen puts two of the rules back
		srv.SetValidationRulesFn(withoutSuggestions)
		srv.Use(closedSchema{})
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), requestTimeout)
		if stays(r) {
			_ = http.NewResponseController(w).SetReadDeadline(time.Time{}) // of net/http's ReadTimeout; where there is none, none is lifted
			cancel()
			ctx, cancel = staying(r.Context())
			if owner := access.From(ctx).Viewer; owner != nil && r.Header.Get("Upgrade") == "" {
				go o.endWithSignIn(ctx, owner) // a socket's is known by its first message
			}
		}
		defer cancel()
		w.Header().Set("Cache-Control", "no-store")
		srv.ServeHTTP(w, r.WithContext(graph.WithLoaders(ctx, o.Pool)))
	})
}

// alive says that the process runs.
func alive(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok\n")) }

// ready says that it can do its work: the database answers.
func (o Options) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	if err := o.Pool.Ping(ctx); err != nil {
		http.Error(w, "the database does not answer", http.StatusServiceUnavailable)
		return
	}
	_, _ = w.Write([]byte("ok\n"))
}
