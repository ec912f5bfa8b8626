package stories

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/civil"
	"carryover/queries"
)

// counter lets the desk stand at Denver, with one card reader. It answers when the old system bills next.
func (s *stack) counter(t *testing.T) civil.Date {
	t.Helper()
	ctx, q := context.Background(), queries.New()
	_, err := s.db.Owner.Exec(ctx, `INSERT INTO staff_locations SELECT s.id, l.id FROM staff s, locations l WHERE s.email = 'desk@example.com' AND l.slug = 'denver'`)
	require.NoError(t, err)
	place, err := q.LocationGetBySlug(ctx, s.db.Owner, "denver")
	require.NoError(t, err)
	at := s.atStripe(t, "/v1/terminal/locations", url.Values{"display_name": {"Denver"}, "address[line1]": {"1 Main"}, "address[city]": {"Denver"},
		"address[state]": {"CO"}, "address[country]": {"US"}, "address[postal_code]": {"80202"}})
	s.atStripe(t, "/v1/terminal/readers", url.Values{"registration_code": {"simulated-wpe"}, "label": {"Counter 1"}, "location": {at}})
	require.NoError(t, q.LocationSetTerminal(ctx, s.db.Owner, queries.LocationSetTerminalParams{ID: place.ID, TerminalLocation: &at}))
	zone, err := time.LoadLocation(place.TimeZone)
	require.NoError(t, err)
	return civil.In(time.Now().AddDate(0, 0, 12), zone)
}

// onTheList puts somebody on Denver's old list, whose plan has become one here, and answers their id.
func (s *stack) onTheList(t *testing.T, name, plate string, next civil.Date, emails ...string) string {
	t.Helper()
	ctx, manager := t.Context(), s.as(t, "denver@example.com")
	var saved struct {
		SaveLegacyMembership struct {
			LegacyMembership struct{ ID string }
			UserErrors       []struct{ Message string }
		}
		MapLegacyPlan    struct{ UserErrors []struct{ Message string } }
		LegacySources    struct{ Nodes []struct{ ID string } }
		Plans            struct{ Nodes []struct{ ID string } }
		CounterLocations []struct{ ID string }
	}
	require.NoError(t, manager.Do(ctx, `{plans(first:5){nodes{id}} counterLocations{id}}`, nil, &saved))
	input := map[string]any{"locationId": saved.CounterLocations[0].ID, "name": name, "plate": plate, "planName": "Unlimited", "emails": emails,
		"price": map[string]any{"amount": "39.00", "currency": "USD"}, "nextBillingOn": next.String()}
	require.NoError(t, manager.Do(ctx, `mutation($i:SaveLegacyMembershipInput!){saveLegacyMembership(input:$i){legacyMembership{id} userErrors{message}}}`, map[string]any{"i": input}, &saved))
	require.Empty(t, saved.SaveLegacyMembership.UserErrors)
	require.NoError(t, manager.Do(ctx, `{legacySources{nodes{id}}}`, nil, &saved))
	require.NoError(t, manager.Do(ctx, `mutation($i:MapLegacyPlanInput!){mapLegacyPlan(input:$i){userErrors{message}}}`, map[string]any{"i": map[string]any{
		"sourceId": saved.LegacySources.Nodes[0].ID, "planName": "Unlimited", "planId": saved.Plans.Nodes[0].ID}}, &saved))
	require.Empty(t, saved.MapLegacyPlan.UserErrors)
	return saved.SaveLegacyMembership.LegacyMembership.ID
}

// atStripe makes something with the account's key and answers its id.
func (s *stack) atStripe(t *testing.T, path string, form url.Values) string {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.url+"/sandbox/stripe"+path, strings.NewReader(form.Encode()))
	require.NoError(t, err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Authorization", "Bearer sk_test_story")
	resp, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	defer func() { require.NoError(t, resp.Body.Close()) }()
	var made struct{ ID string }
	require.NoError(t, json.NewDecoder(resp.Body).Decode(&made))
	require.Equal(t, http.StatusOK, resp.StatusCode)
	return made.ID
}

// The fastest honest way takes at most eight taps and typed fields apart from card and signature, from a plate and from a gate's session.
func TestBrowserCounter(t *testing.T) {
	t.Parallel()
	for _, from := range []string{"plate", "gate"} {
		t.Run(from, func(t *testing.T) {
			t.Parallel()
			s := start(t)
			next := s.counter(t)
			s.onTheList(t, "Ana Pérez", "8ABC123", next)
			if from == "gate" {
				s.opened(t, "8ABC123")
			}
			t.Log(s.told(t, "counter", "PLATE=8ABC123", "LEGACY=Ana Pérez", "PHONE=3035550142", "FROM="+from))
			require.Eventually(t, func() bool { return len(s.stripe.Books().Subscriptions) == 1 }, time.Minute, 100*time.Millisecond)
			s.books(t, 3_900, 0)
			require.Equal(t, next, civil.In(time.Unix(s.stripe.Books().Subscriptions[0].NextChargeAt, 0), time.UTC), "the old cycle goes on")
		})
	}
}

// opened is a gate that has read a plate.
func (s *stack) opened(t *testing.T, plate string) {
	t.Helper()
	var said struct {
		CreateApiToken   struct{ Token string }
		CounterLocations []struct{ ID string }
		OpenSession      struct{ Session struct{ ID string } }
	}
	admin := s.as(t, "admin@example.com")
	require.NoError(t, admin.Do(t.Context(), `{counterLocations{id}}`, nil, &said))
	input := map[string]any{"name": "Gate 2", "scope": "GATE", "locationIds": []string{said.CounterLocations[0].ID}, "expiresAt": time.Now().AddDate(0, 1, 0)}
	require.NoError(t, admin.Do(t.Context(), `mutation($i:CreateApiTokenInput!){createApiToken(input:$i){token userErrors{message}}}`, map[string]any{"i": input}, &said))
	gate := s.stranger()
	gate.ComeInWith(said.CreateApiToken.Token)
	for range 2 {
		first := said.OpenSession.Session.ID
		require.NoError(t, gate.Do(t.Context(), `mutation($i:OpenSessionInput!){openSession(input:$i){session{id} userErrors{message}}}`, map[string]any{"i": map[string]any{
			"locationId": said.CounterLocations[0].ID, "plate": plate, "visitKey": "visit 1"}}, &said))
		require.NotEmpty(t, said.OpenSession.Session.ID)
		require.True(t, first == "" || first == said.OpenSession.Session.ID, "a visit is opened once")
	}
}

// Whatever goes otherwise ends with one subscription for whoever signed, and none for anybody else.
func TestBrowserCounterBranches(t *testing.T) {
	t.Parallel()
	s := start(t)
	next := s.counter(t)
	s.onTheList(t, "Ana Pérez", "8ABC123", next)
	s.onTheList(t, "Ben Kim", "7XYZ999", next)
	s.onTheList(t, "Cleo Ray", "6OUT222", next)
	gone := s.onTheList(t, "Dan Gone", "5OLD111", next)
	_, err := s.db.Owner.Exec(t.Context(), `UPDATE legacy_memberships SET state = 'cancelled', cancelled_there_at = now() WHERE 'lgm_' || replace(id::text, '-', '') = $1`, gone)
	require.NoError(t, err)
	s.told(t, "counter-branches", "LINK="+s.linkFromTheList(t, s.onTheList(t, "Eve Link", "4LNK333", next, "eve@example.com"), "eve@example.com"))
	require.Eventually(t, func() bool { return len(s.stripe.Books().Subscriptions) == 1 }, time.Minute, 100*time.Millisecond)
	s.books(t, 3_900, 0)
	require.Equal(t, 1, s.count(t, `SELECT count(*) FROM submissions WHERE status = 'ready_for_approval'`), "what the owner finished by link waits for staff")
	require.Equal(t, 2, s.count(t, `SELECT count(*) FROM reservations`))
}

// linkFromTheList invites somebody of the old list by email and answers their link.
func (s *stack) linkFromTheList(t *testing.T, id, email string) string {
	t.Helper()
	ctx, manager := t.Context(), s.as(t, "denver@example.com")
	var made struct {
		CreateInvitationsFromLegacy struct {
			Batch      struct{ ID string }
			UserErrors []struct{ Message string }
		}
		LegacyMembership struct{ Invitations []struct{ ID string } }
	}
	require.NoError(t, manager.Do(ctx, `mutation($i:CreateInvitationsFromLegacyInput!){createInvitationsFromLegacy(input:$i){batch{id} userErrors{message}}}`,
		map[string]any{"i": map[string]any{"ids": []string{id}, "expectedCount": 1, "clientKey": "from the list " + id}}, &made))
	require.Empty(t, made.CreateInvitationsFromLegacy.UserErrors)
	require.Eventually(t, func() bool {
		require.NoError(t, manager.Do(ctx, `query($i:ID!){legacyMembership(id:$i){invitations{id}}}`, map[string]any{"i": id}, &made))
		return len(made.LegacyMembership.Invitations) == 1
	}, time.Minute, 100*time.Millisecond)
	inv := made.LegacyMembership.Invitations[0].ID
	_, err := manager.SendEmail(ctx, "send-"+inv, inv)
	require.NoError(t, err)
	mail, err := manager.AwaitMail(ctx, email, 1)
	require.NoError(t, err)
	token, err := mail.Token()
	require.NoError(t, err)
	return s.url + "/setup/" + token
}

func (s *stack) count(t *testing.T, query string) (n int) {
	t.Helper()
	require.NoError(t, s.db.Owner.QueryRow(t.Context(), query).Scan(&n))
	return n
}

// Every state of the counter's screens, with made-up answers.
func TestBrowserCounterStates(t *testing.T) {
	t.Parallel()
	start(t).told(t, "counter-states")
}
