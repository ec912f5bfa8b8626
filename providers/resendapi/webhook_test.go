package resendapi_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"strconv"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"carryover/migration"
	"carryover/providers/resendapi"
	"carryover/queries"
)

var hookSecrets = []string{"whsec_" + base64.StdEncoding.EncodeToString([]byte("before before before bef")),
	"whsec_" + base64.StdEncoding.EncodeToString([]byte("now now now now now now "))}

// signed are the headers of svix for a payload (https://docs.svix.com/receiving/verifying-payloads/how-manual).
func signed(payload string, at time.Time, keys ...string) http.Header {
	h := http.Header{}
	h.Set("svix-id", "msg_1")
	h.Set("svix-timestamp", strconv.FormatInt(at.Unix(), 10))
	signatures := ""
	for _, key := range keys {
		secret, _ := base64.StdEncoding.DecodeString(key[len("whsec_"):])
		mac := hmac.New(sha256.New, secret)
		_, _ = fmt.Fprintf(mac, "msg_1.%d.%s", at.Unix(), payload)
		signatures += " v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
	}
	h.Set("svix-signature", signatures[min(1, len(signatures)):])
	return h
}

func TestWebhookSignature(t *testing.T) {
	t.Parallel()
	const payload = `{"type":"email.delivered","data":{"email_id":"e1"}}`
	hooks := resendapi.Webhooks{Secrets: hookSecrets}
	stranger := "whsec_" + base64.StdEncoding.EncodeToString([]byte("somebody else's secret.."))
	now := time.Now()
	changed := func(h http.Header, name, value string) http.Header {
		h.Set(name, value)
		return h
	}
	for name, tt := range map[string]struct {
		header http.Header
		right  bool
	}{
		"Right":              {signed(payload, now, hookSecrets[1]), true},
		"BySecretBefore":     {signed(payload, now, hookSecrets[0]), true},
		"BySeveral":          {signed(payload, now, stranger, hookSecrets[1]), true},
		"FourMinutesOld":     {signed(payload, now.Add(-4*time.Minute), hookSecrets[1]), true},
		"ErrWrong":           {signed(payload, now, stranger), false},
		"ErrSixMinutesOld":   {signed(payload, now.Add(-6*time.Minute), hookSecrets[1]), false},
		"ErrFromTheFuture":   {signed(payload, now.Add(6*time.Minute), hookSecrets[1]), false},
		"ErrOtherBytes":      {signed(payload+" ", now, hookSecrets[1]), false},
		"ErrOtherID":         {changed(signed(payload, now, hookSecrets[1]), "svix-id", "msg_2"), false},
		"ErrOtherTime":       {changed(signed(payload, now, hookSecrets[1]), "svix-timestamp", strconv.FormatInt(now.Unix()-1, 10)), false},
		"ErrNoSignature":     {signed(payload, now), false},
		"ErrNothing":         {http.Header{}, false},
		"ErrSignedByNothing": {signed(payload, now, "whsec_"), false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e, err := hooks.Verify([]byte(payload), tt.header)
			require.Equal(t, tt.right, err == nil, "%v", err)
			if tt.right {
				require.Equal(t, migration.EmailEvent{ID: "msg_1", Type: "email.delivered", ProviderID: "e1", Status: queries.DeliveryStatusDelivered}, e)
			} else {
				require.Empty(t, e)
			}
		})
	}
	_, err := resendapi.Webhooks{}.Verify([]byte(payload), signed(payload, now, hookSecrets[1]))
	require.ErrorContains(t, err, "no webhook secret")
}

func TestWebhookMeaning(t *testing.T) {
	t.Parallel()
	delivery := uuid.MustParse("018e7d4a-0000-7000-8000-000000000001")
	tag := `"email_id":"e1","tags":{"delivery_id":"` + delivery.String() + `"}`
	of := func(e migration.EmailEvent) migration.EmailEvent {
		e.ID, e.ProviderID, e.DeliveryID = "msg_1", "e1", delivery
		return e
	}
	for payload, want := range map[string]migration.EmailEvent{
		`{"type":"email.sent","data":{` + tag + `}}`:             of(migration.EmailEvent{Type: "email.sent", Status: queries.DeliveryStatusAccepted}),
		`{"type":"email.delivery_delayed","data":{` + tag + `}}`: of(migration.EmailEvent{Type: "email.delivery_delayed", Status: queries.DeliveryStatusAccepted}),
		`{"type":"email.opened","data":{` + tag + `}}`:           of(migration.EmailEvent{Type: "email.opened"}),
		`{"type":"email.complained","data":{` + tag + `}}`: of(migration.EmailEvent{Type: "email.complained",
			Status: queries.DeliveryStatusDelivered, Complaint: true, Reason: "Reported as spam."}),
		`{"type":"email.bounced","data":{` + tag + `,"bounce":{"message":"No such\nuser.","type":"Permanent","subType":"General"}}}`: of(migration.EmailEvent{Type: "email.bounced",
			Status: queries.DeliveryStatusUndelivered, Permanent: true, Reason: "The recipient's mail server refused it for good. No such user."}),
		`{"type":"email.bounced","data":{` + tag + `,"bounce":{"message":"Mailbox full.","type":"Transient","subType":"MailboxFull"}}}`: of(migration.EmailEvent{Type: "email.bounced",
			Status: queries.DeliveryStatusUndelivered, Reason: "The recipient's mail server does not take it for now. Mailbox full."}),
		`{"type":"email.suppressed","data":{` + tag + `}}`: of(migration.EmailEvent{Type: "email.suppressed", Status: queries.DeliveryStatusUndelivered, Permanent: true,
			Reason: "Resend writes to this address no more: an earlier email bounced or was reported as spam."}),
		`{"type":"email.failed","data":{` + tag + `,"failed":{"reason":"reached_daily_quota"}}}`: of(migration.EmailEvent{Type: "email.failed",
			Status: queries.DeliveryStatusFailed, Reason: "Resend could not send it. reached daily quota"}),
		`{"type":"email.sent","data":{"email_id":"e1","tags":[{"name":"x","value":"y"},{"name":"delivery_id","value":"` + delivery.String() + `"}]}}`: of(migration.EmailEvent{
			Type: "email.sent", Status: queries.DeliveryStatusAccepted}),
		`{"type":"email.sent","data":{"email_id":"e1","tags":7}}`:                           {ID: "msg_1", Type: "email.sent", ProviderID: "e1", Status: queries.DeliveryStatusAccepted},
		`{"type":"email.sent","data":{"email_id":"e1","tags":{"delivery_id":"their own"}}}`: {ID: "msg_1", Type: "email.sent", ProviderID: "e1", Status: queries.DeliveryStatusAccepted},
		`{"type":"email.melted","data":{` + tag + `}}`:                                      of(migration.EmailEvent{Type: "email.melted"}),
		`{"type":"domain.created","data":{"id":"d1","tags":"x","bounce":[]}}`:               {ID: "msg_1", Type: "domain.created"},
		`{"type":"contact.deleted"}`:                                                        {ID: "msg_1", Type: "contact.deleted"},
	} {
		e, err := resendapi.Webhooks{Secrets: hookSecrets}.Verify([]byte(payload), signed(payload, time.Now(), hookSecrets[0]))
		require.NoError(t, err, payload)
		require.Equal(t, want, e, payload)
	}
	for _, payload := range []string{`{`, `7`, `{"type":"email.sent","data":7}`, `{"type":"email.sent"}`} {
		_, err := resendapi.Webhooks{Secrets: hookSecrets}.Verify([]byte(payload), signed(payload, time.Now(), hookSecrets[0]))
		require.Error(t, err, payload)
	}
}
