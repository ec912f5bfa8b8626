package twilioapi_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/migration"
	"carryover/providers/twilioapi"
)

func TestErrors(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name         string
		status, code int
		text         string
		kind         migration.ProviderErrorKind
		message      string
	}{
		{"Invalid", 400, 21211, "The 'To' number +15552220000 is not valid.", migration.ProviderRefused, "The number is not a valid phone number."},
		{"OptedOut", 400, 21610, "Unsubscribed recipient", migration.ProviderRefused, "The person has opted out of texts by replying STOP."},
		{"Landline", 400, 21614, "not a mobile", migration.ProviderRefused, "The number is not a mobile number."},
		{"Country", 403, 21408, "Permission", migration.ProviderRefused, "Texts to this number's country are not switched on at Twilio."},
		{"NeverHeardOf", 400, 29999, "Something\r\nnew.", migration.ProviderRefused, "Something new."},
		{"QueueFull", 400, 21611, "exceeded the maximum number of queued messages", migration.ProviderThrottled, "Twilio asks us to slow down."},
		{"TooMany", 429, 20429, "Too Many Requests", migration.ProviderThrottled, "Twilio asks us to slow down."},
		{"Unauthorized", 401, 20003, "Authenticate", migration.ProviderShut, "Twilio does not accept our account and token."},
		{"Forbidden", 403, 20006, "Access denied", migration.ProviderShut, "The Twilio account may not do this."},
		{"NoAccount", 404, 20404, "not found", migration.ProviderShut, "Twilio does not know the account."},
		{"NotOurNumber", 400, 21606, "not SMS-capable", migration.ProviderShut, "The number that texts come from (TWILIO_FROM) is not one of the account's that can send texts."},
		{"Timeout", 408, 0, "", migration.ProviderUncertain, "Twilio gave no answer that could be read."},
		{"Moved", 307, 0, "", migration.ProviderUncertain, "Twilio gave no answer that could be read."},
		{"Server", 500, 20500, "Internal", migration.ProviderUncertain, "Twilio had an error of its own."},
		{"ServerSaysARefusalsCode", 500, 21211, "Internal", migration.ProviderUncertain, "Twilio had an error of its own."},
		{"Unavailable", 503, 20429, "Later", migration.ProviderUncertain, "Twilio had an error of its own."},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			rec := record(t, answer{status: c.status, body: fmt.Sprintf(`{"code":%d,"message":%q,"status":%d}`, c.code, c.text, c.status),
				header: map[string]string{"Location": "/elsewhere"}})
			_, err := newClient(t, rec.url).SendText(t.Context(), text(theirs))
			pe := requireKind(t, c.kind, err)
			require.Equal(t, c.message, pe.Message)
			require.Equal(t, 1, rec.calls(), "it does not retry or follow by itself")
			for _, secret := range []string{token, account, theirs, "setup/secret"} {
				require.NotContains(t, chain(err), secret)
			}
		})
	}

	for name, a := range map[string]answer{
		"ProxysPage":    {status: 502, body: "<html>bad gateway</html>"},
		"NotJSON":       {status: 201, body: "<html>"},
		"Empty":         {status: 201},
		"NamesNoText":   {status: 201, body: `{"status":"queued"}`},
		"HalfAnAnswer":  {status: 201, body: `{"sid":"SM`},
		"CutConnection": {},
	} {
		t.Run("Uncertain"+name, func(t *testing.T) {
			t.Parallel()
			rec := record(t, a)
			_, err := newClient(t, rec.url).SendText(t.Context(), text(theirs))
			requireKind(t, migration.ProviderUncertain, err)
			require.Equal(t, 1, rec.calls())
		})
	}

	t.Run("RefusedWithoutWords", func(t *testing.T) {
		t.Parallel()
		_, err := newClient(t, record(t, answer{status: 422, body: "no"}).url).SendText(t.Context(), text(theirs))
		require.Equal(t, "http_422", requireKind(t, migration.ProviderRefused, err).Code)
	})
}

func TestRetryAfter(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]time.Duration{
		"30": 30 * time.Second, "-5": 0, "soon": 0, "": 0,
		"Wed, 02 Jan 2030 03:05:05 GMT": time.Minute, "Tue, 01 Jan 2030 00:00:00 GMT": 0,
	} {
		rec := record(t, answer{status: 429, body: `{"code":20429}`, header: map[string]string{
			"Retry-After": given, "Date": now().Format(http.TimeFormat)}})
		_, err := newClient(t, rec.url).SendText(t.Context(), text(theirs))
		require.Equal(t, want, requireKind(t, migration.ProviderThrottled, err).RetryAfter, "%q", given)
	}
}

// TestAway: nothing can have left the machine, so the text may be tried again.
func TestAway(t *testing.T) {
	t.Parallel()
	closed, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	require.NoError(t, err)
	require.NoError(t, closed.Close())
	for name, base := range map[string]string{"NobodyListens": "http://" + closed.Addr().String(), "NoSuchName": "http://nobody.invalid",
		"NotTLS": "https://" + record(t, answer{status: 201}).url[len("http://"):]} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := newClient(t, base).SendText(t.Context(), text(theirs))
			require.Equal(t, "not_reached", requireKind(t, migration.ProviderAway, err).Code)
		})
	}

	t.Run("StoppedBefore", func(t *testing.T) {
		t.Parallel()
		rec := record(t, answer{status: 201, body: `{"sid":"SM1"}`})
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_, err := newClient(t, rec.url).SendText(ctx, text(theirs))
		require.ErrorIs(t, requireKind(t, migration.ProviderAway, err), context.Canceled)
		require.Zero(t, rec.calls())
	})
}

func TestNew(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*twilioapi.Options){
		"NoAccount":     func(o *twilioapi.Options) { o.AccountSID = "" },
		"OddAccount":    func(o *twilioapi.Options) { o.AccountSID = token },
		"NoToken":       func(o *twilioapi.Options) { o.AuthToken = "" },
		"OddToken":      func(o *twilioapi.Options) { o.AuthToken = "a b" },
		"NoFrom":        func(o *twilioapi.Options) { o.From = "" },
		"NationalFrom":  func(o *twilioapi.Options) { o.From = "(555) 111-0000" },
		"BaseURL":       func(o *twilioapi.Options) { o.BaseURL = "localhost:1" },
		"BaseURLSecret": func(o *twilioapi.Options) { o.BaseURL = "http://user:password@localhost" },
	} {
		t.Run("Err"+name, func(t *testing.T) {
			t.Parallel()
			o := twilioapi.Options{AccountSID: account, AuthToken: token, From: ours}
			change(&o)
			_, err := twilioapi.New(o)
			require.Error(t, err)
			require.NotContains(t, err.Error(), "password")
			require.NotContains(t, err.Error(), token)
		})
	}
	for _, from := range []string{ours, "12345", service} {
		_, err := twilioapi.New(twilioapi.Options{AccountSID: account, AuthToken: token, From: from})
		require.NoError(t, err, "it needs no base URL, and calls nobody")
	}
}

func TestLogHoldsNoSecret(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	c := newClient(t, record(t, answer{status: 500}).url, func(o *twilioapi.Options) { o.Logger = slog.New(slog.NewTextHandler(&log, nil)) })
	_, err := c.SendText(t.Context(), text(theirs))
	requireKind(t, migration.ProviderUncertain, err)
	require.Contains(t, log.String(), text(theirs).DeliveryID.String())
	for _, secret := range []string{token, theirs, "setup/secret"} {
		require.NotContains(t, log.String(), secret)
	}
}
