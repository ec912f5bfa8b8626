// Command walkthrough carries tenants from invitation to subscription on a running demo, over its public API, and tells each
// step with what Stripe's books then hold. It ends with exit status 1 at the first thing that is not as it should be.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"time"
	"unicode"

	"carryover/demo"
	"carryover/e2e/play"
)

func main() {
	address := flag.String("url", "http://127.0.0.1:8080", "where the demo runs")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	w := &walk{player: play.New(*address), run: time.Now().UTC().Format("0102150405")}
	if err := w.all(ctx); err != nil {
		fmt.Fprintf(os.Stderr, "\nStopped: %v\n", err)
		if strings.Contains(err.Error(), "connection refused") {
			fmt.Fprintln(os.Stderr, "Is the demo running? Start it in another terminal: make demo")
		}
		os.Exit(1)
	}
}

// walk is one run; its number keeps the tenants of two runs apart.
type walk struct {
	player *play.Player
	run    string
	step   int
}

func (w *walk) all(ctx context.Context) error {
	w.heading("A staff member signs in")
	if err := w.player.SignIn(ctx, demo.AdminEmail, demo.Password); err != nil {
		return err
	}
	w.say("%s is signed in; the token is stored only as a hash", demo.AdminEmail)
	plans, err := w.player.Plans(ctx)
	if err != nil {
		return err
	}
	plan, err := play.PlanAt(plans, "America/Denver")
	if err != nil {
		return err
	}
	for _, option := range []string{"CURRENT_MONTH", "NEXT_MONTH"} {
		if err := w.byCard(ctx, plan, option); err != nil {
			return fmt.Errorf("%s: %w", option, err)
		}
	}
	if err := w.byBank(ctx, plan); err != nil {
		return fmt.Errorf("bank account: %w", err)
	}
	if err := w.reconcile(ctx); err != nil {
		return err
	}
	fmt.Println("\nAll of it as it should be.")
	return nil
}

// byCard carries one tenant all the way with a card.
func (w *walk) byCard(ctx context.Context, plan play.Plan, option string) error {
	name := map[string]string{"CURRENT_MONTH": "Nora Lindqvist", "NEXT_MONTH": "Tomás Rivera"}[option]
	w.heading("%s is invited to %s at %s (%s)", name, plan.Name, plan.Location.Name, option)
	inv, token, err := w.invite(ctx, plan, name)
	if err != nil {
		return err
	}
	tenant := play.New(w.player.BaseURL) // the tenant is nobody who signed in
	setup, err := tenant.Complete(ctx, token, "pm_card_visa", name)
	if err != nil {
		return err
	}
	w.say("the tenant opened the link, gave a card, signed and submitted: %s", setup.State)
	return w.approve(ctx, inv, option)
}

// invite carries a tenant to an email with a link, and answers the link's token.
func (w *walk) invite(ctx context.Context, plan play.Plan, name string) (play.Invitation, string, error) {
	inv, err := w.player.Invite(ctx, map[string]any{
		"newTenant": map[string]any{"name": name, "email": w.address(name)}, "planId": plan.ID, "anchorDay": 15})
	if err != nil {
		return inv, "", err
	}
	w.say("invitation %s is %s; card %s a month", inv.ID, inv.Status, show(plan.CardPrice))
	batch, err := w.player.SendEmail(ctx, "walkthrough-"+inv.ID, inv.ID)
	if err != nil {
		return inv, "", err
	}
	w.say("sent: %d succeeded, %d skipped, %d failed", batch.Succeeded, batch.Skipped, batch.Failed)
	mail, err := w.player.AwaitMail(ctx, w.address(name), 1)
	if err != nil {
		return inv, "", err
	}
	w.say("the tenant's inbox holds %q from %s", mail.Subject, mail.From)
	token, err := mail.Token()
	return inv, token, err
}

// address is the tenant's, another one in each run.
func (w *walk) address(name string) string {
	first, _, _ := strings.Cut(name, " ")
	return fmt.Sprintf("%s.%s@example.com", strings.Map(func(r rune) rune {
		if r > unicode.MaxASCII {
			return -1
		}
		return unicode.ToLower(r)
	}, first), w.run)
}

func (w *walk) approve(ctx context.Context, inv play.Invitation, option string) error {
	sub, err := w.player.SubmissionOf(ctx, inv.ID)
	if err != nil {
		return err
	}
	w.say("submission %s is %s with %s", sub.ID, sub.Status, sub.PaymentMethod)
	previews, err := w.player.Previews(ctx, sub.ID)
	if err != nil {
		return err
	}
	p := previews[option]
	w.say("%s would charge %s today and %s on %s", option, show(p.DueToday), show(p.NextCharge), p.NextChargeOn)
	if _, err := w.player.Approve(ctx, sub.ID, option, p); err != nil {
		return err
	}
	if err := w.reach(ctx, p.NotBefore); err != nil {
		return err
	}
	sub, err = w.player.Settled(ctx, sub.ID)
	if err != nil {
		return err
	}
	w.say("the submission is %s, the reservation %s", sub.Status, sub.Reservation.Status)
	if sub.Status != "APPROVED" || sub.Reservation.Subscription == nil {
		return fmt.Errorf("the submission ended as %s: %s", sub.Status, sub.StatusReason)
	}
	if strings.Contains(sub.PaymentMethod, "account") {
		if err := w.settleDebit(ctx); err != nil {
			return err
		}
	}
	return w.compare(ctx, sub, p)
}

// compare holds Stripe's books against what was promised.
func (w *walk) compare(ctx context.Context, sub play.Submission, promised play.Preview) error {
	books, err := w.player.Books(ctx)
	if err != nil {
		return err
	}
	live, found := 0, ""
	for _, s := range books.Subscriptions {
		if s.ID == sub.Reservation.Subscription.StripeSubscriptionID {
			live, found = live+1, s.ID
			w.say("Stripe's books: %s is %s, next charge %s of %s", s.ID, s.Status,
				time.Unix(s.NextChargeAt, 0).UTC().Format(time.RFC3339), minor(s.NextAmount, s.Currency))
			if got, want := minor(s.NextAmount, s.Currency), show(promised.NextCharge); got != want {
				return fmt.Errorf("the next charge is %s, %s was promised", got, want)
			}
		}
	}
	charged := int64(0)
	for _, i := range books.Invoices { // newest first: what remains is the first one's, the start's
		if i.Subscription == found {
			charged = i.AmountPaid
			w.say("Stripe's books: invoice %s is %s, %d lines", i.ID, i.Status, len(i.Lines))
		}
	}
	if got, want := minor(charged, promised.DueToday.Currency), show(promised.DueToday); live != 1 || got != want {
		return fmt.Errorf("%d subscriptions and %s charged, one and %s were promised", live, got, want)
	}
	w.say("charged today: %s, exactly as confirmed", show(promised.DueToday))
	return nil
}

func (w *walk) heading(format string, args ...any) {
	w.step++
	fmt.Printf("\n%d. %s\n", w.step, fmt.Sprintf(format, args...))
}

func (w *walk) say(format string, args ...any) { fmt.Printf("   %s\n", fmt.Sprintf(format, args...)) }

func show(m play.Money) string { return m.Amount + " " + m.Currency }

// minor writes an amount of a currency with two decimals, as all of the walk's are.
func minor(amount int64, currency string) string {
	return fmt.Sprintf("%d.%02d %s", amount/100, amount%100, strings.ToUpper(currency))
}
