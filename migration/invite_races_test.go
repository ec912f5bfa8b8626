package migration_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
)

// atOnce calls them together and answers their errors in their order.
func atOnce(calls ...func() error) []error {
	errs := make([]error, len(calls))
	var ready, done sync.WaitGroup
	start := make(chan struct{})
	ready.Add(len(calls))
	for i, call := range calls {
		done.Go(func() {
			ready.Done()
			<-start
			errs[i] = call()
		})
	}
	ready.Wait()
	close(start)
	done.Wait()
	return errs
}

func TestTwoStaffInviteOnePerson(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for round := range 20 {
		invite := func(by *queries.Staff) func() error {
			d := b.Draft()
			newTenant(fmt.Sprintf("once-%d@home.test", round), "Olga Once")(&d)
			return func() error {
				_, err := b.Rules.CreateInvitation(t.Context(), testkit.By(by), d)
				return err
			}
		}
		errs := atOnce(invite(b.Manager), invite(b.Colleague))
		lost := errs[0]
		if lost == nil {
			lost = errs[1]
		} else {
			require.NoError(t, errs[1], "one of the two invites")
		}
		requireRefused(t, lost, "TAKEN planId")
	}
	require.Equal(t, 20, b.Count(t, `SELECT count(*) FROM invitations`))
	require.Equal(t, 20, b.Count(t, `SELECT count(*) FROM tenants`))
	require.Equal(t, 20, b.Count(t, `SELECT count(*) FROM events`))
	b.RequireStories(t)
}

func TestTwoStaffInviteOnePersonToTwoPlans(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for round := range 10 {
		invite := func(plan *queries.Plan, by *queries.Staff) func() error {
			d := b.Draft()
			newTenant(fmt.Sprintf("both-%d@home.test", round), "Bob Both")(&d)
			d.PlanID = plan.ID
			return func() error {
				_, err := b.Rules.CreateInvitation(t.Context(), testkit.By(by), d)
				return err
			}
		}
		require.Equal(t, []error{nil, nil}, atOnce(invite(b.Studio, b.Manager), invite(b.Loft, b.Stranger)))
	}
	require.Equal(t, 10, b.Count(t, `SELECT count(*) FROM tenants`), "two agree on who one person is")
}

func TestParseEmail(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		"Tess@Home.Test": "tess@home.test", "  a@b.c ": "a@b.c", "o'hara+x@sub.home.test": "o'hara+x@sub.home.test",
	} {
		got, err := migration.ParseEmail(raw)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
	for _, raw := range []string{"", "@", "a", "a@b", "a@b.c, d@e.f", "A <a@b.c>", "a b@c.d", "a@b.c\nBcc: d@e.f", "a\x00@b.c", "a@b.c\x00",
		"a@@b.c", `"a b"@c.d`, "a@b..c", "a@.b", "a@b.", "a@[127.0.0.1]", "ä\xff@b.c"} {
		_, err := migration.ParseEmail(raw)
		require.ErrorContains(t, err, "is not an email address", "%q", raw)
	}
}

func TestParsePhone(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		"+1 303 555 0123": "+13035550123", " +49 30 901820 ": "+4930901820", "+1 (303) 555-0123": "+13035550123",
	} {
		got, err := migration.ParsePhone(raw)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
	for _, raw := range []string{"", "303 555 0123", "+", "+1", "+1 303 555 01234567", "tel", "+999 1", "0013035550123", "+1303555012\x00"} {
		_, err := migration.ParsePhone(raw)
		require.ErrorContains(t, err, "is not a phone number", "%q", raw)
	}
}
