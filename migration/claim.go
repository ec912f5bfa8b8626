package migration

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/ids"
	"carryover/money"
	"carryover/queries"
)

// claimRequest is an acceptance with what was found out about it outside the transaction.
type claimRequest struct {
	id         uuid.UUID
	tenant     uuid.UUID
	version    int
	acceptance Acceptance
	image      []byte
	intent     SetupIntent
}

// claim is the one transaction of a submission. The tenant's row and then the invitation's are locked first, so a second tab
// waits and then finds what the first one did. changed is the offer as it is now, with a refusal, where it is not the one that was accepted.
func (s *Service) claim(ctx context.Context, tx pgx.Tx, by Actor, req claimRequest) (changed *Setup, err error) {
	if _, err := s.q.TenantLock(ctx, tx, req.tenant); err != nil {
		return nil, fmt.Errorf("lock tenant: %w", err)
	}
	inv, err := s.q.InvitationLock(ctx, tx, req.id)
	if err != nil {
		return nil, fmt.Errorf("lock invitation: %w", err)
	}
	if inv.TenantID != req.tenant {
		return nil, errLinkClosed // edited to another recipient before this one's first look was noted
	}
	setup, err := s.setupOf(ctx, tx, inv, req.version, req.acceptance.Language)
	if err != nil {
		return nil, err
	}
	if setup.State != SetupStateOpen {
		if setup.Submission != nil && setup.Submission.StripeSetupIntentID == req.intent.ID {
			return nil, nil // the other tab was this one's twin
		}
		return nil, errLinkClosed
	}
	if req.intent.Method == queries.PaymentMethodTypeUsBankAccount && !req.acceptance.AcceptMandate {
		return nil, Refuse(CodeRequired, "The authorization for debits from the bank account must be accepted.", "acceptMandate")
	}
	if setup.Digest() != req.acceptance.Digest {
		return setup, errQuoteChanged
	}
	reservation, err := s.reserve(ctx, tx, by, inv)
	if err != nil {
		return nil, err
	}
	sub, err := s.insertSubmission(ctx, tx, setup, reservation, req, by)
	if err != nil {
		return nil, err
	}
	if err := s.recordClaim(ctx, tx, by, inv, reservation, sub); err != nil {
		return nil, err
	}
	if err := s.showRecord(ctx, tx, inv); err != nil {
		return nil, err
	}
	return nil, s.correctEmail(ctx, tx, by, setup.Tenant, req.acceptance.Email, sub.LocationID, &sub.ID)
}

// reserve answers the invitation's reservation, made with its first submission.
func (s *Service) reserve(ctx context.Context, tx pgx.Tx, by Actor, inv *queries.Invitation) (*queries.Reservation, error) {
	if inv.ReservationID != nil {
		r, err := s.q.ReservationLock(ctx, tx, *inv.ReservationID)
		if err != nil {
			return nil, fmt.Errorf("lock reservation: %w", err)
		}
		return r, nil
	}
	r, err := s.q.ReservationInsert(ctx, tx, queries.ReservationInsertParams{
		ID: ids.New(), TenantID: inv.TenantID, LocationID: inv.LocationID, PlanID: inv.PlanID, Unit: inv.Unit,
		Currency: inv.Currency, LegacyMembershipID: inv.LegacyMembershipID, Now: s.now()})
	if err != nil {
		return nil, fmt.Errorf("insert reservation: %w", err)
	}
	return r, s.record(ctx, tx, by, event{
		subject: queries.EventSubjectReservation, id: r.ID, location: r.LocationID, action: "created"})
}

func (s *Service) insertSubmission(ctx context.Context, tx pgx.Tx, setup *Setup, r *queries.Reservation, req claimRequest, by Actor) (*queries.Submission, error) {
	inv, quote, digest := setup.Offer.Invitation, setup.Offer.By(req.intent.Method), setup.Offer.Digest(setup.Terms, setup.Language)
	sub, err := s.q.SubmissionInsert(ctx, tx, queries.SubmissionInsertParams{
		ID: ids.New(), ReservationID: r.ID, InvitationID: &inv.ID, TenantID: inv.TenantID, LocationID: inv.LocationID,
		Status: statusOf(req.intent), Now: s.now(), MandateText: mandateOf(req.intent, setup.Language, setup.Offer.Location), PaymentMethodType: req.intent.Method,
		StripeCustomerID: req.intent.CustomerID, StripeSetupIntentID: req.intent.ID,
		StripePaymentMethodID: req.intent.PaymentMethod.ID, StripeMandateID: nonEmpty(req.intent.MandateID),
		MethodLabel: req.intent.PaymentMethod.Label, Currency: inv.Currency, MonthlyTotalMinor: quote.Total.Minor,
		AnchorDay: inv.AnchorDay, FirstBillOn: inv.FirstBillOn, QuoteDigest: digest[:],
		TermsVersionID: setup.Terms.ID, TermsSha256: setup.Terms.BodySha256, Language: setup.Terms.Language,
		SignatureKind: req.acceptance.Signature.Kind, SignatureName: strings.TrimSpace(req.acceptance.Signature.Name),
		SignatureImage: req.image, SignedIp: by.IP, SignedUserAgent: cleanUserAgent(by.UserAgent),
		CardKey: setup.Offer.CardPrice().Minor, AchKey: minorOrNone(setup.Offer.AchPrice()), InsuranceKey: minorOrNone(setup.Offer.InsurancePrice()),
	})
	if err != nil {
		return nil, fmt.Errorf("insert submission: %w", err)
	}
	if err := s.beginVerification(ctx, tx, by, sub, req.intent); err != nil {
		return nil, err
	}
	for i, line := range quote.Lines {
		err := s.q.QuoteLineInsert(ctx, tx, queries.QuoteLineInsertParams{
			SubmissionID: sub.ID, Position: i, Kind: line.Kind, PlanID: line.PlanID, InsurancePlanID: line.InsurancePlanID,
			Description: line.Description, AmountMinor: line.Amount.Minor, Currency: line.Amount.Currency})
		if err != nil {
			return nil, fmt.Errorf("insert quote line: %w", err)
		}
	}
	return sub, nil
}

// noPrice stands in the list for a price that is not there, so that every row has a place in every order.
const noPrice = -1

func minorOrNone(m *money.Money) int64 {
	if m == nil {
		return noPrice
	}
	return m.Minor
}

// OfferedPrice is a price as it stood when the tenant submitted; nil for one that was not offered.
func OfferedPrice(sub *queries.Submission, minor int64) *money.Money {
	if minor == noPrice {
		return nil
	}
	return &money.Money{Minor: minor, Currency: sub.Currency}
}

// statusOf: what is confirmed waits for staff, what is being verified waits for the bank.
func statusOf(i SetupIntent) queries.SubmissionStatus {
	if i.State == SetupVerifying {
		return queries.SubmissionStatusWaitingForBankVerification
	}
	return queries.SubmissionStatusReadyForApproval
}

// mandateOf is the authorisation that was shown with a bank account; nil for a card.
func mandateOf(i SetupIntent, language queries.MessageLanguage, at *queries.Location) *string {
	if i.Method != queries.PaymentMethodTypeUsBankAccount {
		return nil
	}
	text := MandateText(language, at)
	return &text
}

// recordClaim closes the claim: the reservation shows the submission, the invitation is CLAIMED, the tenant's account active.
func (s *Service) recordClaim(ctx context.Context, tx pgx.Tx, by Actor, inv *queries.Invitation, r *queries.Reservation, sub *queries.Submission) error {
	if err := s.q.ReservationSetCurrentSubmission(ctx, tx, queries.ReservationSetCurrentSubmissionParams{
		ID: r.ID, SubmissionID: &sub.ID}); err != nil {
		return fmt.Errorf("set current submission: %w", err)
	}
	events := []event{{subject: queries.EventSubjectSubmission, id: sub.ID, location: sub.LocationID, action: "submitted", after: string(sub.Status)}}
	claimed, err := found(s.q.InvitationClaimIfOpen(ctx, tx, queries.InvitationClaimIfOpenParams{
		ID: inv.ID, Now: ptr(s.now()), ReservationID: &r.ID}))
	if err != nil {
		return fmt.Errorf("claim invitation: %w", err)
	}
	if claimed != nil {
		events = append(events, event{subject: queries.EventSubjectInvitation, id: inv.ID, location: inv.LocationID,
			action: "claimed", before: string(inv.Status), after: string(claimed.Status)})
	}
	n, err := s.q.TenantActivate(ctx, tx, queries.TenantActivateParams{ID: inv.TenantID, Now: ptr(s.now())})
	if err != nil {
		return fmt.Errorf("activate tenant: %w", err)
	}
	if n == 1 {
		events = append(events, event{subject: queries.EventSubjectTenant, id: inv.TenantID, action: "activated"})
	}
	return s.record(ctx, tx, by, events...)
}

// cleanUserAgent keeps what a browser called itself as far as text can hold it; headers may be any bytes of any length.
func cleanUserAgent(raw string) string {
	text := strings.ToValidUTF8(raw[:min(len(raw), 500)], "")
	return strings.ReplaceAll(text, "\x00", "")
}

func nonEmpty(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// showRecord: a location at which the tenant has submitted by a link that was sent to them sees the tenant's own record from then on. At a counter
// anybody's address can be said: there it goes on seeing what it knew.
func (s *Service) showRecord(ctx context.Context, tx pgx.Tx, inv *queries.Invitation) error {
	n, err := s.q.TenantLocationShowRecord(ctx, tx, queries.TenantLocationShowRecordParams{TenantID: inv.TenantID, LocationID: inv.LocationID})
	if err != nil {
		return fmt.Errorf("show the location the tenant's record: %w", err)
	}
	if n == 0 {
		return nil
	}
	return s.refreshCopies(ctx, tx, inv.TenantID, &inv.LocationID)
}
