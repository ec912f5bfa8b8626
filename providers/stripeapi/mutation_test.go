package stripeapi_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// verdict is what became of one damage: the HTTP status of the request's answer by each of the two.
type verdict struct {
	damage
	standIn, stripeMock int
}

func (v verdict) refused() bool { return refuses(v.standIn) || refuses(v.stripeMock) }

// refuses is true for what Stripe calls the caller's mistake. A server that breaks over a request has not refused it.
func refuses(status int) bool { return status >= 400 && status < 500 }

// TestWrongParameters makes every parameter of every call of ours wrong on its way, one at a time, and looks who notices:
// the stand-in that all other tests trust, or Stripe's own checker. docs/stripe-parameters.md keeps the answers.
func TestWrongParameters(t *testing.T) {
	t.Parallel()
	url := startStripeMock(t)
	var verdicts []verdict
	known := map[damage]bool{}
	for _, c := range calls() {
		t.Run(c.name, func(t *testing.T) {
			for _, d := range damagesOf(t, c) {
				if known[d] {
					continue
				}
				known[d] = true
				v := verdict{d, askStandIn(t, c, d), ask(t, url, c, d, nobodys())}
				t.Logf("%s: %d by the stand-in, %d by stripe-mock", d, v.standIn, v.stripeMock)
				verdicts = append(verdicts, v)
			}
		})
	}
	t.Run("EachIsRefusedByOneOfThem", func(t *testing.T) { requireRefused(t, verdicts) })
	t.Run("TheTableIsCurrent", func(t *testing.T) { requireTable(t, verdicts) })
}

// damagesOf are all that can be done to the requests of a call, each of which the stand-in takes as it is.
func damagesOf(t *testing.T, c call) []damage {
	t.Helper()
	b := startSandbox(t)
	w := &wiretap{}
	require.NoError(t, c.make(t.Context(), w.client(t, b.url), furnish(t, b)))
	requireAccepted(t, w.exchanges)
	var all []damage
	for _, e := range w.exchanges {
		all = append(all, e.damages()...)
	}
	return all
}

// askStandIn begins with a new stand-in, so that nothing is refused for what an earlier damage has left behind.
func askStandIn(t *testing.T, c call, d damage) (status int) {
	t.Helper()
	b := startSandbox(t)
	return ask(t, b.url, c, d, furnish(t, b))
}

func ask(t *testing.T, url string, c call, d damage, a account) (status int) {
	t.Helper()
	w := &wiretap{damage: &d}
	err := c.make(t.Context(), w.client(t, url), a)
	require.NotNil(t, w.damaged, "%s was not sent: %v", d, err)
	gone := w.damaged.status == http.StatusNotFound && strings.HasPrefix(d.endpoint, http.MethodDelete) // what is not there has ended
	if w.damaged.status >= 400 && !gone {
		require.Error(t, err, "our client took no notice of a refusal")
	}
	return w.damaged.status
}

// freedom is a parameter that can be anything: what is wrong about it only we can know.
type freedom struct {
	of, reason string // of is what the damage begins with
}

func freedoms() []freedom {
	const free = "Metadata is free text. The tests of the call hold every key and value that it sends."
	return []freedom{
		{"GET /v1/customers email, an unknown value", "A filter. Nobody has such an address, so the list is empty."},
		{"POST /v1/customers metadata[", free},
		{"POST /v1/customers name, an unknown value", "Free text."},
		{"POST /v1/customers/{id} name, an unknown value", "Free text."},
		{"POST /v1/setup_intents metadata[", free},
		{"POST /v1/products id, an unknown value", "The id of a product is ours to choose. A subscription with another one is refused."},
		{"POST /v1/products name, an unknown value", "Free text."},
		{"POST /v1/subscriptions metadata[", free},
	}
}

// freedomOf is why a damage may pass, the zero one where it may not.
func freedomOf(d damage) freedom {
	for _, f := range freedoms() {
		if strings.HasPrefix(d.String(), f.of) {
			return f
		}
	}
	return freedom{}
}

// requireRefused holds in both directions: what is listed as free and is refused after all does not belong on the list.
func requireRefused(t *testing.T, verdicts []verdict) {
	t.Helper()
	used := map[freedom]bool{}
	for _, v := range verdicts {
		f := freedomOf(v.damage)
		require.Equal(t, v.refused(), f == freedom{}, "%s: %d by the stand-in, %d by stripe-mock, and listed as free: %q", v.damage, v.standIn, v.stripeMock, f.reason)
		used[f] = true
	}
	for _, f := range freedoms() {
		require.True(t, used[f], "nothing is %q any more", f.of)
	}
}
