package migration

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/queries"
)

// RejectRequest is a staff member's no. The tenant reads the reason. NewOffer, where the offer itself was wrong, is what is offered
// instead, to the same tenant; Close ends it with nothing instead.
type RejectRequest struct {
	SubmissionID uuid.UUID
	Reason       string
	NewOffer     *InvitationDraft
	Close        bool
}

// ends tells whether the reservation ends with it.
func (r RejectRequest) ends() bool { return r.Close || r.NewOffer != nil }

// Rejected is a submission that was turned down or closed, or as it stands where something was in the way.
type Rejected struct {
	Submission *queries.Submission
	Successor  *queries.Invitation // the new offer; nil where none was made
	Warnings   []*Warning
}

// CanReject tells whether a submission may be turned down in the state that it is in.
func CanReject(sub *queries.Submission) bool {
	return SubmissionSteps.Allows(sub.Status, queries.SubmissionStatusRejected)
}

// CanClose tells whether a submission may be closed, with another offer or without: it can be turned down, or came to nothing and is
// still its reservation's last attempt.
func CanClose(sub *queries.Submission, r *queries.Reservation) bool {
	last := r.EndedAt == nil && r.CurrentSubmissionID != nil && *r.CurrentSubmissionID == sub.ID
	return CanReject(sub) || (last && ReopensLink(sub.Status))
}

// RejectSubmission turns a submission down that nobody has decided on yet. Without another offer the tenant's link opens again, for
// another attempt under the same reservation. With one the invitation stays CLAIMED for ever, its reservation ends, and its link
// leads to the successor; closed, it opens nothing any more. The tenant is told why in any case.
//
// A last attempt that came to nothing is ended the same way, with another offer or closed: its state stays as it is.
//
// Of two staff who decide at once one wins; the other gets ALREADY_DECIDED and is told who did what.
func (s *Service) RejectSubmission(ctx context.Context, by Actor, req RejectRequest) (Rejected, error) {
	var r Refusals
	req.Reason = cleanText(&r, req.Reason, 500, "reason")
	if req.Reason == "" {
		r.add(CodeRequired, "Say why: the tenant reads it.", "reason")
	}
	if req.Close && req.NewOffer != nil {
		r.add(CodeInvalid, "Make a new offer, or close it without one, one of the two.", "close")
	}
	if len(r) > 0 {
		return Rejected{}, r
	}
	var done Rejected
	err := s.inTxAgain(ctx, func(tx pgx.Tx) (err error) {
		done, err = s.reject(ctx, tx, by, req)
		return err
	})
	return done, refusal(err)
}

func (s *Service) reject(ctx context.Context, tx pgx.Tx, by Actor, req RejectRequest) (Rejected, error) {
	sub, err := s.managedSubmission(ctx, tx, by, req.SubmissionID)
	if err != nil {
		return Rejected{}, err
	}
	offer, warnings, err := s.checkNewOffer(ctx, tx, by, sub, req.NewOffer)
	if err != nil {
		return Rejected{Submission: sub}, err
	}
	if req.ends() && ReopensLink(sub.Status) {
		if err := s.endReopened(ctx, tx, by, sub); err != nil {
			return Rejected{Submission: sub}, err
		}
		return s.follow(ctx, tx, by, sub, req, offer, Rejected{Submission: sub, Warnings: warnings})
	}
	if _, err := s.q.BankVerificationEnd(ctx, tx, queries.BankVerificationEndParams{SubmissionID: sub.ID, Now: ptr(s.now())}); err != nil {
		return Rejected{}, fmt.Errorf("end bank verification: %w", err)
	}
	won, err := found(s.q.SubmissionRejectIfUndecided(ctx, tx, queries.SubmissionRejectIfUndecidedParams{
		ID: sub.ID, StatusReason: req.Reason, StaffID: by.staffID(), Now: s.now()}))
	if err != nil {
		return Rejected{}, fmt.Errorf("reject submission: %w", err)
	}
	if won == nil {
		return s.refuseNo(ctx, tx, sub)
	}
	return s.follow(ctx, tx, by, sub, req, offer, Rejected{Submission: won, Warnings: warnings})
}

// follow makes what takes the offer's place, or nothing, and tells.
func (s *Service) follow(ctx context.Context, tx pgx.Tx, by Actor, was *queries.Submission, req RejectRequest, offer *checkedDraft, done Rejected) (Rejected, error) {
	var err error
	switch {
	case offer != nil:
		done.Successor, err = s.replaceOffer(ctx, tx, by, done.Submission, *offer)
	case req.Close:
		err = s.endReservation(ctx, tx, by, was.ReservationID, was.LocationID)
	}
	if err != nil {
		return Rejected{Submission: was}, err
	}
	return done, s.tellRejected(ctx, tx, by, was.Status, req, done)
}

// refuseNo tells why a submission cannot be turned down, and who was first.
func (s *Service) refuseNo(ctx context.Context, tx pgx.Tx, sub *queries.Submission) (Rejected, error) {
	if ReopensLink(sub.Status) && sub.Status != queries.SubmissionStatusRejected {
		return Rejected{Submission: sub}, Refuse(CodeWrongState,
			"This attempt came to nothing already, and the tenant may try again. Close it, or make a new offer, where that shall not be.", "submissionId")
	}
	lost, err := s.lostTheRace(ctx, tx, sub.ID, "rejected")
	return Rejected{Submission: lost.Submission}, err
}

// endReopened ends the reservation of a last attempt that came to nothing. A tenant who is sending another one at this moment is
// either first, or finds the link closed.
func (s *Service) endReopened(ctx context.Context, tx pgx.Tx, by Actor, sub *queries.Submission) error {
	if _, err := s.q.TenantLockShared(ctx, tx, sub.TenantID); err != nil {
		return fmt.Errorf("lock tenant: %w", err)
	}
	n, err := s.q.ReservationEndIfReopened(ctx, tx, queries.ReservationEndIfReopenedParams{ID: sub.ReservationID, SubmissionID: &sub.ID, Now: ptr(s.now())})
	if err != nil {
		return fmt.Errorf("end reservation: %w", err)
	}
	if n == 1 {
		return s.recordEnded(ctx, tx, by, sub.ReservationID, sub.LocationID)
	}
	now, err := s.q.SubmissionGetCurrent(ctx, tx, sub.ReservationID)
	if err != nil {
		return fmt.Errorf("read current submission: %w", err)
	}
	if now.Submission.ID != sub.ID {
		return Refuse(CodeWrongState, "The tenant has sent another attempt since. Look at that one.", "submissionId")
	}
	_, err = s.lostTheRace(ctx, tx, sub.ID, "closed")
	return err
}

// managedSubmission answers one of the caller's, or refuses like one that does not exist.
func (s *Service) managedSubmission(ctx context.Context, db queries.DBTX, by Actor, id uuid.UUID) (*queries.Submission, error) {
	sub, err := found(s.q.SubmissionGetManaged(ctx, db, queries.SubmissionGetManagedParams{ID: id, StaffID: by.staffID()}))
	if err != nil {
		return nil, fmt.Errorf("read submission: %w", err)
	}
	if sub == nil {
		return nil, Refuse(CodeNotFound, "There is no such submission at a location that you manage.", "submissionId")
	}
	return sub, nil
}

// checkNewOffer answers what would be offered instead; nil where nothing is. The tenant stays as they are until the transaction ends.
func (s *Service) checkNewOffer(ctx context.Context, tx pgx.Tx, by Actor, sub *queries.Submission, draft *InvitationDraft) (*checkedDraft, []*Warning, error) {
	if draft == nil {
		return nil, nil, nil
	}
	if sub.InvitationID == nil {
		return nil, nil, Refuse(CodeInvalid, "There is no invitation behind this submission that another could follow. Leave the new offer out.", "newOffer")
	}
	was, err := s.q.InvitationGet(ctx, tx, *sub.InvitationID)
	if err != nil {
		return nil, nil, fmt.Errorf("read invitation: %w", err)
	}
	checked, err := s.checkDraft(ctx, tx, by, *draft, was)
	if err != nil {
		return nil, nil, inNewOffer(err)
	}
	warnings, err := s.warnOfDraft(ctx, tx, by, checked, was.ID)
	if err != nil {
		return nil, nil, err
	}
	for _, w := range warnings {
		w.Field = newOfferField(w.Field)
	}
	_, err = s.recipient(ctx, tx, checked)
	return &checked, warnings, err
}

// inNewOffer says of which field the refusals of a draft are, from the input's root.
func inNewOffer(err error) error {
	refusals, ok := RefusalsIn(refusal(err))
	if !ok {
		return err
	}
	for _, r := range refusals {
		r.Field = newOfferField(r.Field)
	}
	return refusals
}

// newOfferField: who is offered it is no field of a new offer.
func newOfferField(field []string) []string {
	if len(field) == 0 || field[0] == "tenantId" || field[0] == "newTenant" {
		return []string{"newOffer"}
	}
	return append([]string{"newOffer"}, field...)
}

// replaceOffer ends the reservation, keeps the claimed invitation, and makes the one that its link leads to from now on. A legacy
// membership goes with it, and so does its first bill where the billing day stays.
func (s *Service) replaceOffer(ctx context.Context, tx pgx.Tx, by Actor, sub *queries.Submission, c checkedDraft) (*queries.Invitation, error) {
	was, err := s.q.InvitationLock(ctx, tx, *sub.InvitationID)
	if err != nil {
		return nil, fmt.Errorf("lock invitation: %w", err)
	}
	if err := s.endReservation(ctx, tx, by, sub.ReservationID, sub.LocationID); err != nil {
		return nil, err
	}
	draft := c.offer.Invitation
	draft.LegacyMembershipID = was.LegacyMembershipID
	if draft.AnchorDay == was.AnchorDay {
		draft.FirstBillOn = was.FirstBillOn
	}
	next, err := s.insertInvitation(ctx, tx, by, c)
	if err != nil {
		return nil, inNewOffer(err)
	}
	if err := s.q.InvitationSetSuccessor(ctx, tx, queries.InvitationSetSuccessorParams{ID: was.ID, SuccessorID: &next.ID, Now: s.now()}); err != nil {
		return nil, fmt.Errorf("set successor: %w", err)
	}
	return next, s.record(ctx, tx, by, invitationEvent(was, "replaced"))
}

func (s *Service) endReservation(ctx context.Context, tx pgx.Tx, by Actor, id, location uuid.UUID) error {
	n, err := s.q.ReservationEnd(ctx, tx, queries.ReservationEndParams{ID: id, Now: ptr(s.now())})
	if err != nil {
		return fmt.Errorf("end reservation: %w", err)
	}
	if n == 0 {
		return nil
	}
	return s.recordEnded(ctx, tx, by, id, location)
}

func (s *Service) recordEnded(ctx context.Context, tx pgx.Tx, by Actor, id, location uuid.UUID) error {
	return s.record(ctx, tx, by, event{subject: queries.EventSubjectReservation, id: id, location: location, action: "ended"})
}

// tellRejected writes the decision down and tells the tenant: with the link that opens again or, under another offer, leads there.
func (s *Service) tellRejected(ctx context.Context, tx pgx.Tx, by Actor, before queries.SubmissionStatus, req RejectRequest, done Rejected) error {
	sub := done.Submission
	row := queries.RejectionInsertParams{SubmissionID: sub.ID, StaffID: by.staffID(), Reason: req.Reason, Closes: req.ends(), Now: s.now()}
	if done.Successor != nil {
		row.SuccessorID = &done.Successor.ID
	}
	if _, err := s.q.RejectionInsert(ctx, tx, row); err != nil {
		return fmt.Errorf("insert rejection: %w", err)
	}
	action := "rejected"
	if sub.Status == before {
		action = "closed"
	}
	if err := s.record(ctx, tx, by, event{subject: queries.EventSubjectSubmission, id: sub.ID, location: sub.LocationID, action: action,
		before: string(before), after: string(sub.Status), detail: map[string]any{"new_offer": done.Successor != nil, "closed": req.Close}}); err != nil {
		return err
	}
	switch {
	case done.Successor != nil:
		return s.tellTenantOf(ctx, tx, by, sub, done.Successor, "")
	case req.Close:
		return s.tellClosed(ctx, tx, by, sub)
	default:
		return s.reopenLink(ctx, tx, by, sub)
	}
}

// tellClosed is a notice and not something asked for: the link opens nothing any more.
func (s *Service) tellClosed(ctx context.Context, tx pgx.Tx, by Actor, sub *queries.Submission) error {
	tenant, err := s.q.TenantGet(ctx, tx, sub.TenantID)
	if err != nil {
		return fmt.Errorf("read tenant: %w", err)
	}
	return s.noticeTenant(ctx, tx, by, tenant, notice{location: sub.LocationID, submission: &sub.ID, says: saysClosed})
}
