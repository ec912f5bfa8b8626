package migration

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"image/png"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/ids"
	"carryover/queries"
)

// SetupState is where a tenant stands with a link.
type SetupState string

// The states of the API's SetupState.
const (
	SetupStateOpen      SetupState = "OPEN"
	SetupStateSubmitted SetupState = "SUBMITTED"
	SetupStateDone      SetupState = "DONE"
	SetupStateExpired   SetupState = "EXPIRED"
	SetupStateRevoked   SetupState = "REVOKED"
)

// Setup is what a link opens: the offer and how far the tenant has come with it.
type Setup struct {
	State          SetupState
	Offer          Offer
	Tenant         *queries.Tenant
	Terms          *queries.TermsVersion
	Language       queries.MessageLanguage
	Starts         []StartPreview // as if approved now, paid by card
	Submission     *queries.Submission
	ReopenedReason string
}

// Digest stands for what this setup shows.
func (s Setup) Digest() string {
	sum := s.Offer.Digest(s.Terms, s.Language)
	return hex.EncodeToString(sum[:])
}

// errLinkClosed is the one answer to a link that does not open, so that it tells a stranger nothing.
var errLinkClosed = Refuse(CodeLinkClosed, "This link does not open a set-up any more. Ask the location for a new one.", "token")

// OpenSetup answers what a link opens, in the language asked for where there are terms in it. It answers ErrUnknownToken to a
// token that was never given out. The first look is noted.
func (s *Service) OpenSetup(ctx context.Context, by Actor, token string, language queries.MessageLanguage) (*Setup, error) {
	id, version, err := s.Links.Open(token)
	if err != nil {
		return nil, err
	}
	setup, err := s.loadSetup(ctx, s.Pool, id, version, language)
	if err != nil || setup.State != SetupStateOpen || setup.Offer.Invitation.OpenedAt != nil {
		return setup, err
	}
	return setup, s.inTx(ctx, func(tx pgx.Tx) error {
		n, err := s.q.InvitationMarkOpened(ctx, tx, queries.InvitationMarkOpenedParams{ID: id, Now: ptr(s.now())})
		if err != nil || n == 0 {
			return err
		}
		return s.record(ctx, tx, by.tenant(setup.Tenant.ID), invitationEvent(setup.Offer.Invitation, "opened"))
	})
}

func (s *Service) loadSetup(ctx context.Context, db queries.DBTX, id uuid.UUID, version int, language queries.MessageLanguage) (*Setup, error) {
	inv, err := found(s.q.InvitationGet(ctx, db, id))
	if err != nil {
		return nil, fmt.Errorf("read invitation: %w", err)
	}
	if inv == nil {
		return nil, ErrUnknownToken // deleted before anybody was told
	}
	return s.setupOf(ctx, db, inv, version, language)
}

func (s *Service) setupOf(ctx context.Context, db queries.DBTX, inv *queries.Invitation, version int, language queries.MessageLanguage) (*Setup, error) {
	offer, err := s.loadOffer(ctx, db, inv)
	if err != nil {
		return nil, err
	}
	setup := &Setup{Offer: offer, Language: language}
	if setup.Tenant, err = s.q.TenantGet(ctx, db, inv.TenantID); err != nil {
		return nil, fmt.Errorf("read tenant: %w", err)
	}
	if setup.Submission, err = s.currentSubmission(ctx, db, inv.ReservationID); err != nil {
		return nil, err
	}
	setup.State = setupState(offer, setup.Submission, version, s.now())
	if setup.State != SetupStateOpen {
		return setup, nil
	}
	if setup.Submission != nil {
		setup.ReopenedReason = reasonFor(setup.Submission)
	}
	setup.Terms, err = s.q.TermsVersionGetCurrent(ctx, db, queries.TermsVersionGetCurrentParams{LocationID: inv.LocationID, Language: language})
	if err != nil {
		return nil, fmt.Errorf("read terms of location %s: %w", inv.LocationID, err)
	}
	setup.Starts, err = previewStarts(offer.Card(), offer.Location, inv.AnchorDay, s.now())
	return setup, err
}

// setupState decides whether a link opens. A claimed invitation's link opens again where the last attempt came to nothing.
func setupState(o Offer, last *queries.Submission, linkVersion int, now time.Time) SetupState {
	inv := o.Invitation
	switch {
	case inv.Status == queries.InvitationStatusRevoked:
		return SetupStateRevoked
	case linkVersion != inv.LinkVersion:
		return SetupStateExpired
	case last != nil && last.Status == queries.SubmissionStatusApproved:
		return SetupStateDone
	case last != nil && last.Status == queries.SubmissionStatusUndone:
		return SetupStateRevoked
	case last != nil && !ReopensLink(last.Status):
		return SetupStateSubmitted
	case !now.Before(inv.LinkExpiresAt):
		return SetupStateExpired
	case o.Withdrawn():
		return SetupStateRevoked
	}
	return SetupStateOpen
}

func (s *Service) currentSubmission(ctx context.Context, db queries.DBTX, reservation *uuid.UUID) (*queries.Submission, error) {
	if reservation == nil {
		return nil, nil
	}
	sub, err := found(s.q.SubmissionGetCurrent(ctx, db, *reservation))
	if err != nil {
		return nil, fmt.Errorf("read current submission: %w", err)
	}
	return sub, nil
}

// StartedSetup is what the tenant's browser needs to hand a card or bank account to Stripe.
type StartedSetup struct{ ClientSecret, PublishableKey string }

// StartSetup finds or makes the tenant's customer at Stripe and a SetupIntent for the method. However often and from however
// many tabs it is called there is one customer per tenant and currency. Nothing is charged.
func (s *Service) StartSetup(ctx context.Context, by Actor, token string, method queries.PaymentMethodType) (*StartedSetup, error) {
	setup, err := s.openOnly(ctx, by, token)
	if err != nil {
		return nil, err
	}
	inv := setup.Offer.Invitation
	if setup.Offer.By(method) == nil {
		return nil, Refuse(CodeInvalid, "Bank accounts are not taken here. Choose a card.", "method")
	}
	customerID, err := s.customer(ctx, setup)
	if err != nil {
		return nil, err
	}
	intent, err := s.Payments.OpenSetupIntent(ctx, SetupIntentRequest{
		CustomerID: customerID, TenantID: inv.TenantID, InvitationID: inv.ID, LinkVersion: inv.LinkVersion, Method: method})
	if err != nil {
		return nil, fmt.Errorf("open setup intent: %w", err)
	}
	err = s.inTx(ctx, func(tx pgx.Tx) error {
		n, err := s.q.InvitationMarkStarted(ctx, tx, queries.InvitationMarkStartedParams{ID: inv.ID, Now: ptr(s.now())})
		if err != nil || n == 0 {
			return err
		}
		return s.record(ctx, tx, by.tenant(inv.TenantID), invitationEvent(inv, "started"))
	})
	return &StartedSetup{ClientSecret: intent.ClientSecret, PublishableKey: s.PublishableKey}, err
}

// openOnly refuses every link that does not open a set-up, in one way.
func (s *Service) openOnly(ctx context.Context, by Actor, token string) (*Setup, error) {
	setup, err := s.OpenSetup(ctx, by, token, queries.MessageLanguageEn)
	if errors.Is(err, ErrUnknownToken) {
		return nil, errLinkClosed
	}
	if err != nil {
		return nil, err
	}
	if setup.State != SetupStateOpen {
		return nil, errLinkClosed
	}
	return setup, nil
}

// customer answers the tenant's customer in this currency. Two tabs at once ask under one key, so Stripe makes one; a
// customer whose recording was lost is found again by our tenant id.
func (s *Service) customer(ctx context.Context, setup *Setup) (string, error) {
	t, currency := setup.Tenant, setup.Offer.Plan.Currency
	onFile, err := found(s.q.StripeCustomerGet(ctx, s.Pool, queries.StripeCustomerGetParams{TenantID: t.ID, Currency: currency}))
	if err != nil {
		return "", fmt.Errorf("read customer: %w", err)
	}
	if onFile != nil {
		return onFile.CustomerID, nil
	}
	c := Customer{TenantID: t.ID, Currency: currency, Name: t.Name, Email: orEmpty(t.Email)}
	id, err := s.Payments.FindCustomer(ctx, c)
	if err != nil {
		return "", fmt.Errorf("find customer: %w", err)
	}
	if id == "" {
		if id, err = s.createCustomer(ctx, c); err != nil {
			return "", fmt.Errorf("create customer: %w", err)
		}
	}
	row, err := s.q.StripeCustomerInsertOrGet(ctx, s.Pool, queries.StripeCustomerInsertOrGetParams{
		TenantID: t.ID, Currency: currency, CustomerID: id, Now: s.now()})
	if err != nil {
		return "", fmt.Errorf("insert customer: %w", err)
	}
	return row.CustomerID, nil
}

// createCustomer asks under one key for each tenant and currency. Where Stripe only repeats a failure under it, the customers
// are read again, since the failed call may have made one, and then a new key is used: a second customer without a
// subscription would cost nothing, a tenant who is locked out for a day would.
func (s *Service) createCustomer(ctx context.Context, c Customer) (string, error) {
	key := fmt.Sprintf("customer-%s-%s", c.TenantID, c.Currency)
	id, err := s.Payments.CreateCustomer(ctx, key, c)
	if err == nil || !ProviderErrorAs(err).Replays {
		return id, err
	}
	if id, err = s.Payments.FindCustomer(ctx, c); err != nil || id != "" {
		return id, err
	}
	return s.Payments.CreateCustomer(ctx, key+"-"+ids.New().String(), c)
}

// Acceptance is what the tenant hands in.
type Acceptance struct {
	SetupIntentID string
	Digest        string
	AcceptTerms   bool
	AcceptMandate bool // for a bank account
	Language      queries.MessageLanguage
	Signature     Signature
}

// Signature is how the tenant signed.
type Signature struct {
	Kind        queries.SignatureKind
	Name        string
	ImageBase64 string
}

// SubmitSetup takes the tenant's acceptance: reads the SetupIntent back from Stripe, and in one transaction makes the
// submission with its frozen quote and evidence, makes or reuses the reservation, and claims the invitation. A second tab, a
// second device and a refresh end in one submission: with the same SetupIntent the first one is answered again.
//
// QUOTE_CHANGED means that what is on offer is not what was shown; the answered setup holds it as it is now.
func (s *Service) SubmitSetup(ctx context.Context, by Actor, token string, a Acceptance) (*Setup, error) {
	id, version, err := s.Links.Open(token)
	if err != nil {
		return nil, errLinkClosed
	}
	image, err := checkAcceptance(a)
	if err != nil {
		return nil, err
	}
	done, err := s.submittedBefore(ctx, id, version, a)
	if err != nil || done != nil {
		return done, err
	}
	setup, err := s.openOnly(ctx, by, token)
	if err != nil {
		if twin, err := s.submittedBefore(ctx, id, version, a); err != nil || twin != nil {
			return twin, err // another tab came between the two looks
		}
		return nil, err
	}
	intent, err := s.usableIntent(ctx, setup, a.SetupIntentID)
	if err != nil {
		return nil, err
	}
	by = by.tenant(setup.Tenant.ID)
	var changed *Setup
	err = s.inTx(ctx, func(tx pgx.Tx) error {
		changed, err = s.claim(ctx, tx, by, claimRequest{id: id, version: version, acceptance: a, image: image, intent: intent})
		return err
	})
	if changed != nil || err != nil {
		return changed, refusal(err)
	}
	return s.loadSetup(ctx, s.Pool, id, version, a.Language)
}

func checkAcceptance(a Acceptance) (image []byte, err error) {
	var r Refusals
	if !a.AcceptTerms {
		r.add(CodeRequired, "The terms must be accepted.", "acceptTerms")
	}
	cleanText(&r, a.SetupIntentID, 255, "setupIntentId")
	if cleanText(&r, a.Signature.Name, 120, "signature", "name") == "" {
		r.add(CodeRequired, "Sign with your full name.", "signature", "name")
	}
	switch {
	case a.Signature.Kind == queries.SignatureKindTyped && a.Signature.ImageBase64 != "":
		r.add(CodeInvalid, "A typed signature has no image.", "signature", "imageBase64")
	case a.Signature.Kind == queries.SignatureKindDrawn:
		if image, err = decodeSignature(a.Signature.ImageBase64); err != nil {
			r.add(CodeInvalid, err.Error(), "signature", "imageBase64")
		}
	}
	return image, r.err()
}

// maxSignature is large enough for a drawing at a phone's resolution.
const maxSignature = 200_000

func decodeSignature(encoded string) ([]byte, error) {
	if len(encoded) > maxSignature*4/3+4 {
		return nil, errors.New("The drawn signature must be a PNG of at most 200 kB.") //nolint:staticcheck // said to the tenant as it stands
	}
	image, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(encoded, "data:image/png;base64,"))
	if err == nil {
		_, err = png.DecodeConfig(bytes.NewReader(image))
	}
	if err != nil {
		return nil, errors.New("The drawn signature must be a PNG, base64-encoded.") //nolint:staticcheck // said to the tenant as it stands
	}
	return image, nil
}

// submittedBefore answers the setup as it stands where this very SetupIntent was submitted with this invitation before.
func (s *Service) submittedBefore(ctx context.Context, id uuid.UUID, version int, a Acceptance) (*Setup, error) {
	sub, err := found(s.q.SubmissionGetBySetupIntent(ctx, s.Pool, a.SetupIntentID))
	if err != nil {
		return nil, fmt.Errorf("read submission by setup intent: %w", err)
	}
	if sub == nil || sub.InvitationID == nil || *sub.InvitationID != id {
		return nil, nil
	}
	if ReopensLink(sub.Status) {
		return nil, Refuse(CodePaymentMethodUnusable, "This payment method was given with an attempt that came to nothing. Give it again, or another one.", "setupIntentId")
	}
	return s.loadSetup(ctx, s.Pool, id, version, a.Language)
}

// usableIntent reads the SetupIntent back from Stripe: what a browser says about it proves nothing.
func (s *Service) usableIntent(ctx context.Context, setup *Setup, id string) (SetupIntent, error) {
	unusable := func(why string) error { return Refuse(CodePaymentMethodUnusable, why, "setupIntentId") }
	customer, err := found(s.q.StripeCustomerGet(ctx, s.Pool, queries.StripeCustomerGetParams{
		TenantID: setup.Tenant.ID, Currency: setup.Offer.Plan.Currency}))
	if err != nil {
		return SetupIntent{}, fmt.Errorf("read customer: %w", err)
	}
	if customer == nil {
		return SetupIntent{}, unusable("No payment method was given yet. Start again.")
	}
	intent, err := s.Payments.SetupIntent(ctx, id)
	if err != nil && isMissing(err) {
		return intent, unusable("This payment method is not yours. Start again.")
	}
	if err != nil {
		return intent, fmt.Errorf("read setup intent: %w", err)
	}
	switch {
	case intent.CustomerID != customer.CustomerID || intent.InvitationID != setup.Offer.Invitation.ID:
		return intent, unusable("This payment method is not yours. Start again.")
	case setup.Offer.By(intent.Method) == nil:
		return intent, unusable("Bank accounts are not taken here. Choose a card.")
	case intent.State == SetupVerifying && intent.Method == queries.PaymentMethodTypeUsBankAccount:
		return intent, nil // days may pass until it can be charged
	case intent.State != SetupSucceeded:
		return intent, unusable("The payment method is not confirmed yet. Confirm it, or use another one.")
	}
	return intent, nil
}

func invitationEvent(inv *queries.Invitation, action string) event {
	return event{subject: queries.EventSubjectInvitation, id: inv.ID, location: inv.LocationID, action: action,
		before: string(inv.Status), after: string(inv.Status)}
}

// claimRequest is an acceptance with what was found out about it outside the transaction.
type claimRequest struct {
	id         uuid.UUID
	version    int
	acceptance Acceptance
	image      []byte
	intent     SetupIntent
}

// claim is the one transaction of a submission. The invitation's row is locked first, so a second tab waits and then finds
// what the first one did. changed is the offer as it is now, with a refusal, where it is not the one that was accepted.
func (s *Service) claim(ctx context.Context, tx pgx.Tx, by Actor, req claimRequest) (changed *Setup, err error) {
	inv, err := s.q.InvitationLock(ctx, tx, req.id)
	if err != nil {
		return nil, fmt.Errorf("lock invitation: %w", err)
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
		return setup, Refuse(CodeQuoteChanged, "The offer has changed since it was shown. Look at it again.", "digest")
	}
	reservation, err := s.reserve(ctx, tx, by, inv)
	if err != nil {
		return nil, err
	}
	sub, err := s.insertSubmission(ctx, tx, setup, reservation, req, by)
	if err != nil {
		return nil, err
	}
	return nil, s.recordClaim(ctx, tx, by, inv, reservation, sub)
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
		Status: statusOf(req.intent), Now: s.now(), MandateText: mandateOf(req.intent, setup), PaymentMethodType: req.intent.Method,
		StripeCustomerID: req.intent.CustomerID, StripeSetupIntentID: req.intent.ID,
		StripePaymentMethodID: req.intent.PaymentMethod.ID, StripeMandateID: nonEmpty(req.intent.MandateID),
		MethodLabel: req.intent.PaymentMethod.Label, Currency: inv.Currency, MonthlyTotalMinor: quote.Total.Minor,
		AnchorDay: inv.AnchorDay, FirstBillOn: inv.FirstBillOn, QuoteDigest: digest[:],
		TermsVersionID: setup.Terms.ID, TermsSha256: setup.Terms.BodySha256, Language: setup.Terms.Language,
		SignatureKind: req.acceptance.Signature.Kind, SignatureName: strings.TrimSpace(req.acceptance.Signature.Name),
		SignatureImage: req.image, SignedIp: by.IP, SignedUserAgent: cleanUserAgent(by.UserAgent),
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

// statusOf: what is confirmed waits for staff, what is being verified waits for the bank.
func statusOf(i SetupIntent) queries.SubmissionStatus {
	if i.State == SetupVerifying {
		return queries.SubmissionStatusWaitingForBankVerification
	}
	return queries.SubmissionStatusReadyForApproval
}

// mandateOf is the authorisation that was shown with a bank account; nil for a card.
func mandateOf(i SetupIntent, setup *Setup) *string {
	if i.Method != queries.PaymentMethodTypeUsBankAccount {
		return nil
	}
	text := MandateText(setup.Language, setup.Offer.Location)
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
	if err := s.q.TenantLocationShowRecord(ctx, tx, queries.TenantLocationShowRecordParams{
		TenantID: inv.TenantID, LocationID: inv.LocationID}); err != nil {
		return fmt.Errorf("show the location the tenant's record: %w", err)
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
