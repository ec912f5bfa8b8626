package resendapi_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"carryover/migration"
	"carryover/providers/resendapi"
)

const (
	testKey = "re_123abc_456def"
	from    = "welcome@parking.example"
)

// sent is one email as it is on the wire. The package under test has no part in this type.
type sent struct {
	From    string            `json:"from"`
	To      []string          `json:"to"`
	Subject string            `json:"subject"`
	ReplyTo string            `json:"reply_to"`
	HTML    string            `json:"html"`
	Text    string            `json:"text"`
	Headers map[string]string `json:"headers"`
	Tags    []struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	} `json:"tags"`
}

// answer is what the server says. A zero status closes the connection.
type answer struct {
	status int
	body   string
	header map[string]string
}

// recorder plays Resend with one answer and keeps what it was asked.
type recorder struct {
	url    string
	answer answer

	mu     sync.Mutex
	bodies []string
	header http.Header
	path   string
}

func record(t *testing.T, a answer) *recorder {
	t.Helper()
	rec := &recorder{answer: a}
	server := httptest.NewServer(rec)
	t.Cleanup(server.Close)
	rec.url = server.URL
	return rec
}

func (rec *recorder) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	rec.mu.Lock()
	rec.bodies = append(rec.bodies, string(body))
	rec.header, rec.path = r.Header.Clone(), r.Method+" "+r.URL.Path
	rec.mu.Unlock()
	if rec.answer.status == 0 {
		panic(http.ErrAbortHandler)
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	for name, value := range rec.answer.header {
		w.Header().Set(name, value)
	}
	w.WriteHeader(rec.answer.status)
	_, _ = io.WriteString(w, rec.answer.body)
}

func (rec *recorder) calls() int {
	rec.mu.Lock()
	defer rec.mu.Unlock()
	return len(rec.bodies)
}

// emails are those of the only call there was.
func (rec *recorder) emails(t *testing.T) []sent {
	t.Helper()
	require.Equal(t, 1, rec.calls())
	var emails []sent
	decoder := json.NewDecoder(strings.NewReader(rec.bodies[0]))
	decoder.DisallowUnknownFields()
	require.NoError(t, decoder.Decode(&emails))
	return emails
}

func newClient(t *testing.T, base string) *resendapi.Client {
	t.Helper()
	c, err := resendapi.New(resendapi.Options{APIKey: testKey, BaseURL: base, FromAddress: from})
	require.NoError(t, err)
	return c
}

func ids(n int) answer {
	data := make([]string, n)
	for i := range data {
		data[i] = fmt.Sprintf(`{"id":"id-%d"}`, i)
	}
	return answer{status: http.StatusOK, body: `{"data":[` + strings.Join(data, ",") + `]}`}
}

func email(to string) migration.Email {
	return migration.Email{
		DeliveryID: uuid.NewSHA1(uuid.NameSpaceURL, []byte(to)),
		FromName:   "Main Street Garage", ReplyTo: "office@parking.example", To: to,
		Subject: "Your parking moves", HTML: "<p>Hello</p>", Text: "Hello",
	}
}

func emails(n int) []migration.Email {
	list := make([]migration.Email, n)
	for i := range list {
		list[i] = email(fmt.Sprintf("tenant%d@home.example", i))
	}
	return list
}

func requireKind(t *testing.T, want migration.ProviderErrorKind, err error) *migration.ProviderError {
	t.Helper()
	var pe *migration.ProviderError
	require.ErrorAs(t, err, &pe)
	require.Equal(t, want, pe.Kind, "%v", err)
	require.Equal(t, "resend", pe.Provider)
	require.NotEmpty(t, pe.Op)
	require.NotEmpty(t, pe.Code)
	require.NotEmpty(t, pe.Message)
	return pe
}

// chain is what anybody could print of an error.
func chain(err error) string {
	all := ""
	for ; err != nil; err = errors.Unwrap(err) {
		all += err.Error() + "\n"
	}
	return all
}

func unmarshal(t interface{ Fatal(...any) }, raw string, into any) {
	if err := json.Unmarshal([]byte(raw), into); err != nil {
		t.Fatal(err)
	}
}
