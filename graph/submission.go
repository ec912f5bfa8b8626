package graph

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"slices"
	"time"

	"github.com/google/uuid"

	"carryover/migration"
	"carryover/money"
	"carryover/queries"
)

type submissionResolver struct{ *Resolver }

func (r *queryResolver) Submission(ctx context.Context, id string) (*queries.Submission, error) {
	u, _ := nounSubmission.parse(id)
	return r.submission(ctx, u)
}

func (r *Resolver) submission(ctx context.Context, id uuid.UUID) (*queries.Submission, error) {
	return found(r.q.SubmissionGetManaged(ctx, r.Pool, queries.SubmissionGetManagedParams{ID: id, StaffID: viewerID(ctx)}))
}

func (r *submissionResolver) ID(_ context.Context, obj *queries.Submission) (string, error) {
	return nounSubmission.id(obj.ID), nil
}

func (r *submissionResolver) Tenant(ctx context.Context, obj *queries.Submission) (*queries.Tenant, error) {
	return from(ctx).tenants.Load(ctx, obj.TenantID)
}

func (r *submissionResolver) Location(ctx context.Context, obj *queries.Submission) (*queries.Location, error) {
	return from(ctx).locations.Load(ctx, obj.LocationID)
}

func (r *submissionResolver) Reservation(ctx context.Context, obj *queries.Submission) (*queries.Reservation, error) {
	return from(ctx).reservations.Load(ctx, obj.ReservationID)
}

func (r *submissionResolver) Invitation(ctx context.Context, obj *queries.Submission) (*queries.Invitation, error) {
	return optional(ctx, from(ctx).invitations, obj.InvitationID)
}

// Plan is the reservation's: another offer would be another reservation's.
func (r *submissionResolver) Plan(ctx context.Context, obj *queries.Submission) (*queries.Plan, error) {
	reservation, err := r.Reservation(ctx, obj)
	if err != nil {
		return nil, err
	}
	return from(ctx).plans.Load(ctx, reservation.PlanID)
}

func (r *submissionResolver) Unit(ctx context.Context, obj *queries.Submission) (string, error) {
	reservation, err := r.Reservation(ctx, obj)
	if err != nil {
		return "", err
	}
	return reservation.Unit, nil
}

func (r *submissionResolver) WaitingSince(_ context.Context, obj *queries.Submission) (*time.Time, error) {
	return migration.WaitingSince(obj.Status, obj.StatusChangedAt), nil
}

func (r *submissionResolver) DaysWaiting(_ context.Context, obj *queries.Submission) (*int, error) {
	since := migration.WaitingSince(obj.Status, obj.StatusChangedAt)
	if since == nil {
		return nil, nil
	}
	days := migration.DaysWaiting(*since, r.Migration.Clock())
	return &days, nil
}

func (r *submissionResolver) CardPrice(_ context.Context, obj *queries.Submission) (*money.Money, error) {
	return migration.OfferedPrice(obj, obj.CardKey), nil
}

func (r *submissionResolver) AchPrice(_ context.Context, obj *queries.Submission) (*money.Money, error) {
	return migration.OfferedPrice(obj, obj.AchKey), nil
}

func (r *submissionResolver) InsurancePrice(_ context.Context, obj *queries.Submission) (*money.Money, error) {
	return migration.OfferedPrice(obj, obj.InsuranceKey), nil
}

func (r *submissionResolver) MonthlyTotal(_ context.Context, obj *queries.Submission) (*money.Money, error) {
	return &money.Money{Minor: obj.MonthlyTotalMinor, Currency: obj.Currency}, nil
}

func (r *submissionResolver) PaymentMethod(_ context.Context, obj *queries.Submission) (string, error) {
	return obj.MethodLabel, nil
}

func (r *submissionResolver) Quote(ctx context.Context, obj *queries.Submission) (*migration.Quote, error) {
	lines, err := from(ctx).quoteLines.Load(ctx, obj.ID)
	if err != nil {
		return nil, err
	}
	q := migration.FrozenQuote(obj, lines)
	return &q, nil
}

func (r *submissionResolver) Evidence(ctx context.Context, obj *queries.Submission) (*Evidence, error) {
	terms, err := from(ctx).terms.Load(ctx, obj.TermsVersionID)
	if err != nil {
		return nil, err
	}
	e := &Evidence{Terms: terms, TermsHash: hex.EncodeToString(obj.TermsSha256), SignatureKind: obj.SignatureKind,
		SignatureName: obj.SignatureName, SignedAt: obj.SubmittedAt, UserAgent: obj.SignedUserAgent,
		Mandate: obj.MandateText, MandateID: obj.StripeMandateID}
	if obj.SignedIp != nil {
		ip := obj.SignedIp.String()
		e.IP = &ip
	}
	if len(obj.SignatureImage) > 0 {
		image := base64.StdEncoding.EncodeToString(obj.SignatureImage)
		e.SignatureImage = &image
	}
	return e, nil
}

func (r *submissionResolver) BankVerification(ctx context.Context, obj *queries.Submission) (*BankVerification, error) {
	if obj.Status != queries.SubmissionStatusWaitingForBankVerification {
		return nil, nil
	}
	row, err := from(ctx).verifications.Load(ctx, obj.ID)
	if err != nil {
		return nil, err
	}
	v := r.Migration.VerificationIn(row)
	return &BankVerification{BeganAt: v.Row.BeganAt, DepositArrivesAt: v.Row.DepositArrivesAt, DeadlineAt: v.Row.DeadlineAt,
		DaysLeft: v.DaysLeft, DepositToldAt: v.Row.DepositToldAt, RemindedAt: v.Row.RemindedAt}, nil
}

// CanApprove is for staff who manage the location; whoever else reaches a submission may look only. Nothing may stand in the way that
// approving would look for as well.
func (r *submissionResolver) CanApprove(ctx context.Context, obj *queries.Submission) (bool, error) {
	if obj.Status != queries.SubmissionStatusReadyForApproval {
		return false, nil
	}
	approvable, err := from(ctx).approvables.Load(ctx, obj.ID)
	if err != nil {
		return false, err
	}
	return r.manages(ctx, obj, approvable.Skip == "")
}

func (r *submissionResolver) CanWithdrawApproval(ctx context.Context, obj *queries.Submission) (bool, error) {
	if obj.Status != queries.SubmissionStatusApproving {
		return false, nil
	}
	approvals, err := from(ctx).approvals.Load(ctx, obj.ID)
	if err != nil {
		return false, err
	}
	return r.manages(ctx, obj, slices.ContainsFunc(approvals, migration.CanWithdraw))
}

func (r *mutationResolver) WithdrawApproval(ctx context.Context, input WithdrawApprovalInput) (*WithdrawApprovalPayload, error) {
	id, _ := nounSubmission.parse(input.SubmissionID)
	sub, err := r.Migration.WithdrawApproval(ctx, Actor(ctx), id, orBlank(input.Reason))
	refusals, err := userErrors(err)
	return &WithdrawApprovalPayload{Submission: sub, UserErrors: refusals}, err
}

func (r *submissionResolver) CanEndConfirmation(ctx context.Context, obj *queries.Submission) (bool, error) {
	if !migration.CanEndConfirmation(obj) {
		return false, nil
	}
	ends, err := from(ctx).confirmationEnds.Load(ctx, obj.ID)
	if err != nil {
		return false, err
	}
	return r.manages(ctx, obj, len(ends) == 0)
}

func (r *mutationResolver) EndConfirmation(ctx context.Context, input EndConfirmationInput) (*EndConfirmationPayload, error) {
	id, _ := nounSubmission.parse(input.SubmissionID)
	sub, err := r.Migration.EndConfirmation(ctx, Actor(ctx), id, input.Reason)
	refusals, err := userErrors(err)
	return &EndConfirmationPayload{Submission: sub, UserErrors: refusals}, err
}

// manages answers whether a state allows something and the caller manages the location.
func (r *submissionResolver) manages(ctx context.Context, obj *queries.Submission, allowed bool) (bool, error) {
	if !allowed {
		return false, nil
	}
	return from(ctx).managed.Load(ctx, obj.LocationID)
}

func (r *submissionResolver) Approvals(ctx context.Context, obj *queries.Submission) ([]*queries.Approval, error) {
	return from(ctx).approvals.Load(ctx, obj.ID)
}

func (r *submissionResolver) History(ctx context.Context, obj *queries.Submission) ([]*queries.Event, error) {
	return r.history(ctx, queries.EventSubjectSubmission, obj.ID)
}
