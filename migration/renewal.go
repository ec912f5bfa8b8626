package migration

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/ids"
	"carryover/money"
	"carryover/queries"
)

// wantsTenant: the tenant's bank charges an invoice only once the tenant has said yes.
func wantsTenant(i StripeInvoice) bool {
	return i.Status == queries.InvoiceStatusOpen && i.Payment == PaymentConfirming
}

// askToConfirm asks a tenant whose bank wants them for a charge of a subscription that runs: once for each invoice, however often it
// is looked at and whatever becomes of the message. Before APPROVED the first payment is asked for by another message; while the
// approval is taken back nothing is.
func (s *Service) askToConfirm(ctx context.Context, tx pgx.Tx, by Actor, c billed) error {
	if c.submission.Status != queries.SubmissionStatusApproved {
		return nil
	}
	waiting, err := s.q.SubscriptionInvoiceListConfirming(ctx, tx, []uuid.UUID{c.row.ID})
	if err != nil || len(waiting) == 0 {
		return err
	}
	undo, err := found(s.q.UndoGetBySubmission(ctx, tx, c.submission.ID))
	if err != nil || undo != nil {
		return err
	}
	for _, i := range waiting {
		if i.AskDeliveryID != nil {
			continue
		}
		if err := s.askForInvoice(ctx, tx, by, c.submission, i); err != nil {
			return fmt.Errorf("ask the tenant to confirm invoice %s: %w", i.StripeInvoiceID, err)
		}
	}
	return nil
}

// askForInvoice leaves a tenant without an email address unasked: staff see the alarm, and the next look finds an address that was
// mended.
func (s *Service) askForInvoice(ctx context.Context, tx pgx.Tx, by Actor, sub *queries.Submission, i *queries.SubscriptionInvoice) error {
	tenant, err := s.q.TenantGet(ctx, tx, sub.TenantID)
	if err != nil || tenant.Email == nil {
		return err
	}
	ask := ids.New()
	if err := s.queueSingleEmail(ctx, tx, by, queries.DeliveryInsertParams{ID: ask, Purpose: queries.DeliveryPurposeActionNeeded,
		Address: *tenant.Email, LocationID: sub.LocationID, TenantID: &tenant.ID, SubmissionID: &sub.ID, Says: saysConfirmRenewal}); err != nil {
		return err
	}
	n, err := s.q.SubscriptionInvoiceAskIfUnasked(ctx, tx, queries.SubscriptionInvoiceAskIfUnaskedParams{ID: i.ID, AskDeliveryID: &ask})
	if err == nil && n == 0 {
		return errors.New("the tenant was asked meanwhile, though the subscription is locked")
	}
	return err
}

// renewalContent asks for one confirmation, and leads to the account: the set-up link has nothing more to give. It has nothing to say
// once the payment was made or refused.
func (s *Service) renewalContent(ctx context.Context, tx pgx.Tx, d *queries.Delivery, sub *queries.Submission) (c EmailContent, gone string, err error) {
	if c, err = s.accountContent(ctx, tx, d); err != nil {
		return c, "", err
	}
	i, err := s.q.SubscriptionInvoiceGetByAsk(ctx, tx, &d.ID)
	if err != nil {
		return c, "", fmt.Errorf("read invoice: %w", err)
	}
	if i.ConfirmingSince == nil {
		return c, ReasonOver, nil
	}
	c.Language, c.LinkPath = sub.Language, accountPath
	c.Reason = fmt.Sprintf(renewalWords[sub.Language], money.Money{Minor: i.AmountDueMinor, Currency: i.Currency},
		dateInWords(i.ChargedOn, sub.Language))
	return c, "", nil
}

// AccountConfirmation reads from Stripe, at this moment, how a signed-in tenant answers their bank: about the first payment or a
// later one. nil: nothing is asked. As with ConfirmationOf, an error of Stripe's comes with what our records know.
func (s *Service) AccountConfirmation(ctx context.Context, r *AccountReservation) (*PaymentConfirmation, error) {
	if r.Asked != AskedConfirmPayment {
		return nil, nil
	}
	if r.Confirming == nil {
		c, err := s.ConfirmationOf(ctx, &r.Row.Submission)
		if c != nil && c.Payment {
			c.Amount = ptr(r.Monthly()) // a first payment is for one whole month
		}
		return c, err
	}
	asked := &PaymentConfirmation{PublishableKey: s.PublishableKey,
		Amount: &money.Money{Minor: r.Confirming.AmountDueMinor, Currency: r.Confirming.Currency}}
	read, err := s.Payments.InvoiceConfirmation(ctx, r.Confirming.StripeInvoiceID)
	if err != nil {
		asked.Payment = true
		return asked, fmt.Errorf("read confirmation: %w", err)
	}
	if read.ClientSecret == "" { // it was just given, and the next look finds it
		return nil, nil
	}
	asked.Confirmation = read
	return asked, nil
}
