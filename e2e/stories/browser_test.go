package stories

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// told has Chromium tell a story of e2e/browser against this stack.
func (s *stack) told(t *testing.T, story string, more ...string) string {
	t.Helper()
	return s.toldAt(t, s.url, story, more...)
}

func (s *stack) toldAt(t *testing.T, address, story string, more ...string) string {
	t.Helper()
	const at = "../browser"
	require.DirExists(t, at+"/node_modules", "fetch what drives the browser first: make e2e/browser/node_modules/.installed")
	pictures, err := filepath.Abs("../../.cache/stories")
	require.NoError(t, err)
	cmd := exec.CommandContext(t.Context(), "node", story+".mjs")
	cmd.Dir = at
	cmd.Env = append(cmd.Environ(), "CARRYOVER_URL="+address, "CHROMIUM="+chromium(t), "STORY_PASSWORD="+password, "STORY_NAME="+story, "STORY_PICTURES="+pictures)
	cmd.Env = append(cmd.Env, more...)
	said, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", said)
	return string(said)
}

func chromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	require.Fail(t, "the browser stories need Chromium: tools/ensure chromium")
	return ""
}

func TestBrowserInvitation(t *testing.T) {
	t.Parallel()
	s := start(t)
	s.told(t, "invite")
	s.books(t, 43_150, 43_150)
}

// books wants exactly one live subscription of this amount, for which so much was paid.
func (s *stack) books(t *testing.T, monthly, paid int64) {
	t.Helper()
	books := s.stripe.Books()
	require.Len(t, books.Subscriptions, 1)
	require.Equal(t, monthly, books.Subscriptions[0].NextAmount)
	for _, invoice := range books.Invoices {
		paid -= invoice.AmountPaid
	}
	require.Zero(t, paid, "what the invoices lack of it")
}

// linkOf is the tenant's link of an invitation that was mailed.
func (s *stack) linkOf(t *testing.T, email string, more map[string]any) string {
	t.Helper()
	_, token := invited(t, s.as(t, "denver@example.com"), email, more)
	return s.url + "/setup/" + token
}

// farDay is a billing day some days from now: on the day itself an approval waits for its hour.
func farDay() map[string]any { return map[string]any{"anchorDay": (time.Now().UTC().Day()+9)%28 + 1} }

func TestBrowserDecline(t *testing.T) {
	t.Parallel()
	s := start(t)
	s.told(t, "decline", "LINK="+s.linkOf(t, "ana@example.com", farDay()))
	s.books(t, 45_000, 45_000)
}

func TestBrowserBank(t *testing.T) {
	t.Parallel()
	s := start(t)
	s.told(t, "bank", "LINK="+s.linkOf(t, "ana@example.com", farDay()))
	s.books(t, 44_000, 44_000)
}

func TestBrowserRivals(t *testing.T) {
	t.Parallel()
	s := start(t)
	_, token := invited(t, s.as(t, "denver@example.com"), "ana@example.com", farDay())
	_, err := s.stranger().Complete(t.Context(), token, "pm_card_visa", "Ana Pérez")
	require.NoError(t, err)
	won := strings.TrimSpace(s.told(t, "rivals"))
	s.books(t, 45_000, map[string]int64{"CURRENT_MONTH": 45_000, "NEXT_MONTH": 0}[won])
}

// Progress and changes arrive, whichever of two API processes serves the page.
func TestBrowserBulk(t *testing.T) {
	t.Parallel()
	s := start(t)
	manager := s.as(t, "denver@example.com")
	plans, err := manager.Plans(t.Context())
	require.NoError(t, err)
	for i := range 500 {
		_, err := manager.Invite(t.Context(), map[string]any{"planId": plans[0].ID, "anchorDay": 1 + i%28, "newTenant": map[string]any{
			"name": fmt.Sprintf("Tenant %04d", i), "email": fmt.Sprintf("tenant%04d@example.com", i)}})
		require.NoError(t, err)
	}
	s.toldAt(t, s.inTurn(t), "bulk")
}

func TestBrowserDoors(t *testing.T) {
	t.Parallel()
	s := start(t)
	inv, token := invited(t, s.as(t, "denver@example.com"), "ana@example.com", nil)
	require.NoError(t, s.clock.Advance(t.Context(), 31*24*time.Hour))
	s.told(t, "doors", "FOREIGN="+inv.ID, "EXPIRED="+s.url+"/setup/"+token)
}
