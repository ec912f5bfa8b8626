package migration

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/money"
	"carryover/queries"
)

// Where the links in messages lead; a token follows. The shorter one is for texts and leads on to the first.
const (
	setupPath       = "/setup/"
	accountPath     = "/account"
	textPath        = "/s/"
	unsubscribePath = "/unsubscribe/"
)

// draft gathers what the messages of a chunk say, at the moment when they are frozen, and why some have nothing to say any more.
func (s *Service) draft(ctx context.Context, tx pgx.Tx, all []*queries.Delivery) ([]*draft, error) {
	var drafts, invitations []*draft
	for _, d := range all {
		if d.Status != queries.DeliveryStatusQueued && d.Status != queries.DeliveryStatusSending { // withdrawn before its turn
			continue
		}
		one := &draft{delivery: d}
		drafts = append(drafts, one)
		var err error
		switch d.Purpose {
		case queries.DeliveryPurposeInvitation:
			invitations = append(invitations, one)
		case queries.DeliveryPurposeActionNeeded:
			one.content, one.gone, err = s.actionNeededContent(ctx, tx, d)
		case queries.DeliveryPurposeStaffNotice:
			one.content, one.gone, err = s.staffNoticeContent(ctx, tx, d)
		case queries.DeliveryPurposeSignIn:
			one.content, one.gone, err = s.signInContent(ctx, tx, d)
		case queries.DeliveryPurposeAccountNotice:
			one.content, err = s.accountNoticeContent(ctx, tx, d)
		case queries.DeliveryPurposeReceipt:
			one.content, err = s.receiptContent(ctx, tx, d)
		default:
			err = fmt.Errorf("no message is known for purpose %q", d.Purpose)
		}
		if err != nil {
			return nil, fmt.Errorf("delivery %s: %w", d.ID, err)
		}
	}
	if err := s.draftInvitations(ctx, tx, invitations); err != nil {
		return nil, err
	}
	return drafts, s.dropSuppressed(ctx, tx, drafts)
}

// draftInvitations fills many in a few statements. The invitations stay locked until the transaction ends: none is revoked between
// the look at it and the freezing of its message.
func (s *Service) draftInvitations(ctx context.Context, tx pgx.Tx, drafts []*draft) error {
	if len(drafts) == 0 {
		return nil
	}
	ids := make([]uuid.UUID, len(drafts))
	for i, one := range drafts {
		ids[i] = *one.delivery.InvitationID
	}
	rows, err := s.q.InvitationLockForEmail(ctx, tx, ids)
	if err != nil {
		return fmt.Errorf("lock invitations: %w", err)
	}
	index := make(map[uuid.UUID]*queries.InvitationLockForEmailRow, len(rows))
	for _, row := range rows {
		index[row.Invitation.ID] = row
	}
	locations, err := s.locationsByID(ctx, tx, rows)
	if err != nil {
		return err
	}
	over, err := s.overBatches(ctx, tx, drafts)
	if err != nil {
		return err
	}
	for _, one := range drafts {
		row := index[*one.delivery.InvitationID]
		one.content, one.gone = s.invitationContent(row, locations[row.Invitation.LocationID]), goneReasons[row.Invitation.Status]
		if one.gone == "" && orEmpty(row.TenantEmail) != one.delivery.Address { // another recipient, or a mended address
			one.gone = ReasonRecipientChanged
		}
		if one.gone == "" && one.delivery.BatchID != nil {
			one.gone = over[*one.delivery.BatchID]
		}
	}
	return s.dropSentAfterAll(ctx, tx, drafts)
}

// dropSentAfterAll withdraws from a retry what is known by now to have gone out with the batch that it tries again.
func (s *Service) dropSentAfterAll(ctx context.Context, tx pgx.Tx, drafts []*draft) error {
	var retried []uuid.UUID
	for _, one := range drafts {
		if one.gone == "" && one.delivery.BatchID != nil {
			retried = append(retried, one.delivery.ID)
		}
	}
	if len(retried) == 0 {
		return nil
	}
	sent, err := s.q.DeliveryListSentAfterAll(ctx, tx, retried)
	if err != nil {
		return fmt.Errorf("look what was sent after all: %w", err)
	}
	for _, one := range drafts {
		if one.gone == "" && slices.Contains(sent, one.delivery.ID) {
			one.gone = ReasonAlreadyEmailed
		}
	}
	return nil
}

// goneReasons is why an invitation in this state is not sent.
var goneReasons = map[queries.InvitationStatus]string{
	queries.InvitationStatusClaimed: ReasonClaimed,
	queries.InvitationStatusRevoked: ReasonRevoked,
}

func (s *Service) locationsByID(ctx context.Context, tx pgx.Tx, rows []*queries.InvitationLockForEmailRow) (map[uuid.UUID]*queries.Location, error) {
	list, err := s.q.LocationListByIDs(ctx, tx, locationsOf(rows, func(r *queries.InvitationLockForEmailRow) uuid.UUID { return r.Invitation.LocationID }))
	if err != nil {
		return nil, fmt.Errorf("read locations: %w", err)
	}
	index := make(map[uuid.UUID]*queries.Location, len(list))
	for _, l := range list {
		index[l.ID] = l
	}
	return index, nil
}

// overBatches is why nothing of some batches is sent any more: a batch that was canceled or stopped holds its messages back at once.
func (s *Service) overBatches(ctx context.Context, tx pgx.Tx, drafts []*draft) (map[uuid.UUID]string, error) {
	over := map[uuid.UUID]string{}
	for _, one := range drafts {
		id := one.delivery.BatchID
		if id == nil {
			continue
		}
		if _, seen := over[*id]; seen {
			continue
		}
		batch, err := s.q.BatchGet(ctx, tx, *id)
		if err != nil {
			return nil, fmt.Errorf("read batch: %w", err)
		}
		over[*id] = overReasons[batch.State]
	}
	return over, nil
}

// dropSuppressed withdraws what goes to addresses that are not written to. A tenant's own unsubscribing ends invitations; what they
// must know to keep their place is held back only where nothing at all may be sent. Staff are told in any case.
func (s *Service) dropSuppressed(ctx context.Context, tx pgx.Tx, drafts []*draft) error {
	addresses := make([]string, len(drafts))
	for i, one := range drafts {
		addresses[i] = one.delivery.Address
	}
	rows, err := s.q.SuppressionListLive(ctx, tx, queries.SuppressionListLiveParams{Channel: queries.MessageChannelEmail, Addresses: addresses})
	if err != nil {
		return fmt.Errorf("read suppressions: %w", err)
	}
	forAll := make(map[string]bool, len(rows))
	for _, row := range rows {
		forAll[row.Address] = row.ForAll
	}
	for _, one := range drafts {
		all, suppressed := forAll[one.delivery.Address]
		invitation := one.delivery.Purpose == queries.DeliveryPurposeInvitation
		if one.gone == "" && one.delivery.TenantID != nil && suppressed && (all || invitation) {
			one.gone = ReasonSuppressed
		}
	}
	return nil
}

func (s *Service) invitationContent(row *queries.InvitationLockForEmailRow, l *queries.Location) EmailContent {
	c := s.baseContent(queries.DeliveryPurposeInvitation, row.Recipient, l, &row.Plan, row.Invitation.Unit)
	if row.TenantLanguage != nil {
		c.Language = *row.TenantLanguage
	}
	s.linkTo(&c, &row.Invitation)
	return c
}

// linkTo says which token the link is made of.
func (s *Service) linkTo(c *EmailContent, inv *queries.Invitation) {
	c.LinkInvitation, c.LinkVersion, c.LinkKey = inv.ID, inv.LinkVersion, s.Links.PrimaryKey()
}

// actionNeededContent says why the tenant's link is open again or, where the delivery names it, one thing that is waited for; the
// latter has nothing to say once the waiting is over.
func (s *Service) actionNeededContent(ctx context.Context, tx pgx.Tx, d *queries.Delivery) (c EmailContent, gone string, err error) {
	sub, err := s.q.SubmissionGet(ctx, tx, *d.SubmissionID)
	if err != nil {
		return c, "", fmt.Errorf("read submission: %w", err)
	}
	if d.Says == saysConfirmRenewal {
		return s.renewalContent(ctx, tx, d, sub)
	}
	inv, err := s.q.InvitationGet(ctx, tx, *d.InvitationID) // the submission's own, or the one that took its place
	if err != nil {
		return c, "", fmt.Errorf("read invitation: %w", err)
	}
	if c, err = s.linkContent(ctx, tx, inv, queries.DeliveryPurposeActionNeeded); err != nil {
		return c, "", err
	}
	c.Language = sub.Language
	if d.Says == "" {
		c.Reason, gone, err = s.whyAgain(ctx, tx, sub, inv)
		return c, gone, err
	}
	if d.Says == saysUndone {
		c.Over = true
		c.Reason, err = s.undoneReason(ctx, tx, sub)
		return c, "", err
	}
	confirming := d.Says == saysConfirmPayment || d.Says == saysConfirmCard
	waited := queries.SubmissionStatusWaitingForBankVerification
	if confirming {
		waited = queries.SubmissionStatusTenantActionRequired
	}
	if sub.Status != waited {
		return c, ReasonOver, nil
	}
	c.Waiting = d.Says == saysVerifying || d.Says == saysDepositComing
	on, err := s.askedUntil(ctx, tx, sub, d.Says)
	if err != nil {
		return c, "", err
	}
	location, err := s.q.LocationGet(ctx, tx, sub.LocationID)
	if err != nil {
		return c, "", fmt.Errorf("read location: %w", err)
	}
	zone, err := time.LoadLocation(location.TimeZone)
	if err != nil {
		return c, "", fmt.Errorf("time zone of location %s: %w", location.ID, err)
	}
	c.Reason, err = wordsFor(d.Says, sub.Language, DateIn(on, zone))
	return c, "", err
}

// whyAgain is why a tenant has to try again behind an invitation's link, and why there is nothing to say any more: the tenant has
// tried again since, or what they should do was given up.
func (s *Service) whyAgain(ctx context.Context, tx pgx.Tx, sub *queries.Submission, inv *queries.Invitation) (reason, gone string, err error) {
	if sub.InvitationID == nil || inv.ID != *sub.InvitationID { // another offer took its place
		if !CanEdit(inv) {
			return "", ReasonOver, nil
		}
		reason, _, err = s.reasonOfSuccessor(ctx, tx, inv.ID)
		return reason, "", err
	}
	stands, err := s.standingOf(ctx, tx, &sub.ReservationID)
	if err != nil {
		return "", "", err
	}
	if stands.ended || stands.last == nil || stands.last.ID != sub.ID {
		return "", ReasonOver, nil
	}
	return reasonFor(sub), "", nil
}

// askedUntil is the moment that a message about something asked for names.
func (s *Service) askedUntil(ctx context.Context, tx pgx.Tx, sub *queries.Submission, says string) (time.Time, error) {
	if says == saysConfirmPayment || says == saysConfirmCard {
		row, err := s.q.SubscriptionGetBySubmission(ctx, tx, sub.ID)
		if err != nil {
			return time.Time{}, fmt.Errorf("read subscription: %w", err)
		}
		return confirmUntil(row), nil
	}
	v, err := s.q.BankVerificationGet(ctx, tx, sub.ID)
	if err != nil {
		return time.Time{}, fmt.Errorf("read bank verification: %w", err)
	}
	if says == saysDepositComing && v.DepositArrivesAt != nil {
		return *v.DepositArrivesAt, nil
	}
	return v.DeadlineAt, nil
}

// linkContent is what every message with a tenant's link holds. It greets the tenant as the invitation's location knows them, whoever
// looks at it beforehand.
func (s *Service) linkContent(ctx context.Context, db queries.DBTX, inv *queries.Invitation, purpose queries.DeliveryPurpose) (EmailContent, error) {
	offer, err := s.loadOffer(ctx, db, inv)
	if err != nil {
		return EmailContent{}, err
	}
	tenant, err := s.q.TenantGet(ctx, db, inv.TenantID)
	if err != nil {
		return EmailContent{}, fmt.Errorf("read tenant: %w", err)
	}
	recipients, err := s.q.InvitationListRecipients(ctx, db, []uuid.UUID{inv.ID})
	if err != nil || len(recipients) != 1 {
		return EmailContent{}, fmt.Errorf("read recipient of invitation %s: %d found: %w", inv.ID, len(recipients), err)
	}
	c := s.baseContent(purpose, recipients[0].Name, offer.Location, offer.Plan, inv.Unit)
	if tenant.Language != nil {
		c.Language = *tenant.Language
	}
	s.linkTo(&c, inv)
	return c, nil
}

func (s *Service) baseContent(purpose queries.DeliveryPurpose, recipient string, l *queries.Location, p *queries.Plan, unit string) EmailContent {
	c := EmailContent{
		Version: s.Renderer.TemplateVersion(), Purpose: purpose, Language: l.Language, FromName: l.SenderName,
		Recipient: recipient, LocationName: l.Name, PlanName: p.Name, PlanKind: p.Kind, Unit: unit,
	}
	if l.ReplyTo != nil {
		c.ReplyTo = *l.ReplyTo
	}
	return c
}

// staffNoticeContent tells the location's contact who was approved, with what, and where to look. It has nothing to say once the
// tenant's bank has said no.
func (s *Service) staffNoticeContent(ctx context.Context, tx pgx.Tx, d *queries.Delivery) (c EmailContent, gone string, err error) {
	row, err := found(s.q.StaffNoticeGet(ctx, tx, queries.StaffNoticeGetParams{SubmissionID: *d.SubmissionID, StaffID: *d.StaffID}))
	if err != nil {
		return c, "", fmt.Errorf("read what was approved: %w", err)
	}
	if row == nil {
		return c, ReasonOver, nil
	}
	sub, approval := &row.Submission, &row.Approval
	c = s.baseContent(queries.DeliveryPurposeStaffNotice, row.Staff.Name, &row.Location, &row.Plan, row.Reservation.Unit)
	c.Tenant, c.TenantEmail, c.TenantPhone = row.KnownName, orEmpty(row.TenantEmail), row.KnownPhone
	c.MonthlyTotal = money.Money{Minor: sub.MonthlyTotalMinor, Currency: sub.Currency}.String()
	c.Billing = describeBilling(approval, c.Language)
	warning, err := s.warnContact(ctx, tx, row)
	if err != nil {
		return c, "", err
	}
	if warning != "" {
		c.Billing = strings.TrimSuffix(c.Billing, ".") + ". " + warning
	}
	c.LinkPath = "/submissions/" + sub.ID.String()
	return c, "", nil
}

// warnContact: whoever is told of an approval is the one who can still cancel the old plan before it is billed there once more.
func (s *Service) warnContact(ctx context.Context, tx pgx.Tx, row *queries.StaffNoticeGetRow) (string, error) {
	legacy, err := found(s.q.LegacyMembershipGetByReservation(ctx, tx, row.Reservation.ID))
	if err != nil {
		return "", fmt.Errorf("read legacy membership: %w", err)
	}
	if legacy == nil || cancelledThere(legacy) {
		return "", nil
	}
	zone, err := time.LoadLocation(row.Location.TimeZone)
	if err != nil {
		return "", fmt.Errorf("time zone of location %s: %w", row.Location.ID, err)
	}
	today := DateIn(s.now(), zone)
	next := laterDate(legacy.NextBillingOn, row.Submission.FirstBillOn)
	if next == nil || next.Compare(today) < 0 {
		return "", nil
	}
	return billsThereSoon(*next, today, row.Location.Language), nil
}

// laterDate is the later of two that may not be known.
func laterDate(a, b *Date) *Date {
	if a == nil || (b != nil && b.Compare(*a) > 0) {
		return b
	}
	return a
}

// extendLinks lets links open for their whole life from now on, but for those that go on until unlessAfter in any case.
func (s *Service) extendLinks(ctx context.Context, tx pgx.Tx, invitations []uuid.UUID, unlessAfter time.Time) error {
	if len(invitations) == 0 {
		return nil
	}
	err := s.q.InvitationExtendLinks(ctx, tx, queries.InvitationExtendLinksParams{
		Ids: invitations, LinkExpiresAt: s.now().Add(s.LinkLife), UnlessAfter: unlessAfter, Now: s.now()})
	if err != nil {
		return fmt.Errorf("extend links: %w", err)
	}
	return nil
}

func (s *Service) extendLink(ctx context.Context, tx pgx.Tx, invitation uuid.UUID) error {
	err := s.q.InvitationExtendLink(ctx, tx, queries.InvitationExtendLinkParams{
		ID: invitation, LinkExpiresAt: s.now().Add(s.LinkLife), Now: s.now()})
	if err != nil {
		return fmt.Errorf("extend link: %w", err)
	}
	return nil
}

func orEmpty(s *string) string {
	if s == nil {
		return ""
	}
	return strings.TrimSpace(*s)
}
