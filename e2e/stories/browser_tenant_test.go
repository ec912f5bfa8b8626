package stories

import (
	"bytes"
	"context"
	"encoding/base64"
	"image/png"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/e2e/play"
	"carryover/ids"
	"carryover/queries"
)

func TestBrowserBankInSpanish(t *testing.T) {
	t.Parallel()
	s := start(t)
	ctx, manager := context.Background(), s.as(t, "denver@example.com")
	s.termsInSpanish(t, "denver")
	inv, token := invited(t, manager, "ana@example.com", nil)
	s.told(t, "tenant-bank", "LINK="+s.url+"/setup/"+token, "EMAIL=ana@example.com")

	sub, err := manager.SubmissionOf(ctx, inv.ID)
	require.NoError(t, err)
	sub, err = play.Until(ctx, slow, func(ctx context.Context) (play.Submission, error) { return manager.Submission(ctx, sub.ID) },
		func(s play.Submission) bool { return s.Status == "READY_FOR_APPROVAL" })
	require.NoError(t, err)
	require.Equal(t, play.Money{Amount: "440.00", Currency: "USD"}, sub.Quote.Total)

	var out struct {
		Submission struct {
			Evidence struct{ SignatureKind, SignatureName, SignatureImage string }
		}
	}
	require.NoError(t, manager.Do(ctx, `query($id: ID!) { submission(id: $id) { evidence { signatureKind signatureName signatureImage } } }`, map[string]any{"id": sub.ID}, &out))
	signed := out.Submission.Evidence
	require.Equal(t, "DRAWN", signed.SignatureKind)
	require.Equal(t, "Ana Pérez", signed.SignatureName)
	requireInkOnPaper(t, signed.SignatureImage)

	books := s.stripe.Books()
	require.Len(t, books.Customers, 1)
	require.Empty(t, books.Subscriptions, "nothing runs before the approval")
	require.Empty(t, books.Charges, "and nothing is charged")
}

func (s *stack) termsInSpanish(t *testing.T, location string) {
	t.Helper()
	ctx, q := context.Background(), queries.New()
	l, err := q.LocationGetBySlug(ctx, s.db.Owner, location)
	require.NoError(t, err)
	_, err = q.TermsVersionInsertIfChanged(ctx, s.db.Owner, queries.TermsVersionInsertIfChangedParams{
		ID: ids.New(), LocationID: l.ID, Language: queries.MessageLanguageEs, Body: "Usted paga cada mes. Puede irse cuando quiera.", Now: time.Now().UTC()})
	require.NoError(t, err)
}

// requireInkOnPaper holds that a drawing is dark on white, whatever theme it was drawn in.
func requireInkOnPaper(t *testing.T, encoded string) {
	t.Helper()
	raw, err := base64.StdEncoding.DecodeString(encoded)
	require.NoError(t, err)
	require.Less(t, len(raw), 60_000)
	picture, err := png.Decode(bytes.NewReader(raw))
	require.NoError(t, err)
	require.Equal(t, 900, picture.Bounds().Dx())
	var dark, light int
	for x := range picture.Bounds().Dx() {
		for y := range picture.Bounds().Dy() {
			if r, _, _, _ := picture.At(x, y).RGBA(); r < 0x4000 {
				dark++
			} else {
				light++
			}
		}
	}
	require.Greater(t, dark, 1000)
	require.Greater(t, light, 20*dark)
}

// Every state of the tenants' pages, in both languages, on the narrowest screen too. The answers are made up; the pages are not.
func TestBrowserTenantStates(t *testing.T) {
	t.Parallel()
	start(t).told(t, "tenant-states")
}

func TestBrowserOutbox(t *testing.T) {
	t.Parallel()
	s := start(t)
	ctx, manager, tenant := context.Background(), s.as(t, "denver@example.com"), s.stranger()
	s.told(t, "outbox-empty")
	inv, token := invited(t, manager, "ana@example.com", farDay())
	_, err := tenant.Complete(ctx, token, "pm_card_visa", "Ana Pérez")
	require.NoError(t, err)
	sub, err := manager.SubmissionOf(ctx, inv.ID)
	require.NoError(t, err)
	previews, err := manager.Previews(ctx, sub.ID)
	require.NoError(t, err)
	_, err = manager.Approve(ctx, sub.ID, "CURRENT_MONTH", previews["CURRENT_MONTH"])
	require.NoError(t, err)
	_, err = manager.Settled(ctx, sub.ID)
	require.NoError(t, err)
	s.texted(t, "+14155550101", "Ana, your offer is here: "+s.url+"/setup/x")
	s.texted(t, "+14155550102", "What is your email address?")
	s.told(t, "outbox", "PHONE=+14155550102", "EMAIL=ana@example.com")
}

// texted sends what the service would.
func (s *stack) texted(t *testing.T, to, body string) {
	t.Helper()
	form := url.Values{"From": {textNumber}, "To": {to}, "Body": {body}}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.url+"/sandbox/twilio/2010-04-01/Accounts/"+twilioSID+"/Messages.json", strings.NewReader(form.Encode()))
	require.NoError(t, err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.SetBasicAuth(twilioSID, "story")
	answer, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	require.NoError(t, answer.Body.Close())
	require.Equal(t, http.StatusCreated, answer.StatusCode)
}
