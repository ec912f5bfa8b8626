package resendapi_test

import (
	"net/mail"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"carryover/migration"
	"carryover/providers/resendapi"
)

func TestNew(t *testing.T) {
	t.Parallel()
	cases := []struct{ name, key, base, from, want string }{
		{"OK", testKey, "", from, ""},
		{"OKBase", testKey, "http://127.0.0.1:8080", from, ""},
		{"ErrNoKey", " ", "", from, "API key is missing"},
		{"ErrKeyWithLineBreak", "re_1\r\nX: y", "", from, "API key is missing or has blanks"},
		{"ErrNoFrom", testKey, "", "", "not a bare address"},
		{"ErrFromWithName", testKey, "", "Ann <ann@parking.example>", "not a bare address"},
		{"ErrBase", testKey, "localhost", from, "base URL is not valid"},
		{"ErrBaseWithPassword", testKey, "https://u:p@mail.example", from, "base URL is not valid"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := resendapi.New(resendapi.Options{APIKey: c.key, BaseURL: c.base, FromAddress: c.from})
			if c.want == "" {
				require.NoError(t, err)
				return
			}
			require.ErrorContains(t, err, c.want)
			require.NotContains(t, err.Error(), "re_1")
		})
	}
}

func TestSendBatch(t *testing.T) {
	t.Parallel()

	t.Run("OK", func(t *testing.T) {
		t.Parallel()
		rec := record(t, ids(2))
		got, err := newClient(t, rec.url+"/").SendBatch(t.Context(), "chunk-1", emails(2))
		require.NoError(t, err)
		require.Equal(t, []migration.EmailResult{{ProviderID: "id-0"}, {ProviderID: "id-1"}}, got)

		require.Equal(t, "POST /emails/batch", rec.path)
		require.Equal(t, "chunk-1", rec.header.Get("Idempotency-Key"))
		require.Equal(t, "permissive", rec.header.Get("x-batch-validation"))
		require.Equal(t, "Bearer "+testKey, rec.header.Get("Authorization"))
		first := rec.emails(t)[0]
		require.Equal(t, `"Main Street Garage" <welcome@parking.example>`, first.From)
		require.Equal(t, []string{"tenant0@home.example"}, first.To)
		require.Equal(t, "office@parking.example", first.ReplyTo)
		require.Equal(t, "Your parking moves", first.Subject)
		require.Equal(t, "<p>Hello</p>", first.HTML)
		require.Equal(t, "Hello", first.Text)
		require.Len(t, first.Tags, 1)
		require.Equal(t, "delivery_id", first.Tags[0].Name)
		require.Equal(t, emails(1)[0].DeliveryID.String(), first.Tags[0].Value)
	})

	t.Run("ToldHowToUnsubscribe", func(t *testing.T) {
		t.Parallel()
		rec := record(t, ids(2))
		two := emails(2)
		two[0].UnsubscribeURL = "https://move.parking.example/unsubscribe/k1.AAAA-_"
		_, err := newClient(t, rec.url).SendBatch(t.Context(), "chunk-1", two)
		require.NoError(t, err)
		require.Equal(t, map[string]string{
			"List-Unsubscribe":      "<https://move.parking.example/unsubscribe/k1.AAAA-_>",
			"List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
		}, rec.emails(t)[0].Headers)
		require.Nil(t, rec.emails(t)[1].Headers)
		require.Equal(t, 1, strings.Count(rec.bodies[0], `"headers"`), "an email without is the same bytes as ever")
	})

	t.Run("SameBytesEachTime", func(t *testing.T) {
		t.Parallel()
		rec := record(t, ids(100))
		c := newClient(t, rec.url)
		for range 20 {
			hundred := emails(100)
			for i := range hundred {
				hundred[i].UnsubscribeURL = "https://move.parking.example/unsubscribe/k1." + hundred[i].DeliveryID.String()
			}
			_, err := c.SendBatch(t.Context(), "chunk-1", hundred)
			require.NoError(t, err)
		}
		for _, body := range rec.bodies {
			require.Equal(t, rec.bodies[0], body)
		}
	})

	for name, n := range map[string]int{"ErrEmpty": 0, "ErrTooMany": 101} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rec := record(t, ids(n))
			_, err := newClient(t, rec.url).SendBatch(t.Context(), "chunk-1", emails(n))
			require.Equal(t, "batch_size", requireKind(t, migration.ProviderRefused, err).Code)
			require.Zero(t, rec.calls())
		})
	}

	t.Run("ErrKey", func(t *testing.T) {
		t.Parallel()
		rec := record(t, ids(1))
		for _, key := range []string{"", " ", strings.Repeat("k", 257)} {
			_, err := newClient(t, rec.url).SendBatch(t.Context(), key, emails(1))
			require.Equal(t, "invalid_idempotency_key", requireKind(t, migration.ProviderRefused, err).Code)
		}
		require.Zero(t, rec.calls())
	})
}

func TestPartlyRefused(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name, body string
		want       []migration.EmailResult // nil where nobody can tell
	}{
		{"OneOfThree", `{"data":[{"id":"a"},{"id":"b"}],"errors":[{"index":1,"message":"Invalid to."}]}`,
			[]migration.EmailResult{{ProviderID: "a"}, {Refused: "Invalid to."}, {ProviderID: "b"}}},
		{"All", `{"data":[],"errors":[{"index":2,"message":"c"},{"index":0,"message":"a"},{"index":1,"message":"b"}]}`,
			[]migration.EmailResult{{Refused: "a"}, {Refused: "b"}, {Refused: "c"}}},
		{"TwiceTheSame", `{"data":[{"id":"a"},{"id":"b"}],"errors":[{"index":2,"message":"One."},{"index":2,"message":"Two."}]}`,
			[]migration.EmailResult{{ProviderID: "a"}, {ProviderID: "b"}, {Refused: "One. Two."}}},
		{"NoReason", `{"data":[{"id":"a"},{"id":"b"}],"errors":[{"index":0}]}`,
			[]migration.EmailResult{{Refused: "Refused without a reason."}, {ProviderID: "a"}, {ProviderID: "b"}}},
		{"TooFewIDs", `{"data":[{"id":"a"},{"id":"b"}]}`, nil},
		{"TooManyIDs", `{"data":[{"id":"a"},{"id":"b"},{"id":"c"}],"errors":[{"index":1,"message":"m"}]}`, nil},
		{"EmptyID", `{"data":[{"id":"a"},{"id":""},{"id":"c"}]}`, nil},
		{"IndexOutside", `{"data":[{"id":"a"},{"id":"b"}],"errors":[{"index":3,"message":"m"}]}`, nil},
		{"IndexNegative", `{"data":[{"id":"a"},{"id":"b"}],"errors":[{"index":-1,"message":"m"}]}`, nil},
		{"NotJSON", `<html>`, nil},
		{"Empty", ``, nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			rec := record(t, answer{status: 200, body: c.body})
			got, err := newClient(t, rec.url).SendBatch(t.Context(), "chunk-1", emails(3))
			if c.want == nil {
				requireKind(t, migration.ProviderUncertain, err)
				require.Empty(t, got)
				return
			}
			require.NoError(t, err)
			require.Equal(t, c.want, got)
		})
	}
}

func TestSender(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"":                                 "welcome@parking.example",
		" \r\n":                            "welcome@parking.example",
		"Garage":                           `"Garage" <welcome@parking.example>`,
		`The "Best", Garage`:               `"The \"Best\", Garage" <welcome@parking.example>`,
		"Ann <ann@evil.example>":           `"Ann ann@evil.example" <welcome@parking.example>`,
		"A\r\nBcc: x@evil.example\r\n\r\n": `"A Bcc: x@evil.example" <welcome@parking.example>`,
		`Garage\Größe`:                     `=?utf-8?q?Garage_Gr=C3=B6=C3=9Fe?= <welcome@parking.example>`,
		"Garage Größe":                     `=?utf-8?q?Garage_Gr=C3=B6=C3=9Fe?= <welcome@parking.example>`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rec := record(t, ids(1))
			e := email("ann@home.example")
			e.FromName = name
			_, err := newClient(t, rec.url).SendBatch(t.Context(), "chunk-1", []migration.Email{e})
			require.NoError(t, err)
			require.Equal(t, want, rec.emails(t)[0].From)
			parsed, err := mail.ParseAddress(want)
			require.NoError(t, err)
			shown := parsed.Name + " <" + parsed.Address + ">"
			if parsed.Name == "" {
				shown = parsed.Address
			}
			require.Equal(t, shown, newClient(t, rec.url).Sender(name), "a reader is shown what is sent")
		})
	}
}

// Whatever staff type as a name, a subject or a reply address, it stays on one line, and the sender stays ours.
func TestHeadersHold(t *testing.T) {
	t.Parallel()
	rec := record(t, ids(1))
	c := newClient(t, rec.url)
	rapid.Check(t, func(t *rapid.T) {
		e := email("ann@home.example")
		e.FromName = rapid.String().Draw(t, "name")
		e.Subject = rapid.String().Draw(t, "subject")
		e.ReplyTo = rapid.String().Draw(t, "reply to")
		if _, err := c.SendBatch(t.Context(), "chunk-1", []migration.Email{e}); err != nil {
			t.Fatal(err)
		}
		rec.mu.Lock()
		rec.bodies = rec.bodies[len(rec.bodies)-1:]
		rec.mu.Unlock()
		var got []sent
		unmarshal(t, rec.bodies[0], &got)
		if strings.ContainsAny(got[0].From+got[0].Subject+got[0].ReplyTo, "\r\n") {
			t.Fatalf("a line break in %q", got[0])
		}
		parsed, err := mail.ParseAddress(got[0].From)
		if err != nil || parsed.Address != from {
			t.Fatalf("%q is read as %v: %v", got[0].From, parsed, err)
		}
	})
}
