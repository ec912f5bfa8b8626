package server_test

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base64"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/providers/resendapi"
	"carryover/providers/twilioapi"
	"carryover/queries"
	"carryover/sandbox/resendfake"
	"carryover/sandbox/twiliofake"
	"carryover/server"
)

const (
	resendSecret = "whsec_c2VjcmV0IG9mIHRoZSBzdGFuZC1pbg=="
	twilioToken  = "token of the stand-in"
	theirPhone   = "+13035550123"
)

// listening is HTTP whose webhooks are verified as they are in an installation.
func listening(t *testing.T) *bundle {
	t.Helper()
	texts := twilioapi.Webhooks{AuthToken: twilioToken, PublicURL: testkit.PublicURL}
	return setup(t, func(o *server.Options) {
		o.VerifyResend = resendapi.Webhooks{Secrets: []string{"whsec_b2xk", resendSecret}}.Verify
		o.VerifyTextStatus, o.VerifyTextReply = texts.Status, texts.Incoming
	})
}

// reach is the proxy before the public address.
func (b *bundle) reach(address string) string {
	return strings.Replace(address, testkit.PublicURL, b.url, 1)
}

func (b *bundle) eventually(t *testing.T, want int, sql string, args ...any) {
	t.Helper()
	require.Eventually(t, func() bool { return b.Count(t, sql, args...) == want }, 2*time.Minute, 10*time.Millisecond, sql)
}

// post is a form that anybody could send.
func (b *bundle) post(t *testing.T, path, body string, header ...string) response {
	t.Helper()
	return b.send(t, http.MethodPost, path, body, append([]string{"Content-Type", "application/x-www-form-urlencoded"}, header...)...)
}

func TestResendWebhook(t *testing.T) {
	t.Parallel()
	b := listening(t)
	mail, err := resendfake.New(resendfake.Options{APIKey: "re_hooked", Now: b.Clock.Now, WebhookURL: b.url + "/webhooks/resend",
		WebhookSecret: resendSecret, WebhookRetries: slices.Repeat([]time.Duration{50 * time.Millisecond}, 200), Logger: slog.New(slog.DiscardHandler)})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, mail.Close()) })
	vendor := httptest.NewServer(mail)
	t.Cleanup(vendor.Close)
	rules := b.Service(t, func(o *migration.Options) {
		o.Mailer, err = resendapi.New(resendapi.Options{APIKey: "re_hooked", BaseURL: vendor.URL, FromAddress: "hello@studios.test"})
		require.NoError(t, err)
	})
	mail.Faults.Add(resendfake.Fault{Kind: resendfake.HookDouble, Path: "email.delivered", Times: 1})
	inv := b.Invited(t)
	b.Send(t, inv)
	for _, job := range b.Waiting(t) {
		require.NoError(t, testkit.Run(t.Context(), rules, job))
	}

	t.Run("ADeliveryIsNotedOnce", func(t *testing.T) {
		b.eventually(t, 1, `SELECT count(*) FROM deliveries WHERE status = 'delivered'`)
		b.eventually(t, 2, `SELECT count(*) FROM webhook_events WHERE provider = 'resend' AND ours`)
	})
	t.Run("ABounceSuppresses", func(t *testing.T) {
		require.NoError(t, mail.Happen(mail.Emails()[0].ID, "email.bounced"))
		b.eventually(t, 1, `SELECT count(*) FROM deliveries WHERE status = 'undelivered'`)
		require.Equal(t, []string{"bounce"}, b.Strings(t, `SELECT reason::text FROM suppressions WHERE live AND scope = 'all'`))
		require.True(t, b.Invitation(t, inv.ID).DeliveryFailed)
		b.RequireStories(t)
	})
	t.Run("ErrNotSigned", func(t *testing.T) {
		body := `{"type":"email.bounced","data":{"email_id":"` + mail.Emails()[0].ID + `"}}`
		for _, header := range [][]string{nil, {"svix-id", "msg_1", "svix-timestamp", "1", "svix-signature", "v1,AAAA"}} {
			resp := b.send(t, "POST", "/webhooks/resend", body, header...)
			require.Equal(t, http.StatusBadRequest, resp.StatusCode)
			require.Equal(t, "Bad Request\n", resp.text)
		}
		require.Equal(t, http.StatusBadRequest, b.send(t, "POST", "/webhooks/resend", strings.Repeat("x", 2<<20)).StatusCode)
		require.Equal(t, http.StatusMethodNotAllowed, b.send(t, "GET", "/webhooks/resend", "").StatusCode)
	})
	t.Run("WhatCannotBeNotedIsSentAgain", func(t *testing.T) {
		_, err := b.DB.Owner.Exec(t.Context(), `REVOKE INSERT ON webhook_events FROM carryover_app`)
		require.NoError(t, err)
		require.NoError(t, mail.Happen(mail.Emails()[0].ID, "email.complained"))
		require.Eventually(t, func() bool { return strings.Contains(b.Log.Text(), "webhook could not be noted") }, 2*time.Minute, 5*time.Millisecond)
		_, err = b.DB.Owner.Exec(t.Context(), `GRANT INSERT ON webhook_events TO carryover_app`)
		require.NoError(t, err)
		b.eventually(t, 1, `SELECT count(*) FROM deliveries WHERE complained_at IS NOT NULL`)
	})
}

func TestTwilioWebhooks(t *testing.T) {
	t.Parallel()
	b := listening(t)
	phone, err := twiliofake.New(twiliofake.Options{AccountSID: "AC0123456789abcdef0123456789abcdef", AuthToken: twilioToken, Now: b.Clock.Now,
		Numbers: []string{"+13035559999"}, InboundURL: testkit.PublicURL + "/webhooks/twilio/inbound", Reach: b.reach, Logger: slog.New(slog.DiscardHandler)})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, phone.Close()) })
	vendor := httptest.NewServer(phone)
	t.Cleanup(vendor.Close)
	inv := b.Invited(t)

	t.Run("WhatBecameOfAText", func(t *testing.T) {
		d := b.sending(t, inv, twiliofake.ToUndelivered)
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, vendor.URL+"/2010-04-01/Accounts/AC0123456789abcdef0123456789abcdef/Messages.json",
			strings.NewReader(url.Values{"To": {twiliofake.ToUndelivered}, "From": {"+13035559999"}, "Body": {"Hello"},
				"StatusCallback": {testkit.PublicURL + "/webhooks/twilio/status/" + d}}.Encode()))
		require.NoError(t, err)
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.SetBasicAuth("AC0123456789abcdef0123456789abcdef", twilioToken)
		resp, err := http.DefaultClient.Do(r)
		require.NoError(t, err)
		require.NoError(t, resp.Body.Close())
		require.Equal(t, http.StatusCreated, resp.StatusCode)
		b.eventually(t, 1, `SELECT count(*) FROM deliveries WHERE status = 'undelivered' AND provider_code = '30003' AND provider_id LIKE 'SM%'`)
		require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM invitations WHERE sms_sent_at IS NOT NULL AND delivery_failed`))
	})
	t.Run("StopStartAndFreeText", func(t *testing.T) {
		for i, body := range []string{"STOP", "START", "Who is this?", "Stop texting me"} {
			_, err := phone.Reply(theirPhone, body)
			require.NoError(t, err)
			b.eventually(t, i+1, `SELECT count(*) FROM text_replies WHERE phone = $1`, theirPhone)
		}
		require.Equal(t, []string{"stop", "start", "other", "other"}, b.Strings(t, `SELECT kind::text FROM text_replies ORDER BY id`))
		require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM suppressions WHERE live AND address = $1 AND reason = 'stop'`, theirPhone))
	})
	t.Run("TheAnswerIsEmptyTwiML", func(t *testing.T) {
		form := url.Values{"MessageSid": {"SMsigned"}, "From": {theirPhone}, "Body": {"\x00\xff long " + strings.Repeat("x", 9000)}}
		resp := b.post(t, "/webhooks/twilio/inbound", form.Encode(), "X-Twilio-Signature", signature(form))
		require.Equal(t, http.StatusOK, resp.StatusCode)
		require.Equal(t, "text/xml; charset=utf-8", resp.Header.Get("Content-Type"))
		require.Contains(t, resp.text, "<Response/>")
		require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM text_replies WHERE provider_id = 'SMsigned' AND length(body) = 1600`))
	})
	t.Run("ErrNotSigned", func(t *testing.T) {
		form := url.Values{"MessageSid": {"SMforged"}, "From": {theirPhone}, "Body": {"START"}}
		for _, path := range []string{"/webhooks/twilio/inbound", "/webhooks/twilio/status/" + inv.ID.String()} {
			for _, header := range [][]string{nil, {"X-Twilio-Signature", ""}, {"X-Twilio-Signature", signature(url.Values{})}} {
				resp := b.post(t, path, form.Encode(), header...)
				require.Equal(t, http.StatusForbidden, resp.StatusCode)
				require.Equal(t, "Forbidden\n", resp.text)
			}
		}
		require.Equal(t, http.StatusForbidden, b.post(t, "/webhooks/twilio/inbound?x=1", form.Encode(), "X-Twilio-Signature", signature(form)).StatusCode, "the query is signed too")
		require.Equal(t, http.StatusForbidden, b.post(t, "/webhooks/twilio/inbound", "Body="+strings.Repeat("x", 65<<10)).StatusCode)
		require.Equal(t, http.StatusForbidden, b.post(t, "/webhooks/twilio/inbound", "%zz").StatusCode)
		require.Zero(t, b.Count(t, `SELECT count(*) FROM text_replies WHERE provider_id = 'SMforged'`))
	})
	require.NotContains(t, b.Log.Text(), theirPhone)
	require.NotContains(t, b.Log.Text(), theirPhone[len(theirPhone)-7:])
}

// signature is Twilio's for a form to the address of incoming texts; the adapter's tests hold it against the vendor's example.
func signature(form url.Values) string {
	text := testkit.PublicURL + "/webhooks/twilio/inbound"
	for _, name := range slices.Sorted(maps.Keys(form)) {
		text += name + form.Get(name)
	}
	mac := hmac.New(sha1.New, []byte(twilioToken))
	mac.Write([]byte(text))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// sending is a text that is at the provider, of which nothing is known yet.
func (b *bundle) sending(t *testing.T, inv *queries.Invitation, phone string) (id string) {
	t.Helper()
	id = testkit.Missing().String()
	b.Exec(t, `INSERT INTO deliveries (id, purpose, channel, address, location_id, tenant_id, invitation_id, status, created_at, status_changed_at)
		VALUES ($1, 'invitation', 'sms', $2, $3, $4, $5, 'sending', $6, $6)`, id, phone, inv.LocationID, inv.TenantID, inv.ID, b.Clock.Now())
	return id
}
