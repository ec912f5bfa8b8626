package stripefake

import (
	"crypto/subtle"
	"encoding/json"
	"strings"
)

// apiVersion is the version stripe-go v76 pins and its webhook package insists on.
const apiVersion = "2023-10-16"

// authorise takes the key from the Authorization header (bearer, or the user
// name of basic auth) or, as Stripe.js sends it, from the form. The publishable
// key opens only what a browser may do, and that only with the client secret.
func (x *exchange) authorise() error {
	if x.e.button {
		return nil
	}
	given := x.givenKey()
	if given == "" {
		return unauthorized("", "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').")
	}
	if same(given, x.s.opts.SecretKey) {
		return nil
	}
	if x.s.opts.PublishableKey == "" || !same(given, x.s.opts.PublishableKey) {
		return unauthorized("api_key_invalid", "Invalid API Key provided: "+mask(given))
	}
	if !x.e.browser {
		return unauthorized("secret_key_required", "This API call cannot be made with a publishable API key. Please use a secret API key. You can find a list of your API keys at https://dashboard.stripe.com/account/apikeys.")
	}
	x.browser = true
	return x.verifyClientSecret()
}

func (x *exchange) givenKey() string {
	if bearer, ok := strings.CutPrefix(x.r.Header.Get("Authorization"), "Bearer "); ok {
		return bearer
	}
	if user, _, ok := x.r.BasicAuth(); ok {
		return user
	}
	return x.raw.Get("key")
}

func (x *exchange) verifyClientSecret() error {
	given := x.raw.Get("client_secret")
	if given == "" {
		return invalidParam("parameter_missing", "client_secret", "Missing required param: client_secret.")
	}
	x.s.mu.Lock()
	intent, ok := x.s.store.setupIntents.get(x.r.PathValue("id"))
	x.s.mu.Unlock()
	if !ok || !same(given, intent.ClientSecret) {
		return invalidParam("resource_missing", "client_secret", "The client_secret provided does not match any associated SetupIntent on this account.")
	}
	return nil
}

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// mask keeps the kind of key and nothing that helps anybody use it.
func mask(key string) string {
	for _, kind := range []string{"sk_test_", "pk_test_", "rk_test_", "sk_live_", "pk_live_"} {
		if strings.HasPrefix(key, kind) {
			return kind + "****"
		}
	}
	return "****"
}

// browserView leaves of an answer what Stripe shows to a publishable key: of
// the SetupIntent the fields a page needs, and nowhere the customer or anybody's
// metadata. It holds for the intent inside an error as well.
func browserView(body []byte) []byte {
	tree, err := toTree(json.RawMessage(body))
	fields, ok := tree.(map[string]any)
	if err != nil || !ok {
		return []byte("{}")
	}
	if failure, failed := fields["error"].(map[string]any); failed {
		keepBrowserFields(failure["setup_intent"])
	} else {
		keepBrowserFields(fields)
	}
	prune(tree)
	seen, err := json.MarshalIndent(tree, "", "  ")
	if err != nil {
		return []byte("{}")
	}
	return seen
}

func keepBrowserFields(tree any) {
	intent, _ := tree.(map[string]any)
	for name := range intent {
		if !browserFields[name] {
			delete(intent, name)
		}
	}
}

func prune(tree any) {
	switch t := tree.(type) {
	case []any:
		for _, element := range t {
			prune(element)
		}
	case map[string]any:
		delete(t, "customer")
		delete(t, "metadata")
		for _, value := range t {
			prune(value)
		}
	}
}

var browserFields = map[string]bool{
	"id": true, "object": true, "cancellation_reason": true, "client_secret": true, "created": true,
	"description": true, "last_setup_error": true, "livemode": true, "next_action": true,
	"payment_method": true, "payment_method_types": true, "status": true, "usage": true,
}
