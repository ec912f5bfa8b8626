package twilioapi_test

import (
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"

	"carryover/providers/twilioapi"
)

// FuzzWebhook: what Twilio did not sign is refused whatever it says.
func FuzzWebhook(f *testing.F) {
	f.Add("/webhooks/twilio/inbound?a=1", "MessageSid=SM1&Body=STOP&From=%2B13035550123", exampleSignature)
	f.Add("/", "MessageStatus=delivered&MessageSid=SM1", "")
	f.Add("//%00", "a=1&a=2&b=&=c&%zz", "=")
	hooks := twilioapi.Webhooks{AuthToken: exampleToken, PublicURL: exampleBase}
	f.Fuzz(func(t *testing.T, path, form, signature string) {
		values, err := url.ParseQuery(form)
		if err != nil || signature == twilioapi.Sign(exampleToken, exampleBase+path, values) {
			return
		}
		_, err = hooks.Incoming(path, values, signature)
		if signature != twilioapi.Sign(exampleToken, exampleBase+":443"+path, values) {
			require.Error(t, err)
		}
		_, err = hooks.Incoming(path, values, twilioapi.Sign(exampleToken, exampleBase+path, values))
		require.Equal(t, values.Get("MessageSid") == "", err != nil)
	})
}
