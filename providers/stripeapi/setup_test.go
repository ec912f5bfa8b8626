package stripeapi_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"carryover/migration"
	"carryover/providers/stripeapi"
	"carryover/queries"
)

const testKey = "sk_test_4eC39HqLyjWDarjtT1zdp7dc"

// request is one request as the server saw it. params are the query of a GET and the body of a POST.
type request struct {
	method string
	path   string
	raw    string
	params url.Values
	header http.Header
}

// answer is what the server gives next. A zero status closes the connection.
type answer struct {
	status int
	body   string
	header map[string]string
}

// recorder plays Stripe with answers prepared in advance, the last one for ever, and keeps what it was asked.
type recorder struct {
	url string

	mu      sync.Mutex
	answers []answer
	asked   []request
}

func record(t *testing.T, answers ...answer) *recorder {
	t.Helper()
	r := &recorder{answers: answers}
	server := httptest.NewServer(r)
	t.Cleanup(server.Close)
	r.url = server.URL
	return r
}

func (rec *recorder) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	next := rec.take(r)
	if next.status == 0 {
		panic(http.ErrAbortHandler)
	}
	for name, value := range next.header {
		w.Header().Set(name, value)
	}
	w.WriteHeader(next.status)
	_, _ = io.WriteString(w, next.body)
}

func (rec *recorder) take(r *http.Request) answer {
	body, _ := io.ReadAll(r.Body)
	raw := string(body)
	if r.Method == http.MethodGet {
		raw = r.URL.RawQuery
	}
	params, _ := url.ParseQuery(raw)
	rec.mu.Lock()
	defer rec.mu.Unlock()
	rec.asked = append(rec.asked, request{r.Method, r.URL.Path, raw, params, r.Header.Clone()})
	next := rec.answers[0]
	if len(rec.answers) > 1 {
		rec.answers = rec.answers[1:]
	}
	return next
}

func (rec *recorder) requests() []request {
	rec.mu.Lock()
	defer rec.mu.Unlock()
	return append([]request{}, rec.asked...)
}

// only is the one request there was.
func (rec *recorder) only(t *testing.T) request {
	t.Helper()
	all := rec.requests()
	require.Len(t, all, 1)
	return all[0]
}

// client does not retry by itself, so that one answer is one failure.
func (rec *recorder) client(t *testing.T) *stripeapi.Client {
	t.Helper()
	return newClient(t, stripeapi.Options{BaseURL: rec.url, MaxNetworkRetries: new(int64(0))})
}

func newClient(t *testing.T, o stripeapi.Options) *stripeapi.Client {
	t.Helper()
	o.SecretKey = testKey
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	c, err := stripeapi.New(o)
	require.NoError(t, err)
	return c
}

func ok(body string) answer { return answer{status: http.StatusOK, body: body} }

func requireKind(t *testing.T, want migration.ProviderErrorKind, err error) *migration.ProviderError {
	t.Helper()
	var pe *migration.ProviderError
	require.ErrorAs(t, err, &pe)
	require.Equal(t, want, pe.Kind, "%v", err)
	require.Equal(t, "stripe", pe.Provider)
	require.NotEmpty(t, pe.Op)
	require.NotEmpty(t, pe.Code)
	require.NotEmpty(t, pe.Message)
	return pe
}

var (
	tenantID      = uuid.MustParse("01890a5d-ac96-774b-bcce-b302099a8057")
	invitationID  = uuid.MustParse("01890a5d-ac96-774b-bcce-b302099a8058")
	reservationID = uuid.MustParse("01890a5d-ac96-774b-bcce-b302099a8059")
	submissionID  = uuid.MustParse("01890a5d-ac96-774b-bcce-b302099a805a")
	approvalID    = uuid.MustParse("01890a5d-ac96-774b-bcce-b302099a805b")
	anchor        = time.Date(2026, 8, 15, 12, 0, 0, 0, time.UTC)
	backdate      = time.Date(2026, 7, 15, 12, 0, 0, 0, time.UTC)
)

func customer() migration.Customer {
	return migration.Customer{TenantID: tenantID, Currency: "USD", Name: "Ann Vogel", Email: "ann@example.com"}
}

func setupRequest(method queries.PaymentMethodType) migration.SetupIntentRequest {
	return migration.SetupIntentRequest{
		CustomerID: "cus_1", TenantID: tenantID, InvitationID: invitationID, LinkVersion: 3, Method: method,
	}
}

// currentMonth is the request of the option that charges a full month at once.
func currentMonth() migration.SubscriptionRequest {
	return migration.SubscriptionRequest{
		CustomerID: "cus_1", PaymentMethodID: "pm_1", Method: queries.PaymentMethodTypeCard, Currency: "USD",
		Items: []migration.SubscriptionItem{
			{ProductID: "plan_1", AmountMinor: 12900},
			{ProductID: "insurance_1", AmountMinor: 1500},
		},
		Backdate: &backdate, Anchor: &anchor, Prorate: true,
		ReservationID: reservationID, SubmissionID: submissionID, ApprovalID: approvalID,
	}
}

// nextMonth is the request of the option that charges nothing until the anchor.
func nextMonth() migration.SubscriptionRequest {
	r := currentMonth()
	r.Backdate, r.Prorate = nil, false
	return r
}

// replaceOnce fails where there is nothing to replace, so that no case is empty by a slip.
func replaceOnce(t *testing.T, s, old, replacement string) string {
	t.Helper()
	require.Contains(t, s, old)
	return strings.Replace(s, old, replacement, 1)
}
