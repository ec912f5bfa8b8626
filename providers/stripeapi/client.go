// Package stripeapi speaks to Stripe in the words of package migration: it implements [migration.Payments] with the
// vendor's SDK over HTTP, against Stripe itself or whatever answers like it at another base URL.
//
// It owns the wire: which parameters are sent, how answers are read, and what a failure proves (see errors.go). It does
// not own the rules: when a subscription may be made, with which idempotency key, and what follows a decline is decided
// by the caller. It receives no webhooks and keeps no state.
package stripeapi

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/stripe/stripe-go/v76"
	"github.com/stripe/stripe-go/v76/client"

	"carryover/migration"
)

// requestTimeout bounds one try where the caller brings no HTTP client. It is stripe-go's own default.
const requestTimeout = 80 * time.Second

// Options say how to reach Stripe. Only SecretKey is required.
type Options struct {
	SecretKey string
	// BaseURL is where the API answers; empty is Stripe. A live key is refused with any other.
	BaseURL string
	// HTTPClient makes the requests; nil is a client of our own with stripe-go's timeout of 80 s for one try.
	HTTPClient *http.Client
	// Logger gets what the SDK reports, without bodies; nil drops it.
	Logger *slog.Logger
	// MaxNetworkRetries is how often the SDK tries again by itself; nil is 2.
	MaxNetworkRetries *int64
	// Pace, where set, lets every request wait for its turn.
	Pace Pace
}

// Client implements [migration.Payments]. It is safe for concurrent use.
type Client struct {
	api *client.API
}

var _ migration.Payments = (*Client)(nil)

// stripe-go keeps the app's name for the whole process and reads it without a lock, so it is set before anything runs.
func init() {
	stripe.SetAppInfo(&stripe.AppInfo{Name: "Carryover"})
}

// New checks the options and calls nobody. It refuses a live key with a base URL that is not Stripe's, because that
// hands the key to a stranger.
func New(o Options) (*Client, error) {
	key := strings.TrimSpace(o.SecretKey)
	base, err := baseURL(o.BaseURL)
	if err != nil {
		return nil, err
	}
	if err := checkKey(key, base); err != nil {
		return nil, err
	}
	api := stripe.GetBackendWithConfig(stripe.APIBackend, o.backend(base))
	return &Client{api: client.New(key, &stripe.Backends{API: api, Connect: api, Uploads: api})}, nil
}

func (o Options) backend(base string) *stripe.BackendConfig {
	config := &stripe.BackendConfig{
		EnableTelemetry:   new(false),
		HTTPClient:        o.HTTPClient,
		LeveledLogger:     sdkLog{o.Logger},
		MaxNetworkRetries: o.MaxNetworkRetries,
		URL:               &base,
	}
	if config.HTTPClient == nil {
		config.HTTPClient = &http.Client{Timeout: requestTimeout}
	}
	if o.Pace != nil {
		config.HTTPClient = o.paced(config.HTTPClient)
	}
	if o.Logger == nil {
		config.LeveledLogger = sdkLog{slog.New(slog.DiscardHandler)}
	}
	if config.MaxNetworkRetries == nil {
		config.MaxNetworkRetries = new(stripe.DefaultMaxNetworkRetries)
	}
	return config
}

// paced is a client like the given one whose requests wait for their turn first.
func (o Options) paced(given *http.Client) *http.Client {
	client := *given
	next := client.Transport
	if next == nil {
		next = http.DefaultTransport
	}
	client.Transport = paced{o.Pace, next}
	return &client
}

func baseURL(given string) (string, error) {
	if given == "" {
		return stripe.APIURL, nil
	}
	u, err := url.Parse(given)
	if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || (u.Scheme != "http" && u.Scheme != "https") {
		return "", errors.New("the Stripe base URL is not valid: write one like https://api.stripe.com")
	}
	return strings.TrimSuffix(given, "/"), nil
}

// checkKey never puts the key into its errors: whatever was pasted by mistake may be a secret of something else.
func checkKey(key, base string) error {
	live := strings.HasPrefix(key, "sk_live_") || strings.HasPrefix(key, "rk_live_")
	test := strings.HasPrefix(key, "sk_test_") || strings.HasPrefix(key, "rk_test_")
	switch {
	case key == "":
		return errors.New("the Stripe secret key is missing: set one that starts with sk_test_ or sk_live_")
	case !live && !test:
		return errors.New("the Stripe secret key must start with sk_test_, rk_test_, sk_live_ or rk_live_")
	case live && base != stripe.APIURL:
		return fmt.Errorf("a live Stripe key is never sent to %q: leave the base URL empty, or use a test key", base)
	}
	return nil
}

// within answers what ask does, or ctx's error as soon as ctx is done. stripe-go sleeps between its retries without
// looking at the context; such a call is left behind, and it ends at its next look, after at most 5 seconds.
func within[T any](ctx context.Context, ask func() (T, error)) (T, error) {
	type outcome struct {
		value T
		err   error
	}
	done := make(chan outcome, 1)
	go func() {
		value, err := ask()
		done <- outcome{value, err}
	}()
	select {
	case o := <-done:
		return o.value, o.err
	case <-ctx.Done():
		var none T
		return none, ctx.Err()
	}
}

// call asks Stripe without an idempotency key of ours: reads, and what is harmless to do twice. With an error it answers
// nothing, also where a list broke off half-way.
func call[T any](ctx context.Context, op string, ask func() (T, error)) (T, error) {
	var none T
	answer, err := within(ctx, ask)
	if err != nil {
		return none, failure(op, err)
	}
	return answer, nil
}

// callOnce asks Stripe under an idempotency key. Without one stripe-go would make up a random key, and a retry of ours
// would act twice; so an empty key, or one longer than Stripe takes, is refused here.
func callOnce[T any](ctx context.Context, op, key string, ask func() (T, error)) (T, error) {
	var none T
	if trimmed := strings.TrimSpace(key); trimmed == "" || len(trimmed) > 255 {
		return none, refused(op, "idempotency_key_invalid", "The idempotency key must have 1 to 255 characters.")
	}
	answer, err := within(ctx, ask)
	if err != nil {
		pe := failure(op, err)
		pe.Replays = isSaved(err)
		return none, pe
	}
	return answer, nil
}
