package access

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"sync/atomic"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/jackc/pgx/v5"
	"golang.org/x/oauth2"

	"carryover/queries"
	"carryover/throttle"
)

// ErrNotAdmitted is the one answer to somebody whom the identity provider knows and who is not let in here: the email is not verified,
// is nobody's who works here, or is of somebody who is another person there.
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
	client   *http.Client
	provider atomic.Pointer[oidc.Provider] // nil until it has answered
}

// NewOIDC answers a provider that has not been asked anything yet.
func NewOIDC(o OIDCOptions) *OIDC {
	return &OIDC{OIDCOptions: o, client: &http.Client{Timeout: oidcTimeout}}
}

// discover reads the provider's own description, once it has answered. Who comes meanwhile asks too and waits for nobody: each gives up
// when its own time is over.
func (o *OIDC) discover(ctx context.Context) (*oidc.Provider, *oauth2.Config, error) {
	p := o.provider.Load()
	if p == nil {
		var err error
		if p, err = oidc.NewProvider(oidc.ClientContext(ctx, o.client), o.Issuer); err != nil {
			return nil, nil, fmt.Errorf("discover the identity provider: %w", err)
		}
		o.provider.Store(p)
	}
	return p, &oauth2.Config{ClientID: o.ClientID, ClientSecret: o.ClientSecret, RedirectURL: o.RedirectURL,
		Endpoint: p.Endpoint(), Scopes: []string{oidc.ScopeOpenID, "email"}}, nil
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

// FinishOIDC begins the sign-in of the member of staff whom the provider vouches for. An answer is looked at once.
func (s *Service) FinishOIDC(ctx context.Context, a OIDCAnswer, from Origin) (*SignIn, error) {
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
	id, err := s.OIDC.vouchedFor(ctx, a.Code, attempt)
	if err != nil {
		return nil, err
	}
	return s.admit(ctx, id, from)
}

// vouchedFor answers whom the provider's signed word is about; it must be meant for us and for this attempt.
func (o *OIDC) vouchedFor(ctx context.Context, code string, attempt *queries.OidcAttempt) (id identity, err error) {
	ctx = oidc.ClientContext(ctx, o.client)
	provider, config, err := o.discover(ctx)
	if err != nil {
		return id, err
	}
	tokens, err := config.Exchange(ctx, code, oauth2.VerifierOption(attempt.Verifier))
	if err != nil {
		return id, fmt.Errorf("%w: exchange the code: %w", ErrOIDCAnswer, err)
	}
	raw, _ := tokens.Extra("id_token").(string)
	word, err := provider.Verifier(&oidc.Config{ClientID: o.ClientID}).Verify(ctx, raw)
	if err != nil {
		return id, fmt.Errorf("%w: verify the ID token: %w", ErrOIDCAnswer, err)
	}
	var claims struct {
		Email    string `json:"email"`
		Verified any    `json:"email_verified"` // some providers write it as a string
		Azp      string `json:"azp"`
	}
	if err := word.Claims(&claims); err != nil {
		return id, fmt.Errorf("%w: read the ID token: %w", ErrOIDCAnswer, err)
	}
	others := len(word.Audience) > 1 || !slices.Contains(word.Audience, o.ClientID)
	switch {
	case subtle.ConstantTimeCompare([]byte(word.Nonce), []byte(attempt.Nonce)) == 0:
		return id, fmt.Errorf("%w: the nonce is not this attempt's", ErrOIDCAnswer)
	case word.Subject == "":
		return id, fmt.Errorf("%w: the ID token names nobody", ErrOIDCAnswer)
	case (others || claims.Azp != "") && claims.Azp != o.ClientID:
		return id, fmt.Errorf("%w: the ID token was given to another program", ErrOIDCAnswer)
	}
	id = identity{issuer: word.Issuer, subject: word.Subject}
	if claims.Verified == true || claims.Verified == "true" {
		id.email = claims.Email
	}
	return id, nil
}
