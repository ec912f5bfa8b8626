package demo

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/postgres/postgrestest"
)

// TestWhatComesBack presses the buttons of the outbox's page and looks at what the service knows then. Browsers reach this demo by
// another address than its own; Twilio signs that one, and the stand-in reaches us without it.
func TestWhatComesBack(t *testing.T) {
	t.Parallel()
	b := setup(t, postgrestest.EmptyDatabase(t))
	b.options.PublicURL = "https://demo.example.com"
	d, stop := b.start()
	defer stop()
	b.waitFilled(d)
	local := strings.TrimSuffix(d.app.Config.ResendBaseURL, resendPath)

	t.Run("ABounceShowsOnTheDelivery", func(t *testing.T) {
		id := b.ask(d, `SELECT provider_id FROM deliveries WHERE purpose = 'invitation' AND status = 'delivered' ORDER BY id LIMIT 1`)
		b.press(local+"/sandbox/mail/"+id+"/events", url.Values{"event": {"bounced"}})
		b.eventually(d, id, `SELECT provider_id FROM deliveries WHERE status = 'undelivered' AND complained_at IS NULL`)
		b.eventually(d, "bounce", `SELECT reason::text FROM suppressions s JOIN deliveries d ON d.id = s.delivery_id WHERE s.live`)
	})
	t.Run("AnAnswerInTheThreadReachesUs", func(t *testing.T) {
		const phone = "+13035550142"
		s, err := d.folder.secrets()
		require.NoError(t, err)
		text := url.Values{"To": {phone}, "From": {textNumber}, "Body": {"Hello"}}
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, local+twilioPath+"/2010-04-01/Accounts/"+s.TwilioAccountSID+"/Messages.json", strings.NewReader(text.Encode()))
		require.NoError(t, err)
		r.SetBasicAuth(s.TwilioAccountSID, s.TwilioAuthToken)
		b.do(r, http.StatusCreated)
		b.press(local+"/sandbox/phone/"+url.PathEscape(phone)+"/replies", url.Values{"body": {"STOP"}})
		b.eventually(d, phone, `SELECT phone FROM text_replies WHERE kind = 'stop'`)
		b.eventually(d, phone, `SELECT address FROM suppressions WHERE live AND reason = 'stop'`)
	})
}

func (b *testBundle) press(address string, form url.Values) {
	b.Helper()
	r, err := http.NewRequestWithContext(b.Context(), http.MethodPost, address, strings.NewReader(form.Encode()))
	require.NoError(b, err)
	b.do(r, http.StatusSeeOther)
}

func (b *testBundle) do(r *http.Request, want int) {
	b.Helper()
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Do(r)
	require.NoError(b, err)
	require.NoError(b, resp.Body.Close())
	require.Equal(b, want, resp.StatusCode)
}

// ask answers the one text of a statement, "" where there is none.
func (b *testBundle) ask(d *Demo, sql string) (answer string) {
	b.Helper()
	_ = d.app.Pool.QueryRow(b.Context(), sql).Scan(&answer) // no row is no answer
	return answer
}

func (b *testBundle) eventually(d *Demo, want, sql string) {
	b.Helper()
	require.Eventually(b, func() bool { return b.ask(d, sql) == want }, 3*time.Minute, 20*time.Millisecond, sql)
}
