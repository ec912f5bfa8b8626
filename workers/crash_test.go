package workers_test

import (
	"bufio"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
	"carryover/sandbox/resendfake"
	"carryover/sandbox/stripefake"
)

var (
	billingSteps = []string{"before_read_back", "after_read_back", "after_method", "before_create", "after_create", "before_record", "after_record"}
	planSteps    = []string{"plan_before", "plan_locked", "plan_written", "plan_after"}
	emailSteps   = []string{"email_frozen", "email_before_call", "email_after_call", "email_settled"}
	undoSteps    = []string{"undo_before_read_back", "undo_before_end", "undo_after_end", "undo_ended", "undo_before_refund", "undo_after_refund", "undo_before_record", "undo_after_record"}
	textSteps    = []string{"text_claimed", "text_before_call", "text_after_call"}
)

// child is one worker process.
type child struct {
	cmd   *exec.Cmd
	lines chan string
	at    []string // the steps at which its jobs are held
}

func start(t *testing.T, b *testkit.Bundle, traps bool) *child {
	t.Helper()
	c := &child{cmd: exec.CommandContext(t.Context(), os.Args[0], "-test.run=^$"), lines: make(chan string, 100)}
	c.cmd.Env = append(os.Environ(), envDatabase+"="+b.DB.URL, envStripe+"="+b.Stripe.URL, envResend+"="+b.Resend.URL, envTwilio+"="+b.Twilio.URL)
	if traps {
		c.cmd.Env = append(c.cmd.Env, envTraps+"=yes")
	}
	c.cmd.Stderr = os.Stderr
	out, err := c.cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, c.cmd.Start())
	go func() {
		defer close(c.lines)
		for lines := bufio.NewScanner(out); lines.Scan(); {
			c.lines <- lines.Text()
		}
	}()
	return c
}

// awaitSteps returns when a job is held at each of the steps.
func (c *child) awaitSteps(t *testing.T, steps ...string) {
	t.Helper()
	timeout := time.After(3 * time.Minute)
	for slices.ContainsFunc(steps, func(s string) bool { return !slices.Contains(c.at, s) }) {
		select {
		case line, ok := <-c.lines:
			require.True(t, ok, "the child ended; it was at %v", c.at)
			if step, ok := strings.CutPrefix(line, "at "); ok {
				c.at = append(c.at, step)
			}
		case <-timeout:
			require.FailNow(t, "the child is stuck", "at %v, not yet at all of %v", c.at, steps)
		}
	}
}

// kill ends the process as a power cut would. Then an hour passes for River: the dead process's hold on its jobs and on the
// leadership has run out.
func (c *child) kill(t *testing.T, b *testkit.Bundle) {
	t.Helper()
	require.NoError(t, c.cmd.Process.Signal(syscall.SIGKILL))
	require.Error(t, c.cmd.Wait())
	// What it had asked of PostgreSQL may still be carried out.
	until(t, func() bool {
		return b.Count(t, `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = $1`, childName) == 0
	}, "the dead process's connections linger")
	b.Exec(t, `UPDATE river_job SET attempted_at = attempted_at - interval '1 hour' WHERE state = 'running'`)
	_, err := b.DB.Owner.Exec(t.Context(), `DELETE FROM river_leader`) // if it led at all
	require.NoError(t, err)
}

// until waits in the test's own goroutine, so that the condition may fail the test.
func until(t *testing.T, condition func() bool, otherwise string) {
	t.Helper()
	untilAtMost(t, 3*time.Minute, condition, otherwise)
}

func untilAtMost(t *testing.T, most time.Duration, condition func() bool, otherwise string) {
	t.Helper()
	for end := time.Now().Add(most); !condition(); time.Sleep(50 * time.Millisecond) {
		require.True(t, time.Now().Before(end), otherwise)
	}
}

// stop ends the process in the ordinary way.
func (c *child) stop(t *testing.T) {
	t.Helper()
	require.NoError(t, c.cmd.Process.Signal(syscall.SIGTERM))
	require.NoError(t, c.cmd.Wait())
}

// finish is a process without traps that works until nothing waits.
func finish(t *testing.T, b *testkit.Bundle) {
	t.Helper()
	c := start(t, b, false)
	require.Equal(t, "started", <-c.lines) // before that it knows no ordinary stop
	defer func() {
		if t.Failed() {
			t.Log(b.Strings(t, `SELECT kind || ' ' || state || ' ' || coalesce(attempted_at::text, 'never tried') || ' ' || coalesce(errors::text, '') FROM river_job WHERE finalized_at IS NULL`))
		}
	}()
	until(t, func() bool {
		return b.Count(t, `SELECT count(*) FROM river_job WHERE finalized_at IS NULL AND kind NOT LIKE 'look_for%'`) == 0
	}, "jobs are left over")
	c.stop(t)
}

// cases is enough work for a job at every step and one more in the middle of each call.
type cases struct {
	submissions []*queries.Submission
	undone      []*queries.Submission
	sent        []*queries.Invitation
}

func prepare(t *testing.T, b *testkit.Bundle) (c cases) {
	t.Helper()
	for range len(undoSteps) + 2 {
		c.undone = append(c.undone, b.Approved(t, migration.CurrentMonth))
	}
	for _, sub := range c.undone {
		_, err := b.Rules.UndoApproval(t.Context(), testkit.By(b.Manager), migration.UndoRequest{SubmissionID: sub.ID, Reason: "The wrong studio."})
		require.NoError(t, err)
	}
	for range len(billingSteps) + 2 {
		sub := b.Claimed(t, testkit.Visa)
		b.Decided(t, sub, migration.CurrentMonth)
		c.submissions = append(c.submissions, sub)
	}
	for range len(emailSteps) + 2 {
		inv := b.Invited(t)
		b.Send(t, inv)
		c.sent = append(c.sent, inv)
	}
	for range len(planSteps) + 1 {
		inv := b.Invited(t)
		b.Accepted(t, testkit.SendRequest(testkit.Missing().String(), inv))
		c.sent = append(c.sent, inv)
	}
	return c
}

// requireOnce compares the providers' books with ours: for each case one subscription and one charge, for each delivery one
// email, whoever died when.
func (c cases) requireOnce(t *testing.T, b *testkit.Bundle) {
	t.Helper()
	for _, sub := range c.submissions {
		booked := b.Booked(sub.ReservationID)
		require.Len(t, booked, 1)
		require.Equal(t, queries.SubmissionStatusApproved, b.Submission(t, sub.ID).Status)
		require.Equal(t, []string{booked[0].ID}, b.Strings(t, `SELECT stripe_subscription_id FROM subscriptions WHERE reservation_id = $1 AND live`, sub.ReservationID))
	}
	require.Len(t, b.Stripe.Charged(t), len(c.submissions)+len(c.undone))
	for _, sub := range c.undone {
		require.Equal(t, "canceled", b.Booked(sub.ReservationID)[0].Status)
		require.Equal(t, queries.SubmissionStatusUndone, b.Submission(t, sub.ID).Status)
		require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM undo_invoices i JOIN undos u ON u.id = i.undo_id WHERE u.submission_id = $1 AND act = 'refunded' AND amount_minor = 12900`, sub.ID))
	}
	refunded := 0
	for _, charge := range b.Stripe.Books().Charges {
		if charge.AmountRefunded > 0 {
			require.Equal(t, charge.Amount, charge.AmountRefunded)
			refunded++
		}
	}
	require.Len(t, c.undone, refunded, "whoever is undone, and nobody else, got it back once")
	for _, inv := range c.sent {
		require.Equal(t, queries.InvitationStatusSent, b.Invitation(t, inv.ID).Status)
	}
	deliveries := map[string]int{}
	for _, e := range b.Resend.Emails() {
		deliveries[e.Tag("delivery_id")]++
	}
	for id, n := range deliveries {
		require.Equal(t, 1, n, "emails of delivery %s", id)
	}
	require.Len(t, deliveries, b.Count(t, `SELECT count(*) FROM deliveries WHERE status = 'accepted'`))
	require.Len(t, deliveries, len(c.sent)+len(c.submissions)+2*len(c.undone), "each invitation, each notice of an approval, and each word that it was taken back")
	b.RequireStories(t)
}

func TestWorkersAtEveryStep(t *testing.T) {
	t.Parallel()
	all := slices.Concat(billingSteps, undoSteps, planSteps, emailSteps)
	for name, rounds := range map[string][]string{
		"Killed":              {"kill"},
		"KilledAgainAndAgain": {"kill", "kill"},
		"Stopped":             {"stop"},
		"StoppedThenKilled":   {"stop", "kill"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := testkit.New(t)
			c := prepare(t, b)
			for i, end := range rounds {
				process := start(t, b, true)
				process.awaitSteps(t, stepsOfRound(all, i)...)
				switch end {
				case "kill":
					process.kill(t, b)
				case "stop":
					process.stop(t)
				}
			}
			finish(t, b)
			c.requireOnce(t, b)
		})
	}
}

// stepsOfRound: in a later round some work is done already, so that not every step is reached a second time.
func stepsOfRound(all []string, round int) []string {
	if round == 0 {
		return all
	}
	return []string{"before_read_back", "after_read_back"}
}

// TestWorkersKilledInACall dies while the provider has acted and its answer is on the way.
func TestWorkersKilledInACall(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(*child, *testing.T, *testkit.Bundle){
		"Killed":  (*child).kill,
		"Stopped": func(c *child, t *testing.T, _ *testkit.Bundle) { c.stop(t) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := testkit.New(t)
			c := prepare(t, b)
			b.Stripe.Order(stripefake.Hold, "/v1/subscriptions", 3)
			b.Stripe.Order(stripefake.Hold, "/v1/refunds", 2)
			b.Resend.Order(resendfake.Fault{Kind: resendfake.Hold, Times: 2})
			process := start(t, b, false)
			require.NoError(t, b.Stripe.Faults.WaitHeld(t.Context(), 5))
			until(t, func() bool { return len(b.Resend.Emails()) >= 2 }, "no email is taken")
			end(process, t, b)
			b.Stripe.Faults.Clear()
			b.Resend.Faults.Clear()
			until(t, func() bool { return b.Stripe.UnderWay() == 0 }, "what the dead process asked for is not answered")
			finish(t, b)
			c.requireOnce(t, b)
			requireAskedOnce(t, b, "/v1/subscriptions", len(c.submissions)+len(c.undone))
			requireAskedOnce(t, b, "/v1/refunds", len(c.undone))
		})
	}
}

// requireAskedOnce holds that what was made was found, and not asked for again. A request that was cut off before it was whole made
// nothing, so that one is rightly sent again.
func requireAskedOnce(t *testing.T, b *testkit.Bundle, path string, want int) {
	t.Helper()
	made := 0
	var asked []stripefake.Request
	for _, r := range b.Stripe.Requests() {
		if r.Method == http.MethodPost && r.Path == path {
			asked = append(asked, r)
			if r.Status == http.StatusOK {
				made++
			}
		}
	}
	require.Equal(t, want, made, "%s: %+v", path, asked)
}
