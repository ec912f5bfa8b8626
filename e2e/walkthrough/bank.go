package main

import (
	"context"
	"fmt"
	"time"

	"carryover/e2e/play"
)

// byBank carries one tenant all the way with a bank account, moving the clock so that the one-cent deposit arrives.
func (w *walk) byBank(ctx context.Context, plan play.Plan) error {
	const name = "Bea Okafor"
	w.heading("%s is invited to %s at %s and pays from a bank account", name, plan.Name, plan.Location.Name)
	inv, token, err := w.invite(ctx, plan, name)
	if err != nil {
		return err
	}
	tenant := play.New(w.player.BaseURL)
	setup, started, err := tenant.CompleteByBank(ctx, token, play.BankByDeposit, name, w.address(name))
	if err != nil {
		return err
	}
	w.say("the tenant typed an account, accepted the mandate, signed and submitted: %s", setup.State)
	sub, err := w.player.SubmissionOf(ctx, inv.ID)
	if err != nil {
		return err
	}
	w.say("submission and reservation are %s / %s; a one-cent deposit arrives by %s", sub.Status, sub.Reservation.Status, setup.Verification.DepositArrivesOn)
	if err := w.waitForDeposit(ctx, tenant, w.address(name)); err != nil {
		return err
	}
	if err := tenant.EnterCode(ctx, started, "SM11AA"); err != nil {
		return err
	}
	if _, err := play.Until(ctx, 90*time.Second, func(ctx context.Context) (play.Submission, error) { return w.player.Submission(ctx, sub.ID) },
		func(s play.Submission) bool { return s.Status == "READY_FOR_APPROVAL" }); err != nil {
		return err
	}
	w.say("the tenant entered the deposit's code; Stripe's webhook led to READY_FOR_APPROVAL")
	return w.approve(ctx, inv, "CURRENT_MONTH")
}

// settleDebit lets the bank move the money: a debit takes up to four business days, during which the subscription is there and
// the invoice open.
func (w *walk) settleDebit(ctx context.Context) error {
	w.say("the debit is on its way; moving the clock on by a week")
	return w.player.MoveClock(ctx, "week")
}

func (w *walk) waitForDeposit(ctx context.Context, tenant *play.Player, address string) error {
	for range 5 {
		if err := tenant.MoveClock(ctx, "day"); err != nil {
			return err
		}
	}
	mail, err := tenant.AwaitMail(ctx, address, 3)
	if err != nil {
		return err
	}
	w.say("five days on, the tenant was told: %q", mail.Subject)
	return nil
}

// reach moves the clock on until a moment has come: on the billing day itself the subscription is made at the day's moment.
func (w *walk) reach(ctx context.Context, moment time.Time) error {
	for {
		books, err := w.player.Books(ctx)
		if err != nil {
			return err
		}
		if moment.Sub(time.Unix(books.Now, 0)) < time.Minute {
			return nil
		}
		w.say("the billing moment %s is ahead: moving the clock on by an hour", moment.Format(time.RFC3339))
		if err := w.player.MoveClock(ctx, "hour"); err != nil {
			return err
		}
	}
}

// reconcile holds all of Stripe's books against all of ours: each approved reservation has one live subscription of the agreed
// amount, and Stripe holds none that we do not know.
func (w *walk) reconcile(ctx context.Context) error {
	w.heading("Stripe's books and ours are compared")
	ours, err := w.player.Approved(ctx)
	if err != nil {
		return err
	}
	books, err := w.player.Books(ctx)
	if err != nil {
		return err
	}
	known := map[string]play.Approved{}
	for _, one := range ours {
		known[one.StripeSubscriptionID] = one
	}
	live := 0
	for _, s := range books.Subscriptions {
		if s.Status == "canceled" || s.Metadata["carryover_reservation_id"] == "" {
			continue
		}
		one, ok := known[s.ID]
		if got := minor(s.NextAmount, s.Currency); !ok || got != show(one.MonthlyTotal) {
			return fmt.Errorf("Stripe holds %s with %s a month; ours: %+v", s.ID, got, one)
		}
		live++
	}
	if live != len(ours) {
		return fmt.Errorf("Stripe holds %d live subscriptions, %d reservations are approved here", live, len(ours))
	}
	w.say("%d approved reservations here, %d live subscriptions at Stripe, each of the agreed amount", len(ours), live)
	return nil
}
