package main

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"runtime/pprof"
	"strings"
	"time"

	"carryover/app"
	"carryover/bench/list/million"
	"carryover/config"
)

// serve is what a contestant's process does: it tells its address in one line of standard output, answers, and ends when its
// standard input does. A profile covers all of that.
func serve(ctx context.Context, name, databaseURL, profile string) error {
	open := map[string]func(context.Context, string) (http.Handler, error){"ours": ours, "hand-written": handWritten}[name]
	if open == nil {
		return fmt.Errorf("there is no contestant %q", name)
	}
	handler, err := open(ctx, databaseURL)
	if err != nil {
		return err
	}
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	if profile != "" {
		file, err := os.Create(profile)
		if err != nil {
			return err
		}
		defer func() { pprof.StopCPUProfile(); _ = file.Close() }()
		if err := pprof.StartCPUProfile(file); err != nil {
			return err
		}
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute}
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		_ = server.Close()
	}()
	fmt.Printf("http://%s\n", l.Addr())
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// ours is the service as it runs, with its API and no workers. Its clock stands at the end of the data. The vendors' addresses
// lead nowhere: nothing here calls them.
func ours(ctx context.Context, databaseURL string) (http.Handler, error) {
	c, err := config.FromEnvironment(map[string]string{
		"DATABASE_URL":           databaseURL,
		"CARRYOVER_LINK_KEYS":    "bench:" + base64.StdEncoding.EncodeToString([]byte(strings.Repeat("k", 32))),
		"CARRYOVER_EMAIL_FROM":   "hello@example.com",
		"STRIPE_SECRET_KEY":      "sk_test_bench",
		"STRIPE_PUBLISHABLE_KEY": "pk_test_bench",
		"STRIPE_WEBHOOK_SECRETS": "whsec_bench",
		"STRIPE_BASE_URL":        "http://127.0.0.1:9",
		"RESEND_API_KEY":         "re_bench",
		"RESEND_WEBHOOK_SECRETS": "whsec_YmVuY2g=",
		"RESEND_BASE_URL":        "http://127.0.0.1:9",
	})
	if err != nil {
		return nil, err
	}
	a, err := app.New(ctx, c, app.Options{API: true, Clock: func() time.Time { return million.Until },
		Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return nil, err
	}
	return a.Handler, nil
}
