package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql/handler"

	"carryover/access"
	"carryover/app"
	"carryover/config"
	"carryover/e2e/office"
	"carryover/graph"
	"carryover/live"
)

// server is the service in a process of its own, as somebody sees it who talks to it.
type server struct {
	address, token string
	client         *http.Client
	stop           func()
}

// startServer runs this command again as the server and signs in.
func startServer(ctx context.Context, databaseURL string) (*server, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, self, "-serve")
	cmd.Env = append(os.Environ(), office.Environment(office.Places{DatabaseURL: databaseURL, MailURL: nowhere, PhoneURL: nowhere, StripeURL: nowhere})...)
	cmd.Env = append(cmd.Env, "CARRYOVER_DEVELOPMENT=false", "CARRYOVER_PROXIES=127.0.0.0/8") // a flood comes from many networks
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	s := &server{stop: func() { _ = in.Close(); _ = cmd.Wait() }, client: &http.Client{Timeout: patience,
		Transport: &http.Transport{MaxIdleConnsPerHost: 2_000, DisableCompression: true}}}
	if s.address, err = bufio.NewReader(out).ReadString('\n'); err == nil {
		s.address = strings.TrimSpace(s.address)
		s.token, err = s.signIn(ctx)
	}
	if err != nil {
		s.stop()
		return nil, fmt.Errorf("start the server: %w", err)
	}
	return s, nil
}

// nowhere is the vendors' address: nothing here calls them.
const nowhere = "http://127.0.0.1:9"

// patience is how long an answer is waited for.
const patience = 20 * time.Second

// serve is what the server's process does until its standard input ends. It tells its address in one line of standard output.
func serve(ctx context.Context) error {
	settings, err := config.FromEnvironment(office.Environ())
	if err != nil {
		return err
	}
	log := slog.New(slog.DiscardHandler)
	a, err := app.New(ctx, settings, app.Options{API: true, Log: log})
	if err != nil {
		return err
	}
	defer a.Close()
	mux := http.NewServeMux()
	mux.Handle("/", a.Handler)
	if err := defaults(a, log, mux); err != nil {
		return err
	}
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	web := &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute}
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		_ = web.Close()
	}()
	fmt.Printf("http://%s\n", l.Addr())
	if err := web.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// defaults serves the same schema, resolvers and rows below /defaults as gqlgen does by itself.
func defaults(a *app.App, log *slog.Logger, mux *http.ServeMux) error {
	in, err := access.New(a.Pool, time.Now)
	if err != nil {
		return err
	}
	hub := live.New(a.Pool, log)
	plain := handler.NewDefaultServer(graph.NewExecutableSchema(graph.Config{Directives: graph.Directives(),
		Resolvers: &graph.Resolver{Pool: a.Pool, Lists: a.Lists, Pages: a.Pages, Migration: a.Rules, Access: in, Live: hub, Log: log}}))
	mux.Handle("/defaults/graphql", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		viewer, err := in.Who(r.Context(), strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer "))
		if err != nil {
			http.Error(w, "the database does not answer", http.StatusServiceUnavailable)
			return
		}
		none := func(string) {}
		ctx := access.With(r.Context(), &access.Request{Viewer: viewer, SetCookie: none, SetTenantCookie: none, SetDeviceCookie: none})
		plain.ServeHTTP(w, r.WithContext(graph.WithLoaders(ctx, a.Pool)))
	}))
	return nil
}
