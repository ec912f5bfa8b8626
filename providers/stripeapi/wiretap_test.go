package stripeapi_test

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"carryover/providers/stripeapi"
)

// exchange is one request that our client made, as it was sent, and how it was answered.
type exchange struct {
	endpoint string // "GET /v1/setup_intents/{id}"
	params   url.Values
	status   int
	answer   string
}

// wiretap carries requests to a server and keeps them. Every list claims to have a second page, so that the client asks for
// it. Where damage is set, it changes the first request that has its parameter.
type wiretap struct {
	damage    *damage
	damaged   *exchange // nil until the damage is done
	exchanges []exchange
}

// client does not retry by itself, so that every request is there once.
func (w *wiretap) client(t *testing.T, baseURL string) *stripeapi.Client {
	t.Helper()
	return newClient(t, stripeapi.Options{
		BaseURL: baseURL, MaxNetworkRetries: new(int64(0)), HTTPClient: &http.Client{Transport: w},
	})
}

// RoundTrip implements [http.RoundTripper].
func (w *wiretap) RoundTrip(original *http.Request) (*http.Response, error) {
	r, params, err := opened(original)
	if err != nil {
		return nil, err
	}
	e := exchange{endpoint: endpointOf(r), params: params}
	hit := w.damaged == nil && w.damage.hits(e)
	if hit {
		w.damage.strike(r, e.params)
	}
	sealed(r, e.params)
	resp, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	e.status = resp.StatusCode
	if e.answer, err = drained(resp); err != nil {
		return nil, err
	}
	w.exchanges = append(w.exchanges, e)
	if hit {
		w.damaged = &e
	}
	resp.Body = io.NopCloser(strings.NewReader(withMore(e)))
	resp.ContentLength = -1
	return resp, nil
}

// opened is a copy of the request that may be changed, and its parameters: the query of a GET, the body of a POST.
func opened(original *http.Request) (*http.Request, url.Values, error) {
	r := original.Clone(original.Context())
	if r.Method == http.MethodGet {
		return r, r.URL.Query(), nil
	}
	body, err := io.ReadAll(original.Body)
	if err != nil {
		return nil, nil, err
	}
	params, err := url.ParseQuery(string(body))
	return r, params, err
}

// sealed puts the parameters back.
func sealed(r *http.Request, params url.Values) {
	if r.Method == http.MethodGet {
		r.URL.RawQuery = params.Encode()
		return
	}
	body := []byte(params.Encode())
	r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
}

func drained(resp *http.Response) (string, error) {
	defer resp.Body.Close() //nolint:errcheck // whether it was read to its end is what counts
	body, err := io.ReadAll(resp.Body)
	return string(body), err
}

var someID = regexp.MustCompile(`/(seti|pm|cus|sub|in|mandate|tmr)_[^/]+`)

func endpointOf(r *http.Request) string {
	return r.Method + " " + someID.ReplaceAllString(r.URL.Path, "/{id}")
}

var (
	hasRows = regexp.MustCompile(`"data":\s*\[\s*\{`)
	noMore  = regexp.MustCompile(`"has_more":\s*false`)
)

// withMore is the answer, which promises a second page where it is the first one of a list and has rows to go on from.
func withMore(e exchange) string {
	if e.status != http.StatusOK || e.params.Has("starting_after") || !hasRows.MatchString(e.answer) {
		return e.answer
	}
	return noMore.ReplaceAllString(e.answer, `"has_more": true`)
}

func requireAccepted(t *testing.T, exchanges []exchange) {
	t.Helper()
	require.NotEmpty(t, exchanges, "no request was made")
	for _, e := range exchanges {
		require.Less(t, e.status, 400, "%s with %v was refused: %s", e.endpoint, e.params, e.answer)
	}
}
