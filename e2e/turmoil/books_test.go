package turmoil

import (
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"carryover/migration"
	"carryover/sandbox/stripefake"
)

// compare holds Stripe's own books against ours when everything has ended.
func (w *world) compare() {
	w.t.Helper()
	require.NoError(w.t, w.b.Stripe.Advance())
	w.requireNothingOpen()
	books := w.b.Stripe.Books()
	for _, c := range w.cases() {
		w.requireOne(c, books)
		w.requireCharges(c, books)
		w.requireRead(c, books)
		w.requireGivenBack(c, books)
		w.count("ended " + c.Status)
	}
	w.requireKnown(books)
	w.b.RequireStories(w.t)
	for _, told := range w.b.Strings(w.t, `SELECT after FROM events WHERE subject_kind = 'submission' AND before <> after`) {
		w.count("was " + told)
	}
}

// requireNothingOpen wants nothing to wait for anything but a person.
func (w *world) requireNothingOpen() {
	for what, sql := range map[string]string{
		"approving":                      `SELECT count(*) FROM submissions WHERE status = 'approving'`,
		"a tenant who is asked for ever": `SELECT count(*) FROM submissions WHERE status = 'tenant_action_required'`,
		"an alarm of what must not be":   `SELECT count(*) FROM billing_alarms WHERE kind IN ('first_charge_amount', 'first_charge_day', 'first_charge_missing', 'two_live_subscriptions', 'finalization_failed')`,
		"taken back and not done":        `SELECT count(*) FROM undos WHERE state = 'pending'`,
		"a row of a batch without end":   `SELECT count(*) FROM batch_items i JOIN batches b ON b.id = i.batch_id WHERE b.kind = 'approve' AND i.outcome = 'pending'`,
		"a row that says something else": `SELECT count(*) FROM batch_items i JOIN approvals a ON a.batch_id = i.batch_id AND a.batch_position = i.position WHERE (i.outcome = 'succeeded') <> (a.outcome = 'approved')`,
		"decided and not settled":        `SELECT count(*) FROM approvals WHERE outcome = 'pending'`,
		"waiting for a bank":             `SELECT count(*) FROM submissions WHERE status = 'waiting_for_bank_verification'`,
		"approved without its approval":  `SELECT count(*) FROM submissions s WHERE status = 'approved' AND (SELECT count(*) FROM approvals a WHERE a.submission_id = s.id AND a.outcome = 'approved') <> 1`,
		"approval without its approved":  `SELECT count(*) FROM approvals a JOIN submissions s ON s.id = a.submission_id WHERE a.outcome = 'approved' AND s.status NOT IN ('approved', 'undone')`,
		"a reservation shows an old one": `SELECT count(*) FROM reservations r WHERE r.current_submission_id <> (SELECT s.id FROM submissions s WHERE s.reservation_id = r.id ORDER BY s.submitted_at DESC, s.id DESC LIMIT 1)`,
		"a claim without a reservation":  `SELECT count(*) FROM invitations i WHERE i.status = 'claimed' AND NOT EXISTS (SELECT FROM reservations r WHERE r.id = i.reservation_id AND r.current_submission_id IS NOT NULL)`,
		"two open attempts":              `SELECT count(*) FROM (SELECT FROM submissions WHERE status IN ('waiting_for_bank_verification', 'ready_for_approval', 'approving', 'tenant_action_required', 'approved') GROUP BY reservation_id HAVING count(*) > 1) twice`,
		"a quote that does not add up":   `SELECT count(*) FROM submissions s WHERE s.monthly_total_minor <> (SELECT sum(q.amount_minor) FROM quote_lines q WHERE q.submission_id = s.id)`,
	} {
		require.Zero(w.t, w.b.Count(w.t, sql), what)
	}
}

// requireDue wants whatever is under way to have somebody who will look at it, also if nobody who was at it lives any more.
func (w *world) requireDue() {
	for what, sql := range map[string]string{
		"an approval without a job": `SELECT count(*) FROM approvals a WHERE a.outcome = 'pending' AND NOT EXISTS (
			SELECT FROM river_job j WHERE j.kind = 'create_subscription' AND j.finalized_at IS NULL AND j.args->>'approval_id' = a.id::text)`,
		"a bank account without a look":         `SELECT count(*) FROM submissions s WHERE status = 'waiting_for_bank_verification' AND NOT EXISTS (SELECT FROM bank_verifications v WHERE v.submission_id = s.id AND v.ended_at IS NULL)`,
		"a live subscription without a look":    `SELECT count(*) FROM subscriptions WHERE live AND next_look_at IS NULL`,
		"a tenant who is asked, without a look": `SELECT count(*) FROM submissions s WHERE status = 'tenant_action_required' AND NOT EXISTS (SELECT FROM subscriptions b WHERE b.submission_id = s.id AND b.next_look_at IS NOT NULL)`,
	} {
		require.Zero(w.t, w.b.Count(w.t, sql), what)
	}
}

// aCase is a reservation as we see it.
type aCase struct {
	Reservation uuid.UUID
	Status      string // of its newest submission
	Zone        string
	Live        []string // its live subscriptions in our books
	Ended       bool     // staff were told that its subscription ended at Stripe
}

func (w *world) cases() []aCase {
	rows, err := w.b.DB.Owner.Query(w.t.Context(), `SELECT r.id, s.status::text, l.time_zone,
			ARRAY(SELECT b.stripe_subscription_id FROM subscriptions b WHERE b.reservation_id = r.id AND b.live),
			EXISTS (SELECT FROM billing_alarms a JOIN subscriptions b ON b.id = a.subscription_id WHERE b.reservation_id = r.id AND a.kind = 'subscription_ended')
		FROM reservations r JOIN submissions s ON s.id = r.current_submission_id JOIN locations l ON l.id = r.location_id ORDER BY r.id`)
	require.NoError(w.t, err)
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[aCase])
	require.NoError(w.t, err)
	return all
}

// requireOne wants an approved case to have exactly one live subscription, the same in both books, or staff to have been told of
// its end; and every other case to have none.
func (w *world) requireOne(c aCase, books stripefake.Books) {
	var live []string
	for _, s := range booked(c, books) {
		if s.Status != "canceled" && s.Status != "incomplete_expired" {
			live = append(live, s.ID)
		}
	}
	require.Equal(w.t, c.Live, append([]string{}, live...), "Stripe holds %v of reservation %s, we %v", live, c.Reservation, c.Live)
	require.Len(w.t, live, map[bool]int{true: 1}[c.Status == "approved" && !c.Ended], "reservation %s is %s", c.Reservation, c.Status)
}

func booked(c aCase, books stripefake.Books) (all []stripefake.BookSubscription) {
	for _, s := range slices.Backward(books.Subscriptions) {
		if s.Metadata["carryover_reservation_id"] == c.Reservation.String() {
			all = append(all, s)
		}
	}
	return all
}

// requireRead wants our records to say of each subscription and invoice what Stripe's books say.
func (w *world) requireRead(c aCase, books stripefake.Books) {
	var ours, theirs []string
	for _, s := range booked(c, books) {
		if w.b.Count(w.t, `SELECT count(*) FROM subscriptions WHERE stripe_subscription_id = $1`, s.ID) == 0 {
			require.Equal(w.t, "incomplete_expired", s.Status, "nobody here knows of %s", s.ID)
			continue
		}
		theirs = append(theirs, s.ID+" "+s.Status)
		for _, inv := range invoicesOf(s, books) {
			theirs = append(theirs, fmt.Sprintf("%s %s %d %d", inv.ID, inv.Status, inv.AmountDue, inv.AmountPaid))
		}
	}
	ours = w.b.Strings(w.t, `SELECT stripe_subscription_id || ' ' || status FROM subscriptions WHERE reservation_id = $1
		UNION ALL SELECT i.stripe_invoice_id || ' ' || i.status || ' ' || i.amount_due_minor || ' ' || i.amount_paid_minor
		FROM subscription_invoices i JOIN subscriptions s ON s.id = i.subscription_id WHERE s.reservation_id = $1`, c.Reservation)
	slices.Sort(ours)
	slices.Sort(theirs)
	require.Equal(w.t, append([]string{}, theirs...), ours, "reservation %s", c.Reservation)
}

// requireGivenBack wants an approval that was taken back to have cost nothing.
func (w *world) requireGivenBack(c aCase, books stripefake.Books) {
	if c.Status != "undone" {
		return
	}
	for _, s := range booked(c, books) {
		for _, inv := range invoicesOf(s, books) {
			require.Contains(w.t, []string{"void", "paid"}, inv.Status)
			require.Zero(w.t, w.requirePaidOnce(inv, books), "the invoice %s was not given back", inv.ID)
		}
	}
}

// requireKnown wants whatever Stripe charges for to be of a case.
func (w *world) requireKnown(books stripefake.Books) {
	known := map[string]bool{}
	for _, c := range w.cases() {
		known[c.Reservation.String()] = true
	}
	for _, s := range books.Subscriptions {
		require.True(w.t, known[s.Metadata["carryover_reservation_id"]], "Stripe holds %s of nobody", s.ID)
	}
	subscriptions := map[string]bool{}
	for _, s := range books.Subscriptions {
		subscriptions[s.ID] = true
	}
	for _, inv := range books.Invoices {
		require.True(w.t, subscriptions[inv.Subscription], "the invoice %s is of no subscription", inv.ID)
	}
}

// agreed is what explains the charges of one subscription: the quote and the approval.
type agreed struct {
	Monthly, DueToday int64
	Currency          string
	NextChargeOn      migration.Date
	MethodID          string
}

func (w *world) agreed(s stripefake.BookSubscription) (a agreed) {
	err := w.b.DB.Owner.QueryRow(w.t.Context(), `SELECT s.monthly_total_minor, a.due_today_minor, lower(s.currency), a.next_charge_on, s.stripe_payment_method_id
		FROM approvals a JOIN submissions s ON s.id = a.submission_id WHERE a.id = $1 AND s.id = $2`,
		s.Metadata["carryover_approval_id"], s.Metadata["carryover_submission_id"]).Scan(&a.Monthly, &a.DueToday, &a.Currency, &a.NextChargeOn, &a.MethodID)
	require.NoError(w.t, err, "nobody agreed to %s", s.ID)
	return a
}

// requireCharges wants every invoice to be the frozen quote, for months that follow each other without a gap, each once; the first
// of them at once or on the day that was confirmed; and each invoice to have been paid once at most.
func (w *world) requireCharges(c aCase, books stripefake.Books) {
	zone, err := time.LoadLocation(c.Zone)
	require.NoError(w.t, err)
	on := func(unix int64) migration.Date { return migration.DateIn(time.Unix(unix, 0), zone) }
	for _, s := range booked(c, books) {
		a := w.agreed(s)
		var paidUntil int64
		for i, inv := range invoicesOf(s, books) {
			require.Equal(w.t, a.Monthly, inv.Total, "invoice %s", inv.ID)
			require.Equal(w.t, a.Currency, inv.Currency)
			first := on(inv.Lines[0].PeriodStart)
			switch {
			case inv.BillingReason == "subscription_create":
				require.Equal(w.t, a.DueToday, inv.Total)
			case i == 0 || paidUntil != 0 && i == 1 && a.DueToday > 0:
				require.Equal(w.t, a.NextChargeOn, on(inv.Created), "the day that was confirmed")
			}
			if i > 0 {
				require.Equal(w.t, paidUntil, inv.Lines[0].PeriodStart, "a month is left out, or paid for twice")
			}
			paidUntil = inv.Lines[0].PeriodEnd
			if n := w.requirePaidOnce(inv, books); n > 0 {
				month := inv.Customer + " " + first.String()
				require.Empty(w.t, w.charged[month], "%s was charged twice for the month from %s", inv.Customer, first)
				w.charged[month] = inv.ID
				w.count("charges")
			}
		}
		if s.Status == "active" {
			require.Greater(w.t, max(paidUntil, s.CurrentPeriodEnd), books.Now, "a month is left out")
		}
	}
}

func invoicesOf(s stripefake.BookSubscription, books stripefake.Books) (all []stripefake.BookInvoice) {
	for _, inv := range slices.Backward(books.Invoices) {
		if inv.Subscription == s.ID {
			all = append(all, inv)
		}
	}
	return all
}

// requirePaidOnce answers how often money was taken for an invoice and not given back.
func (w *world) requirePaidOnce(inv stripefake.BookInvoice, books stripefake.Books) (n int) {
	for _, ch := range books.Charges {
		if ch.Invoice == inv.ID && ch.Status == "succeeded" && ch.AmountRefunded == 0 {
			require.Equal(w.t, inv.Total, ch.Amount)
			n++
		}
	}
	require.LessOrEqual(w.t, n, 1, "the invoice %s was charged %d times", inv.ID, n)
	return n
}
