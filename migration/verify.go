package migration

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/queries"
)

const (
	// verificationLife is how long a tenant has to enter the code of a micro-deposit (Stripe, "Verify bank accounts with
	// micro-deposits").
	verificationLife = 10 * 24 * time.Hour
	// verificationGrace is how long after that Stripe's own word is awaited before the attempt is given up here.
	verificationGrace = 2 * 24 * time.Hour
	// reminderAhead is how long before the end the tenant is reminded.
	reminderAhead = 3 * 24 * time.Hour
	// looksAtOnce bounds one look for work; what is left is found by the next.
	looksAtOnce = 500
)

// nextLook is when to ask again: often at first, when an instant verification may only be late, then slower.
func nextLook(age time.Duration) time.Duration {
	switch {
	case age < time.Hour:
		return 5 * time.Minute
	case age < 24*time.Hour:
		return 30 * time.Minute
	default:
		return 2 * time.Hour
	}
}

// beginVerification notes that a bank account is waited for, and tells the tenant what happens and what is asked meanwhile.
func (s *Service) beginVerification(ctx context.Context, tx pgx.Tx, by Actor, sub *queries.Submission, intent SetupIntent) error {
	if sub.Status != queries.SubmissionStatusWaitingForBankVerification {
		return nil
	}
	p := queries.BankVerificationInsertParams{SubmissionID: sub.ID, Now: s.now(), DeadlineAt: s.now().Add(verificationLife),
		NextLookAt: s.now().Add(nextLook(0))}
	says := saysVerifying
	if intent.Deposit != nil {
		p.DepositArrivesAt, says = &intent.Deposit.ArrivesAt, saysDepositComing
	}
	if err := s.q.BankVerificationInsert(ctx, tx, p); err != nil {
		return fmt.Errorf("insert bank verification: %w", err)
	}
	return s.tellTenant(ctx, tx, by, sub, says)
}

// LookForBankVerifications is the periodic job that finds bank accounts which are due to be asked about, one job each. The cause of a
// look that was asked for is theirs too: a job of an earlier look that is still under way would otherwise stand for them, and what it
// reads of the clock may be older.
func (s *Service) LookForBankVerifications(ctx context.Context, cause string) error {
	return s.inTx(ctx, func(tx pgx.Tx) error {
		due, err := s.q.BankVerificationListDue(ctx, tx, queries.BankVerificationListDueParams{Now: s.now(), RowLimit: looksAtOnce})
		if err != nil {
			return fmt.Errorf("list due bank verifications: %w", err)
		}
		for _, v := range due {
			if err := s.enqueue(ctx, tx, PollBankVerificationArgs{SubmissionID: v.SubmissionID, Cause: cause}, nil); err != nil {
				return err
			}
		}
		return nil
	})
}

// PollBankVerification is the job that asks Stripe how one bank account stands. It may run twice and at any time; a webhook
// only makes it sooner. It ends the waiting in READY_FOR_APPROVAL or BANK_VERIFICATION_FAILED, or notes when to look again.
func (s *Service) PollBankVerification(ctx context.Context, by Actor, submissionID uuid.UUID) error {
	v, err := found(s.q.BankVerificationGet(ctx, s.Pool, submissionID))
	if err != nil || v == nil || v.EndedAt != nil {
		return err
	}
	sub, err := s.q.SubmissionGet(ctx, s.Pool, submissionID)
	if err != nil {
		return fmt.Errorf("read submission: %w", err)
	}
	intent, err := s.Payments.SetupIntent(ctx, sub.StripeSetupIntentID)
	if err != nil {
		return fmt.Errorf("read setup intent: %w", err)
	}
	switch {
	case intent.State == SetupSucceeded:
		return s.endVerification(ctx, by, sub, queries.SubmissionStatusReadyForApproval, "", intent.MandateID)
	case intent.State != SetupVerifying:
		return s.endVerification(ctx, by, sub, queries.SubmissionStatusBankVerificationFailed, failureOf(intent), "")
	case s.now().After(v.DeadlineAt.Add(verificationGrace)):
		return s.endVerification(ctx, by, sub, queries.SubmissionStatusBankVerificationFailed,
			"The bank account was not verified in time.", "")
	}
	return s.keepWaiting(ctx, by, sub, v, intent)
}

func failureOf(i SetupIntent) string {
	if i.Failure != "" {
		return i.Failure
	}
	return "The bank account could not be verified."
}

// endVerification: of webhook and poll, whichever commits first; the other finds nothing to do.
func (s *Service) endVerification(ctx context.Context, by Actor, sub *queries.Submission, to queries.SubmissionStatus, reason, mandate string) error {
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		if _, err := s.q.BankVerificationEnd(ctx, tx, queries.BankVerificationEndParams{SubmissionID: sub.ID, Now: ptr(s.now())}); err != nil {
			return err
		}
		after, err := found(s.q.SubmissionEndVerificationIfWaiting(ctx, tx, queries.SubmissionEndVerificationIfWaitingParams{
			ID: sub.ID, Status: to, StatusReason: reason, Now: s.now(), StripeMandateID: nonEmpty(mandate)}))
		if err != nil || after == nil {
			return err
		}
		if err := s.record(ctx, tx, by, event{subject: queries.EventSubjectSubmission, id: sub.ID, location: sub.LocationID,
			action: strings.ToLower(string(to)), before: string(sub.Status), after: string(after.Status)}); err != nil {
			return err
		}
		if !ReopensLink(to) {
			return nil
		}
		return s.reopenLink(ctx, tx, by, after)
	})
	if err != nil {
		return fmt.Errorf("end bank verification of %s as %s: %w", sub.ID, to, err)
	}
	return nil
}

// keepWaiting notes when to look again and says to the tenant what is due to be said, each thing once.
func (s *Service) keepWaiting(ctx context.Context, by Actor, sub *queries.Submission, v *queries.BankVerification, intent SetupIntent) error {
	note := queries.BankVerificationNoteLookParams{SubmissionID: sub.ID, SeenNextLookAt: v.NextLookAt,
		NextLookAt: s.now().Add(nextLook(s.now().Sub(v.BeganAt)))}
	if intent.Deposit != nil {
		note.DepositArrivesAt = &intent.Deposit.ArrivesAt
	}
	return s.inTx(ctx, func(tx pgx.Tx) error {
		if err := s.q.BankVerificationNoteLook(ctx, tx, note); err != nil {
			return fmt.Errorf("note look: %w", err)
		}
		if intent.Deposit == nil || s.now().Before(intent.Deposit.ArrivesAt) {
			return nil
		}
		told, err := s.q.BankVerificationTellDeposit(ctx, tx, queries.BankVerificationTellDepositParams{SubmissionID: sub.ID, Now: ptr(s.now())})
		if err != nil {
			return fmt.Errorf("note that the tenant is told: %w", err)
		}
		if told == 1 {
			return s.tellTenant(ctx, tx, by, sub, saysDepositThere)
		}
		return s.remind(ctx, tx, by, sub, v)
	})
}

func (s *Service) remind(ctx context.Context, tx pgx.Tx, by Actor, sub *queries.Submission, v *queries.BankVerification) error {
	if s.now().Before(v.DeadlineAt.Add(-reminderAhead)) || s.now().After(v.DeadlineAt) {
		return nil
	}
	due, err := s.q.BankVerificationRemind(ctx, tx, queries.BankVerificationRemindParams{SubmissionID: sub.ID, Now: ptr(s.now())})
	if err != nil || due == 0 {
		return err
	}
	return s.tellTenant(ctx, tx, by, sub, saysDepositReminder)
}

// tellTenant queues an ACTION_NEEDED message that says one thing. Without an email address there is nobody to tell; staff see
// the state.
func (s *Service) tellTenant(ctx context.Context, tx pgx.Tx, by Actor, sub *queries.Submission, says string) error {
	if sub.InvitationID == nil {
		return nil
	}
	return s.tellTenantOf(ctx, tx, by, sub, &queries.Invitation{ID: *sub.InvitationID, LocationID: sub.LocationID}, says)
}

// tellTenantOf is tellTenant with the link of another invitation than the submission's own.
func (s *Service) tellTenantOf(ctx context.Context, tx pgx.Tx, by Actor, sub *queries.Submission, inv *queries.Invitation, says string) error {
	tenant, err := s.q.TenantGet(ctx, tx, sub.TenantID)
	if err != nil || tenant.Email == nil {
		return err
	}
	return s.queueSingleEmail(ctx, tx, by, queries.DeliveryInsertParams{
		Purpose: queries.DeliveryPurposeActionNeeded, Address: *tenant.Email, LocationID: inv.LocationID,
		TenantID: &tenant.ID, InvitationID: &inv.ID, SubmissionID: &sub.ID, Says: says})
}

// Verification is how the verification of a bank account stands, for people.
type Verification struct {
	Row      *queries.BankVerification
	DaysLeft int
}

// VerificationOf answers nil where none is under way.
func (s *Service) VerificationOf(ctx context.Context, sub *queries.Submission) (*Verification, error) {
	if sub == nil || sub.Status != queries.SubmissionStatusWaitingForBankVerification {
		return nil, nil
	}
	v, err := s.q.BankVerificationGet(ctx, s.Pool, sub.ID)
	if err != nil {
		return nil, fmt.Errorf("read bank verification: %w", err)
	}
	return s.VerificationIn(v), nil
}

// VerificationIn counts the days that a row leaves.
func (s *Service) VerificationIn(v *queries.BankVerification) *Verification {
	left := v.DeadlineAt.Sub(s.now())
	return &Verification{Row: v, DaysLeft: max(0, int((left+24*time.Hour-1)/(24*time.Hour)))}
}

// VerificationPage answers Stripe's page on which the tenant enters the code, read from Stripe at this moment; "" where none
// is asked for.
func (s *Service) VerificationPage(ctx context.Context, sub *queries.Submission) (string, error) {
	return s.verificationPage(ctx, sub.StripeSetupIntentID)
}

func (s *Service) verificationPage(ctx context.Context, setupIntentID string) (string, error) {
	intent, err := s.Payments.SetupIntent(ctx, setupIntentID)
	if err != nil {
		return "", fmt.Errorf("read setup intent: %w", err)
	}
	if intent.State != SetupVerifying || intent.Deposit == nil {
		return "", nil
	}
	return intent.Deposit.URL, nil
}
