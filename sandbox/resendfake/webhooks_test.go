package resendfake_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/resend/resend-go/v2"
	"github.com/stretchr/testify/require"

	"carryover/sandbox/resendfake"
)

const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

type event struct {
	ID   string `json:"-"`
	Type string `json:"type"`
	Data struct {
		EmailID string            `json:"email_id"`
		To      []string          `json:"to"`
		Tags    map[string]string `json:"tags"`
		Bounce  *struct {
			Type string `json:"type"`
		} `json:"bounce"`
	} `json:"data"`
}

// receiver takes only what the SDK's own check passes.
type receiver struct {
	url    string
	status int

	mu     sync.Mutex
	events []event
}

func newReceiver(t *testing.T) *receiver {
	t.Helper()
	rec := &receiver{status: http.StatusOK}
	verifier := resend.NewClient("re_x")
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		raw, _ := io.ReadAll(r.Body)
		if err := verifier.Webhooks.Verify(&resend.VerifyWebhookOptions{
			Payload: string(raw), WebhookSecret: secret,
			Headers: resend.WebhookHeaders{Id: r.Header.Get("svix-id"), Timestamp: r.Header.Get("svix-timestamp"), Signature: r.Header.Get("svix-signature")},
		}); err != nil {
			http.Error(w, err.Error(), http.StatusUnauthorized)
			return
		}
		rec.take(w, r.Header.Get("svix-id"), raw)
	}))
	t.Cleanup(web.Close)
	rec.url = web.URL
	return rec
}

func (rec *receiver) take(w http.ResponseWriter, id string, raw []byte) {
	rec.mu.Lock()
	defer rec.mu.Unlock()
	e := event{ID: id}
	_ = json.Unmarshal(raw, &e)
	rec.events = append(rec.events, e)
	w.WriteHeader(rec.status)
}

func (rec *receiver) answer(status int) { rec.mu.Lock(); defer rec.mu.Unlock(); rec.status = status }

func (rec *receiver) types() []string {
	rec.mu.Lock()
	defer rec.mu.Unlock()
	var types []string
	for _, e := range rec.events {
		types = append(types, e.Type)
	}
	return types
}

func TestWebhooks(t *testing.T) {
	t.Parallel()
	for to, want := range map[string][]string{
		"ann@home.test":             {"email.sent", "email.delivered"},
		"delivered+1@resend.dev":    {"email.sent", "email.delivered"},
		"Bob <bounced@resend.dev>":  {"email.sent", "email.bounced"},
		"bounced+label@resend.dev":  {"email.sent", "email.bounced"},
		"complained+x@resend.dev":   {"email.sent", "email.delivered", "email.complained"},
		"suppressed@resend.dev":     {"email.suppressed"},
		"bounced@other-resend.test": {"email.sent", "email.delivered"},
	} {
		t.Run(to, func(t *testing.T) {
			t.Parallel()
			rec := newReceiver(t)
			b := setup(t, resendfake.Options{WebhookURL: rec.url, WebhookSecret: secret})
			mail := letter(to)
			mail.Tags = []resend.Tag{{Name: "delivery", Value: "d1"}}
			sent, err := b.client.Emails.SendWithContext(t.Context(), mail)
			require.NoError(t, err)
			require.Eventually(t, func() bool { return len(rec.types()) == len(want) }, time.Minute, time.Millisecond)
			require.Equal(t, want, rec.types())
			for _, e := range rec.events {
				require.Equal(t, sent.Id, e.Data.EmailID)
				require.Equal(t, map[string]string{"delivery": "d1"}, e.Data.Tags)
				require.Equal(t, e.Type == "email.bounced", e.Data.Bounce != nil)
			}
			got, err := b.client.Emails.GetWithContext(t.Context(), sent.Id)
			require.NoError(t, err)
			require.Equal(t, "email."+got.LastEvent, want[len(want)-1])
		})
	}

	t.Run("ByHand", func(t *testing.T) {
		t.Parallel()
		rec := newReceiver(t)
		b := setup(t, resendfake.Options{WebhookURL: rec.url, WebhookSecret: secret})
		sent, err := b.client.Emails.SendWithContext(t.Context(), letter("a@home.test"))
		require.NoError(t, err)
		require.Eventually(t, func() bool { return len(rec.types()) == 2 }, time.Minute, time.Millisecond)
		require.NoError(t, b.server.Happen(sent.Id, "email.complained"))
		require.Eventually(t, func() bool { return len(rec.types()) == 3 }, time.Minute, time.Millisecond)
		require.Error(t, b.server.Happen(sent.Id, "email.eaten"))
		require.Error(t, b.server.Happen("nobody", "email.opened"))
	})

	t.Run("RetriedAndSurvivingAKill", func(t *testing.T) {
		t.Parallel()
		rec := newReceiver(t)
		rec.answer(http.StatusServiceUnavailable)
		path := filepath.Join(t.TempDir(), "journal")
		options := resendfake.Options{WebhookURL: rec.url, WebhookSecret: secret, WebhookRetries: []time.Duration{time.Hour}, Journal: path}
		b := setup(t, options)
		_, err := b.client.Emails.SendWithContext(t.Context(), letter("a@home.test"))
		require.NoError(t, err)
		require.Eventually(t, func() bool { return len(rec.types()) == 2 }, time.Minute, time.Millisecond)
		require.Equal(t, 2, b.server.Pending())
		require.NoError(t, b.server.Happen(b.server.Emails()[0].ID, "email.opened"))
		require.Eventually(t, func() bool { return len(rec.types()) == 3 }, time.Minute, time.Millisecond)

		require.Eventually(t, func() bool {
			raw, err := os.ReadFile(path)
			return err == nil && strings.Count(string(raw), `"attempts":1`) == 3
		}, time.Minute, time.Millisecond, "each failure is written down before the next try")
		rec.answer(http.StatusOK)
		after := killed(t, path, options)
		require.Equal(t, 3, after.server.Pending(), "they wait for their hour still")
	})

	t.Run("DoubledWithOneID", func(t *testing.T) {
		t.Parallel()
		rec := newReceiver(t)
		b := setup(t, resendfake.Options{WebhookURL: rec.url, WebhookSecret: secret})
		b.server.Faults.Add(resendfake.Fault{Kind: resendfake.HookDouble, Path: "email.delivered"})
		_, err := b.client.Emails.SendWithContext(t.Context(), letter("a@home.test"))
		require.NoError(t, err)
		require.Eventually(t, func() bool { return len(rec.types()) == 3 }, time.Minute, time.Millisecond)
		require.Equal(t, rec.events[1].ID, rec.events[2].ID)
		require.Equal(t, "email.delivered", rec.events[1].Type)
	})

	t.Run("Reordered", func(t *testing.T) {
		t.Parallel()
		rec := newReceiver(t)
		b := setup(t, resendfake.Options{WebhookURL: rec.url, WebhookSecret: secret})
		b.server.Faults.Add(resendfake.Fault{Kind: resendfake.HookReorder, Path: "email.sent"})
		_, err := b.client.Emails.SendWithContext(t.Context(), letter("a@home.test"))
		require.NoError(t, err)
		require.Eventually(t, func() bool { return len(rec.types()) == 2 }, time.Minute, time.Millisecond)
		require.Equal(t, []string{"email.delivered", "email.sent"}, rec.types())
	})

	t.Run("ErrSecret", func(t *testing.T) {
		t.Parallel()
		_, err := resendfake.New(resendfake.Options{WebhookURL: "http://127.0.0.1", WebhookSecret: "whsec_%"})
		require.ErrorContains(t, err, "base64")
	})
}

func TestSandboxPages(t *testing.T) {
	t.Parallel()
	b := setup(t, resendfake.Options{})
	for _, to := range []string{"ann@home.test", "bob@home.test", "Ann <ANN@home.test>"} {
		_, err := b.client.Emails.SendWithContext(t.Context(), letter(to))
		require.NoError(t, err)
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, b.url+"/sandbox/emails?to=ann@", nil)
	require.NoError(t, err)
	resp, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	defer func() { _ = resp.Body.Close() }()
	var page struct{ Emails []resendfake.Email }
	require.NoError(t, json.NewDecoder(resp.Body).Decode(&page))
	require.Len(t, page.Emails, 2)
	require.Equal(t, []string{"Ann <ANN@home.test>"}, page.Emails[0].To, "newest first")
	require.Len(t, b.server.Search("", 1), 1)
	require.Len(t, b.server.Requests(), 3, "looking at the sandbox is no request to Resend")
}
