package migration

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/money"
	"carryover/queries"
)

// CounterOffer is what an old membership becomes here: its price and its cycle go on.
type CounterOffer struct {
	Offer
	// FirstChargeOn is nil where the old record has to be read again first.
	FirstChargeOn *Date
	// Problem is why Checkout would refuse, and what to do; "" where it would not.
	Problem string
	// Warning is what to know before it is signed: that both systems bill unless somebody acts today, that the old one has billed beyond the
	// first charge, or that it ends there and not here. "" where there is nothing.
	Warning string
}

// CounterOfferOf answers the offer of a migration as it stands now; nil before the legacy match.
func (s *Service) CounterOfferOf(ctx context.Context, db queries.DBTX, m *queries.CounterMigration) (*CounterOffer, error) {
	c, err := s.CandidateOf(ctx, db, m)
	if err != nil || c == nil {
		return nil, err
	}
	l, plan := &c.LegacyMembership, c.PlanID
	if !c.Offered && m.PlanID != nil {
		plan = m.PlanID
	}
	out := &CounterOffer{}
	switch standing := c.Standing(); {
	case m.Step == queries.CounterStepDone: // it is migrated by this very act
	case standing == CandidateNoPlan && m.PlanID != nil:
	case standing != CandidateMigratable:
		out.Problem = c.WayOn()
	}
	if plan == nil {
		return nil, nil
	}
	inv := &queries.Invitation{ID: m.ID, TenantID: orNone(m.TenantID), LocationID: m.LocationID, PlanID: *plan, Unit: unitOf(l), Currency: l.Currency,
		LinkVersion: firstLinkVersion, LegacyMembershipID: &l.ID, Status: queries.InvitationStatusPending}
	if c.PriceMinor >= 0 {
		inv.CardPriceOverrideMinor = &c.PriceMinor
	}
	if out.Offer, err = s.loadOffer(ctx, db, inv); err != nil {
		return nil, err
	}
	if out.Plan.AchPriceMinor != nil {
		inv.AchPriceOverrideMinor = inv.CardPriceOverrideMinor // what they paid there, should they pay otherwise later
	}
	if out.Problem == "" && out.Withdrawn() {
		out.Problem = "The plan that it becomes is not offered any more. Ask a manager."
	}
	return out, s.continueCycle(out, c, m)
}

// continueCycle finds the first charge here: the old system's next bill, as its list or, where somebody looked later, its screen has it.
func (s *Service) continueCycle(out *CounterOffer, c *Candidate, m *queries.CounterMigration) error {
	zone, err := time.LoadLocation(out.Location.TimeZone)
	if err != nil {
		return fmt.Errorf("time zone of location %s: %w", out.Location.ID, err)
	}
	today := DateIn(s.now(), zone)
	l := &c.LegacyMembership
	inv, next, said := out.Invitation, l.NextBillingOn, false
	if m.NextBillingOn != nil && !listIsAhead(l, today) {
		next, said = m.NextBillingOn, true
	}
	if next != nil {
		inv.AnchorDay = anchorDayOf(c, *next)
	}
	problem := ""
	switch {
	case next == nil:
		problem = "The list does not say when the old system bills next. Look at its screen and enter the date."
	case said && next.Compare(today) <= 0:
		problem = fmt.Sprintf("%s is not ahead. Look at the old system's screen and enter the date on which it bills next.", dateInWords(*next, queries.MessageLanguageEn))
	case next.Compare(today) <= 0:
		problem = fmt.Sprintf("By the list the old system bills on %s, which is not ahead any more. Look at its screen and enter the date on which it bills next.", dateInWords(*next, queries.MessageLanguageEn))
	case said && next.Compare(today.AddMonths(furthestSaid, today.Day)) > 0:
		problem = fmt.Sprintf("%s is more than %d months ahead. Look at the old system's screen again.", dateInWords(*next, queries.MessageLanguageEn), furthestSaid)
	case l.EndsOn != nil && l.EndsOn.Compare(*next) <= 0:
		problem = waysOn[CandidateEndsThere]
	default:
		if _, err := PlanFirstBill(s.now(), zone, *next, inv.AnchorDay); err != nil {
			problem = fmt.Sprintf("By its list the old system bills on day %d of the month, and %s is no such day. Look at its screen again; if the day has changed there, ask a manager to mend the list.", inv.AnchorDay, dateInWords(*next, queries.MessageLanguageEn))
		}
	}
	if problem == "" {
		inv.FirstBillOn, out.FirstChargeOn = next, next
		out.Warning = sentences(billsThereSoon(*next, today, queries.MessageLanguageEn), endsThereWords(l), billedBeyond(l, *next))
	} else if out.Problem == "" {
		out.Problem = problem
	}
	return nil
}

// listIsAhead: the list itself says when the old system bills next, and nobody's word takes its place.
func listIsAhead(l *queries.LegacyMembership, today Date) bool {
	return l.NextBillingOn != nil && l.NextBillingOn.Compare(today) > 0
}

// anchorDayOf is the day of the month on which the old system bills. A list without it says it by its next date, unless that is a short
// month's last day: then a later day of a longer month may be it.
func anchorDayOf(c *Candidate, next Date) int {
	l := &c.LegacyMembership
	if c.AnchorDay == nil {
		return next.Day
	}
	if listed := l.NextBillingOn; l.BillingDay == nil && listed != nil && next.Day > listed.Day && *listed == AnchorDate(listed.Year, listed.Month, 31) {
		return next.Day
	}
	return *c.AnchorDay
}

// furthestSaid is how many months ahead a date may be that somebody reads from the old system's screen: it bills each month.
const furthestSaid = 2

// BillingDay is the day of the month on which charges follow the first. Stripe keeps the first one's: where the month of the first charge is
// too short for the old day, it is that month's last day for good.
func (o *CounterOffer) BillingDay() int {
	if o.FirstChargeOn != nil {
		return o.FirstChargeOn.Day
	}
	return o.Invitation.AnchorDay
}

// OldBillingDay is the day of the month on which the old system bills, as far as its list or its screen says it.
func (o *CounterOffer) OldBillingDay() int { return o.Invitation.AnchorDay }

// billsThereSoon: whoever agrees on the day before both systems bill is charged twice, unless the old one is told on that day.
func billsThereSoon(next, today Date, language queries.MessageLanguage) string {
	if next.Compare(today.AddDays(1)) > 0 {
		return ""
	}
	return fmt.Sprintf(billsThereWords[language], dateInWords(next, language))
}

// billedBeyond: what the old system has billed for later days than the first charge is paid twice.
func billedBeyond(l *queries.LegacyMembership, next Date) string {
	until := legacyPaidUntil(l)
	if until == nil || until.Compare(next) <= 0 {
		return ""
	}
	return fmt.Sprintf("The old system has already billed until %s, and the first charge here pays from %s on. Ask a manager first.",
		dateInWords(*until, queries.MessageLanguageEn), dateInWords(next, queries.MessageLanguageEn))
}

// CounterAgreement is what a customer is shown before signing.
type CounterAgreement struct {
	*CounterOffer
	CardLabel string
	Language  queries.MessageLanguage // which was asked for; the terms may be in the location's own
	Terms     *queries.TermsVersion
	Digest    string
}

// AgreementOf answers what to show before the signature, as it stands now; nil unless the terms are shown.
func (s *Service) AgreementOf(ctx context.Context, db queries.DBTX, m *queries.CounterMigration) (*CounterAgreement, error) {
	if m.Step != queries.CounterStepTerms {
		return nil, nil
	}
	return s.agreement(ctx, db, m)
}

// agreement answers nil where something stands in the way by now.
func (s *Service) agreement(ctx context.Context, db queries.DBTX, m *queries.CounterMigration) (*CounterAgreement, error) {
	offer, err := s.CounterOfferOf(ctx, db, m)
	if err != nil || offer == nil || offer.Problem != "" {
		return nil, err
	}
	terms, err := found(s.q.TermsVersionGetCurrent(ctx, db, queries.TermsVersionGetCurrentParams{LocationID: m.LocationID, Language: m.Language}))
	if err != nil || terms == nil {
		return nil, err
	}
	sum := offer.Digest(terms, m.Language)
	whole := sha256.Sum256(fmt.Appendf(sum[:], " %s %s %s", orNone(m.TenantID), orEmpty(m.StripeSetupIntentID), m.CardLabel)) // whose card, too
	return &CounterAgreement{offer, m.CardLabel, m.Language, terms, hex.EncodeToString(whole[:])}, nil
}

// CheckoutRequest is what an attendant says at Checkout.
type CheckoutRequest struct {
	SessionID     uuid.UUID
	NextBillingOn *Date                   // as the old system's screen shows it
	Language      queries.MessageLanguage // of the terms; "": as it was
}

// Checkout looks at the old record again: whether it renewed, was cancelled there or was migrated by its owner meanwhile. What it leads
// to is what the customer is shown before signing. It may be done again, for other terms' language or another date.
func (s *Service) Checkout(ctx context.Context, by Actor, req CheckoutRequest) (*queries.Session, error) {
	steps := []queries.CounterStep{queries.CounterStepCheckout, queries.CounterStepTerms}
	return s.counterStep(ctx, by, req.SessionID, "checked_out", steps, func(tx pgx.Tx, m *queries.CounterMigration) error {
		if req.Language != "" {
			m.Language = req.Language
		}
		if req.NextBillingOn != nil {
			m.NextBillingOn = req.NextBillingOn
		}
		offer, err := s.CounterOfferOf(ctx, tx, m)
		switch {
		case err != nil:
			return err
		case offer == nil:
			return Refuse(CodeWrongState, waysOn[CandidateNoPlan], "sessionId")
		case offer.Problem != "" && offer.FirstChargeOn == nil && req.NextBillingOn != nil:
			return Refuse(CodeInvalid, offer.Problem, "nextBillingOn")
		case offer.Problem != "" && offer.FirstChargeOn == nil:
			return Refuse(CodeRequired, offer.Problem, "nextBillingOn")
		case offer.Problem != "":
			return Refuse(CodeTaken, offer.Problem, "sessionId")
		case req.NextBillingOn != nil && *offer.FirstChargeOn != *req.NextBillingOn:
			return Refuse(CodeInvalid, fmt.Sprintf("By its list the old system bills next on %s, which is ahead. Leave the date out; if the old system shows another one, ask a manager to mend the list.",
				dateInWords(*offer.FirstChargeOn, queries.MessageLanguageEn)), "nextBillingOn")
		}
		agreement, err := s.agreement(ctx, tx, m)
		if err != nil {
			return err
		}
		if agreement == nil {
			return Refuse(CodeInvalid, "This location has no terms in that language. Choose the other one.", "language")
		}
		if err := s.refuseSecondAtCounter(ctx, tx, m, offer.Invitation); err != nil {
			return err
		}
		m.Step = queries.CounterStepTerms
		return nil
	})
}

// refuseSecondAtCounter: the address may be another person's, who has the same here already. What it belongs to is not said: anybody can say it.
func (s *Service) refuseSecondAtCounter(ctx context.Context, tx pgx.Tx, m *queries.CounterMigration, inv *queries.Invitation) error {
	err := s.refuseSecondClaim(ctx, tx, *m.TenantID, inv)
	if _, refused := RefusalsIn(err); !refused {
		return err
	}
	return Refuse(CodeTaken, fmt.Sprintf("The account of %s has the same membership here already. Ask whether the address is right: behind \"Use another card\" it can be corrected. If it is right, ask a manager.", m.Email), "sessionId")
}

// Agreement is what a customer hands in at the counter.
type Agreement struct {
	SessionID uuid.UUID
	Digest    string
	Signature Signature
	ByEmail   bool // the receipt
	ByText    bool
}

// AgreeToTerms takes a customer's signature. In one transaction it closes an open offer for the same membership, makes the invitation that
// is claimed by it, the reservation and the submission as SubmitSetup does, and the attendant's approval, by which the first charge is the
// old cycle's next; a job makes the subscription. Of two who migrate one membership, the owner by link among them, one wins. Repeated with the
// same session it answers what it did.
func (s *Service) AgreeToTerms(ctx context.Context, by Actor, a Agreement) (*queries.Session, error) {
	m, err := s.agreeing(ctx, by, a.SessionID)
	if err != nil || m == nil {
		return s.withSession(ctx, by, a.SessionID, err)
	}
	accepted := Acceptance{SetupIntentID: *m.StripeSetupIntentID, Digest: a.Digest, AcceptTerms: true, Language: m.Language, Signature: a.Signature}
	image, err := checkAcceptance(accepted)
	if err != nil {
		return s.withSession(ctx, by, a.SessionID, err)
	}
	intent, err := s.usableCard(ctx, m)
	if err != nil {
		return s.withSession(ctx, by, a.SessionID, err)
	}
	err = s.inTxAgain(ctx, func(tx pgx.Tx) error {
		return s.agree(ctx, tx, by, a, claimRequest{id: m.ID, tenant: *m.TenantID, version: firstLinkVersion, acceptance: accepted, image: image, intent: intent})
	})
	s.Step("agreed")
	return s.withSession(ctx, by, a.SessionID, err)
}

// agreeing answers the migration whose terms are shown; nil where it was agreed to already.
func (s *Service) agreeing(ctx context.Context, by Actor, sessionID uuid.UUID) (*queries.CounterMigration, error) {
	session, err := s.sessionAtCounter(ctx, by, sessionID)
	switch {
	case err != nil:
		return nil, err
	case session == nil:
		return nil, errNoSession
	case session.Stage == queries.SessionStageMigrated:
		return nil, nil
	}
	m, err := found(s.q.CounterMigrationGetLive(ctx, s.Pool, sessionID))
	if err != nil {
		return nil, fmt.Errorf("read counter migration: %w", err)
	}
	return m, refuseStep(m, []queries.CounterStep{queries.CounterStepTerms})
}

// usableCard reads the card back from Stripe: it may have been removed since.
func (s *Service) usableCard(ctx context.Context, m *queries.CounterMigration) (SetupIntent, error) {
	tenant, err := s.q.TenantGet(ctx, s.Pool, *m.TenantID)
	if err != nil {
		return SetupIntent{}, fmt.Errorf("read tenant: %w", err)
	}
	offer, err := s.CounterOfferOf(ctx, s.Pool, m)
	if err != nil {
		return SetupIntent{}, err
	}
	if offer == nil {
		return SetupIntent{}, errOfferChanged
	}
	intent, err := s.usableIntent(ctx, &Setup{Offer: offer.Offer, Tenant: tenant}, *m.StripeSetupIntentID)
	if err == nil && intent.PaymentMethod.ID == "" {
		err = Refuse(CodePaymentMethodUnusable, "This card cannot be charged later. Give another one.", "sessionId")
	}
	return intent, inSession(err)
}

// inSession is a refusal of what a session holds and nobody has just handed in; every other error stays as it is.
func inSession(err error) error {
	refusals, refused := RefusalsIn(err)
	if !refused {
		return err
	}
	return Refuse(refusals[0].Code, refusals[0].Message, "sessionId")
}

var errOfferChanged = Refuse(CodeQuoteChanged, "Something has changed since it was shown. Look at it again with the customer.", "digest")

// agree is the one transaction. The session and its migration are held before the tenant and then the invitations, which is the order of everybody.
func (s *Service) agree(ctx context.Context, tx pgx.Tx, by Actor, a Agreement, req claimRequest) error {
	session, err := s.lockSession(ctx, tx, by, a.SessionID)
	if err != nil || session.Stage == queries.SessionStageMigrated {
		return err // a second tap that came at the same moment
	}
	m, err := s.lockCounter(ctx, tx, by, a.SessionID, []queries.CounterStep{queries.CounterStepTerms})
	if err != nil {
		return err
	}
	if m.ID != req.id || *m.TenantID != req.tenant || *m.StripeSetupIntentID != req.intent.ID {
		return errOfferChanged
	}
	if err := s.refuseReceiptByText(ctx, tx, a, m); err != nil {
		return err
	}
	tenant, err := s.q.TenantLock(ctx, tx, req.tenant)
	if err != nil {
		return fmt.Errorf("lock tenant: %w", err)
	}
	shown, err := s.agreement(ctx, tx, m)
	if err != nil {
		return err
	}
	if shown == nil {
		return s.whyNoAgreement(ctx, tx, m)
	}
	if shown.Digest != a.Digest {
		return errOfferChanged
	}
	inv, err := s.counterInvitation(ctx, tx, by, shown)
	if err != nil {
		return err
	}
	sub, err := s.counterSubmission(ctx, tx, by, inv, &Setup{Offer: shown.Offer, Tenant: tenant, Terms: shown.Terms, Language: m.Language}, req)
	if err != nil {
		return err
	}
	was := *m
	m.Step, m.SubmissionID, m.ReceiptByEmail, m.ReceiptByText = queries.CounterStepDone, &sub.ID, a.ByEmail, a.ByText
	if err := s.saveCounter(ctx, tx, by, m, &was, "agreed"); err != nil {
		return err
	}
	if err := s.setStage(ctx, tx, by, session, queries.SessionStageMigrated, ""); err != nil {
		return err
	}
	if err := s.closeNeedless(ctx, tx, by, m); err != nil {
		return err
	}
	return s.sendReceipts(ctx, tx, by, m)
}

// closeNeedless closes the sessions of the customer's car with which nobody has begun, where nothing is left to migrate: a tag and a plate are
// known to be one car's by the old membership alone.
func (s *Service) closeNeedless(ctx context.Context, tx pgx.Tx, by Actor, m *queries.CounterMigration) error {
	legacy, err := s.CandidateOf(ctx, tx, m)
	if err != nil {
		return err
	}
	of := queries.SessionLockUnbegunOfParams{LocationID: m.LocationID, PlateKeys: []string{}, RfidKeys: []string{}}
	for _, key := range legacy.LegacyMembership.Keys {
		if plate, is := strings.CutPrefix(key, keyPlate); is {
			of.PlateKeys = append(of.PlateKeys, plate)
		}
		if tag, is := strings.CutPrefix(key, keyRFID); is {
			of.RfidKeys = append(of.RfidKeys, tag)
		}
	}
	unbegun, err := s.q.SessionLockUnbegunOf(ctx, tx, of)
	if err != nil {
		return fmt.Errorf("lock the car's other sessions: %w", err)
	}
	for _, session := range unbegun {
		candidates, err := s.CandidatesOf(ctx, tx, session, LegacyQuery{Plate: session.Plate, RFID: session.Rfid})
		if err != nil {
			return err
		}
		if slices.ContainsFunc(candidates, func(c *Candidate) bool { return c.Standing() != CandidateMigrated }) {
			continue
		}
		if err := s.setStage(ctx, tx, by, session, queries.SessionStageClosed, needlessWords); err != nil {
			return err
		}
	}
	return nil
}

const needlessWords = "The membership of its car was migrated in another session."

func (s *Service) refuseReceiptByText(ctx context.Context, tx pgx.Tx, a Agreement, m *queries.CounterMigration) error {
	if !a.ByText {
		return nil
	}
	silent, err := s.isSilent(ctx, tx, m.Phone)
	if err != nil {
		return err
	}
	why := s.whyNoText(m.Phone, silent)
	switch {
	case why == "":
		return nil
	case m.Phone == "":
		return Refuse(CodeRequired, "There is no phone number for a receipt by text. Leave it out.", "receipts")
	}
	return Refuse(CodeWrongState, why+" Leave the receipt by text out.", "receipts")
}

// whyNoAgreement: the old record stands otherwise than when it was shown.
func (s *Service) whyNoAgreement(ctx context.Context, tx pgx.Tx, m *queries.CounterMigration) error {
	offer, err := s.CounterOfferOf(ctx, tx, m)
	switch {
	case err != nil:
		return err
	case offer != nil && offer.FirstChargeOn != nil && offer.Problem != "":
		return Refuse(CodeTaken, offer.Problem, "sessionId")
	}
	return errOfferChanged
}

// counterInvitation makes the invitation that the agreement claims, in place of every open one for the same: their links lead to it.
func (s *Service) counterInvitation(ctx context.Context, tx pgx.Tx, by Actor, shown *CounterAgreement) (*queries.Invitation, error) {
	offered := shown.Invitation
	closed, err := s.q.InvitationRevokeForCounter(ctx, tx, queries.InvitationRevokeForCounterParams{Now: ptr(s.now()), RevokedReason: "The customer agreed at the counter.",
		LegacyMembershipID: offered.LegacyMembershipID, TenantID: offered.TenantID, PlanID: offered.PlanID, Unit: offered.Unit})
	if err != nil {
		return nil, fmt.Errorf("close open invitations: %w", err)
	}
	inv, err := s.q.InvitationInsert(ctx, tx, queries.InvitationInsertParams{
		ID: offered.ID, TenantID: offered.TenantID, LocationID: offered.LocationID, PlanID: offered.PlanID, Unit: offered.Unit, Currency: shown.Plan.Currency,
		CardPriceOverrideMinor: offered.CardPriceOverrideMinor, AchPriceOverrideMinor: offered.AchPriceOverrideMinor, AnchorDay: offered.AnchorDay,
		FirstBillOn: offered.FirstBillOn, LegacyMembershipID: offered.LegacyMembershipID, LinkExpiresAt: s.now().Add(s.LinkLife), CreatedBy: by.staffID(), Now: s.now()})
	if err != nil {
		return nil, fmt.Errorf("insert invitation: %w", err)
	}
	events := []event{{subject: queries.EventSubjectInvitation, id: inv.ID, location: inv.LocationID, action: "created", after: string(inv.Status)}}
	var ids []uuid.UUID
	for _, old := range closed {
		if old.TenantID == inv.TenantID { // another person's link leads to nothing of this one's
			ids = append(ids, old.ID)
		}
		events = append(events, event{subject: queries.EventSubjectInvitation, id: old.ID, location: old.LocationID, action: "revoked", after: string(old.Status),
			detail: map[string]any{"reason": old.RevokedReason}})
	}
	if err := s.q.InvitationSetSuccessorOfMany(ctx, tx, queries.InvitationSetSuccessorOfManyParams{SuccessorID: &inv.ID, Ids: ids}); err != nil {
		return nil, fmt.Errorf("set successors: %w", err)
	}
	return inv, s.record(ctx, tx, by, events...)
}

// counterSubmission is the same submission as a tenant's own by link, and the attendant's approval of it.
func (s *Service) counterSubmission(ctx context.Context, tx pgx.Tx, by Actor, inv *queries.Invitation, setup *Setup, req claimRequest) (*queries.Submission, error) {
	setup.Offer.Invitation = inv
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
	previews, err := s.previewFrozen(ctx, tx, sub)
	if err != nil {
		return nil, err
	}
	for i := range previews {
		if p := &previews[i]; p.Option == NextMonth {
			if p.DueToday.Minor != 0 || p.Schedule.NextChargeOn != *inv.FirstBillOn {
				return nil, errOfferChanged // it was midnight between the look and this
			}
			return sub, s.approveAtCounter(ctx, tx, by, sub, p)
		}
	}
	return nil, fmt.Errorf("submission %s has no preview of %s", sub.ID, NextMonth)
}

func (s *Service) approveAtCounter(ctx context.Context, tx pgx.Tx, by Actor, sub *queries.Submission, p *StartPreview) error {
	if err := s.refuseObstacle(ctx, tx, sub); err != nil {
		return err
	}
	won, err := found(s.q.SubmissionApproveAtCounter(ctx, tx, queries.SubmissionApproveAtCounterParams{ID: sub.ID, StaffID: by.staffID(), Now: s.now()}))
	if err != nil {
		return fmt.Errorf("approve submission: %w", err)
	}
	if won == nil {
		return errNoSession
	}
	_, err = s.decide(ctx, tx, by, sub, won, p)
	return err
}

// CounterOutcome is what was agreed to.
type CounterOutcome struct {
	Submission    *queries.Submission
	FirstChargeOn Date
	MonthlyTotal  money.Money
	Warning       string // that both systems bill unless somebody acts today, until the cancellation there is recorded
}

// OutcomeOf answers what came of a migration; nil unless it was agreed to.
func (s *Service) OutcomeOf(ctx context.Context, db queries.DBTX, m *queries.CounterMigration) (*CounterOutcome, error) {
	if m.SubmissionID == nil {
		return nil, nil
	}
	sub, err := s.q.SubmissionGet(ctx, db, *m.SubmissionID)
	if err != nil {
		return nil, fmt.Errorf("read submission: %w", err)
	}
	out := &CounterOutcome{Submission: sub, MonthlyTotal: money.Money{Minor: sub.MonthlyTotalMinor, Currency: sub.Currency}}
	if sub.FirstBillOn == nil {
		return out, nil
	}
	out.FirstChargeOn = *sub.FirstBillOn
	out.Warning, err = s.stillBillsThere(ctx, db, m, out.FirstChargeOn)
	return out, err
}

// stillBillsThere warns whoever has just carried a membership over, which the old system does not know.
func (s *Service) stillBillsThere(ctx context.Context, db queries.DBTX, m *queries.CounterMigration, first Date) (string, error) {
	c, err := s.CandidateOf(ctx, db, m)
	if err != nil || c == nil || cancelledThere(&c.LegacyMembership) {
		return "", err
	}
	location, err := s.q.LocationGet(ctx, db, m.LocationID)
	if err != nil {
		return "", fmt.Errorf("read location: %w", err)
	}
	zone, err := time.LoadLocation(location.TimeZone)
	if err != nil {
		return "", fmt.Errorf("time zone of location %s: %w", location.ID, err)
	}
	return billsThereSoon(first, DateIn(s.now(), zone), queries.MessageLanguageEn), nil
}

// sendReceipts queues what the customer wants to have in writing.
func (s *Service) sendReceipts(ctx context.Context, tx pgx.Tx, by Actor, m *queries.CounterMigration) error {
	if m.ReceiptByEmail {
		err := s.queueSingleEmail(ctx, tx, by, queries.DeliveryInsertParams{Purpose: queries.DeliveryPurposeReceipt, Address: m.Email,
			LocationID: m.LocationID, TenantID: m.TenantID, SubmissionID: m.SubmissionID})
		if err != nil {
			return err
		}
	}
	if !m.ReceiptByText {
		return nil
	}
	_, err := s.queueCounterText(ctx, tx, by, queries.DeliveryInsertCounterTextParams{Purpose: queries.DeliveryPurposeReceipt, Address: m.Phone,
		LocationID: m.LocationID, TenantID: m.TenantID, SubmissionID: m.SubmissionID})
	return err
}

// receiptContent says what was agreed to at a counter.
func (s *Service) receiptContent(ctx context.Context, tx pgx.Tx, d *queries.Delivery) (EmailContent, error) {
	c, err := s.accountContent(ctx, tx, d)
	if err != nil {
		return c, err
	}
	sub, err := s.q.SubmissionGet(ctx, tx, *d.SubmissionID)
	if err != nil {
		return c, fmt.Errorf("read submission: %w", err)
	}
	c.Language, c.Recipient = sub.Language, sub.SignatureName // whoever stood there: the account may be known by another name elsewhere
	c.MonthlyTotal, c.Billing = receiptFacts(sub)
	c.LinkPath = accountPath
	return c, nil
}

func (s *Service) receiptText(ctx context.Context, tx pgx.Tx, d *queries.Delivery, c TextContent) (TextContent, error) {
	full, err := s.receiptContent(ctx, tx, d)
	if err != nil {
		return c, err
	}
	c.Language, c.Recipient, c.PlanName, c.PlanKind, c.Unit = full.Language, full.Recipient, full.PlanName, full.PlanKind, full.Unit
	c.MonthlyTotal, c.FirstCharge = full.MonthlyTotal, full.Billing
	return c, nil
}

func receiptFacts(sub *queries.Submission) (monthly, firstCharge string) {
	if sub.FirstBillOn != nil {
		firstCharge = dateInWords(*sub.FirstBillOn, sub.Language)
	}
	return money.Money{Minor: sub.MonthlyTotalMinor, Currency: sub.Currency}.String(), firstCharge
}
