package resendapi_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/providers/resendapi"
	"carryover/queries"
)

// FuzzWebhook: what nobody signed is refused whatever it says, and what is signed has a status that there is, or none.
func FuzzWebhook(f *testing.F) {
	for _, seed := range []string{`{"type":"email.bounced","data":{"email_id":"e1","bounce":{"type":"Permanent","message":"no"}}}`, `{"type":"email.sent","data":{"tags":[{"name":"d","value":"x"}]}}`,
		`{"type":"email.sent","data":[]}`, `{"type":"contact.created"}`, `[]`, "", "\x00", `{"type":"email.failed","data":{"failed":{"reason":"\u0000"}}}`} {
		f.Add(seed, "v1,"+seed, "msg_1")
	}
	hooks := resendapi.Webhooks{Secrets: hookSecrets}
	f.Fuzz(func(t *testing.T, payload, signature, id string) {
		h := http.Header{}
		h.Set("svix-id", id)
		h.Set("svix-timestamp", signed("", time.Now(), hookSecrets[1]).Get("svix-timestamp"))
		h.Set("svix-signature", signature)
		_, err := hooks.Verify([]byte(payload), h)
		require.Error(t, err)

		e, err := hooks.Verify([]byte(payload), signed(payload, time.Now(), hookSecrets[1]))
		if err == nil && e.Status != "" {
			require.Contains(t, queries.AllDeliveryStatusValues(), e.Status)
		}
	})
}
