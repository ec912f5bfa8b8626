// Package resendapi hands emails to Resend in the words of package migration: it implements [migration.Mailer] with the
// vendor's SDK over HTTP, against Resend itself or whatever answers like it at another base URL.
//
// It owns the wire: how an email is addressed, and what an answer or a failure proves. It does not own what is written,
// who may be written to, how often, or under which idempotency key; it does not try again. [Webhooks] reads what Resend tells us.
package resendapi

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/mail"
	"net/url"
	"strings"
	"time"

	"github.com/resend/resend-go/v2"

	"carryover/migration"
)

const (
	vendorURL = "https://api.resend.com/"
	// requestTimeout bounds the call where the caller brings no HTTP client. It is resend-go's own default.
	requestTimeout = time.Minute
)

// Options say how to reach Resend. APIKey and FromAddress are required.
type Options struct {
	APIKey string
	// BaseURL is where the API answers; empty is Resend.
	BaseURL string
	// FromAddress is the bare address that all emails come from; its domain is verified at Resend. Each email brings the
	// name beside it.
	FromAddress string
	// HTTPClient makes the requests; nil is a client of our own with a timeout of a minute.
	HTTPClient *http.Client
	// Logger gets the calls that failed, without addresses or bodies; nil drops them.
	Logger *slog.Logger
}

// Client implements [migration.Mailer]. It is safe for concurrent use.
type Client struct {
	key  string
	base *url.URL
	from string
	http *http.Client
	log  *slog.Logger
}

var _ migration.Mailer = (*Client)(nil)

// New checks the options and calls nobody.
func New(o Options) (*Client, error) {
	key := strings.TrimSpace(o.APIKey)
	if key == "" || strings.ContainsAny(key, " \t\r\n") {
		return nil, errors.New("the Resend API key is missing or has blanks in it: set the one that starts with re_")
	}
	from, err := mail.ParseAddress(o.FromAddress)
	if err != nil || from.Address != o.FromAddress {
		return nil, fmt.Errorf("the sender %q is not a bare address: write one like welcome@example.com", o.FromAddress)
	}
	base, err := baseURL(o.BaseURL)
	if err != nil {
		return nil, err
	}
	c := &Client{key: key, base: base, from: from.Address, http: o.HTTPClient, log: o.Logger}
	if c.http == nil {
		c.http = &http.Client{Timeout: requestTimeout}
	}
	if c.log == nil {
		c.log = slog.New(slog.DiscardHandler)
	}
	return c, nil
}

// baseURL ends in a slash, because the SDK resolves its paths against it.
func baseURL(given string) (*url.URL, error) {
	if given == "" {
		given = vendorURL
	}
	u, err := url.Parse(strings.TrimSuffix(given, "/") + "/")
	if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || (u.Scheme != "http" && u.Scheme != "https") {
		return nil, fmt.Errorf("the Resend base URL is not valid: write one like %s", vendorURL)
	}
	return u, nil
}

// sdk makes the vendor's client for one call, with a witness of its own: the SDK's errors have neither the status nor the
// name of what went wrong, and both are needed to know whether emails went out.
func (c *Client) sdk() (*resend.Client, *witness) {
	seen := &witness{next: c.http.Transport}
	if seen.next == nil {
		seen.next = http.DefaultTransport
	}
	sdk := resend.NewCustomClient(&http.Client{
		Transport: seen,
		Timeout:   c.http.Timeout,
		// A redirected POST would arrive as a GET, or at a stranger's with all addresses in it.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}, c.key)
	sdk.BaseURL = c.base
	return sdk, seen
}
