package twilioapi_test

import (
	"net/url"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"carryover/migration"
	"carryover/providers/twilioapi"
	"carryover/queries"
)

// The example of "Validating Signatures from Twilio" (https://www.twilio.com/docs/usage/security), token and all.
const (
	exampleToken     = "12345"
	exampleBase      = "https://mycompany.com"
	examplePath      = "/myapp.php?foo=1&bar=2"
	exampleSignature = "0/KCTR6DLpKmkAf8muzZqo1nDgQ="
)

func exampleForm() url.Values {
	return url.Values{"CallSid": {"CA1234567890ABCDE"}, "Caller": {"+12349013030"}, "Digits": {"1234"}, "From": {"+12349013030"}, "To": {"+18005551212"}}
}

func TestWebhookSignature(t *testing.T) {
	t.Parallel()
	// The example is of a call, which has no MessageSid: it is let in and then found to be none of ours.
	verdict := func(w twilioapi.Webhooks, path string, form url.Values, signature string) string {
		_, err := w.Incoming(path, form, signature)
		_, same := w.Status(path, "", form, signature)
		require.Equal(t, err, same)
		return err.Error()
	}
	const right, wrong = "the request names no message", "the request is not signed as Twilio signs"
	hooks := twilioapi.Webhooks{AuthToken: exampleToken, PublicURL: exampleBase}
	require.Equal(t, right, verdict(hooks, examplePath, exampleForm(), exampleSignature))

	more, other := exampleForm(), exampleForm()
	more.Set("Body", "")
	other.Set("To", "+18005551213")
	for name, got := range map[string]string{
		"Parameter added":   verdict(hooks, examplePath, more, exampleSignature),
		"Parameter changed": verdict(hooks, examplePath, other, exampleSignature),
		"Other query":       verdict(hooks, "/myapp.php?foo=1&bar=3", exampleForm(), exampleSignature),
		"Other path":        verdict(hooks, "/", exampleForm(), exampleSignature),
		"Other signature":   verdict(hooks, examplePath, exampleForm(), "1"+exampleSignature[1:]),
		"No signature":      verdict(hooks, examplePath, exampleForm(), ""),
		"Signed with none":  verdict(hooks, examplePath, exampleForm(), twilioapi.Sign("", exampleBase+examplePath, exampleForm())),
		"Other token":       verdict(twilioapi.Webhooks{AuthToken: "12346", PublicURL: exampleBase}, examplePath, exampleForm(), exampleSignature),
		"No token":          verdict(twilioapi.Webhooks{PublicURL: exampleBase}, examplePath, exampleForm(), exampleSignature),
		"Other host":        verdict(twilioapi.Webhooks{AuthToken: exampleToken, PublicURL: "https://127.0.0.1:8080"}, examplePath, exampleForm(), exampleSignature),
	} {
		require.Equal(t, wrong, got, name)
	}
	t.Run("ATokenThatIsReplaced", func(t *testing.T) {
		both := twilioapi.Webhooks{AuthToken: "12346", PreviousAuthToken: exampleToken, PublicURL: exampleBase}
		require.Equal(t, right, verdict(both, examplePath, exampleForm(), exampleSignature))
		require.Equal(t, right, verdict(both, examplePath, exampleForm(), twilioapi.Sign("12346", exampleBase+examplePath, exampleForm())))
		require.Equal(t, wrong, verdict(both, examplePath, exampleForm(), twilioapi.Sign("", exampleBase+examplePath, exampleForm())))
	})
	t.Run("ThePortIsNamedOrNot", func(t *testing.T) {
		require.Equal(t, right, verdict(twilioapi.Webhooks{AuthToken: exampleToken, PublicURL: exampleBase + ":443"}, examplePath, exampleForm(), exampleSignature))
		require.Equal(t, right, verdict(twilioapi.Webhooks{AuthToken: exampleToken, PublicURL: exampleBase + ":8443"}, examplePath, exampleForm(), exampleSignature))
	})
}

// signedBy answers the signature of a form for the installation of these tests.
func signedBy(path string, form url.Values) string {
	return twilioapi.Sign(exampleToken, exampleBase+path, form)
}

func TestWebhookStatus(t *testing.T) {
	t.Parallel()
	hooks := twilioapi.Webhooks{AuthToken: exampleToken, PublicURL: exampleBase}
	delivery := uuid.MustParse("018e7d4a-0000-7000-8000-000000000001")
	for told, want := range map[string]struct {
		code   string
		status queries.DeliveryStatus
		reason string
	}{
		"accepted": {"", queries.DeliveryStatusAccepted, ""}, "scheduled": {"", queries.DeliveryStatusAccepted, ""},
		"queued": {"", queries.DeliveryStatusAccepted, ""}, "sending": {"", queries.DeliveryStatusAccepted, ""}, "sent": {"", queries.DeliveryStatusAccepted, ""},
		"delivered":   {"", queries.DeliveryStatusDelivered, ""},
		"undelivered": {"30006", queries.DeliveryStatusUndelivered, "The number is a landline, or its carrier takes no texts."},
		"failed":      {"39999", queries.DeliveryStatusUndelivered, "The carrier did not deliver it (error 39999)."},
		"canceled":    {"", queries.DeliveryStatusUndelivered, "The carrier did not deliver it."},
		"melted":      {"", "", ""},
	} {
		form := url.Values{"MessageSid": {"SM1"}, "MessageStatus": {told}, "ErrorCode": {want.code}}
		path := "/webhooks/twilio/status/" + delivery.String()
		e, err := hooks.Status(path, delivery.String(), form, signedBy(path, form))
		require.NoError(t, err)
		require.Equal(t, migration.TextEvent{ProviderID: "SM1", DeliveryID: delivery, Told: told, Status: want.status, Code: want.code, Reason: want.reason}, e)
	}
	form := url.Values{"MessageSid": {"SM1"}, "MessageStatus": {"failed"}, "ErrorCode": {"21610"}}
	e, err := hooks.Status("/x", "nonsense", form, signedBy("/x", form))
	require.NoError(t, err)
	require.True(t, e.OptedOut)
	require.Equal(t, uuid.Nil, e.DeliveryID)
}

func TestWebhookIncoming(t *testing.T) {
	t.Parallel()
	hooks := twilioapi.Webhooks{AuthToken: exampleToken, PublicURL: exampleBase}
	for optOut, kind := range map[string]queries.TextReplyKind{"": "", "STOP": queries.TextReplyKindStop, "START": queries.TextReplyKindStart,
		"HELP": queries.TextReplyKindHelp, "else": ""} {
		form := url.Values{"MessageSid": {"SM1"}, "From": {"+13035550123"}, "To": {"+13035559999"}, "Body": {"Hé"}, "OptOutType": {optOut}}
		text, err := hooks.Incoming("/webhooks/twilio/inbound", form, signedBy("/webhooks/twilio/inbound", form))
		require.NoError(t, err)
		require.Equal(t, migration.IncomingText{ProviderID: "SM1", From: "+13035550123", To: "+13035559999", Body: "Hé", Kind: kind}, text)
	}
}
