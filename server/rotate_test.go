package server_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/stripe/stripe-go/v76/webhook"

	"carryover/access"
	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/providers/resendapi"
	"carryover/providers/stripeapi"
	"carryover/queries"
	"carryover/server"
)

// with is the installation after its processes were started with these link keys.
func (b *bundle) with(t *testing.T, keys ...string) {
	t.Helper()
	b.Rules = b.Service(t, func(o *migration.Options) { o.Links = testkit.Links(t, keys...) })
	b.serve(t)
}

// handedOut is a kind of link: how somebody comes by one, where it stands, and whether it opens.
type handedOut struct {
	queue   func(t *testing.T, b *bundle, n int) // the n-th
	address *regexp.Regexp
	opens   func(t *testing.T, b *bundle, token string) bool
	// byHash: known again by its hash, so that no key is needed to open it; it lives for minutes or days in any case.
	byHash bool
}

// take is the token that has come since the last time.
func (h handedOut) take(t *testing.T, b *bundle, known map[string]bool) string {
	t.Helper()
	b.MustWork(t)
	var all []string
	for _, e := range b.Resend.Emails() {
		all = append(all, e.Text)
	}
	for n := range 4 {
		for _, sent := range b.Twilio.Texts(phoneOf(n)) {
			all = append(all, sent.Body)
		}
	}
	for _, text := range all {
		if found := h.address.FindStringSubmatch(text); found != nil && !known[found[1]] {
			known[found[1]] = true
			return found[1]
		}
	}
	require.Fail(t, "nothing came")
	return ""
}

func phoneOf(n int) string { return fmt.Sprintf("+1303555012%d", n+3) }

func sendInvitation(t *testing.T, b *bundle, _ int) { b.Send(t, b.Invited(t)) }

var links = map[string]handedOut{
	"SetupLink": {queue: sendInvitation, address: regexp.MustCompile(`/setup/(\S+)`),
		opens: func(t *testing.T, b *bundle, token string) bool {
			return strings.Contains(b.send(t, "POST", "/graphql", operation(`{setup(token:"`+token+`"){state}}`)).text, `"OPEN"`)
		}},
	"Unsubscribing": {queue: sendInvitation, address: regexp.MustCompile(`/unsubscribe/(\S+)`),
		opens: func(t *testing.T, b *bundle, token string) bool {
			return b.send(t, "GET", "/unsubscribe/"+token, "").StatusCode == http.StatusOK
		}},
	"LinkInAText": {queue: func(t *testing.T, b *bundle, n int) {
		b.QueueText(t, b.Invited(t, testkit.WithPhone(phoneOf(n))), phoneOf(n))
	}, address: regexp.MustCompile(`/s/(\S+)`),
		opens: func(t *testing.T, b *bundle, token string) bool {
			leads := b.send(t, "GET", "/s/"+token, "").Header.Get("Location")
			return strings.Contains(b.send(t, "POST", "/graphql", operation(`{setup(token:"`+leads[len("/setup/"):]+`"){state}}`)).text, `"OPEN"`)
		}},
	"TenantsSignInLink": {byHash: true, address: regexp.MustCompile(`/account#(\S+)`),
		queue: func(t *testing.T, b *bundle, _ int) {
			sub := b.Approved(t, migration.NextMonth)
			require.NoError(t, b.Rules.RequestSignInLink(t.Context(), testkit.Browser, *b.TenantOf(t, sub).Email, queries.MessageLanguageEn))
		},
		opens: func(t *testing.T, b *bundle, token string) bool { return len(b.enter(t, token).Cookies()) == 1 }},
	"StaffsLink": {byHash: true, address: regexp.MustCompile(`/staff/invitation#(\S+)`),
		queue: func(t *testing.T, b *bundle, n int) {
			b.in.Mail = b.Rules
			_, err := b.in.Invite(t.Context(), testkit.By(b.Admin), access.Member{Email: fmt.Sprintf("new%d@studios.test", n), Name: "Nora New", Role: queries.StaffRoleAdmin})
			require.NoError(t, err)
		},
		opens: func(t *testing.T, b *bundle, token string) bool {
			return strings.Contains(b.send(t, "POST", "/graphql", operation(`mutation{acceptStaffInvitation(input:{token:"`+token+`",password:"a horse with no name at all"}){userErrors{code}}}`)).text, `"userErrors":[]`)
		}},
}

// TestLinkKeysRotate: the old key alone, a new one before it, the new one alone. What was handed out, and what was on its way, opens
// as long as its key is there.
func TestLinkKeysRotate(t *testing.T) {
	t.Parallel()
	for name, link := range links {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			known := map[string]bool{}
			link.queue(t, b, 0)
			early := link.take(t, b, known)
			link.queue(t, b, 1)
			other := link.take(t, b, known) // some open once
			link.queue(t, b, 2)             // and is on its way

			b.with(t, "k2", "k1")
			require.True(t, link.opens(t, b, early), "handed out before")
			require.True(t, link.opens(t, b, link.take(t, b, known)), "on its way")
			link.queue(t, b, 3)
			late := link.take(t, b, known)
			if !link.byHash {
				b.with(t, "k1", "k2")
				require.True(t, link.opens(t, b, late), "by a process that makes links with the other one yet")
			}

			b.with(t, "k2")
			require.Equal(t, link.byHash, link.opens(t, b, other), "its key is gone")
			require.True(t, link.opens(t, b, late), "made with the key that is left")
		})
	}
}

// TestWebhookSecretsRotate: a vendor signs with the old secret until it is told to use the new one, and no event is lost.
func TestWebhookSecretsRotate(t *testing.T) {
	t.Parallel()
	before, after := "whsec_"+base64.StdEncoding.EncodeToString([]byte("before before before bef")), "whsec_"+base64.StdEncoding.EncodeToString([]byte("after after after after a"))
	for vendor, send := range map[string]func(t *testing.T, b *bundle, id, secret string) int{"Stripe": stripeSends, "Resend": resendSends} {
		t.Run(vendor, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			events := 0
			for _, stage := range []struct {
				secrets []string
				signed  string
				status  int
			}{
				{[]string{before}, before, http.StatusNoContent},
				{[]string{before}, after, http.StatusBadRequest},
				{[]string{after, before}, before, http.StatusNoContent},
				{[]string{after, before}, after, http.StatusNoContent},
				{[]string{after}, after, http.StatusNoContent},
				{[]string{after}, before, http.StatusBadRequest},
			} {
				b.serve(t, func(o *server.Options) {
					o.VerifyStripe, o.VerifyResend = stripeapi.Webhooks{Secrets: stage.secrets}.Verify, resendapi.Webhooks{Secrets: stage.secrets}.Verify
				})
				require.Equal(t, stage.status, send(t, b, fmt.Sprintf("evt_%d_%d", len(stage.secrets), events), stage.signed))
				if stage.status == http.StatusNoContent {
					events++
				}
				require.Equal(t, events, b.Count(t, `SELECT count(*) FROM webhook_events`))
			}
		})
	}
}

func stripeSends(t *testing.T, b *bundle, id, secret string) int {
	t.Helper()
	signed := webhook.GenerateTestSignedPayload(&webhook.UnsignedPayload{Secret: secret,
		Payload: []byte(`{"id":"` + id + `","object":"event","type":"setup_intent.succeeded","data":{"object":{"id":"seti_nobody"}}}`)})
	return b.send(t, "POST", "/webhooks/stripe", string(signed.Payload), "Stripe-Signature", signed.Header).StatusCode
}

func resendSends(t *testing.T, b *bundle, id, secret string) int {
	t.Helper()
	payload, at := `{"type":"email.delivered","data":{"email_id":"e1"}}`, strconv.FormatInt(time.Now().Unix(), 10)
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	require.NoError(t, err)
	mac := hmac.New(sha256.New, key)
	_, _ = mac.Write([]byte(id + "." + at + "." + payload))
	return b.send(t, "POST", "/webhooks/resend", payload, "svix-id", id, "svix-timestamp", at,
		"svix-signature", "v1,"+base64.StdEncoding.EncodeToString(mac.Sum(nil))).StatusCode
}
