package migration

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/queries"
)

// SetupState is where a tenant stands with a link.
type SetupState string

// The states of the API's SetupState.
const (
	SetupStateOpen      SetupState = "OPEN"
	SetupStateSubmitted SetupState = "SUBMITTED"
	SetupStateConfirm   SetupState = "CONFIRM"
	SetupStateDone      SetupState = "DONE"
	SetupStateExpired   SetupState = "EXPIRED"
	SetupStateReplaced  SetupState = "REPLACED"
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
	AchStarts      []StartPreview // the same, paid from a bank account; nil where that is not taken
	Submission     *queries.Submission
	ReopenedReason string
	ReasonLanguage queries.MessageLanguage // of ReopenedReason
}

// Digest stands for what this setup shows.
func (s Setup) Digest() string {
	sum := s.Offer.Digest(s.Terms, s.Language)
	return hex.EncodeToString(sum[:])
}

// errLinkClosed is the one answer to a link that does not open, so that it tells a stranger nothing.
var errLinkClosed = Refuse(CodeLinkClosed, "This link does not open a set-up any more. Ask the location for a new one.", "token")

// errQuoteChanged comes with the offer as it is now.
var errQuoteChanged = Refuse(CodeQuoteChanged, "The offer has changed since it was shown. Look at it again.", "digest")

// OpenSetup answers what a link opens, in the language asked for where there are terms in it. It answers ErrUnknownToken to a
// token that was never given out. The first look is noted.
func (s *Service) OpenSetup(ctx context.Context, by Actor, token string, language queries.MessageLanguage) (*Setup, error) {
	id, version, err := s.openLink(ctx, token)
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

// openLink answers the invitation that a link leads to and the version of that one's link: its own or, where another offer took
// its place, the newest of those. The old link is then as good as the successor's first one, until staff replace that.
func (s *Service) openLink(ctx context.Context, token string) (id uuid.UUID, version int, err error) {
	if id, version, err = s.Links.Open(token); err != nil {
		return id, version, err
	}
	for {
		inv, err := found(s.q.InvitationGet(ctx, s.Pool, id))
		if err != nil {
			return id, version, fmt.Errorf("read invitation: %w", err)
		}
		if inv == nil || inv.SuccessorID == nil || inv.LinkVersion != version {
			return id, version, nil
		}
		id, version = *inv.SuccessorID, firstLinkVersion
	}
}

// firstLinkVersion is what an invitation's link is made with until staff replace it.
const firstLinkVersion = 1

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
	stands, err := s.standingOf(ctx, db, inv.ReservationID)
	if err != nil {
		return nil, err
	}
	setup.Submission, setup.State = stands.last, setupState(offer, stands, version, s.now())
	if setup.State != SetupStateOpen {
		return setup, nil
	}
	if err = s.sayWhyAgain(ctx, db, setup); err != nil {
		return nil, err
	}
	setup.Terms, err = s.q.TermsVersionGetCurrent(ctx, db, queries.TermsVersionGetCurrentParams{LocationID: inv.LocationID, Language: language})
	if err != nil {
		return nil, fmt.Errorf("read terms of location %s: %w", inv.LocationID, err)
	}
	if setup.Starts, err = previewStarts(offer.Card(), offer.Location, inv.AnchorDay, inv.FirstBillOn, s.now()); err != nil {
		return nil, err
	}
	if ach := offer.Ach(); ach != nil {
		setup.AchStarts, err = previewStarts(*ach, offer.Location, inv.AnchorDay, inv.FirstBillOn, s.now())
	}
	return setup, err
}

// sayWhyAgain says why there is something to do again: what became of the last attempt, or why the offer before this one was given
// up; nothing for a first attempt.
func (s *Service) sayWhyAgain(ctx context.Context, db queries.DBTX, setup *Setup) (err error) {
	if setup.Submission != nil {
		setup.ReopenedReason, setup.ReasonLanguage = reasonFor(setup.Submission), setup.Submission.Language
		return nil
	}
	setup.ReopenedReason, setup.ReasonLanguage, err = s.reasonOfSuccessor(ctx, db, setup.Offer.Invitation.ID)
	return err
}

// reasonOfSuccessor is what staff wrote when they gave the offer before this one up, for its tenant; "" where there was none.
func (s *Service) reasonOfSuccessor(ctx context.Context, db queries.DBTX, invitation uuid.UUID) (string, queries.MessageLanguage, error) {
	before, err := found(s.q.RejectionReasonOfSuccessor(ctx, db, &invitation))
	if err != nil {
		return "", "", fmt.Errorf("read why another offer was made: %w", err)
	}
	if before == nil {
		return "", "", nil
	}
	return reasonFor(&queries.Submission{Status: queries.SubmissionStatusRejected, StatusReason: before.Reason, Language: before.Language}), before.Language, nil
}

// standing is how an invitation's reservation stands: its last attempt, nil before the first, and whether it was given up.
type standing struct {
	last  *queries.Submission
	ended bool
}

// setupState decides whether a link opens. A claimed invitation's link opens again where the last attempt came to nothing, unless its
// reservation was given up.
func setupState(o Offer, stands standing, linkVersion int, now time.Time) SetupState {
	inv, last := o.Invitation, stands.last
	switch {
	case inv.Status == queries.InvitationStatusRevoked:
		return SetupStateRevoked
	case linkVersion != inv.LinkVersion, inv.SuccessorID != nil:
		return SetupStateReplaced
	case stands.ended:
		return SetupStateRevoked
	case last != nil && last.Status == queries.SubmissionStatusApproved:
		return SetupStateDone
	case last != nil && last.Status == queries.SubmissionStatusUndone:
		return SetupStateRevoked
	case last != nil && last.Status == queries.SubmissionStatusTenantActionRequired:
		return SetupStateConfirm
	case last != nil && !ReopensLink(last.Status):
		return SetupStateSubmitted
	case !now.Before(inv.LinkExpiresAt):
		return SetupStateExpired
	case o.Withdrawn():
		return SetupStateRevoked
	}
	return SetupStateOpen
}

func (s *Service) standingOf(ctx context.Context, db queries.DBTX, reservation *uuid.UUID) (standing, error) {
	if reservation == nil {
		return standing{}, nil
	}
	row, err := found(s.q.SubmissionGetCurrent(ctx, db, *reservation))
	if err != nil {
		return standing{}, fmt.Errorf("read current submission: %w", err)
	}
	if row == nil {
		return standing{}, nil
	}
	return standing{&row.Submission, row.Ended}, nil
}

// StartedSetup is what the tenant's browser needs to hand a card or bank account to Stripe.
type StartedSetup struct{ ClientSecret, PublishableKey string }

// StartSetup finds or makes the tenant's customer at Stripe and a SetupIntent for the method. However often and from however
// many tabs it is called there is one customer per tenant and currency. Nothing is charged.
func (s *Service) StartSetup(ctx context.Context, by Actor, token string, method queries.PaymentMethodType) (*StartedSetup, error) {
	setup, err := s.openOnly(ctx, by, token, queries.MessageLanguageEn)
	if err != nil {
		return nil, err
	}
	inv := setup.Offer.Invitation
	if setup.Offer.By(method) == nil {
		return nil, Refuse(CodeInvalid, "Bank accounts are not taken here. Choose a card.", "method")
	}
	customer, err := s.customer(ctx, setup.Tenant, inv.Currency)
	if err != nil {
		return nil, err
	}
	request := SetupIntentRequest{CustomerID: customer.CustomerID, TenantID: inv.TenantID, InvitationID: inv.ID, LinkVersion: inv.LinkVersion, Method: method}
	intent, err := s.Payments.OpenSetupIntent(ctx, request)
	if err != nil && isMissing(err) { // somebody deleted the customer there
		if customer, err = s.replaceCustomer(ctx, setup.Tenant, customer); err != nil {
			return nil, err
		}
		request.CustomerID = customer.CustomerID
		intent, err = s.Payments.OpenSetupIntent(ctx, request)
	}
	if err != nil {
		return nil, fmt.Errorf("open setup intent: %w", err)
	}
	err = s.inTx(ctx, func(tx pgx.Tx) error {
		if err := s.tellCustomersIfStale(ctx, tx, setup.Tenant, customer); err != nil {
			return err
		}
		n, err := s.q.InvitationMarkStarted(ctx, tx, queries.InvitationMarkStartedParams{ID: inv.ID, Now: ptr(s.now())})
		if err != nil || n == 0 {
			return err
		}
		return s.record(ctx, tx, by.tenant(inv.TenantID), invitationEvent(inv, "started"))
	})
	return &StartedSetup{ClientSecret: intent.ClientSecret, PublishableKey: s.PublishableKey}, err
}

// openOnly refuses every link that does not open a set-up, in one way.
func (s *Service) openOnly(ctx context.Context, by Actor, token string, language queries.MessageLanguage) (*Setup, error) {
	setup, err := s.OpenSetup(ctx, by, token, language)
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

func invitationEvent(inv *queries.Invitation, action string) event {
	return event{subject: queries.EventSubjectInvitation, id: inv.ID, location: inv.LocationID, action: action,
		before: string(inv.Status), after: string(inv.Status)}
}
