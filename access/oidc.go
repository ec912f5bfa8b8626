package access

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/jackc/pgx/v5"
	"golang.org/x/oauth2"

	"carryover/queries"
	"carryover/throttle"
)

// ErrNotAdmitted is the one answer to somebody whom the identity provider knows and who is not let in here: the email is not verified, or
// is nobody's who works here.
var ErrNotAdmitted = errors.New("not on the list of staff")

// ErrOIDCAnswer is an answer of the identity provider's that does not belong to a sign-in that began in this browser.
var ErrOIDCAnswer = errors.New("no sign-in waits for this answer")

const (
	// oidcPatience is how long somebody may take at the identity provider's.
	oidcPatience = 10 * time.Minute
	oidcTimeout  = 10 * time.Second
)

// oidcStarts is how often one network begins to sign in: each is a row, and a stranger may begin.
var oidcStarts = throttle.Limit{Name: "oidc_starts", Most: 60, Per: 15 * time.Minute}

// OIDCOptions is what the identity provider knows us by.
type OIDCOptions struct {
	Issuer, ClientID, ClientSecret string
	RedirectURL                    string
}

// OIDC is the company's identity provider, asked for the first time when somebody signs in: it may be down while this program starts.
type OIDC struct {
	OIDCOptions
	client *http.Client

	mu       sync.Mutex
	provider *oidc.Provider
}

// NewOIDC answers a provider that has not been asked anything yet.
func NewOIDC(o OIDCOptions) *OIDC {
	return &OIDC{OIDCOptions: o, client: &http.Client{Timeout: oidcTimeout}}
}

// discover reads the provider's own description, once it has answered.
func (o *OIDC) discover(ctx context.Context) (*oidc.Provider, *oauth2.Config, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.provider == nil {
		p, err := oidc.NewProvider(oidc.ClientContext(ctx, o.client), o.Issuer)
		if err != nil {
			return nil, nil, fmt.Errorf("discover the identity provider: %w", err)
		}
		o.provider = p
	}
	return o.provider, &oauth2.Config{ClientID: o.ClientID, ClientSecret: o.ClientSecret, RedirectURL: o.RedirectURL,
		Endpoint: o.provider.Endpoint(), Scopes: []string{oidc.ScopeOpenID, "email"}}, nil
}

// BeginOIDC answers where the browser goes to sign in, and the state that it must bring back: in its cookie and from the provider.
func (s *Service) BeginOIDC(ctx context.Context, from Origin) (url, state string, err error) {
	now := s.clock()
	if network, ok := throttle.Network(from.IP); ok {
		if err := throttle.Take(ctx, s.pool, now, oidcStarts.Of(network.String())); err != nil {
			return "", "", err
		}
	}
	_, config, err := s.OIDC.discover(ctx)
	if err != nil {
		return "", "", err
	}
	state = newToken("")
	attempt := queries.OidcAttemptInsertParams{StateHash: hashToken(state), Nonce: newToken(""), Verifier: oauth2.GenerateVerifier(), Now: now, ExpiresAt: now.Add(oidcPatience)}
	if err := s.q.OidcAttemptInsert(ctx, s.pool, attempt); err != nil {
		return "", "", fmt.Errorf("insert attempt: %w", err)
	}
	return config.AuthCodeURL(state, oidc.Nonce(attempt.Nonce), oauth2.S256ChallengeOption(attempt.Verifier)), state, nil
}

// OIDCAnswer is what a browser brings back from the identity provider.
type OIDCAnswer struct {
	Held   string // the state in the browser's cookie
	State  string
	Code   string
	Issuer string // RFC 9207; "" where the provider does not say it
}

// FinishOIDC begins the sign-in of the member of staff whose verified email the provider vouches for. An answer is looked at once.
func (s *Service) FinishOIDC(ctx context.Context, a OIDCAnswer, from Origin) (in *SignIn, err error) {
	if a.State == "" || a.Code == "" || subtle.ConstantTimeCompare([]byte(a.Held), []byte(a.State)) == 0 || (a.Issuer != "" && a.Issuer != s.OIDC.Issuer) {
		return nil, ErrOIDCAnswer
	}
	attempt, err := s.q.OidcAttemptTake(ctx, s.pool, queries.OidcAttemptTakeParams{StateHash: hashToken(a.State), Now: s.clock()})
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, ErrOIDCAnswer
	}
	if err != nil {
		return nil, fmt.Errorf("take attempt: %w", err)
	}
	email, err := s.OIDC.vouchedFor(ctx, a.Code, attempt)
	if err != nil {
		return nil, err
	}
	staff, err := s.q.StaffGetByEmail(ctx, s.pool, email)
	if errors.Is(err, pgx.ErrNoRows) || (err == nil && staff.DeactivatedAt != nil) {
		return nil, ErrNotAdmitted
	}
	if err != nil {
		return nil, fmt.Errorf("read staff by email: %w", err)
	}
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		in, err = s.begin(ctx, tx, staff, queries.SignInWayOidc, from)
		return err
	})
	return in, err
}

// vouchedFor answers the verified email in the provider's signed word, which must be meant for us and for this attempt.
func (o *OIDC) vouchedFor(ctx context.Context, code string, attempt *queries.OidcAttempt) (string, error) {
	ctx = oidc.ClientContext(ctx, o.client)
	provider, config, err := o.discover(ctx)
	if err != nil {
		return "", err
	}
	tokens, err := config.Exchange(ctx, code, oauth2.VerifierOption(attempt.Verifier))
	if err != nil {
		return "", fmt.Errorf("%w: exchange the code: %w", ErrOIDCAnswer, err)
	}
	raw, _ := tokens.Extra("id_token").(string)
	word, err := provider.Verifier(&oidc.Config{ClientID: o.ClientID}).Verify(ctx, raw)
	if err != nil {
		return "", fmt.Errorf("%w: verify the ID token: %w", ErrOIDCAnswer, err)
	}
	var claims struct {
		Email    string `json:"email"`
		Verified any    `json:"email_verified"` // some providers write it as a string
		Azp      string `json:"azp"`
	}
	if err := word.Claims(&claims); err != nil {
		return "", fmt.Errorf("%w: read the ID token: %w", ErrOIDCAnswer, err)
	}
	others := len(word.Audience) > 1 || !slices.Contains(word.Audience, o.ClientID)
	switch {
	case subtle.ConstantTimeCompare([]byte(word.Nonce), []byte(attempt.Nonce)) == 0:
		return "", fmt.Errorf("%w: the nonce is not this attempt's", ErrOIDCAnswer)
	case (others || claims.Azp != "") && claims.Azp != o.ClientID:
		return "", fmt.Errorf("%w: the ID token was given to another program", ErrOIDCAnswer)
	case claims.Email == "" || (claims.Verified != true && claims.Verified != "true"):
		return "", fmt.Errorf("%w: the email is not verified", ErrNotAdmitted)
	}
	return claims.Email, nil
}
