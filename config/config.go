// Package config reads the settings of the program from its environment, once, at the start.
//
// It owns their names, types, defaults and limits, and tells every mistake at once. It does not own flags that choose what a
// command does; those are in cmd/carryover.
package config

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net/mail"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/caarlos0/env/v11"

	"carryover/migration"
)

// Config is every setting. Values that are secrets are never printed.
type Config struct {
	DatabaseURL string `env:"DATABASE_URL"` // the application's login; its connections run as the role carryover_app

	Addr        string `env:"CARRYOVER_ADDR" envDefault:"127.0.0.1:8080"`
	PublicURL   string `env:"CARRYOVER_PUBLIC_URL" envDefault:"http://127.0.0.1:8080"`
	Development bool   `env:"CARRYOVER_DEVELOPMENT" envDefault:"false"` // serves GraphiQL and answers introspection

	Proxies []netip.Prefix `env:"CARRYOVER_PROXIES"` // 10.0.0.0/8,… of ours; what they say of who connected is believed

	OIDCIssuer       string `env:"CARRYOVER_OIDC_ISSUER"` // empty, with the other two: staff sign in by password alone
	OIDCClientID     string `env:"CARRYOVER_OIDC_CLIENT_ID"`
	OIDCClientSecret string `env:"CARRYOVER_OIDC_CLIENT_SECRET"`

	LinkKeys Keys          `env:"CARRYOVER_LINK_KEYS"` // id:base64,… the first makes links, all open them
	LinkLife time.Duration `env:"CARRYOVER_LINK_LIFE" envDefault:"720h"`

	UploadMB int64 `env:"CARRYOVER_UPLOAD_MB" envDefault:"1024"` // the largest file of an old system, in megabytes

	UndoWindow time.Duration `env:"CARRYOVER_UNDO_WINDOW" envDefault:"72h"`

	StripeSecretKey      string   `env:"STRIPE_SECRET_KEY"`
	StripePublishableKey string   `env:"STRIPE_PUBLISHABLE_KEY"`
	StripeWebhookSecrets []string `env:"STRIPE_WEBHOOK_SECRETS"` // whsec_…,whsec_… any of them signs, for rotation
	StripeBaseURL        string   `env:"STRIPE_BASE_URL"`        // empty: Stripe's own

	ResendAPIKey         string   `env:"RESEND_API_KEY"`
	ResendWebhookSecrets []string `env:"RESEND_WEBHOOK_SECRETS"` // whsec_…,whsec_… any of them signs, for rotation
	ResendBaseURL        string   `env:"RESEND_BASE_URL"`        // empty: Resend's own
	EmailFrom            string   `env:"CARRYOVER_EMAIL_FROM"`

	TwilioAccountSID string `env:"TWILIO_ACCOUNT_SID"` // empty, with the token and the sender: no texts
	TwilioAuthToken  string `env:"TWILIO_AUTH_TOKEN"`
	// TwilioPreviousAuthToken is the one that is replaced: what it signs is believed, and nothing is asked with it. Empty: none is.
	TwilioPreviousAuthToken string `env:"TWILIO_PREVIOUS_AUTH_TOKEN"`

	TwilioFrom    string `env:"TWILIO_FROM"`     // +15551234567, a short code, or a messaging service MG…
	TwilioBaseURL string `env:"TWILIO_BASE_URL"` // empty: Twilio's own

	EmailRate float64 `env:"CARRYOVER_EMAIL_RATE" envDefault:"2"` // calls a second, each with up to a hundred emails
	TextRate  float64 `env:"CARRYOVER_TEXT_RATE" envDefault:"1"`  // texts a second

	StripeRate         float64 `env:"CARRYOVER_STRIPE_RATE" envDefault:"100"`         // calls a second in all
	StripeEndpointRate float64 `env:"CARRYOVER_STRIPE_ENDPOINT_RATE" envDefault:"25"` // calls a second to one endpoint
}

// Texts tells whether texts are configured.
func (c Config) Texts() bool { return c.TwilioAccountSID != "" }

// OIDC tells whether staff may sign in at an identity provider.
func (c Config) OIDC() bool { return c.OIDCIssuer != "" }

// Keys are the secrets that links are made of.
type Keys []migration.LinkKey

// UnmarshalText reads "id:base64,id:base64".
func (k *Keys) UnmarshalText(text []byte) error {
	for one := range strings.SplitSeq(string(text), ",") {
		id, encoded, ok := strings.Cut(strings.TrimSpace(one), ":")
		secret, err := base64.StdEncoding.DecodeString(encoded)
		if !ok || err != nil {
			return errors.New("write id:secret,id:secret with each secret in base64, for instance k1:$(openssl rand -base64 32)")
		}
		*k = append(*k, migration.LinkKey{ID: id, Secret: secret})
	}
	return nil
}

// FromEnvironment reads and checks all settings. The error lists every mistake, one a line, each with its name and what would
// be right.
func FromEnvironment(environ map[string]string) (Config, error) {
	c, err := env.ParseAsWithOptions[Config](env.Options{Environment: environ})
	var mistakes []error
	unread := map[string]bool{}
	var all env.AggregateError
	switch {
	case errors.As(err, &all):
		for _, one := range all.Errors {
			name, mistake := named(one)
			unread[name], mistakes = true, append(mistakes, mistake)
		}
	case err != nil:
		mistakes = append(mistakes, err)
	}
	mistakes = append(mistakes, c.check(unread)...)
	return c, errors.Join(mistakes...)
}

// fieldNames lead from a Config field to the variable that sets it, for messages.
var fieldNames = map[string]string{
	"LinkKeys": "CARRYOVER_LINK_KEYS", "LinkLife": "CARRYOVER_LINK_LIFE", "UndoWindow": "CARRYOVER_UNDO_WINDOW", "Development": "CARRYOVER_DEVELOPMENT",
	"UploadMB": "CARRYOVER_UPLOAD_MB",
	"Proxies":  "CARRYOVER_PROXIES", "TwilioAccountSID": "TWILIO_ACCOUNT_SID", "TwilioAuthToken": "TWILIO_AUTH_TOKEN", "TwilioPreviousAuthToken": "TWILIO_PREVIOUS_AUTH_TOKEN", "TwilioFrom": "TWILIO_FROM", "TwilioBaseURL": "TWILIO_BASE_URL",
	"EmailRate": "CARRYOVER_EMAIL_RATE", "TextRate": "CARRYOVER_TEXT_RATE",
	"StripeRate": "CARRYOVER_STRIPE_RATE", "StripeEndpointRate": "CARRYOVER_STRIPE_ENDPOINT_RATE",
}

func named(err error) (name string, mistake error) {
	var pe env.ParseError
	if errors.As(err, &pe) {
		return fieldNames[pe.Name], fmt.Errorf("%s: %w", fieldNames[pe.Name], pe.Err)
	}
	return "", err
}

// check tells what is wrong with the values that could be read; those that could not are told of already.
func (c Config) check(unread map[string]bool) []error {
	var mistakes []error
	require := func(ok bool, name, wants string) {
		if !ok && !unread[name] {
			mistakes = append(mistakes, fmt.Errorf("%s: %s", name, wants))
		}
	}
	require(strings.HasPrefix(c.DatabaseURL, "postgres://") || strings.HasPrefix(c.DatabaseURL, "postgresql://"),
		"DATABASE_URL", "set it to the database, like postgres://user:password@host:5432/carryover")
	require(isURL(c.PublicURL), "CARRYOVER_PUBLIC_URL", "set it to the address that tenants reach, like https://move.example.com, without a path")
	require(strings.Contains(c.Addr, ":"), "CARRYOVER_ADDR", "set it to host:port, like 0.0.0.0:8080")
	_, err := migration.NewLinks(c.LinkKeys...)
	require(err == nil, "CARRYOVER_LINK_KEYS", fmt.Sprintf("%v; write id:secret with at least 32 bytes in base64, for instance k1:$(openssl rand -base64 32)", err))
	require(c.LinkLife >= time.Hour, "CARRYOVER_LINK_LIFE", "set it to at least 1h; 720h is 30 days")
	require(c.UploadMB >= 1 && c.UploadMB <= 100_000, "CARRYOVER_UPLOAD_MB", "set it to the largest file that may be imported, in megabytes, like 1024")
	require(c.UndoWindow >= 0, "CARRYOVER_UNDO_WINDOW", "set it to how long an approval can be taken back, like 72h; 0s is never")
	require(strings.HasPrefix(c.StripeSecretKey, "sk_") || strings.HasPrefix(c.StripeSecretKey, "rk_"),
		"STRIPE_SECRET_KEY", "set it to the account's secret key, sk_… or rk_…")
	require(strings.HasPrefix(c.StripePublishableKey, "pk_"), "STRIPE_PUBLISHABLE_KEY", "set it to the account's publishable key, pk_…")
	require(len(c.StripeWebhookSecrets) > 0 && !slices.ContainsFunc(c.StripeWebhookSecrets, isNoWebhookSecret), "STRIPE_WEBHOOK_SECRETS", "set it to the endpoint's signing secret, whsec_…; several with commas while one is replaced")
	require(c.StripeBaseURL == "" || isBaseURL(c.StripeBaseURL), "STRIPE_BASE_URL", "leave it empty, or set it to a stand-in's address")
	require(c.StripeBaseURL == "" || !strings.Contains(c.StripeSecretKey, "_live_"), "STRIPE_BASE_URL", "a live key goes to Stripe only; leave it empty")
	require(c.ResendAPIKey != "", "RESEND_API_KEY", "set it to the account's key, re_…")
	require(len(c.ResendWebhookSecrets) > 0 && !slices.ContainsFunc(c.ResendWebhookSecrets, isNoSvixSecret), "RESEND_WEBHOOK_SECRETS", "set it to the endpoint's signing secret, whsec_… as Resend shows it; several with commas while one is replaced")
	require(c.ResendBaseURL == "" || isBaseURL(c.ResendBaseURL), "RESEND_BASE_URL", "leave it empty, or set it to a stand-in's address")
	_, err = mail.ParseAddress(c.EmailFrom)
	require(err == nil && !strings.Contains(c.EmailFrom, "<"), "CARRYOVER_EMAIL_FROM", "set it to a bare address of a domain that Resend may send for, like hello@example.com")
	if c.OIDCIssuer+c.OIDCClientID+c.OIDCClientSecret != "" {
		const orNone = "; for no identity provider leave CARRYOVER_OIDC_ISSUER, CARRYOVER_OIDC_CLIENT_ID and CARRYOVER_OIDC_CLIENT_SECRET empty"
		require(isIssuer(c.OIDCIssuer), "CARRYOVER_OIDC_ISSUER", "set it to the provider's issuer, like https://login.example.com, with https unless it is on this machine"+orNone)
		require(c.OIDCClientID != "", "CARRYOVER_OIDC_CLIENT_ID", "set it to what the provider knows this program by"+orNone)
		require(c.OIDCClientSecret != "", "CARRYOVER_OIDC_CLIENT_SECRET", "set it to the secret that the provider gave with the client id"+orNone)
	}
	return append(mistakes, c.checkSending(unread)...)
}

// What Twilio's settings look like: https://www.twilio.com/docs/glossary/what-is-a-sid
var (
	twilioAccounts = regexp.MustCompile(`^AC[0-9a-fA-F]{32}$`)
	twilioTokens   = regexp.MustCompile(`^[0-9a-zA-Z]+$`)
	twilioSenders  = regexp.MustCompile(`^(\+[1-9][0-9]{6,14}|[0-9]{3,8}|MG[0-9a-fA-F]{32})$`)
)

// maxRate bounds what a typing slip may do to a provider.
const maxRate = 10_000

// checkSending looks at the settings of texts, which are all there or none, and at how fast may be sent.
func (c Config) checkSending(unread map[string]bool) []error {
	var mistakes []error
	require := func(ok bool, name, wants string) {
		if !ok && !unread[name] {
			mistakes = append(mistakes, fmt.Errorf("%s: %s", name, wants))
		}
	}
	if c.TwilioAccountSID+c.TwilioAuthToken+c.TwilioFrom != "" {
		require(twilioAccounts.MatchString(c.TwilioAccountSID), "TWILIO_ACCOUNT_SID", "set it to the account's SID, AC and 32 hexadecimal digits; for no texts leave TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and TWILIO_FROM empty")
		require(twilioTokens.MatchString(c.TwilioAuthToken), "TWILIO_AUTH_TOKEN", "set it to the account's token")
		require(c.TwilioPreviousAuthToken == "" || twilioTokens.MatchString(c.TwilioPreviousAuthToken), "TWILIO_PREVIOUS_AUTH_TOKEN", "leave it empty, or set it to the account's token that TWILIO_AUTH_TOKEN replaces")
		require(twilioSenders.MatchString(c.TwilioFrom), "TWILIO_FROM", "set it to a number like +15551234567, a short code, or a messaging service MG…")
	}
	require(c.TwilioBaseURL == "" || isBaseURL(c.TwilioBaseURL), "TWILIO_BASE_URL", "leave it empty, or set it to a stand-in's address")
	require(c.EmailRate >= 0 && c.EmailRate <= maxRate, "CARRYOVER_EMAIL_RATE", "set it to the calls a second that Resend allows the team, like 2; 0 is no limit")
	require(c.TextRate >= 0 && c.TextRate <= maxRate, "CARRYOVER_TEXT_RATE", "set it to the texts a second that TWILIO_FROM may send, 1 for a long code; 0 is no limit")
	require(c.StripeRate >= 0 && c.StripeRate <= maxRate, "CARRYOVER_STRIPE_RATE", "set it to the calls a second that Stripe allows the account, 100 in live mode and 25 in test mode; 0 is no limit")
	require(c.StripeEndpointRate >= 0 && c.StripeEndpointRate <= maxRate, "CARRYOVER_STRIPE_ENDPOINT_RATE", "set it to the calls a second that Stripe allows to one endpoint, like 25; 0 is no limit")
	return mistakes
}

func isURL(raw string) bool {
	u, err := url.Parse(raw)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.Path == "" && u.RawQuery == ""
}

// isNoWebhookSecret: an empty secret would let anybody sign, a blank before one would let nobody.
func isNoWebhookSecret(secret string) bool {
	rest, ok := strings.CutPrefix(secret, "whsec_")
	return !ok || rest == "" || strings.TrimSpace(rest) != rest
}

// isNoSvixSecret: behind the prefix stands the key itself, in base64.
func isNoSvixSecret(secret string) bool {
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	return isNoWebhookSecret(secret) || err != nil || len(key) == 0
}

// isIssuer: whoever stands between us and the provider would sign anybody in.
func isIssuer(raw string) bool {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" || u.RawQuery != "" || u.Fragment != "" {
		return false
	}
	ip, err := netip.ParseAddr(u.Hostname())
	local := u.Hostname() == "localhost" || (err == nil && ip.IsLoopback())
	return u.Scheme == "https" || (u.Scheme == "http" && local)
}

func isBaseURL(raw string) bool {
	u, err := url.Parse(raw)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
}
