package migration

import (
	"context"
	"fmt"
	"time"

	"carryover/queries"
)

// endRefused ends a subscription at Stripe whose first payment was refused, before anything is concluded from that: until Stripe gives
// it up, after 23 hours, its invoice can be paid, and it would charge from then on. It answers the subscription as it is afterwards;
// what was paid in that very moment shows in its invoices. Any other one is answered as it is.
func (s *Service) endRefused(ctx context.Context, sub StripeSubscription) (StripeSubscription, error) {
	if !sub.FirstPaymentFailed {
		return sub, nil
	}
	now, err := s.Payments.Subscription(ctx, sub.ID) // the answer to a repeated call tells of the first one
	if err != nil {
		return sub, s.patience(err, "read subscription")
	}
	if !now.FirstPaymentFailed {
		return now, nil
	}
	s.Step("before_end_refused")
	if err := s.Payments.EndSubscription(ctx, sub.ID); err != nil {
		return sub, s.patience(err, "end subscription")
	}
	s.Step("after_end_refused")
	if now, err = s.Payments.Subscription(ctx, sub.ID); err != nil {
		return sub, s.patience(err, "read subscription")
	}
	if isLive(now.Status) {
		return now, &Later{After: time.Second, Why: "Stripe has not ended it yet"}
	}
	return now, nil
}

// takeEnded settles by the money of a subscription that has ended already. What was paid is APPROVED: an alarm tells staff that it
// ended, and taking the approval back gives the money back. What was tried and not paid asks the tenant for another method. Where
// nothing was asked for, staff decide again. Of an earlier approval only the money counts; done tells that this one is settled.
func (s *Service) takeEnded(ctx context.Context, by Actor, c creation, sub StripeSubscription) (done bool, err error) {
	invoices, err := s.invoicesOf(ctx, c.submission.StripeCustomerID, sub.ID)
	if err != nil {
		return false, s.patience(err, "list invoices")
	}
	first := firstInvoice(invoices)
	switch {
	case first != nil && first.Status == queries.InvoiceStatusPaid:
		return true, s.recordSubscription(ctx, by, c, sub)
	case sub.ApprovalID != c.approval.ID:
		return false, nil
	case first != nil && first.Attempts > 0:
		return true, s.paymentFailed(ctx, by, c, "The first payment was refused. Nothing was charged.")
	}
	return true, s.returnToReady(ctx, by, c, fmt.Sprintf("The subscription %s was made and cancelled at Stripe before it was recorded here.", sub.ID))
}
