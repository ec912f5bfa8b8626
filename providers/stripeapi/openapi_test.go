package stripeapi_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestOpenAPI holds every request that our client can make against Stripe's published description of its API, so that a
// stand-in that is too kind cannot hide a wrong call. The answers are examples that know nothing of ours: what the client
// makes of them does not matter here.
func TestOpenAPI(t *testing.T) {
	t.Parallel()
	url := startStripeMock(t)
	seen, paged := map[string]bool{}, map[string]bool{}
	for _, c := range calls() {
		t.Run(c.name, func(t *testing.T) {
			w := &wiretap{}
			if err := c.make(t.Context(), w.client(t, url), nobodys()); err != nil {
				t.Logf("the client, of an example: %v", err)
			}
			requireAccepted(t, w.exchanges)
			for _, e := range w.exchanges {
				seen[e.endpoint] = true
				paged[e.endpoint] = paged[e.endpoint] || e.params.Has("starting_after")
			}
		})
	}

	t.Run("NoCallIsLeftOut", func(t *testing.T) {
		known := sdkCalls()
		require.ElementsMatch(t, slices.Collect(maps.Keys(known)), sdkCallsInSource(t),
			"list the new call in sdkCalls, and in calls a use of it")
		require.ElementsMatch(t, slices.Collect(maps.Values(known)), slices.Collect(maps.Keys(seen)))
		for name, endpoint := range known {
			require.Equal(t, strings.HasSuffix(name, ".List"), paged[endpoint], "the second page of %s", endpoint)
		}
	})
}

// sdkCalls are the calls of the SDK that the package is made of, and what each asks of the server.
func sdkCalls() map[string]string {
	return map[string]string{
		"Customers.List":           "GET /v1/customers",
		"Customers.Get":            "GET /v1/customers/{id}",
		"Customers.New":            "POST /v1/customers",
		"Customers.Update":         "POST /v1/customers/{id}",
		"Disputes.List":            "GET /v1/disputes",
		"Invoices.FinalizeInvoice": "POST /v1/invoices/{id}/finalize",
		"Invoices.Get":             "GET /v1/invoices/{id}",
		"Invoices.List":            "GET /v1/invoices",
		"Invoices.Upcoming":        "GET /v1/invoices/upcoming",
		"Invoices.VoidInvoice":     "POST /v1/invoices/{id}/void",
		"Mandates.Get":             "GET /v1/mandates/{id}",
		"PaymentMethods.Get":       "GET /v1/payment_methods/{id}",
		"Products.New":             "POST /v1/products",
		"Refunds.List":             "GET /v1/refunds",
		"Refunds.New":              "POST /v1/refunds",
		"SetupIntents.Get":         "GET /v1/setup_intents/{id}",
		"SetupIntents.List":        "GET /v1/setup_intents",
		"SetupIntents.New":         "POST /v1/setup_intents",
		"Subscriptions.Cancel":     "DELETE /v1/subscriptions/{id}",
		"Subscriptions.Get":        "GET /v1/subscriptions/{id}",
		"Subscriptions.List":       "GET /v1/subscriptions",
		"Subscriptions.New":        "POST /v1/subscriptions",
		"Subscriptions.Update":     "POST /v1/subscriptions/{id}",

		"TerminalReaders.CancelAction":       "POST /v1/terminal/readers/{id}/cancel_action",
		"TerminalReaders.Get":                "GET /v1/terminal/readers/{id}",
		"TerminalReaders.List":               "GET /v1/terminal/readers",
		"TerminalReaders.ProcessSetupIntent": "POST /v1/terminal/readers/{id}/process_setup_intent",
	}
}

var sdkCall = regexp.MustCompile(`\.api\.(\w+\.\w+)$`)

// sdkCallsInSource finds what stands as c.api.Customers.List in the package's own files.
func sdkCallsInSource(t *testing.T) []string {
	t.Helper()
	entries, err := os.ReadDir(".")
	require.NoError(t, err)
	found := map[string]bool{}
	for _, entry := range entries {
		if !strings.HasSuffix(entry.Name(), ".go") || strings.HasSuffix(entry.Name(), "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), entry.Name(), nil, parser.SkipObjectResolution)
		require.NoError(t, err)
		ast.Inspect(file, func(n ast.Node) bool {
			if selector, ok := n.(*ast.SelectorExpr); ok {
				if match := sdkCall.FindStringSubmatch(types.ExprString(selector)); match != nil {
					found[match[1]] = true
				}
			}
			return true
		})
	}
	return slices.Collect(maps.Keys(found))
}
