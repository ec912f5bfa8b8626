// Package twilioapi hands texts to Twilio in the words of package migration: it implements [migration.Texter] with the
// vendor's SDK over HTTP, against Twilio itself or whatever answers like it at another base URL.
//
// It owns the wire: who a text comes from, where its statuses are called back to, and what an answer or a failure proves. It
// does not own what is written, to whom, or how often. It never calls twice by itself: creating a message has no idempotency
// key at Twilio, so a second call is a second text.
package twilioapi

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/twilio/twilio-go/client"
	openapi "github.com/twilio/twilio-go/rest/api/v2010"

	"carryover/migration"
)

const (
	vendorURL = "https://api.twilio.com"
	// defaultTimeout bounds a call as a whole. Twilio answers a creation within seconds or not at all.
	defaultTimeout = 30 * time.Second
)

// Options say how to reach Twilio. AccountSID, AuthToken and From are required.
type Options struct {
	AccountSID string // AC…
	AuthToken  string
	// From is what texts come from: a number in E.164, a short code, or a messaging service (MG…).
	From string
	// CallbackURL, where set, is where Twilio reports what becomes of a text: the delivery's id is put behind it. Twilio must
	// be able to reach it.
	CallbackURL string
	// BaseURL is where the API answers; empty is Twilio.
	BaseURL string
	// Transport carries the requests; nil is one of our own. Only net/http's own tells whether a request may have left the
	// machine, and the answer "surely not" hangs on that.
	Transport *http.Transport
	// Timeout bounds one call; zero is half a minute.
	Timeout time.Duration
	// Logger gets the calls that failed, without numbers or bodies; nil drops them.
	Logger *slog.Logger
}

// Client implements [migration.Texter]. It is safe for concurrent use.
type Client struct {
	account, token, from, callback string
	base                           *url.URL
	transport                      http.RoundTripper
	timeout                        time.Duration
	log                            *slog.Logger
}

var _ migration.Texter = (*Client)(nil)

var (
	accountSIDs = regexp.MustCompile(`^AC[0-9a-fA-F]{32}$`)
	tokens      = regexp.MustCompile(`^[0-9a-zA-Z]+$`) // the SDK refuses others, call by call
	services    = regexp.MustCompile(`^MG[0-9a-fA-F]{32}$`)
	senders     = regexp.MustCompile(`^(\+[1-9][0-9]{6,14}|[0-9]{3,8}|MG[0-9a-fA-F]{32})$`)
)

// New checks the options and calls nobody.
func New(o Options) (*Client, error) {
	switch {
	case !accountSIDs.MatchString(o.AccountSID):
		return nil, errors.New("the Twilio account is not valid: set the SID that starts with AC and has 34 characters")
	case !tokens.MatchString(o.AuthToken):
		return nil, errors.New("the Twilio token is missing or has other characters than letters and digits")
	case !senders.MatchString(o.From):
		return nil, fmt.Errorf("texts cannot come from %q: write a number like +15551234567, a short code, or a messaging service MG…", o.From)
	}
	base, err := baseURL(o.BaseURL)
	if err != nil {
		return nil, err
	}
	c := &Client{account: o.AccountSID, token: o.AuthToken, from: o.From, callback: o.CallbackURL, base: base,
		transport: o.Transport, timeout: o.Timeout, log: o.Logger}
	if o.Transport == nil {
		c.transport = newTransport()
	}
	if c.timeout == 0 {
		c.timeout = defaultTimeout
	}
	if c.log == nil {
		c.log = slog.New(slog.DiscardHandler)
	}
	return c, nil
}

// newTransport keeps as many connections as there are texts under way, and lets go of idle ones before Twilio's side does: a
// text on a connection that is being closed there would be in doubt.
func newTransport() *http.Transport {
	return &http.Transport{
		Proxy: http.ProxyFromEnvironment, DialContext: (&net.Dialer{Timeout: 10 * time.Second}).DialContext,
		ForceAttemptHTTP2: true, TLSHandshakeTimeout: 10 * time.Second,
		MaxIdleConnsPerHost: 200, IdleConnTimeout: 20 * time.Second,
	}
}

// baseURL answers nil for Twilio itself: the SDK knows its own hosts.
func baseURL(given string) (*url.URL, error) {
	if given == "" {
		return nil, nil
	}
	u, err := url.Parse(strings.TrimSuffix(given, "/"))
	if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || (u.Scheme != "http" && u.Scheme != "https") {
		return nil, fmt.Errorf("the Twilio base URL is not valid: write one like %s", vendorURL)
	}
	return u, nil
}

// sdk makes the vendor's client for one call. Its methods take no context, so the witness under it carries the call's own.
func (c *Client) sdk(ctx context.Context) (*openapi.ApiService, *witness) {
	seen := &witness{ctx: ctx, base: c.base, next: c.transport}
	wire := &client.Client{
		Credentials: client.NewCredentials(c.account, c.token),
		HTTPClient: &http.Client{
			Transport: seen,
			// A redirected POST would arrive as a GET, or at a stranger's with the number in it.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
	wire.SetAccountSid(c.account)
	return openapi.NewApiService(client.NewRequestHandler(wire)), seen
}
